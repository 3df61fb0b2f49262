"""Key-figure boxes: a label and its figure on separate lines, in either order, or both on one line.

This module does not know what a figure measures; it only finds which lines belong together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from corpus.formats.pieces import Piece
from corpus.lines import TextLine, is_label, is_sentence, is_statement, is_title, is_title_case, is_value

_MAX_GAP = 3
_Role = Literal["label", "value", "statement", ""]


def find_figure_boxes(pieces: Sequence[Piece], lines: Sequence[TextLine]) -> list[Piece]:
    """Join each label with its value; what is no box stays as it was."""
    repeated = Counter(lines[piece.first].text for piece in pieces if piece.kind == "line")
    roles = [_role(piece, lines, repeated) for piece in pieces]
    found: list[Piece] = []
    place = 0
    while place < len(pieces):
        end = place + 1
        while (
            {roles[place], roles[end - 1]} <= {"label", "value"}
            and end < len(pieces)
            and {roles[end - 1], roles[end]} == {"label", "value"}
            and lines[pieces[end].first].gap <= _MAX_GAP
        ):
            end += 1
        if end - place > 1:
            # A label before two values in a row, or after, belongs to the nearer: the next run starts with it.
            found += _paired(pieces[place:end], roles[place:end], lines, pieces[end] if end < len(pieces) else None)
        elif roles[place] in ("value", "statement"):
            found.append(_box(pieces[place], pieces[place]))
        else:
            found.append(pieces[place])
        place = end
    return found


def _role(piece: Piece, lines: Sequence[TextLine], repeated: Counter[str]) -> _Role:
    text = lines[piece.first].text
    if piece.kind != "line" or piece.entry or piece.level:
        return ""
    if is_value(text):
        return "value"
    if is_statement(text):
        return "statement"
    heading = repeated[text] > 1 and is_title_case(text)
    return "label" if is_label(text) and not heading else ""


def _paired(
    run: Sequence[Piece], roles: Sequence[_Role], lines: Sequence[TextLine], after: Piece | None
) -> list[Piece]:
    """Pair the pieces of a run in which labels and values take turns."""
    skip = _skip(run, roles, lines, after)
    found = list(run[:skip])
    place = skip
    while place + 1 < len(run):
        found.append(_box(run[place], run[place + 1]))
        place += 2
    found += run[place:]
    return [_box(p, p) if p.kind == "line" and is_value(lines[p.first].text) else p for p in found]


def _skip(run: Sequence[Piece], roles: Sequence[_Role], lines: Sequence[TextLine], after: Piece | None) -> int:
    """How many pieces at the start belong to no pair, 0 or 1."""
    gaps = [lines[piece.first].gap for piece in run[1:]]
    inside, between = sum(gaps[::2]), sum(gaps[1::2])
    if len(run) % 2 == 0:
        return 0
    if inside != between:
        return 0 if inside < between else 1
    if roles[0] == "value":
        return 0
    if lines[run[0].first].text.endswith((":", "：")) or not is_title(lines[run[-1].first].text):
        return 1
    # A label over is a heading: of the boxes where nothing but a heading follows, else of the text that follows.
    body = after is not None and (after.kind in ("paragraph", "list", "table") or is_sentence(lines[after.first].text))
    return 0 if body else 1


def _box(first: Piece, last: Piece) -> Piece:
    return Piece("key_figure", first.first, last.end)
