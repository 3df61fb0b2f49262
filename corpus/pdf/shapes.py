"""Reads what is drawn on a PDF page: ruled lines, filled and framed boxes, whether there is a picture.

This module does not know words.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from corpus.pdf.content import PageContent, Placement, Rule

_MAX_OBJECTS = 20_000
_MAX_DEPTH = 4
_THIN = 2.5  # points


def read_shapes(page: Any, place: Placement, content: PageContent) -> None:  # noqa: ANN401
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
