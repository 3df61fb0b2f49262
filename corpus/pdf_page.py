"""What stands on a PDF page: words with their places and looks, ruled lines and boxes.

Coordinates are points from the top left corner of the page as shown, whatever its rotation and crop box. This module
does not know lines, columns or tables.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.draft import Box

SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLET_GLYPHS = {0xF0B7: "•", 0xF0A7: "▪", 0xF06E: "■", 0xF0D8: "➢", 0xF0FC: "✓"}  # Symbol and Wingdings, unmapped
_MAX_OBJECTS = 20_000
_MAX_CHARACTERS = 100_000
_MAX_DEPTH = 4
_LINE_END_HYPHEN = 2  # what PDFium reports for a hyphen at a line's end
_THIN = 2.5


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: size in points, weight, colour as 0xRRGGBB."""

    size: float
    bold: bool
    color: int


@dataclass(slots=True)
class Word:
    """A word on a page: text, box, baseline and the look of its first character."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    look: Look


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line, or the edge of a filled stripe, from x0 to x1 at the height y."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True)
class PageContent:
    """What stands on a page.

    Attributes:
        number: Counted from 1.
        label: The page's label in the file, empty where there is none.
        width: In points.
        height: In points.
        words: In the file's order.
        rules: Horizontal lines.
        uprights: Vertical lines as (x, top, bottom).
        boxes: Filled or framed rectangles.
        has_image: Whether any image is shown.
    """

    number: int
    label: str
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    uprights: list[tuple[float, float, float]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    has_image: bool = False


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
    place = _Placement(left, bottom, right, top, rotation)
    text = page.get_textpage()
    content.words = _words(text.raw, place, content)
    _shapes(page.raw, place, content)
    text.close()
    page.close()
    return content


@dataclass(frozen=True, slots=True)
class _Placement:
    """Turns the file's coordinates into the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.rotation:
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case 3:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _words(text: Any, place: _Placement, content: PageContent) -> list[Word]:  # noqa: ANN401
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
            if character is None:
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
    if box[0] < previous[0] - 0.1 or box[0] - word.x1 >= 0.2 * size:
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
        heavy = any(part in words for part in ("bold", "black", "heavy", "semibd")) or (
            raw.FPDFText_GetFontWeight(text, i) >= 600
        )
        rgba = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(text, i, *rgba)
        color = rgba[0].value << 16 | rgba[1].value << 8 | rgba[2].value
        size = round(raw.FPDFText_GetFontSize(text, i) * scale * 2) / 2
        known[key] = Look(size, heavy, color), angle <= 10 or angle >= 350
    return known[key]


def _shapes(page: Any, place: _Placement, content: PageContent) -> None:  # noqa: ANN401
    """Sort the page's paths into rules, uprights and boxes."""
    import pypdfium2.raw as raw

    for shape, matrix in _objects(page):
        if raw.FPDFPageObj_GetType(shape) == raw.FPDF_PAGEOBJ_IMAGE:
            content.has_image = True
            continue
        if not _is_drawn(shape):
            continue
        for points in _subpaths(shape, matrix):
            xs, ys = zip(*(place.point(x, y) for x, y in points), strict=True)
            _sort(min(xs), min(ys), max(xs), max(ys), content)


def _sort(x0: float, y0: float, x1: float, y1: float, content: PageContent) -> None:
    x0, x1 = max(x0, 0.0), min(x1, content.width)
    if y1 - y0 <= _THIN:
        if x1 - x0 > 4:
            content.rules.append(Rule(x0, x1, (y0 + y1) / 2))
    elif x1 - x0 <= _THIN:
        if y1 - y0 > 4:
            content.uprights.append(((x0 + x1) / 2, y0, y1))
    elif (x1 - x0) * (y1 - y0) < 0.9 * content.width * content.height:
        content.boxes.append((x0, y0, x1, y1))


def _objects(page: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    """Paths and images with their matrices, those inside forms included."""
    import pypdfium2.raw as raw

    identity = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
    stack = [(raw.FPDFPage_GetObject(page, i), identity, 0) for i in range(raw.FPDFPage_CountObjects(page))]
    seen = 0
    while stack and seen < _MAX_OBJECTS:
        shape, outer, depth = stack.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(shape)
        if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            continue
        own = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(shape, own)
        matrix = _times(own, outer)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield shape, matrix
        elif depth < _MAX_DEPTH:
            count = min(raw.FPDFFormObj_CountObjects(shape), _MAX_OBJECTS)
            stack += [(raw.FPDFFormObj_GetObject(shape, i), matrix, depth + 1) for i in range(count)]


def _times(a: Any, b: Any) -> Any:  # noqa: ANN401
    """The matrix that applies `a`, then `b`."""
    import pypdfium2.raw as raw

    return raw.FS_MATRIX(
        a.a * b.a + a.b * b.c,
        a.a * b.b + a.b * b.d,
        a.c * b.a + a.d * b.c,
        a.c * b.b + a.d * b.d,
        a.e * b.a + a.f * b.c + b.e,
        a.e * b.b + a.f * b.d + b.f,
    )


def _is_drawn(shape: Any) -> bool:  # noqa: ANN401
    """Whether a path leaves a mark: stroked, or filled with something that is not white."""
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    if stroke.value:
        return True
    rgba = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(shape, *rgba)
    return bool(fill.value) and rgba[3].value > 0 and any(part.value < 250 for part in rgba[:3])


def _subpaths(shape: Any, matrix: Any) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401
    """The straight subpaths that are a line or a rectangle; a longer one gives its own straight strokes."""
    import pypdfium2.raw as raw

    paths: list[list[tuple[float, float]]] = []
    curved: set[int] = set()
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(min(raw.FPDFPath_CountSegments(shape), 2000)):
        segment = raw.FPDFPath_GetPathSegment(shape, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO or not paths:
            paths.append([])
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved.add(len(paths) - 1)
        point = x.value, y.value
        paths[-1].append(
            (
                matrix.a * point[0] + matrix.c * point[1] + matrix.e,
                matrix.b * point[0] + matrix.d * point[1] + matrix.f,
            )
        )
    for number, path in enumerate(paths):
        corners = {(round(a), round(b)) for a, b in path}
        if len(path) > 1 and len(corners) <= 4 and number not in curved or number in curved and len(path) >= 12:
            yield path
