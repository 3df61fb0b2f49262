"""Answers worded by a language model, on top of the assistant's own: the draft is shown as far as it is proved.

A calculation and a list keep their value, their arithmetic and their citations; the model words them or is ignored. A
lookup may be worded from all the passages that were read; other figures for the same thing stay told. Where the reader
found nothing, a proved sentence counts only if the reader sees the answer in it. Whatever goes wrong, the assistant's
own answer stays, with a line that says so.
This module does not know which model drafts.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from assistant.answer import Answer, Citation
from assistant.generation.answer_writer import Telling, holds
from assistant.generation.factory import load_generator
from assistant.generation.generator import Generator
from assistant.generation.prompt import Source, has_abstained, messages
from assistant.grounding.consistency import unknown_name
from assistant.grounding.draft import drafted
from assistant.grounding.verifier import Place, Proof, places_of
from assistant.progress import Progress, silent
from assistant.query.analyzer import QueryAnalyzer
from assistant.query.wording.answer_type import Asked
from assistant.query.wording.scope import missed
from assistant.reading.extractor import Extractor, Finding
from corpus.figure import find_figures
from corpus.passage import Passage
from index.embedder import load_embedder
from index.hit import Hit
from index.passage_index import Embedder, PassageIndex

_MAX_CANDIDATES = 3
# A candidate that the reader gives less than this is not worth a model's attention.
_LIKELY = 0.1


@dataclass(frozen=True, slots=True)
class _Material:
    """What a draft is made from and proved by.

    Attributes:
        sources: The passages for the prompt.
        places: What may prove a sentence.
        fixed: The citations that may not change; empty where the draft chooses its own.
    """

    sources: list[Source]
    places: list[Place]
    fixed: tuple[Citation, ...]


class Answerer(Protocol):
    """What answers without a model, and whose readings a draft is made from and proved by."""

    index: PassageIndex
    analyzer: QueryAnalyzer
    extractor: Extractor

    def ask(
        self, question: str, turns: Sequence[str] = ..., documents: Collection[str] = ..., progress: Progress = ...
    ) -> Answer:
        """Answer a question; see `Assistant.ask`."""
        ...

    def over(self, index: PassageIndex) -> Answerer:
        """The same over another index, with the models that it has loaded."""
        ...


def worded(assistant: Answerer, generator: str) -> Answerer | Worded:
    """The assistant; where a generator is named, with answers that it words.

    Raises:
        ValueError: If there is no such model, or its URL is none.
    """
    return Worded(assistant, _loaded(generator)) if generator else assistant


@lru_cache(maxsize=1)
def _loaded(generator: str) -> Generator:
    """The generator of a name, whose weights stay loaded while another report is added."""
    return load_generator(generator)


class Worded:
    """An assistant whose answers a language model words.

    Args:
        assistant: Finds, reads, computes and abstains.
        generator: Drafts.
        embedder: What the proof compares words with; the default embedder, which its threshold is measured with.
    """

    def __init__(self, assistant: Answerer, generator: Generator, embedder: Embedder | None = None) -> None:
        self._assistant = assistant
        self._generator = generator
        self._embedder = embedder or load_embedder()

    @property
    def index(self) -> PassageIndex:
        """The reports."""
        return self._assistant.index

    def search(self, question: str, k: int, documents: Collection[str] = ()) -> list[Hit]:
        """Find the k passages nearest to a question, best first, without answering it."""
        return self._assistant.analyzer.search(question, k, documents)

    def over(self, index: PassageIndex) -> Worded:
        """The same over another index, with the models that it has loaded."""
        return Worded(self._assistant.over(index), self._generator, self._embedder)

    def ask(
        self,
        question: str,
        turns: Sequence[str] = (),
        documents: Collection[str] = (),
        progress: Progress = silent,
    ) -> Answer:
        """Answer a question, as `Assistant.ask` does.

        Args:
            question: What is asked.
            turns: The earlier questions of the conversation, oldest first.
            documents: Ids of the documents to answer from; empty for all.
            progress: Called with each stage as it begins, then with the text that is proved so far.

        Raises:
            ValueError: If the question is empty or too long, or a document is not indexed.
        """
        began = time.perf_counter()
        answer = self._assistant.ask(question, turns, documents, progress)
        if answer.verdict == "partial" or (answer.verdict == "not_disclosed" and answer.claims):
            return answer  # what is missing or does not fit is said as it is
        progress("writing")
        try:
            answer = self._worded(answer, documents, progress)
        except (OSError, ValueError, RuntimeError) as error:
            answer = replace(answer, note=f"Worded without the model: {' '.join(str(error).split())}")
        return replace(answer, seconds=time.perf_counter() - began)

    def _worded(self, answer: Answer, documents: Collection[str], progress: Progress) -> Answer:
        question = answer.resolved_question
        query = self._assistant.analyzer.lookup(question, documents=documents)
        kind = query.answer_type
        found = self._assistant.extractor.extract(query)
        items = answer.value.split("; ") if kind.wanted in ("list", "choice") else []
        material = self._fixed(answer) if answer.calculation or items else self._free(answer, found)
        asking, shown = messages(
            question, material.sources, self._generator.max_prompt_chars, answer.calculation, items
        )
        ids = {source.id for source in shown}
        places = [place for place in material.places if place.id in ids or material.fixed]
        proof = Proof(question, places, self.index, self._embedder, answer.calculation)
        telling = Telling(answer, material.fixed, self.index)
        with closing(self._generator.write(asking)) as pieces:
            for sentence in drafted(pieces):
                if not telling.judged and has_abstained(sentence.bare):
                    return _kept(answer, "" if answer.verdict == "not_disclosed" else "the model found no answer")
                if telling.add(proof.prove(sentence)):
                    progress(telling.text)
        return self._finished(answer, telling, proof, kind, found, items)

    def _finished(
        self,
        answer: Answer,
        telling: Telling,
        proof: Proof,
        kind: Asked,
        found: Sequence[Finding],
        items: Sequence[str],
    ) -> Answer:
        """The answer in the model's words, or as it was where these do not do."""
        if not telling.claims:
            return _kept(answer, "nothing that it wrote is proved" if telling.judged else "it wrote nothing")
        if answer.calculation and not holds(telling.text, answer.calculation.result):
            return _kept(answer, "it did not state the result")
        left_out = [item for item in items if not holds(telling.text, item)]
        if left_out:
            return _kept(answer, f"it left out {len(left_out)} of {len(items)} items")
        if answer.value in ("Yes", "No") and telling.text.lower().startswith("no" if answer.value == "Yes" else "yes"):
            return _kept(answer, f"it does not say {answer.value.lower()}")
        if answer.verdict == "not_disclosed" and not (
            proof.covers_question(telling.places) and self._answers(answer.resolved_question, telling, kind)
        ):
            return _kept(answer, "")
        cited = {citation.passage_id for citation in telling.citations}
        confidence = max((finding.confidence for finding in found if finding.passage.id in cited), default=0.0)
        fixed = answer.calculation is not None or bool(items) or answer.value in ("Yes", "No")
        if not fixed:
            for claim in answer.claims[1:]:
                telling.keep(claim)
        same = fixed or (answer.verdict == "answered" and holds(telling.text, answer.value))
        return replace(
            answer,
            verdict="answered",
            text=telling.text,
            value=answer.value if same else _figure(telling.text, kind),
            claims=tuple(telling.claims),
            citations=tuple(telling.citations),
            confidence=answer.confidence if same else confidence,
            note=telling.note,
        )

    def _answers(self, question: str, telling: Telling, kind: Asked) -> bool:
        """Whether a proved text answers what the reader found no answer to: in its scope, and so that it reads so."""
        passages = [self.index.passage(citation.passage_id) for citation in telling.citations]
        documents = [self.index.documents[passage.document_id] for passage in passages]
        known = [f"{p.reading} {d.title} {d.company}" for p, d in zip(passages, documents, strict=True)]
        if unknown_name(question, "\n".join(known), self.index.is_known):
            return False
        if all(missed(question, passage, document) for passage, document in zip(passages, documents, strict=True)):
            return False
        if kind.is_figure and not _figure(telling.text, kind):
            return False
        return self._assistant.extractor.reader.read(question, [telling.text])[0].score > 0

    def _fixed(self, answer: Answer) -> _Material:
        """The citations of a calculation or a list, each a source of its own number."""
        sources, places = [], []
        for citation in answer.citations:
            passage = self.index.passage(citation.passage_id)
            sources.append(Source(citation.n, citation.title, citation.page, passage.reading))
            places.append(Place(citation.n, passage, citation.start, citation.end, passage.reading))
        return _Material(sources, places, answer.citations)

    def _free(self, answer: Answer, found: Sequence[Finding]) -> _Material:
        """The passages that were cited and read, the most likely first."""
        cited = [self.index.passage(citation.passage_id) for citation in answer.citations]
        values = {f.passage.id: f.value for f in found[:_MAX_CANDIDATES] if f.confidence >= _LIKELY}
        passages: dict[str, Passage] = {
            passage.id: passage
            for passage in [*(cited if answer.verdict == "answered" else ()), *(f.passage for f in found)]
        }
        sources, places = [], []
        for number, passage in enumerate(passages.values(), 1):
            document = self.index.documents[passage.document_id]
            candidate = " ".join(values.get(passage.id, "").split())
            sources.append(Source(number, document.title, passage.page, passage.reading, candidate))
            places += places_of(number, passage, document)
        return _Material(sources, places, ())


def _kept(answer: Answer, why: str) -> Answer:
    return replace(answer, note=f"Worded without the model: {why}." if why else "")


def _figure(text: str, kind: Asked) -> str:
    """The figure that answers, where one is asked for."""
    figures = [found.figure.text for found in find_figures(text) if not found.figure.is_year]
    return figures[0] if kind.is_figure and figures else ""
