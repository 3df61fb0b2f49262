"""The contents list of a text: which sections there are, how deep they lie, and on which page each begins.

Headings are matched with it fuzzily, for a contents list seldom spells a title as its heading does. This module does
not know where the headings stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from corpus.lines import TextLine, bullet, is_sentence

_HEADING = re.compile(
    r"(?:#+\s*)?(?:table of )?contents|目\s*录|inhalt(?:sverzeichnis)?|sommaire|índice", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}")
_PAGE_FIRST = re.compile(r"(?P<page>\d{1,3})\s+(?P<title>[^\d\s].*)")
_PAGE_LAST = re.compile(r"(?P<title>.*?[^\s.·…\d])(?:\s*[.·…_]{2,}\s*|\s+|\t+)(?P<page>\d{1,3})(?:\s?[-–]\s?\d{1,3})?")
_LINK = re.compile(r"\[(?P<title>[^\]]+)\]\([^)]*\)")
_SECTION_NUMBER = re.compile(r"(?:chapter |section |part )?(\d{1,2}(?:\.\d{1,2})*)[.:)]?\s+", re.IGNORECASE)
_TITLE_NUMBER = re.compile(r"^(?:(?:chapter|section|part)\s)?\d{1,2}(?:\.\d{1,2})*[.:)]?\s+|\s+0\d$", re.IGNORECASE)
_MAX_TITLE_CHARS = 120
_LIKE = 88
_MAX_ADDED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents list.

    Attributes:
        title: The section's title as the list spells it.
        level: 1 for chapters.
        page: The page that the list names, None where it names none.
    """

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Contents:
    """A contents list and the lines `[start, end)` that it fills; both 0 where there is none."""

    entries: tuple[Entry, ...] = ()
    start: int = 0
    end: int = 0

    def match(self, title: str) -> Entry | None:
        """The entry that a heading stands for, None where none is near enough."""
        wanted = _plain(title) if len(title) <= _MAX_TITLE_CHARS + 20 else ""
        if not wanted:
            return None
        scored = [(_likeness(wanted, _plain(entry.title)), -place, entry) for place, entry in enumerate(self.entries)]
        best = max(scored, default=None, key=lambda item: item[:2])
        return best[2] if best and best[0] >= _LIKE else None

    def paged(self, pages: Mapping[str, int]) -> Contents:
        """The same list with pages by title where it names none itself; a title that it lacks becomes a chapter."""
        entries = list(self.entries)
        for title, page in pages.items():
            entry = self.match(title)
            if entry is None:
                entries.append(Entry(title, 1, page))
            elif entry.page is None:
                entries[entries.index(entry)] = replace(entry, page=page)
        return replace(self, entries=tuple(entries))


def find_contents(lines: Sequence[TextLine]) -> Contents:
    """Find a text's contents list: what follows a line that says "Contents" for as long as it lists titles."""
    for place, line in enumerate(lines):
        if _HEADING.fullmatch(line.text.strip("*_ ")):
            contents = _read(lines, place)
            if contents.entries:
                return contents
    return Contents()


@dataclass(frozen=True, slots=True)
class _Item:
    """What one line of the list says."""

    place: int
    title: str
    page: int | None
    number: int | None = None
    marked: bool = False


def _read(lines: Sequence[TextLine], heading: int) -> Contents:
    items = _items(lines, heading + 1)
    paged = [i for i, item in enumerate(items) if item.page is not None or item.number is not None or item.marked]
    if len(paged) < 2:
        return Contents()
    # A number that stands before its title is followed by it; else what follows the last page is the text.
    last = paged[-1] + (items[paged[-1]].number is not None and items[0].number is not None)
    items = items[: last + 1]
    entries = _entries(items)
    return Contents(tuple(entries), heading, items[-1].place + 1)


def _items(lines: Sequence[TextLine], start: int) -> list[_Item]:
    """The lines that could belong to the list; a title without a page that was listed before ends it."""
    items: list[_Item] = []
    seen: set[str] = set()
    outer = min((line.indent for line in lines[start : start + 40]), default=0)
    for place in range(start, len(lines)):
        line = lines[place]
        marked = bullet(line.text) > 0 and not line.text[0].isdigit() or line.indent >= outer + 2
        text = line.text[bullet(line.text) :] if not line.text[0].isdigit() and bullet(line.text) else line.text
        if len(text) > 2 * _MAX_TITLE_CHARS:
            break
        if _NUMBER.fullmatch(text):
            items.append(_Item(place, "", None, int(text)))
            continue
        link = _LINK.fullmatch(text)
        found = link or _PAGE_LAST.fullmatch(text) or _PAGE_FIRST.fullmatch(text)
        title = (found["title"] if found else text).strip(" .\t·…")
        page = int(found["page"]) if found and not link else None
        listed = _plain(title)
        if len(title) > _MAX_TITLE_CHARS or (page is None and (is_sentence(text) or text[0] == "#" or listed in seen)):
            break
        seen.add(listed)
        items.append(_Item(place, title, page, None, marked))
    return items


def _entries(items: Sequence[_Item]) -> list[Entry]:
    """Titles with their pages and levels; a bare number beside a title is its chapter number or its page."""
    numbers = [item.number for item in items if item.number is not None]
    chapters = numbers == list(range(1, len(numbers) + 1))
    first = bool(items) and items[0].number is not None or chapters
    entries: list[Entry] = []
    below = any(item.marked for item in items)
    waiting: int | None = None
    chapter_open = False
    for item in items:
        if item.number is not None:
            if chapters or first:
                waiting = item.number
            elif entries and entries[-1].page is None:
                entries[-1] = replace(entries[-1], page=item.number)
            continue
        page = item.page if item.page is not None or chapters or waiting is None else waiting
        level = _level(item, below, chapter_open)
        if level == 1:
            chapter_open = page is None and (waiting is not None or not below)
        waiting = None
        entries.append(Entry(item.title, level, page))
    return entries


def _level(item: _Item, below: bool, chapter_open: bool) -> int:
    numbered = _SECTION_NUMBER.match(item.title)
    if numbered:
        return numbered[1].count(".") + 1
    if below:
        return 2 if item.marked else 1
    return 2 if chapter_open and item.page is not None else 1


def _plain(title: str) -> str:
    """A title without its number, marks and case."""
    bare = _TITLE_NUMBER.sub("", title.strip("#*_ \t"))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def _likeness(title: str, entry: str) -> float:
    """How alike two plain titles are, 0 to 100; words added in front of the entry's or after them hardly count."""
    words, known = title.split(), entry.split()
    if len(known) >= 3 and 0 < len(words) - len(known) <= _MAX_ADDED_WORDS and f" {entry} " in f" {title} ":
        return 95.0
    return fuzz.ratio(title, entry)
