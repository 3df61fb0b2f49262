"""The reports of a user with one index, kept in a folder of their own; the bundled reports are there from the start.

Each change writes a whole new index beside the one in use and then points to it in one step, so that whoever reads is
never kept waiting and a change cut off at any moment has not happened. A lock lets one writer in at a time. This
module does not know how a report is read, nor what is asked of it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import corpus
from corpus.document import Document
from corpus.load import SUFFIXES, About, document_id, load_document
from corpus.pdf.ocr import pages_note
from index import store
from index.passage_index import Embedder, PassageIndex

_BUNDLED = Path(corpus.__file__).parent / "reports"
_POINTER = "current"
_FIRST = "index"
_FILES = "files"
_LOCK_SECONDS = 3600

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and how far it goes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file that was to be added.

    Attributes:
        path: The file.
        status: Whether its report is new, took the place of its old self, was known already, or could not be read.
        document_id: The report's id, empty where the file could not be read.
        note: What went wrong, or which pages have no text or were read by OCR; empty where all is well.
    """

    path: Path
    status: Literal["added", "replaced", "unchanged", "failed"]
    document_id: str = ""
    note: str = ""


class Library:
    """A folder with an index.

    Attributes:
        home: The folder: as given, else `REPORTQA_HOME`, else the platform's user data folder.
    """

    def __init__(self, home: Path | None = None) -> None:
        if home is None:
            named = os.environ.get("REPORTQA_HOME")
            home = Path(named).expanduser() if named else _user_folder()
        self.home = home

    @property
    def index_folder(self) -> Path:
        """Where the index in use lies."""
        try:
            return self.home / (self.home / _POINTER).read_text("utf-8").strip()
        except FileNotFoundError:
            return self.home / _FIRST

    def open(self, embedder: Embedder, progress: Callable[[int, int], None] = lambda done, total: None) -> PassageIndex:
        """Load the index; on first use build it of the bundled reports.

        Args:
            embedder: Embeds questions, and passages where the index is built.
            progress: Called with (texts embedded, texts in all) while it is built.

        Raises:
            ValueError: If the index is damaged, of another format, or built with another embedder.
        """
        found = self._load(embedder)
        if found is not None:
            return found
        with self._writing():
            found = self._load(embedder)
            if found is not None:  # another program has just built it
                return found
            index = PassageIndex.build(_bundled(), embedder, progress=progress)
            self._save(index)
            return index

    def documents(self) -> list[Document]:
        """The library's reports, without the index that is built of them; the bundled ones where there is none yet."""
        while True:
            folder = self.index_folder
            try:
                return store.read_rows(folder)[0]
            except FileNotFoundError:
                if folder == self.index_folder:
                    return _bundled()

    def file(self, document: Document) -> Path | None:
        """The file that a report was read from, as kept in the library; None for a bundled one."""
        return next(iter((self.home / _FILES).glob(f"{document.sha256}.*")), None)

    def add(
        self,
        paths: Sequence[Path],
        embedder: Embedder,
        about: About | None = None,
        progress: Progress = lambda doing, done, total: None,
    ) -> list[Outcome]:
        """Add reports; a file that cannot be read does not keep the others out.

        Args:
            paths: Files, and folders of files.
            embedder: Embeds the passages that are new.
            about: What is set rather than read: title, company, year, language.
            progress: Called by page and by text embedded.

        Returns:
            One outcome a file.

        Raises:
            FileNotFoundError: If a path does not exist.
            ValueError: If a folder holds no report, or the index cannot be used.
        """
        files = [file for path in paths for file in report_files(path)]
        with self._writing():
            previous = self._load(embedder)
            known = {document.id: document for document in (previous.documents.values() if previous else _bundled())}
            outcomes = [self._added(file, known, about or About(), files, progress) for file in files]
            if previous is None or any(outcome.status in ("added", "replaced") for outcome in outcomes):
                self._build(known.values(), embedder, previous, progress)
        return outcomes

    def remove(self, ids: Collection[str], embedder: Embedder) -> None:
        """Remove reports.

        Raises:
            ValueError: If there is no such report, or none would be left.
        """
        with self._writing():
            previous = self._load(embedder)
            known = {document.id: document for document in (previous.documents.values() if previous else _bundled())}
            for name in ids:
                if name not in known:
                    raise ValueError(f"no report {name!r}: `reportqa list` names them")
            left = [document for name, document in known.items() if name not in ids]
            if not left:
                raise ValueError("a library holds one report at least: add another before you remove the last")
            self._build(left, embedder, previous, lambda doing, done, total: None)

    def rebuild(self, paths: Sequence[Path], embedder: Embedder, progress: Callable[[int, int], None]) -> PassageIndex:
        """Build the index anew, of the reports in the library, the bundled ones among them read again, and files given.

        Args:
            paths: Files, and folders of files.
            embedder: Embeds all passages; it may be another than before.
            progress: Called with (texts embedded, texts in all).

        Raises:
            FileNotFoundError: If a path does not exist.
            ValueError: If a file cannot be read.
        """
        with self._writing():
            given = [load_document(file) for path in paths for file in report_files(path)]
            known = {document.id: document for document in self.documents()}
            known |= {
                document.id: document for document in _bundled() if document.id in known
            }  # a removed one stays so
            known |= {document.id: document for document in given}
            index = PassageIndex.build(list(known.values()), embedder, progress=progress)
            self._save(index)
            return index

    def _added(
        self, path: Path, known: dict[str, Document], about: About, files: Sequence[Path], progress: Progress
    ) -> Outcome:
        """Read one file into `known`, unless it is there already."""
        name = document_id(path)
        namesake = next((file for file in files[: files.index(path)] if document_id(file) == name), None)
        if namesake is not None:
            return Outcome(path, "failed", note=f"its id {name!r} is that of {namesake}: rename one of them")
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            same = next((document for document in known.values() if document.sha256 == digest), None)
            if same is not None:
                changed = _set(same, about)
                known[same.id] = changed
                return Outcome(path, "unchanged" if changed == same else "replaced", same.id)
            document = _set(load_document(path, lambda done, total: progress(path.name, done, total)), about)
            self._keep(path, digest)
        except (OSError, ValueError) as error:
            return Outcome(path, "failed", note=str(error))
        status: Literal["added", "replaced"] = "replaced" if name in known else "added"
        known[name] = document
        return Outcome(path, status, name, pages_note(document))

    def _keep(self, path: Path, digest: str) -> None:
        """Keep a copy of a file, so that its pages can be shown."""
        folder = self.home / _FILES
        folder.mkdir(exist_ok=True)
        fresh = folder / f"{digest}.new"
        shutil.copyfile(path, fresh)
        os.replace(fresh, folder / f"{digest}{path.suffix.lower()}")

    def _load(self, embedder: Embedder) -> PassageIndex | None:
        """The index in use, None where there is none yet."""
        while True:
            folder = self.index_folder
            try:
                return PassageIndex.load(folder, embedder)
            except (OSError, ValueError) as error:
                if folder != self.index_folder:
                    continue  # a writer has put another in its place meanwhile
                if isinstance(error, FileNotFoundError) and not folder.exists():
                    return None
                raise

    def _build(
        self, documents: Iterable[Document], embedder: Embedder, previous: PassageIndex | None, progress: Progress
    ) -> None:
        def embedded(done: int, total: int) -> None:
            progress("embedding", done, total)

        self._save(PassageIndex.build(list(documents), embedder, previous, embedded))

    def _save(self, index: PassageIndex) -> None:
        """Write an index beside the one in use, point to it, and clear what is in use no more."""
        number = self.index_folder.name.rpartition("-")[2]
        folder = self.home / f"{_FIRST}-{int(number) + 1 if number.isdigit() else 1}"
        shutil.rmtree(folder, ignore_errors=True)
        index.save(folder)
        pointer = self.home / f"{_POINTER}.new"
        pointer.write_text(folder.name + "\n", "utf-8")
        os.replace(pointer, self.home / _POINTER)
        for other in self.home.glob(f"{_FIRST}*"):
            if other != folder and other.is_dir():
                shutil.rmtree(other, ignore_errors=True)
        held = {document.sha256 for document in index.documents.values()}
        for file in (self.home / _FILES).glob("*.*"):
            if file.stem not in held:
                file.unlink(missing_ok=True)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep other writers out."""
        from filelock import FileLock, Timeout

        self.home.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.home / "lock", timeout=_LOCK_SECONDS):
                yield
        except Timeout:
            raise ValueError(f"another program is writing to the library in {self.home}: wait for it to end") from None


def _set(document: Document, about: About) -> Document:
    """The document with what was set for it."""
    return replace(
        document,
        title=about.title or document.title,
        company=about.company or document.company,
        year=about.year or document.year,
        language=about.language or document.language,
    )


def report_files(path: Path) -> list[Path]:
    """A file itself, or all reports in a folder.

    Raises:
        FileNotFoundError: If there is neither.
        ValueError: If the folder holds no report.
    """
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file())
        files = [one for one in files if one.stem.lower() != "readme"]
        files = [one for one in files if not any(part.startswith(".") for part in one.relative_to(path).parts)]
        if not files:
            raise ValueError(f"no report in the folder {path}: give {', '.join(SUFFIXES)}")
        return files
    if not path.exists():
        raise FileNotFoundError(f"no such file or folder: {path}")
    return [path]


def _bundled() -> list[Document]:
    return [load_document(path) for path in sorted(_BUNDLED.iterdir()) if path.suffix in SUFFIXES]


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("reportqa", appauthor=False)
