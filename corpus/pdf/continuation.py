"""Joins paragraphs that go on in the next column or on the next page.

A paragraph goes on where it ends within a sentence and the next of its look begins with a small letter; footnotes and
tables may stand between the two. This module does not know how a page is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.pdf.headings import Item
from corpus.pdf.layout import SENTENCE_END, Paragraph

_MIN_CHARS = 40  # of what goes on: less is a label
_MIN_ITEM_CHARS = 80
_FARTHEST = 8  # items between the two parts


def join_parted(flow: Sequence[tuple[int, Item]], usual: float) -> tuple[list[tuple[int, Item]], Mapping[int, int]]:
    """Join what was parted.

    Args:
        flow: Page and item, in reading order.
        usual: The size of the document's prose, in points.

    Returns:
        What is left, and by the id of a line the page that it stands on, where that is not its paragraph's.
    """
    kept: list[tuple[int, Item]] = []
    pages: dict[int, int] = {}
    for number, item in flow:
        first = _first_part(kept, number, item, usual) if isinstance(item, Paragraph) else None
        if first is None:
            kept.append((number, item))
            continue
        place, paragraph = first
        assert isinstance(item, Paragraph)
        pages |= {id(line): number for line in item.lines if number != kept[place][0]}
        kept[place] = kept[place][0], Paragraph([*paragraph.lines, *item.lines])
    return kept, pages


def _first_part(
    kept: Sequence[tuple[int, Item]], number: int, item: Paragraph, usual: float
) -> tuple[int, Paragraph] | None:
    """The paragraph that goes on with another, and its place."""
    if not item.text[:1].islower() or item.is_item or item.look.size < 0.9 * usual:
        return None
    for place in range(len(kept) - 1, max(-1, len(kept) - 1 - _FARTHEST), -1):
        page, other = kept[place]
        if page < number - 1:
            return None
        if not isinstance(other, Paragraph) or other.is_note or other.look.size < item.look.size - 0.6:
            continue
        long = len(other.text) >= (_MIN_ITEM_CHARS if other.is_item else _MIN_CHARS)
        goes_on = long and not SENTENCE_END.search(other.text) and _is_full(other)
        alike = other.look.size < item.look.size + 0.6 and other.look.bold == item.look.bold
        above = page == number and other.lines[-1].base < item.lines[0].base
        return (place, other) if goes_on and alike and other.look.color == item.look.color and not above else None
    return None


def _is_full(paragraph: Paragraph) -> bool:
    """Whether the last line reaches as far as those above it."""
    last = paragraph.lines[-1]
    row = [line for line in paragraph.lines if abs(line.base - last.base) < 1]
    right = max(line.x1 for line in paragraph.lines[-4:])
    return right - max(line.x1 for line in row) < 6 * last.look.size
