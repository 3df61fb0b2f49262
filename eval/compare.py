"""Compares two runs question by question. Does not know the reports or the gold, only what the runs kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question in a run.

    Attributes:
        id: The question's id.
        category: Its category.
        question: What was asked.
        verdict: The answer's verdict.
        answer: The answer's text.
        strict: Whether it was right by strict attributed accuracy.
    """

    id: str
    category: str
    question: str
    verdict: str
    answer: str
    strict: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A question that two runs answer differently."""

    before: Outcome
    after: Outcome

    @property
    def kind(self) -> str:
        """`lost` or `gained` where the answer stopped or started being right, else `reworded`."""
        if self.before.strict == self.after.strict:
            return "reworded"
        return "gained" if self.after.strict else "lost"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side, over the questions that both were asked.

    Attributes:
        questions: How many both were asked.
        before: Strict attributed accuracy of the first run over them.
        after: Strict attributed accuracy of the second.
        changes: The questions answered differently: lost ones first, then gained, then reworded.
        unshared: Ids of the questions that only one of the runs was asked, or was asked in other words.
    """

    questions: int
    before: float
    after: float
    changes: tuple[Change, ...]
    unshared: tuple[str, ...]

    def regressed(self, threshold: float) -> bool:
        """Whether strict attributed accuracy, in [0, 1], fell by more than the threshold."""
        return self.before - self.after > threshold + 1e-9


def read_outcomes(folder: Path) -> dict[str, Outcome]:
    """Read a run's questions with gold by id.

    Raises:
        FileNotFoundError: If the folder holds no finished run.
        ValueError: If its files are damaged.
    """
    for name in ("predictions.jsonl", "scorecard.json"):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder} holds no finished run: it has no {name}")
    try:
        lines = (folder / "predictions.jsonl").read_text("utf-8").splitlines()
        answers = {row["id"]: row for row in map(json.loads, lines)}
        judgements = json.loads((folder / "scorecard.json").read_text("utf-8"))["judgements"]
        return {judged["id"]: _outcome(judged, answers[judged["id"]]) for judged in judgements}
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"the run in {folder} is damaged: run `reportqa eval` again") from None


def compare(before: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> Comparison:
    """Compare two runs.

    Raises:
        ValueError: If they share no question.
    """
    shared = [id for id in before if id in after and before[id].question == after[id].question]
    if not shared:
        raise ValueError("the runs share no question: compare runs of one question set")
    changes = [
        Change(before[id], after[id])
        for id in shared
        if (before[id].strict, before[id].verdict, before[id].answer)
        != (after[id].strict, after[id].verdict, after[id].answer)
    ]
    order = ("lost", "gained", "reworded")
    return Comparison(
        questions=len(shared),
        before=sum(before[id].strict for id in shared) / len(shared),
        after=sum(after[id].strict for id in shared) / len(shared),
        changes=tuple(sorted(changes, key=lambda change: order.index(change.kind))),
        unshared=tuple(id for id in dict.fromkeys([*before, *after]) if id not in set(shared)),
    )


def _outcome(judged: Mapping[str, object], answer: Mapping[str, object]) -> Outcome:
    text = {key: str(answer[key]) for key in ("question", "verdict", "answer")}
    return Outcome(str(judged["id"]), str(judged["category"]), **text, strict=bool(judged["strict"]))
