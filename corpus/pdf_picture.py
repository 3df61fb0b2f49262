"""Shows a page of a PDF as a picture, with boxes drawn around what is quoted.

It is drawn in a process of its own, under the limits under which it was read. This module does not know what is quoted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.draft import Box
from corpus.pdf_workers import PdfWorkers

_MAX_PIXELS = 4_000_000
_COLOR = (220, 60, 30)
_MARGIN = 2.0  # points


def page_picture(path: Path, page: int, boxes: Sequence[Box], width: int = 900) -> bytes:
    """Draw a page.

    Args:
        path: The PDF.
        page: The page, counted from 1.
        boxes: Left, top, right and bottom of each quote, in points from the page's top left corner.
        width: The picture's width in pixels.

    Returns:
        The picture as PNG.

    Raises:
        ValueError: If the PDF cannot be read, or has no such page.
    """
    with PdfWorkers(path, count_pages) as workers:
        if not 1 <= page <= workers.about:
            raise ValueError(f"{path.name}: it has no page {page}")
        (picture,) = workers.map(draw, [(page, tuple(boxes), width)], lambda done: None)
    return bytes(picture)


def count_pages(pdf: Any) -> int:  # noqa: ANN401 - pypdfium2 carries no types
    """How many pages a PDF has."""
    return len(pdf)


def draw(pdf: Any, page: int, boxes: Sequence[Box], width: int) -> bytes:  # noqa: ANN401
    """Draw a page with its boxes, as PNG."""
    from PIL import ImageDraw

    shown = pdf[page - 1]
    across, down = shown.get_size()
    scale = min(width / across, (_MAX_PIXELS / (across * down)) ** 0.5)
    picture = shown.render(scale=scale).to_pil().convert("RGB")
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        corners = (left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN)
        pen.rectangle([scale * corner for corner in corners], outline=_COLOR, width=max(2, round(scale)))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
