import json
import math

import pytest

from assistant.reading.answerability import Confidence, features, of_question, shared_words
from corpus.passage import Passage
from index.hit import Hit
from index.words import stem


@pytest.fixture
def hit():
    passage = Passage("a#0", "a", (), None, 0, 4, "Text", "prose", ())
    return Hit(passage, 0.5, 3, ("bm25",), lexical=9.0, similarity=0.4)


def test_log_odds_are_linear():
    confidence = Confidence({"reader": 0.5, "rank": -1.0}, bias=2.0, threshold=0.7)
    assert confidence.log_odds({"reader": 4.0, "rank": 1.5, "unheard of": 99.0}) == 2.5
    assert Confidence().log_odds({"reader": 2.0, "rank": 1.0, "unknown_names": 1.0}) == pytest.approx(-0.3)


def test_a_probability_is_never_certain():
    assert Confidence.probability(0) == 0.5
    assert Confidence.probability(math.log(3)) == pytest.approx(0.75)
    assert 0 < Confidence.probability(-math.inf) < 1e-12
    assert 1 - 1e-12 < Confidence.probability(math.inf) < 1


def test_weights_are_loaded_where_there_are_any(tmp_path):
    path = tmp_path / "confidence.json"
    assert Confidence.load(path) == Confidence()
    path.write_text(json.dumps({"weights": {"reader": 0.9}, "bias": -1.5, "threshold": 0.4, "measured": {}}))
    assert Confidence.load(path) == Confidence({"reader": 0.9}, -1.5, 0.4)


def test_features_are_bounded(hit):
    known = features(hit, -math.inf, {"unknown_names": 2.0}, 0.25)
    assert known == {
        "unknown_names": 2.0,
        "reader": -12.0,
        "reader_sure": 0.0,
        "lexical": 4.0,
        "similarity": 0.4,
        "rank": pytest.approx(math.log(3)),
        "shared": 0.25,
    }
    assert features(hit, 99.0, {}, 0.0)["reader"] == features(hit, 99.0, {}, 0.0)["reader_sure"] == 12.0


def test_unknown_words_are_a_share_of_the_questions():
    held = {"water", "mills"}.__contains__
    assert of_question("Water unicorns mills zebras", 2, held) == {"unknown_names": 2.0, "unknown_words": 0.5}
    assert of_question("?", 0, held) == {"unknown_names": 0.0, "unknown_words": 0.0}


def test_shared_words_count_forms_of_a_word_once():
    assert shared_words("recycled fibre", {stem("recycling"), stem("fibres")}) == 1.0
    assert shared_words("recycled fibre fibre", {stem("fibres"), "wood"}) == 0.5
    assert shared_words("recycled fibre", {"water", "withdraw"}) == 0.0
    assert shared_words("", {"water"}) == 0.0
