import json
from collections import Counter
from pathlib import Path

import pytest

from eval.pages import Place, page_hits, read_page_questions
from eval.question import read_questions
from index.hit import Hit

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions"


def written(tmp_path, *rows):
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    return path


def test_questions_with_a_page_or_with_evidence(tmp_path):
    path = written(
        tmp_path,
        {"id": "a", "question": "How many mills?", "document": "lund", "page": 3},
        {"id": "b", "question": "How many ships?", "document": "oslo", "page": [4, 7]},
        {"id": "c", "document": "lund", "evidence": [{"page": 5, "text": "9  million"}]},
    )
    found = read_page_questions(path, {"c": "How much water?"})
    assert [(row.id, row.question, row.document, row.places) for row in found] == [
        ("a", "How many mills?", "lund", (Place(3),)),
        ("b", "How many ships?", "oslo", (Place(4), Place(7))),
        ("c", "How much water?", "lund", (Place(5, "9  million"),)),
    ]


@pytest.mark.parametrize("row", [{}, [], {"id": "a", "question": "?", "document": "lund"}, {"id": "a", "page": "x"}])
def test_a_row_without_a_page_is_named(tmp_path, row):
    with pytest.raises(ValueError, match=r"rows.jsonl, line 1: no question with its page"):
        read_page_questions(written(tmp_path, row))


def test_hits_are_counted_by_page_and_by_what_stands_there(mill_index, tmp_path):
    class Index:
        """The made-up report's passages, as if all stood on page 2."""

        def search(self, question, k, documents=()):
            from dataclasses import replace

            hits = mill_index.search(question, k)
            return [Hit(replace(h.passage, page=2), h.score, h.rank, h.retrievers) for h in hits]

    asked = {"question": "How much water was withdrawn in 2024?", "document": "alder-paper-2024"}
    rows = read_page_questions(
        written(
            tmp_path,
            {"id": "right", "page": 2, **asked},
            {"id": "page", "page": 3, **asked},
            {"id": "words", "evidence": [{"page": 2, "text": "Water  withdrawal"}], **asked},
            {"id": "others", "evidence": [{"page": 2, "text": "no such words"}], **asked},
            {"id": "document", "page": 2, "question": asked["question"], "document": "another"},
        )
    )
    assert page_hits(Index(), rows, 1) == {
        "right": True,
        "page": False,
        "words": True,
        "others": False,
        "document": False,
    }


def test_the_set_over_reports():
    rows = [json.loads(line) for line in (QUESTIONS / "reports.jsonl").read_text("utf-8").splitlines()]
    assert len(rows) == len(read_questions(QUESTIONS / "reports.jsonl")) >= 60
    assert len({row["document"] for row in rows}) == 6
    cells = [row["cell"] for row in rows if "cell" in row]
    assert len(cells) >= 25
    assert all(cell["row"] and cell["column"] for cell in cells)
    assert sum("year" in cell for cell in cells) >= 25
    assert len(read_page_questions(QUESTIONS / "reports.jsonl")) == len(rows)


def test_the_set_of_analysts_over_reports():
    path = QUESTIONS / "analyst.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(rows) == len(read_questions(path)) == 150
    assert set(Counter(row["document"] for row in rows).values()) == {25}
    assert set(Counter(row["category"] for row in rows if row["document"] == "vonovia-sustainability").items()) == {
        ("fact_text", 5),
        ("fact_kpi", 6),
        ("list", 2),
        ("compute", 3),
        ("ambiguous_or_conflict", 2),
        ("unanswerable", 5),
        ("followup", 2),
    }
    assert all("page" in row for row in rows if row["answerable"])
    assert all(not row["evidence"] and row["notes"] for row in rows if not row["answerable"])
    looked_up = [row for row in rows if row["answerable"] and "turns" not in row]
    assert [row.id for row in read_page_questions(path)] == [row["id"] for row in looked_up]


def test_the_labels_of_the_filings_questions():
    rows = read_page_questions(QUESTIONS / "10q-labels.jsonl", {f"q{n:03}": "asked elsewhere" for n in range(1, 36)})
    assert len(rows) == 35
    assert all(place.text for row in rows for place in row.places)
