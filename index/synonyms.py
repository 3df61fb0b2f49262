"""Words that reports use for one another: general vocabulary of business, finance and sustainability reporting.

This module does not know any report, nor how words are scored.
"""

from __future__ import annotations

# A line a group, its members parted by commas.
_GROUPS = """
revenue, revenues, turnover, net sales, operating income, sales revenue
profit, earnings, net income, surplus
loss, deficit
employee, staff, personnel, workforce, worker, headcount, people, colleague, on the payroll
hire, hired, recruit, newly employed, joined, new employee, newcomer
dismissal, layoff, redundancy, attrition
wage, salary, pay, remuneration, compensation
union, collective bargaining
board, director
sell, sold, sale
satisfied, satisfaction, content, happy
emit, emitted, emission
consume, consumed, consumption, use, usage
buy, bought, purchase, procure, procurement
paid, pay, payment
produce, produced, production, manufacture, made
lend, lent, loan
owe, owed, debt
turnover of staff, leaver, quit, resign, resignation
young, youth, youthful
chair, chairman, chairwoman, chairperson
ceo, chief executive, managing director, boss
women, female, woman
men, male, man
training, course, learning, education
leave, vacation, holiday
injury, accident, incident, injured, hurt
death, fatality, fatal, die, died, killed
illness, disease, sickness
supplier, vendor, supply chain
customer, client, consumer, user, buyer
complaint, grievance
award, prize, honor, honour, accolade, distinction, win, won
certified, certification, certificate, accredited
donation, donated, gave, give, charity, charitable, philanthropy, philanthropic, contribution
welfare, benefit
plant, factory, facility, site, works
car, vehicle, automobile, auto
product, model, offering
branch, outlet, shop, store
dealer, dealership, retailer
country, market, nation
abroad, overseas, foreign, international, outside
worldwide, global, globally
export, exported
share, proportion, percentage, rate, ratio, portion
average, mean
spent, spending, expense, expenditure, cost, investment, invested, outlay
capex, capital expenditure
research and development, r d
ebit, operating profit, operating result
dividend, payout
debt, borrowing, liability
asset, balance sheet
subsidiary, affiliate, group company
patent, invention, intellectual property
ghg, greenhouse gas, emission, carbon
co2, carbon dioxide, carbon
co2e, carbon dioxide equivalent
nox, nitrogen oxide
so2, sox, sulphur dioxide, sulfur dioxide, sulphur, sulfur
voc, volatile organic compound
pm, particulate matter, dust
cod, chemical oxygen demand
nh3, ammonia
pv, photovoltaic, solar
electricity, electric power, power
heat, thermal
petrol, gasoline
renewable, green, clean
waste, garbage, refuse, rubbish, trash
recycle, recycled, recycling, recovered
water, effluent, wastewater, sewage
pollutant, pollution, discharge
biodiversity, nature, ecosystem
decrease, decreased, reduce, reduction, cut, fall, fell, down, decline
increase, increased, rise, rose, grew, grow, growth, up
begin, began, start, started, launch, launched, initiated
goal, target, aim, objective, ambition
rule, regulation, policy, standard
bribery, corruption, integrity
whistleblower, whistleblowing, hotline
risk, threat, hazard
cyber, information security, data security
shareholder, investor, stockholder
lecture, talk, seminar
people, person, individual, participant, attendee
hour, duration, time
old, history, founded, established
headquarters, head office, headquartered, based
partner, cooperate, collaboration, collaborated, partnership
quality, reliability
labour, labor
programme, program
organisation, organization
centre, center
tonne, ton, tons, t
kilometre, kilometer, km
litre, liter
"""


SYNONYMS: tuple[tuple[str, ...], ...] = tuple(
    tuple(member.strip() for member in line.split(",")) for line in _GROUPS.strip().splitlines()
)
