"""Measures a reader alone, one passage given: `python -m eval.reader FILE[:SHARE or :REPORT,REPORT]… --out FILE`.

A set is a file of question-answering rows: all of it, the share of it that training holds aside, or some of its
reports. Passages come as they are in the rows, the reader cuts them to windows. This module does not know how a
passage is found, nor how the whole assistant answers.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import statistics
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from assistant.reading.reader import Reader, load_reader
from assistant.training.mix import Example, hard_negatives, read_examples
from eval.calibration import auroc
from eval.judge import exact_match, token_f1
from eval.reader_calibration import Seen, calibrated, coverage_risks, save

_SEED = 5
_AT_ONCE = 10  # passages read for a question
_TIMED = 20
_SPEC = re.compile(r"(?P<file>.+?)(?::(?P<share>0?\.\d+)|:(?P<reports>[^:/\\]+))?")


@dataclass(frozen=True, slots=True)
class Measured:
    """How a reader did on a set; None where the set cannot tell.

    Attributes:
        rows: Rows read, answerable or not.
        answerable: Those with an answer; F1 and exact match are means over them.
        f1: Token F1 in [0, 1] of the best span with the gold answer nearest to it, whether or not it would be shown.
        exact: Share of best spans that equal a gold answer, figures compared as figures.
        auroc_answerable: Probability that an answerable row scores above one without an answer.
        auroc_passages: Probability that a passage with the answer scores above one that BM25 finds and that has none.
        seconds_per_ten: Seconds to read ten passages for one question, the median.
    """

    rows: int
    answerable: int
    f1: float | None
    exact: float | None
    auroc_answerable: float | None
    auroc_passages: float | None
    seconds_per_ten: float | None


def read_set(spec: str) -> list[Example]:
    """The rows of `FILE`, of `FILE:SHARE` or of `FILE:REPORT,REPORT`.

    Raises:
        OSError: If the file cannot be read.
        ValueError: If it holds something else than rows, or none of those that are asked for.
    """
    parts = _SPEC.fullmatch(spec)
    if parts is None:
        raise ValueError(f"{spec!r} names no set: give FILE, FILE:SHARE or FILE:REPORT,REPORT")
    rows = read_examples(Path(parts["file"]))
    if parts["share"]:
        rows = [row for row in rows if row.place < float(parts["share"])]
    if parts["reports"]:
        wanted = parts["reports"].split(",")
        absent = sorted(set(wanted) - {row.group for row in rows})
        if absent:
            raise ValueError(f"{parts['file']} has no rows of {', '.join(absent)}")
        rows = [row for row in rows if row.group in wanted]
    if not rows:
        raise ValueError(f"{spec} holds no rows")
    return rows


def name_of(spec: str) -> str:
    """A set's name in the results: its file's, without folders and suffixes."""
    return Path(spec.split(":")[0]).name.split(".")[0]


def measure(
    examples: Sequence[Example], reader: Reader, limit: int | None = None
) -> tuple[Measured, list[Seen], list[Seen]]:
    """Measure a reader on a set.

    Args:
        examples: All rows of the set; retrieved passages without the answer are drawn from it.
        reader: Reads them.
        limit: At most how many rows to read, drawn anew in the same way each time.

    Returns:
        The numbers, and what they rest on: readings of the rows' own passages, and of retrieved ones.
    """
    rng = random.Random(_SEED)
    negatives = hard_negatives([row for row in examples if row.answers], rng)
    read, told = list(examples), negatives
    if limit is not None:
        read = rng.sample(read, min(limit, len(read)))
        told = rng.sample(told, min(limit, len(told)))
    seconds = _seconds(examples, reader, rng)
    own = [_seen(row, reader) for row in read]
    retrieved = [_seen(row, reader) for row in told]
    answered = [(row, seen) for row, seen in zip(read, own, strict=True) if row.answers]
    values = [(row, row.passage[seen.start : seen.end]) for row, seen in answered]
    holds = [seen for _, seen in answered]
    measured = Measured(
        rows=len(read),
        answerable=len(answered),
        f1=_mean([max(token_f1(value, gold) for gold in row.answers) for row, value in values]),
        exact=_mean([max(exact_match(value, gold) for gold in row.answers) for row, value in values]),
        auroc_answerable=_auroc(holds, [seen for seen in own if not seen.holds]),
        auroc_passages=_auroc(holds, retrieved),
        seconds_per_ten=seconds,
    )
    return measured, own, retrieved


def _seen(row: Example, reader: Reader) -> Seen:
    """The best span of a row's passage; right from a token F1 of one half."""
    (reading,) = reader.read(row.question, [row.passage])
    value = row.passage[reading.start : reading.end]
    right = any(token_f1(value, gold) >= 0.5 for gold in row.answers)
    return Seen(reading.start, reading.end, reading.score, bool(row.answers), right)


def _seconds(examples: Sequence[Example], reader: Reader, rng: random.Random) -> float | None:
    """Median seconds that ten different passages take, after one reading that loads the model."""
    passages = sorted({row.passage for row in examples})
    if len(passages) < _AT_ONCE:
        return None
    reader.read("", passages[:1])
    taken = []
    for row in rng.sample(list(examples), min(_TIMED, len(examples))):
        some = rng.sample(passages, _AT_ONCE)
        begun = time.perf_counter()
        reader.read(row.question, some)
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _auroc(positive: Sequence[Seen], negative: Sequence[Seen]) -> float | None:
    found = auroc(np.array([seen.score for seen in positive]), np.array([seen.score for seen in negative]))
    return None if math.isnan(found) else found


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None


def _line(name: str, measured: Measured) -> str:
    numbers = [measured.f1, measured.exact, measured.auroc_answerable, measured.auroc_passages]
    shown = "  ".join("    -" if number is None else f"{number:5.3f}" for number in numbers)
    seconds = "    -" if measured.seconds_per_ten is None else f"{measured.seconds_per_ten:5.2f}"
    return f"{name:24} {measured.rows:5} {shown}  {seconds}"


def main() -> None:
    """Measure by the command line's arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", help="FILE, FILE:SHARE or FILE:REPORT,REPORT of question-answering rows")
    parser.add_argument("--reader", help="model name or folder; the shipped one without it")
    parser.add_argument("--limit", type=int, help="at most how many rows a set")
    parser.add_argument("--out", type=Path, help="where the numbers go, as JSON")
    parser.add_argument("--calibration", type=Path, help="where calibration.json goes, fitted on the sets")
    options = parser.parse_args()
    try:
        sets = {name_of(spec): read_set(spec) for spec in options.sets}
    except (OSError, ValueError) as error:
        parser.error(str(error))
    reader, results = load_reader(options.reader), {}
    asked: list[Seen] = []
    others: list[Seen] = []
    print(f"{'set':24} {'rows':>5} {'F1':>5}  {'EM':>5}  {'none':>5}  {'told':>5}  {'s/10':>5}")
    for name, rows in sets.items():
        measured, own, retrieved = measure(rows, reader, options.limit)
        results[name] = asdict(measured)
        asked += own
        others += retrieved
        print(_line(name, measured), flush=True)
    if options.out:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    try:
        calibration, error_on_other_half = calibrated(asked + others)
    except ValueError as error:
        parser.error(str(error))
    risks = coverage_risks(asked)
    print(f"calibrated on one half, ECE on the other: {error_on_other_half:.3f}")
    print("wrong among the surest: " + ", ".join(f"{share:.0%} {risk:.3f}" for share, risk in risks))
    if options.calibration:
        save(calibration, options.calibration, {"ece_on_other_half": error_on_other_half, "coverage_risks": risks})


if __name__ == "__main__":
    main()
