"""Boxes around the numbers of a page that stand under one another, with their labels: where its tables may stand.

This module does not know where a table's header is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.draft import Box
from corpus.pdf.content import PageContent
from corpus.pdf.tables.cells import Band, CellRun

_REACH = 42.0  # points between a value and the one below it in the same table
_NAMED_REACH = 3.0  # sizes of the text between the names of columns and the only row below them


def value_boxes(rows: Sequence[Band], page: PageContent) -> list[Box]:
    """Boxes around values that stand under one another."""
    cells = [(i, cell) for i, band in enumerate(rows) for cell in band.values if not band.is_numbered(cell)]
    parent = list(range(len(cells)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for n, (i, cell) in enumerate(cells):
        for m in range(n + 1, len(cells)):
            j, other = cells[m]
            if rows[j].base - rows[i].base > _REACH:
                break
            if j == i and _beside(cell, other, rows[i]) or j > i and _under(cell, other):
                parent[root(m)] = root(n)
    groups: dict[int, list[tuple[int, CellRun]]] = {}
    for n, pair in enumerate(cells):
        groups.setdefault(root(n), []).append(pair)
    found = [_around(group, rows, page) for group in groups.values()]
    return [box for box in found if box is not None]


def _beside(a: CellRun, b: CellRun, band: Band) -> bool:
    """Whether two values of one band are neighbours, or have only a word or two between them."""
    between = [cell for cell in band.cells if a.x1 <= cell.x0 and cell.x1 <= b.x0]
    return sum(len(cell.text) for cell in between if not cell.is_value) <= 24


def _under(a: CellRun, b: CellRun) -> bool:
    shared = min(a.x1, b.x1) - max(a.x0, b.x0)
    return abs(a.x1 - b.x1) <= 3 or shared > 0.4 * min(a.x1 - a.x0, b.x1 - b.x0)


def _around(group: Sequence[tuple[int, CellRun]], rows: Sequence[Band], page: PageContent) -> Box | None:
    """The box of a group of values with their labels; None where it is no table."""
    numbers = sorted({i for i, _ in group})
    if len(group) < 3 or (len(numbers) < 2 and not _is_named(numbers[0], [cell for _, cell in group], rows)):
        return None
    x0, x1 = min(cell.x0 for _, cell in group), max(cell.x1 for _, cell in group)
    lowest, highest = rows[numbers[0]].base, rows[numbers[-1]].base
    drawn = _drawn_edges(x0, x1, lowest - rows[numbers[0]].size, highest, page)
    firsts = {i: min(cell.x0 for j, cell in group if j == i) for i in numbers}
    labelled = _labelled(firsts, rows, drawn)
    if drawn is not None and not labelled:  # lines drawn over and under the figures alone
        drawn, labelled = None, _labelled(firsts, rows, None)
    if len(labelled) < max(min(2, len(numbers)), 0.4 * len(numbers)) or _is_contents(group, labelled, rows):
        return None
    left = min(cell.x0 for found in labelled for cell in found)
    right = x1
    if drawn is not None:
        left, right = min(left, drawn[0]), max(right, drawn[1])
    for i in numbers:
        beyond = [cell for cell in rows[i].cells if cell.x0 > right and len(cell.text) <= 25]
        right = max([right, *(cell.x1 for cell in beyond[:1] if cell.x0 - right < 60)])
    return left, rows[numbers[0]].base - rows[numbers[0]].size, right, rows[numbers[-1]].base + 1


def _drawn_edges(x0: float, x1: float, y0: float, y1: float, page: PageContent) -> tuple[float, float] | None:
    """The outer edges of the lines and stripes drawn through a region, where they reach further than its values."""
    spans = [(r.x0, r.x1, r.y) for r in page.rules] + [
        (b[0], b[2], (b[1] + b[3]) / 2) for b in page.boxes if b[3] - b[1] < 80
    ]
    by_height: dict[int, list[tuple[float, float]]] = {}
    for a, b, y in spans:
        if y0 - 3 <= y <= y1 + 3:
            by_height.setdefault(round(y), []).append((a, b))
    reach: list[tuple[float, float]] = []
    for pieces in by_height.values():
        joined: list[list[float]] = []
        for a, b in sorted(pieces):
            if joined and a - joined[-1][1] < 14:
                joined[-1][1] = max(joined[-1][1], b)
            else:
                joined.append([a, b])
        reach += [(a, b) for a, b in joined if a <= x0 + 2 and b >= x1 - 2 and b - a > 1.1 * (x1 - x0)]
    if len(reach) < 2:
        return None
    lefts, rights = sorted(a for a, _ in reach), sorted(b for _, b in reach)
    return lefts[len(lefts) // 2], rights[len(rights) // 2]


def _is_named(number: int, values: Sequence[CellRun], rows: Sequence[Band]) -> bool:
    """Whether values that stand in one row alone are each named just above it."""
    above = rows[number - 1] if number else None
    if above is None or above.values or len(above.cells) != len(values):
        return False
    if rows[number].base - above.base > _NAMED_REACH * rows[number].size:
        return False
    middles = [(cell.x0 + cell.x1) / 2 for cell in above.cells]
    ends = [(cell.x0 + cell.x1) / 2 for cell in sorted(values, key=lambda cell: cell.x0)]
    return all(
        min(range(len(ends)), key=lambda other: abs(ends[other] - middle)) == place
        for place, middle in enumerate(middles)
    )


def _labelled(
    firsts: Mapping[int, float], rows: Sequence[Band], drawn: tuple[float, float] | None
) -> list[list[CellRun]]:
    """The labels of the rows that have one, given where each row's first value begins."""
    labels = [_labels(rows[i], first, drawn) for i, first in firsts.items()]
    return [found for found in labels if any(any(map(str.isalpha, cell.text)) or cell.is_year for cell in found)]


def _labels(band: Band, first: float, drawn: tuple[float, float] | None) -> list[CellRun]:
    """The words left of a band's first value that belong to its row."""
    found: list[CellRun] = []
    for cell in reversed([cell for cell in band.cells if cell.x1 <= first + 1 and not (cell.is_value and not found)]):
        if drawn is not None and cell.x0 < drawn[0] - 3:
            break
        if drawn is None and found and len(found[-1].text) > 12 and len(cell.text) > 30:
            break  # another column's prose
        found.append(cell)
    return found


def _is_contents(group: Sequence[tuple[int, CellRun]], labelled: Sequence[object], rows: Sequence[Band]) -> bool:
    """Whether the values are page numbers that rise down one column."""
    by_band: dict[int, list[CellRun]] = {}
    for i, cell in group:
        by_band.setdefault(i, []).append(cell)
    texts = [found[-1].text for _, found in sorted(by_band.items())]
    if any(len(found) > 1 for found in by_band.values()) or not all(re.fullmatch(r"\d{1,3}", text) for text in texts):
        return False
    pages = [int(text) for text in texts]
    rising = sum(1 for a, b in zip(pages, pages[1:], strict=False) if b >= a)
    return len(pages) > 2 and rising >= 0.9 * (len(pages) - 1) and pages[-1] > pages[0]
