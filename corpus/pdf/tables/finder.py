"""Finds where a page's tables stand: by numbers that stand under one another, and by lines ruled across the page.

This module does not know how a region is read: that is `corpus.pdf.tables.grid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.draft import Box
from corpus.pdf.content import PageContent
from corpus.pdf.lines import TextLine
from corpus.pdf.tables.cells import Band, bands
from corpus.pdf.tables.lattice import drawn_tables, outside
from corpus.pdf.tables.rows import Region
from corpus.pdf.tables.rules import ruled_boxes
from corpus.pdf.tables.value_boxes import value_boxes

_FAR_REACH = 60.0  # points between two boxes of one table that reach from edge to edge of the same lines
_MAX_HEADER_BANDS = 8
_NEAR_HEADER = 30.0  # points between a row of the header and the next below it
_FAR_HEADER = 48.0  # the same where it stands on a dark stripe, or names several columns
_NOTE = re.compile(r"[⁰¹²³⁴-⁹*†]|\(?\d{1,2}\)")
_CAPTION = re.compile(r"\(.*\)|(?:table|tab\.|tabelle)\s+(?:\d|[A-Z]\b).*", re.IGNORECASE)


def find_tables(lines: Sequence[TextLine], page: PageContent, usual: float) -> list[Region]:
    """Find the tables of a page, from the top down; none overlaps another.

    Args:
        lines: The page's lines, running ones left out.
        page: What the page shows.
        usual: The size of the document's prose, in points.
    """
    rows = bands(lines)
    drawn = drawn_tables(rows, page, value_boxes(rows, page))
    whole, rows = rows, [outside(band, drawn) for band in rows]
    found: list[Region] = []
    boxes = _joined([*value_boxes(rows, page), *ruled_boxes(rows, page, usual)])
    for x0, y0, x1, y1 in boxes:
        found += _value_tables(x0, y0, x1, y1, rows)
    for x0, y0, x1, y1 in boxes:
        found += _word_tables([band.inside(x0 - 3, x1 + 3) for band in rows if y0 < band.middle < y1], x0, x1, found)
    found = sorted([*drawn, *found], key=lambda region: region.y0)
    return [_with_caption(region, whole) for region in found if len(region.bands) > 1]


def _region(inside: Sequence[Band], left: float, right: float) -> Region:
    top, bottom = inside[0], inside[-1]
    return Region(list(inside), left, right, top.base - top.size, bottom.base + 0.3 * bottom.size)


def _value_tables(x0: float, y0: float, x1: float, y1: float, rows: Sequence[Band]) -> list[Region]:
    """The tables of a box whose rows hold values: a new one begins where a header or prose parts the values."""
    across = [band.inside(x0 - 3, x1 + 3) for band in rows]
    inside = [i for i, band in enumerate(across) if y0 < band.middle < y1 and band.cells]
    held = [i for i in inside if across[i].values]
    if not held or len(held) < 0.5 * sum(1 for i in inside if i >= held[0] and len(across[i].cells) > 1):
        return []
    values = min((cell.x0 for i in held for cell in across[i].values), default=x1)
    parts: list[list[int]] = []
    for i in held:
        between = across[parts[-1][-1] + 1 : i] if parts else []
        if parts and not any(_heads(band, values) or _crosses(band, x0, x1, values) for band in between):
            parts[-1].append(i)
        else:
            parts.append([i])
    found = []
    floor = 0
    for part in parts:
        end = _wrap_end(part[-1], across, values)
        start = _header_start(part[0], floor, across, x0, x1, values)
        if len(part) > 1 or start < part[0]:
            found.append(_region([band for band in across[start : end + 1] if band.cells], x0, x1))
            floor = end + 1
    return found


def _heads(band: Band, values: float) -> bool:
    """Whether a band names columns: words or years over the values and no label beside them."""
    over = [cell for cell in band.cells if cell.x0 > values - 12 and cell.x1 > values]
    return bool(over) and not band.values and (len(over) == len(band.cells) or len(over) > 1)


def _crosses(band: Band, left: float, right: float, values: float) -> bool:
    """Whether a band is prose that runs from the labels into the values."""
    return len(band.cells) == 1 and band.is_prose(left, right) and band.cells[0].x1 > values + 12


def _header_start(first: int, floor: int, rows: Sequence[Band], left: float, right: float, values: float) -> int:
    """The first band of the header above the band of the first values, not above `floor`."""
    start, pending = first, first
    for i in range(first - 1, max(floor, first - _MAX_HEADER_BANDS) - 1, -1):
        band = rows[i]
        if not band.cells:
            continue
        names = len(band.cells) > 1 and _heads(band, values)
        near = _FAR_HEADER if band.is_light or names else _NEAR_HEADER
        apart = rows[pending].base - band.base > max(near, 3.2 * max(band.size, rows[pending].size))
        if apart or band.values or (band.is_prose(left, right) and not band.is_light):
            break
        over = [cell for cell in band.cells if cell.x1 > values - 6 and cell.x0 > left + 0.12 * (right - left)]
        crosses = not over and any(cell.x1 > values + 25 for cell in band.cells)
        larger = len(band.text) > 40 and band.size > 1.25 * rows[first].size  # the prose above a table set smaller
        wordy = larger or len(band.cells) > 1 and any(len(c.text) > 45 and c.text[0] != "(" for c in band.cells)
        if not band.is_light and (crosses or wordy or _is_title(band, left, right, values)):
            break
        pending = i
        if over:
            start = i
    if start == first:  # no header: labels just above are groups of the rows below, or their first label's first line
        for i in range(first - 1, pending - 1, -1):
            close = i == first - 1 and rows[first].base - rows[i].base < 1.35 * rows[first].size
            above = rows[i - 1] if i else None
            if above is not None and above.is_prose(left, right) and rows[i].base - above.base < 1.5 * rows[i].size:
                break  # the last line of the prose above
            if rows[i].text.rstrip().endswith(":") or (close and rows[first].cells[0].text[:1] in "(&"):
                start = i
    return start


def _is_title(band: Band, left: float, right: float, values: float) -> bool:
    """Whether a band is one line centred over the whole table, and no label such as "ASSETS:"."""
    x0, x1 = band.cells[0].x0, band.cells[-1].x1
    alone = len(band.cells) == 1 and band.text[-1:] != ":"
    return alone and x0 < values - 12 and abs((x0 + x1) - (left + right)) < 0.06 * (right - left)


def _wrap_end(last: int, rows: Sequence[Band], values: float) -> int:
    """The last band of a label that wraps below the last values."""
    end = last
    while end + 1 < len(rows):
        following = rows[end + 1]
        wraps = (
            len(following.cells) == 1
            and following.cells[0].x1 < values
            and (following.text[:1].islower() or following.text[:1] == "(")
        )
        if not wraps or following.base - rows[end].base > 1.35 * following.size:
            return end
        end += 1
    return end


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes that overlap joined to one, from the top down."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: box[0] - box[2]):
        while (host := next((other for other in found if _shares(box, other)), None)) is not None:
            found.remove(host)
            box = min(box[0], host[0]), min(box[1], host[1]), max(box[2], host[2]), max(box[3], host[3])
        found.append(box)
    return sorted(found, key=lambda box: box[1])


def _shares(a: Box, b: Box) -> bool:
    """Whether two boxes overlap, or follow one another between the same edges."""
    if abs(a[0] - b[0]) < 8 and abs(a[2] - b[2]) < 8:
        return max(a[1], b[1]) - min(a[3], b[3]) < _FAR_REACH
    wide = min(a[2], b[2]) - max(a[0], b[0]) > 0.5 * min(a[2] - a[0], b[2] - b[0])
    return wide and min(a[3], b[3]) > max(a[1], b[1])


def _word_tables(inside: Sequence[Band], x0: float, x1: float, taken: Sequence[Region]) -> list[Region]:
    """Tables of words: runs of bands that no other table holds, without the footnotes at their end."""
    runs: list[list[Band]] = [[]]
    for band in inside:
        if any(region.y0 < band.middle < region.y1 and region.x0 < x1 and x0 < region.x1 for region in taken):
            runs.append([])
        elif band.cells:
            runs[-1].append(band)
    found = []
    for run in runs:
        sizes = sorted(band.size for band in run)
        for place, band in enumerate(run):
            if place > len(run) // 2 and band.size < sizes[len(sizes) // 2] and _NOTE.match(band.text):
                run = run[:place]
                break
        several = [band for band in run if len(band.cells) > 1]
        marked = sum(1 for band in several if len(band.cells[0].text) <= 3 and not band.cells[0].text[:2].isalpha())
        if len(run) > 2 and len(several) >= max(2, 0.3 * len(run)) and marked < 0.5 * len(several):
            found.append(_region(run, x0, x1))
    return found


def _with_caption(region: Region, rows: Iterable[Band]) -> Region:
    """Take a unit line or a numbered title just above the region into it."""
    for band in reversed([band for band in rows if band.base < region.y0 + 1]):
        inside = band.inside(region.x0 - 2, region.x1 + 2)
        near = region.y0 - inside.base < 1.8 * inside.size
        if len(inside.cells) != 1 or len(band.cells) != 1 or not near or not _CAPTION.fullmatch(inside.text):
            break
        region.caption.insert(0, inside)
        region.y0 = inside.base - inside.size
    return region
