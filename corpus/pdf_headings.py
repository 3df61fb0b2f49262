"""Tells headings, key figures and their labels among a document's paragraphs, by their size, weight and place.

This module does not know how they are written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.figure import find_figures
from corpus.layout import Paragraph, PlacedTable
from corpus.pdf_cells import is_value
from corpus.pdf_content import Look
from corpus.pdf_lines import TextLine

LARGE = 1.3  # sizes of the document's prose
NUMBERED = re.compile(r"(?:item|part|note|section|chapter|annex|appendix)\s+[\dA-Z]|(?:\d+\.)+\d*\s+\S", re.IGNORECASE)
_MAX_HEADING_CHARS = 160
_MAX_FIGURE_CHARS = 40
_DEEPEST = 6
_SHORT_PAGES = 5  # a longer document's first page is its cover, which heads nothing
_PAGE_AT_END = re.compile(r"[^\d\s]\s+\d{1,3}$")

Item = Paragraph | PlacedTable


def without_runs(headings: dict[int, Look]) -> dict[int, Look]:
    """Leave out three or more that follow one another in one look: the words of a diagram, which head nothing."""
    kept: dict[int, Look] = {}
    run: list[int] = []
    for place in sorted(headings):
        if run and (place != run[-1] + 1 or style_of(headings[place]) != style_of(headings[run[-1]])):
            kept |= {other: headings[other] for other in run if len(run) < 3}
            run = []
        run.append(place)
    return kept | {other: headings[other] for other in run if len(run) < 3}


def body_color(lines: Iterable[TextLine]) -> int:
    """The colour of most characters."""
    colors: Counter[int] = Counter()
    for line in lines:
        for word in line.words:
            colors[word.look.color] += len(word.text)
    return colors.most_common(1)[0][0] if colors else 0


def style_of(look: Look) -> tuple[float, bool]:
    """What of a look makes a heading's level: size and weight."""
    return look.size, look.bold


def levels_of(looks: Iterable[Look]) -> dict[tuple[float, bool], int]:
    """A level for each look of a heading: the larger and the heavier, the higher."""
    styles = sorted({style_of(look) for look in looks}, key=lambda style: (-style[0], not style[1]))
    sizes: list[tuple[float, bool]] = []
    levels = {}
    for style in styles:
        if not sizes or sizes[-1][0] - style[0] > 0.6 or style[1] != sizes[-1][1]:
            sizes.append(style)
        levels[style] = min(len(sizes), _DEEPEST)
    return levels


def is_heading(flow: Sequence[tuple[int, Item]], place: int, usual: float, color: int) -> bool:
    """Whether a paragraph names what follows it."""
    number, item = flow[place]
    assert isinstance(item, Paragraph)
    text, look = item.text, item.look
    letters = sum(map(str.isalpha, text))
    if (
        (number == 1 and flow[-1][0] > _SHORT_PAGES)
        or len(text) > _MAX_HEADING_CHARS
        or len(item.lines) > 4
        or letters < 3
        or text.rstrip()[-1] in ".,;"
    ):
        return False
    if item.is_item and not item.look.bold or place + 1 == len(flow):
        return False
    if is_figure(item, usual) or (_PAGE_AT_END.search(text) and not NUMBERED.match(text)):
        return False
    whole = all(word.look.bold for line in item.lines for word in line.words)
    strong = whole or (look.color != color and all(line.look.color == look.color for line in item.lines))
    if look.size < 0.95 * usual or not (look.size >= 1.12 * usual or strong):
        return False
    if text.rstrip().endswith(":") and look.size < 1.12 * usual:
        return False
    following = next((other for page, other in flow[place + 1 : place + 2] if page == number), None)
    if following is None:
        return look.size >= 1.12 * usual
    return not isinstance(following, Paragraph) or _leads(item, following, usual)


def _leads(item: Paragraph, following: Paragraph, usual: float) -> bool:
    """Whether what follows stands under a heading: below it and not set off as a picture's words are."""
    if item.look.size >= 1.4 * usual and following.look.size > item.look.size:
        return False
    if following.lines[0].base <= item.lines[-1].base:  # it stands in the next column
        return item.look.size >= 1.12 * usual
    centred = abs((item.box[0] + item.box[2]) - (following.box[0] + following.box[2])) < 4
    return not (
        centred
        and following.box[0] - item.box[0] != 0
        and item.look.size >= 1.4 * usual
        and following.look.size < item.look.size
        and following.look.color == item.look.color
        and len(following.text) < 120
    )


def is_figure(item: Paragraph, usual: float) -> bool:
    """Whether a paragraph is a figure set large."""
    text = item.text
    large = item.look.size >= LARGE * usual or (is_value(text) and item.look.size >= 0.95 * usual)
    if re.fullmatch(r"\d{1,2}\.?", text) or not large or len(text) > _MAX_FIGURE_CHARS or NUMBERED.match(text):
        return False
    found = find_figures(text)
    return any(not one.figure.is_year and any(map(str.isdigit, one.figure.text)) for one in found) and (
        len(text) - sum(one.end - one.start for one in found) <= _MAX_FIGURE_CHARS // 2
    )


def stands_under(item: Paragraph, label: Sequence[TextLine], following: Paragraph) -> bool:
    """Whether a paragraph goes on with a key figure's label."""
    last = label[-1] if label else item.lines[-1]
    near = 0 < following.lines[0].base - last.base < 0.5 * last.look.size + 1.5 * following.look.size
    shared = min(item.box[2], following.box[2]) - max(item.box[0], following.box[0])
    first = label[0].look if label else None
    same = first is None or (abs(first.size - following.look.size) < 0.6 and first.color == following.look.color)
    return near and shared > 0 and same and following.look.size < 0.85 * item.look.size and len(following.text) < 160
