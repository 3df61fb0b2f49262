"""Lexical search: BM25 over stemmed words, codes and figures, forgiving of misspelt words and of synonyms.

This module does not know vectors, nor how its scores are fused with others.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, process

from index.synonyms import SYNONYMS
from index.words import asked, english, related, sound, stem, words

_MIN_SPELLED_LENGTH = 5
# From this length on two letters may be wrong: shorter words that differ in two are other words.
_LONG = 10
# So many letters may differ between words of one stem or one sound.
_FURTHEST_ALIKE = 3
# And so many, the two words' together, may stand in one of them only: "f" in the one, "ph" in the other.
_OTHER_LETTERS = 4
# A synonym counts less than the word itself; between 0.2 and 0.6 the weight hardly matters.
_SYNONYM_WEIGHT = 0.4


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    """Words that are no misspellings."""
    return english() | {word for group in SYNONYMS for member in group for word in words(member)}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each stem adds to the score of each text that holds it, as the columns of a sparse matrix.

    Attributes:
        values: The weights, a stem's beside each other.
        texts: The text of each weight.
        starts: Where each stem's weights start, and after the last where they end.
    """

    values: NDArray[np.float32]
    texts: NDArray[np.int32]
    starts: NDArray[np.int64]


class LexicalIndex:
    """BM25 (Robertson and Zaragoza 2009, in the form Lucene uses) over passages' readings.

    bm25s makes the weights; searching is adding some of them up, and does without the time that importing bm25s takes.
    """

    def __init__(self, weights: Weights, stems: Mapping[str, int], vocabulary: Collection[str], count: int) -> None:
        self._weights = weights
        self._stems = stems
        self._vocabulary = sorted(vocabulary)
        self._known = frozenset(vocabulary)
        self._count = count

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index n texts; text i has score i in `scores`."""
        import bm25s

        tokens = [words(text) for text in texts]
        bm25 = bm25s.BM25()
        stems = [[stem(token) for token in text] for text in tokens]
        # Of texts without any word bm25s knows no average length: one word that nothing asks for stands in.
        bm25.index(stems if any(stems) else [[""] for _ in texts], show_progress=False)
        weights = Weights(*(np.asarray(bm25.scores[name]) for name in ("data", "indices", "indptr")))
        return cls(weights, bm25.vocab_dict, {token for text in tokens for token in text}, len(texts))

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Load from a folder.

        Raises:
            OSError: If a file is missing.
        """
        saved = json.loads((folder / "words.json").read_text("utf-8"))
        weights = Weights(
            *(np.load(folder / f"{field.name}.npy", "r", allow_pickle=False) for field in fields(Weights))
        )
        return cls(weights, saved["stems"], saved["words"], saved["texts"])

    def save(self, folder: Path) -> None:
        """Save into a folder, as plain arrays and JSON."""
        for field in fields(Weights):
            np.save(folder / f"{field.name}.npy", getattr(self._weights, field.name), allow_pickle=False)
        saved = {"texts": self._count, "stems": self._stems, "words": self._vocabulary}
        (folder / "words.json").write_text(json.dumps(saved, ensure_ascii=False), "utf-8")

    def is_known(self, word: str, allowed: NDArray[np.bool_] | None = None) -> bool:
        """Whether the texts hold each part of a word, or its stem.

        Args:
            word: The word.
            allowed: Which texts count, shape (n,); None for all.
        """
        return all(self._holds(stem(part), allowed) for part in words(word))

    def _holds(self, stemmed: str, allowed: NDArray[np.bool_] | None) -> bool:
        column = self._stems.get(stemmed)
        if column is None or allowed is None:
            return column is not None
        start, end = self._weights.starts[column : column + 2]
        return bool(allowed[self._weights.texts[start:end]].any())

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score a text, higher is better, 0 where neither word nor synonym is shared. Shape (n,)."""
        stems = [stem(self.spelled(word)) for word in words(query)]
        scores = np.zeros(self._count, np.float32)
        synonyms = [
            (_SYNONYM_WEIGHT * weight, [synonym]) for synonym, weight in (asked(query) | related(stems)).items()
        ]
        for weight, wanted in [(1.0, stems), *synonyms]:
            for column in (self._stems[word] for word in wanted if word in self._stems):
                start, end = self._weights.starts[column : column + 2]
                scores[self._weights.texts[start:end]] += weight * self._weights.values[start:end]
        return scores

    def rarity(self, stemmed: str) -> float:
        """Inverse document frequency of a stem: near 0 where most texts hold it, highest where none does."""
        held = 0
        if stemmed in self._stems:
            start, end = self._weights.starts[self._stems[stemmed] : self._stems[stemmed] + 2]
            held = int(end - start)
        return math.log1p((self._count - held + 0.5) / (held + 0.5))

    def spelled(self, word: str) -> str:
        """The word itself if it is English or the texts use it, else the nearest word they use, if one is near enough.

        A word of the same stem or, misspelt by ear, of the same sound is nearer than any other.
        """
        if word in self._known or len(word) < _MIN_SPELLED_LENGTH or not word.isalpha() or word in _english():
            return word
        alike = self._alike(word)
        candidates = alike or self._vocabulary
        near = process.extract(
            word,
            candidates,
            scorer=distance.DamerauLevenshtein.distance,
            score_cutoff=(1 if len(word) < _LONG else 2) if not alike else _FURTHEST_ALIKE,
            limit=None,
        )
        some = [
            (far, len(set(word) ^ set(other)), -len(other), other)
            for other, far, _ in near
            if alike or other[0] == word[0]
        ]
        return min(some)[-1] if some else word

    def _alike(self, word: str) -> list[str]:
        """The words of the same stem, or where there are none of the same sound."""
        stemmed, heard, letters = stem(word), sound(word), set(word)
        if stemmed in self._stems:
            return [other for other in self._vocabulary if other[:3] == word[:3] and stem(other) == stemmed]
        near = (other for other in self._vocabulary if abs(len(other) - len(word)) <= _FURTHEST_ALIKE)
        return [other for other in near if len(letters ^ set(other)) <= _OTHER_LETTERS and sound(other) == heard]
