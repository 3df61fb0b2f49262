import numpy as np
import pytest

from index.lexical import LexicalIndex

TEXTS = [
    "Sulphur dioxide emissions: 18.3 t",
    "Total number of staff: 1,284",
    "The independent directors met six times",
    "ISO 14001 certificates of suppliers",
    "捐赠资金",
]


@pytest.fixture(scope="module")
def index():
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("SO2 emission", 0),
        ("How many employees?", 1),
        ("1284", 1),
        ("1,284", 1),
        ("indepedent director", 2),
        ("which suppliers have ISO14001?", 3),
        ("捐赠", 4),
    ],
)
def test_the_text_meant_comes_first(index, query, best):
    scores = index.scores(query)
    assert scores.shape == (5,)
    assert scores.argmax() == best
    assert scores[best] > 0


def test_no_shared_word_scores_nothing(index):
    for query in ("zebra", "", "the of and", "?!"):
        assert np.array_equal(index.scores(query), np.zeros(5, np.float32))


def test_a_word_outweighs_its_synonym():
    index = LexicalIndex.build(["staff of the mill", "workforce of the mill"])
    assert index.scores("staff")[0] > index.scores("staff")[1] > 0


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("indepedent", "independent"),
        ("emisions", "emissions"),
        ("directers", "directors"),
        ("supppliers", "suppliers"),
        ("sertificates", "certificates"),
        ("sulfur", "sulfur"),
        ("whistleblower", "whistleblower"),
        ("scopings", "scopings"),
        ("scope", "scope"),
        ("certificate", "certificate"),
        ("stuff", "stuff"),
        ("zzzzzzz", "zzzzzzz"),
        ("18.3", "18.3"),
    ],
)
def test_spelling(index, word, spelled):
    assert index.spelled(word) == spelled


@pytest.mark.parametrize(
    ("word", "spelled"),
    [("fisical", "physical"), ("employe", "employee"), ("revenu", "revenue"), ("refurbishmnts", "refurbishments")],
)
def test_a_word_of_the_same_stem_or_sound_is_nearest(word, spelled):
    texts = ["physical and fiscal", "employee employed employs", "revenue, revenues", "refurbishments"]
    assert LexicalIndex.build(texts).spelled(word) == spelled


def test_a_word_is_known_in_the_texts_that_count(index):
    assert index.is_known("supplier")
    assert index.is_known("Suppliers", np.array([0, 0, 0, 1, 0], bool))
    assert not index.is_known("suppliers", np.array([1, 1, 1, 0, 1], bool))
    assert not index.is_known("zebra", np.ones(5, bool))


def test_saved_and_loaded(index, tmp_path):
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    for query in ("SO2 emission", "indepedent director", "zebra"):
        assert np.array_equal(loaded.scores(query), index.scores(query))
    assert not any(path.suffix in (".pkl", ".pickle") for path in tmp_path.iterdir())


def test_texts_without_words():
    index = LexicalIndex.build(["the", "", "of"])
    assert np.array_equal(index.scores("mill"), np.zeros(3, np.float32))
