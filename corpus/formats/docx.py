"""A Word file (DOCX) becomes a document: headings by style, lists, tables with merged cells.

A Word file has no pages until it is printed, so nothing of it has a page. Headers, footers, notes and text boxes are
left out. This module does not know what is made of a document.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.draft import Draft, Piece, Reading

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

_MAX_UNPACKED_BYTES = 300 * 1024 * 1024
_OLD_WORD = bytes.fromhex("d0cf11e0a1b11ae1")  # also what a Word file protected with a password begins with
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


def read_word(path: Path) -> Reading:
    """Read a Word file.

    Args:
        path: A .docx file.

    Raises:
        ValueError: If it is protected, damaged, an old .doc, far larger unpacked than a report is, or without text.
    """
    data = path.read_bytes()
    if data.startswith(_OLD_WORD):
        raise ValueError(f"{path.name}: it is protected with a password, or an old .doc: save it as .docx without one")
    document = _opened(path)
    draft = Draft()
    items: list[Piece] = []
    for block in _blocks(document):
        if not hasattr(block, "style") or hasattr(block, "rows"):
            _list(draft, items)
            draft.grid(_cells(block))
            continue
        text = " ".join(block.text.split())
        level = _level(block)
        if text and level is None and _is_item(block):
            items.append(Piece(f"- {text}", glue="\n"))
            continue
        _list(draft, items)
        if level is not None:
            draft.heading([Piece(text)], level)
        else:
            draft.block("paragraph", [Piece(text)])
    _list(draft, items)
    found = draft.document(hashlib.sha256(data).hexdigest())
    if not found.text:
        raise ValueError(f"{path.name}: it has no text")
    first = [found.text[block.start : block.end] for block in found.blocks[:5]]
    title = next((p.text for p in document.paragraphs if _style(p).lower() == "title" and p.text.strip()), "")
    named = str(document.core_properties.title or "")
    return Reading(found, tuple(filter(None, (title, *first, named))))


def _opened(path: Path) -> WordDocument:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MAX_UNPACKED_BYTES:
                limit = _MAX_UNPACKED_BYTES // 1024**2
                raise ValueError(f"{path.name}: unpacked it is larger than {limit} MB")
        return docx.Document(str(path))
    except (zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, EOFError) as error:
        raise ValueError(f"{path.name}: it is not a Word file, or damaged ({str(error).splitlines()[0]})") from None


def _blocks(document: WordDocument) -> Iterator[WordParagraph | WordTable]:
    yield from document.iter_inner_content()


def _style(paragraph: WordParagraph) -> str:
    return str(paragraph.style.name or "") if paragraph.style is not None else ""


def _level(paragraph: WordParagraph) -> int | None:
    """A heading's level, 1 the outermost; None for what is no heading."""
    match = _HEADING.match(_style(paragraph))
    return int(match.group(1)) if match else None


def _is_item(paragraph: WordParagraph) -> bool:
    properties = paragraph._p.pPr
    return _style(paragraph).lower().startswith("list") or (properties is not None and properties.numPr is not None)


def _list(draft: Draft, items: list[Piece]) -> None:
    """Write the items gathered so far as a list."""
    draft.block("list", items)
    items.clear()


def _cells(table: WordTable) -> list[list[str]]:
    """A table's cells; what a merged cell spans is empty but for its first."""
    seen: set[object] = set()
    rows = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            cells.append("" if cell._tc in seen else " ".join(cell.text.split()))
            seen.add(cell._tc)
        rows.append(cells)
    return rows
