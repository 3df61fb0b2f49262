"""Language models that word an answer: what the wording step asks of one, and how a user names one.

A model drafts and nothing more: `assistant.grounding.verifier` decides what of a draft is shown. This module does not
know prompts.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

# How long a draft may take in all, and how long it may be.
MAX_SECONDS = 120.0
MAX_NEW_TOKENS = 400
# A text as it is written; closing it stops whoever writes.
Pieces = abc.Generator[str, None, None]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat: the rules as `system`, the question with its passages as `user`."""

    role: Literal["system", "user"]
    text: str


class Generator(Protocol):
    """Writes a text that answers messages."""

    @property
    def name(self) -> str:
        """What the user calls it."""
        ...

    @property
    def max_prompt_chars(self) -> int:
        """How many characters its messages may have together, so that nothing of them is lost."""
        ...

    def check(self) -> None:
        """Find out early whether it can be used.

        Raises:
            OSError: If it cannot be reached.
            ValueError: If it cannot be used.
        """
        ...

    def write(self, messages: Sequence[Message]) -> Pieces:
        """The text in pieces, as it is written.

        Raises:
            OSError: If it cannot be reached, or takes too long (`TimeoutError`).
            ValueError: If it cannot be used, or what it sends is no text.
            RuntimeError: If it breaks down, out of memory for one.
        """
        ...
