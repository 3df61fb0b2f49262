"""What a question measures in - a percentage, money, a length of time, tonnes - and whether a value is of that kind.

"Nine months" is no margin and "$14.51 billion" no share, though both are figures. General English only; this module
does not know how values are found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.query.wording.answer_type import ASKS
from assistant.query.wording.measures import bridged, is_currency
from assistant.query.wording.parts_of_speech import head
from assistant.query.wording.periods import take_time
from corpus.figure import Figure, unit_factor

Kind = Literal["percentage", "rate", "money", "time", "measure", "count", ""]

_PERCENT_UNITS = frozenset({"%", "pp"})
_TIME_UNITS = frozenset({"year", "month", "day", "h", "min"})
_PERCENTAGE = re.compile(
    r"\b(?:in|as|how many|(?:by|at|to) (?:what|how many)|what|which|the) (?:a |an? average )?"
    r"(?:%|per ?cent\b|pct\b|percentages?\b|percentage points?\b)"
    r"|\b(?:what|which) (?:share|proportion|fraction|portion|percentile)\b"
    r"|^(?:the )?(?:share|proportion|percentage) of\b"
    r"|\b(?:rate|ratio|margin|share|proportion) (?:in |\()?(?:%|per ?cent|pct)|\bpercentage\b|(?:^|[ (])%(?=\W*$|\))",
    re.I,
)
_RATE = re.compile(
    r"\b(?:what|which) (?:[\w'’-]+ ){0,6}?(?:rate|ratio)\b|\b(?:rate|ratio)\b(?= (?:of|in|for|at)\b|$)", re.I
)
_MANY = re.compile(r"\bhow many (?P<noun>(?:[\w²³/.-]+ ?){1,4})", re.I)
_HOW_LONG = re.compile(r"\bhow (?:long|old)\b", re.I)
_TIMES = re.compile(
    r"^(?:(?:more|fewer|working|business|calendar|training|full|lost|total) ){0,2}"
    r"(?P<unit>years?|months?|weeks?|days?|hours?|minutes?)\b",
    re.I,
)
_MONEY = frozenset(
    "revenue revenues sales turnover profit profits income earnings loss losses ebit ebitda cost costs expense "
    "expenses expenditure expenditures spending capex dividend dividends debt cash goodwill price proceeds fine "
    "penalty fee fees salary salaries wages remuneration donations borrowings".split()
)
_HOW_MUCH_MONEY = re.compile(
    r"\bhow much (?:money|(?:[\w-]+ ){0,3}?(?:revenue|sales|turnover|profit|income|cash|debt|tax|interest|dividend))"
    r"|\bhow much (?:did|does|do|has|have|had|will|would|is|was) (?:[\w'’.&-]+ ){1,5}?"
    r"(?:spend|spent|pay|paid|earn|earned|cost|owe|owed|invest|invested|borrow|borrowed|donate|donated)\b"
    r"|\bin (?:US |U\.S\. )?(?:dollars|euros?|pounds|yuan|yen|francs|money)\b",
    re.I,
)
_WHAT = re.compile(r"^(?:and )?what (?:is|are|was|were) (?:the )?(?P<subject>.+)$", re.I)
_WHAT_DID = re.compile(r"^(?:and )?what (?P<subject>[\w -]+?) (?:do|does|did|has|have|had|will|is|was|were)\b", re.I)
_OWNER = re.compile(r"^(?:(?!of |in |for |from )[\w.&-]+ ){0,3}[\w.&-]+['’]s? ")
_RESULT = re.compile(r"\b(?:operating|net|financial|pre-?tax) result\b", re.I)
_NO_MONEY = re.compile(
    r"%|\b(?:rates?|ratio|margin|growth|share|number|per ?cent\w*|change|increase|decrease|target|policy|hours|tonnes"
    r"|(?:staff|employee|personnel|labou?r) turnover|volume|units?|drivers?|reasons?|of (?:people|employees))\b",
    re.I,
)
_PER = re.compile(
    r"\bper[ -](?:[\w-]+ )?(?:share|ads|unit|employee|head|capita|kg|kilo\w*|tonne|litre|hour)\b|\beps\b", re.I
)
_TIME_WORD = re.compile(r"\b(?:year|month|week|day|hour|minute|centur|decade)", re.I)
# What a row of a table in money counts all the same.
_COUNTS = re.compile(r"\b(?:numbers?|counts?|shares|units|stores|employees|people)\b", re.I)
_FRACTION = re.compile(r"\b(?:half|halves|thirds?|quarters?|fifths?|tenths?|majority|one in)\b", re.I)
_NONE = re.compile(r"\s*(?:no|none|not any|not a single|zero)\b", re.I)
_SAYS_PERCENT = re.compile(r"%|\bper ?cent|\bpct\b|\bpercentage", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a question measures in.

    Attributes:
        kind: The kind of figure that answers; empty where the question does not say.
        base: The base unit of a measure: "t" for tonnes.
        noun: The unit of time as it is asked for: "day".
        is_per: Whether money per something is asked for, such as earnings per share.
    """

    kind: Kind = ""
    base: str = ""
    noun: str = ""
    is_per: bool = False

    @property
    def is_share(self) -> bool | None:
        """Whether a percentage is wanted; None where the question does not say."""
        return None if self.kind in ("", "rate") else self.kind == "percentage"

    def suits(self, value: str, figures: Sequence[Figure], said: str) -> bool:
        """Whether a value can be the answer.

        Args:
            value: The value as written.
            figures: Its figures, in the unit that their row or column gives them.
            said: The row's label and the column's header, where it stands in a table.
        """
        units = {figure.unit for figure in figures if not figure.is_year}
        if self.kind == "percentage":
            bare = "" in units and bool(_SAYS_PERCENT.search(said))
            return bool(units & _PERCENT_UNITS) or bare or bool(_FRACTION.search(value))
        if self.kind == "rate":
            return bool(units & {"%", "pp", ""})
        if self.kind == "money":
            if (not self.is_per and _PER.search(said)) or _SAYS_PERCENT.search(said):
                return False
            return any(not unit or is_currency(unit) for unit in units)
        if self.kind == "time":
            named = bool(self.noun) and re.search(rf"\b{self.noun}s?\b", said, re.I) is not None
            return bool(units & _TIME_UNITS or _TIME_WORD.search(value)) or ("" in units and named)
        if self.kind == "measure":
            return any(not unit or bridged(figures[0].value, unit, self.base) is not None for unit in units)
        if self.kind == "count":
            counted = [unit for unit in units - _PERCENT_UNITS if not is_currency(unit) or _COUNTS.search(said)]
            return bool(counted) or bool(_NONE.match(value))
        return True


def quantity(question: str) -> Quantity:
    """What a question measures in, read off its words.

    Args:
        question: One question in English, or the bare words of one.
    """
    text = " ".join(question.split()).strip(" ?.!")
    if _PERCENTAGE.search(text):
        return Quantity("percentage")
    many = _MANY.search(text)
    if many:
        return _counted(many["noun"])
    if _HOW_LONG.search(text):
        return Quantity("time")
    if _HOW_MUCH_MONEY.search(text) or _is_money(text):
        return Quantity("money", is_per=_PER.search(text) is not None)
    return Quantity("rate" if _RATE.search(text) and not re.search(r"\bexchange\b", text, re.I) else "")


def _counted(noun: str) -> Quantity:
    """What "how many" counts: days, a unit, or things."""
    time = _TIMES.match(noun)
    if time:
        return Quantity("time", noun=time["unit"].lower().rstrip("s"))
    said = noun.split()
    for length in (3, 2, 1):
        base, _ = unit_factor(" ".join(said[:length]))
        if base:
            return Quantity("money" if is_currency(base) else "measure", base)
    return Quantity("count")


def _is_money(text: str) -> bool:
    """Whether a question is about an amount of money by its head noun, or its bare words name one."""
    if _NO_MONEY.search(text):
        return False
    asked = _WHAT.match(text) or _WHAT_DID.match(text)
    if asked:
        subject, _ = take_time(_OWNER.sub("", asked["subject"]))
        return head(subject).lower() in _MONEY or _RESULT.search(subject) is not None
    return not ASKS.search(text) and any(word in _MONEY for word in re.findall(r"[a-z]+", text.lower()))
