"""Reads a PDF page: its words with their places and looks, its ruled lines and boxes.

This module does not know lines, columns or tables.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from typing import Any

from corpus.draft import Box
from corpus.pdf.content import SUPERSCRIPT, Look, PageContent, Placement, Word
from corpus.pdf.shapes import read_shapes

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLET_GLYPHS = {0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF0D8: "➢", 0xF0FC: "✓"}  # Symbol and Wingdings, unmapped
_BOLD = re.compile(r"bold|black|heavy|semibd|demi|[-,]bd|(?:cm|sf|ec)bx")  # TeX's bold fonts are "CMBX12"
_MAX_CHARACTERS = 100_000
_WORD_GAP = 0.2  # in sizes of the text: no word has a wider gap within
_LINE_ENDS = (0x0A, 0x0D)  # pdfium's own guess, on some pages after each letter: where letters stand tells
_LINE_END_HYPHEN = 2  # what PDFium reports for a hyphen at a line's end


def page_content(pdf: Any, number: int) -> PageContent:  # noqa: ANN401 - pypdfium2 carries no types
    """Read a page.

    Args:
        pdf: An open `pypdfium2.PdfDocument`.
        number: The page, counted from 1.
    """
    page = pdf[number - 1]
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation() // 90
    turned = rotation % 2 == 1
    width, height = (top - bottom, right - left) if turned else (right - left, top - bottom)
    content = PageContent(number, str(pdf.get_page_label(number - 1) or ""), width, height)
    place = Placement(left, bottom, right, top, rotation)
    text = page.get_textpage()
    content.words = _words(text.raw, place, content)
    read_shapes(page.raw, place, content)
    text.close()
    page.close()
    return content


def _words(text: Any, place: Placement, content: PageContent) -> list[Word]:  # noqa: ANN401
    """The page's words; text that does not run from left to right is left out."""
    import pypdfium2.raw as raw

    words: list[Word] = []
    word: Word | None = None
    looks: dict[int, tuple[Look, bool]] = {}
    previous: Box = (0.0, 0.0, 0.0, 0.0)
    loose, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for i in range(min(raw.FPDFText_CountChars(text), _MAX_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, i)
        character = _character(code)
        if not character:
            if character is None and code not in _LINE_ENDS:
                word = None
            continue
        if not raw.FPDFText_GetLooseCharBox(text, i, loose):
            continue
        look, upright = _look(text, i, place.rotation, looks)
        box = place.box(loose.left, loose.bottom, loose.right, loose.top)
        if not upright or box[2] < 0 or box[0] > content.width or box[3] < 0 or box[1] > content.height:
            continue
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        base = place.point(x.value, y.value)[1]
        if word is not None and _joins(word, previous, box, base, look):
            _extend(word, character, box, base, look)
        else:
            word = Word(character, *box, base, look)
            words.append(word)
        previous = box
    return words


def _joins(word: Word, previous: Box, box: Box, base: float, look: Look) -> bool:
    """Whether a character at `box` goes on with the word; the letters of a ligature share one box."""
    size = max(word.look.size, look.size)
    if box[0] < previous[0] - 0.1 or box[0] - word.x1 >= _WORD_GAP * size:
        return False
    small = look.size < 0.85 * word.look.size
    return abs(base - word.base) < 0.12 * size or (small and abs(base - word.base) < 0.7 * size)


def _extend(word: Word, character: str, box: Box, base: float, look: Look) -> None:
    raised = look.size < 0.85 * word.look.size and word.base - base > 0.12 * word.look.size
    word.text += character.translate(SUPERSCRIPT) if raised else character
    word.x1 = max(word.x1, box[2])
    if not raised:
        word.y0, word.y1 = min(word.y0, box[1]), max(word.y1, box[3])


def _character(code: int) -> str | None:
    """A character as text; None for a space, "" for what is not text."""
    if code == _LINE_END_HYPHEN or code == 0xAD:
        return "-" if code == _LINE_END_HYPHEN else ""
    if code in _LIGATURES:
        return _LIGATURES[code]
    if code in _BULLET_GLYPHS:
        return _BULLET_GLYPHS[code]
    character = chr(code)
    if character.isspace():
        return None
    return "" if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Cn") or code == 0xFFFD else character


def _look(text: Any, i: int, rotation: int, known: dict[int, tuple[Look, bool]]) -> tuple[Look, bool]:  # noqa: ANN401
    """The look of a character and whether it runs from left to right; read once a text object."""
    import pypdfium2.raw as raw

    shown = raw.FPDFText_GetTextObject(text, i)
    key = ctypes.addressof(shown.contents) if shown else -1
    if key not in known:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(text, i, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a)) - 90 * rotation) % 360
        name = ctypes.create_string_buffer(128)
        raw.FPDFText_GetFontInfo(text, i, name, 128, ctypes.c_int())
        words = name.value.decode("utf-8", "replace").lower()
        heavy = _BOLD.search(words) is not None or (raw.FPDFText_GetFontWeight(text, i) >= 600)
        slanted = any(part in words for part in ("italic", "oblique"))
        rgba = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, i, *rgba)
        color = rgba[0].value << 16 | rgba[1].value << 8 | rgba[2].value
        size = round(raw.FPDFText_GetFontSize(text, i) * scale * 2) / 2
        known[key] = Look(size, heavy, color, slanted), angle <= 10 or angle >= 350
    return known[key]
