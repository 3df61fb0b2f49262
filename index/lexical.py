"""Lexical search: BM25 over stemmed words, codes and figures, forgiving of misspelt words and of synonyms.

This module does not know vectors, nor how its scores are fused with others.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import distance, process

from index.words import asked, english, related, stem, words

_MIN_SPELLED_LENGTH = 5
# A synonym counts less than the word itself; between 0.2 and 0.6 the weight hardly matters.
_SYNONYM_WEIGHT = 0.4


class LexicalIndex:
    """BM25 (Robertson and Zaragoza 2009, in the form Lucene uses) over passages' readings."""

    def __init__(self, bm25: bm25s.BM25, vocabulary: Collection[str]) -> None:
        self._bm25 = bm25
        self._vocabulary = sorted(vocabulary)
        self._known = frozenset(vocabulary)

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index n texts; text i has score i in `scores`."""
        tokens = [words(text) for text in texts]
        bm25 = bm25s.BM25()
        stems = [[stem(token) for token in text] for text in tokens]
        # Of texts without any word bm25s knows no average length: one word that nothing asks for stands in.
        bm25.index(stems if any(stems) else [[""] for _ in texts], show_progress=False)
        return cls(bm25, {token for text in tokens for token in text})

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Load from a folder.

        Raises:
            OSError: If a file is missing.
        """
        vocabulary = json.loads((folder / "words.json").read_text("utf-8"))
        return cls(bm25s.BM25.load(folder, show_progress=False), vocabulary)

    def save(self, folder: Path) -> None:
        """Save into a folder, as plain arrays and JSON."""
        self._bm25.save(folder, show_progress=False)
        (folder / "words.json").write_text(json.dumps(self._vocabulary, ensure_ascii=False), "utf-8")

    def is_known(self, word: str) -> bool:
        """Whether the texts hold each part of a word, or its stem."""
        return all(part in self._known or stem(part) in self._bm25.vocab_dict for part in words(word))

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score a text, higher is better, 0 where neither word nor synonym is shared. Shape (n,)."""
        stems = [stem(self.spelled(word)) for word in words(query)]
        scores = np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        synonyms = [
            (_SYNONYM_WEIGHT * weight, [synonym]) for synonym, weight in (asked(query) | related(stems)).items()
        ]
        for weight, wanted in [(1.0, stems), *synonyms]:
            known = [word for word in wanted if word in self._bm25.vocab_dict]
            if known:
                scores += weight * np.asarray(self._bm25.get_scores(known), dtype=np.float32)
        return scores

    def spelled(self, word: str) -> str:
        """The word itself if the texts use it or its stem, else the nearest word they use, if one is near enough."""
        if word in self._known or len(word) < _MIN_SPELLED_LENGTH or not word.isalpha() or word in english():
            return word
        if stem(word) in self._bm25.vocab_dict:
            return word
        near = process.extractOne(
            word,
            self._vocabulary,
            scorer=distance.DamerauLevenshtein.distance,
            score_cutoff=1 if len(word) < 8 else 2,
        )
        return word if near is None or near[0][0] != word[0] else str(near[0])
