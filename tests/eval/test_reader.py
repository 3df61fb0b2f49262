import gzip
import json
import math
import sys

import numpy as np
import pytest

from assistant.reading.reader import Calibration, Reading, load_reader
from assistant.training.mix import read_examples
from eval import reader as eval_reader
from eval.reader import measure, name_of, read_set
from eval.reader_calibration import Seen, calibrated, coverage_risks, expected_error, fit, save
from index.words import words

MILLS = [f"Mill {name}" for name in ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine")]


def rows():
    """Ten mills in two reports; of each the people are told, the water of none."""
    made = []
    for number, mill in enumerate(MILLS):
        passage = f"People\n{mill} employs {100 + number} people in 12 halls."
        answer = f"{100 + number} people"
        at = passage.index(answer)
        report = "north" if number < 6 else "south"
        shared = {"context": passage, "report": report}
        question = f"How many people does {mill} employ?"
        made.append(shared | {"id": f"p{number}", "question": question, "answers": [answer], "answer_start": at})
        asked = f"How much water does {mill} draw?"
        made.append(shared | {"id": f"w{number}", "question": asked, "answers": [], "answer_start": -1})
    return made


@pytest.fixture
def mills(tmp_path):
    path = tmp_path / "mills.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows())
    return path


class FirstFigure:
    """Reads the first number of a passage; sure by the share of the question's words that the passage holds."""

    threshold = 0.5

    def __init__(self):
        self.read_together = []

    def read(self, question, passages):
        self.read_together.append(len(passages))
        readings = []
        for passage in passages:
            start = next(i for i, sign in enumerate(passage) if sign.isdigit())
            end = start + len(passage[start:].split()[0])
            asked = set(words(question))
            score = len(asked & set(words(passage))) - len(asked) / 2
            readings.append(Reading(start, end, score, 0.5))
        return readings


def test_numbers_are_read_as_numbers(mills):
    reader = FirstFigure()
    measured, own, retrieved = measure(read_examples(mills), reader)
    assert (measured.rows, measured.answerable) == (20, 10)
    # "103" for "103 people" is half right: one token of two, and not the same.
    assert measured.f1 == pytest.approx(2 / 3)
    assert measured.exact == 0.0
    assert measured.auroc_answerable == 1.0 and measured.auroc_passages == 1.0
    assert (len(own), sum(one.holds for one in own)) == (20, 10)
    assert (len(retrieved), sum(one.holds for one in retrieved)) == (10, 0)
    assert reader.read_together.count(10) == 20
    assert measured.seconds_per_ten is not None and measured.seconds_per_ten < 1


def test_the_gold_answer_nearest_counts(tmp_path):
    path = tmp_path / "one.jsonl"
    row = {"id": "1", "context": "It employs 1,284.", "question": "How many?", "answers": ["1,284", "1284 in all"]}
    path.write_text(json.dumps(row | {"answer_start": 11}) + "\n")

    class Whole(FirstFigure):
        def read(self, question, passages):
            return [Reading(11, 16, 1.0, 0.5) for _ in passages]

    measured, own, retrieved = measure(read_examples(path), Whole())
    assert (measured.f1, measured.exact) == (1.0, 1.0)
    assert measured.auroc_answerable is None and measured.auroc_passages is None and measured.seconds_per_ten is None
    assert (own, retrieved) == ([Seen(11, 16, 1.0, holds=True, right=True)], [])


def test_a_limit_reads_fewer_and_searches_all(mills):
    measured, own, retrieved = measure(read_examples(mills), FirstFigure(), limit=4)
    assert (measured.rows, len(own), len(retrieved)) == (4, 4, 4)


def test_a_set_is_a_file_a_share_or_some_reports(mills):
    assert len(read_set(str(mills))) == 20
    assert {row.group for row in read_set(f"{mills}:south")} == {"south"} and len(
        read_set(f"{mills}:south,north")
    ) == 20
    places = {row.unit: row.place for row in read_examples(mills)}
    low, high = sorted(places.values())
    share = (low + high) / 2
    assert {row.place for row in read_set(f"{mills}:{share:.6f}")} == {low}
    assert name_of(f"{mills}:0.1") == "mills"


@pytest.mark.parametrize(
    ("spec", "said"),
    [("{}:west", "has no rows of west"), ("{}:0.0000001", "holds no rows"), ("", "names no set")],
)
def test_a_set_that_is_empty_is_refused(mills, spec, said):
    with pytest.raises(ValueError, match=said):
        read_set(spec.format(mills))


def drawn(count, temperature, bias):
    """Passages whose chance to hold the answer is that of a calibration."""
    rng = np.random.default_rng(3)
    scores = rng.normal(0, 6, count)
    chances = 1 / (1 + np.exp(-(scores / temperature + bias)))
    holds = rng.uniform(size=count) < chances
    return [Seen(0, 1, float(s), bool(h), bool(h)) for s, h in zip(scores, holds, strict=True)]


def test_the_fit_recovers_temperature_and_bias():
    seen = drawn(4000, 3.0, -0.7)
    calibration, error = calibrated(seen)
    assert calibration.temperature == pytest.approx(3.0, rel=0.1)
    assert calibration.bias == pytest.approx(-0.7, abs=0.12)
    assert calibration.threshold == pytest.approx(0.5, abs=0.12)
    assert error < 0.05 < expected_error(seen, Calibration(1.0, 0.0))


def test_the_expected_error_is_the_distance_of_chance_and_share():
    seen = [Seen(0, 1, 0.0, holds, holds) for holds in (True, False, False, False)]
    assert expected_error(seen, Calibration(1.0, 0.0)) == pytest.approx(0.25)


def test_a_score_without_bounds_is_fitted():
    seen = [*drawn(200, 2.0, 0.0), Seen(0, 0, -math.inf, False, False)]
    assert 1.0 < fit(seen).temperature < 4.0


def test_passages_told_apart_without_fault_are_fitted():
    seen = [Seen(0, 1, float(score), score > 0, score > 0) for score in (-2, -1, 1, 2)]
    calibration = fit(seen)
    assert calibration.threshold == 0.5 and calibration.confidence(1) > 0.9 > 0.1 > calibration.confidence(-1)


@pytest.mark.parametrize(("seen", "said"), [([], "a calibration needs"), ("against", "cannot be calibrated")])
def test_what_cannot_be_calibrated_is_refused(seen, said):
    against = [Seen(0, 1, float(score), score < 0, False) for score in range(-9, 9)]
    with pytest.raises(ValueError, match=said):
        fit(against if seen == "against" else seen)


def test_the_risk_grows_with_coverage():
    seen = [Seen(0, 1, float(10 - i), True, i < 5) for i in range(10)]
    curve = dict(coverage_risks(seen))
    assert (curve[0.1], curve[0.5], curve[1.0]) == (0.0, 0.0, 0.5)
    assert curve[0.6] == pytest.approx(1 / 6)


def test_a_reader_loads_what_is_saved(tmp_path):
    save(Calibration(1.5, -0.25, 0.4), tmp_path / "calibration.json", {"ece_on_other_half": 0.02})
    assert Calibration.load(tmp_path) == Calibration(1.5, -0.25, 0.4)
    assert json.loads((tmp_path / "calibration.json").read_text())["measured"] == {"ece_on_other_half": 0.02}


def run(monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["eval.reader", *map(str, arguments)])
    eval_reader.main()


def test_the_command_prints_and_keeps_its_numbers(mills, tiny_reader, tmp_path, monkeypatch, capsys):
    out = tmp_path / "made" / "reader.json"
    seen = {}

    class Counted:
        """The tiny model's spans, scored by the words that they share with the question."""

        def __init__(self, name):
            seen["name"] = name
            self.reader, self.scorer, self.threshold = load_reader(name), FirstFigure(), 0.5

        def read(self, question, passages):
            spans = self.reader.read(question, passages)
            scores = self.scorer.read(question, passages)
            return [Reading(a.start, a.end, b.score, 0.5) for a, b in zip(spans, scores, strict=True)]

    monkeypatch.setattr(eval_reader, "load_reader", Counted)
    file = tmp_path / "calibration.json"
    run(monkeypatch, f"{mills}:north,south", "--reader", tiny_reader, "--out", out, "--calibration", file)
    kept = json.loads(out.read_text())
    assert seen["name"] == str(tiny_reader) and list(kept) == ["mills"]
    assert kept["mills"]["rows"] == 20 and kept["mills"]["auroc_answerable"] == 1.0
    printed = capsys.readouterr().out.splitlines()
    assert printed[1].split()[:2] == ["mills", "20"] and printed[2].startswith("calibrated on one half")
    assert Calibration.load(tmp_path).temperature > 0


def test_a_missing_file_is_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(monkeypatch, tmp_path / "none.jsonl")
    assert stopped.value.code == 2 and "none.jsonl" in capsys.readouterr().err
