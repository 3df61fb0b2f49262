"""Refusals: nothing is disclosed, or not what a calculation needs; with the nearest fact of another year or scope.

A nearest fact is offered as such, never as the answer. This module does not know how places are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from assistant.answer import Answer
from assistant.calculation.calculator import Computed
from assistant.composition.builder import Draft
from assistant.query.query import Query
from assistant.query.wording.periods import YEAR
from assistant.query.wording.scope import LABEL, years
from assistant.reading.answerability import Confidence
from assistant.reading.extractor import Finding
from corpus.document import Document

_SHORT = ("names_missing", "names_missing_of_figure", "counted_missing", "asked_missing", "contrast")
_OF_YEAR = re.compile(rf",? ?\b(?:(?:in|for|of|during|at the end of|by|as of) )?\(?{YEAR}\)?", re.I)
_OF_NAME = re.compile(r" (?:in|at|for|of|by|from|on) (?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*(?=[ ,]*\??$)")


def refused(
    draft: Draft,
    query: Query,
    found: Sequence[Finding],
    confidence: Confidence,
    find: Callable[[str], Sequence[Finding]] | None = None,
) -> Answer:
    """Say that the reports do not answer a query.

    Args:
        draft: An empty draft.
        query: What is asked.
        found: All places found for it, best first: the first are shown as what was looked at.
        confidence: How likely a place is.
        find: Finds the places for another wording, best first; without it no nearest fact is looked for.
    """
    text = "Not disclosed: the reports do not state this."
    near = near_miss(query.question, found, find, draft.documents, confidence) if find else None
    if near is not None and draft.claim(near[1]):
        text += f" {near[0]}{draft.text}"
    for finding in found[:3]:
        draft.cite(Finding.whole(finding.passage))
    if draft.citations and not draft.claims:
        text += " Nearest passages looked at: " + "".join(f"[{c.n}]" for c in draft.citations) + "."
    sure = found[0].confidence if found else 0.0
    return draft.answer(query.question or query.text, "not_disclosed", "", sure, text=text)


def no_result(draft: Draft, query: Query, done: Computed) -> Answer:
    """Say what was found of a calculation, and what was not or did not fit."""
    for finding in done.places:
        draft.claim(finding)
    if not done.missing:
        text = f"No result: {done.why}. {draft.text}"
        return draft.answer(query.question, "partial", "", done.confidence, text=text)
    wanted = "; ".join(f"“{wording.rstrip('?')}”" for wording in done.missing)
    text = f"Not disclosed: the reports do not state {wanted}, which the calculation needs. {draft.text}"
    return draft.answer(query.question, "not_disclosed", "", 0.0, text=text)


def near_miss(
    question: str,
    found: Sequence[Finding],
    find: Callable[[str], Sequence[Finding]],
    documents: Mapping[str, Document],
    confidence: Confidence,
) -> tuple[str, Finding] | None:
    """The fact nearest to a question, with the words that lead to it.

    Args:
        question: What is asked.
        found: All places found for it, best first.
        find: Finds the places for another wording, best first.
        documents: Documents by id.
        confidence: How likely a place is.

    Returns:
        None where nothing would answer even a question without its year, its scope and its names.
    """
    for left_out, wording in _wider(question):
        places = find(wording)
        if places and places[0].confidence >= confidence.threshold:
            given = sorted(_given(places[0], documents))
            if years(left_out) and given and left_out not in given:
                listed = " and ".join(filter(None, [", ".join(given[:-1]), given[-1]]))
                return f"The report gives {listed} only: ", places[0]
            if not years(left_out):
                return f"Nearest, without “{left_out}”: ", places[0]
    forgiven = [(_forgiven(place, confidence), place) for place in found if _falls_short(place) and not place.missed]
    odds, nearest = max(forgiven, key=lambda pair: pair[0], default=(0.0, None))
    if nearest is None or confidence.probability(odds) < confidence.threshold:
        return None
    return "Nearest: ", nearest


def _wider(question: str) -> Iterator[tuple[str, str]]:
    """What may be left out of a question, each with the question without it."""
    for pattern in (_OF_YEAR, LABEL, _OF_NAME):
        named = pattern.search(question)
        if named:
            wording = " ".join(f"{question[: named.start()]} {question[named.end() :]}".split()).replace(" ?", "?")
            year = re.search(r"\d{4}", named[0]) if pattern is _OF_YEAR else None
            yield year[0] if year else named[0].strip(" ,"), wording


def _given(place: Finding, documents: Mapping[str, Document]) -> set[str]:
    """The years that a place speaks of: prose also of its report's own."""
    named, year = years(place.passage.reading), documents[place.passage.document_id].year
    return named | {str(year)} if year and (not named or place.passage.kind == "prose") else named


def _falls_short(place: Finding) -> bool:
    return any(place.features.get(name, 0.0) for name in _SHORT)


def _forgiven(place: Finding, confidence: Confidence) -> float:
    """The log-odds that a place answers the question but for what it lacks of it."""
    return place.score - sum(confidence.weights.get(name, 0.0) * place.features.get(name, 0.0) for name in _SHORT)
