"""Finds boxes on a page in which lines ruled one under the other part rows of cells.

This module does not know how a table is read.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.draft import Box
from corpus.pdf.content import PageContent, Rule
from corpus.pdf.tables.cells import Band


def ruled_boxes(rows: Sequence[Band], page: PageContent, usual: float) -> list[Box]:
    """Boxes between lines ruled one under the other with the same ends."""
    rules = _joined_rules(page)
    found: list[Box] = []
    used: set[int] = set()
    for i, rule in enumerate(rules):
        if i in used or rule.x1 - rule.x0 < 0.25 * page.width:
            continue
        stack = [rule]
        for j in range(i + 1, len(rules)):
            other = rules[j]
            if (
                abs(other.x0 - rule.x0) < 4
                and abs(other.x1 - rule.x1) < 4
                and other.y - stack[-1].y < 0.45 * page.height
            ):
                stack.append(other)
                used.add(j)
        if len(stack) > 2:
            found += _between(stack, rows, usual)
    return found


def _joined_rules(page: PageContent) -> list[Rule]:
    """Rules, and the edges of stripes, at one height joined where they nearly touch."""
    pieces = [(round(rule.y), rule.x0, rule.x1) for rule in page.rules]
    pieces += [(round(y), b[0], b[2]) for b in page.boxes if 6 < b[3] - b[1] < 0.4 * page.height for y in (b[1], b[3])]
    joined: list[list[float]] = []
    for y, x0, x1 in sorted(pieces):
        if joined and y - joined[-1][0] <= 1 and x0 - joined[-1][2] < 14 and x1 >= joined[-1][1]:
            joined[-1][2] = max(joined[-1][2], x1)
        else:
            joined.append([y, x0, x1])
    return [Rule(x0, x1, y) for y, x0, x1 in joined]


def _between(stack: Sequence[Rule], rows: Sequence[Band], usual: float) -> list[Box]:
    """The boxes between rules, where most of what they part stands in columns; prose between rules ends one."""
    found: list[tuple[Rule, Rule, list[list[Band]]]] = []
    zones: list[list[Band]] = []
    top = stack[0]
    heights = sorted(below.y - above.y for above, below in zip(stack, stack[1:], strict=False) if below.y - above.y > 6)
    tall = max(60.0, 3 * heights[len(heights) // 2]) if heights else 60.0
    for above, below in zip(stack, stack[1:], strict=False):
        zone = [band.inside(above.x0 - 3, above.x1 + 3) for band in rows if above.y < band.middle < below.y]
        zone = [band for band in zone if band.cells]
        prose = any(len(band.cells) == 1 and band.is_prose(above.x0, above.x1) for band in zone)
        prose = prose or sum(1 for band in zone if _is_two_columns(band, usual)) > 3
        several = sum(1 for band in zone if len(band.cells) > 1)
        if prose or (below.y - above.y > tall and several < 0.5 * len(zone)):
            found.append((top, above, zones))
            zones, top = [], below
        elif zone:
            zones.append(zone)
    found.append((top, stack[-1], zones))
    return [(a.x0, a.y, a.x1, b.y) for a, b, inside in found if _is_columned(inside)]


def _is_columned(zones: Sequence[Sequence[Band]]) -> bool:
    parted = [zone for zone in zones if any(len(band.cells) > 1 for band in zone)]
    several = sum(1 for zone in zones for band in zone if len(band.cells) > 1)
    return len(parted) > 1 and len(parted) >= 0.4 * len(zones) and several > 1


def _is_two_columns(band: Band, usual: float) -> bool:
    """Whether a band is lines of prose side by side."""
    return len(band.cells) > 1 and band.size >= usual and all(len(cell.text) > 30 for cell in band.cells)
