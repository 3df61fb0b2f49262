import json
import re

import pytest

from assistant.answer import Answer, Citation
from eval.question import read_questions
from ui.feedback import answer_patterns, correction, keep, praise
from ui.render import Turn


def answered(index, quote, value):
    document = index.documents["alder-paper-2024"]
    start = document.text.index(quote)
    citation = Citation(1, document.id, document.title, (), None, f"{document.id}#0", start, start + len(quote), quote)
    return Answer("q", "q", "answered", f"{value} [1].", value, (), (citation,), None, 0.9, 0.1)


@pytest.mark.parametrize(
    ("right", "matches", "misses"),
    [
        ("1,284 people", "1284 or 1,284 or 1 284", "11,284 and 1,284.5 and 1,284,000"),
        ("64.5 %", "64.5%", "164.5 or 64.55"),
        ("Alder, Birch", "alder and birch".replace(" and ", " – "), "alderbirch"),
    ],
)
def test_patterns_match_a_right_answer_and_no_other(right, matches, misses):
    (pattern,) = answer_patterns(right)
    assert re.search(pattern, matches, re.IGNORECASE)
    assert not re.search(pattern, misses, re.IGNORECASE)


def test_praise_and_complaint_become_questions_that_eval_reads(mill_index, tmp_path):
    path = tmp_path / "home" / "feedback.jsonl"
    turns = [
        Turn("How many people?", answered(mill_index, "Alder Paper employed 1,284 people", "1,284")),
        Turn("And young people?", answered(mill_index, "in 12 mills", "12")),
    ]
    keep(path, "f0", praise(turns, 0))
    keep(path, "f1", correction(turns, 1, "96", "", mill_index))
    keep(path, "f2", correction(turns, 1, "", "", mill_index))
    first, second, silent = read_questions(path)
    assert first.evidence == ("Alder Paper employed 1,284 people",)
    assert first.answerable is True
    assert first.turns == ()
    assert second.question == "And young people?"
    assert second.turns == ("How many people?", "And young people?")
    assert second.answers == ("96",)
    assert "took in 96 young people" in second.evidence[0]
    assert silent.answerable is False


def test_a_second_thought_replaces_the_first(mill_index, tmp_path):
    path = tmp_path / "feedback.jsonl"
    turns = [Turn("How many people?", answered(mill_index, "1,284 people", "1,284"))]
    keep(path, "f0", praise(turns, 0))
    keep(path, "f1", praise(turns, 0))
    keep(path, "f0", correction(turns, 0, "", "", mill_index))
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(row["id"], row["answerable"]) for row in rows] == [("f1", True), ("f0", False)]


def test_words_must_stand_in_a_report(mill_index):
    turns = [Turn("How many people?", answered(mill_index, "1,284 people", "1,284"))]
    row = correction(turns, 0, "12", "in  12\nMILLS", mill_index)
    assert row["evidence"] == ["in  12\nMILLS"]
    with pytest.raises(ValueError, match="stand in no report"):
        correction(turns, 0, "12", "in 13 mills", mill_index)
    with pytest.raises(ValueError, match="no passage says this"):
        correction(turns, 0, "777,777", "", mill_index)


def test_an_unanswered_turn_cannot_be_praised():
    with pytest.raises(ValueError, match="no answer to rate"):
        praise([Turn("How many?")], 0)
