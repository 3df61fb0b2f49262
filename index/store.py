"""An index at rest: a folder of plain files, replaced as a whole, refused when it is not whole.

`manifest.json` is written last and holds a checksum of every other file. This module does not know how to search.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.document import Block, Cell, Document, Line, Row, Table
from corpus.figure import Figure
from corpus.passage import Fact, Part, Passage

FORMAT = 5
_FILES = frozenset(("manifest.json", "documents.jsonl", "passages.jsonl", "facts.jsonl", "vectors.faiss", "bm25"))
_REBUILD = "build it again with `reportqa index`"


def write_rows(
    folder: Path, documents: Collection[Document], passages: Collection[Passage], facts: Collection[Fact]
) -> None:
    """Write documents, passages and facts as JSON lines."""
    for name, rows in (("documents", documents), ("passages", passages), ("facts", facts)):
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                file.write(json.dumps(asdict(row), ensure_ascii=False, default=str) + "\n")


def read_rows(folder: Path) -> tuple[list[Document], list[Passage], list[Fact]]:
    """Read what `write_rows` wrote."""
    return (
        [_document(row) for row in _lines(folder / "documents.jsonl")],
        [_passage(row) for row in _lines(folder / "passages.jsonl")],
        [_fact(row) for row in _lines(folder / "facts.jsonl")],
    )


def write_manifest(folder: Path, embedder: str, counts: Mapping[str, int]) -> None:
    """Write the manifest: format, embedder, counts and each file's checksum."""
    files = {path.relative_to(folder).as_posix(): _sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    manifest = {"format": FORMAT, "embedder": embedder, **counts, "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give a fresh folder to fill; when the block ends without an error it takes the place of `folder`.

    Killed at any moment, either the old or the new index is whole: `opened` looks for both.

    Raises:
        ValueError: If `folder` holds something that is not an index.
    """
    if folder.exists() and not (folder.is_dir() and _FILES.issuperset(path.name for path in folder.iterdir())):
        raise ValueError(f"{folder} is not an index and will not be overwritten: choose another folder")
    _recover(folder)
    fresh, old = _beside(folder, "new"), _beside(folder, "old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def opened(folder: Path, embedder: str) -> Iterator[Path]:
    """Check an index and give its folder.

    Raises:
        FileNotFoundError: If there is no index.
        ValueError: If it is half-written, damaged, of another format, or built with another embedder.
    """
    asked, folder = folder, folder if folder.is_dir() else _beside(folder, "old")
    if not folder.is_dir():
        raise FileNotFoundError(f"no index in {asked}: {_REBUILD}")
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        found, files = manifest["format"], manifest["files"]
        counts = {name: manifest[name] for name in ("documents", "passages", "facts")}
    except FileNotFoundError:
        raise ValueError(f"the index in {folder} has no manifest: it was not finished; {_REBUILD}") from None
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"the index in {folder} has a damaged manifest; {_REBUILD}") from None
    if found != FORMAT:
        raise ValueError(f"the index in {folder} has format {found}, not {FORMAT}; {_REBUILD}")
    if manifest.get("embedder") != embedder:
        built = manifest.get("embedder")
        raise ValueError(f"the index in {folder} was built with the embedder {built!r}, not {embedder!r}; {_REBUILD}")
    for name, digest in files.items():
        if not (folder / name).is_file() or _sha256(folder / name) != digest:
            raise ValueError(f"the index in {folder} is damaged: {name} is missing or changed; {_REBUILD}")
    for name, count in counts.items():
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as file:
            lines = sum(1 for _ in file)
        if lines != count:
            raise ValueError(f"the index in {folder} is damaged: {lines} {name} where {count} are named; {_REBUILD}")
    yield folder


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f"{folder.name}.{suffix}")


def _recover(folder: Path) -> None:
    """Undo a move that was cut off between its two renames, finish one that was cut off after them."""
    old = _beside(folder, "old")
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    elif old.is_dir():
        old.rename(folder)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _document(row: dict[str, Any]) -> Document:
    read = {
        "blocks": tuple(_block(block) for block in row["blocks"]),
        "lines": tuple(Line(**{**line, "box": tuple(line["box"])}) for line in row["lines"]),
        "page_labels": tuple(row["page_labels"]),
        "unread_pages": tuple(row["unread_pages"]),
        "ocr_pages": tuple(row.get("ocr_pages", ())),  # an index made before there was OCR has none
    }
    return Document(**{**row, **read})


def _block(row: dict[str, Any]) -> Block:
    table = row["table"]
    return Block(**{**row, "section": tuple(row["section"]), "table": table and _table(table)})


def _table(row: dict[str, Any]) -> Table:
    rows = (
        Row(r["start"], r["end"], tuple(Cell(**cell) for cell in r["cells"]), tuple(r["group"])) for r in row["rows"]
    )
    return Table(tuple(row["header"]), tuple(rows), row["caption"])


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(**{**row, "section": tuple(row["section"]), "parts": tuple(Part(**part) for part in row["parts"])})


def _fact(row: dict[str, Any]) -> Fact:
    figure = row["figure"]
    number, value = Decimal(figure["number"]), Decimal(figure["value"])
    return Fact(**{**row, "figure": Figure(figure["text"], number, value, figure["unit"])})
