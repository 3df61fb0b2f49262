"""Questions in other words: what one person calls revenue another calls sales, and a reader should find it either way.

Groups of words that may stand for one another in a question about a report, general and of the trade. This module knows
no passages: the answer stays where it was.
"""

from __future__ import annotations

import random
import re

# One group a line, forms that fit the same place divided by slashes.
_GROUPS = """
employees/staff/workers/people on the payroll/the workforce/colleagues
employee/worker/member of staff/staff member
employed/on the payroll
workforce/headcount/staff/number of people employed
hired/taken on/recruited
hires/recruits/people taken on/newcomers
revenue/sales/turnover/income from sales
revenues/sales/turnover
net income/net profit/profit after tax/the bottom line
operating income/operating profit/profit from operations
profit/earnings
loss/deficit/shortfall
expenses/costs/spending/outlay
expense/cost/charge
spend/lay out/pay/put in
spent/laid out/paid/put in
invested/put in/spent
investment/money put in/spending
dividend/payout to shareholders/distribution
shareholders/stockholders/owners of its shares
shares/stock
repurchase/buy back
repurchased/bought back
acquire/buy/take over
acquired/bought/took over
acquisition/purchase/takeover
debt/borrowings/what it owes
cash/liquid funds
taxes/tax
amount/sum/size
total/overall/whole/aggregate
number of/count of/quantity of
proportion/share/percentage/part
percentage/share/proportion
rate/ratio/level
increase/rise/grow/go up/climb
increased/rose/grew/went up/climbed
decrease/fall/drop/go down/decline/shrink
decreased/fell/dropped/went down/declined/shrank
reduce/cut/lower/bring down
reduced/cut/lowered/brought down
reduction/cut/drop/decline
emissions/carbon output
emitted/let out/released/given off
emit/let out/release/give off
consumption/use/usage
consumed/used/used up
consume/use/use up
electricity/power
energy/power and fuel
waste/refuse/rubbish
water withdrawal/water taken in/water drawn
recycled/reused/put to use again
renewable/green
suppliers/vendors/firms it buys from
supplier/vendor/firm that supplies it
customers/clients/buyers
customer/client/buyer
company/firm/business/group
subsidiaries/daughter companies/units
factories/plants/production sites
factory/plant/production site
facilities/sites/premises
directors/board members/members of the board
chairman/chair/head of the board
executives/managers/leaders
committee/body/panel
training/courses/further education
training hours/hours of courses/hours of learning
women/females/female staff
female/women
men/males/male staff
injuries/accidents/people hurt
injury/accident
fatalities/deaths/people killed
safety/protection at work
donated/gave/gave away
donations/gifts/money given away
awards/prizes/honours
award/prize/honour
received/got/was given/won
patents/inventions protected
applied for/filed
certified/accredited/approved
certification/certificate/accreditation
standard/norm
target/goal/aim/objective
targets/goals/aims/objectives
achieve/reach/meet/get to
achieved/reached/met/got to
plan/intend/want
plans/intends/wants
launched/started/brought out/introduced
launch/start/bring out/introduce
established/set up/founded/created
establish/set up/found/create
held/convened/organised
hold/convene/organise
conducted/carried out/ran
conduct/carry out/run
implemented/put in place/carried out
implement/put in place/carry out
provide/offer/give
provided/offered/gave
covers/takes in/extends to
cover/take in/extend to
located/based/situated/found
headquarters/head office/main office
countries/nations/states
products/goods/items
product/item
vehicles/cars
vehicle/car
homes/flats/dwellings
apartments/flats/homes
store/shop/outlet
stores/shops/outlets
built/constructed/put up
construction/building
developed/worked out/came up with
development/making
research and development/R&D/research work
technology/technical means
risk/danger/threat
risks/dangers/threats
main/chief/biggest/principal
primary/main/chief
largest/biggest/greatest
highest/greatest/top
lowest/smallest/least
important/significant/key/material
reasons/causes/grounds
reason/cause
due to/because of/on account of
responsible for/in charge of/looking after
oversees/watches over/looks after/supervises
committed to/bound to/pledged to
according to/by/going by
approximately/about/roughly
during/in/over
per/for each/for every
annual/yearly
fiscal year/financial year/year
quarter/three months
previous year/year before/prior year
measures/steps/actions
initiatives/efforts/programmes/projects
program/programme/scheme
policy/rule/guideline
methods/ways/approaches
used for/meant for/put to
describe/explain/tell about
mention/name/say
mentioned/named/spoken of
""".strip()


def _table() -> dict[str, list[str]]:
    others: dict[str, list[str]] = {}
    for line in _GROUPS.splitlines():
        group = line.split("/")
        for phrase in group:
            others.setdefault(phrase.lower(), []).extend(other for other in group if other != phrase)
    return others


_OTHERS = _table()
_FOUND = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(_OTHERS, key=len, reverse=True)))})\b", re.I)


def in_other_words(question: str, rng: random.Random, share: float = 0.5) -> str:
    """A question with some of its words replaced by others that may stand for them.

    Args:
        question: As it was asked.
        rng: What decides.
        share: The chance of each word that could be replaced.
    """

    def other(found: re.Match[str]) -> str:
        phrase = found.group()
        if rng.random() >= share:
            return phrase
        chosen = rng.choice(_OTHERS[phrase.lower()])
        return chosen[:1].upper() + chosen[1:] if phrase[:1].isupper() and found.start() == 0 else chosen

    return _FOUND.sub(other, question)
