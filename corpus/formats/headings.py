"""Which lines are headings, and how deep they lie.

A contents list says it best; then chapter and section numbers; then the shape of a line and the text below it. Where
depth is not known, headings are siblings: a flat path is right more often than a deep one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from corpus.formats.contents import Contents, Entry
from corpus.formats.pieces import UNLISTED, Piece
from corpus.lines import TextLine, is_sentence, is_title, section_number

_NUMBER = re.compile(r"0?[1-9]|[1-9]\d")
_CHAPTER = re.compile(r"(?:chapter|part)\s+(?:\d+|[ivx]+)\b.*|\D*\s0\d|0\d\s\D*", re.IGNORECASE)
_CAPTION = re.compile(r"(?:table|figure|fig\.|chart|exhibit|image|photo|source)\b\s*[\d:]|[图表]\s*\d", re.IGNORECASE)
_UNIT_LINE = re.compile(r"\(?(?:(?:all |dollar )?(?:amounts|figures)\b.*\bin|in|units?:)\s.*", re.IGNORECASE)
_BOLD = re.compile(r"\*\*[^*]+\*\*")
_MAX_OVERLINE_WORDS = 2
_BODY = ("paragraph", "list", "table", "key_figure")


def find_chapters(pieces: Sequence[Piece], lines: Sequence[TextLine], contents: Contents) -> list[Piece]:
    """Give lines their contents entry, and chapter titles the number that stands on the line beside them."""
    listed = [replace(piece, entry=_entry(piece, lines, contents)) for piece in pieces]
    found: list[Piece] = []
    place = 0
    while place < len(listed):
        piece = listed[place]
        text = lines[piece.first].text
        if piece.kind == "line" and _NUMBER.fullmatch(text):
            before = found[-1] if found else None
            after = listed[place + 1] if place + 1 < len(listed) else None
            if _takes_number(before, lines, text) and before and not (after and after.entry and not before.entry):
                found[-1] = Piece("line", before.first, piece.end, 1, before.entry)
                place += 1
                continue
            if after and _takes_number(after, lines, text):
                found.append(Piece("line", piece.first, after.end, 1, after.entry))
                place += 2
                continue
        found.append(piece)
        place += 1
    return found


def _takes_number(piece: Piece | None, lines: Sequence[TextLine], number: str) -> bool:
    """Whether a line is a chapter title that a number beside it would belong to."""
    if piece is None or piece.kind != "line":
        return False
    return (
        piece.entry is not None and piece.entry.level == 1 or (number[0] == "0" and is_title(lines[piece.first].text))
    )


def _entry(piece: Piece, lines: Sequence[TextLine], contents: Contents) -> Entry | None:
    text = lines[piece.first].text
    if piece.kind not in ("line", "heading") or is_sentence(text):
        return None
    return contents.match(text)


def find_headings(pieces: Sequence[Piece], lines: Sequence[TextLine], contents: Contents) -> list[Piece]:
    """Decide for each line alone whether it is a heading, and how deep.

    Args:
        pieces: All pieces, figure boxes joined.
        lines: The text's lines.
        contents: Its contents list.

    Returns:
        The same pieces, "line" no more; captions joined with their tables.
    """
    marked = any(piece.kind == "heading" for piece in pieces)
    repeated = Counter(lines[piece.first].text for piece in pieces if piece.kind == "line")
    used: list[Entry] = []
    found: list[Piece] = []
    for piece in _captions(pieces, lines, marked):
        if piece.entry and piece.entry not in used:
            used.append(piece.entry)
            piece = replace(piece, kind="heading", level=piece.entry.level)
        elif piece.entry and piece.entry == used[-1]:
            piece = replace(piece, kind="heading", level=0)  # a running header
        elif piece.kind == "line":
            text = lines[piece.first].text
            title = is_title(text) and not _CAPTION.match(text) and (not marked or _BOLD.fullmatch(text) is not None)
            piece = replace(piece, kind="heading", level=piece.level or _level(text)) if title else piece
        found.append(replace(piece, kind="paragraph") if piece.kind == "line" else piece)
    return [_settled(place, found, lines, repeated, contents) for place in range(len(found))]


def _level(text: str) -> int:
    """How deep a title says that it lies, `UNLISTED` where it does not say."""
    number = section_number(text)
    if number:
        return number.rstrip(".").count(".") + 1
    return 1 if _CHAPTER.fullmatch(text) else UNLISTED


def _captions(pieces: Sequence[Piece], lines: Sequence[TextLine], marked: bool) -> list[Piece]:
    """Join a table with the lines above it that caption it or give its unit; where headings are marked, any may."""
    found: list[Piece] = []
    for piece in pieces:
        while piece.kind == "table" and found and found[-1].kind == "line" and not found[-1].entry:
            text = lines[found[-1].first].text
            plain = marked and not is_sentence(text) and not _BOLD.fullmatch(text)
            if not (_CAPTION.match(text) or _UNIT_LINE.fullmatch(text) or plain):
                break
            piece = replace(piece, first=found.pop().first)
        found.append(piece)
    return found


def _settled(
    place: int, pieces: Sequence[Piece], lines: Sequence[TextLine], repeated: Counter[str], contents: Contents
) -> Piece:
    """A heading known by its shape alone stays one if there is text below it to head."""
    piece = pieces[place]
    if piece.kind != "heading" or piece.level < UNLISTED:
        return piece
    above = pieces[place - 1] if place else None
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    text = lines[piece.first].text
    gap = lines[piece.first].gap
    if place == 0 or (contents.entries and piece.first < contents.start):  # the title page
        return piece if after and after.kind in _BODY and not contents.entries else replace(piece, level=0)
    if above and above.kind == "table" and after and lines[after.first].gap > gap + 1:
        return replace(piece, kind="paragraph", level=0)  # it closes the table above, it opens nothing
    if after and after.kind in _BODY:
        nested = (
            above and above.kind == "heading" and above.level == UNLISTED and _heads(place - 1, repeated, lines, pieces)
        )
        return replace(piece, level=UNLISTED + 1) if nested and not contents.entries else piece
    if repeated[text] > 1 or len(text.split()) <= _MAX_OVERLINE_WORDS:
        return replace(piece, level=0)
    if after and after.kind == "heading" and after.level == UNLISTED and not contents.entries:
        return piece
    return replace(piece, kind="paragraph", level=0)


def _heads(place: int, repeated: Counter[str], lines: Sequence[TextLine], pieces: Sequence[Piece]) -> bool:
    """Whether a heading with no text of its own heads the headings below it."""
    text = lines[pieces[place].first].text
    return place > 0 and repeated[text] == 1 and len(text.split()) > _MAX_OVERLINE_WORDS
