import json
import re
from datetime import datetime
from typing import Any

import pytest

from eval.question import read_questions
from eval.run import run as evaluate
from ui.scorecard_html import scorecard_html
from ui.scorecards import Run, read_scorecard, runs

PROOF = "Alder Paper employed 1,284 people at the end of 2024"
QUESTIONS: list[dict[str, Any]] = [
    {"question": "How many people did Alder Paper employ?", "answers": ["1,284"], "must_include": ["1,284"]},
    {"question": "How many <b>people</b> did Alder Paper employ?", "answers": ["999 <i>"], "must_include": ["999"]},
    {"question": "How many people did Alder Paper employ in 2024?", "answers": [], "answerable": False},
]


def write_questions(path):
    rows = [
        {"id": f"q{n}", "category": "fact_text", "answerable": True, "must_include": [], **row}
        | {"evidence": [PROOF] if row["answers"] else []}
        for n, row in enumerate(QUESTIONS, 1)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def note(home, *rows):
    with (home / "evaluations.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)


def noted(folder, questions, date="2026-03-01T08:00:00+00:00"):
    return {"folder": str(folder), "questions": str(questions), "date": date}


@pytest.fixture(scope="module")
def ran(mill_assistant, tmp_path_factory):
    """A run of three questions, two of which fail."""
    folder = tmp_path_factory.mktemp("eval")
    questions = write_questions(folder / "mills.jsonl")
    evaluate(read_questions(questions), mill_assistant, folder / "out")
    return Run(folder / "out", questions, datetime.fromisoformat("2026-03-01T08:00:00+00:00"))


def test_the_last_runs_are_listed_newest_first(ran, tmp_path):
    assert runs(tmp_path) == []
    later = "2026-03-02T08:00:00+00:00"
    other = tmp_path / "other"
    other.mkdir()
    (other / "scorecard.json").write_text("{}", "utf-8")
    first, second = noted(ran.folder, ran.questions), noted(other, ran.questions)
    note(tmp_path, first, second, "{damaged", noted(tmp_path / "gone", ran.questions), {**first, "date": later})
    assert [(run.folder, run.date.day) for run in runs(tmp_path)] == [(ran.folder, 2), (other, 1)]
    assert re.fullmatch(r"mills · 0\d Mar 2026, \d\d:\d\d · out", runs(tmp_path)[0].name)


def test_what_failed_is_told_with_what_was_expected(ran):
    card = read_scorecard(ran)
    assert card.overall["questions"] == 3
    assert [(failure.id, failure.why, failure.expected) for failure in card.failures] == [
        ("q2", "Wrong answer", "999 <i>"),
        ("q3", "Answered, though the reports do not state it", ""),
    ]
    assert "1,284" in card.failures[0].answer


def test_a_scorecard_is_shown_in_plain_words_and_as_text(ran):
    shown = scorecard_html(read_scorecard(ran))
    assert "<dt>Strict accuracy</dt><dd>33%</dd>" in shown
    assert '<span class="what">fact text (3)</span>' in shown and '<span class="figure">33%</span>' in shown
    assert "2 of 3 questions failed" in shown
    assert "<h3>How many &lt;b&gt;people&lt;/b&gt; did Alder Paper employ?</h3>" in shown
    assert "<b>Expected</b> 999 &lt;i&gt;</p>" in shown
    assert "Wrong answers as more is answered" in shown


def test_a_run_without_its_question_set_still_tells_what_failed(ran, tmp_path):
    moved = Run(ran.folder, tmp_path / "gone.jsonl", ran.date)
    assert [failure.expected for failure in read_scorecard(moved).failures] == ["", ""]


def test_a_damaged_run_is_told(tmp_path):
    (tmp_path / "scorecard.json").write_text("{}", "utf-8")
    with pytest.raises(ValueError, match="cannot be read: run `reportqa eval` again"):
        read_scorecard(Run(tmp_path, tmp_path / "q.jsonl", datetime.now()))
