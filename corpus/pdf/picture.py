"""Shows pages of a PDF as a picture, with boxes drawn around what is quoted.

They are drawn in a process of their own, under the limits under which they were read. This module does not know what
is quoted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus.draft import Box
from corpus.pdf.workers import PdfWorkers

_MAX_PIXELS = 4_000_000
_COLOR = (220, 60, 30)
_MARGIN = 2.0  # points
_GAP = 8  # pixels between pages
_GROUND = (200, 200, 200)


def pages_picture(path: Path, boxes: Sequence[tuple[int, Box]], width: int = 900) -> bytes:
    """Draw the pages that boxes stand on, one below the other.

    Args:
        path: The PDF.
        boxes: Of each stretch that is quoted the page, counted from 1, and left, top, right and bottom in points from
            the page's top left corner.
        width: The picture's width in pixels.

    Returns:
        The picture as PNG.

    Raises:
        ValueError: If the PDF cannot be read, or has no such page.
    """
    pages = sorted({page for page, _ in boxes})
    with PdfWorkers(path, count_pages) as workers:
        for page in pages:
            if not 1 <= page <= workers.about:
                raise ValueError(f"{path.name}: it has no page {page}")
        tasks = [(page, tuple(box for number, box in boxes if number == page), width) for page in pages]
        pictures = workers.map(draw, tasks, lambda done: None)
    return pictures[0] if len(pictures) == 1 else _stacked(pictures)


def _stacked(pictures: Sequence[bytes]) -> bytes:
    """Pictures one below the other, as PNG."""
    from PIL import Image

    parts = [Image.open(io.BytesIO(picture)) for picture in pictures]
    tops = [sum(part.height + _GAP for part in parts[:place]) for place in range(len(parts) + 1)]
    whole = Image.new("RGB", (max(part.width for part in parts), tops[-1] - _GAP), _GROUND)
    for part, top in zip(parts, tops, strict=False):
        whole.paste(part, (0, top))
    file = io.BytesIO()
    whole.save(file, "PNG")
    return file.getvalue()


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
