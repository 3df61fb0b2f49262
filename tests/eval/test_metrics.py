import pytest

from eval import metrics
from eval.judge import Judgement


def judgement(strict=True, confidence=0.5, verdict="answered", answerable=True, **changes):
    fields = {
        "id": "q",
        "category": "list",
        "correct": strict,
        "exact": float(strict),
        "f1": float(strict),
        "ranks": (1,) if answerable else (),
        "citation_precision": None if verdict == "not_disclosed" else float(strict),
        "citation_recall": float(strict) if answerable else None,
        "seconds": 0.1,
    }
    return Judgement(
        strict=strict, confidence=confidence, verdict=verdict, answerable=answerable, **{**fields, **changes}
    )


def abstained(answerable):
    return judgement(not answerable, verdict="not_disclosed", answerable=answerable)


def test_accuracies_are_means_over_all_questions():
    scores = metrics.score(
        [judgement(), judgement(False, correct=True, exact=0.0, f1=0.5), abstained(False), abstained(True)]
    )
    assert scores.questions == 4
    assert (scores.strict_accuracy, scores.answer_accuracy) == (0.5, 0.75)
    assert (scores.exact_match, scores.token_f1) == (0.5, 0.625)


def test_no_question_has_no_score():
    scores = metrics.score([])
    assert scores.questions == 0
    assert {getattr(scores, name) for name in scores.__dataclass_fields__ if name != "questions"} == {None}


def test_retrieval_metrics_count_questions_with_evidence():
    found = [judgement(ranks=(3, None)), judgement(ranks=(1, 6)), judgement(ranks=(None,)), judgement(answerable=False)]
    assert metrics.hit_rate(found, 1) == pytest.approx(1 / 3)
    assert metrics.hit_rate(found, 5) == pytest.approx(2 / 3)
    assert metrics.recall(found, 5) == pytest.approx((1 / 2 + 1 / 2 + 0) / 3)
    assert metrics.recall(found, 10) == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert metrics.mean_reciprocal_rank(found, 10) == pytest.approx((1 / 3 + 1 + 0) / 3)
    assert metrics.mean_reciprocal_rank(found, 2) == pytest.approx(1 / 3)


def test_citation_metrics_average_over_those_that_have_them():
    found = [
        judgement(citation_precision=0.5, citation_recall=1.0),
        judgement(citation_precision=0.0, answerable=False),
        abstained(True),
    ]
    assert metrics.citation_precision(found) == 0.25
    assert metrics.citation_recall(found) == 0.5


def test_abstention_precision_and_recall():
    found = [abstained(False), abstained(True), abstained(True), judgement(False, answerable=False), judgement()]
    assert metrics.abstention_precision(found) == pytest.approx(1 / 3)
    assert metrics.abstention_recall(found) == 0.5
    assert metrics.abstention_precision([judgement()]) is None
    assert metrics.abstention_recall([judgement()]) is None


def test_risk_coverage_ranks_by_confidence_and_ends_at_the_abstentions():
    found = [judgement(False, 0.2), judgement(True, 0.9), judgement(False, 0.6), judgement(True, 0.8), abstained(True)]
    assert metrics.risk_coverage(found) == [
        (0.2, 0.0),
        (0.4, 0.0),
        (0.6, pytest.approx(1 / 3)),
        (0.8, pytest.approx(2 / 4)),
    ]
    assert metrics.aurc(found) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_equal_confidences_are_one_step_in_any_order():
    found = [judgement(True, 0.7), judgement(False, 0.7), judgement(True, 0.9)]
    assert metrics.risk_coverage(found) == [(pytest.approx(1 / 3), 0.0), (1.0, pytest.approx(1 / 3))]
    assert metrics.aurc(found) == metrics.aurc(found[::-1]) == pytest.approx((0 + 2 * 1 / 3) / 3)


def test_no_answer_given_leaves_no_curve():
    assert metrics.risk_coverage([abstained(True)]) == []
    assert metrics.aurc([abstained(True)]) is None
    assert metrics.expected_calibration_error([abstained(True)]) is None


def test_calibration_error_weighs_bins_by_their_answers():
    found = [
        judgement(True, 0.95),
        judgement(False, 0.95),
        judgement(True, 1.0),
        judgement(False, 0.3),
        abstained(False),
    ]
    top = abs((0.95 + 0.95 + 1.0) / 3 - 2 / 3)
    assert metrics.expected_calibration_error(found) == pytest.approx((3 * top + 1 * 0.3) / 4)


def test_percentiles_of_seconds():
    found = [judgement(seconds=seconds) for seconds in (0.4, 0.1, 0.2, 0.3, 1.0)]
    assert metrics.percentile_seconds(found, 50) == pytest.approx(0.3)
    assert metrics.percentile_seconds(found, 95) == pytest.approx(0.88)
