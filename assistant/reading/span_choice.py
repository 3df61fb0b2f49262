"""Picks the characters of a passage that answer: what a reader read, or another cell or figure that fits the question.

The headers of a row decide which cell is meant, and what the question measures in decides whether a value can be the
answer at all. This module does not know how passages are found, nor how likely they answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query.answer_type import Asked, names_measure
from assistant.query.unit_kind import Quantity, quantity
from assistant.reading.column_match import Cell, Columns
from assistant.reading.respective_figures import respective
from corpus.document import Document
from corpus.figure import find_figures
from corpus.passage import Fact, Passage
from index.times import year_end

_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Q[1-4]|quarter|century|years?|months?|weeks?|days?)\b"
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
