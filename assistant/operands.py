"""Which figures of a report can be the operand of a calculation, each with how likely it is meant.

A figure is taken when the reader picked it for the operand's question, or when its own words and those around hold
what the operand names. This module does not know what is computed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.described import Described, described
from assistant.finding import Finding
from assistant.scope import years
from assistant.wanted import Wanted
from corpus.figure import Figure
from corpus.passage import Fact

MAX_CANDIDATES = 12
# Log-odds: the operand's words in the figure's own, in those beside and around, a row or key figure of just that
# name, the operand's own noun after the figure.
_OWN, _BESIDE, _AROUND, _EXACT, _COUNTS = 4.0, 1.5, 3.0, 4.0, 2.0
# Lost: by words of its own that were not asked for, a figure that the reader did not pick, another unit, another noun.
_SURPLUS, _NOT_READ, _OTHER_UNIT, _OTHER_NOUN = 1.5, 1.0, 3.0, 2.0
_NARROWER, _MISSES = 1.5, 3.0
_LEAST = -4.0
# What the words must hold of an operand: where the reader found it, elsewhere, in a name.
_READ, _PROVED, _NAMED, _MOST_SURPLUS = 0.3, 0.6, 0.79, 0.5
# A reading so many times as sure as it must be needs no word of the operand but its noun, a sure one not even that.
_AS_SURE, _SURE = 2.5, 0.5
# The log-odds, at least, of a place that its name proves, and that the words around it do.
_BY_NAME, _BY_WORDS = 0.0, -0.6
_OUT_OF_SCOPE = -6.0
Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure for an operand.

    Attributes:
        finding: Where it stands, None where the question states it.
        figure: The number.
        likely: How likely it is meant, in log-odds.
        period: The period of its column, empty where it has none.
        dated: Whether the operand names the period itself.
        row: The name of its row, empty outside tables.
        sentence: Where its sentence, row or key figure starts.
        weak: Whether it may be meant, and only another operand in the same passage shows that it is.
    """

    finding: Finding | None
    figure: Figure
    likely: float
    period: str = ""
    dated: bool = False
    row: str = ""
    sentence: int = 0
    weak: bool = False


def candidates(
    wanted: Wanted, found: Sequence[Finding], pool: Sequence[Finding], facts: Mapping[str, Sequence[Fact]], least: float
) -> list[Candidate]:
    """The figures that an operand can be, likeliest first.

    Args:
        wanted: What the operand must be.
        found: Where the search and the reader take its question to be answered.
        pool: Places found for the other operands and for the whole question.
        facts: Facts by the passage that they stand in.
        least: The confidence that a place must have where its words do not prove it.
    """
    places: dict[str, tuple[Finding, bool]] = {finding.passage.id: (finding, True) for finding in found}
    for finding in pool:
        places.setdefault(finding.passage.id, (finding, False))
    some = [
        candidate
        for finding, asked in places.values()
        for one in _in_scope(wanted, finding, facts.get(finding.passage.id, ()), asked)
        if (candidate := _candidate(wanted, finding, one, asked, least)) is not None
    ]
    return sorted(some, key=lambda candidate: -candidate.likely)[:MAX_CANDIDATES]


def _in_scope(wanted: Wanted, finding: Finding, facts: Sequence[Fact], asked: bool) -> Iterator[Described]:
    """The figures of a passage that are of the period asked for and not refused."""
    named = wanted.years
    if named and (finding.score < _OUT_OF_SCOPE if asked else not named & years(finding.passage.reading)):
        return
    yield from (one for one in wanted.of_period(described(finding.passage, facts)) if not wanted.refuses(one))


def _candidate(wanted: Wanted, finding: Finding, one: Described, asked: bool, least: float) -> Candidate | None:
    """A figure with how likely it is meant; None where neither the reader nor its words prove it."""
    own, around = wanted.held(one.named), wanted.held(f"{one.named} {one.around}")
    read = asked and finding.confidence >= least and one.start < finding.end and finding.start < one.end
    surely = read and finding.confidence >= least * _AS_SURE
    if not (wanted.names_noun(one) or (read and finding.confidence >= _SURE)):
        return None
    titled = bool(one.column) or finding.passage.kind == "key_figure"
    surplus = wanted.surplus(one.own)
    by_name = titled and own >= _NAMED and surplus <= _MOST_SURPLUS
    counts = wanted.counts_noun(one)
    misses = wanted.misses_noun(one) and not (read and finding.confidence >= _SURE)
    by_words = (counts and not misses) or (own > 0 and around >= _PROVED and not (titled and surplus == 1))
    shown = by_name or by_words or ((surely or (read and around >= _READ)) and not misses)
    if not (shown or counts):
        return None
    narrower = not one.column and (wanted.counts or not titled) and wanted.is_narrower(one.own)
    part = not titled and wanted.is_bare and surplus > _MOST_SURPLUS
    likely = max(_LEAST, -math.log1p(math.exp(-finding.score))) if asked else _LEAST
    likely += _OWN * own + _BESIDE * wanted.held(f"{one.named} {one.beside}") + _AROUND * around
    likely += _EXACT * (by_name and not surplus) - _SURPLUS * surplus - _NOT_READ * (not read) + _COUNTS * counts
    likely -= _OTHER_UNIT * wanted.is_other_unit(one) + _OTHER_NOUN * wanted.is_other_noun(one)
    likely -= _NARROWER * narrower + _MISSES * misses
    score = finding.score if read else finding.score + math.log(max(around, 0.05))
    score = max(score, _BY_NAME if by_name else _BY_WORDS) if by_name or by_words else score
    place = replace(finding, start=one.start, end=one.end, value=one.figure.text.replace("**", ""), score=score)
    row = one.own.lower() if one.column else ""
    return Candidate(
        place, one.figure, likely, one.period, bool(wanted.years), row, one.sentence, not shown or narrower or part
    )
