"""Vectors in FAISS: exact while there are few, in quantised lists when there are many.

The switch comes by itself, where reading every vector takes longer than embedding the question. This module does not
know what the vectors stand for.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.bert import cores

EXACT_UP_TO = 50_000
# Lists of the nearest centres to look through: more of them find no more, what is missed is lost to eight bits.
_PROBED = 64
_TRAINED_ON = 40


class VectorIndex:
    """Unit vectors, each of a place; a place may have several."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - FAISS wraps its classes at run time
        self._index = index
        self._inner: Any = faiss.downcast_index(index.index)

    @classmethod
    def build(
        cls, vectors: NDArray[np.float32], places: NDArray[np.int64], exact_up_to: int = EXACT_UP_TO
    ) -> VectorIndex:
        """Index vectors.

        Args:
            vectors: Shape (n, dimension).
            places: What each stands for, shape (n,).
            exact_up_to: How many vectors are searched one by one.
        """
        faiss.omp_set_num_threads(cores())
        count, dimension = vectors.shape
        inner: Any = faiss.IndexFlatIP(dimension)
        if count > exact_up_to:
            lists = int(4 * math.sqrt(count))
            quantiser = faiss.ScalarQuantizer.QT_8bit
            inner = faiss.IndexIVFScalarQuantizer(inner, dimension, lists, quantiser, faiss.METRIC_INNER_PRODUCT)
            some = np.random.default_rng(0).choice(count, min(count, lists * _TRAINED_ON), replace=False)
            inner.train(vectors[np.sort(some)])
        index = faiss.IndexIDMap(inner)
        index.add_with_ids(vectors, places)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Load what `save` wrote; vectors stay in the file until they are needed, which may be removed meanwhile.

        Raises:
            OSError: If it cannot be read.
        """
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:  # all that faiss raises
            raise OSError(f"cannot read the vectors in {path}: {error}") from error

    def save(self, path: Path) -> None:
        """Save into one file."""
        faiss.write_index(self._index, str(path))

    @property
    def exact(self) -> bool:
        """Whether every vector is looked at."""
        return isinstance(self._inner, faiss.IndexFlat)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(
        self, vector: NDArray[np.float32], k: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """Places and cosines of the k nearest vectors, nearest first; a place with several of them comes several times.

        Args:
            vector: Shape (dimension,).
            k: How many vectors at the most.
            allowed: Whether each place may be found; None for all.
        """
        named: dict[str, Any] = {}
        if allowed is not None:
            named["sel"] = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore
        if not self.exact:
            # What is allowed may lie in any list.
            named["nprobe"] = _PROBED if allowed is None else self._inner.nlist
        parameters = (faiss.SearchParameters if self.exact else faiss.SearchParametersIVF)(**named)
        faiss.omp_set_num_threads(1)  # a second thread spins and waits when the machine is busy
        cosines, places = self._index.search(vector[None], min(k, len(self)), params=parameters)
        return [(int(place), float(cosine)) for place, cosine in zip(places[0], cosines[0], strict=True) if place >= 0]

    def vectors(self) -> NDArray[np.float32]:
        """All vectors in the order they were added, as exactly as they are kept; shape (n, dimension)."""
        if not self.exact:
            self._inner.make_direct_map()
        kept: NDArray[np.float32] = self._inner.reconstruct_n(0, len(self))
        return kept
