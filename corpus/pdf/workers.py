"""Reads a PDF's pages in processes of their own, under limits of time and memory.

What goes wrong there, a crash of the parser included, comes back as one `ValueError`. Workers start fresh (spawn), so
that threads of the calling program are none of their concern. This module does not know what is read of a page.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any

MAX_MEMORY = 1024 * 1024 * 1024  # bytes of address space a worker
MAX_PAGE_SECONDS = 30.0
MAX_SECONDS = 900.0
_START_SECONDS = 60.0
_STARTING = threading.Lock()

Task = Callable[..., Any]
"""A function of the open `pypdfium2.PdfDocument` and of a task's own arguments, importable by name."""


@dataclass(slots=True)
class _Worker:
    process: multiprocessing.process.BaseProcess
    connection: Connection
    task: int | None = None
    deadline: float = 0.0


class PdfWorkers:
    """Processes that have one PDF open.

    Attributes:
        about: What the task that opened the PDF gave back.
    """

    def __init__(self, path: Path, opening: Task) -> None:
        """Start the first worker.

        Args:
            path: The PDF.
            opening: What it gives is kept in `about`.

        Raises:
            ValueError: If the PDF cannot be opened.
        """
        self._path = path
        self._ends_at = time.monotonic() + MAX_SECONDS
        self._workers: list[_Worker] = []
        try:
            self._start()
            self.about: Any = self._result(self._workers[0], opening, ())
        except BaseException:
            self.close()
            raise

    def grow(self, count: int) -> None:
        """Have as many workers."""
        while len(self._workers) < count:
            self._start()

    def map(self, task: Task, arguments: Sequence[tuple[Any, ...]], done: Callable[[int], None]) -> list[Any]:
        """Run a task for each of n argument tuples, one a page.

        Args:
            task: What to run.
            arguments: n tuples; task i is about page i + 1.
            done: Called with how many are done.

        Returns:
            n results, in the arguments' order.

        Raises:
            ValueError: If a task fails, crashes its worker, or runs too long.
        """
        results: list[Any] = [None] * len(arguments)
        following = iter(range(len(arguments)))
        for worker in self._workers:
            self._give(worker, task, arguments, following)
        finished = 0
        while finished < len(arguments):
            for worker in self._ready():
                assert worker.task is not None
                results[worker.task] = self._receive(worker)
                finished += 1
                done(finished)
                self._give(worker, task, arguments, following)
        return results

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.kill()
            worker.process.join()
        self._workers = []

    def __enter__(self) -> PdfWorkers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        process = context.Process(target=_serve, args=(there, str(self._path)), daemon=True)
        with _without_main():
            process.start()
        there.close()
        self._workers.append(_Worker(process, here))

    def _result(self, worker: _Worker, task: Task, arguments: tuple[Any, ...]) -> Any:  # noqa: ANN401
        worker.task, worker.deadline = None, time.monotonic() + _START_SECONDS
        worker.connection.send((task, arguments))
        if not worker.connection.poll(_START_SECONDS):
            raise ValueError(f"{self._path.name}: opening it took more than {_START_SECONDS:.0f} seconds")
        return self._receive(worker)

    def _give(self, worker: _Worker, task: Task, arguments: Sequence[tuple[Any, ...]], following: Any) -> None:  # noqa: ANN401
        worker.task = next(following, None)
        worker.deadline = time.monotonic() + MAX_PAGE_SECONDS
        if worker.task is not None:
            with contextlib.suppress(OSError):  # a worker that died is noticed when its answer is read
                worker.connection.send((task, arguments[worker.task]))

    def _ready(self) -> list[_Worker]:
        """The workers that have answered; waits for one."""
        busy = [worker for worker in self._workers if worker.task is not None]
        until = min(self._ends_at, *(worker.deadline for worker in busy))
        answered = wait([worker.connection for worker in busy], max(0.0, until - time.monotonic()))
        if answered:
            return [worker for worker in busy if worker.connection in answered]
        if time.monotonic() >= self._ends_at:
            raise ValueError(f"{self._path.name}: reading it took more than {MAX_SECONDS:.0f} seconds")
        late = min(busy, key=lambda worker: worker.deadline)
        raise ValueError(f"{self._path.name}: {_page(late)} took more than {MAX_PAGE_SECONDS:.0f} seconds to read")

    def _receive(self, worker: _Worker) -> Any:  # noqa: ANN401
        try:
            failure, result = worker.connection.recv()
        except (EOFError, OSError):
            raise ValueError(f"{self._path.name}: reading {_page(worker)} crashed; the file is damaged") from None
        if failure:
            where = f"{_page(worker)}: " if worker.task is not None else ""
            raise ValueError(f"{self._path.name}: {where}{failure}")
        return result


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Start a process that does not run the calling program's main module again, which it has no use for.

    A new process would run a script that has no guard from the top, and fail where the program was typed in.
    """
    with _STARTING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def _page(worker: _Worker) -> str:
    return "the file" if worker.task is None else f"page {worker.task + 1}"


def _serve(connection: Connection, path: str) -> None:
    """Answer tasks until the other side closes."""
    _limit_memory()
    import pypdfium2

    pdf = None
    while True:
        try:
            task, arguments = connection.recv()
        except (EOFError, OSError):
            return
        try:
            pdf = pdf or pypdfium2.PdfDocument(path)
            answer = "", task(pdf, *arguments)
        except pypdfium2.PdfiumError as error:
            answer = _reason(error), None
        except MemoryError:
            answer = f"it needs more than {MAX_MEMORY // 1024**2} MB of memory", None
        except RecursionError:
            answer = "it is nested too deeply", None
        connection.send(answer)


def _reason(error: Exception) -> str:
    """What PDFium's message means to a person."""
    said = str(error)
    if "password" in said.lower():
        return "it is protected with a password: save it without one"
    if "data format" in said.lower():
        return "it is not a PDF, or damaged: its data cannot be read"
    return f"it is damaged ({said.rstrip('.')})"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
