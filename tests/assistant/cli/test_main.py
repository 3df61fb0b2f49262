import json
import shutil

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from index.library import Library


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTQA_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def library(home, mill_index):
    """A user's library that holds the made-up report."""
    mill_index.save(Library().index_folder)
    return Library()


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def refused(*arguments):
    """The one line that a command is refused with."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("reportqa: ")
    return line.removeprefix("reportqa: ")


def test_no_question_is_refused_before_anything_is_loaded(home):
    assert refused("ask").startswith("no question: reportqa ask ")
    assert refused("ask", "  ") == "the question is empty: ask something"
    assert refused("ask", "How many people?", "") == "the question is empty: ask something"
    assert refused("ask", "x" * 10_000) == "the question has 10,000 characters: ask in at most 2,000"
    assert not home.exists()


def test_a_file_of_questions_must_be_text(home, tmp_path):
    missing, binary, empty = (tmp_path / name for name in ("none.txt", "binary.txt", "empty.txt"))
    binary.write_bytes(b"How many people?\n\xff\xfe\x00")
    empty.write_text("\n \n")
    assert str(missing) in refused("ask", "--file", missing)
    assert refused("ask", "--file", binary) == f"{binary} is not UTF-8 text: save it as UTF-8"
    assert refused("ask", "--file", empty).startswith("no question")
    assert str(tmp_path) in refused("ask", "--file", tmp_path)


@pytest.mark.parametrize("damage", ["passages.jsonl", "manifest.json", "vectors.faiss"])
def test_a_damaged_index_is_refused(library, damage):
    path = library.index_folder / damage
    path.write_bytes(path.read_bytes()[:-7])
    assert damage in refused("ask", "How many people?") or "manifest" in damage


def test_a_report_that_is_not_indexed_is_refused(library, tiny_reader):
    line = refused("ask", "How many people?", "--in", "none", "--reader", tiny_reader)
    assert line == "no such report: none; indexed are alder-paper-2024"


def test_questions_are_kept_to_a_company_and_a_year(library, tiny_reader):
    asked = ("ask", "How many people?", "--json", "--reader", tiny_reader)
    for scope in (("--company", "alder"), ("--year", "2024"), ("--company", "Alder Paper", "--year", "2024")):
        result = run(*asked, *scope)
        assert {citation["document"] for citation in json.loads(result.stdout)["citations"]} <= {"alder-paper-2024"}
    for scope, named in ((("--company", "nobody"), "nobody"), (("--company", "alder", "--year", "1999"), "alder 1999")):
        line = refused(*asked, *scope)
        assert line == f"no report of {named}: `reportqa list` shows each report's company and year"


def test_a_reader_that_is_not_there_is_refused(library):
    assert refused("ask", "How many people?", "--reader", "/no/such/reader").startswith(
        "cannot load the reader '/no/such/reader': give"
    )


def test_questions_are_answered_one_object_a_line(library, tiny_reader, tmp_path):
    questions = tmp_path / "questions.txt"
    questions.write_text("How many mills?\n\n水耗是多少？\n", "utf-8")
    result = run("ask", "How many people?", "--file", questions, "--json", "--reader", tiny_reader, "-k", 2)
    assert result.exit_code == 0
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["question"] for row in rows] == ["How many people?", "How many mills?", "水耗是多少？"]
    assert all(row["verdict"] in ("answered", "partial", "not_disclosed") for row in rows)
    assert list(rows[0]) == [
        "question",
        "resolved_question",
        "verdict",
        "answer",
        "value",
        "confidence",
        "calculation",
        "seconds",
        "citations",
    ]
    text = next(iter(library.documents())).text
    for citation in rows[0]["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_answer_is_printed_with_its_places(library, tiny_reader):
    result = run("ask", "How many people?", "--reader", tiny_reader)
    assert result.exit_code == 0
    assert "[1] Alder Paper Sustainability Report 2024" in result.stdout


def test_a_passage_is_shown_as_it_stands(library, mill_index):
    result = run("show", mill_index.passages[0].id)
    assert result.exit_code == 0
    assert "Alder Paper Sustainability Report 2024 · People" in result.stdout
    assert "Alder Paper employed 1,284 people at the end of 2024" in " ".join(result.stdout.split())
    assert refused("show", "alder-paper-2024#999999").startswith("no passage 'alder-paper-2024#999999': give")


def test_an_index_of_a_missing_file_is_refused_and_leaves_the_old(library, tmp_path):
    before = shutil.copytree(library.index_folder, tmp_path / "before")
    assert "none.md" in refused("index", tmp_path / "none.md")
    assert (library.index_folder / "manifest.json").read_bytes() == (before / "manifest.json").read_bytes()
