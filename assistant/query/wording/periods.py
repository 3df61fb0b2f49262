"""The periods that a question names: "in 2023", "from FY21 to FY22", "the six months to 1 July 2023", "a year ago".

This module does not know which periods a report covers.
"""

from __future__ import annotations

import re

from assistant.query.wording.parts_of_speech import PREPOSITIONS
from index.times import times

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = rf"(?:{_MONTH}(?: \d{{1,2}},?)? |\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? )"
YEAR = (
    rf"(?:{_DAY}?(?:(?:FY ?|(?:the )?(?:fiscal|financial) (?:year )?|the year )?(?:19|20)\d\d)(?![\d,.]\d|\d|%)"
    r"|FY ?'?\d\d\b)"
)
_ORDINAL = r"(?:first|second|third|fourth|last|final)"
_MONTHS = r"(?:three|six|nine|twelve|3|6|9|12)[- ]months?(?: period)?"
_PART = rf"(?:the )?(?:Q[1-4]|H[12]|{_ORDINAL} (?:fiscal )?(?:quarter|half)|{_ORDINAL} {_MONTHS})\b"
_ENDED = (
    r"[ ,]*(?:(?:of|in|to|ended|ending|through|until|up to|on)\b)?(?: the)?(?: (?:quarter|year|period) ended)?[ ,]*"
)
PREVIOUS = (
    r"(?:(?:a|one|the) year (?:earlier|before|ago|prior)|(?:the )?(?:previous|prior|preceding|last) year|year before)"
)
_END = r"(?:the (?:beginning|start|end) of |(?:the )?(?:(?:fiscal|financial) )?year[- ]end(?: (?:in|of))? )"
PERIOD = (
    rf"(?:(?:{_PART}|(?:the )?{_MONTHS}){_ENDED}(?:{YEAR}|{PREVIOUS})|{_PART}|{_END}{YEAR}"
    rf"|(?:the )?(?:quarter|half[- ]year|year|period) (?:ended|ending|to) {YEAR}|{YEAR})"
)
NAMED = re.compile(rf"\b{PERIOD}|\b{PREVIOUS}", re.I)

_TIME = re.compile(
    rf"[ ,]+(?P<time>(?:(?:in|for|during|by|as of|as at|at|on|over|(?:at|by) the (?:beginning|start|end) of|the) )?"
    rf"\(?(?:{PERIOD}|{PREVIOUS})\)?"
    r"|(?:in|for|during) (?:the )?(?:reporting|same|past|current|fiscal|financial|latest|this) (?:year|period)"
    r"|this year|last year)$",
    re.I,
)
_LED = re.compile(rf"^(?:the )?(?P<time>{PERIOD}) (?P<rest>[a-z][^,]*)$", re.I)
_JOINING = frozenset("and or & than versus vs vs. compared relative to with from between against over".split())
_SAME = (
    r"(?:the )?(?:(?:same|corresponding|equivalent|prior|previous)[ -](?:\S+ ){0,2}?"
    r"(?:quarter|period|date|half|months|time) )?"
)
_OF = r"(?:in |of |for |at |on )?"
_COMPARED = r"(?:compared (?:with|to)|versus|vs\.?|against|relative to|over|on|from|than)"
# "Against the same quarter of the previous year": the year before the period that is named.
_ON_PREVIOUS = re.compile(rf"[ ,]*\b{_COMPARED} {_SAME}(?:of |in |a )?(?:the )?{PREVIOUS}\b", re.I)
_PAIRS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"[ ,]*\b(?:from|between) (?P<a>{PERIOD})(?: to | and | until | through |-){_OF}(?P<b>{PERIOD})",
        rf"[ ,]+(?:in |for |during |at |on )?(?P<a>{PERIOD})(?: compared (?:with|to)| versus| vs\.?| against|"
        rf" relative to| over| on| from| up on| to) {_OF}(?P<b>{PERIOD})",
        rf"[ ,]+(?:in |for )?\(?(?P<a>{PERIOD})(?: to | and |-|/| - | -> ){_OF}(?P<b>{PERIOD})\)?",
    )
)
_AGAINST = re.compile(
    rf"[ ,]*\b(?:compared (?:with|to)|versus|vs\.?|against|relative to|over|on|since)(?: the| their| its| our)? "
    rf"(?P<a>{PERIOD})(?: baseline| base year| levels?| figures?)?,?",
    re.I,
)
_RANGE = re.compile(
    rf"(?P<before>.+?),?(?: (?:from|over|across|in|for|during|between))?(?: the years?)? "
    rf"\(?(?P<a>{YEAR})(?: to |-| and )(?P<b>{YEAR})\)?$",
    re.I,
)


def take_time(text: str) -> tuple[str, str]:
    """Take a closing period off a text: "stores in Spain in 2023" gives "stores in Spain" and "in 2023"."""
    match = _TIME.search(text)
    before = text[: match.start()].split() if match else []
    if match is None or not before or before[-1].lower() == "the":
        return text, ""
    time, word = match["time"].strip("()"), before[-1].lower().strip(",")
    own = time.split()[0].lower() in PREPOSITIONS
    if (
        (word in _JOINING and not (own and word == "to"))
        or (word in PREPOSITIONS and not own)
        or word[-1:] in set("-/+")
        or NAMED.fullmatch(word)
    ):
        return text, ""
    if re.match(PREVIOUS, time, re.I):
        time = "in the previous year"
    return text[: match.start()].rstrip(" ,"), f"in {time}" if re.match(PERIOD, time, re.I) else time


def periods(text: str) -> tuple[str, str, str]:
    """Two periods that a text compares.

    Returns:
        The earlier period, the later one, and the text without both. The later is empty when only one is named, both
        are when there is none.
    """
    for pattern in _PAIRS:
        match = pattern.search(text)
        if match:
            rest = _squeezed(re.sub(r" (?:in|for|during)$", "", text[: match.start()]), text[match.end() :])
            earlier, later = sorted(_completed(match["a"], match["b"]), key=_order)
            return earlier, later, rest
    text = _ON_PREVIOUS.sub("", text)
    against = _AGAINST.search(text)
    if against:
        rest, time = take_time(_squeezed(text[: against.start()], text[against.end() :]))
        named = re.search(PERIOD, time, re.I)
        return against["a"], named.group() if named else "", rest
    rest, time = take_time(text)
    named = re.search(PERIOD, time, re.I)
    if not named and len(inside := list(NAMED.finditer(rest))) == 1 and re.fullmatch(PERIOD, inside[0].group(), re.I):
        named = inside[0]
        rest = _squeezed(re.sub(r" (?:in|for|during|at|on)$", "", rest[: named.start()].rstrip()), rest[named.end() :])
    return (year_before(named.group()), named.group(), rest) if named else ("", "", rest)


def years(text: str) -> list[str]:
    """The phrase for each year of a closing range of two to ten years: "hours from 2021 to 2023"; empty without one."""
    match = _RANGE.match(text)
    if not match or NAMED.search(match["before"]):
        return []
    first, last = _order(match["a"])[0], _order(match["b"])[0]
    return [f"{match['before']} in {year}" for year in range(first, last + 1)] if 1 <= last - first <= 9 else []


def dated(phrase: str, time: str) -> str:
    """The phrase asked for a time, unless it names a period itself."""
    phrase = re.sub(rf"\b(?:over|across) (?={YEAR})", "in ", phrase.strip(" ?"))
    phrase = _LED.sub(r"\g<rest> in \g<time>", phrase)
    return phrase if not time or NAMED.search(phrase) else f"{phrase} {time}"


def _squeezed(before: str, after: str) -> str:
    return re.sub(r"\s+", " ", f"{before} {after}").strip(" ,")


def _completed(first: str, second: str) -> tuple[str, str]:
    """Both periods in full: "the last six months of 2022" and "2023" are six months of either year."""
    ours, theirs = times(first), times(second)
    if ours.spans and not theirs.spans and theirs.years:
        return first, with_year(first, max(theirs.years))
    if theirs.years and not ours.years:  # "from Q1 to Q2 2023"
        return f"{first} of {max(theirs.years)}", second
    return first, second


def _order(period: str) -> tuple[int, int, int]:
    """What periods are sorted by: the year, the quarter, the month."""
    named = times(period)
    return int(max(named.years, default="0")), max(named.quarters, default=0), max(named.months, default=0)


def with_year(period: str, year: str) -> str:
    """The same time of another year."""
    return re.sub(r"\d+$", year, period)


def year_before(period: str) -> str:
    """The same time a year before."""
    if not times(period).years:
        return f"{period} of the previous year"
    return re.sub(r"(\d+)$", lambda year: str(int(year[1]) - 1).zfill(len(year[1])), period)
