"""Rows that say which passage answers a question, but not where in it.

A row is a JSON line `{"id", "question"}` with `positive`, a sentence that answers, or `positives` and `negatives`,
sentences or table rows that do and do not, and a `title`. This module does not know models or tokens.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from assistant.training.mix import Example, lines_of

_MOST = 2  # passages of one question, of those that answer and of those that do not


def read_relevance(path: Path, rng: random.Random) -> list[Example]:
    """Read a file of rows, gzipped or not, as examples that are answered somewhere in their passage or not at all.

    Raises:
        ValueError: If a line is not a row.
    """
    examples = []
    for number, line in lines_of(path):
        try:
            examples += _examples(json.loads(line), path.name.split(".")[0], rng)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: not a row of passages that answer ({error})") from error
    return examples


def _examples(row: dict[str, Any], group: str, rng: random.Random) -> list[Example]:
    question, title = row["question"], row.get("title", "").replace(" | ", " > ")
    positives = [row["positive"]] if "positive" in row else row["positives"]
    passages = [(text, True) for text in rng.sample(positives, min(_MOST, len(positives)))]
    negatives = row.get("negatives", [])
    passages += [(text, False) for text in rng.sample(negatives, min(_MOST, len(negatives)))]
    return [
        Example(
            question, f"{title}\n{_as_row(text)}".lstrip("\n"), 0, 0, group=group, unit=question, is_somewhere=answers
        )
        for text, answers in passages
    ]


def _as_row(text: str) -> str:
    """A table row `Column: value ; Column: value` as the product writes one; other text as it is."""
    first, *cells = text.split(" ; ")
    return f"{first.partition(': ')[2]} | {'; '.join(cells)}" if cells else text
