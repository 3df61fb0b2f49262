"""Whether a search finds the page that answers: the share of questions with it among the first k passages.

A row names the `page` of its document, or gives `evidence` of `{"page", "text"}`; then a passage must stand on that
page and hold that text. Rows that no page answers (`answerable` is false) and follow-ups (`turns`) are left out. This
module does not know answers.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from corpus.passage import Passage
from index.hit import Hit


class Searchable(Protocol):
    """An index of documents."""

    def search(self, question: str, k: int, documents: Collection[str] = ()) -> Sequence[Hit]:
        """The k passages nearest to a question, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A page that answers, and what a passage on it must hold, "" for anything."""

    page: int
    text: str = ""

    def is_in(self, passage: Passage) -> bool:
        """Whether a passage stands there."""
        return passage.page == self.page and _folded(self.text) in _folded(passage.text)


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """A question about one document, and the places that answer it."""

    id: str
    question: str
    document: str
    places: tuple[Place, ...]


def read_page_questions(path: Path, questions: Mapping[str, str] | None = None) -> list[PageQuestion]:
    """Read questions with their pages.

    Args:
        path: JSON lines with `id`, `document`, and `page` or `evidence` with pages.
        questions: What is asked, by id, where the rows do not say it.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If a row is malformed; then its line is named.
    """
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                if row.get("answerable", True) and not row.get("turns"):
                    found.append(_page_question(row, questions or {}))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"{path}, line {number}: no question with its page ({error})") from None
    return found


def page_hits(index: Searchable, rows: Sequence[PageQuestion], k: int = 5) -> dict[str, bool]:
    """Whether one of the first k passages stands in a right place, by question.

    Args:
        index: Searched with nothing but the question.
        rows: The questions.
        k: How many passages are looked at.
    """
    return {
        row.id: any(
            hit.passage.document_id == row.document and any(place.is_in(hit.passage) for place in row.places)
            for hit in index.search(row.question, k)
        )
        for row in rows
    }


def _page_question(row: dict[str, Any], questions: Mapping[str, str]) -> PageQuestion:
    if "page" in row:
        places = tuple(Place(int(page)) for page in (row["page"] if isinstance(row["page"], list) else [row["page"]]))
    else:
        places = tuple(Place(int(one["page"]), str(one["text"])) for one in row["evidence"])
    question = row.get("question") or questions[row["id"]]
    return PageQuestion(str(row["id"]), str(question), str(row["document"]), places)


def _folded(text: str) -> str:
    return " ".join(text.split())
