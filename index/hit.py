"""What a search returns."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.passage import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found.

    Attributes:
        passage: The passage.
        score: Fused score, higher is better; comparable within one search only.
        rank: Place in the result, counted from 1.
        retrievers: Which retrievers found it: "bm25", "dense".
        lexical: BM25 score a word asked for, 0 where BM25 did not find it; comparable between searches.
        similarity: Cosine to the question, in [-1, 1], 0 where it was not among the nearest; likewise.
    """

    passage: Passage
    score: float
    rank: int
    retrievers: tuple[str, ...]
    lexical: float = 0.0
    similarity: float = 0.0
