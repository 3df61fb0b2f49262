"""The whole way, as a user goes it: the command, a fresh library, the bundled report, the shipped models."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.reading.reader import DEFAULT_READER
from index.library import Library

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DEFAULT_READER / "model.safetensors").is_file(), reason="the trained reader is not in this checkout"
    ),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("fresh") / "home"


def reportqa(home, *arguments):
    command = [str(Path(sys.executable).parent / "reportqa"), *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=True, env=os.environ | {"REPORTQA_HOME": str(home)}
    )


def ask(home, question):
    (line,) = reportqa(home, "ask", question, "--json").stdout.splitlines()
    return json.loads(line)


def test_a_fresh_library_answers_with_the_place_that_proves_it(home):
    assert not home.exists()
    row = ask(home, "How many people does Changan employ?")
    assert row["verdict"] == "answered"
    assert "49,117" in row["value"] and "49,117" in row["answer"]
    document = next(d for d in Library(home).documents() if d.id == row["citations"][0]["document"])
    for citation in row["citations"]:
        assert document.text[citation["start"] : citation["end"]] == citation["quote"]
    assert "49,117" in row["citations"][0]["quote"]
    assert "[1]" in row["answer"]


def test_what_the_report_does_not_say_is_not_disclosed(home):
    row = ask(home, "How many submarines does Changan own?")
    assert (row["verdict"], row["value"], row["calculation"]) == ("not_disclosed", "", None)


def test_the_library_is_built_once(home):
    manifest = Library(home).index_folder / "manifest.json"
    before = manifest.stat().st_mtime_ns
    row = ask(home, "How many people does Changan employ?")
    assert "49,117" in row["value"]
    assert manifest.stat().st_mtime_ns == before
