"""Finds passages by meaning and by words.

Vectors in FAISS and BM25 beside them are fused by reciprocal rank. An index holds its documents, so that every span
can be checked and shown without the files it was made from. This module does not know what an answer is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from corpus.facts import facts as document_facts
from corpus.passage import Fact, Passage
from corpus.sentences import sentences
from corpus.split import split
from index import store
from index.hit import Hit
from index.lexical import LexicalIndex
from index.vectors import VectorIndex
from index.words import words

# Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher 2009). Theirs, 60, levels the ranks of long lists of
# many systems; of two lists, a first place in one should outweigh a middling place in both.
_RRF = 10
_POOL = 100
# Sets of documents whose passages are remembered.
_REMEMBERED = 64
# A passage has several vectors: this many are looked at for a passage wanted.
_VECTORS_A_PASSAGE = 3


class Embedder(Protocol):
    """Turns texts into unit vectors, shape (n, dimension)."""

    name: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed n texts."""
        ...


class PassageIndex:
    """Documents, their passages and facts, and the two searches over them.

    A passage of several sentences has a vector for each, the first led by its section, and is as near to a question as
    its nearest: a figure in the middle of a long paragraph is found as well as one in a line of its own.

    Attributes:
        documents: Documents by id, in the order they were added.
        passages: Every document's passages, in the documents' order.
        facts: Every document's facts, likewise.
        embedder: What it embeds texts with.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        facts: Sequence[Fact],
        vectors: VectorIndex,
        lexical: LexicalIndex,
        embedder: Embedder,
    ) -> None:
        self.documents: Mapping[str, Document] = {document.id: document for document in documents}
        self.passages = tuple(passages)
        self.facts = tuple(facts)
        self._lexical = lexical
        self.embedder = embedder
        self._vectors = vectors
        self._place = {passage.id: place for place, passage in enumerate(self.passages)}
        document_of = np.array([passage.document_id for passage in self.passages])
        self._within = lru_cache(_REMEMBERED)(lambda ids: np.isin(document_of, ids) if ids else None)

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        embedder: Embedder,
        previous: PassageIndex | None = None,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> PassageIndex:
        """Split, embed and index documents.

        Args:
            documents: What the index shall hold, ids distinct.
            embedder: Embeds passages and, later, questions.
            previous: An index whose vectors are taken over for passages that read the same.
            progress: Called with (texts embedded, texts in all).

        Raises:
            ValueError: If no document has a passage.
        """
        parts = [(document, split(document)) for document in documents]
        passages = [passage for _, found in parts for passage in found]
        if not passages:
            raise ValueError("nothing to index: no document has any text; add a report")
        facts = [fact for document, found in parts for fact in document_facts(document, found)]
        known = previous._known_vectors(embedder) if previous else {}
        units = [(place, unit) for place, passage in enumerate(passages) for unit in _units(passage)]
        array = _embed([unit for _, unit in units], embedder, known, progress)
        vectors = VectorIndex.build(array, np.array([place for place, _ in units], dtype=np.int64))
        lexical = LexicalIndex.build([passage.reading for passage in passages])
        return cls(documents, passages, facts, vectors, lexical, embedder)

    @classmethod
    def load(cls, folder: Path, embedder: Embedder) -> PassageIndex:
        """Load an index from its folder.

        Raises:
            FileNotFoundError: If there is no index.
            ValueError: If it is damaged, of another format, or built with another embedder.
        """
        with store.opened(folder, embedder.name) as saved:
            vectors = VectorIndex.load(saved / "vectors.faiss")
            return cls(*store.read_rows(saved), vectors, LexicalIndex.load(saved / "bm25"), embedder)

    def save(self, folder: Path) -> None:
        """Save beside the folder, then move into its place: an index there before stays whole until the end."""
        with store.replacing(folder) as fresh:
            store.write_rows(fresh, self.documents.values(), self.passages, self.facts)
            self._vectors.save(fresh / "vectors.faiss")
            (fresh / "bm25").mkdir()
            self._lexical.save(fresh / "bm25")
            store.write_manifest(fresh, self.embedder.name, self._counts())

    def passage(self, passage_id: str) -> Passage:
        """The passage of an id.

        Raises:
            KeyError: If the index holds no such passage.
        """
        return self.passages[self._place[passage_id]]

    def search(
        self, question: str, k: int = 10, documents: Collection[str] = (), meaning: str | None = None
    ) -> list[Hit]:
        """Find the k passages nearest to a question, best first.

        Args:
            question: What is asked, in words.
            k: How many passages at the most.
            documents: Ids of the documents to search; empty for all.
            meaning: What is embedded in the question's place; None for the question itself.
        """
        allowed = self._within(tuple(documents))
        meaning = question if meaning is None else meaning
        ranked = {"bm25": self._by_words(question, allowed), "dense": self._by_meaning(meaning, allowed)}
        fused: dict[int, float] = {}
        for scores in ranked.values():
            for rank, place in enumerate(scores, 1):
                fused[place] = fused.get(place, 0.0) + 1 / (_RRF + rank)
        best = sorted(fused, key=lambda place: (-fused[place], place))[:k]
        asked = max(1, len(words(question)))
        return [
            Hit(
                self.passages[place],
                fused[place],
                rank,
                tuple(name for name, scores in ranked.items() if place in scores),
                ranked["bm25"].get(place, 0.0) / asked,
                ranked["dense"].get(place, 0.0),
            )
            for rank, place in enumerate(best, 1)
        ]

    def spelled(self, word: str) -> str:
        """A word in small letters as the passages spell it, or as it is."""
        return self._lexical.spelled(word)

    def is_known(self, word: str, documents: Collection[str] = ()) -> bool:
        """Whether the reports hold a word, in any of its forms.

        Args:
            word: A word or a name of several.
            documents: The ids of the reports that must hold it; empty for any.
        """
        return self._lexical.is_known(word, self._within(tuple(documents)))

    def rarity(self, stemmed: str) -> float:
        """How rare a stem is among the passages, as an inverse document frequency."""
        return self._lexical.rarity(stemmed)

    def _by_words(self, question: str, allowed: NDArray[np.bool_] | None) -> dict[int, float]:
        """BM25 scores by place, best first."""
        scores = self._lexical.scores(question)
        if allowed is not None:
            scores = np.where(allowed, scores, 0)
        least = np.partition(scores, -_POOL)[-_POOL] if len(scores) > _POOL else 0  # sorting all takes long when many
        some = np.flatnonzero((scores > 0) & (scores >= least))
        best = some[np.argsort(-scores[some], kind="stable")][:_POOL]
        return {int(place): float(scores[place]) for place in best}

    def _by_meaning(self, question: str, allowed: NDArray[np.bool_] | None) -> dict[int, float]:
        """Cosines by place, best first; a passage's best vector counts."""
        nearest: dict[int, float] = {}
        for place, cosine in self._vectors.search(
            self.embedder.embed([question])[0], _POOL * _VECTORS_A_PASSAGE, allowed
        ):
            if len(nearest) < _POOL:
                nearest.setdefault(place, cosine)
        return nearest

    def _known_vectors(self, embedder: Embedder) -> dict[str, NDArray[np.float32]]:
        if embedder.name != self.embedder.name:
            return {}
        units = [unit for passage in self.passages for unit in _units(passage)]
        vectors = self._vectors.vectors()
        # An index made when sentences were cut otherwise has other vectors: they are not taken over.
        return dict(zip(units, vectors, strict=True)) if len(units) == len(vectors) else {}

    def _counts(self) -> dict[str, Any]:
        return {"documents": len(self.documents), "passages": len(self.passages), "facts": len(self.facts)}


def _units(passage: Passage) -> list[str]:
    """What of a passage is embedded: its reading, or each sentence of prose, the first led by the section."""
    body = passage.reading[len(passage.lead) :]
    if not passage.is_written:
        return [passage.reading]
    first, *others = [body[start:end] for start, end in sentences(body)]
    return [passage.lead + first, *others]


def _embed(
    readings: Sequence[str],
    embedder: Embedder,
    known: Mapping[str, NDArray[np.float32]],
    progress: Callable[[int, int], None],
    batch: int = 256,
) -> NDArray[np.float32]:
    """Vectors of all readings; the long ones go together so that short ones are not padded."""
    vectors = {reading: known[reading] for reading in readings if reading in known}
    missing = sorted({reading for reading in readings if reading not in known}, key=len)
    for start in range(0, len(missing), batch):
        some = missing[start : start + batch]
        vectors.update(zip(some, embedder.embed(some), strict=True))
        progress(len(readings) - len(missing) + start + len(some), len(readings))
    return np.stack([vectors[reading] for reading in readings])
