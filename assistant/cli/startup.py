"""Opens the assistant over the user's library for a command, with a progress bar while the library is indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

    from assistant.assistant import Assistant
    from assistant.generation.writer import Worded


def open_assistant(
    reader: str | None, embedder: str | None, k: int | None = None, generator: str | None = None
) -> Assistant | Worded:
    """The assistant over the user's library, which is indexed first where it is not; with a generator, it words.

    Raises:
        OSError: If a file cannot be read or written.
        ValueError: If the index or a model cannot be used.
    """
    if generator is None:
        return open_plain(reader, embedder, k)
    from assistant.generation.factory import load_generator
    from assistant.generation.writer import Worded

    writer = load_generator(generator)
    return Worded(open_plain(reader, embedder, k), writer)


def open_plain(reader: str | None, embedder: str | None, k: int | None = None) -> Assistant:
    """The assistant over the user's library, which words its answers by itself.

    Raises:
        OSError: If a file cannot be read or written.
        ValueError: If the index or a model cannot be used.
    """
    from assistant.assistant import DEFAULT_K, Assistant
    from assistant.reading.answerability import Confidence
    from assistant.reading.reader import load_reader
    from index.embedder import load_embedder
    from index.library import Library

    with ProgressBar("indexing") as bar:
        index = Library().open(load_embedder(embedder), bar.update)
    return Assistant(index, load_reader(reader), k or DEFAULT_K, Confidence.of_reader(reader))


class ProgressBar:
    """A progress bar that shows only where there is progress."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._progress: Progress | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def update(self, done: int, total: int) -> None:
        """Show how far it is."""
        from rich.console import Console
        from rich.progress import Progress

        if self._progress is None:
            self._progress = Progress(console=Console(stderr=True), transient=True)
            self._progress.start()
            self._task = self._progress.add_task(self._label, total=total)
        self._progress.update(self._task, completed=done, total=total)

    def __exit__(self, *exc: object) -> None:
        if self._progress is not None:
            self._progress.stop()
