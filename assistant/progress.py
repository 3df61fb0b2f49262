"""How far an answer is, told to whoever waits for it.

Answers are remembered by what they were asked with, and several are made at once by one assistant: hence who listens is
kept beside the call, not passed through it. This module does not know which stages there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[str], None]


def silent(stage: str) -> None:
    """Listen to nothing."""


_LISTENER: ContextVar[Progress] = ContextVar("listener", default=silent)


@contextmanager
def listening(progress: Progress) -> Iterator[None]:
    """Within it, each stage of this thread is told to `progress`."""
    token = _LISTENER.set(progress)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell(stage: str) -> None:
    """Say what is being done now, in one word: "searching", "reading", "checking"."""
    _LISTENER.get()(stage)
