import math

import numpy as np
import pytest

from assistant.reading.answerability import Confidence
from assistant.reading.reader import Reading
from assistant.training.mix import Example
from eval.calibration import FEATURES, Place, auroc, fit, places, report
from index.embedder import load_embedder


def made_places(count=400, seed=5):
    """Questions with four places each; the log-odds that one is right are 1.5 reader - 1 rank + 0.1 lexical - 1."""
    rng = np.random.default_rng(seed)
    found = []
    for question in range(count):
        rows = []
        for rank in range(1, 5):
            known = dict.fromkeys(FEATURES, 0.0) | {
                "reader": rng.normal(0, 2),
                "lexical": rng.uniform(0, 4),
                "rank": math.log(rank),
                "shared": rng.uniform(),
            }
            odds = 1.5 * known["reader"] - known["rank"] + 0.1 * known["lexical"] - 1
            rows.append((known, rng.uniform() < Confidence.probability(odds)))
        answerable = any(right for _, right in rows)
        found += [Place(question, known, right, answerable) for known, right in rows]
    return found


def test_the_fit_recovers_signs_and_order():
    fitted = fit(made_places())
    assert fitted.weights["reader"] == pytest.approx(1.5, abs=0.25)
    assert fitted.weights["rank"] == pytest.approx(-1.0, abs=0.35)
    assert abs(fitted.weights.get("lexical", 0.0)) < 0.4
    assert all(weight * FEATURES[name] >= 0 for name, weight in fitted.weights.items())
    assert 0.1 < fitted.threshold < 0.9


def test_a_weight_of_the_wrong_sign_is_left_out():
    against = [
        Place(i, dict.fromkeys(FEATURES, 0.0) | {"reader": float(i % 7), "shared": -float(i % 7)}, i % 7 > 3, True)
        for i in range(70)
    ]
    fitted = fit(against)
    assert "shared" not in fitted.weights and fitted.weights["reader"] > 0


def test_a_report_says_how_it_would_do():
    def place(question, reader, right, answerable):
        return Place(question, dict.fromkeys(FEATURES, 0.0) | {"reader": reader}, right, answerable)

    found = [
        place(1, 4.0, True, True),
        place(1, 1.0, False, True),
        place(2, 3.0, False, True),
        place(3, -1.0, True, True),
        place(4, -4.0, False, False),
        place(5, 2.0, False, False),
    ]
    told = report(found, Confidence({"reader": 1.0}, 0.0, 0.5))
    assert told["questions"] == 5
    assert told["right_decisions"] == pytest.approx(2 / 5)
    assert told["right_of_answerable"] == pytest.approx(1 / 3)
    assert told["first_is_right"] == pytest.approx(2 / 3)
    assert told["refusing_precision"] == pytest.approx(1 / 2)
    assert told["refusing_recall"] == pytest.approx(1 / 2)
    assert told["auroc"] == pytest.approx(5 / 6)


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [
        ([3.0, 4.0], [1.0, 2.0], 1.0),
        ([1.0], [2.0, 3.0], 0.0),
        ([1.0, 1.0], [1.0], 0.5),
        ([0.9, 0.4, 0.6], [0.5, 0.1], 5 / 6),
        ([2.0, 1.0], [1.0, 0.0], 7 / 8),
    ],
)
def test_auroc_of_known_values(positive, negative, area):
    assert auroc(np.array(positive), np.array(negative)) == pytest.approx(area)


def test_auroc_without_either_is_not_a_number():
    assert math.isnan(auroc(np.array([]), np.array([1.0])))
    assert math.isnan(auroc(np.array([1.0]), np.array([])))


class Numbers:
    """Reads the first number of a passage."""

    threshold = 0.5

    def read(self, question, passages):
        import re

        found = [re.search(r"\d[\d,]*", passage) for passage in passages]
        return [Reading(*match.span(), 5.0, 0.9) if match else Reading(0, 0, -5.0, 0.1) for match in found]


def test_places_are_right_where_they_hold_the_gold_answer():
    passages = ["People\nAlder Paper employed 1,284 people.", "Mills\nAlder Paper ran 12 mills in all."]
    rows = [
        Example("How many people did Alder Paper employ?", passages[0], 28, 33, ("1,284",), "alder", "alder"),
        Example("How many ships did Alder Paper own?", passages[1], 0, 0, (), "alder", "alder"),
    ]
    found = places(rows, Numbers(), load_embedder(), k=2)
    assert [(p.question, p.answerable) for p in found] == [(1, True), (1, True), (2, False), (2, False)]
    assert sorted(p.right for p in found) == [False, False, False, True]
    assert next(p for p in found if p.right).features["rank"] == 0.0
    assert set(found[0].features) == set(FEATURES)
