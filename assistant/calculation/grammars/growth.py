"""Questions about a change over time: how far a metric grew or fell, and what it was before it did.

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re

from assistant.calculation.grammars.differences import BE, COMPARATIVE, DO, EXCEED, LESS, PERCENT
from assistant.calculation.grammars.noun_phrases import ask, pair
from assistant.calculation.grammars.operation import Heard, Operation, Sense, build, leading_unit
from assistant.query.wording.parts_of_speech import PREPOSITIONS
from assistant.query.wording.periods import NAMED, PERIOD, periods, year_before
from corpus.figure import Figure, Found, find_figures
from index.times import times

_UP = (
    r"grow|grew|rise|rose|increased?|climb(?:ed)?|expand(?:ed)?|(?:go|went|come|came) up|improved?|jump(?:ed)?|"
    r"surged?|gain(?:ed)?"
)
_DOWN = (
    r"fall|fell|declined?|decreased?|drop(?:ped)?|shrink|shrank|reduced?|cut|(?:go|went|come|came) down|contract|"
    r"slip(?:ped)?|sink|sank|lower(?:ed)?|plunged?"
)
_RISEN = r"grown|risen|increased|climbed|expanded|(?:gone|come) up|improved|jumped|surged|gained|raised"
_FALLEN = (
    r"fallen|declined|decreased|dropped|shrunk|reduced|cut|(?:gone|come) down|contracted|slipped|sunk|lowered|plunged"
)
_NOUN = r"(?P<noun>growth|increase|rise|gain|decrease|decline|drop|fall|reduction|change|variation|movement)"
_FALLS = frozenset({"decrease", "decline", "drop", "fall", "reduction"})
_YEARLY = r"(?:year[- ]on[- ]year|year[- ]over[- ]year|yoy|y-o-y|y/y)"
_KIND = rf"(?P<kind>(?:(?:{PERCENT}|{_YEARLY}|relative|annual|yearly|overall|total|absolute)[ -])*)"
# What is planned, or why something changed, is told and not computed.
_TOLD = re.compile(
    r"\b(?:will|targets?|targeted|goals?|plan|plans|planned|aims?|expects?|expected|forecast|strategy|policy|policies|"
    r"intends?|wants?|reasons?|causes?|caused|drivers?|driven|factors?|compound|cagr)\b|\bby$",
    re.I,
)
_GROWN = re.compile(
    rf"(?:by )?(?:how much(?: in)?(?: (?P<much>{PERCENT}))?|how many (?P<unit>[\w% -]+?)|"
    rf"(?:what|which) (?P<percent>{PERCENT}|rate)|how(?: (?:strongly|fast|sharply|steeply|quickly|far|rapidly))?) "
    rf"(?:{DO} (?P<does>.+?) (?:{_UP}|(?P<falls>{_DOWN})|change|move|vary|develop|evolve)|"
    rf"(?:has|have|had|{BE}) (?P<has>(?!been\b).+?) (?:been )?(?:{_RISEN}|(?P<fallen>{_FALLEN})|changed|moved|varied)|"
    rf"{BE} (?P<level>.+?) (?:up|(?P<lower>down)))(?: (?!by$)(?P<object>.+?))?(?: by)?$",
    re.I,
)
_ASKED_LAST = re.compile(
    rf"(?!by\b|how\b|what\b)(?P<metric>.+?) (?:{BE} )?(?:{_UP}|up|higher|(?P<down>{_DOWN}|down|lower)) by "
    rf"(?P<how>(?:what|which|how many) {PERCENT}|how much)(?P<rest>\b.*)$",
    re.I,
)
_LOWER_IN = re.compile(
    rf"by (?P<how>(?:what|which|how many) {PERCENT}) {BE} (?P<metric>.+?) (?P<word>{COMPARATIVE}) "
    rf"(?P<rest>(?:(?:in|on|at|for) )?{PERIOD} than .+)$",
    re.I,
)
_OF = re.compile(rf"(?:the )?{_KIND}{_NOUN}(?: rate)? (?:in|of|for) (?P<metric>.+)$", re.I)
_RELATIVE_OF = re.compile(
    rf"(?:the )?(?P<kind>(?:{PERCENT}|relative) )(?P<noun>difference|change) (?:in |of |for )?(?P<metric>.+)$", re.I
)
_SEEN = re.compile(
    rf"(?:what|which) {_KIND}{_NOUN} (?:did|does|has|have) (?P<metric>.+?) "
    r"(?:see|show|record|report|post|experience|undergo|seen|shown)$",
    re.I,
)
_AFTER = re.compile(rf"(?:the )?(?P<metric>.+?)(?P<kind>(?: {PERCENT}| {_YEARLY}| annual)*) {_NOUN}(?: rate)?$", re.I)
_RELATIVE = re.compile(
    rf"by (?:what|which) {PERCENT} (?:{BE}|{DO}) (?P<a>.+?) (?:(?P<word>{COMPARATIVE}) than|{EXCEED}) (?P<b>.+)$", re.I
)
_EARLIER = r"\b(?:before(?:hand)?|previous(?:ly)?|prior|preceding|earlier|original(?:ly)?|initial(?:ly)?|last year)\b"
_CHANGED = re.compile(
    rf"\b(?:(?P<up>{_UP}|{_RISEN}|up|higher|more)|(?P<down>{_DOWN}|{_FALLEN}|down|lower|less|fewer))(?: by| of)? $",
    re.I,
)
_BALANCES = frozenset(
    "cash inventory inventories receivable receivables payable payables asset assets liability liabilities debt "
    "borrowings deposits loans equity securities goodwill headcount".split()
)
_FLOWS = re.compile(r"\b(?:paid|pay|used|provided|generated|spent|received|flows?|from|return on|turnover)\b", re.I)
_SUPPOSE = re.compile(r"^(?:if|given that|suppose|assuming|since) ", re.I)


def growth(heard: Heard) -> Operation | None:
    """Read "by what percentage did A grow from 2022 to 2023", "change in A between 2021 and 2023", "yoy growth"."""
    if _TOLD.search(heard.text):
        return None
    relative = _RELATIVE.match(heard.text)
    if relative and not NAMED.search(relative["b"]):
        sense: Sense = "fall" if (relative["word"] or "").lower() in LESS else "signed"
        a, b = pair(relative["a"], relative["b"])
        return build("growth", (b, a), unit="%", direct=True, sense=sense)
    yearly = re.search(rf",? ?\b{_YEARLY}\b", heard.text, re.I)
    text, turned = heard.text, _ASKED_LAST.match(heard.text) or _LOWER_IN.match(heard.text)
    if turned:
        word = turned.groupdict().get("word") or ""
        falls = turned.groupdict().get("down") or word.lower() in LESS
        rest = re.sub(r" than (?=in|on|at|for|\S)", " compared with ", turned["rest"]) if word else turned["rest"]
        text = f"by {turned['how']} did {turned['metric']} {'fall' if falls else 'grow'} {rest.lstrip()}"
    span = periods(text)
    return _grown(heard, *span) or _noun(heard, *span, yearly=yearly is not None)


def _grown(heard: Heard, earlier: str, later: str, text: str) -> Operation | None:
    """Read "how much did A grow"; an object after the verb is what grew: "did the firm cut emissions"."""
    match = _GROWN.match(re.sub(rf",? {_YEARLY}$", "", text, flags=re.I))
    if not match:
        return None
    metric, rest = match["does"] or match["has"] or match["level"], match["object"] or ""
    first = metric.split()[0].lower()
    if (
        re.fullmatch(r"\w+ed", first)
        or first in {"spent", "paid", "there"}
        or re.search(r"\b(?:to|add|sum|end)$", metric)
    ):
        return None
    if rest:
        metric = f"{metric} {rest}" if rest.split()[0].lower() in PREPOSITIONS else rest
    unit = leading_unit(match["unit"] or "")[0] or match["unit"] or ("%" if match["percent"] or match["much"] else "")
    return _change(metric, heard.unit or unit, earlier, later, down=any(match.group("falls", "fallen", "lower")))


def _noun(heard: Heard, earlier: str, later: str, text: str, *, yearly: bool) -> Operation | None:
    """Read "percentage change in A", "A growth 2021 to 2022", "what percentage increase did A see"."""
    match = _OF.match(text) or _SEEN.match(text) or _RELATIVE_OF.match(text) or _AFTER.match(text)
    if not match or re.match(r"(?:how|what|which)\b", match["metric"], re.I):
        return None
    kind, noun = match["kind"].lower(), match["noun"].lower()
    relative = bool(re.search(rf"{PERCENT}|relative", kind)) or yearly or noun == "growth"
    two = len(NAMED.findall(heard.text)) > 1
    if not two and not (relative and (yearly or match.re is not _AFTER)):
        return None
    unit = "absolute" if "absolute" in kind else heard.unit
    return _change(match["metric"], unit, earlier, later, down=noun in _FALLS)


def _change(metric: str, unit: str, earlier: str, later: str, *, down: bool) -> Operation | None:
    """Growth in %, or a difference where the question asks for it in another unit."""
    metric = metric.rstrip(" ,:")
    before = f"{metric} in {earlier or 'the previous year'}"
    after = f"{metric} in {later}" if later else metric
    if later and earlier == year_before(later) and times(later).spans & {3, 6, 9} and _is_balance(metric):
        before, after = f"{metric} at the beginning of {later}", f"{metric} at the end of {later}"
    if unit and not re.fullmatch(PERCENT, unit, re.I):
        sides = (before, after) if down else (after, before)
        return build("difference", sides, unit="" if unit == "absolute" else unit, direct=True)
    return build("growth", (before, after), unit="%", direct=True, sense="fall" if down else "signed", sized=not unit)


def _is_balance(metric: str) -> bool:
    """Whether a metric is what there is on a day, which grows within a period: "cash", not "cash paid"."""
    return bool(_BALANCES & set(metric.lower().split())) and not _FLOWS.search(metric)


def before_growth(heard: Heard) -> Operation | None:
    """Read "if A grew 5% to 700,000, what was it before", "A in 2023 was 10% up on 2022; what was it in 2022"."""
    text = heard.text
    found = find_figures(text)
    change = next((f for f in found if f.figure.unit == "%"), None)
    if change is None:
        return None
    head, tail = text[: change.start], text[change.end :]
    verb = _CHANGED.search(head)
    led = re.match(
        rf" (?:(?P<up>increase|rise|growth|gain)|(?P<down>fall|drop|decline|decrease|reduction|cut))"
        rf"(?: in {PERIOD})? to ",
        tail,
        re.I,
    )
    word = led or re.match(r" (?:(?P<up>higher|more|up)|(?P<down>lower|less|fewer|down))\b", tail, re.I)
    stated = verb or word
    if stated is None:
        return None
    percent = change.figure
    if stated["down"]:
        percent = Figure(f"-{percent.text}", -percent.number, -percent.value, percent.unit)
    level = _level(found, change, tail)
    if led:
        level = next((f.figure for f in found if f.start == change.end + led.end()), None)
        if level is not None:
            return Operation("before_growth", (level.text, percent.text), (level, percent), heard.unit, direct=False)
    asks = re.search(rf"\b(?:what|how (?:much|many|high|large))\b.*?(?:\bin {PERIOD}|{_EARLIER})", tail, re.I)
    if level is not None and (asks or re.search(_EARLIER, text, re.I)):
        return Operation("before_growth", (level.text, percent.text), (level, percent), heard.unit, direct=False)
    if not asks:
        return None
    subject = _SUPPOSE.sub("", head[: verb.start()] if verb else head)
    later = re.match(rf" in (?P<period>{PERIOD})", tail, re.I)
    metric = re.sub(rf" (?:has|have|had|{BE}|by|having)(?= *$)", "", subject.strip(), flags=re.I)
    now = metric if NAMED.search(metric) or not later else f"{metric} in {later['period']}"
    return Operation("before_growth", (ask(now), percent.text), (None, percent), heard.unit, direct=False)


def _level(found: list[Found], change: Found, tail: str) -> Figure | None:
    """The figure that a change led to: "5% to 700,000"."""
    reached = re.match(rf"(?: in {PERIOD},?)? (?:to|at)(?: just| about| around| some)? ", tail, re.I)
    stands = re.search(r"\b(?:stands?|stood|is|are|was|were|reached|came)(?: now)?(?: at| to)? (?=\S*\d)", tail, re.I)
    starts = {change.end + place.end() for place in (reached, stands) if place}
    return next((f.figure for f in found if f.start in starts and f.figure.unit != "%"), None)
