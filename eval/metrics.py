"""Judgements become a scorecard: each metric is a number with a definition and a source, no model judges.

A metric over no question at all is None, never 0. Higher is better but for AURC, ECE and seconds. This module does
not know questions or answers, only how they were judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.judge import Judgement

SEARCH_DEPTH = 10
_BINS = 10


@dataclass(frozen=True, slots=True)
class Scores:
    """What a group of questions scored; the functions of this module say what each number means."""

    questions: int
    strict_accuracy: float | None
    answer_accuracy: float | None
    exact_match: float | None
    token_f1: float | None
    hit_at_1: float | None
    hit_at_5: float | None
    hit_at_10: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mrr_at_10: float | None
    citation_precision: float | None
    citation_recall: float | None
    abstention_precision: float | None
    abstention_recall: float | None
    aurc: float | None
    ece: float | None
    p50_seconds: float | None
    p95_seconds: float | None


def score(judgements: Sequence[Judgement]) -> Scores:
    """Score a group of judgements.

    `strict_accuracy` (strict attributed accuracy), `answer_accuracy`, `exact_match` and `token_f1` are means over all
    questions of what `eval.judge` found.
    """
    return Scores(
        questions=len(judgements),
        strict_accuracy=_mean(j.strict for j in judgements),
        answer_accuracy=_mean(j.correct for j in judgements),
        exact_match=_mean(j.exact for j in judgements),
        token_f1=_mean(j.f1 for j in judgements),
        hit_at_1=hit_rate(judgements, 1),
        hit_at_5=hit_rate(judgements, 5),
        hit_at_10=hit_rate(judgements, 10),
        recall_at_5=recall(judgements, 5),
        recall_at_10=recall(judgements, 10),
        mrr_at_10=mean_reciprocal_rank(judgements, 10),
        citation_precision=citation_precision(judgements),
        citation_recall=citation_recall(judgements),
        abstention_precision=abstention_precision(judgements),
        abstention_recall=abstention_recall(judgements),
        aurc=aurc(judgements),
        ece=expected_calibration_error(judgements),
        p50_seconds=percentile_seconds(judgements, 50),
        p95_seconds=percentile_seconds(judgements, 95),
    )


def hit_rate(judgements: Iterable[Judgement], k: int) -> float | None:
    """Hit@k: share of the questions with evidence for which one of the first k hits overlaps a piece of it."""
    return _mean(any(_within(rank, k) for rank in j.ranks) for j in judgements if j.ranks)


def recall(judgements: Iterable[Judgement], k: int) -> float | None:
    """Recall@k: share of a question's pieces of evidence that the first k hits overlap, averaged over questions."""
    return _mean(sum(_within(rank, k) for rank in j.ranks) / len(j.ranks) for j in judgements if j.ranks)


def mean_reciprocal_rank(judgements: Iterable[Judgement], k: int) -> float | None:
    """Mean reciprocal rank (Voorhees 1999, TREC-8): 1 / rank of the first hit with evidence, 0 beyond the k-th."""
    firsts = (min((rank for rank in j.ranks if _within(rank, k) and rank), default=None) for j in judgements if j.ranks)
    return _mean(1 / first if first else 0.0 for first in firsts)


def citation_precision(judgements: Iterable[Judgement]) -> float | None:
    """Citation precision (after Gao et al. 2023, ALCE, with evidence in the place of an entailment model).

    Share of an answer's citations that overlap an evidence, averaged over the questions that were answered. An answer
    without a citation counts 0, and so does any answer to an unanswerable question.
    """
    return _mean(j.citation_precision for j in judgements if j.citation_precision is not None)


def citation_recall(judgements: Iterable[Judgement]) -> float | None:
    """Citation recall (after Gao et al. 2023, ALCE): share of a question's evidence that its citations overlap.

    Averaged over the questions with evidence; one that was not answered counts 0.
    """
    return _mean(j.citation_recall for j in judgements if j.citation_recall is not None)


def abstention_precision(judgements: Iterable[Judgement]) -> float | None:
    """Share of the `not_disclosed` verdicts that were right to abstain."""
    return _mean(not j.answerable for j in judgements if not j.answered)


def abstention_recall(judgements: Iterable[Judgement]) -> float | None:
    """Share of the unanswerable questions that got the verdict `not_disclosed`."""
    return _mean(not j.answered for j in judgements if not j.answerable)


def risk_coverage(judgements: Sequence[Judgement]) -> list[tuple[float, float]]:
    """The risk-coverage curve (El-Yaniv and Wiener 2010), surest answers first.

    Returns:
        Points (coverage, risk), one for each confidence at which answers could be cut off: the share of all questions
        that are answered with at least that confidence, and the share of those answers that are not strictly right.
        The curve ends where the assistant itself abstains.
    """
    ranked = sorted((j for j in judgements if j.answered), key=lambda j: -j.confidence)
    points = []
    wrong = 0
    for given, judgement in enumerate(ranked, 1):
        wrong += not judgement.strict
        if given == len(ranked) or ranked[given].confidence < judgement.confidence:
            points.append((given / len(judgements), wrong / given))
    return points


def aurc(judgements: Sequence[Judgement]) -> float | None:
    """Area under the risk-coverage curve (Geifman, Uziel and El-Yaniv 2019), lower is better.

    The mean risk over the coverages that the answers given reach: each step of the curve weighs as much as the
    answers that it adds, so that equal confidences are not ordered by chance.
    """
    points = risk_coverage(judgements)
    if not points:
        return None
    area, covered = 0.0, 0.0
    for coverage, risk in points:
        area += (coverage - covered) * risk
        covered = coverage
    return area / covered


def expected_calibration_error(judgements: Iterable[Judgement]) -> float | None:
    """Expected calibration error (Naeini et al. 2015; Guo et al. 2017) of the answers given, lower is better.

    Mean distance between confidence and strict accuracy over ten bins of equal width, weighted by their answers.
    """
    given = [j for j in judgements if j.answered]
    bins: dict[int, list[Judgement]] = {}
    for judgement in given:
        bins.setdefault(min(int(judgement.confidence * _BINS), _BINS - 1), []).append(judgement)
    gaps = (abs(sum(j.confidence - j.strict for j in members)) for members in bins.values())
    return sum(gaps) / len(given) if given else None


def percentile_seconds(judgements: Iterable[Judgement], percent: int) -> float | None:
    """The seconds that `percent` % of the answers took at the most, interpolated between neighbours."""
    seconds = [j.seconds for j in judgements]
    return float(np.percentile(seconds, percent)) if seconds else None


def _within(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
