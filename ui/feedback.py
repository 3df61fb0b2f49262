"""What users think of answers, kept as questions with their right answers, so that a complaint becomes a test.

A row is written as question sets are: patterns that a right answer matches, and the report's words that prove it. This
module does not know how a question set is run.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from corpus.figure import find_figures
from index.passage_index import PassageIndex
from ui.render import Turn

_SEARCHED = 20
_WRITING = Lock()


def praise(turns: Sequence[Turn], place: int) -> dict[str, Any]:
    """The row of an answer that was called right.

    Args:
        turns: The conversation.
        place: The turn in it, counted from 0.

    Raises:
        ValueError: If the turn has no answer.
    """
    answer = turns[place].answer
    if answer is None:
        raise ValueError("there is no answer to rate: ask the question again")
    if answer.verdict == "not_disclosed":
        return _row(turns, place, "", ())
    return _row(turns, place, answer.value or answer.text, [citation.quote for citation in answer.citations])


def correction(turns: Sequence[Turn], place: int, right: str, words: str, index: PassageIndex) -> dict[str, Any]:
    """The row of an answer that was put right.

    Args:
        turns: The conversation.
        place: The turn in it, counted from 0.
        right: The right answer; empty when the reports do not state it.
        words: The report's words that prove it; empty to look for a passage that says it.
        index: The reports.

    Raises:
        ValueError: If the words stand in no report, or none are given and no passage says it.
    """
    if not right:
        return _row(turns, place, "", ())
    if words:
        folded = _folded(words)
        if not any(folded in _folded(document.text) for document in index.documents.values()):
            raise ValueError("these words stand in no report: copy them from one")
        return _row(turns, place, right, [words])
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in answer_patterns(right)]
    hits = index.search(f"{turns[place].question} {right}", _SEARCHED)
    for hit in hits:
        if all(pattern.search(hit.passage.text) for pattern in patterns):
            return _row(turns, place, right, [hit.passage.text])
    raise ValueError("no passage says this in so many words: paste the report's own words that prove it")


def keep(path: Path, id: str, row: dict[str, Any]) -> None:  # noqa: A002 - the row's own key
    """Add a row to a question file, in the place of an earlier row with its id."""
    with _WRITING:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        lines = [line for line in lines if json.loads(line)["id"] != id]
        lines.append(json.dumps({"id": id, **row}, ensure_ascii=False))
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text("\n".join(lines) + "\n", "utf-8")
        os.replace(beside, path)


def answer_patterns(right: str) -> list[str]:
    """Regular expressions that a right answer matches: each figure with or without its commas, else the words."""
    figures = [found.figure for found in find_figures(right)]
    numbers = [match for figure in figures for match in re.findall(r"\d[\d,]*(?:\.\d+)?", figure.text)[:1]]
    if numbers:
        return list(dict.fromkeys(_number_pattern(number) for number in numbers))
    words = re.findall(r"\w+", right)
    return [r"\W+".join(re.escape(word) for word in words)]


def _number_pattern(number: str) -> str:
    whole, _, decimals = number.replace(",", "").partition(".")
    grouped = f"{int(whole):,}".replace(",", "[, ]?")
    return rf"(?<!\d)(?<!\d[.,]){grouped}{re.escape('.' + decimals) if decimals else ''}(?!\d)(?![.,]\d)"


def _row(turns: Sequence[Turn], place: int, right: str, evidence: Collection[str]) -> dict[str, Any]:
    asked = [turn.question for turn in turns[: place + 1]]
    row: dict[str, Any] = {
        "category": "feedback",
        "question": asked[-1],
        "answers": [right] if right else [],
        "must_include": answer_patterns(right) if right else [],
        "evidence": list(evidence),
        "answerable": bool(right),
    }
    return row | {"turns": asked} if len(asked) > 1 else row


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
