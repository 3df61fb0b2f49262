"""A page's lines and tables in reading order, and lines joined to paragraphs, items and headings-to-be.

Columns are parted where white runs down between them, bands where it runs across (the recursive X-Y cut of Nagy and
Seth 1984); a framed or filled box is read as one thing. This module does not know what a heading is: that takes the
whole document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.draft import Box, TableDraft
from corpus.pdf.content import Look, PageContent
from corpus.pdf.lines import TextLine
from corpus.pdf.tables.cells import is_value

_ITEM = re.compile(r"(?:[•·▪■□◦‣➢➤►▶✓✔●○◆–>-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-hivx])\.)\s")
_DASH = re.compile(r"[–-]\s")
_NOTE = re.compile(r"[⁰¹²³⁴-⁹]{1,2}\s?\D|[*†‡]{1,3}\s?[A-Za-z]")
SENTENCE_END = re.compile(r"[.!?:;]['”\"’)\]⁰¹²³⁴-⁹]*$")
_LARGE = 14.0  # points
_GUTTER = 0.8  # in sizes of the document's prose
_ROW_GAP = 5.0  # in gutters


@dataclass(slots=True)
class PlacedTable:
    """A table and where it stands; `columns` are its columns' right edges."""

    draft: TableDraft
    box: Box
    columns: tuple[float, ...]


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, from the top down."""

    lines: list[TextLine]

    @property
    def text(self) -> str:
        """Its lines joined with spaces."""
        return " ".join(line.text for line in self.lines)

    @property
    def look(self) -> Look:
        """The look of its first line."""
        return self.lines[0].look

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        boxes = [line.box for line in self.lines]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list."""
        return _ITEM.match(self.lines[0].text + " ") is not None

    @property
    def is_note(self) -> bool:
        """Whether it begins with a raised mark, as a footnote does."""
        return _NOTE.match(self.lines[0].text) is not None


@dataclass(slots=True)
class Framed:
    """What stands in one frame, or on one filled ground, already in reading order."""

    items: list[Paragraph | PlacedTable]
    box: Box


_Item = TextLine | PlacedTable | Framed


def frames(lines: Sequence[TextLine], page: PageContent) -> list[tuple[Box, list[TextLine]]]:
    """The boxes on a page that hold words of their own, and those words; the larger first, none within another.

    A box around the figures of one column of a table is not one of them: its rows have no words.
    """
    left = list(lines)
    found = []
    for box in sorted(page.boxes, key=lambda box: (box[0] - box[2]) * (box[3] - box[1])):
        if not 0.01 < (box[2] - box[0]) * (box[3] - box[1]) / (page.width * page.height) < 0.6:
            continue
        if any(_is_next_cell(box, other) for other in page.boxes):
            continue
        inside = [line for line in left if _within(line.box, box)]
        rows = {round(line.base) for line in inside}
        worded = {round(line.base) for line in inside if line.text[:1].isalpha()}
        if len(rows) < 3 or len(worded) < 0.5 * len(rows) or len(inside) > 0.9 * len(lines):
            continue
        if not any(_touches(line.box, box) and not _within(line.box, box) for line in left):
            found.append((box, inside))
            left = [line for line in left if not any(line is other for other in inside)]
    return found


def read_page(
    lines: Sequence[TextLine], tables: Sequence[PlacedTable], framed: Sequence[Framed], usual: float
) -> list[Paragraph | PlacedTable]:
    """Put a page, or what stands in a frame, in reading order.

    Args:
        lines: The lines that are in no table and no frame.
        tables: The tables.
        framed: The frames on the page.
        usual: The size of the document's prose, in points.
    """
    found: list[Paragraph | PlacedTable] = []
    fresh = True
    pairs, lines = _figures_with_labels(lines)
    for item in _ordered([*lines, *tables, *framed, *pairs], usual):
        if isinstance(item, Framed):
            found += item.items
            fresh = True
        elif isinstance(item, PlacedTable):
            found.append(item)
            fresh = True
        else:
            last = found[-1] if found else None
            if isinstance(last, Paragraph) and not fresh and _goes_on(last, item):
                last.lines.append(item)
            else:
                found.append(Paragraph([item]))
            fresh = False
    return found


def _figures_with_labels(lines: Sequence[TextLine]) -> tuple[list[Framed], list[TextLine]]:
    """Figures side by side, each centred over a label that stands far below it, and the lines that are left."""
    pairs = [(line, _label_below(line, lines)) for line in lines if is_value(line.text) and line.look.bold]
    pairs = [(line, label) for line, label in pairs if label]
    rows = Counter(round(line.base) for line, _ in pairs)
    found, taken = [], set()
    for line, label in pairs:
        if rows[round(line.base)] > 1:
            figure, below = Paragraph([line]), Paragraph(label)
            box = min(line.x0, below.box[0]), line.y0, max(line.x1, below.box[2]), below.box[3]
            found.append(Framed([figure, below], box))
            taken |= {id(one) for one in (line, *label)}
    return found, [line for line in lines if id(line) not in taken]


def _label_below(figure: TextLine, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a figure's colour that are centred below it, the first no further than five sizes."""
    label: list[TextLine] = []
    for line in lines:  # from the top down
        last = label[-1] if label else figure
        step = line.base - last.base
        centred = abs(line.x0 + line.x1 - figure.x0 - figure.x1) < 8
        alike = line.look.color == figure.look.color and line.look.size < 0.85 * figure.look.size
        if centred and alike and 0 < step < (1.5 * last.look.size if label else 5 * figure.look.size):
            label.append(line)
    return label


def _within(a: Box, b: Box) -> bool:
    x, y = (a[0] + a[2]) / 2, (a[1] + a[3]) / 2
    return b[0] <= x <= b[2] and b[1] <= y <= b[3] and a[0] > b[0] - 4 and a[2] < b[2] + 4


def _is_next_cell(a: Box, b: Box) -> bool:
    """Whether two boxes stand side by side and are equally high, as cells of a table do."""
    beside = min(abs(a[0] - b[2]), abs(b[0] - a[2])) < 6
    return a != b and beside and abs(a[1] - b[1]) < 2 and abs(a[3] - b[3]) < 2


def _touches(a: Box, b: Box) -> bool:
    return min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 2


def _ordered(items: Sequence[_Item], usual: float) -> list[_Item]:
    """Items in reading order."""
    done: list[_Item] = []
    stack = [list(items)]
    while stack:
        part = stack.pop()
        if len(part) < 2:
            done += part
            continue
        halves = _split(part, 0, _GUTTER * usual) or _split(part, 1, 0.0)
        if halves is None:
            done += sorted(part, key=lambda item: (round(item.box[1]), item.box[0]))
        else:
            stack += [halves[1], halves[0]]
    return done


def _split(items: Sequence[_Item], axis: int, least: float) -> tuple[list[_Item], list[_Item]] | None:
    """Part items at the widest white strip, down the page (axis 0) or across it (axis 1); None where there is none."""
    spans = sorted((item.box[axis], item.box[axis + 2]) for item in items)
    best, cut, reach = least, None, spans[0][1]
    for low, high in spans[1:]:
        if low - reach > best:
            best, cut = low - reach, (low + reach) / 2
        reach = max(reach, high)
    if cut is None:
        return None
    before = [item for item in items if item.box[axis] < cut]
    after = [item for item in items if item.box[axis] >= cut]
    if axis == 0 and best < _ROW_GAP * least and _is_one_row(before, after):
        return None
    return before, after


def _is_one_row(left: Sequence[_Item], right: Sequence[_Item]) -> bool:
    """Whether what stands right only goes on with the lines that stand left: a few lines at the same heights."""
    if len(right) > 3 or any(not isinstance(item, TextLine) for item in right):
        return False
    return all(any(abs(item.box[3] - other.box[3]) < 2 for other in left) for item in right)


def _goes_on(paragraph: Paragraph, line: TextLine) -> bool:
    """Whether a line is the next of a paragraph."""
    last = paragraph.lines[-1]
    size = max(last.look.size, line.look.size)
    step = line.base - last.base
    if abs(step) < 1 and 0 < line.x0 - last.x1 < 4 * size:
        return not (size > _LARGE and is_value(last.text) and is_value(line.text))  # key figures side by side
    row = [other for other in paragraph.lines if abs(other.base - last.base) < 1]
    left, right = min(other.x0 for other in row), max(other.x1 for other in row)
    if not 0 < step < 1.75 * size or min(right, line.x1) - max(left, line.x0) < 0:
        return False
    if _NOTE.match(line.text) or (_ITEM.match(line.text) and not _is_aside(paragraph, line)):
        return False
    apart = abs(last.look.size - line.look.size)
    titled = len(paragraph.lines) == 1 and line.text[:1].isupper()
    if apart > 0.6 and (apart > 0.3 * size or titled or SENTENCE_END.search(last.text)):
        return False
    first = paragraph.lines[0]
    if _looks_apart(last, line) and (not line.text[:1].islower() or SENTENCE_END.search(last.text)):
        return False
    if len(paragraph.lines) > 1:
        leading = paragraph.lines[1].base - first.base
        if leading > 1 and step > 1.2 * leading + 0.5:
            return False
    indented = line.x0 - min(other.x0 for other in paragraph.lines[-2:]) > 0.8 * size and not paragraph.is_item
    indented = indented and not paragraph.is_note
    return not (indented and SENTENCE_END.search(last.text))


def _is_aside(paragraph: Paragraph, line: TextLine) -> bool:
    """Whether the dash that a line begins with stands within a sentence of the paragraph."""
    last, box = paragraph.lines[-1], paragraph.box
    size = line.look.size
    within = not paragraph.is_item and not SENTENCE_END.search(last.text)
    full = box[2] - last.x1 < 6 * size and abs(line.x0 - box[0]) < 0.2 * size
    return _DASH.match(line.text) is not None and within and full and len(last.text) > 30


def _looks_apart(last: TextLine, line: TextLine) -> bool:
    """Whether no word of one line looks like one of the other in weight, colour and slant."""
    looks = [{(word.look.bold, word.look.color, word.look.italic) for word in one.words} for one in (last, line)]
    if not looks[0] & looks[1]:
        return True
    title = last.look.bold and not any(word.look.bold for word in line.words)
    return title and last.x1 < line.x1 - 3 * line.look.size
