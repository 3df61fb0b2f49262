"""Answers a question about the indexed reports, with the places that prove the answer.

A question goes through seven steps: analysed, searched, read, ranked, computed, composed, verified. This module only
hands on what each step makes; it does not know how an answer looks.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.answer import Answer
from assistant.calculation import arithmetic
from assistant.calculation.calculator import work_out
from assistant.calculation.report_rows import Reports
from assistant.composition.strategies import Composer
from assistant.progress import Progress, listening, silent
from assistant.query.query import Query
from assistant.query.wording.answer_type import Asked, check_question
from assistant.reading.answerability import Confidence
from assistant.reading.extractor import Extractor, Finding
from assistant.reading.reader import Reader
from index.hit import Hit
from index.passage_index import PassageIndex

DEFAULT_K = 12
_CACHED_ANSWERS = 512


class Assistant:
    """Answers questions from one index with one reader.

    Attributes:
        index: The reports.
        analyzer: Reads questions.
        extractor: Searches the reports and reads what is found.
    """

    def __init__(
        self, index: PassageIndex, reader: Reader, k: int = DEFAULT_K, confidence: Confidence | None = None
    ) -> None:
        self.index = index
        self.extractor = Extractor(index, reader, confidence or Confidence(), k)
        self.analyzer = self.extractor.analyzer
        self._reports = Reports(index.passages, self.extractor.facts, index.documents, index.rarity)
        self._composer = Composer(self.extractor)
        self._remembered = lru_cache(_CACHED_ANSWERS)(self._answer)

    def ask(
        self,
        question: str,
        turns: Sequence[str] = (),
        documents: Collection[str] = (),
        progress: Progress = silent,
    ) -> Answer:
        """Answer a question.

        Args:
            question: What is asked, in English or Chinese.
            turns: The earlier questions of the conversation, oldest first.
            documents: Ids of the documents to answer from; empty for all.
            progress: Called with each stage as it begins: "searching", "reading", "checking".

        Raises:
            ValueError: If the question is empty or too long, or a document is not indexed.
        """
        began = time.perf_counter()
        for text in (question, *turns):
            check_question(text)
        unknown = sorted(set(documents) - set(self.index.documents))
        if unknown:
            raise ValueError(f"no such report: {', '.join(unknown)}; indexed are {', '.join(self.index.documents)}")
        with listening(progress):
            answer = self._remembered(self.analyzer.analyze(question, turns, documents, self._remembered))
        return replace(answer, question=question, seconds=time.perf_counter() - began)

    def search(self, question: str, k: int, documents: Collection[str] = ()) -> list[Hit]:
        """Find the k passages nearest to a question, best first, without answering it."""
        return self.analyzer.search(question, k, documents)

    def over(self, index: PassageIndex) -> Assistant:
        """The same assistant over another index, with the models that it has loaded."""
        return Assistant(index, self.extractor.reader, self.extractor.k, self.extractor.confidence)

    def _answer(self, query: Query) -> Answer:
        """Answer a query: what it asks to compute is computed, what it asks to look up is extracted and composed."""

        def find(wording: str, answer_type: Asked) -> list[Finding]:
            return self.extractor.extract(self.analyzer.lookup(wording, answer_type, query.documents, query.near))

        operation = arithmetic.parse(query.nameless) if query.question else None
        result = None
        if operation is not None:
            threshold = self.extractor.confidence.threshold
            result = work_out(query.question, operation, find, self._reports, threshold)
        return self._composer.compose(query, find, result)
