import json

import pytest

from eval.question import read_questions

GOLD = {
    "id": "q1",
    "category": "fact_kpi",
    "question": "How many mills?",
    "answers": ["12"],
    "must_include": [r"\b12\b"],
    "evidence": ["runs 12 mills"],
    "answerable": True,
}


def rows_file(tmp_path, *rows):
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def test_reads_gold_turns_and_rows_without_gold(tmp_path):
    followup = {**GOLD, "id": "q2", "question": "And in 2022?", "turns": ["How many mills?", "And in 2022?"]}
    bare = {"id": "q3", "question": "Who is the chair?"}
    first, second, third = read_questions(rows_file(tmp_path, GOLD, "\n", followup, bare))
    assert (first.answers, first.must_include, first.evidence) == (("12",), (r"\b12\b",), ("runs 12 mills",))
    assert first.answerable is True and first.earlier == ()
    assert second.turns == ("How many mills?", "And in 2022?")
    assert second.earlier == ("How many mills?",)
    assert (third.answerable, third.category, third.answers) == (None, "uncategorised", ())


def test_a_conversation_alone_gives_its_question(tmp_path):
    (row,) = read_questions(rows_file(tmp_path, {"id": "q1", "turns": ["Who is the chair?", "Since when?"]}))
    assert (row.question, row.earlier) == ("Since when?", ("Who is the chair?",))


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("{not json\n", "not JSON"),
        ("[1, 2]\n", "a row must be a JSON object"),
        ({**GOLD, "id": 7}, "`id` must be a string"),
        ({**GOLD, "question": " "}, "`question` must be a string that is not empty"),
        ({"id": "q1", "category": "list"}, "`question` must be a string"),
        ({**GOLD, "answers": "12"}, "`answers` must be a list of strings"),
        ({**GOLD, "evidence": ["runs", 3]}, "`evidence[1]` must be a string"),
        ({**GOLD, "answerable": "yes"}, "`answerable` must be true or false"),
        ({**GOLD, "evidence": []}, "an answerable question needs `must_include` and `evidence`"),
        ({**GOLD, "must_include": ["(12"]}, "no regular expression"),
        ({**GOLD, "turns": ["How many mills?", "Where?"]}, "the last of `turns` must be the question"),
    ],
)
def test_a_malformed_row_is_named_by_its_line(tmp_path, row, wrong):
    path = rows_file(tmp_path, {**GOLD, "id": "first"}, "\n", row)
    with pytest.raises(ValueError) as error:
        read_questions(path)
    assert str(error.value).startswith(f"{path}, line 3: ")
    assert wrong in str(error.value)


def test_an_id_given_twice_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"line 2: the id 'q1' was given before"):
        read_questions(rows_file(tmp_path, GOLD, GOLD))


@pytest.mark.parametrize(("content", "wrong"), [(b"\n \n", "holds no question"), (b"\xff\xfe{", "is not UTF-8 text")])
def test_a_file_without_rows_is_refused(tmp_path, content, wrong):
    path = tmp_path / "questions.jsonl"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=wrong):
        read_questions(path)


def test_a_missing_file_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "none.jsonl", tmp_path):
        with pytest.raises(FileNotFoundError, match=f"{path} is no file"):
            read_questions(path)
