import json

import pytest

from eval.compare import Outcome, compare, read_outcomes


def outcome(id, strict, answer="12", question="How many?"):
    return Outcome(id, "list", question, "answered", answer, strict)


def outcomes(*found):
    return {found.id: found for found in found}


def test_changes_are_told_apart_and_ordered():
    before = outcomes(
        outcome("a", True), outcome("b", False), outcome("c", True), outcome("d", True), outcome("e", True)
    )
    after = outcomes(
        outcome("a", True, "twelve"),
        outcome("b", True, "13"),
        outcome("c", False, "9"),
        outcome("d", True),
        outcome("f", True),
    )
    comparison = compare(before, after)
    assert [(change.before.id, change.kind) for change in comparison.changes] == [
        ("c", "lost"),
        ("b", "gained"),
        ("a", "reworded"),
    ]
    assert (comparison.questions, comparison.before, comparison.after) == (4, 0.75, 0.75)
    assert comparison.unshared == ("e", "f")
    assert not comparison.regressed(0.0)


def test_a_regression_is_a_fall_beyond_the_threshold():
    before = outcomes(*(outcome(str(n), True) for n in range(10)))
    after = outcomes(*(outcome(str(n), n != 0) for n in range(10)))
    comparison = compare(before, after)
    assert comparison.regressed(0.0)
    assert comparison.regressed(0.09)
    assert not comparison.regressed(0.1)
    assert not compare(after, before).regressed(0.0)


def test_a_question_in_other_words_is_not_the_same():
    with pytest.raises(ValueError, match="share no question"):
        compare(outcomes(outcome("a", True)), outcomes(outcome("a", True, question="How much?")))


def test_reads_what_a_run_kept(tmp_path):
    prediction = {"id": "a", "question": "How many?", "verdict": "answered", "answer": "12 [1]"}
    (tmp_path / "predictions.jsonl").write_text(json.dumps(prediction) + "\n", "utf-8")
    judged = {"id": "a", "category": "list", "strict": True}
    (tmp_path / "scorecard.json").write_text(json.dumps({"judgements": [judged]}), "utf-8")
    assert read_outcomes(tmp_path) == {"a": outcome("a", True, "12 [1]")}


def test_an_unfinished_or_damaged_run_is_refused(tmp_path):
    (tmp_path / "predictions.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(FileNotFoundError, match=r"no finished run: it has no scorecard.json"):
        read_outcomes(tmp_path)
    (tmp_path / "scorecard.json").write_text("{", "utf-8")
    with pytest.raises(ValueError, match="is damaged"):
        read_outcomes(tmp_path)
