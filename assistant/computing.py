"""Finds the operands of a calculation and computes it: each operand is a question of its own, with its own place.

Of the places found for each operand those are taken that are likeliest together: likely each, distinct, near each other
in the report, and of units that fit. This module does not know how the result is worded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from assistant import arithmetic
from assistant.answer import Calculation
from assistant.asking import Asked
from assistant.finding import Finding
from assistant.operation import Operation
from corpus.figure import Figure, cell_figure, find_figures
from corpus.passage import Fact

_CANDIDATES = 4
# Operands that stand in one passage, or in one section, are likelier meant together; in log-odds.
_SAME_PASSAGE = 1.5
_SAME_SECTION = 0.7
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
    choices: list[list[tuple[Finding | None, Figure]]] = []
    missing = []
    for wording, given in zip(operation.operands, operation.given, strict=True):
        if given is not None:
            choices.append([(None, given)])
            continue
        likely = [finding for finding in find(wording, Asked("figure")) if finding.confidence >= threshold]
        pairs = [(finding, figure_of(finding, facts)) for finding in likely[:_CANDIDATES]]
        choices.append([(finding, figure) for finding, figure in pairs if figure is not None])
        if not choices[-1]:
            missing.append(wording)
    if missing:
        return Computed(None, tuple(f for some in choices if some and (f := some[0][0]) is not None), tuple(missing))
    best: tuple[float, Computed] | None = None
    why = ""
    for chosen in product(*choices):
        places = tuple(finding for finding, _ in chosen if finding is not None)
        if any(a.overlaps(b) for i, a in enumerate(places) for b in places[:i]):
            continue
        try:
            calculation = arithmetic.calculate(operation, [figure for _, figure in chosen])
        except ValueError as error:
            why = why or str(error)
            continue
        if not _plausible(operation, calculation):
            continue
        together = _together(places)
        if best is None or together > best[0]:
            best = together, Computed(calculation, places)
    if best is None:
        first = tuple(finding for some in choices if (finding := some[0][0]) is not None)
        return Computed(None, first, why=why or "the figures found do not belong together")
    return best[1]


def figure_of(finding: Finding, facts: Mapping[str, Sequence[Fact]]) -> Figure | None:
    """The figure of a finding, its unit taken from its row where it stands apart."""
    for fact in facts.get(finding.passage.id, ()):
        if fact.start < finding.end and finding.start < fact.end:
            return fact.figure
    figures = [found.figure for found in find_figures(finding.value)]
    if figures:
        return next((figure for figure in figures if not figure.is_year), figures[0])
    return cell_figure(finding.value)


def _together(places: Sequence[Finding]) -> float:
    """Log-odds that places are meant together."""
    likely = sum(-math.log1p(math.exp(-place.score)) for place in places)
    if len(places) < 2:
        return likely
    if len({place.passage.id for place in places}) == 1:
        return likely + _SAME_PASSAGE
    return likely + (_SAME_SECTION if len({place.passage.section for place in places}) == 1 else 0.0)


def _plausible(operation: Operation, calculation: Calculation) -> bool:
    """A part is no more than its whole."""
    if operation.kind != "share":
        return True
    return Decimal(0) <= Decimal(calculation.result.replace(",", "").replace("−", "-")) <= Decimal(100)
