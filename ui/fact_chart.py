"""Facts chosen for a chart: lines by year where a metric is given for several, bars by report or metric.

A metric of one report, in one row or box, is a series; series of one unit share a chart. This module does not know how
they are chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from corpus.document import Document
from corpus.passage import Fact
from index.passage_index import PassageIndex
from ui.charts import MOST_LINES, Bar, Line, bars_html, lines_html

MOST_SERIES = 24
_TOOLS = (
    '<span class="tools">'
    '<button type="button" class="quiet" data-action="export" data-text=".xlsx">Excel of these</button>'
    '<button type="button" class="quiet" data-action="export" data-text=".csv">CSV of these</button>'
    '<button type="button" class="quiet" data-action="clear">Clear</button></span>'
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Series:
    """A metric of one report: its facts by year, and what it is called beside others."""

    name: str
    report: str
    unit: str
    facts: tuple[Fact, ...]
    years: Mapping[int, Fact]

    @property
    def latest(self) -> Fact:
        """The fact of the last year; the first fact where none has a year."""
        return self.years[max(self.years)] if self.years else self.facts[0]


class FactSeries:
    """The series of an index; each is known by the id of its first fact."""

    def __init__(self, index: PassageIndex) -> None:
        groups: dict[tuple[str, str, str, str], list[Fact]] = defaultdict(list)
        for fact in index.facts:
            groups[fact.passage_id, fact.metric, fact.scope, fact.unit].append(fact)
        self._first = {fact.id: group[0].id for group in groups.values() for fact in group}
        self._series = {group[0].id: _series(group, index.documents) for group in groups.values()}

    def with_facts(self, chosen: Sequence[str], ids: Iterable[str]) -> list[str]:
        """The series chosen, and after them those of some facts; facts that are gone are left out.

        Args:
            chosen: Ids of the series so far.
            ids: Ids of facts.
        """
        wanted = [*chosen, *(self._first[id] for id in ids if id in self._first)]
        return [id for id in dict.fromkeys(wanted) if id in self._series]

    def facts(self, chosen: Iterable[str]) -> list[Fact]:
        """The facts of the series chosen."""
        return [fact for id in chosen if id in self._series for fact in self._series[id].facts]

    def html(self, chosen: Sequence[str]) -> str:
        """What was chosen, each with a button that removes it, and its charts; empty where nothing was."""
        series = {id: self._series[id] for id in chosen if id in self._series}
        if not series:
            return ""
        several = len({one.report for one in series.values()}) > 1
        chips = "".join(_chip(id, _label(one, several, True)) for id, one in series.items())
        units: dict[str, list[_Series]] = defaultdict(list)
        for one in series.values():
            units[_kind(one)].append(one)
        charts = "".join(_charts(group, several) for group in units.values())
        return (
            '<section class="selection" aria-label="Chart"><div class="chosen"><span class="label">Chart of</span>'
            f'{chips}{_TOOLS}</div><div class="charts">{charts}</div></section>'
        )


def _series(facts: Sequence[Fact], documents: Mapping[str, Document]) -> _Series:
    years: dict[int, Fact] = {}
    for fact in facts:
        named = _YEAR.findall(fact.period)
        if named:
            years.setdefault(int(named[-1]), fact)
    first = facts[0]
    name = f"{first.metric} ({first.scope})" if first.scope else first.metric
    report = documents[first.document_id]
    called = f"{report.company} {report.year}" if report.company and report.year else report.title
    return _Series(name, called, first.unit, tuple(facts), dict(sorted(years.items())))


def _kind(one: _Series) -> str:
    """What a figure shares an axis with: those of its base unit, tonnes of carbon dioxide apart from tonnes."""
    base, written = one.facts[0].figure.unit, one.unit.casefold().replace("₂", "2")
    return f"{base} {'co2' in written}" if base else written


def _charts(group: Sequence[_Series], several: bool) -> str:
    """The charts of series with one unit: by year where there are years, and one bar each where that says more."""
    units = {one.unit for one in group}
    as_written = len(units) == 1
    unit = units.pop() if as_written else group[0].facts[0].figure.unit
    named = len({one.name for one in group}) > 1
    title = f"{len(group)} metrics" if named else group[0].name

    def value(fact: Fact) -> float:
        return float(fact.figure.number if as_written else fact.figure.value)

    parts = []
    dated = [one for one in group if len(one.years) > 1]
    if dated:
        points = [
            tuple((year, value(fact), f"{value(fact):,.10g}") for year, fact in one.years.items()) for one in dated
        ]
        lines = [Line(_label(one, several, named), some) for one, some in zip(dated, points, strict=True)]
        first = f", the first {MOST_LINES}" if len(lines) > MOST_LINES else ""
        parts.append(lines_html(f"{title} by year{first}", unit, lines[:MOST_LINES]))
    if several or len(dated) < len(group):
        bars = [Bar(_dated(one, several, named), value(one.latest), f"{value(one.latest):,.10g}") for one in group]
        parts.append(bars_html(f"{title} by report" if several else title, unit, bars))
    return "".join(parts)


def _points(years: Mapping[int, Fact], value: Callable[[Fact], float]) -> tuple[tuple[float, float, str], ...]:
    return tuple((year, value(fact), f"{value(fact):,.10g}") for year, fact in years.items())


def _label(one: _Series, several: bool, named: bool) -> str:
    """What tells a series from the others: its metric, its report, or both."""
    parts = ([one.name] if named or not several else []) + ([one.report] if several else [])
    return ", ".join(parts)


def _dated(one: _Series, several: bool, named: bool) -> str:
    label, period = _label(one, several, named), one.latest.period
    return label if period in label else f"{label} ({period})"


def _chip(id: str, label: str) -> str:  # noqa: A002 - what the field is called
    return (
        f'<button type="button" class="chip" data-action="drop" data-text="{escape(id)}"'
        f' title="{escape(label)}" aria-label="Remove {escape(label)}"><span>{escape(label)}</span> ×</button>'
    )
