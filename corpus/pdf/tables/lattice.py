"""Finds tables whose cells are drawn: lines between rows, and lines between columns or gaps where a row's line breaks.

What is drawn tells the columns exactly, so that cells of many lines of prose are read as cells. Tables of numbers are
left to the finder, for their lines part signs from digits. This module does not know how a table is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.draft import Box
from corpus.pdf.content import PageContent
from corpus.pdf.tables.cells import Band, CellRun
from corpus.pdf.tables.header import Interval
from corpus.pdf.tables.rows import Region

_LETTER = re.compile(r"[^\W\d_]")
_LIST = re.compile(r"\d, \d")  # of pages or of notes
_SAME = 6.0  # points between edges that are one
_BREAK = 14.0  # points at most between the parts of one line
_MAX_COLUMNS = 12
_MAX_VALUES = 2
_HEADER_LINES = 3
_HEADER_REACH = 48.0  # points between a header and the numbers below it
_MAX_LINES = 12  # that name one row


@dataclass(slots=True)
class _Line:
    """A line across the page at a height, and where it breaks."""

    x0: float
    x1: float
    y: float
    breaks: list[float]


@dataclass(slots=True)
class _Zone:
    """What stands between two lines, and the edges of columns drawn there."""

    top: float
    bottom: float
    bands: list[Band]
    edges: list[float]

    @property
    def is_label(self) -> bool:
        """Whether it holds no more than a line or two, one cell each."""
        return len(self.bands) <= 2 and all(len(band.cells) == 1 for band in self.bands)


def drawn_tables(rows: Sequence[Band], page: PageContent, numbers: Sequence[Box]) -> list[Region]:
    """The tables of words with drawn cells, from the top down; none overlaps another.

    Args:
        rows: The page's rows of cells.
        page: What the page shows.
        numbers: Boxes around the page's tables of numbers.
    """
    found: list[Region] = []
    for x0, x1, stack in _stacks(page):
        zones = [_zone(x0, x1, above, below, rows, page) for above, below in pairwise(stack) if below.y - above.y > 6]
        for first, last in _runs(zones):
            region = _region(zones, first, last, x0, x1, rows)
            if region is not None and not any(_overlap(region, other) for other in found):
                found.append(region)
    return sorted((region for region in found if not _heads_numbers(region, numbers)), key=lambda region: region.y0)


def outside(band: Band, regions: Sequence[Region]) -> Band:
    """The part of a band that stands in none of some regions."""
    over = [region for region in regions if region.y0 < band.middle < region.y1]
    cells = [c for c in band.cells if not any(r.x0 - 3 <= (c.x0 + c.x1) / 2 <= r.x1 + 3 for r in over)]
    return Band(cells, band.base, band.size)


def _heads_numbers(region: Region, numbers: Sequence[Box]) -> bool:
    """Whether a table of words is only the header of a table of numbers, or a part of one."""
    return any(
        min(region.x1, x1) - max(region.x0, x0) > 0.5 * min(x1 - x0, region.x1 - region.x0)
        and y0 < region.y1 + _HEADER_REACH
        and y1 > region.y0
        and (y0 < region.y0 or y1 > region.y1 + 2)
        for x0, y0, x1, y1 in numbers
    )


def _overlap(a: Region, b: Region) -> bool:
    return a.y0 < b.y1 and b.y0 < a.y1 and a.x0 < b.x1 and b.x0 < a.x1


def _stacks(page: PageContent) -> list[tuple[float, float, list[_Line]]]:
    """Left and right edges that lines share, and the lines that reach over both; those of the most lines first."""
    lines = _lines(page)
    ends: list[Interval] = []
    for line in lines:
        if line.x1 - line.x0 > 0.25 * page.width and not any(_near(line, *end) for end in ends):
            ends.append((line.x0, line.x1))
    stacks = []
    for x0, x1 in ends:
        if sum(1 for line in lines if _near(line, x0, x1)) > 2:
            stack = [line for line in lines if line.x0 < x0 + _SAME and line.x1 > x1 - _SAME]
            stacks.append((x0, x1, stack))
    return sorted(stacks, key=lambda stack: -len(stack[2]))


def _near(line: _Line, x0: float, x1: float) -> bool:
    return abs(line.x0 - x0) < _SAME and abs(line.x1 - x1) < _SAME


def _lines(page: PageContent) -> list[_Line]:
    """Lines, and the edges of filled cells, joined where they nearly touch at one height."""
    parts = [(round(rule.y), rule.x0, rule.x1) for rule in page.rules]
    parts += [(round(y), b[0], b[2]) for b in page.boxes if 6 < b[3] - b[1] < 0.4 * page.height for y in (b[1], b[3])]
    lines: list[_Line] = []
    for y, x0, x1 in sorted(parts):
        last = lines[-1] if lines else None
        if last is None or y - last.y > 1 or x0 - last.x1 >= _BREAK or x1 < last.x0:
            lines.append(_Line(x0, x1, y, []))
        elif x1 > last.x1 + 1:
            if x0 > last.x1 - 2:
                last.breaks.append((last.x1 + x0) / 2)
            last.x1 = x1
    return lines


def _zone(x0: float, x1: float, above: _Line, below: _Line, rows: Sequence[Band], page: PageContent) -> _Zone:
    bands = [band.inside(x0 - 3, x1 + 3) for band in rows if above.y < band.middle < below.y]
    height = below.y - above.y
    uprights = [x for x, top, bottom in page.uprights if min(bottom, below.y) - max(top, above.y) > 0.8 * height]
    edges = _merged([x for x in (*uprights, *below.breaks) if x0 + 1.5 * _SAME < x < x1 - 1.5 * _SAME])
    return _Zone(above.y, below.y, [band for band in bands if band.cells], edges)


def _merged(edges: Sequence[float]) -> list[float]:
    """Edges from left to right, those that are one given once."""
    found: list[float] = []
    for x in sorted(edges):
        if not found or x - found[-1] >= _SAME:
            found.append(x)
    return found


def _runs(zones: Sequence[_Zone]) -> list[tuple[int, int]]:
    """The first and the last of zones that follow one another with the same columns, labels among them."""
    runs: list[tuple[int, int]] = []
    for place, zone in enumerate(zones):
        if not zone.edges:
            continue
        if runs:
            first, last = runs[-1]
            between = zones[last + 1 : place]
            if _alike(zone.edges, zones[last].edges) and all(other.is_label for other in between):
                runs[-1] = first, place
                continue
        runs.append((place, place))
    return runs


def _alike(a: Sequence[float], b: Sequence[float]) -> bool:
    """Whether two rows have the same columns, but for cells joined in one of them."""
    fewer, more = sorted((a, b), key=len)
    return all(any(abs(x - y) < _SAME for y in more) for x in fewer)


def _region(
    zones: Sequence[_Zone], first: int, last: int, left: float, right: float, rows: Sequence[Band]
) -> Region | None:
    """A run of zones, with those beside it that keep to its columns, as a table of words; None where it is none."""
    edges = _common(zones[first : last + 1])
    is_header = len(zones[first].bands) <= _HEADER_LINES
    if not 0 < len(edges) < _MAX_COLUMNS or (first == last and not is_header):
        return None
    while first and _keeps(zones[first - 1], edges):
        first -= 1
    while last + 1 < len(zones) and _keeps(zones[last + 1], edges):
        last += 1
    run = list(zones[first : last + 1])
    run += _open_row(run, left, right, rows, edges)
    columns = list(pairwise([left - 3, *edges, right + 3]))
    held = [(zone, [_cut(band, columns) for band in zone.bands]) for zone in run if zone.bands]
    filled = [{_place(cell, columns) for band in bands for cell in band.cells} for _, bands in held]
    while filled and len(filled[0]) == 1:  # a title over the whole table
        held, filled = held[1:], filled[1:]
    while filled and len(filled[-1]) == 1 and not held[-1][0].edges:
        held, filled = held[:-1], filled[:-1]
    if not _is_table(held, filled, columns):
        return None
    labels = frozenset(id(band) for zone, found in held if not zone.edges and zone.is_label for band in found)
    bands = [band for _, found in held for band in found]
    return Region(bands, left, right, held[0][0].top, held[-1][0].bottom, columns=tuple(columns), labels=labels)


def _is_table(
    held: Sequence[tuple[_Zone, Sequence[Band]]], filled: Sequence[set[int]], columns: Sequence[Interval]
) -> bool:
    """Whether most rows have cells side by side, most of them words, none over an edge, and each row one name."""
    several = sum(1 for places in filled if len(places) > 1)
    beside = [cell for _, bands in held for band in bands for cell in band.cells if _place(cell, columns)]
    words = sum(1 for cell in beside if not cell.is_value and (_LIST.search(cell.text) or _LETTER.search(cell.text)))
    unruled = any(_most_values(bands, columns) > _MAX_VALUES for _, bands in held)
    over = _crossing([band for zone, _ in held for band in zone.bands], [end for _, end in columns[:-1]])
    longest = max((sum(1 for b in bands if not _place(b.cells[0], columns)) for _, bands in held), default=0)
    sides = several >= max(2, 0.5 * len(filled)) and words >= 0.5 * len(beside)
    return sides and over < 0.02 and longest <= _MAX_LINES and not unruled


def _most_values(bands: Sequence[Band], columns: Sequence[Interval]) -> int:
    """How many values a column of one row has: several are rows that no line parts."""
    counts = Counter(_place(cell, columns) for band in bands for cell in band.cells if cell.is_value)
    return max(counts.values(), default=0)


def _keeps(zone: _Zone, edges: Sequence[float]) -> bool:
    """Whether a zone without columns of its own keeps to those beside it, or is a label among them."""
    if zone.edges or not zone.bands:
        return False
    beside = any(len(band.cells) > 1 for band in zone.bands)
    return zone.is_label or (beside and not _crossing(zone.bands, edges))


def _open_row(
    run: Sequence[_Zone], left: float, right: float, rows: Sequence[Band], edges: Sequence[float]
) -> list[_Zone]:
    """The last row, where no line is drawn below it: what follows no further down than rows are tall."""
    heights = sorted(zone.bottom - zone.top for zone in run if zone.edges)
    top = run[-1].bottom
    bottom = top + 1.2 * heights[len(heights) // 2]
    bands = [band.inside(left - 3, right + 3) for band in rows if top < band.middle < bottom]
    bands = [band for band in bands if band.cells]
    columns = list(pairwise([left - 3, *edges, right + 3]))
    places = {_place(cell, columns) for band in bands for cell in _cut(band, columns).cells}
    if len(places) < 2 or 0 not in places or len(places) < 0.6 * len(columns) or _crossing(bands, edges):
        return []
    return [_Zone(top, bands[-1].base + 2, bands, list(edges))]


def _common(run: Sequence[_Zone]) -> list[float]:
    """The edges that at least half of the rows with columns have."""
    parted = [zone for zone in run if zone.edges]
    return [
        x
        for x in _merged([x for zone in parted for x in zone.edges])
        if 2 * sum(1 for zone in parted if any(abs(x - y) < _SAME for y in zone.edges)) >= len(parted)
    ]


def _crossing(bands: Sequence[Band], edges: Sequence[float]) -> float:
    """The share of words that stand over the edges of columns: where any do, what is drawn is no table."""
    words = [word for band in bands for cell in band.cells for word in cell.words]
    over = sum(1 for word in words if any(word.x0 < x - 2 and word.x1 > x + 2 for x in edges))
    return over / max(1, len(words))


def _cut(band: Band, columns: Sequence[Interval]) -> Band:
    """A band with its cells cut at the edges of columns; one that alone runs over them is left whole."""
    if len(band.cells) == 1 and not _gap_at_edge(band.cells[0], columns):
        return band
    cells: list[CellRun] = []
    place = -1
    for cell in band.cells:
        for number, word in enumerate(cell.words):
            at = next((i for i, (_, end) in enumerate(columns) if (word.x0 + word.x1) / 2 < end), len(columns) - 1)
            if number and at == place:
                cells[-1].words.append(word)
            else:
                cells.append(CellRun([word]))
            place = at
    return Band(cells, band.base, band.size)


def _gap_at_edge(cell: CellRun, columns: Sequence[Interval]) -> bool:
    """Whether each edge that a cell runs over lies in a gap wider than a space."""
    over = [end for _, end in columns[:-1] if cell.x0 < end < cell.x1]
    gaps = [(a.x1, b.x0) for a, b in pairwise(cell.words) if b.x0 - a.x1 > 0.4 * a.look.size]
    return bool(over) and all(any(a - 1 <= x <= b + 1 for a, b in gaps) for x in over)


def _place(cell: CellRun, columns: Sequence[Interval]) -> int:
    return next((i for i, (_, end) in enumerate(columns) if cell.words[0].x0 < end - 1), len(columns) - 1)
