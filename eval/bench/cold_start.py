"""From the start of a process to its first passage and to its printed answer: `python -m eval.bench.cold_start`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from eval.bench import record

_QUESTION = "How many people does the company employ?"
_RUNS = 5


def measure(folder: Path, runs: int = _RUNS) -> dict[str, Any]:
    """Median seconds of processes that start anew, their files in the system's cache."""
    programs = {
        "baseline_first_passage": ["-m", "eval.bench.baseline", "first", str(folder)],
        "first_passage": ["-m", "eval.bench.product", "first", str(folder)],
        "answer": ["-c", "from assistant.cli.main import main; main()", "ask", _QUESTION, "--json"],
    }
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for turn in range(runs + 1):
        for name, program in programs.items():
            _, taken = record.run(program, folder)
            if turn:  # the first run warms the disk
                seconds[name].append(taken)
    median = {name: float(np.median(taken)) for name, taken in seconds.items()}
    baseline = median["baseline_first_passage"]
    return {
        "seconds": {name: round(taken, 3) for name, taken in median.items()},
        "all_seconds": {name: [round(s, 3) for s in taken] for name, taken in seconds.items()},
        "ratio_first_passage": round(median["first_passage"] / baseline, 3),
        "ratio_answer_to_baseline_first_passage": round(median["answer"] / baseline, 3),
    }


if __name__ == "__main__":
    options = record.parser(__doc__).parse_args()
    with record.library() as indexed:
        record.write("cold_start", measure(indexed), options.out)
