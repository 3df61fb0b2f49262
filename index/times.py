"""Times as questions and column headers name them: years, months, quarters, spans of months, fiscal years.

"Six Months Ended October 29, 2023" and "the first half of fiscal 2024" are one time in a report whose fiscal
year ends in April. This module does not know what is compared.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

_YEAR = re.compile(r"(?<![\d,.])((?:19|20)\d\d)(?![\d,.]\d|\d)")
_YEAR_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–/]\s*(\d{2,4})")
_OVER_TWO = re.compile(r"(?<![\d,./])((?:19|20)\d\d) ?/ ?((?:19|20)?\d\d)(?![\d/])")
_MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
# In small letters "may" and "march" are verbs.
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
    r"|january|february|april|june|july|august|september|october|november|december"
    r"|(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_NAMED_MONTH = re.compile(rf"\b{_MONTH}")
_DATE = re.compile(rf"\b(?P<month>{_MONTH}),? (?:\d{{1,2}},? ?(?:> )?)?(?P<year>(?:19|20)\d\d)")
_SPANS = (
    (3, r"(?<!first three )(?<!three )\bquarters?(?:ly)?\b|\bq[1-4]\b|\bthree[- ]months?\b|\b3[- ]?m(?:onths?)?\b"),
    (6, r"\bhalf[- ]year(?:ly)?\b|\bh[12]\b|\b(?:first|second) half\b|\bsix[- ]months?\b|\b6[- ]?m(?:onths?)?\b"),
    (9, r"\bnine[- ]months?\b|\b9[- ]?m(?:onths?)?\b|\bthree quarters\b"),
    (
        12,
        r"\btwelve[- ]months?\b|\b12[- ]?m(?:onths?)?\b|\byears? end(?:ed|ing)\b"
        r"|\b(?:full|whole|entire)(?: of)?(?: the)?[- ](?:years?\b|(?:19|20)\d\d)",
    ),
)
_QUARTERS = tuple(
    re.compile(rf"\bq{n}\b|\b{word}[- ](?:fiscal |financial )?quarter\b", re.I)
    for n, word in enumerate(("first", "second", "third", "fourth"), 1)
)
# The quarter of a header's date. A quarter that ends in a month's first days is of the month before.
_ENDED = re.compile(
    rf"\b(?:three|3)[- ]months? (?:ended|ending|to)(?: >)? (?P<month>{_MONTH})(?: (?P<day>\d{{1,2}})(?!\d))?"
    rf"|\bquarters? (?:ended|ending)(?: >)? (?P<of>{_MONTH})(?: (?P<at>\d{{1,2}})(?!\d))?",
    re.I,
)
_FIRST_DAYS = 7
# "The June 2023 quarter" is that which ends with June, or in the first days of July.
_QUARTER_TO = re.compile(rf"\b(?P<month>{_MONTH})(?= (?:(?:19|20)\d\d )?quarter\b)")
_LAST_QUARTER = re.compile(r"\b(?:last|final) quarter of (?:the )?(?:year|fiscal|(?:19|20)\d\d)", re.I)
_FISCAL = re.compile(r"\bfiscal\b|\bfinancial year\b|\bFY", re.I)
_SHORT_YEAR = re.compile(r"\bFY\s?['’]?(\d\d)\b", re.I)
_YEAR_END = re.compile(
    rf"(?:fiscal|financial) year\b[^.]{{0,80}}?\b(?:ends?|ended|ending)\b[^.]{{0,40}}?\b(?P<month>{_MONTH})"
)
_ORDINAL = r"(?:first|second|third|fourth|last|final|past|next|previous)"
_COUNT = r"(?:three|six|nine|twelve|3|6|9|12)"
_TIME = re.compile(
    r"(?:\b(?:in|for|during|over|of|by|at|on|as of|until|to|from|the|that|which|ended|ending|end of|period) )*"
    rf"(?:\b(?:q[1-4]|h[12]|fy\s?['’]?\d\d(?:\d\d)?|(?:3|6|9|12)m)\b|\b{_ORDINAL} (?:fiscal )?(?:quarter|half)\b"
    rf"|\b(?:{_ORDINAL} )?{_COUNT}[- ]months?\b(?: (?:ended|ending|to|until|through|of))?|\bquarter (?:ended|to|of)\b"
    r"|\bfiscal(?: years?)?\b|\b\d{1,2}(?:st|nd|rd|th)? "
    + _MONTH
    + r"|"
    + _MONTH
    + r" \d{1,2}(?!\d)(?:,(?= ?\d{4}))?)",
    re.I,
)

_ATOM = re.compile(
    rf"\bQ[1-4]\b|\b(?:{_ORDINAL} )?(?:fiscal )?quarters?\b|\b(?:{_ORDINAL} )?{_COUNT}[- ]months?\b|\b{_ORDINAL} half\b"
    rf"|\b{_MONTH} \d{{1,2}}, (?:19|20)\d\d|\b\d{{1,2}} {_MONTH} (?:19|20)\d\d"
    r"|\b(?:fiscal )?(?:years? )?(?<![\d.,$€£])(?:19|20)\d\d\b(?![.,]\d|%)",
    re.I,
)
_WITHIN = re.compile(r"[ ,]*(?:of|ended|ending|in|to|the)?[ ]?(?:the )?", re.I)


@dataclass(frozen=True, slots=True)
class Times:
    """The times that a text names.

    Attributes:
        years: Years as written, "FY24" among them.
        fiscal: The fiscal years in which its dates lie.
        is_fiscal: Whether it speaks of fiscal years.
        months: Months, 1 to 12.
        spans: Lengths in months: 3 for "Q2" and "three months".
        quarters: Quarters that are named, 1 to 4.
        ended: Quarters of the fiscal year whose last day is named: 3 of "three months ended September 30".
    """

    years: frozenset[str]
    fiscal: frozenset[str]
    is_fiscal: bool
    months: frozenset[int]
    spans: frozenset[int]
    quarters: frozenset[int]
    ended: frozenset[int]

    def covers_years(self, asked: Times) -> bool:
        """Whether a year that is asked for is among these: a fiscal one by the dates' fiscal years."""
        if asked.is_fiscal and self.fiscal and not self.is_fiscal:
            return bool(asked.years & self.fiscal)
        return bool(asked.years & (self.years or self.fiscal))


@lru_cache(maxsize=4096)
def times(text: str, year_end: int = 12) -> Times:
    """Read the times of a text.

    Args:
        text: A question or a header.
        year_end: The month in which the company's fiscal year ends.
    """
    short = {f"20{digits}" for digits in _SHORT_YEAR.findall(text)}
    quarters = {n for n, pattern in enumerate(_QUARTERS, 1) if pattern.search(text)}
    quarters |= {_quarter_to(_number(found["month"]), year_end) for found in _QUARTER_TO.finditer(text)}
    return Times(
        frozenset(years(text) | short),
        frozenset(fiscal_years(text, year_end)),
        bool(_FISCAL.search(text)),
        frozenset(map(_number, _NAMED_MONTH.findall(_QUARTER_TO.sub("", text)))),
        frozenset(span for span, pattern in _SPANS if re.search(pattern, text, re.I)),
        frozenset(quarters | {4} if _LAST_QUARTER.search(text) else quarters),
        frozenset(_quarter(found, year_end) for found in _ENDED.finditer(text)),
    )


def years(text: str) -> set[str]:
    """Every year that a text names, both ends of "2022-2023" and "2022/23" among them."""
    named = set(_YEAR.findall(text))
    for first, last in _YEAR_SPAN.findall(text):
        named |= {first, first[: 4 - len(last)] + last if len(last) < 4 else last}
    return named


def by_end(text: str) -> str:
    """A text with each year that lies in two calendar years, "2022/23", named by the one in which it ends."""
    return _OVER_TWO.sub(_ended, text)


def _ended(over_two: re.Match[str]) -> str:
    """The year in which one that lies in two calendar years ends; other years with a slash as they are."""
    first, last = over_two[1], over_two[2]
    end = str(int(first) + 1)
    return end if end.endswith(last) else over_two[0]


def mentions(text: str) -> list[tuple[int, int]]:
    """Where a text names times, each with all that belongs to it: "the third quarter of fiscal 2024" is one."""
    found: list[tuple[int, int]] = []
    for atom in _ATOM.finditer(text):
        if found and _WITHIN.fullmatch(text[found[-1][1] : atom.start()]):
            found[-1] = (found[-1][0], atom.end())
        else:
            found.append(atom.span())
    return found


def without_times(question: str) -> str:
    """A question without the quarters, months and fiscal years that it names; bare years are left."""
    return " ".join(_TIME.sub(" ", question).split())


def covered_years(text: str, year_end: int, *, fiscal: bool) -> set[str]:
    """The years that a text speaks of, those that its dates lie in among them.

    Args:
        text: A text of a report.
        year_end: The month in which the company's fiscal year ends.
        fiscal: Whether fiscal years are meant, so that a date's own year tells nothing.
    """
    if year_end == 12:
        return years(text)
    return years(_DATE.sub("", text) if fiscal else text) | fiscal_years(text, year_end)


def own_years(year: int | None, year_end: int, *, fiscal: bool) -> set[str]:
    """The years that a report of a year may call its own."""
    if year is None:
        return set()
    return {str(year), str(year + 1)} if fiscal and year_end < 12 else {str(year)}


def fiscal_years(text: str, year_end: int) -> set[str]:
    """The fiscal years, each named after the year it ends in, of a text's dates."""
    dated = ((int(date["year"]), _number(date["month"])) for date in _DATE.finditer(text))
    return {str(year + (month > year_end)) for year, month in dated}


@lru_cache(maxsize=64)
def year_end(report: str) -> int:
    """The month in which a report says that its company's fiscal year ends; December where it does not say."""
    said = Counter(_number(end["month"]) for end in _YEAR_END.finditer(report))
    return said.most_common(1)[0][0] if said else 12


def _quarter(ended: re.Match[str], year_end: int) -> int:
    """The quarter of a fiscal year that a date ends, 1 to 4."""
    day = ended["day"] or ended["at"]
    month = _number(ended["month"] or ended["of"]) - bool(day and int(day) <= _FIRST_DAYS)
    return _quarter_to(month, year_end)


def _quarter_to(month: int, year_end: int) -> int:
    return (month - year_end - 1) % 12 // 3 + 1


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1
