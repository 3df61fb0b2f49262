"""Finds where the reports answer a question: searched, read, and located in the document.

A finding is a span of a report with the odds that it answers. This module does not know how answers are worded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.asking import Asked
from assistant.reader import Reader, Reading
from corpus.figure import find_figures
from corpus.passage import Passage
from corpus.sentences import sentences
from index.hit import Hit
from index.passage_index import PassageIndex

# How far a passage's place in the search tempers what the reader says of it, in units of the reader's score.
_RANK_WEIGHT = 0.6
# What a span costs that cannot be what was asked for: words where a number is wanted.
_WRONG_KIND = 4.0
_APPROXIMATELY = re.compile(
    r"(?:(?:over|above|nearly|almost|about|around|approximately|some|roughly|up to|at least|at most|under|below|fewer than"
    r"|more than|less than|no less than|not less than|no more than)\s+)+$",
    re.I,
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Q[1-4]|quarter|century|years?|months?|weeks?|days?)\b"
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
        score: Higher is better; comparable within one question.
        confidence: Probability that the passage answers, in [0, 1].
    """

    hit: Hit
    start: int
    end: int
    quote_start: int
    quote_end: int
    value: str
    score: float
    confidence: float

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.hit.passage

    def overlaps(self, other: Finding) -> bool:
        """Whether both are the same characters of a document."""
        same = self.passage.document_id == other.passage.document_id
        return same and self.start < other.end and other.start < self.end


class Finder:
    """Searches an index and reads its hits."""

    def __init__(self, index: PassageIndex, reader: Reader, k: int) -> None:
        self.index = index
        self.reader = reader
        self.k = k

    def find(
        self, question: str, asked: Asked, documents: Collection[str] = (), near: Sequence[Passage] = ()
    ) -> list[Finding]:
        """Find where a question is answered, best first.

        Args:
            question: What is asked, complete in itself.
            asked: What kind of answer it wants.
            documents: Ids of the documents to search; empty for all.
            near: Passages that the conversation is at, read besides what the search finds.

        Returns:
            A finding a passage that could be read, whatever its confidence.
        """
        hits = self.index.search(question, self.k, documents)
        known = {hit.passage.id for hit in hits}
        hits += [Hit(passage, 0.0, 1, ()) for passage in near if passage.id not in known]
        readings = self.reader.read(question, [hit.passage.reading for hit in hits])
        found = [self._located(hit, reading, asked) for hit, reading in zip(hits, readings, strict=True)]
        return sorted((f for f in found if f is not None), key=lambda finding: -finding.score)

    def _located(self, hit: Hit, reading: Reading, asked: Asked) -> Finding | None:
        passage = hit.passage
        place = passage.locate(reading.start, reading.end) if reading.end > reading.start else None
        if place is None or not math.isfinite(reading.score):
            place = (passage.start, passage.end)
        document = self.index.documents[passage.document_id].text
        start, end = widened(document, *place, passage.start, passage.end)
        quote_start, quote_end = proof(document, passage, start, end)
        score = reading.score - _RANK_WEIGHT * math.log(hit.rank)
        finding = Finding(
            hit, start, end, quote_start, quote_end, document[start:end].replace("**", ""), score, reading.confidence
        )
        return _of_kind(document, finding, asked)


def _of_kind(document: str, finding: Finding, asked: Asked) -> Finding:
    """The finding, its value exchanged for the quote's one figure or marked down where it is not what is asked for."""
    if not asked.is_figure and asked.wanted != "date":
        return finding
    if asked.wanted == "date":
        if _DATE.search(document[finding.quote_start : finding.quote_end]) or find_figures(finding.value):
            return finding
    else:
        if any(True for _ in find_figures(finding.value)):
            return finding
        figures = [
            f for f in find_figures(document[finding.quote_start : finding.quote_end]) if not f.figure.is_year
        ]
        if len(figures) == 1:
            start, end = finding.quote_start + figures[0].start, finding.quote_start + figures[0].end
            return replace(finding, start=start, end=end, value=document[start:end].replace("**", ""))
    return replace(finding, score=finding.score - _WRONG_KIND, confidence=finding.confidence * 0.3)


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
    if passage.kind in ("table_row", "key_figure") and len(passage.text) <= 400:
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
