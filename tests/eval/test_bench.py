import json

import pytest

from assistant.reading.reader import Reading
from eval.bench import adding, early_stop, growth, record, users
from tests.pdf_files import filing_pdf


def test_the_first_calls_warm_up():
    seen: list[str] = []
    seconds = record.timed(seen.append, ["a", "b", "c", "d", "e"])
    assert seen == ["a", "b", "c", "d", "e"] and len(seconds) == 2


def test_a_summary_is_in_milliseconds():
    assert record.summary([0.001, 0.002, 0.003]) == {"median_ms": 2.0, "p95_ms": 2.9, "n": 3}


def test_a_result_names_machine_versions_and_commit(tmp_path, capsys):
    record.write("nothing", {"seconds": 1}, tmp_path / "out")
    row = json.loads((tmp_path / "out/nothing.json").read_text("utf-8"))
    assert row["results"] == {"seconds": 1} and row["measurement"] == "nothing"
    assert {"processor", "cores", "memory_gb", "system", "load_average"} == set(row["machine"])
    assert {"python", "onnxruntime", "faiss-cpu", "torch"} <= set(row["versions"])
    assert json.loads(capsys.readouterr().out) == {"nothing": {"seconds": 1}}


def test_a_program_that_fails_is_told(tmp_path):
    with pytest.raises(RuntimeError, match="no such thing"):
        record.run(["-c", "raise SystemExit('no such thing')"], tmp_path)


@pytest.mark.slow
def test_every_kind_of_index_finds_the_neighbours():
    found = growth.measure([1000])
    rows = {row["kind"]: row for row in found["rows"]}
    assert set(rows) == {"exact", "hnsw", "quantised"}
    assert rows["exact"]["recall_at_10"] == rows["exact"]["ratio_to_exact"] == 1 and rows["exact"]["chosen"]
    assert rows["hnsw"]["recall_at_10"] > 0.95 and rows["quantised"]["recall_at_10"] > 0.95
    assert rows["quantised"]["megabytes"] < rows["exact"]["megabytes"] / 2


@pytest.mark.slow
def test_both_sides_index_and_search_the_same_passages():
    with record.library() as folder:
        first = {side: record.task(side, "first", folder)["passage"] for side in ("product", "baseline")}
        passages = json.loads((folder / "passages.json").read_text("utf-8"))
    assert first["product"] in passages and first["baseline"] in passages


@pytest.mark.slow
def test_a_pdf_is_added_and_a_bad_one_is_told(tmp_path):
    path, broken = tmp_path / "filing.pdf", tmp_path / "broken.pdf"
    filing_pdf(path)
    found = adding.measure([path])
    assert found["pages"] == {"filing.pdf": 1}
    assert 0 < found["seconds_by_step"]["read"] < found["seconds"] == pytest.approx(found["seconds_a_page"], abs=0.01)
    assert found["megabytes"]["program"] > 50 and found["megabytes"]["largest_page_worker"] > 10
    broken.write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(RuntimeError, match="broken.pdf: "):
        adding.measure([path, broken])


@pytest.mark.slow
def test_users_ask_at_once_and_memory_is_watched(tmp_path):
    record.task("product", "index", tmp_path)
    found = users.measure(tmp_path, 2, 6)
    assert (found["n"], found["errors"], found["first_error"]) == (3, 0, None), "at 0, 2.5 and 5 seconds"
    assert 0 < found["median_ms"] <= found["p95_ms"] <= found["slowest_ms"]
    assert 100 < found["megabytes"]["ready"] <= found["megabytes"]["end"] < 2000


class Sure:
    """Is as sure of a passage as the passage says."""

    threshold = 0.5

    def read(self, question, passages):
        return [Reading(0, 1, float(passage), float(passage)) for passage in passages]


def test_the_second_half_is_left_where_the_first_is_sure():
    reader = early_stop.StoppingReader(Sure(), 0.9)
    assert [reading.confidence for reading in reader.read("?", ["0.1", "0.95", "0.8", "0.99"])] == [0.1, 0.95, 0, 0]
    assert [reading.confidence for reading in reader.read("?", ["0.1", "0.2", "0.8", "0.99"])] == [0.1, 0.2, 0.8, 0.99]
    assert (reader.read_count, reader.given_count) == (6, 8)
