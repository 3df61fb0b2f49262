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
provision, set aside
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
lost-time injury, lost time injury, lost-time accident, lti, ltir, ltifr
death, fatality, fatal, die, died, killed
illness, disease, sickness
absence, absenteeism, absentee, sick leave
net zero, carbon neutral, climate neutral
home, apartment, dwelling, flat, residential unit, housing unit
tenant, renter, lessee
rent, rental, lease
build, built, construct, constructed, construction
fifties, 1950s
sixties, 1960s
seventies, 1970s
eighties, 1980s
nineties, 1990s
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
germany, german
austria, austrian
switzerland, swiss
france, french
italy, italian
spain, spanish
netherlands, dutch
belgium, belgian
united kingdom, uk, britain, british
ireland, irish
sweden, swedish
norway, norwegian
denmark, danish
finland, finnish
poland, polish
hungary, hungarian
romania, romanian
serbia, serbian
croatia, croatian
slovenia, slovenian
greece, greek
turkey, turkish
russia, russian
united states, usa, american
canada, canadian
mexico, mexican
brazil, brazilian
china, chinese
japan, japanese
korea, korean
india, indian
australia, australian
abroad, overseas, foreign, international, outside
worldwide, global, globally
export, exported
share, proportion, percentage, rate, ratio, portion
average, mean
spent, spending, expense, expenditure, cost, investment, invested, outlay
capex, capital expenditure
research and development, r d
ebit, operating profit, operating result, operating income, operating earnings
work in process, work in progress, semi-finished goods, half-finished goods, unfinished goods
receivable, trade receivable, debtor
payable, trade payable, creditor
buyback, repurchase
stock-based compensation, share-based compensation, equity compensation, stock-based pay, share-based pay
restricted stock unit, rsu, stock award, share award, equity award
forfeit, forfeiture, lapse
useful life, depreciation, depreciate, amortization, amortize, write off, written off
staff cost, personnel expense, employee benefit expense, labour cost
fine, penalty, sanction
lawsuit, litigation, suit, legal proceeding
regulator, authority, watchdog
acquisition, acquire, takeover
disposal, divestiture, divest
segment, division, business unit
outlook, forecast, guidance
fall due, due, maturity, mature
commitment, obligation
voting right, voting power, vote
incorporated, registered
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
