import json
from dataclasses import dataclass

import pytest

from assistant.answer import Answer, Citation
from corpus.document import Document
from corpus.passage import Part, Passage
from eval.question import Question
from eval.run import run
from index.hit import Hit

TEXT = "We run 12 mills.\nWe own 30 ships."
MILLS = Question("q1", "fact_text", "How many mills?", ("12",), (r"\b12\b",), ("run 12 mills",), True)
SHIPS = Question(
    "q2",
    "followup",
    "And ships?",
    ("30",),
    (r"\b30\b",),
    ("own 30 ships",),
    True,
    turns=("How many mills?", "And ships?"),
)
MINES = Question("q3", "unanswerable", "How many mines?", answerable=False)


class Lines:
    """An index that finds the lines which share a word with the question."""

    documents = {"mill": Document("mill", "Mill", "0", TEXT, ())}

    def search(self, question, k):
        words = set(question.lower().strip("?").split()) - {"how", "many", "and"}
        starts = (0, 17)
        spans = [(s, s + len(line)) for s, line in zip(starts, TEXT.split("\n"), strict=True)]
        spans = [(s, e) for s, e in spans if words & set(TEXT[s:e].lower().strip(".").split())]
        passages = [
            Passage(f"mill#{s}", "mill", (), None, s, e, TEXT[s:e], "prose", (Part(TEXT[s:e], s),)) for s, e in spans
        ]
        return [Hit(passage, 1 / rank, rank, ("bm25",)) for rank, passage in enumerate(passages[:k], 1)]


@dataclass
class FirstLine:
    """Answers with the first line found."""

    index = Lines()
    asked: list
    fails_on: str = ""

    def search(self, question, k):
        return self.index.search(question, k)

    def ask(self, question, turns):
        self.asked.append((question, tuple(turns)))
        if question == self.fails_on:
            raise RuntimeError("a bug")
        hits = self.search(question, 1)
        if not hits:
            return Answer(question, question, "not_disclosed", "Not disclosed.", "", (), (), None, 0.1, 0.01)
        passage = hits[0].passage
        citation = Citation(1, "mill", "Mill", (), None, passage.id, passage.start, passage.end, passage.text)
        return Answer(question, question, "answered", f"{passage.text} [1]", "", (), (citation,), None, 0.9, 0.02)


def test_a_run_keeps_answers_and_scores(tmp_path):
    assistant = FirstLine([])
    steps = []
    scorecard = run([MILLS, SHIPS, MINES], assistant, tmp_path / "out", lambda done, total: steps.append((done, total)))
    assert assistant.asked == [("How many mills?", ()), ("And ships?", ("How many mills?",)), ("How many mines?", ())]
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert list(scorecard.categories) == ["fact_text", "followup", "unanswerable"]
    assert (scorecard.overall.questions, scorecard.overall.strict_accuracy, scorecard.overall.hit_at_1) == (3, 1.0, 1.0)
    assert scorecard.categories["unanswerable"].abstention_recall == 1.0
    assert scorecard.risk_coverage == ((2 / 3, 0.0),)
    rows = [json.loads(line) for line in (tmp_path / "out/predictions.jsonl").read_text("utf-8").splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [
        ("q1", "answered"),
        ("q2", "answered"),
        ("q3", "not_disclosed"),
    ]
    assert rows[0]["citations"][0]["quote"] == "We run 12 mills."
    saved = json.loads((tmp_path / "out/scorecard.json").read_text("utf-8"))
    assert saved["overall"]["strict_accuracy"] == 1.0
    assert saved["categories"]["followup"]["mrr_at_10"] == 1.0
    assert [judged["id"] for judged in saved["judgements"]] == ["q1", "q2", "q3"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["predictions.jsonl", "scorecard.json"]


def test_an_error_surfaces_and_keeps_what_was_there_and_what_was_answered(tmp_path):
    run([MILLS], FirstLine([]), tmp_path)
    before = (tmp_path / "predictions.jsonl").read_text("utf-8"), (tmp_path / "scorecard.json").read_text("utf-8")
    with pytest.raises(RuntimeError, match="a bug"):
        run([SHIPS, MINES], FirstLine([], fails_on="How many mines?"), tmp_path)
    after = (tmp_path / "predictions.jsonl").read_text("utf-8"), (tmp_path / "scorecard.json").read_text("utf-8")
    assert after == before
    rows = (tmp_path / "predictions.partial.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["id"] for row in rows] == ["q2"]


def test_a_refused_question_is_named(tmp_path):
    class Refuses(FirstLine):
        def ask(self, question, turns):
            raise ValueError("the question is too long")

    with pytest.raises(ValueError, match="question q1: the question is too long"):
        run([MILLS], Refuses([]), tmp_path)


def test_questions_without_gold_are_asked_and_not_judged(tmp_path):
    scorecard = run([Question("q", "uncategorised", "How many mills?")], FirstLine([]), tmp_path)
    assert (scorecard.overall.questions, scorecard.overall.strict_accuracy, scorecard.judgements) == (0, None, ())
    assert json.loads((tmp_path / "predictions.jsonl").read_text("utf-8"))["verdict"] == "answered"


def test_evidence_that_no_report_holds_is_named(tmp_path):
    elsewhere = Question("q9", "list", "How many mills?", ("12",), ("12",), ("operates twelve mills",), True)
    assert run([MILLS, elsewhere], FirstLine([]), tmp_path).not_found == ("q9",)
