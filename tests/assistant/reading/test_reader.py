import json
import math
import os
import shutil
import subprocess
import sys

import pytest

from assistant.reading.reader import Calibration, OnnxReader, SpanReader, load_reader

QUESTION = "How many people did Alder Paper employ?"
PASSAGES = [
    "People\nAlder Paper employed 1,284 people at the end of 2024, in 12 mills.",
    "Environment\nWater withdrawal | Unit: m³; 2023: 210,400; 2024: 198,750",
    "",
    "Training hours were noted in every mill. " * 60,
]


def test_both_paths_read_the_same(tiny_reader):
    readers = (OnnxReader(tiny_reader, int8=False), SpanReader(tiny_reader))
    ours, theirs = (reader.read(QUESTION, PASSAGES) for reader in readers)
    assert [(r.start, r.end) for r in ours] == [(r.start, r.end) for r in theirs]
    for our, their in zip(ours, theirs, strict=True):
        assert our.score == their.score or abs(our.score - their.score) < 1e-4
        assert abs(our.confidence - their.confidence) < 1e-4


def test_both_paths_of_the_default_reader_find_the_figure():
    ours, theirs = OnnxReader().read(QUESTION, PASSAGES), SpanReader().read(QUESTION, PASSAGES)
    assert [(r.start, r.end) for r in ours[:2]] == [(r.start, r.end) for r in theirs[:2]]
    assert PASSAGES[0][ours[0].start : ours[0].end] in ("1,284", "1,284 people")
    # Eight bits move a score, a log-odds, by less than one.
    assert all(abs(our.score - their.score) < 1 for our, their in zip(ours[:2], theirs[:2], strict=True))
    assert ours[0].score > ours[1].score


def test_what_was_read_is_remembered(tiny_reader, monkeypatch):
    reader = OnnxReader(tiny_reader)
    first = reader.read(QUESTION, [*PASSAGES, PASSAGES[0]])
    assert first[0] == first[-1]
    monkeypatch.setattr("assistant.reading.reader.read_windows", lambda *_: pytest.fail("read again"))
    assert reader.read(QUESTION, PASSAGES[::-1]) == first[-2::-1]


def test_a_passage_without_text_has_no_answer(tiny_reader):
    empty = OnnxReader(tiny_reader).read(QUESTION, [""])[0]
    assert (empty.start, empty.end, empty.score, empty.confidence) == (0, 0, -math.inf, 0.0)


def test_no_passage_has_no_reading(tiny_reader):
    assert OnnxReader(tiny_reader).read(QUESTION, []) == []


def test_a_calibration_lies_beside_the_model(tiny_reader, tmp_path):
    folder = shutil.copytree(tiny_reader, tmp_path / "calibrated")
    (folder / "calibration.json").write_text(json.dumps({"temperature": 1.5, "bias": -0.5, "threshold": 0.4}))
    reader = OnnxReader(folder)
    assert reader.calibration == Calibration(1.5, -0.5, 0.4) and reader.threshold == 0.4
    assert reader.calibration.confidence(0.75) == 0.5
    assert reader.calibration.confidence(-1e9) < 1e-20


def test_a_reader_is_loaded_by_name(tiny_reader):
    assert load_reader().__class__ is OnnxReader
    assert load_reader(tiny_reader).__class__ is SpanReader


def test_a_missing_model_is_one_clear_line():
    with pytest.raises(ValueError, match="cannot load the reader '/no/such/folder': give"):
        SpanReader("/no/such/folder").read(QUESTION, PASSAGES)


def test_a_question_needs_no_torch(tmp_path):
    script = """
import sys
from assistant.cli.main import main
try:
    main()
finally:
    heavy = {"torch", "transformers", "sentence_transformers", "sklearn", "scipy", "pandas", "gradio"}
    sys.stderr.write(f"imported {sorted(heavy & set(sys.modules))}")
"""
    run = subprocess.run(
        [sys.executable, "-c", script, "ask", "How many people does the company employ?", "--json"],
        env=os.environ | {"REPORTQA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(run.stdout)["verdict"] == "answered"
    # The first question indexes the bundled reports as well: that needs no torch either.
    assert run.stderr.endswith("imported ['scipy']")
    again = subprocess.run(run.args, env=os.environ | {"REPORTQA_HOME": str(tmp_path)}, capture_output=True, text=True)
    assert again.stdout and again.stderr == "imported []"
