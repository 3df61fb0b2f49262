"""Finds the operands of a calculation and computes it: each operand is a question of its own, with its own place.

Of the places found for each operand those are taken that are likeliest together: likely each, distinct, near each other
in the report, and of units that fit. This module does not know how the result is worded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from assistant import arithmetic
from assistant.answer import Calculation
from assistant.asking import Asked
from assistant.confidence import shared_words
from assistant.finding import Finding
from assistant.operation import Operation
from assistant.scope import years
from corpus.figure import Figure, find_figures
from corpus.passage import Fact

_CANDIDATES = 4
# Operands that stand in one passage, or in one section, are likelier meant together; in log-odds.
_SAME_PASSAGE = 3.0
_SAME_SECTION = 0.7
# A figure of the sentence that the reader did not pick, and the operand's words in the characters around a figure.
_NOT_READ = 1.5
_WORDS_AROUND = 3.0
_BEFORE, _AFTER = 12, 45
# The column of the year that an operand names, or of the latest where it names none.
_PERIOD = 3.0
_YEAR_BEFORE = re.compile(r"\b(?:previous|prior|last|preceding) year\b|\byear (?:earlier|before|ago)\b", re.I)
# A place that shares fewer of an operand's words is not about it.
_MIN_SHARED = 0.3
Find = Callable[[str, Asked], list[Finding]]


@dataclass(frozen=True, slots=True)
class Computed:
    """What became of a calculation.

    Attributes:
        calculation: The result, None where there is none.
        places: Where the operands stand, those that the question states itself left out.
        missing: Operands that no report states.
        why: Why there is no result though every operand was found.
    """

    calculation: Calculation | None
    places: tuple[Finding, ...]
    missing: tuple[str, ...] = ()
    why: str = ""

    @property
    def confidence(self) -> float:
        """As sure as the least sure operand; 0 without places."""
        return min((place.confidence for place in self.places), default=0.0)


def compute(operation: Operation, find: Find, facts: Mapping[str, Sequence[Fact]], threshold: float) -> Computed:
    """Look up an operation's operands and compute it.

    Args:
        operation: What to compute.
        find: Finds the places that answer a question, best first.
        facts: Facts by the passage that they stand in.
        threshold: The confidence that an operand's place must have.
    """
    choices: list[list[_Choice]] = []
    missing = []
    for place, (wording, given) in enumerate(zip(operation.operands, operation.given, strict=True)):
        earlier = operation.kind == "growth" and place == 0
        if given is not None:
            choices.append([_Choice(None, given, 0.0)])
            continue
        found = find(wording, Asked("figure"))
        likely = [f for f in found if f.confidence >= threshold and f.features.get("shared", 1.0) >= _MIN_SHARED]
        choices.append(
            [choice for finding in likely[:_CANDIDATES] for choice in _choices(finding, wording, facts, earlier)]
        )
        if not choices[-1]:
            missing.append(wording)
    likeliest = [max(some, key=lambda choice: choice.likely) for some in choices if some]
    first = tuple(choice.finding for choice in likeliest if choice.finding is not None)
    if missing:
        return Computed(None, first, tuple(missing))
    best: tuple[float, Computed] | None = None
    why = ""
    for chosen in product(*choices):
        places = tuple(choice.finding for choice in chosen if choice.finding is not None)
        if any(a.overlaps(b) for i, a in enumerate(places) for b in places[:i]):
            continue
        try:
            calculation = arithmetic.calculate(operation, [choice.figure for choice in chosen])
        except ValueError as error:
            why = why or str(error)
            continue
        if not _plausible(operation, calculation):
            continue
        together = sum(choice.likely for choice in chosen) + _together(places)
        if best is None or together > best[0]:
            best = together, Computed(calculation, places)
    if best is None:
        return Computed(None, first, why=why or "the figures found do not belong together")
    return best[1]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A figure for an operand, where it stands, and how likely it is meant, in log-odds."""

    finding: Finding | None
    figure: Figure
    likely: float


def _choices(
    finding: Finding, wording: str, facts: Mapping[str, Sequence[Fact]], earlier: bool = False
) -> Iterator[_Choice]:
    """The figure that was read, and the others of its sentence or row, each by what stands around it or above it."""
    passage = finding.passage
    log_likely = -math.log1p(math.exp(-finding.score))
    row = facts.get(passage.id, ())
    if passage.kind == "table_row" and row:
        periods = sorted({fact.period for fact in row}, reverse=True)
        unsaid = periods[min(int(earlier or bool(_YEAR_BEFORE.search(wording))), len(periods) - 1)]
        for fact in row:
            read = fact.overlaps(finding.start, finding.end)
            fits = bool(years(wording) & years(fact.period)) if years(wording) else fact.period == unsaid
            place = replace(finding, start=fact.start, end=fact.end, value=fact.figure.text)
            yield _Choice(place, fact.figure, log_likely + _PERIOD * fits - (0.0 if read else _NOT_READ))
        return
    for found in find_figures(passage.text):
        start, end = passage.start + found.start, passage.start + found.end
        read = start < finding.end and finding.start < end
        inside = finding.quote_start <= start and end <= finding.quote_end
        if found.figure.is_year or not (read or (inside and passage.kind in ("prose", "list"))):
            continue
        shared = shared_words(wording, passage.text[max(0, found.start - _BEFORE) : found.end + _AFTER])
        if not read and not shared:
            continue
        likely = log_likely + _WORDS_AROUND * shared - (0.0 if read else _NOT_READ)
        value = passage.text[found.start : found.end].replace("**", "")
        typed = [fact.figure for fact in row if fact.overlaps(start, end)]
        yield _Choice(replace(finding, start=start, end=end, value=value), typed[0] if typed else found.figure, likely)


def _together(places: Sequence[Finding]) -> float:
    """Log-odds, above those of each alone, that places are meant together."""
    if len(places) < 2:
        return 0.0
    if len({place.passage.id for place in places}) == 1:
        return _SAME_PASSAGE
    return _SAME_SECTION if len({place.passage.section for place in places}) == 1 else 0.0


def _plausible(operation: Operation, calculation: Calculation) -> bool:
    """A part is no more than its whole."""
    if operation.kind != "share":
        return True
    return Decimal(0) <= Decimal(calculation.result.replace(",", "").replace("−", "-")) <= Decimal(100)
