"""Warm questions by stage, alone and beside a busy neighbour: `python -m eval.bench.latency`."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from eval.bench import record

_STAGES = ("embed", "search", "read", "ask")


def measure(folder: Path) -> dict[str, Any]:
    """Median and p95 of each stage, quiet and busy, beside the baseline's search."""
    quiet = _warm(folder)
    with _busy_neighbour():
        busy = _warm(folder)

    def ratio(row: dict[str, Any], other: dict[str, Any], name: str, base: str) -> float:
        return round(float(row[name]["median_ms"]) / float(other[base]["median_ms"]), 3)

    return {
        "quiet": quiet,
        "busy_neighbour": busy,
        "ratio_search_to_baseline": ratio(quiet, quiet, "search", "baseline_search"),
        "ratio_busy_to_quiet": {name: ratio(busy, quiet, name, name) for name in (*_STAGES, "baseline_search")},
    }


def _warm(folder: Path) -> dict[str, Any]:
    product = record.task("product", "warm", folder)
    baseline = record.task("baseline", "warm", folder)
    stages = {stage: record.summary(product[stage]) for stage in _STAGES}
    return {**stages, "baseline_search": record.summary(baseline["search"]), "megabytes": product["megabytes"]}


@contextmanager
def _busy_neighbour() -> Iterator[None]:
    """A process that keeps one core busy."""
    neighbour = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        time.sleep(0.5)
        yield
    finally:
        neighbour.kill()
        neighbour.wait()


if __name__ == "__main__":
    options = record.parser(__doc__).parse_args()
    with record.library() as indexed:
        record.write("latency", measure(indexed), options.out)
