"""Pictures of the pages that prove an answer, drawn when somebody opens one.

This module does not know how a page is drawn, nor what shows the picture.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from threading import Lock

from corpus.document import Document
from corpus.draft import Box
from ui.live import Live

_KEPT = 64


class Pictures:
    """The pages of the PDFs in use.

    Args:
        live: Its reports are shown.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._drawing = Lock()
        self._draw = lru_cache(_KEPT)(_drawn)

    def documents(self) -> Collection[str]:
        """Ids of the reports whose pages can be shown: PDFs that the library keeps."""
        documents = self._live.index.documents.values()
        return {document.id for document in documents if self._file(document) is not None}

    def picture(self, id: str, start: int, end: int) -> str:  # noqa: A002 - what the field is called
        """The page that shows a stretch of a report, the stretch boxed; where it runs over two pages, both.

        Args:
            id: The report's id.
            start: The stretch's start in the report's text.
            end: The stretch's end in the report's text.

        Returns:
            The picture as a data URI, empty where there is none.
        """
        document = self._live.index.documents.get(id)
        path = None if document is None else self._file(document)
        boxes = () if document is None else document.boxes(start, end)
        if path is None or not boxes:
            return ""
        try:
            with self._drawing:  # one at a time: questions need the processor too
                return self._draw(path, boxes)
        except (OSError, ValueError):
            return ""

    def _file(self, document: Document) -> Path | None:
        return self._live.file(document) if document.lines else None


def _drawn(path: Path, boxes: tuple[tuple[int, Box], ...]) -> str:
    from corpus.pdf.picture import pages_picture

    return f"data:image/png;base64,{b64encode(pages_picture(path, boxes)).decode()}"
