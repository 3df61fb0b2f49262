"""Work that tells how far it is, done in a thread of its own so that what it tells is shown at once.

It goes on to its end even where nobody waits any more. This module does not know what is done.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Told = TypeVar("Told")
Made = TypeVar("Made")


def in_background(work: Callable[[Callable[[Told], None]], Made]) -> Generator[Told, None, Made]:
    """Yield what the work tells as it is told, and return what it makes.

    Args:
        work: Is given what to tell with; it never tells None.

    Raises:
        Exception: What the work raises.
    """
    said: SimpleQueue[Told | None] = SimpleQueue()
    made: Future[Made] = Future()

    def run() -> None:
        try:
            made.set_result(work(said.put))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            made.set_exception(error)
        said.put(None)

    Thread(target=run, daemon=True).start()
    while (what := said.get()) is not None:
        yield what
    return made.result()
