"""Runs of lines that belong together by their marks and gaps: tables, lists, footnotes, paragraphs, lines alone.

This module does not know which lines are headings, beyond those that Markdown marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.document import BlockKind
from corpus.formats.contents import Contents, Entry
from corpus.lines import TextLine, bullet, footnote, is_label, is_sentence, is_statement, is_title, is_value

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+\S")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_RULE = re.compile(r"(?:[-*_=]\s?){3,}")
_MAX_BOX_CHARS = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of lines `[first, end)` with one role.

    Attributes:
        kind: The role; "line" is a line alone whose role is not yet known.
        first: Its first line.
        end: The line after its last.
        level: Of a heading: 1 for chapters; 0 for one that opens no section; `UNLISTED` or more where only its shape
            makes it one.
        entry: The contents entry that a heading stands for.
    """

    kind: BlockKind | Literal["line"]
    first: int
    end: int
    level: int = 0
    entry: Entry | None = None


UNLISTED = 90


def find_pieces(lines: Sequence[TextLine], start: int, end: int, contents: Contents) -> list[Piece]:
    """Cut the lines `[start, end)` into pieces; lines that only draw a rule are left out."""
    pieces: list[Piece] = []
    place = start
    while place < end:
        piece = (
            _heading(lines, place, end)
            or _table(lines, place, end)
            or _footnote(lines, place, end)
            or _list(lines, place, end)
        )
        if piece:
            pieces.append(piece)
        elif not _RULE.fullmatch(lines[place].text):
            pieces += _text(lines, place, end, contents)
        place = pieces[-1].end if pieces and pieces[-1].end > place else place + 1
        if piece and piece.kind == "heading" and place < end and _UNDERLINE.fullmatch(lines[place].text):
            place += 1
    return pieces


def is_table_line(line: TextLine, text: str = "") -> bool:
    """Whether a line is cut into cells by tabs or pipes."""
    if line.text.startswith("|"):
        return line.text.count("|") > 1
    item = bullet(line.text)
    return line.raw_end - line.raw_start > len(line.text) or "\t" in line.text[item:]


def _heading(lines: Sequence[TextLine], place: int, end: int) -> Piece | None:
    """A heading as Markdown writes it."""
    line = lines[place]
    marked = _MARKDOWN_HEADING.match(line.text)
    if marked:
        return Piece("heading", place, place + 1, len(marked[1]))
    if (
        place + 1 < end
        and (line.gap or place == 0)
        and lines[place + 1].gap == 0
        and _UNDERLINE.fullmatch(lines[place + 1].text)
    ):
        return Piece("heading", place, place + 1, 1 if lines[place + 1].text[0] == "=" else 2)
    return None


def _table(lines: Sequence[TextLine], place: int, end: int) -> Piece | None:
    stop = _run(lines, place, end, is_table_line)
    run = lines[place:stop]
    if any("\t" in line.text[bullet(line.text) :] or line.text.startswith("|") for line in run):
        return Piece("table", place, stop)
    return None


def _footnote(lines: Sequence[TextLine], place: int, end: int) -> Piece | None:
    if footnote(lines[place].text) is None:
        return None
    stop = place + 1
    while stop < end and lines[stop].gap == 0 and lines[stop].text[:1].islower():
        stop += 1
    return Piece("footnote", place, stop)


def _list(lines: Sequence[TextLine], place: int, end: int) -> Piece | None:
    """Items and the lines that continue them; a numbered title alone is left for a heading."""
    if not bullet(lines[place].text):
        return None
    stop = place + 1
    while stop < end:
        line = lines[stop]
        item = bullet(line.text) and line.gap <= 1
        continues = (
            line.gap == 0 and not is_table_line(line) and (line.indent > lines[place].indent or line.text[:1].islower())
        )
        if not (item or continues):
            break
        stop += 1
    alone = stop == place + 1 and lines[place].text[:1] in "0123456789(" and is_title(lines[place].text)
    return Piece("line" if alone else "list", place, stop)


def _text(lines: Sequence[TextLine], place: int, end: int, contents: Contents) -> list[Piece]:
    """A run of plain lines: a paragraph, or lines that each stand for themselves."""

    def is_plain(line: TextLine) -> bool:
        marked = is_table_line(line) or bullet(line.text) or footnote(line.text) or _MARKDOWN_HEADING.match(line.text)
        return not marked and not _RULE.fullmatch(line.text)

    stop = place + 1 + _run(lines, place + 1, end, is_plain) - (place + 1) if place + 1 < end else place + 1
    if place + 1 < end and lines[place + 1].gap:
        stop = place + 1
    texts = [line.text for line in lines[place:stop]]
    if len(texts) == 1:
        return [Piece("line", place, stop)]
    if _is_box(texts):
        return [Piece("key_figure", place, stop)]
    if all(is_statement(text) or is_value(text) for text in texts) or _alternate(texts):
        return [Piece("line", at, at + 1) for at in range(place, stop)]
    if contents.match(texts[0]) and is_title(texts[0]):
        return [Piece("line", place, place + 1), Piece("paragraph", place + 1, stop)]
    return [Piece("paragraph", place, stop)]


def _is_box(texts: Sequence[str]) -> bool:
    """One value, first or last, and a label that may fill several lines."""
    values = [is_value(text) for text in texts]
    labels = [text for text, value in zip(texts, values, strict=True) if not value]
    short = sum(map(len, texts)) <= _MAX_BOX_CHARS
    return sum(values) == 1 and (values[0] or values[-1]) and short and not any(map(is_sentence, labels))


def _alternate(texts: Sequence[str]) -> bool:
    values = [is_value(text) for text in texts]
    turns = all(a != b for a, b in zip(values, values[1:], strict=False))
    return turns and all(value or is_label(text) for text, value in zip(texts, values, strict=True))


def _run(lines: Sequence[TextLine], place: int, end: int, belongs: object) -> int:
    """The end of the run of lines without a gap that all belong."""
    assert callable(belongs)
    stop = place
    while stop < end and (stop == place or lines[stop].gap == 0) and belongs(lines[stop]):
        stop += 1
    return stop
