"""Lines of the accounts and the words that name them: what a company sells for, spends, earns, owns and owes.

Rows of one name stand under several lines: a segment has its sales and its profit. This module does not know any
report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.query.wording.parts_of_speech import core
from index.words import stem, stems, words

_NAMES = {
    "revenue": "revenue revenues turnover sales",
    "cost": "cost costs expense expenses expenditure",
    "profit": "profit profits income earnings loss losses",
    "assets": "asset assets",
    "liabilities": "liability liabilities",
    "equity": "equity",
    "cash": "cash",
}
_COSTS = frozenset(
    map(
        stem,
        "r&d research development marketing administrative administration depreciation amortization amortisation "
        "interest tax taxes wages salaries compensation impairment restructuring capex".split(),
    )
)
_LINES = {stem(name): line for line, names in _NAMES.items() for name in names.split()}
# Where any name of such a line stands for the others.
_ALIKE = frozenset({"revenue", "profit"})

# Sales that are counted or an activity, and no revenue.
_SOLD = re.compile(
    r"\bsales(?=,? (?:general|(?:and|&) marketing|volumes?|units?|figures|staff|force|teams?|offices?|network|tax)\b)",
    re.I,
)
_OUTLAY = re.compile(
    r"\b(?:loss(?:es)?|expenses?|costs?|charges?|payments?|repayments?|purchases?|outflows?|paid|taxes)\b", re.I
)
_LOSS = re.compile(r"\bloss(?:es)?\b", re.I)
_INFLOW = re.compile(r"\b(?:income|gains?|profits?|benefits?|provided)\b", re.I)


def lines(stems: Iterable[str]) -> set[str]:
    """The lines that stems name."""
    return {_LINES[word] for word in stems if word in _LINES}


def is_expense(phrase: str) -> bool:
    """Whether a phrase names what is spent on: "research and development", "interest"."""
    return any(word.lower() == "r&d" or stem(word.lower()) in _COSTS for word in phrase.split())


def line_of(path: str) -> str:
    """The line that a row belongs to: that of the last of its labels which ends in one; empty where none does."""
    for label in reversed(path.split(" > ")):
        parts = re.sub(r"\([^()]*\)", " ", label).split()
        last = stem(parts[core(parts) - 1].lower()) if parts else ""
        if last in _LINES:
            return _LINES[last]
    return ""


def same_line(stems: Iterable[str]) -> set[str]:
    """The other names of the lines that stems name: "turnover" for "sales", "expense" for "research"."""
    stems = set(stems)
    told = lines(stems) & _ALIKE
    names = {word for word, line in _LINES.items() if line in told}
    return names | {stem("expense")} if _COSTS & stems else names


def stems_of(text: str) -> set[str]:
    """The stems of a text, and the other names of the lines that it names."""
    return stems(text) | same_line(map(stem, words(_SOLD.sub(" ", text))))


def is_outlay(asked: str, label: str, bare: str) -> bool:
    """Whether a question and a row both speak of what is spent or lost.

    Args:
        asked: The question.
        label: The row's label.
        bare: The label without what stands in brackets.
    """
    if _LOSS.search(asked) and _LOSS.search(label):
        return True
    return bool(_OUTLAY.search(asked) and _OUTLAY.search(bare)) and not _INFLOW.search(bare)
