"""Which figures of a report can be the operand of a calculation, each with how likely it is meant.

A figure is taken when the reader picked it for the operand's question, or when its own words and those around hold
what the operand names. This module does not know what is computed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.calculation.figure_context import Described, described
from assistant.calculation.operand_match import Wanted
from assistant.calculation.report_rows import Reports
from assistant.query.wording.scope import missed
from assistant.reading.column_match import Columns
from assistant.reading.extractor import Finding
from corpus.document import Document
from corpus.figure import Figure
from corpus.passage import Fact, Passage
from index.times import times, year_end

MAX_CANDIDATES = 12
# Log-odds: the operand's words in the figure's own, in those beside and around, a row or key figure of just that
# name, the operand's own noun after the figure.
_OWN, _BESIDE, _AROUND, _EXACT, _COUNTS = 4.0, 1.5, 3.0, 4.0, 2.0
# Lost: by words of its own that were not asked for, a figure that the reader did not pick, another unit, another noun.
_SURPLUS, _NOT_READ, _OTHER_UNIT, _OTHER_NOUN = 1.5, 1.0, 3.0, 2.0
_NARROWER, _MISSES = 1.5, 3.0
# Lost by the words of the group that a row stands in, of the total below it, else of the heading above, that were not
# asked for.
_GROUP, _SECTION = 2.0, 1.5
# Lost by a column of so many months where what there is on a day is asked for.
_NO_DAY = 3.0
# The least that the search and the reader count, and for a row of just the operand's name.
_LEAST, _ITSELF = -4.0, -1.0
# What the words must hold of an operand: where the reader found it, elsewhere, in a name.
_READ, _PROVED, _NAMED, _MOST_SURPLUS = 0.3, 0.6, 0.79, 0.5
# A reading so many times as sure as it must be needs no word of the operand but its noun, a sure one not even that.
_AS_SURE, _SURE = 2.5, 0.5
# The log-odds, at least, of a place that its name proves, and that the words around it do.
_BY_NAME, _BY_WORDS = 0.0, -0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure for an operand.

    Attributes:
        finding: Where it stands, None where the question states it.
        figure: The number.
        likely: How likely it is meant, in log-odds.
        period: The period of its column, empty where it has none.
        column: The header of its column, empty outside tables.
        dated: Whether the operand names the period itself.
        row: The name of its row, empty outside tables.
        sentence: Where its sentence, row or key figure starts.
        weak: Whether it may be meant, and only another operand in the same passage shows that it is.
    """

    finding: Finding | None
    figure: Figure
    likely: float
    period: str = ""
    column: str = ""
    dated: bool = False
    row: str = ""
    sentence: int = 0
    weak: bool = False


def rows_named(wanted: Wanted, reports: Reports, asked: Collection[str]) -> Iterator[Finding]:
    """The rows of the reports asked that bear an operand's name, wherever a search would rank them."""
    for passage, name in reports.rows(wanted.stems, asked):
        if wanted.surplus(name) <= _MOST_SURPLUS and wanted.held(f"{name} {reports.total_of(passage)}") >= _NAMED:
            yield Finding.whole(passage)


def candidates(
    wanted: Wanted,
    found: Sequence[Finding],
    pool: Sequence[Finding],
    reports: Reports,
    least: float,
) -> list[Candidate]:
    """The figures that an operand can be, likeliest first.

    Args:
        wanted: What the operand must be.
        found: Where the search and the reader take its question to be answered.
        pool: Places found for the other operands and for the whole question, and rows of the operand's name.
        reports: What is asked.
        least: The confidence that a place must have where its words do not prove it.
    """
    places: dict[str, tuple[Finding, bool]] = {finding.passage.id: (finding, True) for finding in found}
    for finding in pool:
        places.setdefault(finding.passage.id, (finding, False))
    ids = {finding.passage.document_id for finding, _ in places.values()}
    scopes = {name: _Scope(wanted, reports.documents[name]) for name in ids}
    some = []
    for finding, asked in places.values():
        passage = finding.passage
        for one in scopes[passage.document_id].figures(finding, reports.facts.get(passage.id, ()), asked):
            candidate = _candidate(wanted, finding, one, asked, least, reports.total_of(passage))
            if candidate is not None:
                some.append((candidate, wanted.is_other_line(one)))
    # "Operating income" is what some reports call revenue: those that have no revenue.
    own = [candidate for candidate, other in some if not other] or [candidate for candidate, _ in some]
    return sorted(own, key=lambda candidate: -candidate.likely)[:MAX_CANDIDATES]


class _Scope:
    """What an operand means of one report: the columns and the times."""

    def __init__(self, wanted: Wanted, document: Document) -> None:
        self._wanted, self._document = wanted, document
        share = None if wanted.is_rate else False
        self._year_end = year_end(document.text)
        self._times = times(wanted.wording, self._year_end)
        self._columns = Columns(wanted.wording, document.year, self._year_end, share)

    def figures(self, finding: Finding, facts: Sequence[Fact], asked: bool) -> Iterator[Described]:
        """The figures of a passage that are of the time and the columns asked for, and not refused."""
        passage = finding.passage
        out = finding.missed if asked else missed(self._wanted.wording, passage, self._document)
        if out and self._wanted.is_dated:
            return
        some = described(passage, facts)
        if any(one.column for one in some):
            some = self._meant(passage, some)
        else:
            some = [one for one in some if not self._is_of_other_span(one)]
        yield from (one for one in some if not self._wanted.refuses(one))

    def _is_of_other_span(self, one: Described) -> bool:
        """Whether a sentence speaks of a quarter alone where so many months are asked for, or the other way round."""
        told = times(one.around.partition("\n")[2], self._year_end)
        spans = (self._times.spans, told.spans), (self._times.quarters, told.quarters)
        return any(ours and theirs and not ours & theirs for ours, theirs in spans)

    def _meant(self, passage: Passage, figures: Sequence[Described]) -> list[Described]:
        """The figures of a row in the columns that are asked for."""
        meant = self._columns.meant(passage)
        return [one for one in figures if any(cell.start <= one.start < cell.end for cell in meant)]


def _candidate(
    wanted: Wanted, finding: Finding, one: Described, asked: bool, least: float, total: str
) -> Candidate | None:
    """A figure with how likely it is meant; None where neither the reader nor its words prove it."""
    named = f"{one.named} {total}"
    own, around = wanted.held(named), wanted.held(f"{named} {one.around}")
    read = asked and finding.confidence >= least and one.start < finding.end and finding.start < one.end
    surely = read and finding.confidence >= least * _AS_SURE
    titled = bool(one.column) or finding.passage.kind == "key_figure"
    surplus = wanted.surplus(one.own)
    sure = read and finding.confidence >= _SURE
    nameless = wanted.misses_name(f"{named} {one.around} {finding.passage.lead}")
    misses = (nameless or wanted.misses_noun(one, total)) and (titled or not sure)
    by_name = titled and own >= _NAMED and surplus <= _MOST_SURPLUS and not misses
    counts = wanted.counts_noun(one)
    if not (wanted.names_noun(one, total) or sure):
        return None
    by_words = (counts and not misses) or (own > 0 and around >= _PROVED and not (titled and surplus == 1))
    shown = by_name or by_words or ((surely or (read and around >= _READ)) and not misses)
    if not (shown or counts):
        return None
    narrower = not one.column and (wanted.counts or not titled) and wanted.is_narrower(one.own)
    part = surplus == 1 if titled else wanted.is_bare and surplus > _MOST_SURPLUS
    exact = by_name and not surplus
    least_likely = _ITSELF if exact else _LEAST
    likely = max(least_likely, -math.log1p(math.exp(-finding.score))) if asked else least_likely
    likely += _OWN * own + _BESIDE * wanted.held(f"{one.named} {one.beside}") + _AROUND * around
    likely += _EXACT * exact - _SURPLUS * surplus - _NOT_READ * (not read and not exact) + _COUNTS * counts
    above = [name for name in (one.own.rpartition(" > ")[0] if one.column else "", total) if name]
    likely -= _GROUP * max(map(wanted.surplus, above), default=0.0)
    if one.column and not any(map(wanted.surplus, above)):
        likely -= _SECTION * wanted.surplus(" ".join(finding.passage.section[-1:]))
    likely -= _NO_DAY * (wanted.is_day and bool(times(one.column).spans))
    likely -= _OTHER_UNIT * wanted.is_other_unit(one) + _OTHER_NOUN * wanted.is_other_noun(one) * (1 + titled)
    part = part or wanted.is_narrower_column(one)
    likely -= _NARROWER * (narrower or part) + _MISSES * misses
    score = finding.score if read else finding.score + math.log(max(around, 0.05))
    score = max(score, _BY_NAME if by_name else _BY_WORDS) if by_name or by_words else score
    place = replace(finding, start=one.start, end=one.end, value=one.figure.text.replace("**", ""), score=score)
    row = one.own.lower() if one.column else ""
    figure = _positive(one.figure) if wanted.is_outlay(one) else one.figure
    return Candidate(
        place,
        figure,
        likely,
        one.period,
        one.column,
        wanted.is_dated,
        row,
        one.sentence,
        not shown or narrower or part or (misses and not titled),
    )


def _positive(figure: Figure) -> Figure:
    """A figure in brackets as the amount that it is: "(63)" of an expense is 63."""
    if figure.value >= 0:
        return figure
    text = re.sub(r"[()−–-]", "", figure.text)
    return replace(figure, text=text, number=-figure.number, value=-figure.value)
