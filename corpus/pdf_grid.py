"""A region of a page that holds a table becomes columns, a header and rows.

Columns come from what is aligned, rows from the lines and stripes between them and, where there are none, from the
spacing. This module does not know how the region was found.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.draft import Piece, RowDraft, TableDraft
from corpus.pdf_cells import Band, CellRun
from corpus.pdf_header import Interval, column_of, read_header
from corpus.pdf_page import PageContent

_TOTAL = re.compile(r"(?:sub)?-?totals?\b", re.IGNORECASE)
_PART_OF = re.compile(r"(?:of|out of) (?:which|these|that)\b|thereof\b|including\b|davon\b|[-–•] ?", re.IGNORECASE)
_UNIT_LINE = re.compile(r"\(.*\)")
_MIN_GUTTER = 4.0


@dataclass(slots=True)
class Region:
    """Where a table stands: its rows of cells, header included, and its edges."""

    bands: list[Band]
    x0: float
    x1: float
    y0: float
    y1: float
    caption: list[Band] = field(default_factory=list)


@dataclass(slots=True)
class _Row:
    """Bands that make one row of the table, and their cells by column."""

    bands: list[Band]
    columns: list[list[CellRun]]

    @property
    def label(self) -> str:
        return _joined_text(self.columns[0])

    @property
    def filled(self) -> list[int]:
        return [place for place, cells in enumerate(self.columns) if cells]

    @property
    def is_banner(self) -> bool:
        """Whether it stands in light letters, on a dark stripe."""
        return all(band.is_light for band in self.bands)

    @property
    def has_values(self) -> bool:
        return any(cell.is_value and not cell.is_year for cells in self.columns[1:] for cell in cells)


@dataclass(slots=True)
class _Group:
    """A label that rows stand under: its left edge, its words, and whether its rows stand further in."""

    left: float
    text: str
    indents: bool = False


def build_table(region: Region, page: PageContent) -> tuple[TableDraft, tuple[float, ...]] | None:
    """Read a region as a table.

    Args:
        region: Where it stands.
        page: What its page shows, for the rules and stripes.

    Returns:
        The table and its columns' right edges, or None where the region has fewer than two columns or no body row,
        or where most rows have no label: then it is a chart.
    """
    columns = _columns(region, page)
    if len(columns) < 2:
        return None
    edges = row_edges(region, page)
    rows = _rows(region, columns, edges)
    count = _header_rows(rows)
    units = [band for row in rows[:count] for band in row.bands if _UNIT_LINE.fullmatch(band.text)]
    header = read_header([band for row in rows[:count] for band in row.bands if band not in units], columns, page)
    body = _body(rows[count:])
    if not body:
        return None
    caption = tuple(Piece(cell.text, cell.box) for band in [*region.caption, *units] for cell in band.cells)
    labelled = sum(1 for row in body if any(any(map(str.isalpha, piece.text)) for piece in row.cells[0]))
    if labelled < 0.5 * len(body):
        return None
    return TableDraft(header, body, caption), tuple(x1 for _, x1 in columns)


def _columns(region: Region, page: PageContent) -> list[Interval]:
    """The columns' left and right edges, the label column first."""
    data = [band for band in region.bands if band.values and len(band.cells) > 1]
    stacks = _clusters([(cell.x0, cell.x1) for band in data for cell in band.values])
    values = [interval for interval, count in stacks if count > 1 + len(data) // 8 or len(data) < 3]
    first = min((x0 for x0, _ in values), default=region.x1)
    texts = [
        (cell.x0, cell.x1)
        for band in (data or [band for band in region.bands if len(band.cells) > 1])
        for cell in band.cells
        if not any(_overlap((cell.x0, cell.x1), value) > 0.3 for value in values)
    ]
    left = _parted([text for text in texts if text[0] < first], page, region)
    right = [interval for interval, count in _clusters([text for text in texts if text[0] >= first]) if count > 1]
    return sorted([*(left or [(region.x0, first)]), *values, *right])


def _clusters(intervals: Sequence[Interval]) -> list[tuple[Interval, int]]:
    """Intervals that stand under one another, each joined to one, with how many there are."""
    clusters: list[list[Interval]] = []
    for interval in sorted(set((round(a, 1), round(b, 1)) for a, b in intervals), key=lambda i: i[1] - i[0]):
        near = [cluster for cluster in clusters if any(_aligned(interval, other) for other in cluster)]
        if len(near) == 1:
            near[0].append(interval)
        elif not near:
            clusters.append([interval])
    counted = []
    for cluster in clusters:
        joined = min(a for a, _ in cluster), max(b for _, b in cluster)
        counted.append((joined, sum(1 for i in intervals if _overlap(i, joined) > 0.5)))
    return sorted(counted)


def _aligned(a: Interval, b: Interval) -> bool:
    return abs(a[1] - b[1]) <= 1.5 or _overlap(a, b) > 0.4


def _overlap(a: Interval, b: Interval) -> float:
    """The share of the narrower one that the other covers."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return max(0.0, shared) / max(0.1, min(a[1] - a[0], b[1] - b[0]))


def _parted(intervals: Sequence[Interval], page: PageContent, region: Region) -> list[Interval]:
    """Text columns: what stands between strips that hardly any cell crosses."""
    if not intervals:
        return []
    lines = [
        x
        for x, top, bottom in page.uprights
        if region.x0 < x < region.x1 and min(bottom, region.y1) - max(top, region.y0) > 0.5 * (region.y1 - region.y0)
    ]
    allowed = len(intervals) // 40
    edges = sorted({x for interval in intervals for x in interval})
    found: list[list[float]] = []
    for a, b in zip(edges, edges[1:], strict=False):
        crossing = sum(1 for x0, x1 in intervals if x0 < b - 0.01 and x1 > a + 0.01)
        if crossing <= allowed and b - a >= _MIN_GUTTER:
            continue
        parted = not found or a - found[-1][1] >= _MIN_GUTTER or any(found[-1][1] - 1 <= x <= a + 1 for x in lines)
        if parted:
            found.append([a, b])
        else:
            found[-1][1] = b
    return [(a, b) for a, b in found if sum(1 for i in intervals if _overlap(i, (a, b)) > 0.5) > 1]


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


def _rows(region: Region, columns: Sequence[Interval], edges: Sequence[float]) -> list[_Row]:
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
    data = [band for band in region.bands if band.values]
    ruled = len(zones) >= 0.6 * len(data) if data else len(zones) >= 3
    wordy = len(data) < 0.3 * len(zones)
    pitch = _pitch(data)
    rows = []
    for zone in zones:
        if ruled and (wordy or any(band.values for band in zone)) and not _conflicts(zone, columns):
            rows.append(_row(zone, columns))
        else:
            rows += [_row(part, columns) for part in _unwrapped(zone, columns, pitch)]
    return rows


def _pitch(data: Sequence[Band]) -> float:
    """The usual distance between rows of values, in points; 0 where unknown."""
    steps = [b.base - a.base for a, b in zip(data, data[1:], strict=False) if b.base - a.base < 40]
    return statistics.median(steps) if steps else 0.0


def _row(bands: Sequence[Band], columns: Sequence[Interval]) -> _Row:
    placed: list[list[CellRun]] = [[] for _ in columns]
    for band in bands:
        for cell in band.cells:
            placed[column_of(cell, columns)].append(cell)
    return _Row(list(bands), placed)


def _conflicts(bands: Sequence[Band], columns: Sequence[Interval]) -> bool:
    """Whether bands hold two values for one column."""
    seen: set[int] = set()
    for band in bands:
        for cell in band.cells:
            place = column_of(cell, columns)
            if cell.is_value and place:
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


def _header_rows(rows: Sequence[_Row]) -> int:
    """How many rows at the top name the columns."""
    if any(row.has_values for row in rows):
        count = next(place for place, row in enumerate(rows) if row.has_values)
        named = [place for place, row in enumerate(rows[:count]) if len([c for c in row.filled if c]) > 1]
        while count and not any(rows[count - 1].filled[-1:]):
            count -= 1  # a label just above the first values is a group
        if named and named[0] < count - 1 and rows[count - 1].is_banner and not rows[named[0]].is_banner:
            count -= 1
        return count
    first = rows[0]
    looks = {cell.words[0].look for cells in first.columns for cell in cells}
    below = {cell.words[0].look for row in rows[1:] for cells in row.columns[1:] for cell in cells}
    lengths = [len(_joined_text(row.columns[place])) for row in rows[1:] for place in row.filled if place]
    short = [len(_joined_text(first.columns[place])) for place in first.filled]
    brief = max(short) <= 40 and bool(lengths) and sum(short) / len(short) < 0.6 * sum(lengths) / len(lengths)
    return 1 if len(rows) > 1 and len(first.filled) > 1 and (brief or not looks & below) else 0


def _body(rows: Sequence[_Row]) -> tuple[RowDraft, ...]:
    """Rows with their groups: labels without a value, and rows of which others are a part."""
    groups: list[_Group] = []
    parent: tuple[float, str] | None = None
    total: float | None = None
    drafts = []
    for row in rows:
        lefts = [cell.x0 for cells in row.columns for cell in cells]
        if len(row.filled) == 1 and not row.has_values or (row.is_banner and not row.has_values and 0 in row.filled):
            left = min(lefts) - (1000 if row.is_banner else 0)
            while groups and groups[-1].left >= left - 2:
                groups.pop()
            text = row.label or _joined_text([cell for cells in row.columns for cell in cells])
            groups.append(_Group(left, text.rstrip(":")))
            parent = total = None
            continue
        label = row.columns[0][0].x0 if row.columns[0] else None
        if label is not None:
            if total is not None and groups and label <= total + 2 and groups[-1].left > 0:
                groups.pop()
            while groups and (groups[-1].left > label + 2 or (groups[-1].indents and groups[-1].left >= label - 2)):
                groups.pop()
            if groups and label > groups[-1].left + 2 and groups[-1].left > 0:
                groups[-1].indents = True
            total = label if _TOTAL.match(row.label) else None
        labels = [group.text for group in groups]
        if label is not None and parent is not None and label > parent[0] + 2 and _PART_OF.match(row.label):
            labels.append(parent[1])
        elif label is not None and not _PART_OF.match(row.label):
            parent = (label, row.label)
        drafts.append(RowDraft(tuple(_pieces(cells) for cells in row.columns), tuple(labels)))
    return tuple(drafts)


def _joined_text(cells: Sequence[CellRun]) -> str:
    pieces = _pieces(cells)
    return "".join(piece.text + piece.glue for piece in pieces).strip()


def _pieces(cells: Sequence[CellRun]) -> tuple[Piece, ...]:
    pieces = []
    for place, cell in enumerate(cells):
        text = cell.text
        following = cells[place + 1] if place + 1 < len(cells) else None
        if following is not None and re.search(r"[a-z]-$", text) and following.text[:1].islower():
            pieces.append(Piece(text[:-1], cell.box, ""))
        else:
            pieces.append(Piece(text, cell.box))
    return tuple(pieces)
