"""Compares places: whether two give one value, whether one states a result itself or denies what is asked.

This module does not know how places are found, nor how answers are worded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.finding import Finding
from assistant.operation import Operation
from corpus.figure import Figure, find_figures
from corpus.passage import Fact

Facts = Mapping[str, Sequence[Fact]]

_DENIED = re.compile(r"\b(?:no|not|never|none|nor|neither|without any)\b", re.I)
_PER = re.compile(r"\bper\b|\beach\b|\bevery\b|\baverage\b|\bratio\b", re.I)
_TIMES = re.compile(r"\btimes\b|fold\b|\bdouble|\btriple", re.I)


def row_name(fact: Fact) -> str:
    """The row's name without footnote marks and the like."""
    return " ".join(re.findall(r"[^\W\d_]+|\d+", re.sub(r"[¹²³⁴⁵⁶⁷⁸⁹*]", "", fact.row.lower())))


def figures_of(finding: Finding, facts: Facts) -> list[Figure]:
    """The figures of a place's value, with the unit and scale of their row where they stand in a table."""
    here = [f.figure for f in facts.get(finding.passage.id, ()) if f.overlaps(finding.start, finding.end)]
    return here or [found.figure for found in find_figures(finding.value)]


def same_value(first: Finding, second: Finding, facts: Facts) -> bool:
    """Whether two places give one value: a figure in common, or without figures one wording in the other."""
    ours, theirs = figures_of(first, facts), figures_of(second, facts)
    if ours and theirs:
        return any(a.same(b) for a in ours for b in theirs)
    return first.value.lower() in second.value.lower() or second.value.lower() in first.value.lower()


def states_result(finding: Finding, operation: Operation) -> bool:
    """Whether a place states the result itself: a percentage where a share is asked for, an amount per something."""
    figures = [found.figure for found in find_figures(finding.value)]
    if operation.kind in ("share", "growth") or operation.unit == "%":
        row = finding.passage.kind == "table_row" and "%" in finding.passage.reading
        return any(figure.unit in ("%", "pp") for figure in figures) or (row and bool(figures))
    if operation.kind in ("ratio", "times"):
        said = _PER if operation.kind == "ratio" else _TIMES
        return bool(figures) and bool(said.search(_quote(finding)))
    return bool(figures)


def is_denied(finding: Finding) -> bool:
    """Whether the report's own words plainly deny what is asked."""
    return bool(_DENIED.search(_quote(finding)))


def _quote(finding: Finding) -> str:
    passage = finding.passage
    return passage.text[finding.quote_start - passage.start : finding.quote_end - passage.start]
