from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pytest

from assistant.answer import Answer
from assistant.progress import Progress, silent
from index.embedder import load_embedder
from index.library import Library, Outcome
from index.passage_index import PassageIndex
from ui.live import Live

SHIPS = "# Birch Shipping Report 2023\n\n## Fleet\n\nBirch Shipping owns 30 ships and 4 harbours.\n"


@dataclass
class Titles:
    """Answers with the reports that it was asked of."""

    index: PassageIndex

    def ask(
        self, question: str, turns: Sequence[str], documents: Collection[str], progress: Progress = silent
    ) -> Answer:
        return Answer(question, question, "answered", " ".join(documents), "", (), (), None, 0.9, 0.1)


@pytest.fixture
def live(mill_index, tmp_path):
    library = Library(tmp_path / "home")
    mill_index.save(library.index_folder)
    return Live(Titles(mill_index), library, load_embedder(), lambda index, _: Titles(index))


def added(live, *paths):
    told = list(live.add(paths))
    return [what for what in told if isinstance(what, str)], [what for what in told if isinstance(what, Outcome)]


def test_a_report_that_was_added_can_be_asked_and_removed(live, mill_index, tmp_path):
    path = tmp_path / "birch-2023.md"
    path.write_text(SHIPS, "utf-8")
    lines, (outcome,) = added(live, path)
    assert outcome == Outcome(path, "added", "birch-2023")
    assert lines[-1].startswith("Indexing: passage ")
    assert list(live.index.documents) == ["alder-paper-2024", "birch-2023"]
    assert list(mill_index.documents) == ["alder-paper-2024"], "who was being answered keeps the index as it was"
    assert live.ask("How many ships?", (), ["birch-2023", "gone"]).text == "birch-2023"
    live.remove("birch-2023")
    assert list(live.index.documents) == ["alder-paper-2024"]
    assert live.ask("How many ships?", (), ["birch-2023"]).text == ""


def test_a_file_that_cannot_be_read_keeps_no_other_out(live, tmp_path):
    good, bad = tmp_path / "birch-2023.md", tmp_path / "empty.md"
    good.write_text(SHIPS, "utf-8")
    bad.write_text("", "utf-8")
    _, outcomes = added(live, bad, good)
    assert [outcome.status for outcome in outcomes] == ["failed", "added"]
    assert "birch-2023" in live.index.documents


def test_what_goes_wrong_is_raised_where_it_is_waited_for(live, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        added(live, tmp_path / "none.md")
    with pytest.raises(ValueError, match="no report 'none'"):
        live.remove("none")
    with pytest.raises(ValueError, match="holds one report at least"):
        live.remove("alder-paper-2024")


def test_a_language_model_that_cannot_be_used_changes_nothing(live):
    with pytest.raises(ValueError, match="no variant 'gguf' of a generator"):
        live.word_with("model#gguf")
    assert live.generator == ""


def test_reports_that_come_are_worded_by_the_model_in_use(mill_index, tmp_path):
    made = []

    def assistant_of(index, generator):
        made.append((len(index.documents), generator))
        return Titles(index)

    library = Library(tmp_path / "home")
    mill_index.save(library.index_folder)
    live = Live(Titles(mill_index), library, load_embedder(), assistant_of, "http://127.0.0.1:9")
    path = tmp_path / "birch-2023.md"
    path.write_text(SHIPS, "utf-8")
    added(live, path)
    live.word_with("")
    assert made == [(2, "http://127.0.0.1:9"), (2, "")]
