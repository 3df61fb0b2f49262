"""Examples become token windows, and windows become batches of similar length.

Windows are cut as the reader cuts them at question time, but for training one window an example is drawn: around the
answer where there is one. This module does not know the model.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.training.mix import Example

_QUESTION_TOKENS = 48


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids of `[CLS] question [SEP] passage [SEP]`, and where the answer starts and ends.

    Both places are 0 where the passage holds no answer, and -1 where it holds one at a place that is not known.
    """

    ids: list[int]
    question_length: int
    start: int
    end: int


def windows(examples: Sequence[Example], tokenizer: Any, max_tokens: int, rng: random.Random) -> list[Window]:  # noqa: ANN401
    """One window of at most `max_tokens` an example; examples whose answer falls between tokens are left out."""
    questions = tokenizer.encode_batch([example.question for example in examples], add_special_tokens=False)
    passages = tokenizer.encode_batch([example.passage for example in examples], add_special_tokens=False)
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    made = []
    for example, question, passage in zip(examples, questions, passages, strict=True):
        asked = question.ids[:_QUESTION_TOKENS]
        room = max_tokens - len(asked) - 3
        first = last = -1
        if example.end > example.start:
            inside = [i for i, (a, b) in enumerate(passage.offsets) if a < example.end and b > example.start]
            if not inside or inside[-1] - inside[0] >= room:
                continue
            first, last = inside[0], inside[-1]
        low = _window_start(len(passage.ids), room, first, last, rng)
        ids = [cls, *asked, sep, *passage.ids[low : low + room], sep]
        shift = len(asked) + 2 - low
        unplaced = -1 if example.is_somewhere else 0
        start, end = (first + shift, last + shift) if first >= 0 else (unplaced, unplaced)
        made.append(Window(ids, len(asked) + 2, start, end))
    return made


def batches(made: Sequence[Window], tokens: int, rng: random.Random) -> Iterator[dict[str, NDArray[np.int64]]]:
    """Shuffled batches of at most `tokens` tokens, padding included, each of windows of similar length."""
    noisy = sorted(rng.sample(made, len(made)), key=lambda window: len(window.ids) + rng.uniform(0, 8))
    groups: list[list[Window]] = [[]]
    longest = 0
    for window in noisy:
        longest = max(longest, len(window.ids))
        if groups[-1] and longest * (len(groups[-1]) + 1) > tokens:
            groups.append([])
            longest = len(window.ids)
        groups[-1].append(window)
    rng.shuffle(groups)
    for group in groups:
        yield padded(group)


def padded(group: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    """Arrays of shape (windows, longest): ids, token types, mask; and (windows,): start, end."""
    longest = max(len(window.ids) for window in group)
    batch = {
        name: np.zeros((len(group), longest), np.int64) for name in ("input_ids", "token_type_ids", "attention_mask")
    }
    for i, window in enumerate(group):
        batch["input_ids"][i, : len(window.ids)] = window.ids
        batch["token_type_ids"][i, window.question_length : len(window.ids)] = 1
        batch["attention_mask"][i, : len(window.ids)] = 1
    batch["start"] = np.array([window.start for window in group])
    batch["end"] = np.array([window.end for window in group])
    return batch


def _window_start(length: int, room: int, first: int, last: int, rng: random.Random) -> int:
    """Where a window of `room` tokens starts: anywhere in the passage that keeps tokens first to last inside."""
    if length <= room:
        return 0
    low, high = (0, length - room) if first < 0 else (max(0, last - room + 1), min(first, length - room))
    return rng.randint(min(low, high), max(low, high))
