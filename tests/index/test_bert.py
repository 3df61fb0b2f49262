import json
import shutil

import numpy as np
import pytest

from index.bert import Bert, int8_is_exact, load_tokenizer
from index.bert_graph import read_tensors

TEXTS = ["How many people work here?", "Energy consumption | 2024: 45,975 MWh", "word " * 200]


@pytest.fixture(scope="module")
def encodings(tiny_reader):
    return load_tokenizer(tiny_reader, 128).encode_batch(TEXTS)


def test_tensors_are_those_that_were_saved(tiny_reader):
    from safetensors.numpy import load_file

    tensors, expected = read_tensors(tiny_reader / "model.safetensors"), load_file(tiny_reader / "model.safetensors")
    assert sorted(tensors) == sorted(expected)
    assert all(np.array_equal(tensors[name], expected[name]) for name in expected)


def test_logits_are_those_of_transformers(tiny_reader, encodings):
    import torch
    from transformers import AutoModelForQuestionAnswering

    model = AutoModelForQuestionAnswering.from_pretrained(tiny_reader).eval()
    for encoding, logits in zip(encodings, Bert(tiny_reader, "span", int8=False).run(encodings), strict=True):
        with torch.inference_mode():
            output = model(input_ids=torch.tensor([encoding.ids]), token_type_ids=torch.tensor([encoding.type_ids]))
        expected = torch.stack([output.start_logits[0], output.end_logits[0]], -1).numpy()
        assert np.abs(logits - expected).max() < 1e-5


def test_half_precision_weights_are_read(tiny_reader, tmp_path, encodings):
    from safetensors.numpy import load_file, save_file

    folder = shutil.copytree(tiny_reader, tmp_path / "half")
    tensors = load_file(tiny_reader / "model.safetensors")
    save_file({name: array.astype(np.float16) for name, array in tensors.items()}, folder / "model.safetensors")
    for half, full in zip(
        Bert(folder, "span", int8=False).run(encodings),
        Bert(tiny_reader, "span", int8=False).run(encodings),
        strict=True,
    ):
        assert np.abs(half - full).max() < 5e-3


def test_eight_bits_are_near(tiny_reader, encodings):
    for near, full in zip(
        Bert(tiny_reader, "span", int8=True).run(encodings),
        Bert(tiny_reader, "span", int8=False).run(encodings),
        strict=True,
    ):
        assert np.corrcoef(near.ravel(), full.ravel())[0, 1] > 0.999


def test_the_model_runs_in_eight_bits_where_they_are_exact(tiny_reader, encodings):
    chosen, expected = Bert(tiny_reader, "span"), Bert(tiny_reader, "span", int8=int8_is_exact())
    assert np.array_equal(chosen.run(encodings)[0], expected.run(encodings)[0])


def test_a_text_gives_the_same_alone_and_among_others(tiny_reader, encodings):
    bert = Bert(tiny_reader, "span", int8=True)
    for alone, among in zip([bert.run([encoding])[0] for encoding in encodings], bert.run(encodings), strict=True):
        assert np.array_equal(alone, among)


def test_another_head_is_refused(minilm):
    with pytest.raises(ValueError, match="qa_outputs.weight"):
        Bert(minilm, "span")


def test_another_architecture_is_refused(tiny_reader, tmp_path):
    folder = shutil.copytree(tiny_reader, tmp_path / "other")
    config = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"hidden_act": "relu"}), "utf-8")
    with pytest.raises(ValueError, match="GELU"):
        Bert(folder, "span")


def test_a_missing_tokenizer_is_one_clear_line(tmp_path):
    with pytest.raises(ValueError, match=r"cannot read .*tokenizer.json: install the model again"):
        load_tokenizer(tmp_path)


def test_damaged_weights_are_refused(tiny_reader, tmp_path):
    folder = shutil.copytree(tiny_reader, tmp_path / "damaged")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ValueError, match="not a safetensors file"):
        Bert(folder, "span")
