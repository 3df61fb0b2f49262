"""The periods that a question names: "in 2023", "from FY21 to FY22", "a year earlier".

This module does not know which periods a report covers.
"""

from __future__ import annotations

import re

from assistant.words import PREPOSITIONS

_MONTHS = "January February March April May June July August September October November December".split()
_DAY = rf"(?:(?:{'|'.join(_MONTHS)}) \d{{1,2}},? )?"
YEAR = rf"(?:{_DAY}(?:FY\s?|fiscal (?:year )?|the year )?(?:19|20)\d\d|FY?\s?'?\d\d)\b"
_MONTHS_ENDED = r"(?:the )?(?:three|six|nine|twelve|3|6|9|12) months (?:ended|to|through)"
PERIOD = rf"(?:(?:Q[1-4]|H[12]|the (?:first|second|third|fourth) (?:quarter|half) of|{_MONTHS_ENDED})\s)?{YEAR}"
PREVIOUS = (
    r"(?:(?:a|one|the) year (?:earlier|before|ago|prior)|(?:the )?(?:previous|prior|preceding|last) year|year before)"
)
NAMED = re.compile(rf"{PERIOD}|\b{PREVIOUS}", re.I)

_TIME = re.compile(
    rf"[ ,]+(?P<time>(?:(?:in|for|during|by|as of|at|on|at the end of|by the end of|the) )?"
    rf"\(?(?:{PERIOD}|{PREVIOUS})\)?"
    r"|(?:in|for|during) (?:the )?(?:reporting|same|past|current|fiscal|financial|latest|this) (?:year|period)"
    r"|this year|last year)$",
    re.I,
)
_JOINING = frozenset("and or & than versus vs vs. compared relative to with from between against over".split())
_PAIRS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"[ ,]*\b(?:from|between) (?P<a>{PERIOD})(?: to | and | until | through |-)(?:in )?(?P<b>{PERIOD})",
        rf"[ ,]+(?:in |for |during )?(?P<a>{PERIOD})(?: compared (?:with|to)| versus| vs\.?| against| relative to|"
        rf" over| on| from| up on| to)(?: in)? (?P<b>{PERIOD})",
        rf"[ ,]+\(?(?P<a>{PERIOD})(?: to | and |-|/| - | -> )(?P<b>{PERIOD})\)?",
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
    if match is None or not before:
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
            earlier, later = sorted((str(match["a"]), str(match["b"])), key=_order)
            return earlier, later, rest
    against = _AGAINST.search(text)
    if against:
        rest, time = take_time(_squeezed(text[: against.start()], text[against.end() :]))
        named = re.search(PERIOD, time, re.I)
        return against["a"], named.group() if named else "", rest
    rest, time = take_time(text)
    named = re.search(PERIOD, time, re.I)
    return (_year_before(named.group()), named.group(), rest) if named else ("", "", rest)


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
    return phrase if not time or NAMED.search(phrase) else f"{phrase} {time}"


def _squeezed(before: str, after: str) -> str:
    return re.sub(r"\s+", " ", f"{before} {after}").strip(" ,")


def _order(period: str) -> tuple[int, int, str]:
    """What periods are sorted by: the year, the month where one is named, and how they are written."""
    digits = re.findall(r"\d+", period)[-1]
    month = next((place for place, name in enumerate(_MONTHS) if name.lower() in period.lower()), 0)
    return int(digits) if len(digits) == 4 else 2000 + int(digits), month, period.lower()


def _year_before(period: str) -> str:
    return re.sub(r"(\d+)$", lambda year: str(int(year[1]) - 1).zfill(len(year[1])), period)
