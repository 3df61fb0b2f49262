"""Search as vectors grow from a thousand to a million: `python -m eval.bench.growth [--largest N]`.

The vectors are the bundled reports' own with noise (uniform random ones would defeat every approximate index), so that
each has near and far neighbours. The exact index is the baseline's.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.bench import record
from index.bert import cores
from index.vectors import EXACT_UP_TO, VectorIndex

SIZES = (1_000, 10_000, 100_000, 1_000_000)
# Length of the noise beside a unit vector: the cosine of a vector and its source is about 0.86.
_NOISE = 0.6
_QUERIES = 200
_K = 10

Vectors = NDArray[np.float32]
Search = Callable[[Vectors], Sequence[int]]


def measure(sizes: Sequence[int]) -> dict[str, Any]:
    """Recall at 10, milliseconds, build seconds and megabytes of each kind of index at each size."""
    import faiss

    sources, random = _real_vectors(), np.random.default_rng(0)
    queries = _noisy(sources, _QUERIES, random)
    rows: list[dict[str, Any]] = []
    for size in sizes:
        vectors = _noisy(sources, size, random)
        expected: list[Sequence[int]] = []
        for kind, build in (("exact", _exact), ("hnsw", _hnsw), ("quantised", _quantised)):
            faiss.omp_set_num_threads(cores())
            began = time.perf_counter()
            search, megabytes = build(vectors)
            row = {"vectors": size, "kind": kind, "build_seconds": round(time.perf_counter() - began, 2)}
            faiss.omp_set_num_threads(1)
            seconds, found = _searched(search, queries)
            expected = expected or found
            shared = [len(set(some) & set(best)) / _K for some, best in zip(found, expected, strict=True)]
            row |= {"megabytes": megabytes, "recall_at_10": round(float(np.mean(shared)), 4), **record.summary(seconds)}
            row["chosen"] = kind == ("exact" if size <= EXACT_UP_TO else "quantised")
            rows.append(row)
    return {"noise": _NOISE, "sources": len(sources), "exact_up_to": EXACT_UP_TO, "rows": _with_ratios(rows)}


def _searched(search: Search, queries: Vectors) -> tuple[list[float], list[Sequence[int]]]:
    """Seconds and places of each query."""
    seconds, found = [], []
    for query in queries:
        began = time.perf_counter()
        found.append(search(query))
        seconds.append(time.perf_counter() - began)
    return seconds, found


def _with_ratios(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    exact = {row["vectors"]: row["median_ms"] for row in rows if row["kind"] == "exact"}
    return [row | {"ratio_to_exact": round(row["median_ms"] / exact[row["vectors"]], 3)} for row in rows]


def _exact(vectors: Vectors) -> tuple[Search, float]:
    return _ours(VectorIndex.build(vectors, np.arange(len(vectors)), exact_up_to=len(vectors)))


def _quantised(vectors: Vectors) -> tuple[Search, float]:
    return _ours(VectorIndex.build(vectors, np.arange(len(vectors)), exact_up_to=0))


def _ours(index: VectorIndex) -> tuple[Search, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vectors.faiss"
        index.save(path)
        megabytes = round(path.stat().st_size / 1e6, 1)
    return lambda query: [place for place, _ in index.search(query, _K)], megabytes


def _hnsw(vectors: Vectors) -> tuple[Search, float]:
    import faiss

    neighbours = 32
    index = faiss.IndexHNSWFlat(vectors.shape[1], neighbours, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efSearch = 64
    index.add(vectors)
    megabytes = round(len(vectors) * (vectors.shape[1] * 4 + neighbours * 2 * 4) / 1e6, 1)
    return lambda query: index.search(query[None], _K)[1][0].tolist(), megabytes


def _real_vectors() -> Vectors:
    """Vectors of the bundled reports' sentences, rows and key figures."""
    from index.embedder import load_embedder
    from index.library import Library

    with tempfile.TemporaryDirectory() as folder:
        passages = Library(Path(folder)).open(load_embedder()).passages
    return load_embedder().embed(sorted({passage.reading for passage in passages}))


def _noisy(sources: Vectors, count: int, random: np.random.Generator) -> Vectors:
    chosen = sources[random.integers(0, len(sources), count)]
    chosen += random.standard_normal(chosen.shape, np.float32) * np.float32(_NOISE / chosen.shape[1] ** 0.5)
    chosen /= np.linalg.norm(chosen, axis=1, keepdims=True)
    return chosen


if __name__ == "__main__":
    parser = record.parser(__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="the most vectors to try")
    options = parser.parse_args()
    record.write("growth", measure([size for size in SIZES if size <= options.largest]), options.out)
