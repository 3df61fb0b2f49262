"""Calibrates the proof of drafts: `python -m eval.proof_calibration REPORT QUESTIONS [REPORT QUESTIONS …]`.

Each question with one piece of evidence and a short answer becomes a statement, the question's words and the answer's,
that its evidence proves. Said of the next question's subject instead, with the answer's words and figures still in the
evidence, it is a wrong one; with the next question's evidence it has a wrong citation. Of all thresholds of
`assistant.grounding.support` that keep at least 0.95 of the true statements, those that refuse the most wrong ones are
told. Questions ask in other words than the report's, so that a model's drafts, which copy, are kept more often.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import typer

from assistant.grounding.consistency import unstated_figures
from assistant.grounding.support import Support
from assistant.grounding.verifier import Place, places_of
from corpus.document import Document
from corpus.figure import find_figures
from corpus.load import load_document
from eval.evidence import Evidence, find_evidence
from eval.question import Question, read_questions
from index.embedder import load_embedder
from index.passage_index import Embedder, PassageIndex

_KEPT = 0.95
_K = 12
_MAX_ANSWER_WORDS = 14
_LOOKUPS = ("fact_text", "fact_kpi", "honors")
_AUXILIARY = "(?P<aux>did|do|does|has|have|had|was|were|is|are|will|can)"
# How a question becomes a statement; the first that fits.
_FORMS = (
    (rf"(?:what|who|which) {_AUXILIARY} (?P<rest>.+)", "{rest} {aux} {answer}."),
    (rf"how (?:many|much) (?P<what>.+?) {_AUXILIARY} (?P<rest>.+)", "{rest} {answer} {what}."),
    (r"how (?:many|much) (?P<rest>.+)", "{answer} {rest}."),
    (rf"(?:when|where|why|how(?: \w+)?|who|what|which) {_AUXILIARY} (?P<rest>.+)", "{rest}: {answer}."),
    (r"who (?P<rest>.+)", "{answer} {rest}."),
    (r"(?:(?:in|on|at|by|from|since|to|for|with) )?(?:which|what) (?P<rest>.+)", "{rest}: {answer}."),
    (r"(?P<rest>.+)", "{rest}: {answer}."),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its answer and where the report states it.

    Attributes:
        question: What is asked.
        answer: A short answer.
        evidence: Where it stands.
    """

    question: str
    answer: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with what it is given for proof.

    Attributes:
        kind: "true", "wrong" or "miscited".
        support: How well its evidence says it.
        nearer: How much nearer in meaning its evidence is than any other place, figures left out.
        fuller: How much more of its words its evidence holds than any other place, likewise.
    """

    kind: str
    support: float
    nearer: float
    fuller: float


def statement(question: str, answer: str) -> str:
    """A question and an answer to it as a statement, its grammar left to itself."""
    asked = question.strip().rstrip("?.! ")
    matches = ((re.fullmatch(pattern, asked, re.I), form) for pattern, form in _FORMS)
    match, form = next((match, form) for match, form in matches if match)
    return form.format(answer=answer, **match.groupdict())


def cases(questions: Sequence[Question], document: Document) -> list[Case]:
    """The lookups that one piece of evidence answers in few words."""
    found = []
    for question in questions:
        short = [answer for answer in question.answers if len(answer.split()) <= _MAX_ANSWER_WORDS]
        if question.category in _LOOKUPS and not question.turns and len(question.evidence) == 1 and short:
            evidence = find_evidence(question.evidence[0], [document])
            found += [Case(question.question, max(short, key=len), evidence)] if evidence.places else []
    return found


def scored(index: PassageIndex, embedder: Embedder, given: Sequence[Case]) -> list[Scored]:
    """Every statement that can be made of some cases; of the false ones those that pass by their figures."""
    found = []
    for case, following in zip(given, [*given[1:], *given[:1]], strict=True):
        true = statement(case.question, case.answer)
        found += _scored("true", index, embedder, true, case.question, case.evidence)
        if not any(case.answer.lower() in place.lower() for place in (following.evidence.text, following.answer)):
            wrong = statement(following.question, case.answer)
            found += _scored("wrong", index, embedder, wrong, following.question, case.evidence)
            found += _scored("miscited", index, embedder, true, case.question, following.evidence)
    return found


def _scored(
    kind: str, index: PassageIndex, embedder: Embedder, said: str, question: str, evidence: Evidence
) -> list[Scored]:
    passages = {hit.passage.id: hit.passage for hit in index.search(question, _K)}
    passages |= {passage.id: passage for passage in index.passages if evidence.is_in(passage)}
    (document,) = index.documents.values()
    places = [place for passage in passages.values() for place in places_of(0, passage, document)]
    own = [n for n, place in enumerate(places) if _holds(evidence, place)]
    stated = [found.figure for n in own for found in find_figures(places[n].reading)]
    if not own or (kind != "true" and unstated_figures(said, stated)):
        return []
    readings = [place.reading for place in places]
    support = Support(embedder, index.rarity, readings, [f"{document.title} {document.company}"] * len(places))
    return [Scored(kind, support.of_several(said, own), *support.lead(said, own))]


def _holds(evidence: Evidence, place: Place) -> bool:
    return any(spot.overlaps(place.passage.document_id, place.start, place.end) for spot in evidence.places)


def rates(found: Sequence[Scored], supported: float, nearer: float, fuller: float) -> dict[str, float]:
    """The share of each kind that passes."""
    passing: dict[str, list[bool]] = {}
    for one in found:
        passes = one.support >= supported and one.nearer >= -nearer and one.fuller >= -fuller
        passing.setdefault(one.kind, []).append(passes)
    return {kind: sum(each) / len(each) for kind, each in passing.items()}


def best(found: Sequence[Scored]) -> tuple[float, float, float]:
    """The thresholds that keep enough of the true statements and the fewest wrong ones."""
    grid = product(range(15, 60, 2), range(2, 32, 4), range(2, 32, 4))
    tried = {(a / 100, b / 100, c / 100): rates(found, a / 100, b / 100, c / 100) for a, b, c in grid}
    kept = [thresholds for thresholds, passing in tried.items() if passing["true"] >= _KEPT]
    return min(kept, key=lambda thresholds: (tried[thresholds]["wrong"], thresholds))


def main(arguments: Sequence[str]) -> None:
    """Calibrate over reports and their question sets, given in turn."""
    embedder = load_embedder()
    found = []
    for report, questions in zip(arguments[::2], arguments[1::2], strict=True):
        document = load_document(Path(report))
        index = PassageIndex.build([document], embedder)
        found += scored(index, embedder, cases(read_questions(Path(questions)), document))
    thresholds = best(found)
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("true", "wrong", "miscited")}
    typer.echo("supported {:.2f}, nearer {:.2f}, fuller {:.2f}".format(*thresholds) + f" over {counts}")
    for kind, share in rates(found, *thresholds).items():
        typer.echo(f"{kind}: {share:.3f} pass")


if __name__ == "__main__":
    main(sys.argv[1:])
