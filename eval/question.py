"""A question set: JSON lines, one question a row with its gold answer.

A row holds `id`, `category`, `question`, `answers`, `must_include`, `evidence`, `answerable`, and where needed `notes`
and `turns`. A row without `answerable` has no gold: it is asked and not judged. This module does not know how an
answer is judged.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CATEGORIES = (
    "fact_text",
    "fact_kpi",
    "honors",
    "list",
    "compute",
    "ambiguous_or_conflict",
    "unanswerable",
    "followup",
    "chinese",
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its gold answer.

    Attributes:
        id: Unique within the set.
        category: What kind of question it is, one of `CATEGORIES` in the project's own sets.
        question: What is asked.
        answers: Right short answers, any of which will do.
        must_include: Regular expressions, all of which match a right answer's text, case ignored.
        evidence: Strings of the report that support the answer, up to white space.
        answerable: Whether the report answers it; None when the row has no gold.
        notes: Why the gold is what it is: a formula, what is absent.
        turns: The conversation, the last turn of which is the question; empty for a first question.
    """

    id: str
    category: str
    question: str
    answers: tuple[str, ...] = ()
    must_include: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    answerable: bool | None = None
    notes: str = ""
    turns: tuple[str, ...] = ()

    @property
    def earlier(self) -> tuple[str, ...]:
        """The questions asked before this one in its conversation."""
        return self.turns[:-1]


def read_questions(path: Path) -> list[Question]:
    """Read a question set.

    Args:
        path: A file of JSON lines in UTF-8; blank lines are skipped.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it is not UTF-8, holds no question, or a row is malformed; then the line is named.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} is no file: give a question set")
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text: save it as UTF-8") from None
    questions: dict[str, Question] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
            if question.id in questions:
                raise ValueError(f"the id {question.id!r} was given before")
        except json.JSONDecodeError as error:
            raise ValueError(f"{path}, line {number}: not JSON ({error.msg}, column {error.colno})") from None
        except ValueError as error:
            raise ValueError(f"{path}, line {number}: {error}") from None
        questions[question.id] = question
    if not questions:
        raise ValueError(f"{path} holds no question: write one JSON object a line")
    return list(questions.values())


def _question(row: Any) -> Question:  # noqa: ANN401 - whatever JSON gave
    """The question of a row; ValueError when something is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError("a row must be a JSON object")
    turns = _strings(row, "turns")
    text = row.get("question", turns[-1] if turns else None)
    if turns and turns[-1] != text:
        raise ValueError("the last of `turns` must be the question")
    answerable = row.get("answerable")
    if answerable is not None and not isinstance(answerable, bool):
        raise ValueError("`answerable` must be true or false")
    question = Question(
        id=_string(row.get("id"), "id"),
        category=_string(row.get("category", "uncategorised"), "category"),
        question=_string(text, "question"),
        answers=_strings(row, "answers"),
        must_include=_strings(row, "must_include"),
        evidence=_strings(row, "evidence"),
        answerable=answerable,
        notes=_string(row["notes"], "notes") if row.get("notes") else "",
        turns=turns,
    )
    if answerable and not (question.must_include and question.evidence):
        raise ValueError("an answerable question needs `must_include` and `evidence`")
    for pattern in question.must_include:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"`must_include` holds {pattern!r}, no regular expression ({error})") from None
    return question


def _string(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"`{key}` must be a string that is not empty")
    return value


def _strings(row: dict[str, Any], key: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list):
        raise ValueError(f"`{key}` must be a list of strings")
    return tuple(_string(value, f"{key}[{place}]") for place, value in enumerate(values))
