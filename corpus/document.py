"""What a file becomes: a `Document`, its text and the blocks that stand in it.

Spans are half-open `[start, end)` character offsets into `Document.text`; pages count from 1.
This module does not know how any file format is read, nor how blocks become passages.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list", "table", "key_figure", "footnote"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: the span of its text. An empty cell has `start == end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A body row of a table.

    Attributes:
        start: Start of the row in the document's text.
        end: End of the row in the document's text.
        cells: One cell a column, aligned with the table's header, empty cells included.
        group: The row-group labels and sub-headers that the row stands under, outermost first.
    """

    start: int
    end: int
    cells: tuple[Cell, ...]
    group: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table's structure.

    Attributes:
        header: One string a column; multi-row headers are joined with " > ". Empty where unknown.
        rows: Body rows in reading order. Sub-header rows that carry no value are in `Row.group`.
        caption: Title or unit line above or below the table, empty where there is none.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a document's text with one role.

    Attributes:
        kind: The block's role.
        start: Start in the document's text.
        end: End in the document's text.
        section: Headings that the block stands under, outermost first. For a heading, its own path.
        page: Page in the source, counted from 1; None where unknown.
        table: Structure of a table block, None for any other kind.
    """

    kind: BlockKind
    start: int
    end: int
    section: tuple[str, ...]
    page: int | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of a document's text and where its page shows it.

    Attributes:
        start: Start in the document's text.
        end: End in the document's text.
        page: Page in the source, counted from 1.
        box: Left, top, right and bottom on the page as shown, in points from the top left corner.
    """

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Document:
    """A report as read: its text and its blocks in reading order.

    Attributes:
        id: The file's name in kebab case.
        title: What a person would call the report.
        sha256: Hex digest of the file's bytes.
        text: All of the report's text; every span in the project points into it.
        blocks: Blocks in reading order, not overlapping.
        company: Who the report is about, empty where unknown.
        year: The reporting year, None where unknown.
        language: ISO 639-1 code of the text.
        lines: Where the text is shown, in the text's order; empty where the source has no pages.
        page_labels: What is printed as each page's number, "" where nothing is; empty where the source has no pages.
        unread_pages: Pages that show something but carry no text, so that nothing of them is in `text`.
        ocr_pages: Pages that carry no text and were read from their pictures.
    """

    id: str
    title: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    company: str = ""
    year: int | None = None
    language: str = "en"
    lines: tuple[Line, ...] = ()
    page_labels: tuple[str, ...] = ()
    unread_pages: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()

    def page_at(self, position: int) -> int | None:
        """The page that shows a place of the text; None where the source has no pages."""
        if not self.lines:
            return None
        return self.lines[min(bisect_right(self.lines, position, key=lambda line: line.end), len(self.lines) - 1)].page

    def boxes(self, start: int, end: int) -> tuple[tuple[int, tuple[float, float, float, float]], ...]:
        """Where a stretch of the text is shown.

        Args:
            start: Its start in the text.
            end: Its end in the text.

        Returns:
            Page and box of each line or cell that it touches, cut to the stretch as if all letters were equally wide;
            empty where the source has no pages.
        """
        first = bisect_right(self.lines, start, key=lambda line: line.end)
        found = []
        for line in self.lines[first:]:
            if line.start >= end:
                break
            left, top, right, bottom = line.box
            letter = (right - left) / (line.end - line.start)
            low, high = max(start, line.start) - line.start, min(end, line.end) - line.start
            found.append((line.page, (left + low * letter, top, left + high * letter, bottom)))
        return tuple(found)
