"""Asks a question set and keeps what was answered and how it scored.

A run is a folder with `predictions.jsonl`, one answer a row, and `scorecard.json`, written last. This module does
not know how an answer is made: anything that can be asked and holds an index will do.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Answer
from corpus.document import Document
from eval.evidence import Evidence, find_evidence
from eval.judge import Judgement, judge
from eval.metrics import SEARCH_DEPTH, Scores, risk_coverage, score
from eval.question import Question
from index.hit import Hit


class Library(Protocol):
    """The reports that are asked."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """The documents by id."""
        ...


class Askable(Protocol):
    """What is evaluated."""

    @property
    def index(self) -> Library:
        """Where it looks."""
        ...

    def search(self, question: str, k: int) -> Sequence[Hit]:
        """The k passages nearest to a question, best first."""
        ...

    def ask(self, question: str, turns: Sequence[str]) -> Answer:
        """Answer a question that follows the earlier questions `turns`."""
        ...


@dataclass(frozen=True, slots=True)
class Scorecard:
    """How a run did.

    Attributes:
        overall: Scores of all questions with gold.
        categories: Scores of each category, in the order in which the set brings them.
        risk_coverage: Points (coverage, risk) of all questions, see `eval.metrics.risk_coverage`.
        not_found: Ids of the questions with evidence that stands in no indexed report.
        judgements: One a question with gold.
    """

    overall: Scores
    categories: Mapping[str, Scores]
    risk_coverage: tuple[tuple[float, float], ...]
    not_found: tuple[str, ...]
    judgements: tuple[Judgement, ...]


def run(
    questions: Sequence[Question],
    assistant: Askable,
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Scorecard:
    """Ask every question and score the answers.

    An error in a question surfaces, most likely it is a bug; the answers before it stay in `predictions.partial.jsonl`.

    Args:
        questions: What to ask; those without gold are asked and not judged.
        assistant: What to ask it of.
        folder: Where the run is kept; a run that is there is replaced at the end.
        progress: Called with (questions asked, questions in all).

    Raises:
        ValueError: If the assistant refuses a question as bad input; the question is named.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / "predictions.partial.jsonl"
    judgements, not_found = [], []
    with partial.open("w", encoding="utf-8", newline="\n") as file:
        for done, question in enumerate(questions, 1):
            answer = _asked(assistant, question)
            file.write(json.dumps(answer.to_json(question.id), ensure_ascii=False) + "\n")
            file.flush()
            if question.answerable is not None:
                evidence = _evidence(question, assistant.index)
                hits = assistant.search(answer.resolved_question, SEARCH_DEPTH) if evidence else ()
                judgements.append(judge(question, answer, evidence, hits))
                not_found += [question.id] if any(not piece.places for piece in evidence) else []
            progress(done, len(questions))
    scorecard = make_scorecard(judgements, not_found)
    (folder / "scorecard.json").unlink(missing_ok=True)
    os.replace(partial, folder / "predictions.jsonl")
    _write_json(folder / "scorecard.json", asdict(scorecard))
    return scorecard


def make_scorecard(judgements: Sequence[Judgement], not_found: Sequence[str] = ()) -> Scorecard:
    """Score judgements overall and for each category."""
    categories = dict.fromkeys(judgement.category for judgement in judgements)
    return Scorecard(
        overall=score(judgements),
        categories={name: score([j for j in judgements if j.category == name]) for name in categories},
        risk_coverage=tuple(risk_coverage(judgements)),
        not_found=tuple(not_found),
        judgements=tuple(judgements),
    )


def _asked(assistant: Askable, question: Question) -> Answer:
    try:
        return assistant.ask(question.question, question.earlier)
    except ValueError as error:
        raise ValueError(f"question {question.id}: {error}") from error


def _evidence(question: Question, index: Library) -> list[Evidence]:
    return [find_evidence(text, index.documents.values()) for text in question.evidence]


def _write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - any JSON
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")
    os.replace(fresh, path)
