"""Reads passages with a question: an extractive question-answering model that also says when there is no answer.

The reader scores a span against "no answer" (the SQuAD 2 convention: the null answer is the first token), so that one
number ranks passages, answers and abstains. Heavy libraries are imported on first use. This module does not know
where passages come from, nor what becomes of its spans.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

DEFAULT_READER = Path(__file__).parent / "model"
_MAX_TOKENS = 256
_STRIDE = 64
_MAX_SPAN_TOKENS = 40
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """The best answer that one passage gives.

    Attributes:
        start: Start of the answer in the passage as read.
        end: End of the answer in the passage as read.
        score: Log-odds-like score of the answer against none, higher is better, comparable across passages.
        confidence: Calibrated probability that the passage holds the answer, in [0, 1].
    """

    start: int
    end: int
    score: float
    confidence: float


class Reader(Protocol):
    """Finds the answer to a question in each of several passages."""

    @property
    def threshold(self) -> float:
        """The confidence below which nothing was found."""
        ...

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """The best answer of each passage, in the passages' order."""
        ...


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a score becomes a probability: `1 / (1 + exp(-(score / temperature + bias)))`.

    The defaults serve a model that comes without a calibration of its own.
    """

    temperature: float = 2.0
    bias: float = 0.0
    threshold: float = 0.5

    def confidence(self, score: float) -> float:
        """Probability in [0, 1] of a score."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, score / self.temperature + self.bias))))


class SpanReader:
    """Any extractive question-answering model that transformers loads, by name or folder."""

    def __init__(self, name: str | Path = DEFAULT_READER) -> None:
        self.name = str(name)
        self.calibration = _calibration(Path(name))
        self._model: Any = None
        self._tokenizer: Any = None

    @property
    def threshold(self) -> float:
        """The confidence below which nothing was found."""
        return self.calibration.threshold

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read passages; a long one is read in overlapping windows of 256 tokens.

        Args:
            question: What is asked.
            passages: n passages as read: section path, then text with headers.

        Returns:
            n readings. One whose passage gives no span at all has `start == end` and the score minus infinity.

        Raises:
            ValueError: If the model cannot be loaded.
        """
        self._load()
        best = [Reading(0, 0, -math.inf, 0.0) for _ in passages]
        windows = self._tokenizer(
            [question] * len(passages),
            list(passages),
            truncation="only_second",
            max_length=_MAX_TOKENS,
            stride=_STRIDE,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
        )
        order = sorted(range(len(windows["input_ids"])), key=lambda i: len(windows["input_ids"][i]))
        for begin in range(0, len(order), _BATCH):
            some = order[begin : begin + _BATCH]
            for i, start_logits, end_logits in zip(some, *self._logits(windows, some), strict=True):
                sequence = windows.sequence_ids(i)
                span = best_span(start_logits, end_logits, [part == 1 for part in sequence])
                place = windows["overflow_to_sample_mapping"][i]
                if span is not None and span[2] > best[place].score:
                    offsets = windows["offset_mapping"][i]
                    start, end = offsets[span[0]][0], offsets[span[1]][1]
                    best[place] = Reading(start, end, span[2], self.calibration.confidence(span[2]))
        return best

    def _logits(self, windows: Any, some: Sequence[int]) -> Iterator[NDArray[np.float32]]:  # noqa: ANN401
        """Start logits and end logits of some windows, two arrays of shape (windows, tokens)."""
        import torch

        names = [name for name in ("input_ids", "token_type_ids", "attention_mask") if name in windows]
        padded = self._tokenizer.pad({name: [windows[name][i] for i in some] for name in names}, return_tensors="pt")
        with torch.inference_mode():
            output = self._model(**padded.to(self._model.device))
        yield output.start_logits.float().cpu().numpy()
        yield output.end_logits.float().cpu().numpy()

    def _load(self) -> None:
        if self._model is not None:
            return
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            self._tokenizer = AutoTokenizer.from_pretrained(self.name)
            self._model = AutoModelForQuestionAnswering.from_pretrained(self.name, dtype="float32").eval()
        except (OSError, ValueError) as error:
            raise ValueError(
                f"cannot load the reader {self.name!r}: give the name or folder of an extractive question-answering"
                f" model ({str(error).splitlines()[0]})"
            ) from error


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


def _calibration(folder: Path) -> Calibration:
    path = folder / "calibration.json"
    if not path.is_file():
        return Calibration()
    saved = json.loads(path.read_text("utf-8"))
    return Calibration(saved["temperature"], saved["bias"], saved["threshold"])
