import json

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.generation import openai_generator as server_generator
from assistant.generation.factory import load_generator
from assistant.generation.openai_generator import ServerGenerator
from assistant.generation.transformers_generator import LocalGenerator
from eval.cli import register
from index.library import Library
from tests.tiny_models import write_causal

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def library(tmp_path, monkeypatch, mill_index):
    """A user's library that holds the made-up report."""
    monkeypatch.setenv("REPORTQA_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(server_generator, "_WAITS", (0.01, 0.01))
    mill_index.save(Library().index_folder)


@pytest.fixture
def ask(library, tiny_reader):
    options = ["--reader", str(tiny_reader), "-k", "2"]
    return lambda *arguments: CliRunner().invoke(app, ["ask", "How many people?", *options, *arguments])


def test_a_name_says_which_kind_of_generator_it_is(tmp_path):
    server = load_generator("http://127.0.0.1:8080/v1/#qwen3:4b")
    assert isinstance(server, ServerGenerator) and (server.url, server.model) == (
        "http://127.0.0.1:8080/v1",
        "qwen3:4b",
    )
    assert load_generator("https://models.invalid").name == "https://models.invalid/v1"
    local = load_generator(str(write_causal(tmp_path / "model", ["Yes."])))
    assert isinstance(local, LocalGenerator) and local.name == str(tmp_path / "model")


def test_an_answer_is_given_though_the_server_is_away(ask):
    result = ask("--json", "--generator", NOWHERE)
    assert result.exit_code == 0
    row = json.loads(result.stdout)
    assert row["note"].startswith(f"Worded without the model: no server answers at {NOWHERE}/v1")
    printed = " ".join(ask("--generator", NOWHERE).stdout.split())
    assert f"Worded without the model: no server answers at {NOWHERE}/v1" in printed


def test_a_generator_that_is_none_is_refused(ask):
    result = ask("--generator", "/no/such")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("reportqa: cannot load the generator '/no/such': give the name or folder")


def test_a_run_is_not_begun_without_its_server(library, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"id": "1", "question": "How many people?"}) + "\n", "utf-8")
    program = typer.Typer()
    register(program)
    program.callback()(lambda: None)
    arguments = ["eval", str(questions), "--out", str(tmp_path / "out"), "--generator", NOWHERE]
    result = CliRunner().invoke(program, arguments)
    assert result.exit_code == 2
    assert f"no server answers at {NOWHERE}/v1" in result.stderr


def test_a_run_is_worded_and_scored_alike(library, tmp_path, tiny_reader):
    row = {"id": "1", "category": "fact_text", "question": "How many people did Alder Paper employ?"}
    gold = {"answers": ["1,284"], "must_include": ["1,284"], "evidence": ["1,284 people"], "answerable": True}
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(row | gold) + "\n", "utf-8")
    model = write_causal(tmp_path / "model", ["Alder Paper had 1,284 employees [1].", " It pays well [1]."])
    program = typer.Typer()
    register(program)
    program.callback()(lambda: None)
    arguments = ["eval", str(questions), "--out", str(tmp_path / "out"), "--generator", str(model)]
    result = CliRunner().invoke(program, [*arguments, "--reader", str(tiny_reader)])
    assert result.exit_code == 0, result.output
    (predicted,) = map(json.loads, (tmp_path / "out" / "predictions.jsonl").read_text("utf-8").splitlines())
    scorecard = json.loads((tmp_path / "out" / "scorecard.json").read_text("utf-8"))
    assert scorecard["overall"]["questions"] == 1
    assert predicted["id"] == "1" and set(predicted) >= {"answer", "citations", "verdict"}
