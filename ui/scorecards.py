"""The runs of `reportqa eval`, read from what it writes: its list of runs, their scorecards and predictions.

This module does not know how an answer is scored, nor what a score looks like.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

_LISTED = 30


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a question set.

    Attributes:
        folder: Where its scorecard and predictions are.
        questions: The question set.
        date: When it ended.
    """

    folder: Path
    questions: Path
    date: datetime

    @property
    def name(self) -> str:
        """The question set, when, and the run's folder."""
        return f"{self.questions.stem} · {self.date.astimezone():%d %b %Y, %H:%M} · {self.folder.name}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A question whose answer was wrong or unproved.

    Attributes:
        id: The question's id in its set.
        category: Its kind.
        question: What was asked.
        expected: The right answers, empty where the question set is gone or the reports are silent.
        answer: What was answered.
        why: What is wrong with it, in plain words.
    """

    id: str
    category: str
    question: str
    expected: str
    answer: str
    why: str


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How a run did.

    Attributes:
        overall: Scores of all questions by name; None where a score has no question.
        categories: The same for each category.
        risk_coverage: Points (share answered, share of those wrong), each in [0, 1].
        failures: What went wrong, in the set's order.
    """

    overall: Mapping[str, float | None]
    categories: Mapping[str, Mapping[str, float | None]]
    risk_coverage: tuple[tuple[float, float], ...]
    failures: tuple[Failure, ...]


def runs(home: Path) -> list[Run]:
    """The runs noted in a home that are still there, newest first, one a folder.

    Args:
        home: The library's home, where `reportqa eval` notes its runs.
    """
    path = home / "evaluations.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    found: dict[Path, Run] = {}
    for line in reversed(lines):
        with suppress(ValueError, KeyError, TypeError):
            row = json.loads(line)
            run = Run(Path(row["folder"]), Path(row["questions"]), datetime.fromisoformat(row["date"]))
            if run.folder not in found and (run.folder / "scorecard.json").is_file():
                found[run.folder] = run
    return list(found.values())[:_LISTED]


def read_scorecard(run: Run) -> Scorecard:
    """How a run did.

    Raises:
        ValueError: If its files are gone or damaged.
    """
    try:
        card = json.loads((run.folder / "scorecard.json").read_text("utf-8"))
        answers = _by_id(run.folder / "predictions.jsonl")
        gold = _by_id(run.questions) if run.questions.is_file() else {}
        failed = (judgement for judgement in card["judgements"] if not judgement["strict"])
        failures = tuple(_failure(judgement, answers[judgement["id"]], gold) for judgement in failed)
        points = tuple((float(coverage), float(risk)) for coverage, risk in card["risk_coverage"])
        return Scorecard(card["overall"], card["categories"], points, failures)
    except (OSError, ValueError, KeyError, TypeError):
        raise ValueError(f"the run in {run.folder} cannot be read: run `reportqa eval` again") from None


def _failure(judgement: Mapping[str, Any], answer: Mapping[str, Any], gold: Mapping[str, Mapping[str, Any]]) -> Failure:
    expected = "; ".join(gold.get(judgement["id"], {}).get("answers", ()))
    given = answer["answer"]
    return Failure(judgement["id"], judgement["category"], answer["question"], expected, given, _why(judgement))


def _why(judgement: Mapping[str, Any]) -> str:
    answered = judgement["verdict"] != "not_disclosed"
    if not judgement["answerable"]:
        return "Answered, though the reports do not state it"
    if answered:
        return "Right, but no citation proves it" if judgement["correct"] else "Wrong answer"
    found = any(rank is not None for rank in judgement["ranks"])
    return "Called not disclosed, " + ("though the proof was found" if found else "its proof not found")


def _by_id(path: Path) -> dict[str, Mapping[str, Any]]:
    return {row["id"]: row for row in _rows(path)}


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
