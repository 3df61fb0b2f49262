"""Puts a document together: blocks are added in reading order, spans and section paths come out.

Every reader of a file format ends here. This module does not know where the pieces come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.document import Block, BlockKind, Cell, Document, Line, Row, Table
from corpus.tables import read_table

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text to be written.

    Attributes:
        text: The text.
        box: Its box on the page, None where there is none.
        glue: What stands between it and the next piece of the same block or cell.
        page: The page where it stands, None where that is its block's.
    """

    text: str
    box: Box | None = None
    glue: str = " "
    page: int | None = None


@dataclass(frozen=True, slots=True)
class RowDraft:
    """A body row to be written: each cell is made of pieces. An empty cell has none."""

    cells: tuple[tuple[Piece, ...], ...]
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table to be written: caption and header lines come before its rows in the text.

    `said` is what the text before it says of it, which is not written again.
    """

    header: tuple[str, ...]
    rows: tuple[RowDraft, ...]
    caption: tuple[Piece, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gives.

    Attributes:
        document: Its text, blocks and lines, with no id and no title yet.
        titles: What may be its title, the likeliest first.
        language: ISO 639-1 code where the file says it, else empty.
    """

    document: Document
    titles: tuple[str, ...] = ()
    language: str = ""


@dataclass(slots=True)
class Draft:
    """A document being written."""

    _text: list[str] = field(default_factory=list)
    _length: int = 0
    _blocks: list[Block] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)
    _path: list[tuple[int, str]] = field(default_factory=list)

    @property
    def section(self) -> tuple[str, ...]:
        """Headings that the next block stands under, outermost first."""
        return tuple(text for _, text in self._path)

    def heading(self, pieces: Sequence[Piece], level: int, page: int | None = None, title: str = "") -> None:
        """Add a heading; it closes the sections of its own level and of deeper ones. Level 1 is outermost.

        `title` is what its section is called, where that is less than all of its words.
        """
        title = title or " ".join("".join(piece.text + piece.glue for piece in pieces).split())
        if not title:
            return
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, title))
        self.block("heading", pieces, page)

    def block(self, kind: BlockKind, pieces: Sequence[Piece], page: int | None = None) -> None:
        """Add a block; one with no text is left out."""
        pieces = [piece for piece in pieces if piece.text.strip()]
        if pieces:
            start = self._begin()
            self._write(pieces, page)
            self._blocks.append(Block(kind, start, self._length, self.section, page))

    def table(self, draft: TableDraft, page: int | None = None) -> None:
        """Add a table: its caption, its header and its rows, a line each, cells parted by tabs."""
        if not draft.rows:
            return
        start = self._begin()
        if draft.caption:
            self._write(draft.caption, page)
            self._put("\n")
        if any(draft.header):
            self._put("\t".join(draft.header) + "\n")
        rows = []
        for number, row in enumerate(draft.rows):
            self._put("\n" if number else "")
            rows.append(self._row(row, page))
        caption = " ".join("".join(piece.text + piece.glue for piece in draft.caption).split())
        table = Table(draft.header, tuple(rows), " ".join(filter(None, (caption, draft.said))))
        self._blocks.append(Block("table", start, self._length, self.section, page, table))

    def grid(self, rows: Sequence[Sequence[str]], caption: str = "", page: int | None = None) -> None:
        """Add a table of which only the cells are known; one that is none becomes a paragraph."""
        full = [row for row in rows if any(row)]
        if not full:
            return
        start = self._begin()
        if caption:
            self._put(caption + "\n")
        cells = []
        for number, row in enumerate(full):
            self._put("\n" if number else "")
            cells.append([self._cell(text, number > 0) for number, text in enumerate(row)])
        table = read_table("".join(self._text), cells)
        if table is not None and caption:
            table = replace(table, caption=" ".join(filter(None, (caption, table.caption))))
        self._blocks.append(Block("table" if table else "paragraph", start, self._length, self.section, page, table))

    def _cell(self, text: str, follows: bool) -> Cell:
        self._put("\t" if follows else "")
        start = self._length
        self._put(text)
        return Cell(start, self._length)

    def document(self, sha256: str) -> Document:
        """The document as written so far, with no id and no title yet."""
        return Document("", "", sha256, "".join(self._text), tuple(self._blocks), lines=tuple(self._lines))

    def _row(self, draft: RowDraft, page: int | None) -> Row:
        start, cells = self._length, []
        for number, pieces in enumerate(draft.cells):
            self._put("\t" if number else "")
            begin = self._length
            self._write(pieces, page)
            cells.append(Cell(begin, self._length))
        return Row(start, self._length, tuple(cells), draft.group)

    def _begin(self) -> int:
        self._put("\n\n" if self._length else "")
        return self._length

    def _write(self, pieces: Sequence[Piece], page: int | None) -> None:
        for number, piece in enumerate(pieces):
            self._put(pieces[number - 1].glue if number else "")
            start = self._length
            self._put(piece.text)
            shown = piece.page or page
            if piece.box is not None and shown is not None:
                self._lines.append(Line(start, self._length, shown, piece.box))

    def _put(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
