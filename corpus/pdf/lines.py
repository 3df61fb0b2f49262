"""A page's words become lines, and what every page repeats at its top or foot is told apart.

A line here is a run of words on one baseline with no wide gap in it: two columns side by side give two lines. This
module does not know columns, tables or headings.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.draft import Box
from corpus.pdf.content import SUPERSCRIPT, Look, PageContent, Word

_WIDE_GAP = 0.9  # in sizes of the text; a space between words is a quarter, in justified text up to a half
_MOST_RUNNING_ROWS = 5
_OUTER = 0.25  # the share of the page's height at its top and foot where words that repeat are looked for
_MARGIN = 0.14  # the share of the page's height at its top and foot where running lines stand
_BULLET = re.compile(r"[•·▪■□◦‣➢➤►▶✓✔●○◆–-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[⁰¹²³⁴-⁹]{1,2}|[*†‡]{1,3}")
_MARK = re.compile(r"[\d(),*†‡+®™-]{1,5}|\(?[a-z]\)")


@dataclass(slots=True)
class TextLine:
    """Words on one baseline, from left to right."""

    words: list[Word]

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return max(word.x1 for word in self.words)

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(word.y0 for word in self.words)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(word.y1 for word in self.words)

    @property
    def base(self) -> float:
        """Baseline of the first word."""
        return self.words[0].base

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x0, self.y0, self.x1, self.y1

    @property
    def look(self) -> Look:
        """The look of most of its characters."""
        looks: Counter[Look] = Counter()
        for word in self.words:
            looks[word.look] += len(word.text)
        return looks.most_common(1)[0][0]


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """Group words into lines, from the top down and then from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(_with_marks(words), key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base <= 0.2 * min(word.look.size, rows[-1][0].look.size):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda word: word.x0)
        line = [row[0]]
        for word in row[1:]:
            gap = (word.x0 - line[-1].x1) / max(word.look.size, line[-1].look.size)
            if gap > _WIDE_GAP and not (gap < 4 and word.text[:1].isalpha() and _is_mark(line)):
                lines.append(TextLine(line))
                line = []
            line.append(word)
        lines.append(TextLine(line))
    return lines


def _is_mark(line: Sequence[Word]) -> bool:
    """Whether a line so far is only an item's mark, which belongs to the text after it."""
    return len(line) == 1 and _BULLET.fullmatch(line[0].text) is not None


def _with_marks(words: Iterable[Word]) -> list[Word]:
    """Words with raised marks made superscript and joined to the word before, or put on the next word's baseline."""
    full = list(words)
    usual = sorted(word.look.size for word in full)[len(full) // 2] if full else 0.0
    marks = [word for word in full if word.look.size < usual and _MARK.fullmatch(word.text)]
    joined: set[int] = set()
    for mark in sorted(marks, key=lambda mark: mark.x0):
        near = [word for word in full if _is_raised(mark, word) and id(word) not in joined]
        host = next((word for word in near if -1 < mark.x0 - word.x1 < 0.5 * word.look.size), None)
        if host is not None:
            host.text, host.x1 = host.text + _raised(mark.text), mark.x1
            joined.add(id(mark))
        elif (after := next((w for w in near if -1 < w.x0 - mark.x1 < 2 * w.look.size), None)) is not None:
            mark.text, mark.base = _raised(mark.text), after.base
    return [word for word in full if id(word) not in joined]


def _raised(text: str) -> str:
    """A mark in superscript; a letter has none and keeps its brackets."""
    return text.translate(SUPERSCRIPT) if any(map(str.isdigit, text)) else text


def _is_raised(mark: Word, host: Word) -> bool:
    size = host.look.size
    return mark.look.size < 0.85 * size and 0.12 * size < host.base - mark.base < 0.8 * size


def without_running(pages: Sequence[PageContent], lines: Sequence[list[TextLine]]) -> list[tuple[list[TextLine], str]]:
    """Leave out running headers, footers and page numbers.

    Rows are peeled off from the outside in. A page's outermost row runs when many pages have the same words, digits
    aside, as theirs, when its number counts the pages as theirs do, or when it stands in the margin, set off from the
    text and smaller than it, where most pages have a row that looks the same.

    Args:
        pages: n pages.
        lines: The lines of each, from the top down.

    Returns:
        For each page its remaining lines and the page's number as printed, else as the file labels it.
    """
    kept = [list(found) for found in lines]
    labels = [""] * len(pages)
    usual = body_size(lines)
    for end in (0, -1):
        for _ in range(_MOST_RUNNING_ROWS):
            rows = [_outer_row(found, end) for found in kept]
            words = Counter(_folded(row) for row in rows if row)
            places = Counter(_place(row, page) for row, page in zip(rows, pages, strict=True) if row)
            shifts = Counter(_shift(row, page) for row, page in zip(rows, pages, strict=True) if row)
            shifts.pop(None, None)
            shift, counted = shifts.most_common(1)[0] if shifts else (None, 0)
            peeled = False
            for i, (page, row) in enumerate(zip(pages, rows, strict=True)):
                said = row and words[_folded(row)] >= max(3, 0.2 * len(pages)) and _may_run(row, page)
                stands = row and row[0].look.size < usual and places[_place(row, page)] >= max(3, 0.3 * len(pages))
                counts = row and counted >= max(3, 0.3 * len(pages)) and _shift(row, page) == shift
                if said or counts or (stands and _is_set_off(row, kept[i], page)):
                    kept[i] = [line for line in kept[i] if not any(line is other for other in row)]
                    labels[i] = labels[i] or _number_in(row)
                    peeled = True
            if not peeled:
                break
    return [(found, label or page.label) for found, label, page in zip(kept, labels, pages, strict=True)]


def body_size(lines: Iterable[Sequence[TextLine]]) -> float:
    """The size that most characters have, in points; 10 where there are none."""
    sizes: Counter[float] = Counter()
    for found in lines:
        for line in found:
            for word in line.words:
                sizes[word.look.size] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _outer_row(lines: Sequence[TextLine], end: int) -> list[TextLine]:
    """The first or the last row of lines that share a baseline."""
    return [line for line in lines if abs(line.base - lines[end].base) <= 1]


def _may_run(row: Sequence[TextLine], page: PageContent) -> bool:
    """Whether a row stands in the outer parts of its page, or ends in a page's number, which may follow the text."""
    y = row[0].base / page.height
    return not _OUTER < y < 1 - _OUTER or re.search(r"(?:^|\D)\d{1,3}$", row[-1].text) is not None


def _number_in(row: Sequence[TextLine]) -> str:
    """The page number at either end of a running row."""
    for word in (row[-1].words[-1].text, row[0].words[0].text):
        if re.fullmatch(r"[A-Z]?-?\d{1,3}|[ivxlc]{1,7}", word):
            return word
    return ""


def _shift(row: Sequence[TextLine], page: PageContent) -> int | None:
    """How far the number that a row begins or ends with is from its page's, None where it has none."""
    number = _number_in(row)
    return int(number) - page.number if number.isdigit() else None


def _folded(row: Sequence[TextLine]) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text for line in row).lower())


def _is_set_off(row: Sequence[TextLine], lines: Sequence[TextLine], page: PageContent) -> bool:
    """Whether a row stands in the page's margin with a gap between it and the text."""
    line = row[0]
    top = line.y1 < _MARGIN * page.height
    if not top and line.y0 < (1 - _MARGIN) * page.height:
        return False
    others = [other for other in lines if abs(other.base - line.base) > 1]
    gap = min((other.y0 - line.y1 if top else line.y0 - other.y1 for other in others), default=page.height)
    return gap > 0.6 * line.look.size


def _place(row: Sequence[TextLine], page: PageContent) -> tuple[int, float, int]:
    """Where a row stands and how it looks, alike on all pages of one design."""
    line = row[0]
    height = line.base if line.base < page.height / 2 else line.base - page.height
    return round(height / 3), line.look.size, line.look.color
