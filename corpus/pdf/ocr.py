"""Reads the picture of a page with Tesseract: words with their places, as a page with text has them.

An optional extra: without pytesseract or the tesseract program such a page stays unread, and `missing` says what to
install. Only words are recognised, no ruled lines. This module does not know lines, columns or tables.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import Any

from corpus.document import Document
from corpus.pdf.content import Look, PageContent, Word

_DPI = 300
_MAX_PIXELS = 16_000_000
_MAX_SECONDS = 25  # less than a page may take
_MIN_CONFIDENCE = 30  # percent; what is less sure is mostly specks and parts of pictures
_LANGUAGES = ("eng", "deu", "fra", "spa", "ita", "nld", "por", "chi_sim")
_TALL = re.compile(r"[A-Z0-9bdfhklt]")
_DEEP = re.compile(r"[gjpqyQ,;()\[\]$|/]")
# In sizes of a text: how tall its capitals are and its small letters, and how far letters go below the line.
_CAPITAL, _SMALL, _DEPTH = 0.72, 0.52, 0.21


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word as recognised: its text and its box in points."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


def missing() -> str:
    """What must be installed before pictures of pages can be read; empty where nothing is missing."""
    wanted = []
    if find_spec("pytesseract") is None:
        wanted.append("pip install 'reportqa[ocr]'")
    if shutil.which("tesseract") is None:
        wanted.append("install the program tesseract (Debian: apt install tesseract-ocr)")
    return " and ".join(wanted)


def pages_note(document: Document) -> str:
    """Which pages of a report have no text, with what to install to read them, and which were read by OCR."""
    notes = []
    if document.unread_pages:
        wanted = missing()
        pages = ", ".join(map(str, document.unread_pages))
        notes.append(f"no text on page {pages}: only pictures" + (f"; to read them, {wanted}" if wanted else ""))
    if document.ocr_pages:
        notes.append(f"read by OCR: page {', '.join(map(str, document.ocr_pages))}")
    return "; ".join(notes)


def recognised(page: Any, content: PageContent) -> list[Word]:  # noqa: ANN401 - pypdfium2 carries no types
    """The words that a page's picture shows; none where Tesseract is missing, fails, or takes too long.

    Args:
        page: An open `pypdfium2.PdfPage`.
        content: What is known of it.
    """
    if missing():
        return []
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # pages are read side by side
    scale = min(_DPI / 72, (_MAX_PIXELS / (content.width * content.height)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True).to_pil()
    try:
        found = pytesseract.image_to_data(
            picture, _languages(), output_type=pytesseract.Output.DICT, timeout=_MAX_SECONDS
        )
    except (RuntimeError, OSError):  # what pytesseract raises for all that goes wrong
        return []
    lines: dict[tuple[int, int, int], list[_Seen]] = {}
    for place, text in enumerate(found["text"]):
        if text.strip() and float(found["conf"][place]) >= _MIN_CONFIDENCE:
            left, top = found["left"][place] / scale, found["top"][place] / scale
            right, bottom = left + found["width"][place] / scale, top + found["height"][place] / scale
            key = found["block_num"][place], found["par_num"][place], found["line_num"][place]
            lines.setdefault(key, []).append(_Seen(text.strip(), left, top, right, bottom))
    return _placed(list(lines.values()))


@cache
def _languages() -> str:
    """The languages to read, of those that are installed."""
    import pytesseract

    installed = pytesseract.get_languages()
    return "+".join(name for name in _LANGUAGES if name in installed) or "eng"


def _placed(lines: Sequence[Sequence[_Seen]]) -> list[Word]:
    """Words on their lines' baselines, in one size a line; what is nearly the page's usual size is that size."""
    bases = [_base(line) for line in lines]
    sizes = [_size(line, base) for line, base in zip(lines, bases, strict=True)]
    letters = sorted(size for line, size in zip(lines, sizes, strict=True) for word in line for _ in word.text)
    usual = round(2 * letters[len(letters) // 2]) / 2 if letters else 0.0
    words = []
    for line, base, size in zip(lines, bases, sizes, strict=True):
        look = Look(usual if abs(size - usual) < 0.15 * usual else round(2 * size) / 2, False, 0)
        words += [Word(seen.text, seen.x0, seen.y0, seen.x1, seen.y1, base, look) for seen in line]
    return words


def _base(line: Sequence[_Seen]) -> float:
    """The baseline of a line: where words without letters that go below it end."""
    ends = [seen.y1 for seen in line if not _DEEP.search(seen.text)]
    if ends:
        return median(ends)
    low, high = max(seen.y1 for seen in line), min(seen.y0 for seen in line)
    return low - (low - high) * _DEPTH / (_CAPITAL + _DEPTH)


def _size(line: Sequence[_Seen], base: float) -> float:
    """The size of a line's text, by how tall its words are."""
    tall = [base - seen.y0 for seen in line if _TALL.search(seen.text)]
    return median(tall) / _CAPITAL if tall else median(base - seen.y0 for seen in line) / _SMALL
