"""Cuts a question and a passage into windows that a model can read, and finds the best span of a window.

Shared by every reader, whatever runs its model. This module does not know how logits are made, nor what a score means.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

_MAX_TOKENS = 256
_STRIDE = 64
_MAX_QUESTION_TOKENS = 64
_MAX_SPAN_TOKENS = 40


def windows(question: str, passages: Sequence[str], tokenizer: Tokenizer) -> list[tuple[int, Encoding]]:
    """Question and passage as one sequence; a long passage in windows of 256 tokens that overlap by 64.

    Args:
        question: What is asked; what goes beyond 64 tokens is not read.
        passages: n passages.
        tokenizer: One that neither truncates nor pads.

    Returns:
        At least one window a passage: the passage's place and the encoded window.
    """
    asked = tokenizer.encode(question, add_special_tokens=False)
    if len(asked) > _MAX_QUESTION_TOKENS:
        end = asked.offsets[_MAX_QUESTION_TOKENS - 1][1]
        asked = tokenizer.encode(question[:end], add_special_tokens=False)
    room = _MAX_TOKENS - len(asked) - tokenizer.num_special_tokens_to_add(is_pair=True)
    made = []
    for place, passage in enumerate(tokenizer.encode_batch(list(passages), add_special_tokens=False)):
        passage.truncate(room, stride=_STRIDE)
        made += [(place, tokenizer.post_process(asked, part)) for part in (passage, *passage.overflowing)]
    return made


def best_span(
    start_logits: NDArray[np.float32], end_logits: NDArray[np.float32], inside: Sequence[bool]
) -> tuple[int, int, float] | None:
    """The best span of a window and its score against no answer.

    Args:
        start_logits: One a token; the first token stands for "no answer".
        end_logits: One a token.
        inside: Whether each token belongs to the passage.

    Returns:
        First token, last token, and (start + end) minus (null start + null end); None when no token is inside.
    """
    allowed = np.flatnonzero(inside)
    if not len(allowed):
        return None
    first, last = int(allowed[0]), int(allowed[-1])
    starts, ends = start_logits[first : last + 1], end_logits[first : last + 1]
    scores = np.triu(starts[:, None] + ends[None, :])
    scores[np.tril_indices_from(scores, -1)] = -np.inf
    scores[np.triu_indices_from(scores, _MAX_SPAN_TOKENS)] = -np.inf
    start, end = np.unravel_index(int(scores.argmax()), scores.shape)
    null = float(start_logits[0] + end_logits[0])
    return first + int(start), first + int(end), float(scores[start, end]) - null
