"""Rows of words become rows of cells, the way tables part them.

A currency sign far from its figure, a closing bracket or a percent sign in a cell of its own is one cell with its
figure. This module does not know which rows are a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.draft import Box
from corpus.pdf.content import Word
from corpus.pdf.lines import TextLine

_CURRENCY = re.compile(r"[$€£¥₹]|US\$|HK\$|C\$|A\$|RMB|EUR|USD|GBP|CHF|[($€£¥]+\(?")
_CLOSING = re.compile(r"[)%]+[⁰¹²³⁴-⁹⁽⁾]*|pp|‰")
_UNIT = (
    r"pp|bps|m|mn|bn|k|p\.?a\.?|years?|months?|weeks?|days?|hours?|h|min|million|billion|thousand|t|kt|mt|kg|tonnes?|tons?|"
    r"[kmgt]?wh|[kmg]w|[gt]j|t\s?co2e?|m[²³]|km|ha|ftes?|points?|times"
)
_VALUE = re.compile(
    r"(?:approx\.?|approximately|around|about|c\.|ca\.|over|[~<>≥≤±+])?\s*(?:[$€£¥₹]|US\$|RMB|EUR|USD)?\s*[(]?[-+−–—]?\s*(?:[$€£¥₹]|US\$)?\s*"
    rf"(?:\d{{1,3}}(?:[,.'’  ]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*[)]?\s*(?:%|‰|x|[€$£]|{_UNIT})?\s*[)]?[*†‡]*"
    r"(?:\s?[⁰¹²³⁴-⁹⁽⁾][⁰¹²³⁴-⁹⁽⁾,]*|\s?\(?[a-z0-9]\))?",
    re.IGNORECASE,
)
_EMPTY_VALUE = re.compile(r"(?:[$€£¥]\s*)?[—–−-]+(?:\s*%)?|n\.?/?\s?[am]\.?|nil|\*+|\.{2,3}", re.IGNORECASE)
_YEAR = re.compile(
    r"(?:fy|h[12]|q[1-4])?\s?'?(?:19|20)\d\d(?:/\d{2,4})?[ae]?\s?[⁰¹²³⁴-⁹⁽⁾*]*(?:\s?\d\))?", re.IGNORECASE
)
_MARK = re.compile(r"[•·▪■□◦‣➢➤►▶✓✔●○◆>]")
_NOTE_MARK = re.compile(r"\(?\d{1,2}\)|[⁰¹²³⁴-⁹⁽⁾]+|\*+")
# In sizes of the text.
_CELL_GAP = 0.9
_VALUE_GAP = 0.45
_CURRENCY_REACH = 14.0
_PROSE_CHARS = 60
_MIN_SPREAD = 6


@dataclass(slots=True)
class CellRun:
    """Words that fill one cell of one row."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words with single spaces; none around a currency sign, a bracket or a percent sign."""
        text = " ".join(word.text for word in self.words)
        return re.sub(r"(?<=[$€£¥(])\s+(?=[\d(.—–-])|\s+(?=[)%])", "", text) if self.is_value else text

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x0, min(word.y0 for word in self.words), self.x1, max(word.y1 for word in self.words)

    @property
    def is_value(self) -> bool:
        """Whether it holds a number, or a mark that stands for one, and nothing else."""
        return is_value(" ".join(word.text for word in self.words))

    @property
    def is_year(self) -> bool:
        """Whether it holds a year and nothing else."""
        return is_year(" ".join(word.text for word in self.words))


@dataclass(slots=True)
class Band:
    """Cells on one baseline, from left to right."""

    cells: list[CellRun]
    base: float
    size: float

    @property
    def values(self) -> list[CellRun]:
        """Cells that hold a number which is not a year."""
        return [cell for cell in self.cells if cell.is_value and not cell.is_year]

    def is_numbered(self, cell: CellRun) -> bool:
        """Whether a cell only numbers the row: it stands before the words that name it."""
        return self.cells[0] is cell and len(self.cells) > 1 and any(map(str.isalpha, self.cells[1].text))

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(cell.text for cell in self.cells)

    @property
    def is_light(self) -> bool:
        """Whether it is written in light letters, as on a dark stripe."""
        return all(_is_light(cell.words[0].look.color) for cell in self.cells)

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.base - 0.3 * self.size

    def is_prose(self, left: float, right: float) -> bool:
        """Whether a cell of it is a line of prose, from near the left edge to far beyond the middle."""
        width = right - left
        return any(
            len(cell.text) > _PROSE_CHARS and cell.x1 - cell.x0 > 0.5 * width and cell.x0 < left + 0.1 * width
            for cell in self.cells
        )

    def inside(self, x0: float, x1: float) -> Band:
        """The part of it between two edges."""
        return Band([cell for cell in self.cells if x0 <= (cell.x0 + cell.x1) / 2 <= x1], self.base, self.size)


def _is_light(color: int) -> bool:
    return 0.3 * (color >> 16) + 0.59 * (color >> 8 & 255) + 0.11 * (color & 255) > 200


def is_value(text: str) -> bool:
    """Whether a text is a number as tables write it, or a mark for none."""
    return _VALUE.fullmatch(text) is not None or _EMPTY_VALUE.fullmatch(text) is not None


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return _YEAR.fullmatch(text) is not None


def bands(lines: Iterable[TextLine]) -> list[Band]:
    """Group lines that share a baseline into rows of cells, from the top down."""
    rows: list[list[Word]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base <= 0.3 * min(line.look.size, rows[-1][0].look.size):
            rows[-1] += line.words
        else:
            rows.append(list(line.words))
    return [_band(sorted(row, key=lambda word: word.x0)) for row in rows]


def _band(words: Sequence[Word]) -> Band:
    cells: list[CellRun] = []
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else None
        if cells and _belongs(cells[-1], word, following):
            cells[-1].words.append(word)
        else:
            cells.append(CellRun([word]))
    if len(cells) > 1 and _NOTE_MARK.fullmatch(cells[0].text) and not cells[1].is_value:
        cells[:2] = [CellRun([*cells[0].words, *cells[1].words])]
    if _is_spread(cells):
        cells = [CellRun(list(words))]
    sizes = sorted(word.look.size for word in words)
    return Band(cells, words[0].base, sizes[len(sizes) // 2])


def _is_spread(cells: Sequence[CellRun]) -> bool:
    """Whether cells are the words of one line spread over its width: many, of one word each, evenly apart."""
    if len(cells) < _MIN_SPREAD or sum(1 for c in cells if len(c.words) > 1 or c.is_value) > 0.2 * len(cells):
        return False
    gaps = [b.x0 - a.x1 for a, b in zip(cells, cells[1:], strict=False)]
    size = cells[0].words[0].look.size
    return max(gaps) - min(gaps) < 0.2 * size and max(gaps) < 4 * size


def _belongs(cell: CellRun, word: Word, following: Word | None) -> bool:
    """Whether a word goes on with the cell to its left."""
    last = cell.words[-1]
    size = max(word.look.size, last.look.size)
    gap = (word.x0 - last.x1) / size
    number = _starts_value(word.text)
    if len(cell.words) == 1 and _CURRENCY.fullmatch(last.text):
        return gap < _CURRENCY_REACH if number else gap < _CELL_GAP
    if _CLOSING.fullmatch(word.text) and cell.is_value:
        return gap < 2
    if len(cell.words) == 1 and _MARK.fullmatch(last.text):
        return gap < 4
    if gap >= _CELL_GAP:
        return False
    if gap >= _VALUE_GAP and (number or _CURRENCY.fullmatch(word.text)):
        ahead = (following.x0 - word.x1) / size if following is not None else _CURRENCY_REACH
        return not (ahead >= _VALUE_GAP)
    return not (gap >= 0.6 and cell.is_value)


def _starts_value(text: str) -> bool:
    return is_value(text) or is_value(text + ")") or is_value(text + "%")
