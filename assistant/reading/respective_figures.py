"""Which of several figures a sentence gives for the time that is asked for: "27% and 26% in 2021 and 2022".

Figures that are told together stand in the order of the times that are told together. This module does not know what
the figures measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from assistant.reading.column_match import READ, fits_time
from corpus.figure import Found, find_figures
from index.times import Times, mentions, times

_JOINED = re.compile(
    r"[\s,;]*(?:and|or|&|as well as)?\s*(?:(?:up|down|about|approximately|nearly|to|the|in|for)\s*)?", re.I
)


def respective(question: str, text: str, start: int, end: int, year_end: int) -> tuple[int, int] | None:
    """The figure of a sentence that is of the time that a question names, where the sentence gives one a time.

    Args:
        question: What is asked.
        text: A sentence.
        start: Start in the sentence of what was read.
        end: Its end.
        year_end: The month in which the company's fiscal year ends.

    Returns:
        The figure's span in the sentence; None where what was read is of that time already, or nothing tells.
    """
    asked = times(question, year_end)
    if not (asked.years or asked.months or asked.spans or asked.quarters):
        return None
    dated = list(_dated(text, year_end))
    unit = next((found.figure.unit for found, _ in dated if found.start < end and start < found.end), None)
    alike = [(found, time) for found, time in dated if found.figure.unit == unit]
    if unit is None or len(alike) < 2:
        return None
    all_times = [time for _, time in alike]
    fits = [
        fits_time(asked, time, all_times) + READ * (found.start < end and start < found.end) for found, time in alike
    ]
    if fits.count(max(fits)) > 1:
        return None
    best = alike[fits.index(max(fits))][0]
    return best.start, best.end


def _dated(text: str, year_end: int) -> Iterator[tuple[Found, Times]]:
    """The figures of a sentence that are told together, each with the time in the same place of its row of times."""
    named = mentions(text)
    figures = [f for f in find_figures(text) if not any(a < f.end and f.start < b for a, b in named)]
    rows = _rows(text, named)
    measured = {(found.start, found.end): found for found in figures}
    told = [
        list(some)
        for row in _rows(text, list(measured))
        for _, some in groupby(row, key=lambda span: measured[span].figure.unit)
    ]
    for some in told:
        fitting = [row for row in rows if len(row) == len(some) > 1]
        after = [row for row in fitting if row[0][0] >= some[-1][1]]
        before = [row for row in fitting if row[-1][1] <= some[0][0]]
        row = after[0] if after else before[-1] if before else None
        if row is not None:
            for span, time in zip(some, _whole([text[a:b] for a, b in row], year_end), strict=True):
                yield measured[span], time


def _rows(text: str, spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Spans that are joined by commas and "and"."""
    rows = [[span] for span in spans[:1]]
    for before, span in pairwise(spans):
        if _JOINED.fullmatch(text[before[1] : span[0]]):
            rows[-1].append(span)
        else:
            rows.append([span])
    return rows


def _whole(named: Sequence[str], year_end: int) -> list[Times]:
    """Times with what each leaves to the others: the year to the last, months and quarters to the first."""
    first, last = named[0], named[-1]
    whole = []
    for name in named:
        own = times(name, year_end)
        if not own.years:
            name = f"{name} {' '.join(sorted(times(last, year_end).years))}"
        elif not (own.months or own.spans or own.quarters):
            name = f"{re.sub(r'(?:19|20)[0-9]{2}', '', first)} {name}"
        whole.append(times(name, year_end))
    return whole
