"""Rows of cells in a table's region become the table's rows: what wraps within one is joined.

Lines and stripes drawn between rows part them, and where there are none, the spacing does. This module does not know
which rows are the header.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.draft import Piece
from corpus.pdf.content import PageContent
from corpus.pdf.tables.cells import Band, CellRun
from corpus.pdf.tables.header import Interval, column_of


@dataclass(slots=True)
class Region:
    """Where a table stands: its rows of cells, header included, and its edges.

    Where its cells are drawn, `columns` are its columns, and `labels` the ids of bands that no columns are drawn for.
    """

    bands: list[Band]
    x0: float
    x1: float
    y0: float
    y1: float
    caption: list[Band] = field(default_factory=list)
    columns: tuple[Interval, ...] = ()
    labels: frozenset[int] = frozenset()


@dataclass(slots=True)
class Row:
    """Bands that make one row of the table, their cells by column, and whether its cells are drawn."""

    bands: list[Band]
    columns: list[list[CellRun]]
    drawn: bool = False

    @property
    def label(self) -> str:
        """Its words in the label column."""
        return joined_text(self.columns[0])

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [place for place, cells in enumerate(self.columns) if cells]

    @property
    def is_banner(self) -> bool:
        """Whether it stands in light letters, on a dark stripe."""
        return all(band.is_light for band in self.bands)

    @property
    def has_values(self) -> bool:
        """Whether a column beside the labels holds a number."""
        return any(cell.is_value and not cell.is_year for cells in self.columns[1:] for cell in cells)


def row_edges(region: Region, page: PageContent) -> list[float]:
    """Heights at which a line or the edge of a stripe parts rows, most of the region's width."""
    width = region.x1 - region.x0
    pieces: dict[int, list[Interval]] = {}
    marks = [(rule.x0, rule.x1, rule.y) for rule in page.rules]
    for x0, y0, x1, y1 in page.boxes:
        if y1 - y0 < 0.7 * max(region.y1 - region.y0, 30):
            marks += [(x0, x1, y0), (x0, x1, y1)]
    for x0, x1, y in marks:
        if region.y0 - 4 <= y <= region.y1 + 4 and x1 > region.x0 and x0 < region.x1:
            pieces.setdefault(round(y), []).append((max(x0, region.x0), min(x1, region.x1)))
    found: list[float] = []
    for y in sorted(pieces):
        covered, reach = 0.0, region.x0
        for a, b in sorted(pieces[y] + pieces.get(y + 1, [])):
            covered += max(0.0, b - max(a, reach))
            reach = max(reach, b)
        if covered > 0.6 * width and (not found or y - found[-1] > 2.5):
            found.append(float(y))
    return found


def read_rows(region: Region, columns: Sequence[Interval], edges: Sequence[float]) -> list[Row]:
    """Join the bands that wrap within one row."""
    zones: list[list[Band]] = []
    last = -1
    for band in region.bands:
        number = sum(1 for edge in edges if edge < band.middle)
        if number == last:
            zones[-1].append(band)
        else:
            zones.append([band])
        last = number
    zones[:1] = _without_header(zones[0], columns)
    data = [band for band in region.bands if band.values]
    ruled = bool(region.columns) or (len(zones) >= 0.6 * len(data) if data else len(zones) >= 3)
    wordy = bool(region.columns) or len(data) < 0.3 * len(zones)
    pitch = _pitch(data)
    rows = []
    for zone in zones:
        if ruled and (wordy or any(band.values for band in zone)) and not _conflicts(zone, columns):
            rows.append(_row(zone, columns))
        else:
            rows += [_row(part, columns) for part in _unwrapped(zone, columns, pitch)]
    for row in rows:
        row.drawn = bool(region.columns) and not any(id(band) in region.labels for band in row.bands)
    return rows


def _without_header(zone: Sequence[Band], columns: Sequence[Interval]) -> list[list[Band]]:
    """The first rows parted where names of columns stand over values and no line is drawn between them."""
    first = next((place for place, band in enumerate(zone) if band.values), 0)
    over = {column_of(cell, columns) for band in zone[:first] for cell in band.cells}
    under = {column_of(cell, columns) for cell in zone[first].values}
    labelled = any(column_of(cell, columns) == 0 for cell in zone[first].cells)
    named = labelled and 0 not in over and over and len(under & over) >= 0.5 * len(under)
    return [list(zone[:first]), list(zone[first:])] if named else [list(zone)]


def _pitch(data: Sequence[Band]) -> float:
    """The usual distance between rows of values, in points; 0 where unknown."""
    steps = [b.base - a.base for a, b in zip(data, data[1:], strict=False) if b.base - a.base < 40]
    return statistics.median(steps) if steps else 0.0


def _row(bands: Sequence[Band], columns: Sequence[Interval]) -> Row:
    placed: list[list[CellRun]] = [[] for _ in columns]
    for band in bands:
        for cell in band.cells:
            placed[column_of(cell, columns)].append(cell)
    return Row(list(bands), placed)


def _conflicts(bands: Sequence[Band], columns: Sequence[Interval]) -> bool:
    """Whether bands hold two values for one column."""
    seen: set[int] = set()
    for band in bands:
        for cell in band.cells:
            place = column_of(cell, columns)
            if cell.is_value:
                if place in seen:
                    return True
                seen.add(place)
    return False


def _unwrapped(bands: Sequence[Band], columns: Sequence[Interval], pitch: float) -> list[list[Band]]:
    """Bands joined where one only goes on with the label of its neighbour, told by spacing and by its first letter."""
    parts: list[list[Band]] = []
    for band in bands:
        if parts and _goes_on(parts[-1], band, columns, pitch):
            parts[-1].append(band)
        else:
            parts.append([band])
    return parts


def _goes_on(part: Sequence[Band], band: Band, columns: Sequence[Interval], pitch: float) -> bool:
    above = part[-1]
    step = band.base - above.base
    size = max(band.size, above.size)
    if step > 1.6 * size or _conflicts([*part, band], columns):
        return False
    label = next((cell for cell in band.cells if column_of(cell, columns) == 0), None)
    has_values = any(b.values for b in part)
    if not has_values and not band.values and any(column_of(cell, columns) for b in (*part, band) for cell in b.cells):
        return False  # rows of the header stay apart
    if label is None:  # values centred beside a label of two lines
        return not has_values and step < 0.9 * size
    starts_low = label.text[:1].islower() or label.text[:1] in "(&"
    tight = pitch > 0 and step < 0.85 * pitch
    part_label = next((cell for b in part for cell in b.cells if column_of(cell, columns) == 0), None)
    if part_label is None:
        return step < 0.9 * size
    if label.words[0].look.bold != part_label.words[0].look.bold:
        return False
    if has_values:
        return not band.values and (starts_low or (tight and step < 1.35 * size))
    ends = part_label.text.rstrip().endswith(":")
    return not ends and (starts_low or (tight and label.x0 - part_label.x0 <= 15))


def joined_text(cells: Sequence[CellRun]) -> str:
    """Cells of one row and column as text."""
    pieces = cell_pieces(cells)
    return "".join(piece.text + piece.glue for piece in pieces).strip()


def cell_pieces(cells: Sequence[CellRun]) -> tuple[Piece, ...]:
    """Cells of one row and column as pieces; a word parted at a line's end is joined."""
    pieces = []
    for place, cell in enumerate(cells):
        text = cell.text
        following = cells[place + 1] if place + 1 < len(cells) else None
        if following is not None and re.search(r"[a-z]-$", text) and following.text[:1].islower():
            pieces.append(Piece(text[:-1], cell.box, ""))
        else:
            pieces.append(Piece(text, cell.box))
    return tuple(pieces)
