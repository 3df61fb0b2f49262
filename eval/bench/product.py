"""What is measured of the product: `python -m eval.bench.product TASK FOLDER` runs one task in a process of its own.

`index` reads and indexes the bundled reports, `add` adds the files that `files.json` names, `first` opens the index and
finds a first passage, `warm` asks question after question and times the stages. The folder is the library;
`passages.json` and `questions.json` are for both sides.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def main(task: str, folder: Path) -> None:
    """Run a task and write its result to standard output as one line of JSON."""
    run = {"index": index, "add": add, "first": first, "warm": warm}[task]
    sys.stdout.write(json.dumps(run(folder)) + "\n")


def index(folder: Path) -> dict[str, Any]:
    """Seconds to import and to index, and memory at its peak."""
    started = time.perf_counter()
    from eval.bench.record import peak_megabytes
    from index.embedder import load_embedder
    from index.library import Library
    from index.onnx_runtime import load_runtime

    load_runtime()  # before the clock starts, as the baseline's libraries are
    imported = time.perf_counter()
    embedder = load_embedder()
    embedder.embed(["load the model", "that embeds passages"])
    loaded = time.perf_counter()
    built = Library(folder).open(embedder)
    done = time.perf_counter()
    readings = [passage.reading for passage in built.passages]
    (folder / "passages.json").write_text(json.dumps(readings), "utf-8")
    seconds = {"imports": imported - started, "load": loaded - imported, "index": done - loaded}
    return seconds | {"passages": len(readings), "megabytes": peak_megabytes()}


def add(folder: Path) -> dict[str, Any]:
    """Pages of each report added, seconds until its last page is read and then until all is indexed, peak memory.

    Raises:
        ValueError: If a file cannot be added.
    """
    from eval.bench.record import peak_megabytes
    from index.embedder import load_embedder
    from index.library import Library

    embedder, library = load_embedder(), Library(folder)
    library.open(embedder)  # the bundled reports are there before the clock starts
    read = began = time.perf_counter()

    def progress(doing: str, done: int, total: int) -> None:
        nonlocal read
        if doing != "embedding":
            read = time.perf_counter()

    files = [Path(name) for name in json.loads((folder / "files.json").read_text("utf-8"))]
    outcomes = library.add(files, embedder, progress=progress)
    done = time.perf_counter()
    failed = [f"{outcome.path.name}: {outcome.note}" for outcome in outcomes if outcome.status == "failed"]
    if failed:
        raise ValueError("; ".join(failed))
    documents = {document.id: document for document in library.documents()}
    pages = {outcome.path.name: len(documents[outcome.document_id].page_labels) for outcome in outcomes}
    return {
        "pages": pages,
        "seconds": {"read": read - began, "index": done - read},
        "megabytes": {"program": peak_megabytes(), "largest_page_worker": peak_megabytes(resource.RUSAGE_CHILDREN)},
    }


def first(folder: Path) -> dict[str, Any]:
    """A first passage, without its answer."""
    from assistant.query.analyzer import QueryAnalyzer
    from index.embedder import load_embedder
    from index.library import Library

    question = json.loads((folder / "questions.json").read_text("utf-8"))[0]
    return {"passage": QueryAnalyzer(Library(folder).open(load_embedder())).search(question, 1)[0].passage.reading}


def warm(folder: Path) -> dict[str, Any]:
    """Seconds of each stage and each question, and memory at its peak."""
    from assistant.assistant import DEFAULT_K, Assistant
    from assistant.reading.reader import load_reader
    from eval.bench.record import peak_megabytes, timed
    from index.embedder import load_embedder
    from index.library import Library

    questions = json.loads((folder / "questions.json").read_text("utf-8"))
    embedder, reader = load_embedder(), load_reader()
    opened = Library(folder).open(embedder)
    assistant = Assistant(opened, load_reader())  # a reader remembers: this one has read nothing
    hits = {q: [hit.passage.reading for hit in assistant.search(q, DEFAULT_K)] for q in questions}
    return {
        "embed": timed(lambda question: embedder.embed([question]), questions),
        "search": timed(lambda question: assistant.search(question, DEFAULT_K), questions),
        "read": timed(lambda question: reader.read(question, hits[question]), questions),
        "ask": timed(assistant.ask, questions),
        "megabytes": peak_megabytes(),
    }


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
