"""Runs what is measured in processes of their own, and keeps results with machine, versions and commit.

This module does not know what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
_VERSIONS = ("onnxruntime", "tokenizers", "faiss-cpu", "bm25s", "numpy", "sentence-transformers", "torch")
_QUESTIONS = 40


def timed(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Seconds of each call, the first three, which load and warm up, left out."""
    seconds = []
    for question in questions:
        began = time.perf_counter()
        work(question)
        seconds.append(time.perf_counter() - began)
    return seconds[3:]


def peak_megabytes(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory that this process, or with RUSAGE_CHILDREN the largest it has started and seen end, has held."""
    peak = resource.getrusage(who).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds."""
    return {
        "median_ms": round(float(np.median(seconds)) * 1000, 2),
        "p95_ms": round(float(np.percentile(seconds, 95)) * 1000, 2),
        "n": len(seconds),
    }


def run(program: Sequence[str], folder: Path) -> tuple[str, float]:
    """Run a Python program over a library; gives the last line of its output and its seconds until it ended.

    Raises:
        RuntimeError: If it fails.
    """
    environment = os.environ | {"REPORTQA_HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *program], cwd=ROOT, env=environment, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise RuntimeError(f"{' '.join(program)} failed: {done.stderr.strip()[-500:]}")
    return done.stdout.strip().splitlines()[-1], seconds


def task(side: str, name: str, folder: Path) -> dict[str, Any]:
    """Run a task of `product` or `baseline`; gives its result."""
    result: dict[str, Any] = json.loads(run(["-m", f"eval.bench.{side}", name, str(folder)], folder)[0])
    return result


def questions() -> list[str]:
    """Every question of the project's sets that stands on its own."""
    paths = sorted(ROOT.glob("eval/questions/*.jsonl"))
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    return [row["question"] for row in rows if "question" in row and not row.get("turns")]


@contextmanager
def library() -> Iterator[Path]:
    """A folder with the bundled reports indexed by both sides, and the questions that are asked."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone = questions()
        chosen = alone[:: max(1, len(alone) // _QUESTIONS)]
        (folder / "questions.json").write_text(json.dumps(chosen), "utf-8")
        task("product", "index", folder)
        task("baseline", "index", folder)
        yield folder


def write(name: str, results: dict[str, Any], out: Path) -> None:
    """Write a measurement to `out/name.json`, and to standard output."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    row = {
        "measurement": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip() or None,
        "machine": machine(),
        "versions": {"python": platform.python_version(), **{package: version(package) for package in _VERSIONS}},
        "results": results,
    }
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(json.dumps(row, indent=1) + "\n", "utf-8")
    sys.stdout.write(json.dumps({name: results}, indent=1) + "\n")


def machine() -> dict[str, Any]:
    """Processor, cores, memory, system, and how busy the machine was."""
    info = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9, 1),
        "system": platform.platform(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options that every measurement has."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--out", type=Path, default=Path("build/bench"), help="folder of the results")
    return made
