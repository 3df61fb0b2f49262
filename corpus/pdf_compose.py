"""Pages in reading order become a document: headings by size and weight, lists, key figures, footnotes, tables.

This module does not know how a page is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.draft import Draft, Piece, TableDraft
from corpus.figure import find_figures
from corpus.layout import Paragraph, PlacedTable
from corpus.pdf_cells import is_value
from corpus.pdf_lines import TextLine, body_size
from corpus.pdf_page import Look

_MAX_HEADING_CHARS = 160
_MAX_CAPTION_CHARS = 240
_MAX_FRAGMENT_CHARS = 60
_MAX_FIGURE_CHARS = 40
_DEEPEST = 6
_SHORT_PAGES = 5  # a longer document's first page is its cover, which heads nothing
_LARGE = 1.3  # sizes of the document's prose
_HYPHEN = re.compile(r"([A-Za-zÀ-ÿ]+)[-‐]$")
_MARKED = re.compile(r"[⁰¹²³⁴-⁹*†‡]|\(?\d{1,2}\)\s|\[\d+\]")
_PAGE_AT_END = re.compile(r"[^\d\s]\s+\d{1,3}$")
_NUMBERED = re.compile(r"(?:item|part|note|section|chapter|annex|appendix)\s+[\dA-Z]|(?:\d+\.)+\d*\s+\S", re.IGNORECASE)

Item = Paragraph | PlacedTable


def compose(pages: Sequence[tuple[int, Sequence[Item]]]) -> Draft:
    """Write a document.

    Args:
        pages: The number of each page and what stands on it, in reading order.
    """
    flow = [(number, item) for number, items in pages for item in items]
    lines = [line for _, item in flow if isinstance(item, Paragraph) for line in item.lines]
    usual, color = body_size([lines]), _body_color(lines)
    known = _vocabulary(lines)
    headings = _without_runs(
        {
            place: item.look
            for place, (_, item) in enumerate(flow)
            if isinstance(item, Paragraph) and _is_heading(flow, place, usual, color)
        }
    )
    return _Writer(flow, set(headings), _levels(headings.values()), usual, known).write()


def _without_runs(headings: dict[int, Look]) -> dict[int, Look]:
    """Leave out three or more that follow one another in one look: the words of a diagram, which head nothing."""
    kept: dict[int, Look] = {}
    run: list[int] = []
    for place in sorted(headings):
        if run and (place != run[-1] + 1 or _style(headings[place]) != _style(headings[run[-1]])):
            kept |= {other: headings[other] for other in run if len(run) < 3}
            run = []
        run.append(place)
    return kept | {other: headings[other] for other in run if len(run) < 3}


class _Writer:
    """Goes through a document's items and writes them as blocks."""

    def __init__(
        self,
        flow: Sequence[tuple[int, Item]],
        headings: set[int],
        levels: dict[tuple[float, bool], int],
        usual: float,
        known: Counter[str],
    ) -> None:
        self._flow = flow
        self._headings = headings
        self._levels = levels
        self._usual = usual
        self._known = known
        self._draft = Draft()

    def write(self) -> Draft:
        place = 0
        while place < len(self._flow):
            place = self._next(place)
        return self._draft

    def _next(self, place: int) -> int:
        """Write the item at a place, with those that belong to it; gives the place after them."""
        number, item = self._flow[place]
        if isinstance(item, PlacedTable):
            before = self._flow[place - 1][1] if place else None
            self._draft.table(self._inherited(place, item, before), number)
            return place + 1
        if place in self._headings:
            return self._heading(place)
        if self._is_caption(place):
            self._draft.table(self._captioned(place), number)
            return place + 2
        if _is_figure(item, self._usual):
            end = self._key_figure(place)
            if end:
                return end
        if item.is_item:
            return self._list(place)
        end = self._fragments_end(place)
        if end > place + 2:
            return self._fragments(place, end)
        small = item.look.size < 0.9 * self._usual
        self._draft.block(
            "footnote" if small and _MARKED.match(item.text) else "paragraph", self._pieces(item.lines), number
        )
        return place + 1

    def _heading(self, place: int) -> int:
        """A heading, its next lines where they look the same and follow at once."""
        number, item = self._flow[place]
        assert isinstance(item, Paragraph)
        level = self._levels[_style(item.look)]
        if _NUMBERED.match(item.text) and level > 1:
            level = min(level, _DEEPEST)
        self._draft.heading(self._pieces(item.lines), level, number)
        return place + 1

    def _is_caption(self, place: int) -> bool:
        """Whether a paragraph introduces the table after it, on the same page."""
        number, item = self._flow[place]
        if place + 1 >= len(self._flow) or not isinstance(item, Paragraph):
            return False
        following, table = self._flow[place + 1]
        said = item.text.rstrip()
        return (
            following == number
            and isinstance(table, PlacedTable)
            and len(said) <= _MAX_CAPTION_CHARS
            and (said.endswith(":") or said.endswith(")") or item.look.bold)
        )

    def _captioned(self, place: int) -> TableDraft:
        item, table = self._flow[place][1], self._flow[place + 1][1]
        assert isinstance(item, Paragraph) and isinstance(table, PlacedTable)
        draft = self._inherited(place + 1, table, None)
        return replace(draft, caption=(*self._pieces(item.lines), *draft.caption))

    def _inherited(self, place: int, table: PlacedTable, before: Item | None) -> TableDraft:
        """The table with the header of the one that it goes on from, where it has none of its own."""
        if any(table.draft.header[1:]):
            return table.draft
        earlier = next((item for _, item in reversed(self._flow[:place]) if isinstance(item, PlacedTable)), None)
        pages = [number for number, _ in self._flow[max(0, place - 12) : place + 1]]
        if earlier is None or len(earlier.columns) != len(table.columns) or pages[-1] - pages[0] > 1:
            return table.draft
        aligned = all(abs(a - b) < 12 for a, b in zip(earlier.columns[1:], table.columns[1:], strict=True))
        return replace(table.draft, header=earlier.draft.header) if aligned else table.draft

    def _key_figure(self, place: int) -> int:
        """A figure and the words below it; nothing and 0 where none stand below and it is not set large."""
        number, item = self._flow[place]
        assert isinstance(item, Paragraph)
        end = place + 1
        label: list[TextLine] = []
        while end < len(self._flow) and self._flow[end][0] == number:
            following = self._flow[end][1]
            if not isinstance(following, Paragraph) or not _stands_under(item, label, following):
                break
            label += following.lines
            end += 1
        if not label and item.look.size < _LARGE * self._usual:
            return 0
        pieces = self._pieces(item.lines)
        if label:
            pieces[-1] = replace(pieces[-1], glue="\n")
            pieces += self._pieces(label)
        self._draft.block("key_figure", pieces, number)
        return end

    def _list(self, place: int) -> int:
        """Items that follow one another on one page."""
        number = self._flow[place][0]
        pieces: list[Piece] = []
        end = place
        while end < len(self._flow) and self._flow[end][0] == number and end not in self._headings:
            item = self._flow[end][1]
            if not isinstance(item, Paragraph) or not item.is_item:
                break
            if pieces:
                pieces[-1] = replace(pieces[-1], glue="\n")
            pieces += self._pieces(item.lines)
            end += 1
        self._draft.block("list", pieces, number)
        return end

    def _fragments_end(self, place: int) -> int:
        """The place after the run of words that begins here: the labels of a picture or a diagram."""
        number, end = self._flow[place][0], place
        while end < len(self._flow) and self._flow[end][0] == number and end not in self._headings:
            item = self._flow[end][1]
            if not isinstance(item, Paragraph) or len(item.text) > _MAX_FRAGMENT_CHARS or item.text[-1:] in ".;":
                break
            if _is_figure(item, self._usual):
                break
            end += 1
        return end

    def _fragments(self, place: int, end: int) -> int:
        number, pieces = self._flow[place][0], []
        for _, item in self._flow[place:end]:
            assert isinstance(item, Paragraph)
            pieces += self._pieces(item.lines)
            pieces[-1] = replace(pieces[-1], glue="\n")
        self._draft.block("paragraph", pieces, number)
        return end

    def _pieces(self, lines: Sequence[TextLine]) -> list[Piece]:
        """Lines as pieces; a word parted by a hyphen at a line's end is joined."""
        pieces = []
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            text, glue = line.text, " "
            parted = _HYPHEN.search(text)
            if parted and following is not None and following.text[:1].isalpha():
                rest = re.match(r"[A-Za-zÀ-ÿ]+", following.text)
                glue = ""
                if rest and rest.group()[0].islower() and self._is_one_word(parted.group(1), rest.group()):
                    text = text[:-1]
            pieces.append(Piece(text, line.box, glue))
        return pieces

    def _is_one_word(self, first: str, rest: str) -> bool:
        """Whether the document writes two parts as one word rather than with a hyphen."""
        whole, hyphened = (first + rest).lower(), f"{first}-{rest}".lower()
        return self._known[whole] >= self._known[hyphened]


def _body_color(lines: Iterable[TextLine]) -> int:
    colors: Counter[int] = Counter()
    for line in lines:
        for word in line.words:
            colors[word.look.color] += len(word.text)
    return colors.most_common(1)[0][0] if colors else 0


def _vocabulary(lines: Iterable[TextLine]) -> Counter[str]:
    """How often each word stands whole on a line."""
    words: Counter[str] = Counter()
    for line in lines:
        for word in line.words:
            words[word.text.strip(".,;:()“”\"'’").lower()] += 1
    return words


def _style(look: Look) -> tuple[float, bool]:
    return look.size, look.bold


def _levels(looks: Iterable[Look]) -> dict[tuple[float, bool], int]:
    """A level for each look of a heading: the larger and the heavier, the higher."""
    styles = sorted({_style(look) for look in looks}, key=lambda style: (-style[0], not style[1]))
    sizes: list[tuple[float, bool]] = []
    levels = {}
    for style in styles:
        if not sizes or sizes[-1][0] - style[0] > 0.6 or style[1] != sizes[-1][1]:
            sizes.append(style)
        levels[style] = min(len(sizes), _DEEPEST)
    return levels


def _is_heading(flow: Sequence[tuple[int, Item]], place: int, usual: float, color: int) -> bool:
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
    if _is_figure(item, usual) or (_PAGE_AT_END.search(text) and not _NUMBERED.match(text)):
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
    below = following.box[1] - item.box[3]
    if below < -2:  # it stands in the next column
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


def _is_figure(item: Paragraph, usual: float) -> bool:
    """Whether a paragraph is a figure set large."""
    text = item.text
    large = item.look.size >= _LARGE * usual or (is_value(text) and item.look.size >= 0.95 * usual)
    if re.fullmatch(r"\d{1,2}\.?", text) or not large or len(text) > _MAX_FIGURE_CHARS or _NUMBERED.match(text):
        return False
    found = find_figures(text)
    return any(not one.figure.is_year and any(map(str.isdigit, one.figure.text)) for one in found) and (
        len(text) - sum(one.end - one.start for one in found) <= _MAX_FIGURE_CHARS // 2
    )


def _stands_under(item: Paragraph, label: Sequence[TextLine], following: Paragraph) -> bool:
    """Whether a paragraph goes on with a key figure's label."""
    last = label[-1] if label else item.lines[-1]
    near = 0 < following.lines[0].base - last.base < 0.5 * last.look.size + 1.5 * following.look.size
    shared = min(item.box[2], following.box[2]) - max(item.box[0], following.box[0])
    first = label[0].look if label else None
    same = first is None or (abs(first.size - following.look.size) < 0.6 and first.color == following.look.color)
    return near and shared > 0 and same and following.look.size < 0.85 * item.look.size and len(following.text) < 160
