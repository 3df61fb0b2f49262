"""Time and memory to index the bundled reports: `python -m eval.bench.ingest`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench import record

_RUNS = 3


def measure(folder: Path, runs: int = _RUNS) -> dict[str, Any]:
    """Median seconds and megabytes of processes that index anew.

    The product reads the report, splits it, makes facts and both searches; the baseline embeds the same passages.
    """
    rows: dict[str, list[dict[str, float]]] = {"product": [], "baseline": []}
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as fresh:
            rows["product"].append(record.task("product", "index", Path(fresh)))
        rows["baseline"].append(record.task("baseline", "index", folder))
    median = {
        side: {name: round(float(np.median([row[name] for row in found])), 3) for name in found[0]}
        for side, found in rows.items()
    }
    product, baseline = median["product"], median["baseline"]
    return {
        **median,
        "passages_a_second": round(product["passages"] / product["index"]),
        "ratio_index": round(product["index"] / baseline["index"], 3),
        "ratio_load_and_index": round((product["load"] + product["index"]) / (baseline["load"] + baseline["index"]), 3),
        "ratio_imports": round(product["imports"] / baseline["imports"], 3),
        "ratio_megabytes": round(product["megabytes"] / baseline["megabytes"], 3),
    }


if __name__ == "__main__":
    options = record.parser(__doc__).parse_args()
    with record.library() as indexed:
        record.write("ingest", measure(indexed), options.out)
