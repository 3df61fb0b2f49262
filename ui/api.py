"""What other programs may call over HTTP: `ask`, `search`, `facts` and `list_reports`.

The docstrings are part of the interface: they are what a program, or a model that picks a tool, reads of a function.
This module does not know the page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any

from assistant.query.analyzer import QueryAnalyzer
from corpus.figure import Figure
from corpus.passage import Fact, Passage
from index.passage_index import PassageIndex
from ui.chat import Askable, question_problem

AT_ONCE = 2  # questions that are worked on at the same time, as the page's are: more would only wait for the cores
_MOST = 100


class Api:
    """The functions, over one assistant."""

    def __init__(self, assistant: Askable) -> None:
        self._assistant = assistant

    def ask(self, question: str, turns: list[str] | None = None, documents: list[str] | None = None) -> dict[str, Any]:
        """Answer a question about the indexed reports, with the quotes, sections and pages that prove the answer.

        The verdict is "answered", "partial" or "not_disclosed"; the last means that the reports do not state it.

        Args:
            question: What is asked, in English or Chinese, 2,000 characters at most.
            turns: The earlier questions of the same conversation, oldest first; empty for a new one.
            documents: Ids of the reports to ask, as list_reports gives them; empty for all.
        """
        _refuse(question)
        return self._assistant.ask(question, turns or [], documents or []).to_json()

    def search(self, question: str, k: int = 10, documents: list[str] | None = None) -> list[dict[str, Any]]:
        """Find the passages of the reports nearest to a question, best first, without answering it.

        Args:
            question: What to look for, in words.
            k: How many passages at the most, 1 to 100.
            documents: Ids of the reports to search; empty for all.
        """
        _refuse(question)
        hits = _analyzer(self._assistant.index).search(question, min(max(k, 1), _MOST), documents or [])
        return [{"rank": hit.rank, "score": hit.score, **_passage(hit.passage)} for hit in hits]

    def facts(self, words: str = "", documents: list[str] | None = None, limit: int = 100) -> list[dict[str, Any]]:
        """List the typed figures of the reports' tables and key-figure boxes.

        Args:
            words: Words that the metric, unit, period or scope must hold; empty for every fact.
            documents: Ids of the reports; empty for all.
            limit: How many facts at the most, 1 to 100.
        """
        wanted, chosen = words.casefold().split(), frozenset(documents or ())
        found = (fact for fact in self._assistant.index.facts if not chosen or fact.document_id in chosen)
        matching = [fact for fact in found if all(word in _read(fact) for word in wanted)]
        return [self._fact(fact) for fact in matching[: min(max(limit, 1), _MOST)]]

    def list_reports(self) -> list[dict[str, Any]]:
        """List the indexed reports: id, title, company, year, language."""
        return [
            {"id": id, "title": d.title, "company": d.company, "year": d.year, "language": d.language}
            for id, d in self._assistant.index.documents.items()
        ]

    def _fact(self, fact: Fact) -> dict[str, Any]:
        passage = self._assistant.index.passage(fact.passage_id)
        measured = {"metric": fact.metric, "period": fact.period, "scope": fact.scope, "unit": fact.unit}
        return measured | _figure(fact.figure) | _passage(passage) | {"start": fact.start, "end": fact.end}


def add_api(assistant: Askable) -> None:
    """Add the functions to the app that is being built."""
    import gradio as gr

    for name, function in functions(assistant, partial(gr.Error, print_exception=False)).items():
        gr.api(function, api_name=name, concurrency_id="ask")


def functions(assistant: Askable, refused: Callable[[str], Exception]) -> dict[str, Callable[..., Any]]:
    """The functions by name.

    Args:
        assistant: Answers the questions.
        refused: Makes what is raised of the line that says why a call is refused.
    """
    api = Api(assistant)
    return {call.__name__: _told(call, refused) for call in (api.ask, api.search, api.facts, api.list_reports)}


def _told(function: Callable[..., Any], refused: Callable[[str], Exception]) -> Callable[..., Any]:
    """The function, its refusals raised as what reaches the caller."""

    @wraps(function)
    def called(*arguments: object, **named: object) -> object:
        try:
            return function(*arguments, **named)
        except ValueError as error:
            raise refused(str(error)) from None

    return called


def _refuse(question: str) -> None:
    problem = question_problem(question)
    if problem:
        raise ValueError(problem)


def _read(fact: Fact) -> str:
    return " ".join((fact.metric, fact.unit, fact.period, fact.scope)).casefold()


def _figure(figure: Figure) -> dict[str, Any]:
    """Decimals as strings, so that no digit is lost."""
    return {"text": figure.text, "number": str(figure.number), "value": f"{figure.value:f}", "base_unit": figure.unit}


@lru_cache(maxsize=1)
def _analyzer(index: PassageIndex) -> QueryAnalyzer:
    """What reads a question over an index: made once, not for each search."""
    return QueryAnalyzer(index)


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "document": passage.document_id,
        "section": list(passage.section),
        "page": passage.page,
        "passage_id": passage.id,
        "start": passage.start,
        "end": passage.end,
        "quote": passage.text,
    }
