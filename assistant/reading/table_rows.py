"""Cuts a passage that holds a whole table into its rows, each below the passage's lead lines and with its header.

The product's own passages are single rows already; this serves tables as others give them: tabs or bars between cells,
a line a row. A row reads `Group > Row | Column: value; Column: value`, as the product's do. This module does not know
what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BAR = " |"
_MOST_LEADS = 3  # lines above a table; more of them are prose
_FIGURE = re.compile(r"[^A-Za-z]*\d[^A-Za-z]*")
_YEAR = re.compile(r"(?:19|20)\d\d")

_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a passage, written as a reader wants it.

    Attributes:
        text: What is read.
        copied: Which of it stands in the passage: (start in text, end in text, start in the passage), in order.
        is_row: Whether it is a row of a table; what stands around the table is not.
    """

    text: str
    copied: tuple[tuple[int, int, int], ...]
    is_row: bool

    @classmethod
    def whole(cls, passage: str) -> Part:
        """All of a passage as it stands."""
        return cls(passage, ((0, len(passage), 0),), is_row=False)

    def in_passage(self, start: int, end: int) -> _Span:
        """Where `text[start:end]` stands in the passage; of several cells, the one that has most of it."""
        low, high, place = max(self.copied, key=lambda copy: min(end, copy[1]) - max(start, copy[0]))
        shift = place - low
        return max(start, low) + shift, max(min(end, high), max(start, low)) + shift

    def in_text(self, start: int, end: int) -> _Span | None:
        """Where `passage[start:end]` stands in the text, the last place if in several; None if not in one piece."""
        for low, high, place in reversed(self.copied):
            if place <= start and end <= place + high - low:
                return start - place + low, end - place + low
        return None


def table_parts(passage: str) -> list[Part]:
    """The rows of a passage's tables and, as one part, the text around them; none of a passage without a table."""
    lines, offset = [], 0
    for line in passage.split("\n"):
        if line.strip():
            lines.append((offset, offset + len(line)))
        offset += len(line) + 1
    marks = [_mark(passage[start:end]) for start, end in lines]
    parts: list[Part] = []
    above: list[_Span] = []
    below: list[_Span] = []
    place = 0
    while place < len(lines):
        end = place
        while end < len(lines) and marks[place] and marks[end] == marks[place]:
            end += 1
        table = lines[place:end]
        # A bar in the first line may belong to a heading.
        is_heading = not place and not _is_described(passage, table[:1]) and _is_described(passage, table[1:2])
        if len(table) < 2 or is_heading:
            (below if parts else above).append(lines[place])
            place += 1
            continue
        parts += _rows(passage, above[-_MOST_LEADS:], table, marks[place])
        place = end
    if not parts:
        return []
    around = above + below if len(above) > _MOST_LEADS else above[:1] + below if below else []
    if around:
        writing = _Writing(passage)
        for number, span in enumerate(around):
            writing.say("\n" if number else "").copy(span)
        parts.append(writing.part(is_row=False))
    return parts


class _Writing:
    """A part as it is written."""

    def __init__(self, passage: str) -> None:
        self._passage = passage
        self._text = ""
        self._copied: list[tuple[int, int, int]] = []

    def say(self, text: str) -> _Writing:
        self._text += text
        return self

    def copy(self, span: _Span) -> _Writing:
        start, end = span
        self._copied.append((len(self._text), len(self._text) + end - start, start))
        return self.say(self._passage[start:end])

    def part(self, *, is_row: bool) -> Part:
        return Part(self._text, tuple(self._copied), is_row)


def _mark(line: str) -> str:
    """What parts the cells of a line, if anything."""
    return "\t" if "\t" in line else _BAR if _BAR + " " in line or line.endswith(_BAR) else ""


def _is_described(passage: str, lines: Sequence[_Span]) -> bool:
    """Whether the cells of lines name their columns themselves: `Row | Column: value`."""
    return any(": " in passage[start:end].partition(_BAR)[2] for start, end in lines)


def _cells(passage: str, line: _Span, mark: str) -> list[_Span]:
    """The cells of a line, without the blanks around them."""
    cells, start = [], line[0]
    for cell in passage[line[0] : line[1]].split(mark):
        lead = len(cell) - len(cell.lstrip())
        cells.append((start + lead, start + max(lead, len(cell.rstrip()))))
        start += len(cell) + len(mark)
    return cells


def _rows(passage: str, leads: Sequence[_Span], lines: Sequence[_Span], mark: str) -> Iterator[Part]:
    table = [_cells(passage, line, mark) for line in lines]
    header: list[_Span] = []
    names = [passage[start:end] for start, end in table[0][1:]]
    if not (mark == _BAR and _is_described(passage, lines)) and any(names) and not any(map(_is_value, names)):
        header, table = table[0], table[1:]
    group = before = (0, 0)
    for first, *others in table:
        rest = [(column, cell) for column, cell in enumerate(others, 1) if cell[0] < cell[1]]
        if not rest:
            group = first
            continue
        # A label that holds for the rows below it stands once.
        if first[0] == first[1] and not _is_value(passage[slice(*rest[0][1])]):
            first = before
        before = first
        writing = _Writing(passage)
        for number, lead in enumerate(leads):
            writing.say(" > " if number else "").copy(lead)
        writing.say("\n" if leads else "")
        if passage[slice(*group)] not in ("", passage[slice(*first)]):
            writing.copy(group).say(" > ")
        writing.copy(first)
        for number, (column, cell) in enumerate(rest):
            writing.say("; " if number else " | ")
            if column < len(header) and header[column][0] < header[column][1]:
                writing.copy(header[column]).say(": ")
            writing.copy(cell)
        yield writing.part(is_row=True)


def _is_value(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell)) and not _YEAR.search(cell)
