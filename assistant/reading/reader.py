"""Reads passages with a question: an extractive question-answering model that also says when there is no answer.

A reader scores a span against "no answer" (the SQuAD 2 convention: the null answer is the first token), so that one
number ranks passages, answers and abstains. The default model runs on ONNX Runtime, any other with transformers; heavy
libraries are imported on first use. This module does not know where passages come from, nor what becomes of its spans.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.reading.table_rows import Part, table_parts
from assistant.reading.windows import best_span, windows
from index.bert import Bert, load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

DEFAULT_READER = Path(__file__).parents[1] / "model"
_BATCH = 8
_REMEMBERED = 4096


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

    @classmethod
    def load(cls, folder: Path) -> Calibration:
        """The calibration in a model's folder, or the default."""
        path = folder / "calibration.json"
        if not path.is_file():
            return cls()
        saved = json.loads(path.read_text("utf-8"))
        return cls(saved["temperature"], saved["bias"], saved["threshold"])

    def confidence(self, score: float) -> float:
        """Probability in [0, 1] of a score."""
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, score / self.temperature + self.bias))))


def load_reader(name: str | Path | None = None) -> OnnxReader | SpanReader:
    """The reader of a name or folder: the default one, where none is given, without torch; others with transformers."""
    return OnnxReader() if name is None else SpanReader(name)


class OnnxReader:
    """A BERT question-answering model in a folder, run without torch and transformers: the default reader.

    It runs in eight bits where the processor is exact in them: F1 and what tells an answer from none stayed the same on
    four held-aside sets, in half the time.
    """

    def __init__(self, folder: Path = DEFAULT_READER, int8: bool | None = None) -> None:
        self.folder = folder
        self._int8 = int8
        self._remembered: dict[tuple[str, str], Reading] = {}
        self.calibration = Calibration.load(folder)

    @property
    def threshold(self) -> float:
        """The confidence below which nothing was found."""
        return self.calibration.threshold

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read passages as `read_windows` does; what was read before, with the same question, is remembered.

        Raises:
            OSError: If a file of the model is missing.
            ValueError: If the model is not a BERT question-answering model.
        """
        found = {passage: self._remembered.get((question, passage)) for passage in passages}
        fresh = [passage for passage, reading in found.items() if reading is None]
        readings = read_windows(question, fresh, self._tokenizer, self._bert.run, self.calibration) if fresh else []
        read = dict(zip(fresh, readings, strict=True))
        if len(self._remembered) > _REMEMBERED:
            self._remembered.clear()
        self._remembered.update(((question, passage), reading) for passage, reading in read.items())
        return [found[passage] or read[passage] for passage in passages]

    @cached_property
    def _bert(self) -> Bert:
        return Bert(self.folder, "span", self._int8)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.folder)


class SpanReader:
    """Any extractive question-answering model that transformers loads, by name or folder."""

    def __init__(self, name: str | Path = DEFAULT_READER) -> None:
        self.name = str(name)
        self.calibration = Calibration.load(Path(name))

    @property
    def threshold(self) -> float:
        """The confidence below which nothing was found."""
        return self.calibration.threshold

    def read(self, question: str, passages: Sequence[str]) -> list[Reading]:
        """Read passages as `read_windows` does.

        Raises:
            ValueError: If the model cannot be loaded.
        """
        model, tokenizer = self._loaded
        fast = tokenizer.backend_tokenizer
        fast.no_padding()
        fast.no_truncation()
        return read_windows(question, passages, fast, self._logits, self.calibration)

    def _logits(self, encodings: Sequence[Encoding]) -> list[NDArray[np.float32]]:
        """Start and end logits of each window, shape (tokens, 2), computed in batches of similar length."""
        import torch

        model, tokenizer = self._loaded
        order = sorted(range(len(encodings)), key=lambda i: len(encodings[i].ids))
        logits: dict[int, NDArray[np.float32]] = {}
        for begin in range(0, len(order), _BATCH):
            some = order[begin : begin + _BATCH]
            rows = [{"input_ids": encodings[i].ids, "token_type_ids": encodings[i].type_ids} for i in some]
            kept = [{name: row[name] for name in row if name in tokenizer.model_input_names} for row in rows]
            batch = tokenizer.pad(kept, return_tensors="pt").to(model.device)
            with torch.inference_mode():
                output = model(**batch)
            both = torch.stack([output.start_logits, output.end_logits], -1).float().cpu().numpy()
            logits.update((i, both[row, : len(encodings[i].ids)]) for row, i in enumerate(some))
        return [logits[i] for i in range(len(encodings))]

    @cached_property
    def _loaded(self) -> tuple[Any, Any]:
        """Model and tokenizer."""
        import torch
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        try:
            tokenizer = AutoTokenizer.from_pretrained(self.name)
            model = AutoModelForQuestionAnswering.from_pretrained(self.name, dtype="float32").eval()
        except (OSError, ValueError) as error:
            raise ValueError(
                f"cannot load the reader {self.name!r}: give the name or folder of an extractive question-answering"
                f" model ({str(error).splitlines()[0]})"
            ) from error
        return model.to("cuda" if torch.cuda.is_available() else "cpu"), tokenizer


def read_windows(
    question: str,
    passages: Sequence[str],
    tokenizer: Tokenizer,
    logits: Callable[[Sequence[Encoding]], Iterable[NDArray[np.float32]]],
    calibration: Calibration,
) -> list[Reading]:
    """Read passages; a whole table is read row by row, a long text in overlapping windows.

    Args:
        question: What is asked.
        passages: n passages as read: section path, then text with headers.
        tokenizer: The model's, neither truncating nor padding.
        logits: Gives each window's start and end logits, shape (tokens, 2).
        calibration: Makes scores confidences.

    Returns:
        n readings. One whose passage gives no span at all has `start == end` and the score minus infinity.
    """
    best = [Reading(0, 0, -math.inf, 0.0) for _ in passages]
    parts = [
        (place, part)
        for place, passage in enumerate(passages)
        for part in table_parts(passage) or [Part.whole(passage)]
    ]
    made = windows(question, [part.text for _, part in parts], tokenizer)
    for (number, window), both in zip(made, logits([window for _, window in made]), strict=True):
        span = best_span(both[:, 0], both[:, 1], [side == 1 for side in window.sequence_ids])
        place, part = parts[number]
        if span is not None and span[2] > best[place].score:
            start, end = part.in_passage(window.offsets[span[0]][0], window.offsets[span[1]][1])
            best[place] = Reading(start, end, span[2], calibration.confidence(span[2]))
    return best
