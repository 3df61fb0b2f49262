"""A region of a page that holds a table becomes columns, a header and rows.

Columns come from what is aligned, rows from the lines and stripes between them and, where there are none, from the
spacing. This module does not know how the region was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.draft import Piece, RowDraft, TableDraft
from corpus.pdf.content import PageContent
from corpus.pdf.tables.cells import Band, CellRun, is_year
from corpus.pdf.tables.header import Interval, read_header
from corpus.pdf.tables.rows import Region, Row, cell_pieces, joined_text, read_rows, row_edges

_TOTAL = re.compile(r"(?:sub)?-?totals?\b", re.IGNORECASE)
_PART_OF = re.compile(r"(?:of|out of) (?:which|these|that)\b|thereof\b|including\b|davon\b|[-–•] ?", re.IGNORECASE)
# A share or a change of the row above it.
_SHARE_OF = re.compile(r"(?:as )?(?:an? )?(?:%|per ?cent(?:age)?) (?:of|change)\b", re.IGNORECASE)
_UNIT_LINE = re.compile(r"\(.*\)")
_MIN_GUTTER = 4.0
_MOST_LABELLED = 2  # rows of a header that hold something in the label column and beside it


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
        where most rows have no label (a chart), or where it lists a report's contents.
    """
    columns = list(region.columns) or _columns(region, page)
    if len(columns) < 2:
        return None
    if not region.columns:
        region.bands = [_cut(band, columns) for band in region.bands]
    edges = row_edges(region, page)
    rows = read_rows(region, columns, edges)
    count = _header_rows(rows)
    units = [
        band for row in rows[:count] for band in row.bands if len(band.cells) == 1 and _UNIT_LINE.fullmatch(band.text)
    ]
    header = read_header([band for row in rows[:count] for band in row.bands if band not in units], columns, page)
    body = _body(rows[count:])
    if not body:
        return None
    caption = tuple(Piece(cell.text, cell.box) for band in [*region.caption, *units] for cell in band.cells)
    if not any(header) and _is_contents(body):
        return None
    named = [[piece for cell in row.cells[:2] for piece in cell] for row in body]  # a row's number may stand first
    labelled = sum(1 for pieces in named if any(any(map(str.isalpha, piece.text)) for piece in pieces))
    labelled += sum(1 for row in body if is_year("".join(piece.text for piece in row.cells[0])))
    if labelled < 0.5 * len(body):
        return None
    return TableDraft(header, body, caption), tuple(x1 for _, x1 in columns)


def _is_contents(body: Sequence[RowDraft]) -> bool:
    """Whether rows name pages that rise from row to row: a list of contents."""
    ends = ["".join(piece.text for piece in row.cells[-1]) for row in body]
    pages = [int(end) for end in ends if re.fullmatch(r"\d{1,3}", end)]
    return len(body) > 2 and len(pages) > 0.7 * len(body) and pages == sorted(pages) and pages[0] < pages[-1]


def _columns(region: Region, page: PageContent) -> list[Interval]:
    """The columns' left and right edges, the label column first."""
    data = [band for band in region.bands if band.values and len(band.cells) > 1]
    stacks = _clusters([(cell.x0, cell.x1) for band in data for cell in band.values])
    few = 1 + len(data) // 8
    values = [interval for interval, count in stacks if count > few or len(data) < 3]
    headings = [(cell.x0, cell.x1) for band in region.bands if not band.values for cell in band.cells]
    for interval, count in stacks:  # a column with hardly a value has a heading of its own
        alone = not any(_overlap(interval, other) for other in values)
        if count <= few and len(data) > 2 and alone:
            over = [heading for heading in headings if _overlap(interval, heading) > 0.5]
            if any(not any(_overlap(heading, other) for other in values) for heading in over):
                values.append(interval)
    first = min((x0 for x0, _ in values), default=region.x1)
    body = region.bands[max(0, region.bands.index(data[0]) - 1) :] if data else region.bands
    cells = [(len(band.cells) > 1, (cell.x0, cell.x1)) for band in body for cell in band.cells]
    cells = [(beside, cell) for beside, cell in cells if not any(_overlap(cell, value) > 0.3 for value in values)]
    texts = [cell for beside, cell in cells if beside or (data and cell[1] <= first)]
    # A label alone in its row may run over columns; where it does not, it tells how wide the labels are.
    left = _parted([cell for beside, cell in cells if beside and cell[0] < first], page, region)
    left = left if len(left) > 1 else _parted([text for text in texts if text[0] < first], page, region)
    right = [interval for interval, count in _clusters([text for text in texts if text[0] >= first]) if count > 1]
    return sorted([*(left or [(region.x0, first)]), *values, *right])


def _cut(band: Band, columns: Sequence[Interval]) -> Band:
    """A band with its cells cut where words of one column nearly touch a value of the next."""
    cells = []
    for cell in band.cells:
        for (_, end), (start, _) in zip(columns, columns[1:], strict=False):
            if cell.x0 >= end or cell.x1 <= start:
                continue
            words = cell.words
            gap, place = max(((b.x0 - a.x1, i) for i, (a, b) in enumerate(pairwise(words), 1)), default=(0.0, 0))
            if gap < 0.4 * band.size or words[place - 1].x1 >= start or words[place].x0 <= end:
                continue
            first, rest = CellRun(words[:place]), CellRun(words[place:])
            if rest.is_value and (first.is_value or sum(map(str.isalpha, first.text)) > 3):
                cells.append(first)
                cell = rest
        cells.append(cell)
    return Band(cells, band.base, band.size)


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


def _header_rows(rows: Sequence[Row]) -> int:
    """How many rows at the top name the columns."""
    count = next((place for place, row in enumerate(rows) if row.has_values), len(rows))
    labelled = sum(1 for row in rows[:count] if len(row.filled) > 1 and row.columns[0])
    if labelled <= _MOST_LABELLED and count < len(rows):
        named = [place for place, row in enumerate(rows[:count]) if len([c for c in row.filled if c]) > 1]
        while count and not any(rows[count - 1].filled[-1:]):
            count -= 1  # a label just above the first values is a group
        if named and named[0] < count - 1 and rows[count - 1].is_banner and not rows[named[0]].is_banner:
            count -= 1
        return count
    first = rows[0]
    looks = {cell.words[0].look for cells in first.columns for cell in cells}
    below = {cell.words[0].look for row in rows[1:] for cells in row.columns[1:] for cell in cells}
    lengths = [len(joined_text(row.columns[place])) for row in rows[1:] for place in row.filled if place]
    short = [len(joined_text(first.columns[place])) for place in first.filled]
    brief = max(short) <= 40 and bool(lengths) and sum(short) / len(short) < 0.6 * sum(lengths) / len(lengths)
    return 1 if len(rows) > 1 and len(first.filled) > 1 and (brief or not looks & below) else 0


def _body(rows: Sequence[Row]) -> tuple[RowDraft, ...]:
    """Rows with their groups: labels without a value, and rows of which others are a part."""
    groups: list[_Group] = []
    parent: tuple[float, str] | None = None
    total: float | None = None
    drafts = []
    for row in rows:
        lefts = [cell.x0 for cells in row.columns for cell in cells]
        alone = len(row.filled) == 1 and not row.has_values and not (row.drawn and row.filled == [0])
        if alone or (row.is_banner and not row.has_values and 0 in row.filled):
            left = min(lefts) - (1000 if row.is_banner else 0)
            while groups and groups[-1].left >= left - 2:
                groups.pop()
            text = row.label or joined_text([cell for cells in row.columns for cell in cells])
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
        indented = label is not None and parent is not None and label > parent[0] + 2 and _PART_OF.match(row.label)
        if parent is not None and (indented or _SHARE_OF.match(row.label)):
            labels.append(parent[1])
        elif label is not None and not _PART_OF.match(row.label):
            parent = (label, row.label)
        drafts.append(RowDraft(tuple(cell_pieces(cells) for cells in row.columns), tuple(labels)))
    return tuple(drafts)
