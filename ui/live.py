"""An assistant over a library whose reports, and whose language model, come and go while it is asked.

A change builds a new assistant and puts it in the old one's place in one step: who is being answered meanwhile is
answered from the reports as they were. This module does not know how reports are read, nor what asks for a change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from assistant.answer import Answer
from assistant.generation.factory import load_generator
from assistant.progress import Progress, silent
from corpus.document import Document
from index.library import Library, Outcome
from index.passage_index import Embedder, PassageIndex
from ui.background import in_background
from ui.chat import Askable


class Live:
    """The assistant in use.

    Args:
        assistant: Answers over the library's index as it is.
        library: Where reports are added and removed.
        embedder: The library's embedder.
        assistant_of: Makes an assistant of another index, whose answers the generator of a name words; "" for none.
        generator: The name of the one that words the answers now; empty for none.
    """

    def __init__(
        self,
        assistant: Askable,
        library: Library,
        embedder: Embedder,
        assistant_of: Callable[[PassageIndex, str], Askable],
        generator: str = "",
    ) -> None:
        self._assistant = assistant
        self._library = library
        self._embedder = embedder
        self._assistant_of = assistant_of
        self.generator = generator

    @property
    def index(self) -> PassageIndex:
        """The reports."""
        return self._assistant.index

    def ask(
        self,
        question: str,
        turns: Sequence[str] = (),
        documents: Collection[str] = (),
        progress: Progress = silent,
    ) -> Answer:
        """Answer a question from those of the chosen reports that are still there."""
        assistant = self._assistant
        return assistant.ask(question, turns, [id for id in documents if id in assistant.index.documents], progress)

    def file(self, document: Document) -> Path | None:
        """The file that a report was read from, where the library keeps it."""
        return self._library.file(document)

    def add(self, paths: Sequence[Path]) -> Iterator[str | Outcome]:
        """Add reports: first lines that say how far it is, then one outcome a file.

        Raises:
            OSError: If the library cannot be written.
            ValueError: If the library cannot be used.
        """

        def work(say: Callable[[str | Outcome], None]) -> None:
            def tell(doing: str, done: int, total: int) -> None:
                lead = "Indexing: passage" if doing == "embedding" else f"Reading {doing}: page"
                say(f"{lead} {done:,} of {total:,}")

            for outcome in self._library.add(paths, self._embedder, progress=tell):
                say(outcome)
            self._renew()

        yield from in_background(work)

    def remove(self, id: str) -> None:  # noqa: A002 - what the field is called
        """Remove a report.

        Raises:
            OSError: If the library cannot be written.
            ValueError: If there is no such report, or it is the last.
        """
        self._library.remove([id], self._embedder)
        self._renew()

    def word_with(self, generator: str) -> None:
        """Let another language model word the answers.

        Args:
            generator: Its name, folder or URL; empty for none.

        Raises:
            OSError: If it cannot be reached.
            ValueError: If it cannot be used.
        """
        if generator:
            load_generator(generator).check()
        self._assistant, self.generator = self._assistant_of(self.index, generator), generator

    def _renew(self) -> None:
        self._assistant = self._assistant_of(self._library.open(self._embedder), self.generator)
