"""Picks the characters of a passage that answer: what a reader read, or another cell or figure that fits the question.

The headers of a row decide which cell is meant, and what the question measures in decides whether a value can be the
answer at all. This module does not know how passages are found, nor how likely they answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.query.wording.answer_type import Asked, names_measure
from assistant.query.wording.unit_kind import Quantity, quantity
from assistant.reading.column_match import READ, Cell, Columns, fits_time
from corpus.document import Document
from corpus.figure import Found, find_figures
from corpus.passage import Fact, Passage
from index.times import Times, mentions, times, year_end

_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Q[1-4]|quarter|century|years?|months?|weeks?|days?)\b"
)
_JOINED = re.compile(
    r"[\s,;]*(?:and|or|&|as well as)?\s*(?:(?:up|down|about|approximately|nearly|to|the|in|for)\s*)?", re.I
)
# These are answered by no single figure, whatever the question measures in.
_NO_FIGURE = ("list", "date", "yes_no", "choice")


@dataclass(frozen=True, slots=True)
class Pick:
    """What of a passage answers.

    Attributes:
        start: Its start in the document's text.
        end: Its end.
        suits: Whether it can be what is asked for.
        missed: The column that is meant where its cell says that there is nothing; empty otherwise.
    """

    start: int
    end: int
    suits: bool
    missed: str = ""


class Picker:
    """Picks from the passages of one document.

    Args:
        question: What is asked.
        asked: What kind of answer it wants.
        document: The document.
    """

    def __init__(self, question: str, asked: Asked, document: Document) -> None:
        self._asked = asked
        self._text = document.text
        measured = Quantity() if asked.wanted in _NO_FIGURE else quantity(question)
        self._quantity = measured
        named = asked.wanted not in _NO_FIGURE and names_measure(question)
        self._wants_figure = asked.is_figure or bool(measured.kind) or named
        self._question = question
        self._year_end = year_end(document.text)
        self._columns = Columns(question, document.year, self._year_end, measured.is_share)

    def pick(self, passage: Passage, start: int, end: int, quote: tuple[int, int], facts: Sequence[Fact]) -> Pick:
        """Pick what answers.

        Args:
            passage: The passage.
            start: Start of what was read in the document's text.
            end: Its end.
            quote: The span of the sentences around it.
            facts: The facts of the passage.
        """
        cell = None
        if self._asked.wanted != "list":
            cell = self._columns.pick(passage, start, end, figure=self._wants_figure)
        if cell is not None:
            if cell.is_empty:
                return Pick(cell.start, cell.end, suits=True, missed=cell.header)
            if not cell.start <= start < end <= cell.end:
                start, end = cell.start, cell.end
        suits = self._suits(passage, start, end, facts, cell)
        if not suits and cell is None and self._wants_figure:
            first, last = quote
            others = [(first + found.start, first + found.end) for found in find_figures(self._text[first:last])]
            fit = [span for span in others if self._suits(passage, *span, facts, cell)]
            if len(fit) == 1:
                return Pick(*fit[0], suits=True)
        if suits and cell is None and passage.is_written:
            first = quote[0]
            timed = respective(self._question, self._text[slice(*quote)], start - first, end - first, self._year_end)
            if timed is not None:
                return Pick(first + timed[0], first + timed[1], suits=True)
        return Pick(start, end, suits)

    def _suits(self, passage: Passage, start: int, end: int, facts: Sequence[Fact], cell: Cell | None) -> bool:
        """Whether a value can be what is asked for."""
        value = self._text[start:end]
        found = find_figures(value)
        wanted = self._asked.wanted
        if self._wants_figure:
            stated = [fact.figure for fact in facts if fact.overlaps(start, end)]
            figures = stated or [one.figure for one in found]
            if not self._quantity.kind:
                return bool(figures)
            return self._quantity.suits(value, figures, _said(passage, cell))
        if wanted == "name":
            return sum(one.end - one.start for one in found) < len(value.strip())
        return wanted != "date" or bool(found or _DATE.search(value))


def _said(passage: Passage, cell: Cell | None) -> str:
    """What a row and a column say of their cell."""
    above, _, _ = passage.reading[len(passage.lead) :].partition(" | ")
    label = above.rpartition("\n")[2] if passage.kind == "table_row" else ""  # not the caption above it
    return f"{label} {cell.header}" if cell is not None else label


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
