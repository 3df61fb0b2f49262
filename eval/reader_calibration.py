"""Fits how a reader's score becomes a probability, and says how far that probability can be trusted.

`calibration.json` beside a model is what `assistant.reading.reader.Calibration` loads. This module does not read
passages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.reading.reader import Calibration

_BOUND = 30.0  # a score of minus infinity is that of a passage without a span
_COVERAGES = tuple(round(0.1 * step, 1) for step in range(1, 11))
_CUTS = tuple(round(0.01 * step, 2) for step in range(1, 100))
_PENALTY = 1e-3  # keeps the fit finite where a score tells all passages apart


@dataclass(frozen=True, slots=True)
class Seen:
    """One passage that was read.

    Attributes:
        start: Start of the best span.
        end: End of the best span.
        score: The reader's score of it.
        holds: Whether the passage holds an answer.
        right: Whether the span is one.
    """

    start: int
    end: int
    score: float
    holds: bool
    right: bool


def fit(seen: Sequence[Seen]) -> Calibration:
    """Temperature and bias by logistic regression, and the threshold that decides most passages rightly.

    Of thresholds that decide equally well it takes the one nearest to a half.

    Raises:
        ValueError: If all passages hold an answer or none does, or a higher score means less.
    """
    scores, holds = _arrays(seen)
    if not len(holds) or holds.all() or not holds.any():
        raise ValueError("a calibration needs passages with an answer and passages without one")
    design = np.stack([scores, np.ones(len(scores))], 1)
    weights = np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -_BOUND, _BOUND)))
        hessian = (design * (p * (1 - p))[:, None]).T @ design + _PENALTY * np.eye(2)
        weights -= np.linalg.solve(hessian, design.T @ (p - holds) + _PENALTY * weights)
    slope, bias = map(float, weights)
    if slope <= 0:
        raise ValueError("the reader scores passages without the answer higher: it cannot be calibrated")
    unset = Calibration(1 / slope, bias)
    chances = np.array([unset.confidence(score) for score in scores])
    decided = {cut: int(((chances >= cut) == holds).sum()) for cut in _CUTS}
    return Calibration(1 / slope, bias, max(decided, key=lambda cut: (decided[cut], -abs(cut - 0.5))))


def calibrated(seen: Sequence[Seen]) -> tuple[Calibration, float]:
    """The calibration fitted on all, and the error of the one fitted on half of them on the other half."""
    measured = expected_error(seen[1::2], fit(seen[::2]))
    return fit(seen), measured


def expected_error(seen: Sequence[Seen], calibration: Calibration) -> float:
    """Expected calibration error (Naeini et al. 2015) over ten bins of equal width, lower is better."""
    scores, holds = _arrays(seen)
    chances = np.array([calibration.confidence(score) for score in scores])
    bins = np.minimum((chances * 10).astype(int), 9)
    return float(sum(abs((chances - holds)[bins == b].sum()) for b in range(10)) / len(seen))


def coverage_risks(seen: Sequence[Seen]) -> list[tuple[float, float]]:
    """The risk-coverage curve (El-Yaniv and Wiener 2010), a reading a question: (share that is surest, wrong of it)."""
    wrong = [not one.right for one in sorted(seen, key=lambda one: -one.score)]
    sizes = [(coverage, max(1, round(coverage * len(wrong)))) for coverage in _COVERAGES]
    return [(coverage, sum(wrong[:size]) / size) for coverage, size in sizes]


def save(calibration: Calibration, path: Path, measured: Mapping[str, Any]) -> None:
    """Write `calibration.json`, with what was measured beside it."""
    path.write_text(json.dumps(asdict(calibration) | {"measured": dict(measured)}, indent=1) + "\n", "utf-8")


def _arrays(seen: Sequence[Seen]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    scores = np.clip([one.score for one in seen], -_BOUND, _BOUND)
    return scores, np.array([one.holds for one in seen], dtype=bool)
