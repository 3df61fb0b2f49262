"""Lexical search: BM25 over stemmed words, codes and figures, forgiving of misspelt words and of synonyms.

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

from index.synonyms import SYNONYMS

# Words, numbers with their separators, and single CJK characters, which have no spaces between words.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?|[\u4e00-\u9fff]|[²³₂]", re.IGNORECASE)
_STOPWORDS = frozenset(
    "a an and are as at be been by can could did do does for from had has have how in into is it its me many much of "
    "on or our please s tell that the their there these they this to us was we were what when where which who whom "
    "whose why will with would you your".split()
)
_MIN_SPELLED_LENGTH = 5
# A synonym counts less than the word itself; between 0.2 and 0.6 the weight hardly matters.
_SYNONYM_WEIGHT = 0.4
_stemmer = Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


def words(text: str) -> list[str]:
    """Lower-cased words, codes and figures of a text, stop words left out; figures without thousands commas."""
    found = (token.lower() for token in _TOKEN.findall(text))
    return [token.replace(",", "") if token[0].isdigit() else token for token in found if token not in _STOPWORDS]


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]]:
    """Members of groups with their groups, all in stems, by the members' first stem."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]] = {}
    for members in SYNONYMS:
        group = tuple(tuple(map(_stem, words(member))) for member in members)
        for member in group:
            found.setdefault(member[0], []).append((member, group))
    return found


def _related(stems: Sequence[str]) -> dict[str, float]:
    """Stems of the synonyms of a query's words, each with its weight: a word of a phrase counts as its part of it."""
    found: dict[str, float] = {}
    for place, stem in enumerate(stems):
        for member, group in _synonyms().get(stem, ()):
            if tuple(stems[place : place + len(member)]) != member:
                continue
            for other in group:
                for word in other:
                    found[word] = max(found.get(word, 0.0), _SYNONYM_WEIGHT / len(other))
    return {word: weight for word, weight in found.items() if word not in stems}


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
        """One score a text, higher is better, 0 where neither word nor synonym is shared. Shape (n,)."""
        stems = [_stem(self.spelled(word)) for word in words(query)]
        scores = np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        for weight, known in [(1.0, stems), *((weight, [stem]) for stem, weight in _related(stems).items())]:
            known = [stem for stem in known if stem in self._bm25.vocab_dict]
            if known:
                scores += weight * np.asarray(self._bm25.get_scores(known), dtype=np.float32)
        return scores

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
