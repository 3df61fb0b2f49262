"""Tells headings, key figures and their labels among a document's paragraphs, by their size, weight and place.

This module does not know how they are written.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpus.figure import find_figures
from corpus.pdf.content import Look
from corpus.pdf.layout import Paragraph, PlacedTable
from corpus.pdf.lines import TextLine
from corpus.pdf.tables.cells import is_value

LARGE = 1.3  # sizes of the document's prose
NUMBERED = re.compile(r"(?:item|part|note|section|chapter|annex|appendix)\s+[\dA-Z]|(?:\d+\.)+\d*\s+\S", re.IGNORECASE)
_MAX_HEADING_CHARS = 160
_MAX_FIGURE_CHARS = 40
_DEEPEST = 6
_SHORT_PAGES = 5  # a longer document's first page is its cover, which heads nothing
_PAGE_AT_END = re.compile(r"[^\d\s]\s+\d{1,3}$")

_LEADING = {"part": 0, "chapter": 0, "item": 1, "section": 1, "note": 2, "annex": 0, "appendix": 0}
_UNNUMBERED = 3

Item = Paragraph | PlacedTable
Style = tuple[float, bool, bool]


def find_headings(flow: Sequence[tuple[int, Item]], usual: float, color: int) -> dict[int, tuple[Look, str]]:
    """A document's headings, by their place: look and words.

    Args:
        flow: Page and item, in reading order.
        usual: The size of the document's prose, in points.
        color: Its colour.
    """
    found = {
        place: item
        for place, (_, item) in enumerate(flow)
        if isinstance(item, Paragraph) and is_heading(flow, place, usual, color)
    }
    low = {place for place, item in found.items() if item.lines[0].words[0].text.islower()}
    styles = Counter(style_of(item.look) for item in found.values())
    low_styles = Counter(style_of(found[place].look) for place in low)
    # Where headings of a style begin with a capital, one that does not goes on with the large words before it.
    low = {p for p in low if low_styles[style_of(found[p].look)] < 0.5 * styles[style_of(found[p].look)]}
    kept = _without_runs({p: item.look for p, item in found.items() if p not in low and p + 1 not in low})
    return {place: (look, found[place].text) for place, look in kept.items()}


def _without_runs(headings: dict[int, Look]) -> dict[int, Look]:
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


def style_of(look: Look) -> Style:
    """What of a look makes a heading's level: size, weight and slant."""
    return look.size, look.bold, look.italic


def levels_of(headings: Mapping[int, tuple[Look, str]]) -> dict[int, int]:
    """A level for each heading: the larger and the heavier, the higher; in one style a part, an item or a note leads.

    Args:
        headings: Look and words by place.
    """
    styles = sorted(
        {style_of(look) for look, _ in headings.values()}, key=lambda style: (-style[0], not style[1], style[2])
    )
    ranks: dict[Style, int] = {}
    for style in styles:
        last = next(reversed(ranks), None)
        alike = last is not None and last[0] - style[0] <= 0.6 and last[1:] == style[1:]
        ranks[style] = ranks[last] if alike and last is not None else len(ranks)
    keys = {place: (ranks[style_of(look)], _depth(text)) for place, (look, text) in headings.items()}
    led = {rank for rank, depth in keys.values() if depth < _UNNUMBERED}
    keys = {place: key if key[0] in led else (key[0], 0) for place, key in keys.items()}
    order = {key: number for number, key in enumerate(sorted(set(keys.values())), 1)}
    return {place: min(order[key], _DEEPEST) for place, key in keys.items()}


def _depth(text: str) -> int:
    """How deep a heading is by its first word, among those that look the same."""
    first = text.split()[0].lower()
    numbered = NUMBERED.match(text) is not None
    return _LEADING.get(first, _UNNUMBERED) if numbered else _UNNUMBERED


def is_heading(flow: Sequence[tuple[int, Item]], place: int, usual: float, color: int) -> bool:
    """Whether a paragraph names what follows it."""
    number, item = flow[place]
    assert isinstance(item, Paragraph)
    look = item.look
    words = [word for line in item.lines for word in line.words if word.look.size >= 0.9 * look.size]
    text = " ".join(word.text for word in words)  # without codes and marks set smaller beside it
    letters = sum(map(str.isalpha, text))
    if (
        (number == 1 and flow[-1][0] > _SHORT_PAGES)
        or len(text) > _MAX_HEADING_CHARS
        or len(item.lines) > 4
        or letters < 3
        or text.rstrip()[-1] in ".,;"
        or text[0] == "("
    ):
        return False
    if item.is_item and not item.look.bold or place + 1 == len(flow):
        return False
    if is_figure(item, usual) or (_PAGE_AT_END.search(text) and not NUMBERED.match(text)):
        return False
    whole = all(word.look.bold for word in itertools.takewhile(lambda word: word.text[0] not in "[(", words))
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
    step = following.lines[0].base - last.base
    near = 0 < step < 0.5 * last.look.size + 1.5 * following.look.size
    centred = abs(item.box[0] + item.box[2] - following.box[0] - following.box[2]) < 6
    if not label and centred and item.look.color == following.look.color:  # as in a circle with its label below
        near = 0 < step < 5 * item.look.size
    shared = min(item.box[2], following.box[2]) - max(item.box[0], following.box[0])
    first = label[0].look if label else None
    same = first is None or (abs(first.size - following.look.size) < 0.6 and first.color == following.look.color)
    return near and shared > 0 and same and following.look.size < 0.85 * item.look.size and len(following.text) < 160
