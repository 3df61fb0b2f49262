import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.query.entities import matching
from corpus.load import About
from index import library as library_module
from index.library import Library
from tests.index.test_passage_index import WordEmbedder

ROOT = Path(__file__).parents[2]
LUND = "# Lund Paper Annual Report 2021\n\n## Energy\n\nThe mills used 412 GWh of electricity in 2021.\n"
OSLO = "# Oslo Shipping Annual Report 2022\n\n## Fleet\n\nThe fleet counted 37 ships at the end of 2022.\n"
# Adds a file in a process of its own; what stands first changes the module, so that the process dies where it is told.
ADD = """
import os, signal, sys
from pathlib import Path
from index import library, store
from index.passage_index import PassageIndex
from tests.index.test_passage_index import WordEmbedder
replace = os.replace
def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)
{change}
library.Library(Path(sys.argv[1])).add([Path(sys.argv[2])], WordEmbedder())
"""
DEATHS = {
    "before anything is written": "PassageIndex.save = die",
    "before the manifest": "store.write_manifest = die",
    "before the file is kept": "os.replace = die",
    "before the new index is pointed to": "os.replace = lambda a, b: die() if b.name == 'current' else replace(a, b)",
    "before the old index is cleared": "os.replace = lambda a, b: (replace(a, b), b.name == 'current' and die())",
}


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    (folder / "more").mkdir(parents=True)
    (folder / "lund.md").write_text(LUND, "utf-8")
    (folder / "more" / "oslo.md").write_text(OSLO, "utf-8")
    return folder


@pytest.fixture
def library(tmp_path, reports, monkeypatch):
    """A library that begins with one small report."""
    monkeypatch.setattr(library_module, "_BUNDLED", reports / "more")
    return Library(tmp_path / "home")


def add_elsewhere(home, path, change=""):
    script = ADD.format(change=change)
    return subprocess.Popen([sys.executable, "-c", script, str(home), str(path)], cwd=ROOT)


def test_the_bundled_report_is_there_from_the_first_use(tmp_path):
    library = Library(tmp_path / "new" / "home")
    seen = []
    index = library.open(WordEmbedder(), lambda *step: seen.append(step))
    assert list(index.documents) == ["changan-esg-2023"]
    assert seen[-1][0] == seen[-1][1] > 200
    embedder = WordEmbedder()
    again = library.open(embedder)
    assert embedder.texts == []
    assert again.passages == index.passages


def test_an_index_of_another_embedder_is_refused(library):
    library.open(WordEmbedder())
    with pytest.raises(ValueError, match="built with the embedder 'words', not 'other'"):
        library.open(WordEmbedder("other"))


def test_home(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTQA_HOME", str(tmp_path))
    assert Library().home == tmp_path
    monkeypatch.setenv("REPORTQA_HOME", "~/reports")
    assert Library().home == Path.home() / "reports"
    monkeypatch.delenv("REPORTQA_HOME")
    assert Library().home.name == "reportqa"
    assert Library(tmp_path / "mine").index_folder == tmp_path / "mine" / "index"


def test_a_folder_is_added_and_what_is_known_is_not_added_again(library, reports):
    outcomes = library.add([reports], WordEmbedder())
    assert [(o.path.name, o.status, o.document_id) for o in outcomes] == [
        ("lund.md", "added", "lund"),
        ("oslo.md", "unchanged", "oslo"),
    ]
    assert [(d.id, d.title, d.company, d.year) for d in library.documents()] == [
        ("oslo", "Oslo Shipping Annual Report 2022", "Oslo Shipping", 2022),
        ("lund", "Lund Paper Annual Report 2021", "Lund Paper", 2021),
    ]
    folder = library.index_folder
    embedder = WordEmbedder()
    assert [outcome.status for outcome in library.add([reports], embedder)] == ["unchanged", "unchanged"]
    assert (embedder.texts, library.index_folder) == ([], folder)
    found = library.open(WordEmbedder()).search("electricity of the mills", k=1)
    assert found[0].passage.document_id == "lund"


def test_the_files_are_kept_while_their_reports_are(library, reports):
    library.add([reports / "lund.md"], WordEmbedder())
    oslo, lund = library.documents()
    kept = library.file(lund)
    assert kept is not None
    assert kept.read_text("utf-8") == LUND
    assert library.file(oslo) is None
    library.remove(["lund"], WordEmbedder())
    assert library.file(lund) is None


def test_a_changed_report_replaces_its_old_self_and_only_the_change_is_embedded(library, reports):
    library.add([reports], WordEmbedder())
    (reports / "lund.md").write_text(LUND + "\n## Water\n\nThe mills drew 9 million m³ of water.\n", "utf-8")
    embedder = WordEmbedder()
    assert [outcome.status for outcome in library.add([reports / "lund.md"], embedder)] == ["replaced"]
    assert embedder.texts
    assert all("water" in text for text in embedder.texts)
    assert sorted(library.open(WordEmbedder()).documents) == ["lund", "oslo"]


def test_title_company_year_and_language_can_be_set(library, reports):
    about = About(title="Lund 2020", company="Lund AB", year=2020, language="sv")
    library.add([reports / "lund.md"], WordEmbedder())
    assert [outcome.status for outcome in library.add([reports / "lund.md"], WordEmbedder(), about)] == ["replaced"]
    lund = library.documents()[1]
    assert (lund.title, lund.company, lund.year, lund.language) == ("Lund 2020", "Lund AB", 2020, "sv")


def test_a_batch_goes_on_after_a_bad_file(library, reports):
    (reports / "bad.pdf").write_bytes(b"no PDF at all")
    (reports / "empty.md").write_bytes(b"")
    outcomes = {outcome.path.name: outcome for outcome in library.add([reports], WordEmbedder())}
    assert [outcomes[name].status for name in ("bad.pdf", "empty.md", "lund.md")] == ["failed", "failed", "added"]
    assert outcomes["bad.pdf"].note == "bad.pdf: it is not a PDF, or damaged: its data cannot be read"
    assert outcomes["empty.md"].note == "empty.md is empty: there is nothing to read"
    assert len(library.documents()) == 2


def test_two_files_of_one_batch_with_one_id(library, reports):
    (reports / "older").mkdir()
    (reports / "older" / "lund.md").write_text(LUND.replace("2021", "2020"), "utf-8")
    outcomes = library.add([reports / "lund.md", reports / "older" / "lund.md"], WordEmbedder())
    assert [outcome.status for outcome in outcomes] == ["added", "failed"]
    assert outcomes[1].note == f"its id 'lund' is that of {reports / 'lund.md'}: rename one of them"


def test_reports_are_removed(library, reports):
    library.add([reports], WordEmbedder())
    embedder = WordEmbedder()
    library.remove(["oslo"], embedder)
    assert embedder.texts == []
    assert list(library.open(WordEmbedder()).documents) == ["lund"]
    with pytest.raises(ValueError, match="no report 'oslo': `reportqa list` names them"):
        library.remove(["oslo"], WordEmbedder())
    with pytest.raises(ValueError, match="a library holds one report at least"):
        library.remove(["lund"], WordEmbedder())


def test_paths_that_hold_no_report(library, reports, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file or folder"):
        library.add([tmp_path / "none"], WordEmbedder())
    (tmp_path / "void").mkdir()
    with pytest.raises(ValueError, match="no report in the folder"):
        library.add([tmp_path / "void"], WordEmbedder())


def test_rebuilding_takes_another_embedder(library, reports):
    library.add([reports], WordEmbedder())
    index = library.rebuild([], WordEmbedder("other"), lambda done, total: None)
    assert sorted(index.documents) == ["lund", "oslo"]
    assert sorted(library.open(WordEmbedder("other")).documents) == ["lund", "oslo"]


def test_a_bundled_report_that_was_removed_stays_so(library, reports):
    library.add([reports / "lund.md"], WordEmbedder())
    library.remove(["oslo"], WordEmbedder())
    assert list(library.rebuild([], WordEmbedder(), lambda done, total: None).documents) == ["lund"]
    assert [document.id for document in library.documents()] == ["lund"]
    given = library.rebuild([reports / "more" / "oslo.md"], WordEmbedder(), lambda done, total: None)
    assert list(given.documents) == ["lund", "oslo"]


def test_reports_by_company_and_year(library, reports):
    library.add([reports], WordEmbedder())
    documents = library.documents()
    assert matching(documents, company="lund") == ["lund"]
    assert matching(documents, year=2022) == ["oslo"]
    with pytest.raises(ValueError, match="no report of lund 2022: `reportqa list` shows"):
        matching(documents, "lund", 2022)


@pytest.mark.slow
@pytest.mark.parametrize("moment", DEATHS)
def test_killed_at_any_moment_the_library_is_as_before_or_complete(tmp_path, reports, moment):
    library = Library(tmp_path / "home")
    library.open(WordEmbedder())
    process = add_elsewhere(library.home, reports / "lund.md", DEATHS[moment])
    assert process.wait(120) == -9
    done = ["lund"] if moment == "before the old index is cleared" else []
    assert list(library.open(WordEmbedder()).documents) == ["changan-esg-2023", *done]
    outcome = library.add([reports / "lund.md"], WordEmbedder())[0]
    assert outcome.status == ("unchanged" if done else "added")
    assert list(library.open(WordEmbedder()).documents) == ["changan-esg-2023", "lund"]
    library.add([reports / "more" / "oslo.md"], WordEmbedder())
    assert [path.name for path in library.home.glob("index*")] == [library.index_folder.name]


@pytest.mark.slow
def test_two_writers_wait_for_each_other_and_no_reader_waits(tmp_path, reports):
    library = Library(tmp_path / "home")
    library.open(WordEmbedder())
    seen, failed, stop = set(), [], threading.Event()

    def read():
        while not stop.is_set():
            try:
                seen.add(tuple(sorted(library.open(WordEmbedder()).documents)))
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is a failure
                failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    writers = [add_elsewhere(library.home, path) for path in (reports / "lund.md", reports / "more" / "oslo.md")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    stop.set()
    reader.join()
    assert failed == []
    assert sorted(library.open(WordEmbedder()).documents) == ["changan-esg-2023", "lund", "oslo"]
    assert ("changan-esg-2023",) in seen
