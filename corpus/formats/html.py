"""A web page (HTML) becomes a document: headings, paragraphs, lists, tables with spanning cells.

Scripts, styles, navigation and what is hidden are left out. A page has no pages of paper, so nothing of it has one.
This module does not know what is made of a document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.draft import Draft, Piece, Reading
from corpus.pdf.tables.cells import is_value

_MAX_BYTES = 100 * 1024 * 1024
_LEFT_OUT = frozenset(
    "script style noscript template head nav svg math iframe object embed button select input textarea".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_CURRENCY = re.compile(r"[$€£¥₹]|US\$|[($€£¥]+\(?")
_CLOSING = re.compile(r"[)%]+")
_MAX_SPAN = 100


def read_web(path: Path) -> Reading:
    """Read a web page.

    Args:
        path: An .html file.

    Raises:
        ValueError: If it is too large, or has no text.
    """
    import lxml.html

    data = path.read_bytes()
    if len(data) > _MAX_BYTES:
        raise ValueError(f"{path.name}: it is larger than {_MAX_BYTES // 1024**2} MB")
    try:
        root = lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding=_encoding(data)))
    except (lxml.etree.LxmlError, ValueError):
        raise ValueError(f"{path.name}: it is not a web page, or empty") from None
    draft = Draft()
    _Reader(draft).read(root)
    found = draft.document(hashlib.sha256(data).hexdigest())
    if not found.text:
        raise ValueError(f"{path.name}: it has no text")
    titles = [_text(title) for title in root.iter("title", "h1")]
    first = [found.text[block.start : block.end] for block in found.blocks[:5]]
    return Reading(found, tuple(filter(None, (*titles, *first))), str(root.get("lang") or "")[:2].lower())


def _encoding(data: bytes) -> str | None:
    """UTF-8 where the bytes are, else what the page itself says."""
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return "utf-8"


class _Reader:
    """Walks a page's elements and writes blocks."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._loose: list[str] = []

    def read(self, root: Any) -> None:  # noqa: ANN401 - lxml's stubs leave elements untyped
        """Write all of an element."""
        stack: list[tuple[Any, bool]] = [(root, True)]
        while stack:
            element, opening = stack.pop()
            if not opening:
                self._close(element)
                continue
            if _is_left_out(element):
                self._loose.append(element.tail or "")
                continue
            if not self._open(element):
                stack.append((element, False))
                stack += [(child, True) for child in reversed(element)]
        self._flush()

    def _open(self, element: Any) -> bool:  # noqa: ANN401
        """Begin an element; True where it has been written as a whole."""
        tag = element.tag
        if tag not in _BLOCKS:
            self._loose.append("\n" if tag == "br" else element.text or "")
            return False
        self._flush()
        whole = True
        if re.fullmatch(r"h[1-6]", tag):
            self._draft.heading([Piece(_text(element))], int(tag[1]))
        elif tag in ("ul", "ol"):
            items = [f"- {_text(item)}" for item in element.iter("li") if _text(item)]
            self._draft.block("list", [Piece(item, glue="\n") for item in items])
        elif tag == "table" and not any(True for _ in element.iterdescendants("table")):
            caption = next((_text(one) for one in element.iter("caption")), "")
            self._draft.grid(_cells(element), caption)
        else:
            whole = False
            self._loose.append(element.text or "")
        if whole:
            self._loose.append(element.tail or "")
        return whole

    def _close(self, element: Any) -> None:  # noqa: ANN401
        if element.tag in _BLOCKS:
            self._flush()
        self._loose.append(element.tail or "")

    def _flush(self) -> None:
        text = " ".join("".join(self._loose).split())
        self._loose = []
        self._draft.block("paragraph", [Piece(text)])


def _is_left_out(element: Any) -> bool:  # noqa: ANN401
    """Whether an element shows nothing: a comment, a script, what is hidden."""
    return (
        not isinstance(element.tag, str)
        or element.tag in _LEFT_OUT
        or element.get("hidden") is not None
        or _HIDDEN.search(element.get("style") or "") is not None
    )


def _text(element: Any) -> str:  # noqa: ANN401
    """What an element shows, on one line."""
    parts: list[str] = []
    stack: list[Any] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        if _is_left_out(one):
            continue
        parts.append(" " if one.tag == "br" or one.tag in _BLOCKS else "")
        parts.append(one.text or "")
        for child in reversed(one):
            stack += [child.tail or "", child]
    return " ".join("".join(parts).split())


def _cells(table: Any) -> list[list[str]]:  # noqa: ANN401
    """A table's cells by row and column; a cell that spans is written once, over the first column of values."""
    grid: list[dict[int, tuple[str, int]]] = []
    held: dict[int, int] = {}  # rows that a cell above still fills, by column
    for row in table.iter("tr"):
        placed: dict[int, tuple[str, int]] = {}
        column = 0
        for cell in (one for one in row if one.tag in ("td", "th")):
            while held.get(column, 0):
                held[column] -= 1
                column += 1
            width = _span(cell.get("colspan"))
            placed[column] = _text(cell), width
            for place in range(column, column + width):
                held[place] = _span(cell.get("rowspan")) - 1
            column += width
        for place in [place for place in held if place >= column and held[place]]:
            held[place] -= 1
        grid.append(_whole(placed))
    return _squeezed(grid)


def _span(said: str | None) -> int:
    return min(int(said), _MAX_SPAN) if said and said.isdigit() and int(said) > 0 else 1


def _whole(row: dict[int, tuple[str, int]]) -> dict[int, tuple[str, int]]:
    """A row with currency signs, brackets and percent signs in cells of their own joined to their figures."""
    joined: dict[int, tuple[str, int]] = {}
    sign = ""
    last: int | None = None
    for column, (text, width) in sorted(row.items()):
        if _CURRENCY.fullmatch(text):
            sign = text
        elif text and _CLOSING.fullmatch(text) and last is not None:
            joined[last] = joined[last][0] + text, joined[last][1]
        elif text:
            joined[column] = sign + text, width
            sign, last = "", column
        else:
            joined[column] = text, width
    return joined


def _squeezed(grid: Sequence[dict[int, tuple[str, int]]]) -> list[list[str]]:
    """Rows of equal length without the columns that only hold spaces or signs."""
    values = {column for row in grid for column, (text, width) in row.items() if width == 1 and is_value(text)}
    rows = []
    for row in grid:
        placed: dict[int, str] = {}
        for column, (text, width) in row.items():
            over = sorted(values & set(range(column, column + width)))
            placed[over[0] if over and text else column] = text
        rows.append(placed)
    kept = sorted({column for row in rows for column, text in row.items() if text})
    return [[row.get(column, "") for column in kept] for row in rows]
