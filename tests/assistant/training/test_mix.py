import gzip
import json
import random
from dataclasses import replace

import pytest

from assistant.training.mix import (
    Example,
    capped,
    cell_questions,
    cut,
    hard_negatives,
    other_years,
    read_examples,
    worded_otherwise,
)

TABLE = "Environment\nIndicator\tUnit\t2023\t2024\nWater\t\t\t\nWithdrawal\tm³\t210,400\t198,750\nRecycled\tm³\t7\t8"
FIGURES = "At a glance\nPeople\n1,284\nMills\n12\nApprentices\n96"
PIPED = "Environment\nWater | 2023: 5; 2024: 6\nEnergy | 2023: 7; 2024: 8\nWaste | 2023: 9; 2024: 10"


def example(question, passage, answer="", **other):
    start = passage.index(answer) if answer else 0
    return Example(question, passage, start, start + len(answer), (answer,) if answer else (), **other)


def written(path, *rows):
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


ROW = {
    "id": "1",
    "context": "It has 12 mills.",
    "question": "How many?",
    "answers": ["12", "twelve"],
    "answer_start": 7,
}


def test_rows_are_read_gzipped_or_not(tmp_path):
    silent = ROW | {"answers": [], "answer_start": -1, "report": "alder"}
    for name in ("rows.jsonl", "rows.jsonl.gz"):
        first, second = read_examples(written(tmp_path / name, ROW, silent))
        assert first == Example("How many?", "It has 12 mills.", 7, 9, ("12", "twelve"), "rows", "It has 12 mills.")
        assert second == Example("How many?", "It has 12 mills.", 0, 0, (), "alder", "alder")


def test_a_company_in_the_id_is_held_aside_as_one(tmp_path):
    (first,) = read_examples(written(tmp_path / "kpis.jsonl", ROW | {"id": "set/alder/3/water"}))
    assert (first.unit, first.group) == ("alder", "alder")
    assert 0 <= first.place < 1 and first.place == replace(first, question="Other?").place


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "1"}, r"rows.jsonl, line 2: not a question-answering row \('answer_start'\)"),
        (ROW | {"answer_start": None}, "line 2: not a question-answering row"),
        (ROW | {"answer_start": 5}, "line 2: the answer does not stand at answer_start"),
        ([1], "line 2: not a question-answering row"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, row, message):
    with pytest.raises(ValueError, match=message):
        read_examples(written(tmp_path / "rows.jsonl", ROW, row))


def test_a_table_is_cut_into_rows_as_the_product_cuts_them():
    asked = example("How much water was withdrawn in 2024?", TABLE, "198,750")
    row, other = cut(asked, random.Random(1))
    assert row.passage == "Environment\nWater > Withdrawal | Unit: m³; 2023: 210,400; 2024: 198,750"
    assert row.passage[row.start : row.end] == "198,750" and row.answers == ("198,750",)
    assert other.passage == "Environment\nWater > Recycled | Unit: m³; 2023: 7; 2024: 8"
    assert (other.start, other.end, other.answers) == (0, 0, ())


@pytest.mark.parametrize(
    ("passage", "answer", "row"),
    [(FIGURES, "96", "At a glance\nApprentices\n96"), (PIPED, "8", "Environment\nEnergy | 2023: 7; 2024: 8")],
)
def test_key_figures_and_written_rows_are_cut(passage, answer, row):
    found = cut(example("How many?", passage, answer), random.Random(1), others=9, whole=0)
    assert found[0].passage == row
    assert found[0].passage[found[0].start : found[0].end] == answer
    assert len(found) == 3 and all(answer not in other.passage and not other.answers for other in found[1:])


def test_key_figures_may_stay_whole():
    asked = example("How many apprentices?", FIGURES, "96")
    assert cut(asked, random.Random(1), whole=1) == [asked]


def test_rows_that_share_words_with_the_question_come_first():
    asked = example("How much waste in 2023?", PIPED, "7")
    assert cut(asked, random.Random(1), others=1)[1].passage == "Environment\nWaste | 2023: 9; 2024: 10"


def test_an_unanswerable_table_gives_rows_without_answers():
    found = cut(example("How much paper?", PIPED), random.Random(1))
    assert len(found) == 2 and all(not row.answers and row.start == row.end == 0 for row in found)


def test_prose_stays_and_an_answer_over_several_rows_is_left_out():
    prose = example("How many?", "It has\n12 mills.", "12")
    assert cut(prose, random.Random(1)) == [prose]
    assert cut(example("What?", PIPED, "8\nWaste | 2023: 9"), random.Random(1)) == []


def test_questions_about_cells_are_made_by_pattern():
    rows = [example("How much?", PIPED, "8"), example("How many?", PIPED, "9")]
    asked, other = cell_questions(rows, random.Random(2))
    label, column = asked.passage.split("\n")[1].split(" | ")[0], asked.passage[: asked.start].split(" ")[-2][:-1]
    assert label in asked.question and column in asked.question, "one question a passage, about its row and its year"
    assert asked.passage[asked.start : asked.end] == asked.answers[0] in {"5", "6", "7", "8", "9", "10"}
    assert other.question == asked.question and not other.answers and asked.answers[0] not in other.passage
    assert not list(cell_questions([example("How many?", "It has 12 mills.", "12")], random.Random(2)))


def test_a_hasty_question_keeps_its_words_or_misspells_one():
    asked = "How much water was withdrawn in 2024?"
    made = {worded_otherwise(asked, random.Random(seed)) for seed in range(40)}
    assert "water withdrawn 2024" in made
    for question in made - {"water withdrawn 2024"}:
        changed = [(a, b) for a, b in zip(asked.split(), question.split(), strict=True) if a != b]
        assert all(abs(len(a) - len(b)) <= 1 and a[0] == b[0] for a, b in changed) and len(changed) <= 1
    assert {worded_otherwise("Who is it?", random.Random(seed)) for seed in range(9)} == {"Who is it?", "who is it?"}


def test_hard_negatives_are_near_passages_without_the_answer():
    rows = [
        example("How many mills did Alder have?", "Alder had 12 mills in all.", "12", group="a"),
        example("How many ships did Alder have?", "Alder had 7 ships in all.", "7", group="a"),
        example("How many depots did Alder have?", "Alder had 12 depots in all.", "12", group="a"),
        example("How many mills did Birch have?", "Birch had 30 mills in all.", "30", group="b"),
    ]
    negatives = hard_negatives(rows, random.Random(1))
    found = {negative.question: negative.passage for negative in negatives}
    assert set(found) == {row.question for row in rows[:3]}, "a group of one passage has none"
    assert found[rows[0].question] == found[rows[2].question] == rows[1].passage, "what says 12 may answer"
    assert found[rows[1].question] in (rows[0].passage, rows[2].passage)
    assert all((n.start, n.end, n.answers, n.group) == (0, 0, (), "a") for n in negatives)


def test_vectors_find_negatives_too():
    class Letters:
        name = "letters"

        def embed(self, texts):
            import numpy as np

            return np.array([[text.count("z"), text.count("q")] for text in texts], np.float32)

    rows = [example("zz zz?", "one zz 1", "1", group="a"), example("other", "qq far 2", "2", group="a")]
    assert [n.passage for n in hard_negatives(rows, random.Random(1), Letters())] == ["qq far 2", "one zz 1"]


def test_other_years_are_absent_from_the_passage():
    asked = example("How much water in 2024?", "In 2023 5 and in 2024 6.", "6")
    (miss,) = other_years([asked], random.Random(3))
    year = miss.question.removeprefix("How much water in ").removesuffix("?")
    assert year in {"2021", "2022", "2025", "2026", "2027"}
    assert (miss.passage, miss.start, miss.end, miss.answers) == (asked.passage, 0, 0, ())
    unfit = [
        example("How much water in 2024?", "It was 6.", "6"),
        example("How much in 2023 and 2024?", "2023: 5, 2024: 6", "6"),
        example("How much in 2024?", "In 2024."),
    ]
    assert list(other_years(unfit, random.Random(3))) == []


def test_a_passage_is_seen_at_most_so_often():
    rows = [example(f"q{i}", "same") for i in range(5)] + [example("q", "other")]
    kept = capped(rows, 2, random.Random(1))
    assert sorted(row.passage for row in kept) == ["other", "same", "same"]
