"""Plain text and Markdown become blocks: headings with their paths, paragraphs, lists, tables, figure boxes, footnotes.

The text may be a conversion of a PDF, so that little is marked: what a line is follows from its shape, from what
stands around it, and from the contents list. This module does not know files, nor how blocks become passages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.cells import is_rule
from corpus.document import Block, Cell, Table
from corpus.formats.contents import find_contents
from corpus.formats.figure_boxes import find_figure_boxes
from corpus.formats.headings import find_chapters, find_headings
from corpus.formats.pieces import Piece, find_pieces, is_table_line
from corpus.lines import TextLine, read_lines
from corpus.tables import Cells, read_table

_HEADING_MARK = re.compile(r"^#{1,6}\s+|\s+#+$|^\*\*|\*\*$")
_CHAPTER_NUMBER = re.compile(r"^0\d\s+|\s+0\d$")
_PIPE = re.compile(r"(?<!\\)\|")
_MARKDOWN_TOP = 1


def read_blocks(text: str, pages: Mapping[str, int] | None = None) -> tuple[Block, ...]:
    """Find a text's blocks.

    Args:
        text: The text, lines ended by a newline.
        pages: Pages of sections by title, for what the contents list does not say.

    Returns:
        Blocks in reading order; the contents list is none of them.
    """
    lines = read_lines(text)
    found = find_contents(lines)
    contents = found.paged(pages or {})
    pieces = [
        *find_pieces(lines, 0, found.start, contents),
        *find_pieces(lines, found.end, len(lines), contents),
    ]
    pieces = find_chapters(pieces, lines, contents)
    pieces = find_headings(find_figure_boxes(pieces, lines), lines, contents)
    return tuple(_Reader(text, lines, _without_title(pieces, lines)).blocks())


def _without_title(pieces: list[Piece], lines: Sequence[TextLine]) -> list[Piece]:
    """A Markdown document's only top heading is its title, which opens no section."""
    tops = [place for place, piece in enumerate(pieces) if piece.kind == "heading" and piece.level == _MARKDOWN_TOP]
    if tops == [0] and lines[pieces[0].first].text.startswith("#"):
        pieces[0] = Piece("heading", pieces[0].first, pieces[0].end)
    return pieces


@dataclass(frozen=True, slots=True)
class _Open:
    """A section that is open: its level, its title, its page."""

    level: int
    title: str
    page: int | None


class _Reader:
    """Walks over the pieces with the path of open sections."""

    def __init__(self, text: str, lines: Sequence[TextLine], pieces: Sequence[Piece]) -> None:
        self._text = text
        self._lines = lines
        self._pieces = pieces
        self._path: list[_Open] = []
        self._by_form_feed = lines[-1].page > 1 if lines else False

    def blocks(self) -> list[Block]:
        """All blocks in reading order."""
        blocks: list[Block] = []
        waiting: list[Piece] = []
        table: Table | None = None  # the table that the next one may go on from
        for place, piece in enumerate(self._pieces):
            if piece.kind == "heading":
                if table and self._goes_on(place, table):
                    waiting.append(piece)  # a running header inside a table: its section begins after the table
                    blocks.append(self._block("heading", piece, self._opened(piece)))
                    continue
                table = table if piece.level == 0 else None
                self._path = self._opened(piece)
                blocks.append(self._block("heading", piece, self._path))
                continue
            if piece.kind == "table":
                found, table = self._table(piece, table)
                blocks += found
                for heading in waiting:
                    self._path = self._opened(heading)
                waiting = []
                continue
            table = None
            blocks.append(self._block(piece.kind, piece, self._path))
        return blocks

    def _opened(self, heading: Piece) -> list[_Open]:
        """The path once a heading has opened its section."""
        if heading.level == 0:
            return self._path
        words = next(line.text for line in self._lines[heading.first : heading.end] if not line.text.isdecimal())
        title = heading.entry.title if heading.entry else _title(words)
        page = heading.entry.page if heading.entry else None
        outer = [section for section in self._path if section.level < heading.level]
        return [*outer, _Open(heading.level, title, page)]

    def _block(self, kind: str, piece: Piece, path: Sequence[_Open], table: Table | None = None) -> Block:
        first, last = self._lines[piece.first], self._lines[piece.end - 1]
        pages = [section.page for section in path if section.page is not None]
        page = first.page if self._by_form_feed else pages[-1] if pages else None
        section = tuple(section.title for section in path)
        return Block(kind, first.start, last.end, section, page, table)  # type: ignore[arg-type]

    def _goes_on(self, place: int, table: Table) -> bool:
        """Whether the piece after a run of headings goes on with the table above them."""
        while place < len(self._pieces) and self._pieces[place].kind == "heading":
            place += 1
        if place == len(self._pieces) or self._pieces[place].kind != "table":
            return False
        rows = [[self._text[cell.start : cell.end] for cell in row] for _, row in self._rows(self._pieces[place])]
        last = table.rows[-1].cells[0]
        number = self._text[last.start : last.end].rstrip(".")
        firsts = [row[0].rstrip(".") for row in rows[:2] if row]
        return number.isdecimal() and str(int(number) + 1) in firsts

    def _table(self, piece: Piece, previous: Table | None) -> tuple[list[Block], Table | None]:
        """The blocks of a table piece: a table, or paragraphs where its rows are statements."""
        rows = self._rows(piece)
        table = read_table(self._text, [row for _, row in rows], previous)
        if table is None:
            statements = [place for place, row in rows if not is_rule([self._text[c.start : c.end] for c in row])]
            return [self._block("paragraph", Piece("paragraph", at, at + 1), self._path) for at in statements], None
        captions = [line.text for line in self._lines[piece.first : piece.end] if not is_table_line(line)]
        table = Table(table.header, table.rows, " ".join([*captions, *filter(None, [table.caption])]))
        return [self._block("table", piece, self._path, table)], table

    def _rows(self, piece: Piece) -> list[tuple[int, Cells]]:
        """The line and the cells of each row."""
        places = range(piece.first, piece.end)
        return [(at, _cells(self._text, self._lines[at])) for at in places if is_table_line(self._lines[at])]


def _title(text: str) -> str:
    """A heading's words, without its marks and its chapter number."""
    return _CHAPTER_NUMBER.sub("", _HEADING_MARK.sub("", text)).strip() or text


def _cells(text: str, line: TextLine) -> list[Cell]:
    """The cells of a line, white space around them left out."""
    if line.text.startswith("|"):
        marks = [line.start + match.start() for match in _PIPE.finditer(line.text)]
        closed = marks[-1] == line.end - 1
        edges = [(a + 1, b) for a, b in zip(marks, marks[1:] if closed else [*marks[1:], line.end], strict=False)]
    else:
        tabs = [match.start() + line.raw_start for match in re.finditer("\t", text[line.raw_start : line.raw_end])]
        edges = list(zip([line.raw_start, *(tab + 1 for tab in tabs)], [*tabs, line.raw_end], strict=True))
    return [_stripped(text, start, end) for start, end in edges]


def _stripped(text: str, start: int, end: int) -> Cell:
    cell = text[start:end]
    left = len(cell) - len(cell.lstrip())
    return Cell(start + left, start + left + len(cell.strip()))
