"""Finds the operands of a calculation and computes it: each operand is a question of its own, with its own place.

Of the figures that each operand can be, those are taken that are likeliest together: likely each, distinct, near each
other in the report, of one period, and of units that fit. This module does not know how the result is worded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assistant.answer import Calculation
from assistant.calculation import arithmetic
from assistant.calculation.grammars.operation import Operation
from assistant.calculation.grammars.ratios import YEAR_PARTS
from assistant.calculation.operand_compatibility import apart, is_plausible, is_unshown, together
from assistant.calculation.operand_match import Wanted
from assistant.calculation.operands import Candidate, candidates, rows_named
from assistant.calculation.quoted_result import is_change, is_stated, spoken_of, states_result
from assistant.calculation.report_rows import Reports
from assistant.query.wording.answer_type import Asked
from assistant.reading.extractor import Finding
from corpus.figure import Figure, find_figures

# The passages of so many places are read for every operand.
_POOLED = 4
# So many combinations of figures are tried; the more operands, the fewer figures for each.
_MOST_TRIED = 700
# An operand may be less likely than an answer: that it fits the other operands speaks for it.
_OPERAND_RATIO = 0.35
# A report may state a total of just these parts, but a figure near the question is more often one of the parts.
_COMPUTED_FIRST = ("sum", "average", "convert")
Find = Callable[[str, Asked], list[Finding]]


@dataclass(frozen=True, slots=True)
class Computed:
    """What became of a calculation.

    Attributes:
        calculation: The result, None where there is none.
        places: Where the operands stand, those that the question states itself left out.
        missing: Operands that no report states.
        why: Why there is no result though every operand was found.
        also: Other places that give an operand the same value.
        size: The size of a change beside its percentage, where both are asked for.
    """

    calculation: Calculation | None
    places: tuple[Finding, ...]
    missing: tuple[str, ...] = ()
    why: str = ""
    also: tuple[Finding, ...] = ()
    size: Calculation | None = None

    @property
    def confidence(self) -> float:
        """As sure as the least sure operand; 0 without places."""
        return min((place.confidence for place in self.places), default=0.0)


def work_out(
    question: str,
    operation: Operation,
    find: Find,
    reports: Reports,
    threshold: float,
) -> Sequence[Finding] | Computed | None:
    """Answer a question that asks for a calculation.

    Args:
        question: What is asked.
        operation: The calculation that it asks for.
        find: Finds the places that answer a question, best first.
        reports: What is asked.
        threshold: The confidence that an answer must have.

    Returns:
        The places that state the result themselves, best first; else what became of the calculation; None where the
        question is better looked up.
    """
    stated = find(question, Asked("percentage" if operation.unit == "%" else "figure"))
    sure = bool(stated) and stated[0].confidence >= threshold
    if operation.direct and sure and operation.kind not in _COMPUTED_FIRST and is_stated(stated[0], operation, reports):
        return stated
    least = _OPERAND_RATIO * threshold
    done = compute(operation, find, reports, least, stated)
    if done.calculation is None and operation.otherwise is not None:
        operation = operation.otherwise
        done = compute(operation, find, reports, least, stated)
    if done.calculation is None:
        if operation.kind == "share" and stated and is_change(stated[0], reports):
            return replace(done, missing=done.missing or operation.operands)  # how it changed is not its share
        part = bool(stated) and any(stated[0].overlaps(place) for place in done.places)
        part = part and not (operation.unit == "%" and states_result(stated[0], operation))
        wanted = Wanted(operation.operands[0], rarity=reports.rarity)
        nameless = bool(stated) and wanted.misses_name(spoken_of(stated[0]))
        looked_up = operation.kind == "convert" or (operation.direct and not part and not nameless)
        return None if looked_up or not done.places else done
    if operation.operands[-1] in YEAR_PARTS and (span := _span(done.places[0])):
        return Computed(None, done.places, why=f"the figure is of {span}, not of a year")
    if operation.kind == "convert" and done.calculation.formula.split()[:1] == [done.calculation.result]:
        return None if sure else done.places  # it stands in the unit asked for already
    return done if done.places else replace(done, places=tuple(stated[:1]))  # the question states all of its figures


def _span(place: Finding) -> str:
    """The time that the sentence of a figure says it took, empty where it says none."""
    text = place.passage.text[place.quote_start - place.passage.start : place.quote_end - place.passage.start]
    found = find_figures(text) if place.passage.kind == "prose" else []
    return next((one.figure.text for one in found if one.figure.unit in {"day", "month", "year"}), "")


def compute(
    operation: Operation, find: Find, reports: Reports, threshold: float, near: Sequence[Finding] = ()
) -> Computed:
    """Look up an operation's operands and compute it.

    Args:
        operation: What to compute.
        find: Finds the places that answer a question, best first.
        reports: What is asked.
        threshold: The confidence that an operand's place must have where its words do not prove it.
        near: Places found for the whole question, which may hold operands.
    """
    found = [
        [] if given is not None else find(wording, Asked("figure"))
        for wording, given in zip(operation.operands, operation.given, strict=True)
    ]
    pool = [f for places in (*found, near) for f in places[:_POOLED] if f.confidence >= threshold]
    asked = {place.passage.document_id for places in (*found, near) for place in places}
    choices: list[list[Candidate]] = []
    for place, (wording, given) in enumerate(zip(operation.operands, operation.given, strict=True)):
        if given is not None:
            choices.append([Candidate(None, given, 0.0)])
            continue
        wanted = Wanted(wording, rarity=reports.rarity, unit=_unit(operation, place))
        named = [*pool, *rows_named(wanted, reports, asked)]
        choices.append(candidates(wanted, found[place], named, reports, threshold))
    missing = tuple(wording for wording, some in zip(operation.operands, choices, strict=True) if not some)
    first = tuple(some[0].finding for some in choices if some and some[0].finding is not None)
    if missing:
        return Computed(None, first, missing)
    done = _best(operation, choices)
    return Computed(None, first, why=_why(operation, choices)) if done is None else done


def _unit(operation: Operation, place: int) -> str:
    """The unit that an operand must be in or be brought to: the dividend's in "hours per session"; else empty."""
    above, per, _ = operation.unit.partition(" per ")
    return above if operation.kind == "ratio" and per and not place else ""


def _best(operation: Operation, choices: Sequence[Sequence[Candidate]]) -> Computed | None:
    """The likeliest figures that belong together, computed; None where none do.

    Figures that nothing shows to be meant give no result, and give way to any others.
    """
    each = int(_MOST_TRIED ** (1 / len(choices)))
    choices = [some[:each] for some in choices]
    best: tuple[bool, float, Computed] | None = None
    for chosen in map(_in_one_unit, product(*choices)):
        rank = not is_unshown(chosen), sum(candidate.likely for candidate in chosen) + together(chosen)
        if (best is not None and rank <= best[:2]) or apart(operation, chosen):
            continue
        figures = [candidate.figure for candidate in chosen]
        try:
            calculation = arithmetic.calculate(operation, figures)
        except ValueError:
            continue
        if is_plausible(operation, calculation, figures):
            best = *rank, _computed(operation, chosen, choices, calculation)
    if best is None or best[0]:
        return None if best is None else best[2]
    return Computed(None, best[2].places, why="it is not sure that these figures are what is asked for")


def _in_one_unit(chosen: Sequence[Candidate]) -> Sequence[Candidate]:
    """Figures of one table, of which only some rows write their unit, all in that unit."""
    units = {one.figure.unit for one in chosen}
    tables = {one.finding.passage.section for one in chosen if one.finding is not None and one.row}
    in_rows = all(one.finding is not None and one.row for one in chosen)
    plain = all(one.figure.value == one.figure.number for one in chosen)
    if len(units - {""}) != 1 or "" not in units or "%" in units or len(tables) != 1 or not (in_rows and plain):
        return chosen
    unit = max(units)
    return [replace(one, figure=replace(one.figure, unit=unit)) for one in chosen]


def _computed(
    operation: Operation,
    chosen: Sequence[Candidate],
    choices: Sequence[Sequence[Candidate]],
    calculation: Calculation,
) -> Computed:
    """A calculation with its places, the other places of its values, and the size of a change beside its percentage."""
    places = tuple(candidate.finding for candidate in chosen if candidate.finding is not None)
    also = tuple(
        other.finding
        for candidate, some in zip(chosen, choices, strict=True)
        for other in some
        if other.finding is not None and other.finding is not candidate.finding and other.figure.same(candidate.figure)
    )
    size = None
    if operation.sized and calculation.unit == "%":
        size = arithmetic.calculate(replace(operation, kind="difference", unit=""), _by_sense(operation, chosen))
        if len({candidate.figure.value > 0 for candidate in chosen}) > 1:  # from a profit to a loss
            calculation, size = size, None
    return Computed(calculation, places, also=also, size=size)


def _by_sense(operation: Operation, chosen: Sequence[Candidate]) -> list[Figure]:
    """The earlier and the later figure as their difference is taken: a fall counts positive where one is asked for."""
    earlier, later = (candidate.figure for candidate in chosen)
    return [earlier, later] if operation.sense == "fall" else [later, earlier]


def _why(operation: Operation, choices: Sequence[Sequence[Candidate]]) -> str:
    """Why the likeliest figures do not give a result."""
    chosen = [some[0] for some in choices]
    try:
        arithmetic.calculate(operation, [candidate.figure for candidate in chosen])
    except ValueError as error:
        return str(error)
    return apart(operation, chosen) or "the figures found do not belong together"
