"""Whether figures are operands of one calculation, and how likely they are meant together.

Figures that lie near each other in the report, and rows of like names, are likelier meant together; figures of other
periods or of one name in two tables are not. This module does not know how figures are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Calculation
from assistant.calculation.grammars.operation import Operation
from assistant.calculation.grammars.ratios import YEARS_SPANNED
from assistant.calculation.operands import Candidate
from assistant.query.wording.periods import take_time
from assistant.reading.extractor import Finding
from corpus.figure import Figure
from index.times import times
from index.words import words

# Operands that stand near each other are likelier meant together; in log-odds.
_SAME_SENTENCE, _SAME_PASSAGE, _SAME_TABLE, _SAME_SECTION = 6.0, 4.0, 2.0, 0.7
# Rows of one table whose names are made of the same words are.
_ALIKE = 4.0
_PARTS = ("share", "rest", "rest_share")
_LEAST_SHARE, _MOST_TIMES, _MOST_LOST = Decimal("0.001"), 100_000, 10


def apart(operation: Operation, chosen: Sequence[Candidate]) -> str:
    """Why figures cannot be operands of one calculation; empty where they can."""
    placed = [one for one in zip(operation.operands, chosen, strict=True) if one[1].finding is not None]
    over_time = operation.kind == "growth" and len({take_time(asked.strip(" ?"))[0] for asked, _ in placed}) == 1
    for i, (asked, one) in enumerate(placed):
        for other_asked, other in placed[:i]:
            assert one.finding is not None and other.finding is not None
            if one.finding.overlaps(other.finding):
                return "the figures found do not belong together"
            if operation.kind in _PARTS and one.figure.same(other.figure):
                return "one figure is found for the part and for the whole"
            alike = bool(one.row) and _label(one) == _label(other) and one.figure.same(other.figure)
            same_place = one.finding.passage.id == other.finding.passage.id
            namesakes = (_is_namesake(asked, one, other), _is_namesake(other_asked, other, one))
            if operation.kind in _PARTS and _is_sibling(one, other):
                return "the whole is not stated with the part"
            if not (over_time or one.dated or other.dated) and not _of_one_time(one, other):
                return f"the figures are of different periods: {other.period} and {one.period}"
            if over_time and one.row != other.row:
                return "the figures of the two periods are not of one row"
            if (
                over_time
                and one.period == other.period
                and one.column == other.column
                and one.figure.same(other.figure)
            ):
                return "one figure is found for both periods"
            if one.period == other.period and all(namesakes) and not same_place:
                return "the report gives this under one name in two tables"
            if alike and not over_time and asked != other_asked and any(namesakes) and one.period == other.period:
                return "one figure is found for both"
            if YEARS_SPANNED in {asked.strip(" ?"), other_asked.strip(" ?")} and not same_place:
                return "the years that the figure spans are not stated with it"
    return ""


def _is_sibling(one: Candidate, other: Candidate) -> bool:
    """Whether rows have one name below labels of their own, neither a part of the other: the sales of two regions."""
    ours, theirs = one.row.rpartition(" > "), other.row.rpartition(" > ")
    return (
        bool(ours[0] and theirs[0])
        and ours[2] == theirs[2]
        and ours[0] != theirs[0]
        and _section(one) == _section(other)
    )


def _label(candidate: Candidate) -> str:
    return candidate.row.rpartition(" > ")[2]


def _of_one_time(one: Candidate, other: Candidate) -> bool:
    """Whether two columns are of one year and of as many months, where both say so."""
    ours, theirs = times(f"{one.column} {one.period}"), times(f"{other.column} {other.period}")
    pairs = ((ours.years, theirs.years), (ours.spans, theirs.spans))
    return all(a & b for a, b in pairs if a and b)


def _is_namesake(asked: str, one: Candidate, other: Candidate) -> bool:
    """Whether two rows have one name, and no word that only the first stands under is asked for."""
    if not one.row or one.finding is None or one.row.rpartition(" > ")[2] != other.row.rpartition(" > ")[2]:
        return False
    ours, theirs = (
        set(words(f"{row.row} {' '.join(row.finding.passage.section)}")) if row.finding is not None else set()
        for row in (one, other)
    )
    return not (ours - theirs) & set(words(asked))


def is_unshown(chosen: Sequence[Candidate]) -> bool:
    """Whether a figure that is shown to be meant only beside another stands alone."""
    placed = [candidate for candidate in chosen if candidate.finding is not None]
    alone = [one for one in placed if sum(_passage(other) == _passage(one) for other in placed) == 1]
    return len(placed) > 1 and (any(one.weak for one in alone) or all(one.weak for one in placed))


def _section(candidate: Candidate) -> tuple[str, ...]:
    return candidate.finding.passage.section if candidate.finding is not None else ()


def _passage(candidate: Candidate) -> str:
    return candidate.finding.passage.id if candidate.finding is not None else ""


def together(chosen: Sequence[Candidate]) -> float:
    """Log-odds, above those of each alone, that figures are meant together: the mean over their pairs."""
    placed = [(candidate, candidate.finding) for candidate in chosen if candidate.finding is not None]
    pairs = [_pair(*one, *other) for i, one in enumerate(placed) for other in placed[:i]]
    return sum(pairs) / len(pairs) if pairs else 0.0


def _pair(one: Candidate, first: Finding, other: Candidate, second: Finding) -> float:
    if first.passage.id == second.passage.id:
        return _SAME_SENTENCE if one.sentence == other.sentence else _SAME_PASSAGE
    if first.passage.section != second.passage.section:
        return 0.0
    if not (one.row and other.row):
        return _SAME_SECTION
    ours, theirs = (set(words(candidate.row.rpartition(" > ")[2])) for candidate in (one, other))
    return _SAME_TABLE + _ALIKE * len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def is_plausible(operation: Operation, calculation: Calculation, figures: Sequence[Figure]) -> bool:
    """Whether a part is no more than its whole, which a loss may be, and no two figures must be in other scales."""
    sizes = [abs(figure.value) for figure in figures if figure.value]
    if operation.kind in ("sum", "difference", "average") and sizes and max(sizes) > _MOST_TIMES * min(sizes):
        return False
    if operation.kind != "share":
        return True
    part, *whole = figures
    if part.value < 0 < whole[0].value:
        return -part.value <= _MOST_LOST * whole[0].value
    share = Decimal(calculation.result.replace(",", "").replace("−", "-"))
    return not share or _LEAST_SHARE <= share <= Decimal(100)
