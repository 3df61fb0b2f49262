"""Lexical search: BM25 over stemmed words, codes and figures, forgiving of misspelt words.

This module does not know vectors, nor how its scores are fused with others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray
from rapidfuzz import distance, process

# Words, numbers with their separators, and single CJK characters, which have no spaces between words.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?|[\u4e00-\u9fff]|[²³₂]", re.IGNORECASE)
_STOPWORDS = frozenset(
    "a an and are as at be been by can could did do does for from had has have how in into is it its me many much of "
    "on or our please s tell that the their there these they this to us was we were what when where which who whom "
    "whose why will with would you your".split()
)
_MIN_SPELLED_LENGTH = 5
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def words(text: str) -> list[str]:
    """Lower-cased words, codes and figures of a text, stop words left out; figures without thousands commas."""
    found = (token.lower() for token in _TOKEN.findall(text))
    return [token.replace(",", "") if token[0].isdigit() else token for token in found if token not in _STOPWORDS]


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
        bm25.index([[_stem(token) for token in text] for text in tokens], show_progress=False)
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

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score a text, higher is better, 0 where no word is shared. Shape (n,)."""
        tokens = [_stem(self.spelled(token)) for token in words(query)]
        known = [token for token in tokens if token in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def spelled(self, word: str) -> str:
        """The word itself if the texts use it or its stem, else the nearest word they use, if one is near enough."""
        if word in self._known or len(word) < _MIN_SPELLED_LENGTH or not word.isalpha():
            return word
        if _stem(word) in self._bm25.vocab_dict:
            return word
        near = process.extractOne(
            word,
            self._vocabulary,
            scorer=distance.DamerauLevenshtein.distance,
            score_cutoff=1 if len(word) < 8 else 2,
        )
        return word if near is None or near[0][0] != word[0] else str(near[0])
