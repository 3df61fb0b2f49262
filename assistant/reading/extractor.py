"""Finds where the reports answer a question: searched, read, and located in the document.

A finding is a span of a report with the odds that it answers. This module does not know how answers are worded.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.progress import tell
from assistant.query.analyzer import QueryAnalyzer
from assistant.query.query import Query
from assistant.query.wording.answer_type import Asked
from assistant.query.wording.qualifiers import Qualifiers, names_of, qualifiers
from assistant.query.wording.scope import missed
from assistant.reading.answerability import Confidence, Features, features, of_question, shared_words
from assistant.reading.reader import Reader, Reading
from assistant.reading.span_choice import Picker
from corpus.figure import find_figures
from corpus.passage import Fact, Passage
from corpus.sentences import sentences
from index.hit import Hit
from index.passage_index import PassageIndex
from index.words import stems

# Log-odds that a passage about another year or scope loses: enough never to be an answer.
_OUT_OF_SCOPE = 12.0
# What a value loses that cannot be what is asked for: words where a number is wanted.
_WRONG_KIND = 4.0
# What a row about a part or a share loses where the question asks for neither: less than a good reading gains.
_PART = 1.0
_NEAR_PASSAGES = 3
_REMEMBERED = 256
# What is read does not depend on the answer type: it decides which span of a reading answers.
_ANY = Asked("text")
_APPROXIMATELY = re.compile(
    r"(?:(?:over|above|nearly|almost|about|around|approximately|some|roughly|up to|at least|at most|under|below"
    r"|fewer than|more than|less than|no less than|not less than|no more than)\s+)+$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A place that may answer.

    Attributes:
        hit: The passage and how it was found.
        start: Start of the answer in the document's text.
        end: End of the answer in the document's text.
        quote_start: Start of the sentence, row or key figure that proves it.
        quote_end: Its end.
        value: The answer as written.
        score: Log-odds that the place answers; higher is better.
        features: What the score was made of.
        missed: What of the question's scope the passage does not cover, such as a year; empty when it covers all.
        is_part: Whether it is a row or a key figure about a part, a share or a change of what is asked for.
    """

    hit: Hit
    start: int
    end: int
    quote_start: int
    quote_end: int
    value: str
    score: float
    features: Features
    missed: str = ""
    is_part: bool = False

    @classmethod
    def whole(cls, passage: Passage) -> Finding:
        """A whole passage, to be shown as what was looked at."""
        return cls(Hit(passage, 0.0, 1, ()), passage.start, passage.end, passage.start, passage.end, "", 0.0, {})

    @property
    def confidence(self) -> float:
        """Probability that the place answers, in [0, 1]."""
        return Confidence.probability(self.score)

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.hit.passage

    def overlaps(self, other: Finding) -> bool:
        """Whether both are the same characters of a document."""
        same = self.passage.document_id == other.passage.document_id
        return same and self.start < other.end and other.start < self.end


class Extractor:
    """Searches an index and reads its hits.

    Args:
        index: The reports.
        reader: Reads passages.
        confidence: Scores what was read.
        k: How many passages are read for a query.
    """

    def __init__(self, index: PassageIndex, reader: Reader, confidence: Confidence, k: int) -> None:
        self.index = index
        self.analyzer = QueryAnalyzer(index)
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in index.facts:
            self.facts[fact.passage_id].append(fact)
        self.place = {passage.id: place for place, passage in enumerate(index.passages)}
        self.reader = reader
        self.confidence = confidence
        self.k = k
        # Steps and strategies ask for the same extractions: each query is searched, read and located once.
        self._read_once = lru_cache(_REMEMBERED)(self._read)
        self._extracted_once = lru_cache(_REMEMBERED)(self._extracted)

    def extract(self, query: Query) -> list[Finding]:
        """Find where a query is answered, best first.

        Returns:
            A finding a passage, however unlikely.
        """
        return list(self._extracted_once(query))

    def _read(self, query: Query) -> tuple[tuple[Hit, Reading], ...]:
        """The hits of a query and of the passages that the conversation is at, each with what is read in it."""
        tell("searching")
        hits = self.analyzer.hits(query, self.k)
        known = {hit.passage.id for hit in hits}
        hits += [Hit(passage, 0.0, 1, ()) for passage in self._around(query.near) if passage.id not in known]
        tell("reading")
        return tuple(zip(hits, self._readings(query, hits), strict=True))

    def _extracted(self, query: Query) -> tuple[Finding, ...]:
        read = self._read_once(replace(query, text="", answer_type=_ANY))

        def is_known(word: str) -> bool:
            return self.index.is_known(word, query.documents)

        unknown = sum(not is_known(name) for name in names_of(query.question))
        shared = of_question(query.question, unknown, is_known)
        reports = {name: self.index.documents[name] for name in {hit.passage.document_id for hit, _ in read}}
        narrowed = {name: qualifiers(query.question, report.company) for name, report in reports.items()}
        pickers = {name: Picker(query.question, query.answer_type, report) for name, report in reports.items()}
        found = [
            self._located(
                query,
                hit,
                reading,
                shared,
                narrowed[hit.passage.document_id],
                pickers[hit.passage.document_id],
            )
            for hit, reading in read
        ]
        return tuple(sorted(found, key=lambda finding: -finding.score))

    def _readings(self, query: Query, hits: Sequence[Hit]) -> list[Reading]:
        """What is read in each hit; a row with the question that names neither company nor times, as its label does."""
        readings: dict[str, Reading] = {}
        for is_row, wording in ((True, query.plain[:1].upper() + query.plain[1:]), (False, query.question)):
            some = [hit.passage for hit in hits if (hit.passage.kind == "table_row") == is_row]
            read = self.reader.read(wording, [passage.reading for passage in some]) if some else []
            readings.update((passage.id, reading) for passage, reading in zip(some, read, strict=True))
        return [readings[hit.passage.id] for hit in hits]

    def _around(self, ids: Sequence[str]) -> list[Passage]:
        """Passages that a conversation is at, given by their ids, each with its neighbours."""
        passages: dict[str, Passage] = {}
        for passage_id in ids[:_NEAR_PASSAGES]:
            place = self.place[passage_id]
            for passage in self.index.passages[max(0, place - 1) : place + 3]:
                if passage.document_id == self.index.passages[place].document_id:
                    passages[passage.id] = passage
        return list(passages.values())

    def _located(
        self,
        query: Query,
        hit: Hit,
        reading: Reading,
        shared: Features,
        narrowed: Qualifiers,
        picker: Picker,
    ) -> Finding:
        passage = hit.passage
        document = self.index.documents[passage.document_id]
        place = passage.locate(reading.start, reading.end) if reading.end > reading.start else None
        start, end = widened(document.text, *(place or (passage.start, passage.end)), passage.start, passage.end)
        quote = proof(document.text, passage, start, end)
        picked = picker.pick(passage, start, end, quote, self.facts.get(passage.id, ()))
        if (picked.start, picked.end) != (start, end):
            start, end = widened(document.text, picked.start, picked.end, picked.start, picked.end)
        held = stems(passage.reading)
        known = features(
            hit,
            reading.score if place else -math.inf,
            shared | narrowed.features(passage.reading, held, document.text[start:end]),
            shared_words(query.plain, held, self.index.rarity),
        )
        score = self.confidence.log_odds(known)
        if not picked.suits:
            score -= _WRONG_KIND
        is_part = narrowed.is_part(passage.reading)
        if is_part:
            score -= _PART
        miss = missed(query.question, passage, document, document.text[slice(*quote)]) or picked.missed
        if miss:
            score -= _OUT_OF_SCOPE
        value = document.text[start:end].replace("**", "")
        return Finding(hit, start, end, *quote, value, score, known, miss, is_part)


def widened(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Widen a span to whole words, whole figures with their units, and "over" or "nearly" before them.

    Args:
        text: The document's text.
        start: Start of the span.
        end: End of the span.
        low: Start of the passage, not to be left.
        high: End of the passage, not to be left.
    """
    while start < end and text[start] in " \t\n\"“”'(,;:*":
        start += 1
    while end > start and text[end - 1] in " \t\n\"“”',;:*.":
        end -= 1
    while low < start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < high and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    for found in find_figures(text[low:high]):
        a, b = low + found.start, low + found.end
        if a < end and start < b:
            start, end = min(start, a), max(end, b)
            before = _APPROXIMATELY.search(text[low:start])
            if before and a <= start:
                start = low + before.start()
    if "(" in text[start:end] and ")" not in text[start:end] and ")" in text[end : end + 40]:
        end += text[end : end + 40].index(")") + 1
    return start, min(end, high)


def proof(text: str, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The span that proves an answer: its sentences in prose, else the whole row, key figure or list item."""
    if not passage.is_written and len(passage.text) <= 400:
        return passage.start, passage.end
    covering = [
        (passage.start + a, passage.start + b)
        for a, b in sentences(passage.text)
        if passage.start + a < end and start < passage.start + b
    ]
    if not covering:
        return passage.start, passage.end
    first, last = covering[0][0], covering[-1][1]
    if passage.kind == "list":
        breaks = [first, *(m.end() + first for m in re.finditer(r"\n", text[first:last])), last + 1]
        first = max((b for b in breaks if b <= start), default=first)
        last = min((b - 1 for b in breaks if b - 1 >= end), default=last)
    return first, last
