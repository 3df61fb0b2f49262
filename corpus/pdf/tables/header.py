"""Names a table's columns: which of them each cell of the header stands over.

A cell over several columns is told by the line drawn under it, which also lies over the columns beside its words, and
else by what it is centred over. This module does not know the table's body.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.pdf.content import PageContent
from corpus.pdf.tables.cells import Band, CellRun

Interval = tuple[float, float]


@dataclass(slots=True)
class _HeadCell:
    """A cell of the header, of one line or more."""

    lines: list[CellRun]

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class _Level:
    """A row of header cells, the columns with a line drawn just under it, and those lines."""

    cells: list[_HeadCell]
    under: list[int]
    drawn: list[Interval]


@dataclass(slots=True)
class _Name:
    """A part of a column's name, what it spans, and whether a line closes it."""

    text: str
    span: tuple[int, int]
    closed: bool


def column_of(cell: CellRun, columns: Sequence[Interval]) -> int:
    """The column that a cell stands in: where it overlaps most, else the nearest; words start in their column."""
    interval = (cell.x0, cell.x1)
    if not cell.is_value:
        for place, (a, b) in enumerate(columns):
            if a - 2 <= cell.x0 <= b and (place + 1 == len(columns) or cell.x0 < columns[place + 1][0] - 2):
                return place
    shared = [min(interval[1], b) - max(interval[0], a) for a, b in columns]
    return max(range(len(columns)), key=lambda place: shared[place])


def read_header(bands: Sequence[Band], columns: Sequence[Interval], page: PageContent) -> tuple[str, ...]:
    """Name columns by their header.

    Args:
        bands: The header's rows, from the top down.
        columns: The n columns' edges, the label column first.
        page: What the page shows, for the lines drawn under cells.

    Returns:
        n names; the parts of a name, from the cell that spans most down, are joined with " > ".
    """
    names: list[list[_Name]] = [[] for _ in columns]
    for level in _levels(bands, columns, page):
        waiting = {place for place, found in enumerate(names) if found and not found[-1].closed}
        for cell, (low, high) in zip(level.cells, _spans(level, columns, waiting), strict=True):
            for place in range(low, high + 1):
                closed = place in level.under
                last = names[place][-1] if names[place] else None
                if last is not None and last.span == (low, high) and not last.closed:
                    names[place][-1] = _Name(f"{last.text} {cell.text}", last.span, closed)
                else:
                    names[place].append(_Name(cell.text, (low, high), closed))
    header = tuple(" > ".join(name.text for name in found) for found in names)
    groups = _repeated(bands, columns) if len(set(header[1:])) < len(header) - 1 else ()
    if not groups:
        return header
    above, below = read_header(bands[:-2], columns, page), read_header(bands[-1:], columns, page)
    return tuple(" > ".join(filter(None, parts)) for parts in zip(above, groups, below, strict=True))


def _repeated(bands: Sequence[Band], columns: Sequence[Interval]) -> tuple[str, ...]:
    """The group of each column where the last names come again under each group: "2023 2024" under each country."""
    if len(bands) < 2:
        return ()
    above, below = ([cell for cell in band.cells if column_of(cell, columns)] for band in bands[-2:])
    names = [cell.text for cell in below]
    each = len(names) // len(above) if above else 0
    if each < 2 or len(above) < 2 or len(set(names[:each])) < each or names[:each] * len(above) != names:
        return ()
    if [column_of(cell, columns) for cell in below] != list(range(1, len(columns))):
        return ()
    for place, cell in enumerate(above):
        x0, x1 = columns[1 + place * each][0], columns[(place + 1) * each][1]
        if not x0 - 12 <= (cell.x0 + cell.x1) / 2 <= x1 + 12:
            return ()
    return ("", *(cell.text for cell in above for _ in range(each)))


def _levels(bands: Sequence[Band], columns: Sequence[Interval], page: PageContent) -> list[_Level]:
    """Rows of the header; what wraps above a line is one cell."""
    levels: list[_Level] = []
    pending: list[_HeadCell] = []
    for place, band in enumerate(bands):
        below = bands[place + 1].base - 0.5 * band.size if place + 1 < len(bands) else band.base + 1.2 * band.size
        drawn = _runs([(rule.x0, rule.x1) for rule in page.rules if band.base - 1 < rule.y < below])
        under = [i for i, column in enumerate(columns) if i and _covered(column, drawn) > 0.6]
        fresh = []
        for cell in band.cells:
            above = [other for other in pending if other.x0 < cell.x1 and cell.x0 < other.x1]
            beside = [other for other in band.cells if above and other.x0 < above[0].x1 and above[0].x0 < other.x1]
            if len(above) == len(beside) == 1 and (under or _is_stacked(above[0], cell)):
                above[0].lines.append(cell)
            else:
                fresh.append(_HeadCell([cell]))
        if any(new.x0 < old.x1 and old.x0 < new.x1 for new in fresh for old in pending):
            levels.append(_Level(pending, [], []))
            pending = []
        pending = sorted([*pending, *fresh], key=lambda cell: cell.x0)
        if under:
            levels.append(_Level(pending, under, drawn))
            pending = []
    return levels + ([_Level(pending, [], [])] if pending else [])


def _is_stacked(above: _HeadCell, cell: CellRun) -> bool:
    """Whether a line goes on with the cell above it: aligned with it and close below."""
    aligned = min(abs(above.x0 - cell.x0), abs(above.x1 - cell.x1), abs(above.middle - (cell.x0 + cell.x1) / 2)) <= 3
    step = cell.words[0].base - above.lines[-1].words[0].base
    return aligned and step < 1.4 * cell.words[0].look.size


def _runs(lines: Sequence[Interval]) -> list[Interval]:
    """Lines that touch joined to one."""
    runs: list[list[float]] = []
    for x0, x1 in sorted(lines):
        if runs and x0 - runs[-1][1] < 1.5:
            runs[-1][1] = max(runs[-1][1], x1)
        else:
            runs.append([x0, x1])
    return [(x0, x1) for x0, x1 in runs]


def _covered(column: Interval, drawn: Sequence[Interval]) -> float:
    """The share of a column that lines lie over."""
    width = max(0.1, column[1] - column[0])
    return sum(max(0.0, min(b, column[1]) - max(a, column[0])) for a, b in drawn) / width


def _spans(level: _Level, columns: Sequence[Interval], waiting: Collection[int]) -> list[tuple[int, int]]:
    """The first and last column that each cell of a row stands over.

    A line over columns beside a cell's own makes it span them, but for those that a name above waits for.
    """
    under = [place for place in level.under if place not in waiting]
    lands = _lands(columns)
    spans = []
    for cell in level.cells:
        over = [i for i, (x0, x1) in enumerate(columns) if min(cell.x1, x1) - max(cell.x0, x0) > 0.3 * (x1 - x0)]
        place = column_of(cell.lines[-1], columns)
        low, high = min(over, default=place), max(over, default=place)
        within = low == high and lands[low][0] - 1 <= cell.x0 and cell.x1 <= lands[low][1] + 1
        spans.append((low, high) if within or low == 0 else _centred(cell, low, high, columns))
    lined = [i for i, (low, high) in enumerate(spans) if set(range(low, high + 1)) & set(level.under)]
    runs = {i: _own_run(level.cells[i], level) for i in lined}
    lonely = [run for run in level.drawn if not any(c.x0 < run[1] and run[0] < c.x1 for c in level.cells)]
    if all(runs.values()) and not any(_covered(columns[j], lonely) > 0.6 for j in under):
        for i, run in runs.items():
            over = [j for j in level.under if run is not None and _covered(columns[j], [run]) > 0.6]
            spans[i] = (min(over), max(over)) if over else spans[i]
    else:
        sharing = [i for i in lined if set(range(spans[i][0], spans[i][1] + 1)) & set(under)]
        if sharing and len(under) > len(sharing):
            shares = _shared_out([level.cells[i] for i in sharing], [(j, columns[j]) for j in under])
            for i, share in zip(sharing, shares, strict=True):
                spans[i] = share
    return _apart(spans, level, columns)


def _apart(spans: Sequence[tuple[int, int]], level: _Level, columns: Sequence[Interval]) -> list[tuple[int, int]]:
    """Spans of which none overlaps another: a cell whose span does keeps its own column only."""
    found = list(spans)
    for i, (low, high) in enumerate(spans):
        if any(a <= high and low <= b for j, (a, b) in enumerate(spans) if j != i):
            place = column_of(level.cells[i].lines[-1], columns)
            found[i] = (place, place)
    return found


def _own_run(cell: _HeadCell, level: _Level) -> Interval | None:
    """The line under a cell and under no other."""
    for x0, x1 in level.drawn:
        within = [other for other in level.cells if other.x0 < x1 and x0 < other.x1]
        if x0 - 3 <= cell.x0 and cell.x1 <= x1 + 3 and len(within) == 1:
            return x0, x1
    return None


def _shared_out(cells: Sequence[_HeadCell], columns: Sequence[tuple[int, Interval]]) -> list[tuple[int, int]]:
    """Share neighbouring columns out among cells so that each stands as near the middle of its own as can be."""

    @cache
    def best(cell: int, column: int) -> tuple[float, tuple[int, ...]]:
        left = len(cells) - cell - 1
        if left == 0:
            return _off(cells[cell], columns[column:]), (len(columns),)
        choices = []
        for end in range(column + 1, len(columns) - left + 1):
            cost, ends = best(cell + 1, end)
            choices.append((cost + _off(cells[cell], columns[column:end]), (end, *ends)))
        return min(choices)

    ends = best(0, 0)[1]
    starts = (0, *ends[:-1])
    return [(columns[a][0], columns[b - 1][0]) for a, b in zip(starts, ends, strict=True)]


def _off(cell: _HeadCell, columns: Sequence[tuple[int, Interval]]) -> float:
    return abs((columns[0][1][0] + columns[-1][1][1]) / 2 - cell.middle)


def _centred(cell: _HeadCell, low: int, high: int, columns: Sequence[Interval]) -> tuple[int, int]:
    """The columns that a cell is centred over: those it touches and as many beside them as fit best."""
    best, least = (low, high), 1e9
    for first in range(low, 0, -1):
        for last in range(high, len(columns)):
            x0, x1 = columns[first][0], columns[last][1]
            off = abs((x0 + x1) / 2 - cell.middle)
            if off < least and off < 0.12 * (x1 - x0) and x1 - x0 > 0.8 * (cell.x1 - cell.x0):
                best, least = (first, last), off
    return best


def _lands(columns: Sequence[Interval]) -> list[Interval]:
    """Each column's edges moved to the middle of the gutters beside it."""
    middles = [(a[1] + b[0]) / 2 for a, b in zip(columns, columns[1:], strict=False)]
    return list(zip([columns[0][0], *middles], [*middles, columns[-1][1] + 20], strict=True))
