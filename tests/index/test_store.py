import json
from decimal import Decimal

import pytest

from corpus.document import Document
from corpus.facts import facts
from corpus.formats.text import read_blocks
from corpus.split import split
from index import store

TEXT = (
    "Air and Sea\n\nWe fly **12** routes.\n\n"
    "Area\tIndicator\tUnit\tFY2022\nAir\tFlights\tTimes\t12\n\tDust ¹\tt\t1.50\n"
    "Sea\tVoyages\t/\t1,044\n\n¹Without charter"
)


@pytest.fixture
def rows():
    document = Document("made-up", "Made up", "0" * 64, TEXT, read_blocks(TEXT), "Made Up Ltd", 2022)
    passages = split(document)
    return [document], passages, facts(document, passages)


@pytest.fixture
def folder(tmp_path, rows):
    folder = tmp_path / "index"
    save(folder, rows)
    return folder


def save(folder, rows, embedder="tiny"):
    with store.replacing(folder) as fresh:
        store.write_rows(fresh, *rows)
        (fresh / "bm25").mkdir()
        (fresh / "bm25" / "words.json").write_text("[]")
        store.write_manifest(
            fresh, embedder, {"documents": len(rows[0]), "passages": len(rows[1]), "facts": len(rows[2])}
        )


def test_what_is_written_is_read(folder, rows):
    with store.opened(folder, "tiny") as place:
        assert store.read_rows(place) == rows
        fact = store.read_rows(place)[2][-2]
    assert (fact.figure.value, fact.scope) == (Decimal("1.50"), "Without charter")


def test_the_manifest_names_every_file_with_its_checksum(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    assert sorted(manifest["files"]) == ["bm25/words.json", "documents.jsonl", "facts.jsonl", "passages.jsonl"]
    assert (manifest["format"], manifest["embedder"]) == (store.FORMAT, "tiny")
    assert (manifest["documents"], manifest["passages"], manifest["facts"]) == (1, 5, 4)


def refusal(folder, embedder="tiny"):
    with pytest.raises(ValueError) as refused, store.opened(folder, embedder):  # noqa: PT012
        pass
    message = str(refused.value)
    assert "\n" not in message
    assert message.endswith("build it again with `reportqa index`")
    return message


def test_no_index(tmp_path):
    with (
        pytest.raises(FileNotFoundError, match="^no index in .*nothing: build it again"),
        store.opened(tmp_path / "nothing", "tiny"),
    ):
        pass


def test_another_embedder(folder):
    assert "was built with the embedder 'tiny', not 'large'" in refusal(folder, "large")


def test_another_format(folder):
    path = folder / "manifest.json"
    path.write_text(path.read_text().replace(f'"format": {store.FORMAT}', '"format": 99'))
    assert f"has format 99, not {store.FORMAT}" in refusal(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", '"x"', "{}", '{"format": 1}'])
def test_a_damaged_manifest(folder, content):
    (folder / "manifest.json").write_text(content)
    assert "has a damaged manifest" in refusal(folder)


def test_no_manifest(folder):
    (folder / "manifest.json").unlink()
    assert "has no manifest: it was not finished" in refusal(folder)


def test_a_changed_file_and_a_missing_one(folder):
    path = folder / "facts.jsonl"
    path.write_text(path.read_text().replace("1.50", "1.60"))
    assert "facts.jsonl is missing or changed" in refusal(folder)
    path.unlink()
    assert "facts.jsonl is missing or changed" in refusal(folder)


def test_counts_that_differ(tmp_path, rows):
    with store.replacing(tmp_path / "index") as fresh:
        store.write_rows(fresh, *rows)
        store.write_manifest(fresh, "tiny", {"documents": 1, "passages": 6, "facts": 4})
    assert "5 passages where 6 are named" in refusal(tmp_path / "index")


def test_a_failure_leaves_the_old_index_whole(folder, rows):
    with pytest.raises(RuntimeError), store.replacing(folder) as fresh:
        (fresh / "passages.jsonl").write_text("half")
        raise RuntimeError
    with store.opened(folder, "tiny") as place:
        assert store.read_rows(place) == rows
    assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_a_move_cut_off_between_its_renames(folder, rows):
    folder.rename(folder.with_name("index.old"))
    (folder.parent / "index.new").mkdir()
    with store.opened(folder, "tiny") as place:
        assert store.read_rows(place) == rows
    save(folder, rows, "other")
    with store.opened(folder, "other"):
        assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_a_move_cut_off_before_its_clean_up(folder, rows):
    (folder.parent / "index.old").mkdir()
    (folder.parent / "index.old" / "manifest.json").write_text("{}")
    save(folder, rows, "other")
    with store.opened(folder, "other"):
        assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_a_half_written_index_can_be_replaced(folder, rows):
    (folder / "manifest.json").unlink()
    save(folder, rows, "other")
    with store.opened(folder, "other") as place:
        assert store.read_rows(place) == rows


def test_what_is_no_index_is_not_overwritten(tmp_path, rows):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    (tmp_path / "file").write_text("more")
    for name in ("thesis", "file"):
        with pytest.raises(ValueError, match="is not an index and will not be overwritten: choose another folder"):
            save(tmp_path / name, rows)
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "years of work"


def test_an_empty_folder_is_filled(tmp_path, rows):
    (tmp_path / "index").mkdir()
    save(tmp_path / "index", rows)
    assert (tmp_path / "index" / "manifest.json").is_file()
