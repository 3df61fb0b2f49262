"""Fits how sure the assistant may be: `python -m eval.calibration QUESTIONS=REPORT… --out confidence.json`.

Whether each place that is found for a question holds the gold answer is what the logistic model of
`assistant.reading.answerability` learns: from question sets, and from rows of reports that the reader was not trained
on. This module does not know how the reader was trained.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import DEFAULT_K
from assistant.reading.answerability import Confidence, Features
from assistant.reading.extractor import Extractor
from assistant.reading.reader import Reader
from assistant.training.mix import Example, read_examples
from corpus.load import load_document
from eval.evidence import find_evidence
from eval.judge import token_f1
from eval.question import read_questions
from index.library import report_files
from index.passage_index import Embedder, PassageIndex

# Each feature with the sign that its weight can have: what the data say against it is chance.
FEATURES = {
    "reader": 1,
    "reader_sure": 1,
    "lexical": 1,
    "similarity": 1,
    "shared": 1,
    "label": 1,
    "rank": -1,
    "unknown_names": -1,
    "unknown_words": -1,
    "names_missing": -1,
    "names_missing_of_figure": -1,
    "echo": -1,
    "counted_missing": -1,
    "asked_missing": -1,
    "contrast": -1,
}
# Many rows are unclear without their passage: with this they are about a sixth of what is fitted on, and keep the
# model from relying on words that only we share with our reports.
_SET_WEIGHT = 15.0
# A threshold is judged by all near it, this far in log-odds: that one question more falls to its right is chance.
_BLUR = 0.35
_LOOKED_UP = frozenset({"fact_text", "fact_kpi", "honors", "list", "unanswerable"})
_TOLD = 0.5  # token F1 from which a span counts as the answer


@dataclass(frozen=True, slots=True)
class Place:
    """One place found for one question: what is known of it, whether it holds the answer, and how much it counts."""

    question: int
    features: Features
    right: bool
    answerable: bool
    weight: float = 1.0


def places(examples: Sequence[Example], reader: Reader, embedder: Embedder, k: int = DEFAULT_K) -> list[Place]:
    """Ask each report's questions of an index of its passages."""
    by_report: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_report[example.group].append(example)
    found: list[Place] = []
    number = 0
    for report, rows in sorted(by_report.items()):
        extractor = Extractor(_index(report, rows, embedder), reader, Confidence(), k)
        for row in rows:
            number += 1
            for finding in extractor.extract(extractor.analyzer.lookup(row.question)):
                right = any(_same(finding.value, answer) for answer in row.answers)
                found.append(Place(number, finding.features, right, bool(row.answers)))
    return found


def asked_places(questions: Path, report: Path, reader: Reader, embedder: Embedder, k: int = DEFAULT_K) -> list[Place]:
    """Ask a question set of its report, or of the reports of a folder.

    A place is right when its quote is evidence and its value holds the gold answer. Questions that need more than a
    lookup are left out: calculations, choices, follow-ups, other languages.
    """
    files = report_files(report)
    index = PassageIndex.build([load_document(file) for file in files], embedder)
    extractor = Extractor(index, reader, Confidence(), k)
    documents = list(index.documents.values())
    found: list[Place] = []
    for number, row in enumerate(read_questions(questions)):
        if row.category not in _LOOKED_UP:
            continue
        spans = [place for text in row.evidence for place in find_evidence(text, documents).places]
        for finding in extractor.extract(extractor.analyzer.lookup(row.question)):
            document, start, end = finding.passage.document_id, finding.quote_start, finding.quote_end
            said = index.documents[document].text[start:end] if row.category == "list" else finding.value
            right = any(span.overlaps(document, start, end) for span in spans)
            right = right and all(re.search(pattern, said, re.IGNORECASE) for pattern in row.must_include)
            found.append(Place(number, finding.features, right, bool(row.answerable), _SET_WEIGHT))
    return found


def fit(found: Sequence[Place], strength: float = 3.0) -> Confidence:
    """Logistic regression with an L2 penalty, weights of the wrong sign left out; the threshold that decides best.

    Args:
        found: Places of many questions.
        strength: The penalty on standardised weights.
    """
    names = list(FEATURES)
    while True:
        weights, bias = _logistic(found, names, strength)
        wrong = [name for name, weight in zip(names, weights, strict=True) if weight * FEATURES[name] < 0]
        if not wrong:
            break
        names = [name for name in names if name not in wrong]
    fitted = dict(zip(names, map(float, weights), strict=True))
    chances, right, answerable, weight = _best(found, Confidence(fitted, bias))
    odds = np.log(chances / (1 - chances))
    candidates = np.unique(np.round(odds, 3))
    kept = 1 / (1 + np.exp(np.clip((candidates[:, None] - odds) / _BLUR, -50, 50)))
    gains = np.where(answerable, kept * right, 1 - kept) @ weight
    return Confidence(fitted, bias, Confidence.probability(float(candidates[int(np.argmax(gains))])))


def _logistic(found: Sequence[Place], names: Sequence[str], strength: float) -> tuple[NDArray[np.float64], float]:
    """Weights and bias by Newton's method on standardised features."""
    x = np.array([[place.features[name] for name in names] for place in found])
    y = np.array([place.right for place in found], dtype=float)
    weight = np.array([place.weight for place in found])
    mean = np.average(x, 0, weight)
    deviation = np.sqrt(np.average((x - mean) ** 2, 0, weight)) + 1e-9
    design = np.hstack([(x - mean) / deviation, np.ones((len(x), 1))])
    penalty = np.diag([strength] * len(names) + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        hessian = (design * (weight * p * (1 - p))[:, None]).T @ design + penalty
        weights -= np.linalg.solve(hessian, design.T @ (weight * (p - y)) + penalty @ weights)
    scaled = weights[:-1] / deviation
    return scaled, float(weights[-1] - scaled @ mean)


def report(found: Sequence[Place], confidence: Confidence) -> dict[str, float]:
    """How the assistant would do: right decisions, refusing, AUROC, expected calibration error."""
    best, right, answerable, _ = _best(found, confidence)
    kept = best >= confidence.threshold
    bins = np.minimum((best * 10).astype(int), 9)
    error = sum(
        abs(best[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
        for b in range(10)
        if (bins == b).any()
    )
    return {
        "questions": float(len(best)),
        "right_decisions": float(np.where(kept, right, ~answerable).mean()),
        "right_of_answerable": float((kept & right)[answerable].mean()),
        "first_is_right": float(right[answerable].mean()),
        "refusing_precision": float((~answerable)[~kept].mean()) if (~kept).any() else math.nan,
        "refusing_recall": float((~kept)[~answerable].mean()) if (~answerable).any() else math.nan,
        "auroc": auroc(best[answerable], best[~answerable]),
        "ece": float(error),
    }


def auroc(positive: NDArray[np.float64], negative: NDArray[np.float64]) -> float:
    """Probability that a positive scores above a negative (Mann and Whitney 1947); nan without either."""
    if not len(positive) or not len(negative):
        return math.nan
    _, inverse, counts = np.unique(np.concatenate([positive, negative]), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = ((ends - counts + 1 + ends) / 2)[inverse]
    total = ranks[: len(positive)].sum() - len(positive) * (len(positive) + 1) / 2
    return float(total / (len(positive) * len(negative)))


def _best(
    found: Sequence[Place], confidence: Confidence
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.float64]]:
    """For each question: probability of its best place, whether that is right, whether it has an answer, its weight."""
    best: dict[int, tuple[float, bool, bool, float]] = {}
    for place in found:
        odds = confidence.log_odds(place.features)
        if place.question not in best or odds > best[place.question][0]:
            best[place.question] = (odds, place.right, place.answerable, place.weight)
    odds_of, right, answerable, weight = map(np.array, zip(*best.values(), strict=True))
    return np.array([Confidence.probability(odds) for odds in odds_of]), right, answerable, weight


def _same(value: str, answer: str) -> bool:
    return token_f1(value, answer) >= _TOLD


def _index(report: str, rows: Iterable[Example], embedder: Embedder) -> PassageIndex:
    """An index of a report's passages: each under its first line, as its section."""
    text = []
    for passage in sorted({row.passage for row in rows}):
        section, _, body = passage.partition("\n")
        text.append(f"# {section}\n\n{body}\n" if body else f"{section}\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{report}.md"
        path.write_text("\n".join(text), "utf-8")
        return PassageIndex.build([load_document(path)], embedder)


def main() -> None:
    """Fit by the command line's arguments: on the question sets and on the rows of held-aside reports."""
    from assistant.reading.reader import load_reader
    from index.embedder import load_embedder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "sets",
        nargs="+",
        metavar="QUESTIONS=REPORT",
        help="question sets, each with the file or folder of its reports",
    )
    parser.add_argument("--rows", type=Path, help="question-answering rows of held-aside reports")
    parser.add_argument("--reports", nargs="*", default=[], help="only these reports of the rows")
    parser.add_argument("--reader", help="model folder; the shipped one without it")
    parser.add_argument("--out", type=Path, required=True, help="where confidence.json goes")
    options = parser.parse_args()
    reader, embedder = load_reader(options.reader), load_embedder()
    found: list[Place] = []
    for number, spec in enumerate(options.sets):
        questions, _, document = spec.partition("=")
        places_of_set = asked_places(Path(questions), Path(document), reader, embedder)
        found += [replace(place, question=place.question + number * 1_000_000) for place in places_of_set]
    rows: list[Place] = []
    if options.rows:
        examples = [row for row in read_examples(options.rows) if not options.reports or row.group in options.reports]
        rows = [replace(place, question=-place.question) for place in places(examples, reader, embedder)]
    confidence = fit([*found, *rows])
    measured = {"question_sets": report(found, confidence)} | ({"rows": report(rows, confidence)} if rows else {})
    saved = {"weights": confidence.weights, "bias": confidence.bias, "threshold": confidence.threshold}
    options.out.write_text(json.dumps(saved | measured, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
