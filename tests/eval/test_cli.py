import io
import json
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from eval.cli import changes_table, register, scorecard_table, summary
from eval.compare import Outcome, compare
from eval.judge import Judgement
from eval.run import make_scorecard

ROW = {
    "id": "q1",
    "category": "fact_kpi",
    "question": "How many new patent applications were there?",
    "answers": ["5,739"],
    "must_include": ["5,739"],
    "evidence": ["Number of new patent applications / 5,739"],
    "answerable": True,
}


@pytest.fixture
def call(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer()
    register(app)
    app.callback()(lambda: None)  # a program of one command would take "eval" for an argument
    return lambda *arguments: CliRunner().invoke(app, ["eval", *map(str, arguments)])


def a_run(folder, *right):
    folder.mkdir()
    rows = [
        {"id": f"{n}", "question": f"Q{n}?", "verdict": "answered", "answer": f"{r} [1]"} for n, r in enumerate(right)
    ]
    (folder / "predictions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    judged = [{"id": f"{n}", "category": "list", "strict": r} for n, r in enumerate(right)]
    (folder / "scorecard.json").write_text(json.dumps({"judgements": judged}), "utf-8")
    return folder


def shown(thing):
    written = io.StringIO()
    Console(width=80, file=written).print(thing)
    return written.getvalue()


def cells(table, row):
    return next(line.split() for line in shown(table).splitlines() if line.split()[:1] == [row])


def test_the_scorecard_has_a_row_a_category_and_one_for_all():
    right = Judgement("a", "list", True, "answered", True, True, 1.0, 0.5, (2,), 0.5, 1.0, 0.9, 0.2)
    silent = Judgement("b", "unanswerable", False, "not_disclosed", True, True, 1.0, 1.0, (), None, None, 0.1, 0.4)
    scorecard = make_scorecard([right, silent], ["a"])
    table = scorecard_table(scorecard)
    assert cells(table, "list") == ("list 1 1.00 1.00 1.00 0.50 1.00 1.00 0.50 0.50 1.00".split())
    assert cells(table, "unanswerable") == "unanswerable 1 1.00 1.00 1.00 1.00 - - - - -".split()
    assert cells(table, "all")[:6] == "all 2 1.00 1.00 1.00 0.75".split()
    assert summary(scorecard) == [
        "abstention: precision 1.000, recall 1.000",
        "confidence: AURC 0.000, ECE 0.100 (lower is better)",
        "seconds: p50 0.300, p95 0.390",
        "no indexed report holds the evidence of a: add the report with `reportqa index`",
    ]


def test_changes_are_shown_as_plain_text():
    before = Outcome("a", "list", "Which [red]ones[/red]?", "answered", "A [1]", True)
    after = Outcome("a", "list", "Which [red]ones[/red]?", "not_disclosed", "Not disclosed.", False)
    text = shown(changes_table(compare({"a": before}, {"a": after})))
    assert "lost" in text and "Which [red]ones[/red]?" in text and "A [1]" in text


def test_compare_exits_with_1_on_a_regression(call, tmp_path):
    before, after = a_run(tmp_path / "a", True, True), a_run(tmp_path / "b", True, False)
    worse = call("--compare", before, after)
    assert worse.exit_code == 1
    assert "strict accuracy 1.000 -> 0.500 over 2 questions" in worse.output
    assert "lost" in worse.output and "Q1?" in worse.output
    assert call("--compare", before, after, "--threshold", "0.5").exit_code == 0
    better = call("--compare", after, before)
    assert better.exit_code == 0 and "gained" in better.output


def test_bad_input_is_one_line_and_exit_code_2(call, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({**ROW, "id": ""}) + "\n", "utf-8")
    for arguments, wrong in (
        ((questions, "--out", tmp_path / "out"), f"{questions}, line 1: `id` must be a string that is not empty"),
        ((tmp_path / "none.jsonl", "--out", tmp_path / "out"), "is no file"),
        ((questions,), "give QUESTIONS.jsonl and --out DIR, or --compare A B"),
        (("--compare", tmp_path, tmp_path), "holds no finished run"),
    ):
        result = call(*arguments)
        assert result.exit_code == 2
        assert wrong in result.stderr and result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_question_set_is_run_over_the_bundled_report(call, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTQA_HOME", str(tmp_path / "home"))
    questions, out = tmp_path / "questions.jsonl", Path(tmp_path / "out")
    questions.write_text(json.dumps(ROW) + "\n", "utf-8")
    result = call(questions, "--out", out)
    assert result.exit_code == 0, result.output
    (row,) = map(json.loads, (out / "predictions.jsonl").read_text("utf-8").splitlines())
    scorecard = json.loads((out / "scorecard.json").read_text("utf-8"))
    (noted,) = map(json.loads, (tmp_path / "home/evaluations.jsonl").read_text("utf-8").splitlines())
    assert (noted["folder"], noted["questions"]) == (str(out), str(questions)) and noted["date"].endswith("+00:00")
    assert row["id"] == "q1" and "5,739" in row["answer"]
    assert scorecard["overall"]["strict_accuracy"] == 1.0
    assert scorecard["overall"]["hit_at_5"] == 1.0
    assert "fact_kpi" in result.output
