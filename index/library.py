"""The reports of a user with one index, kept in a folder of their own; the bundled reports are there from the start.

This module does not know how a report is read, nor what is asked of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import corpus
from corpus.load import TEXT_SUFFIXES, load_document
from index.passage_index import Embedder, PassageIndex

_BUNDLED = Path(corpus.__file__).parent / "reports"


class Library:
    """A folder with an index.

    Attributes:
        home: The folder: as given, else `REPORTQA_HOME`, else the platform's user data folder.
    """

    def __init__(self, home: Path | None = None) -> None:
        if home is None:
            named = os.environ.get("REPORTQA_HOME")
            home = Path(named).expanduser() if named else _user_folder()
        self.home = home

    @property
    def index_folder(self) -> Path:
        """Where the index lies."""
        return self.home / "index"

    def open(self, embedder: Embedder, progress: Callable[[int, int], None] = lambda done, total: None) -> PassageIndex:
        """Load the index; on first use build it of the bundled reports.

        Args:
            embedder: Embeds questions, and passages where the index is built.
            progress: Called with (passages embedded, passages in all) while it is built.

        Raises:
            ValueError: If the index is damaged, of another format, or built with another embedder.
        """
        try:
            return PassageIndex.load(self.index_folder, embedder)
        except FileNotFoundError:
            paths = sorted(path for path in _BUNDLED.iterdir() if path.suffix in TEXT_SUFFIXES)
            index = PassageIndex.build([load_document(path) for path in paths], embedder, progress=progress)
            self.home.mkdir(parents=True, exist_ok=True)
            index.save(self.index_folder)
            return index


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("reportqa", appauthor=False)
