"""Pages in reading order become a document: headings by size and weight, lists, key figures, footnotes, tables.

This module does not know how a page is read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.draft import Draft, Piece, TableDraft
from corpus.pdf.continuation import join_parted
from corpus.pdf.headings import (
    LARGE,
    Item,
    body_color,
    find_headings,
    is_figure,
    levels_of,
    stands_under,
)
from corpus.pdf.layout import Paragraph, PlacedTable
from corpus.pdf.lines import TextLine, body_size
from corpus.pdf.units import MAX_CAPTION_CHARS, said_before

_MAX_FRAGMENT_CHARS = 60
_CODE = re.compile(r"[\d,.–-]+")
_HYPHEN = re.compile(r"([A-Za-zÀ-ÿ]+)[-‐]$")
_MARKED = re.compile(r"[⁰¹²³⁴-⁹*†‡]|\(?\d{1,2}\)\s|\[\d+\]")


def compose(pages: Sequence[tuple[int, Sequence[Item]]]) -> Draft:
    """Write a document.

    Args:
        pages: The number of each page and what stands on it, in reading order.
    """
    flow = [(number, item) for number, items in pages for item in items]
    lines = [line for _, item in flow if isinstance(item, Paragraph) for line in item.lines]
    usual, color = body_size([lines]), body_color(lines)
    known = _vocabulary(lines)
    flow, parted = join_parted(flow, usual)
    headings = find_headings(flow, usual, color)
    return _Writer(flow, levels_of(headings), usual, known, parted).write()


class _Writer:
    """Goes through a document's items and writes them as blocks."""

    def __init__(
        self,
        flow: Sequence[tuple[int, Item]],
        levels: dict[int, int],
        usual: float,
        known: Counter[str],
        pages: Mapping[int, int],
    ) -> None:
        self._flow = flow
        self._levels = levels
        self._usual = usual
        self._known = known
        self._pages = pages
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
            draft = self._inherited(place, item, before)
            self._draft.table(replace(draft, said=said_before(self._flow, place, draft)), number)
            return place + 1
        if place in self._levels:
            return self._heading(place)
        if self._is_caption(place):
            self._draft.table(self._captioned(place), number)
            return place + 2
        if is_figure(item, self._usual):
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
        words = [word for line in item.lines for word in line.words]
        while words[-1].look.size < 0.9 * item.look.size and _CODE.fullmatch(words[-1].text):
            words.pop()  # codes set smaller beside it
        self._draft.heading(self._pieces(item.lines), self._levels[place], number, " ".join(w.text for w in words))
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
            and len(said) <= MAX_CAPTION_CHARS
            and (said.endswith(":") or said.endswith(")") or item.look.bold)
        )

    def _captioned(self, place: int) -> TableDraft:
        item, table = self._flow[place][1], self._flow[place + 1][1]
        assert isinstance(item, Paragraph) and isinstance(table, PlacedTable)
        draft = self._inherited(place + 1, table, None)
        draft = replace(draft, caption=(*self._pieces(item.lines), *draft.caption))
        return replace(draft, said=said_before(self._flow, place, draft))

    def _inherited(self, place: int, table: PlacedTable, before: Item | None) -> TableDraft:
        """The table with the header of the one that it goes on from, where it has none of its own."""
        if any(table.draft.header[1:]):
            return table.draft
        tables = (pair for pair in reversed(self._flow[:place]) if isinstance(pair[1], PlacedTable))
        number, earlier = next(tables, (0, None))
        if not isinstance(earlier, PlacedTable) or len(earlier.columns) != len(table.columns):
            return table.draft
        if self._flow[place][0] - number > 1:
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
            if not isinstance(following, Paragraph) or not stands_under(item, label, following):
                break
            label += following.lines
            end += 1
        if not label and item.look.size < LARGE * self._usual:
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
        while end < len(self._flow) and self._flow[end][0] == number and end not in self._levels:
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
        while end < len(self._flow) and self._flow[end][0] == number and end not in self._levels:
            item = self._flow[end][1]
            if not isinstance(item, Paragraph) or len(item.text) > _MAX_FRAGMENT_CHARS or item.text[-1:] in ".;":
                break
            if is_figure(item, self._usual):
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
            pieces.append(Piece(text, line.box, glue, self._pages.get(id(line))))
        return pieces

    def _is_one_word(self, first: str, rest: str) -> bool:
        """Whether the document writes two parts as one word rather than with a hyphen."""
        whole, hyphened = (first + rest).lower(), f"{first}-{rest}".lower()
        return self._known[whole] >= self._known[hyphened]


def _vocabulary(lines: Iterable[TextLine]) -> Counter[str]:
    """How often each word stands whole on a line."""
    words: Counter[str] = Counter()
    for line in lines:
        for word in line.words:
            words[word.text.strip(".,;:()“”\"'’").lower()] += 1
    return words
