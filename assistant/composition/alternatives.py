"""What is told beside an answer: other figures that the reports give for what was asked, in tables and in words.

This module does not know how the answer was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.composition.builder import Draft
from assistant.composition.competing_values import several
from assistant.composition.definitions import defined_otherwise, elsewhere
from assistant.reading.agreement import Facts
from assistant.reading.extractor import Finding
from corpus.figure import find_figures
from corpus.passage import Fact
from index.passage_index import PassageIndex

_MOST_CLAIMS = 4


def tell_others(
    draft: Draft,
    question: str,
    best: Finding,
    found: Sequence[Finding],
    index: PassageIndex,
    likely: Callable[[Finding], bool],
) -> None:
    """Tell other values beside a place that answers: first of rows that measure the same, then of other places.

    Args:
        draft: The answer, in which the place is told.
        question: What is asked.
        best: The place.
        found: All places found, best first.
        index: The reports.
        likely: Whether a place is nearly as likely as the best.
    """
    facts: Facts = draft.facts
    report = index.documents[best.passage.document_id]
    _tell_rows(draft, elsewhere(question, best, facts.get(best.passage.id, ()), index.facts, report), index)
    others = several(question, best, found, facts, likely, index.rarity)
    for other in others[: max(0, _MOST_CLAIMS - len(draft.claims))]:
        draft.claim(other, "Also: ")


def tell_definitions(draft: Draft, question: str, result: str, place: Finding, index: PassageIndex) -> None:
    """Tell beside a result what the report states for the same measure under another definition.

    Args:
        draft: The answer, in which the calculation is told.
        question: What is asked.
        result: The result with its unit.
        place: One of the places that the calculation was made of.
        index: The reports.
    """
    report = index.documents[place.passage.document_id]
    for found in find_figures(result)[:1]:
        _tell_rows(draft, defined_otherwise(question, found.figure, index.facts, report), index)


def _tell_rows(draft: Draft, facts: Iterable[Fact], index: PassageIndex) -> None:
    for fact in facts:
        draft.claim(replace(Finding.whole(index.passage(fact.passage_id)), start=fact.start, end=fact.end), "Also: ")
