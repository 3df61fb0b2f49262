"""A file becomes a `Document`: its text, its blocks, and what is known about it.

What a file does not say itself may stand beside it in `name.json`: title, company, year, language, and the page of
each section by title. This module does not know passages.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.about import company_in, find_language, find_title, find_year, legal_name
from corpus.document import Document
from corpus.draft import Reading
from corpus.formats.text import read_blocks

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
SUFFIXES = (*TEXT_SUFFIXES, ".pdf", ".docx", ".html", ".htm", ".xhtml")
_TITLE_LINES = 12
_FIRST_CHARS = 6000  # of a report's text, which name its company and its year


@dataclass(frozen=True, slots=True)
class About:
    """What is known about a report; empty or None where it is not.

    Attributes:
        title: What a person would call it.
        company: Who it is about.
        year: The reporting year.
        language: ISO 639-1 code.
        pages: The page on which each section begins, by the section's title.
    """

    title: str = ""
    company: str = ""
    year: int | None = None
    language: str = ""
    pages: dict[str, int] = field(default_factory=dict)


def load_document(path: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Document:
    """Read a report.

    Args:
        path: A file of one of `SUFFIXES`, perhaps with `name.json` beside it.
        progress: Called with (pages read, pages in all) where a file has pages.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file is empty, damaged, protected, too large or of a kind that is not read, or `name.json`
            is malformed.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no such file: {path}")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise ValueError(
            f"{path.name}: cannot read {path.suffix or 'a file without an extension'}; give {', '.join(SUFFIXES)}"
        )
    about = _about(path)
    if suffix in TEXT_SUFFIXES:
        return _from_text(path, about)
    return _named(path, about, _read(path, suffix, progress))


def _read(path: Path, suffix: str, progress: Callable[[int, int], None]) -> Reading:
    if suffix == ".pdf":
        from corpus.pdf.document import read_pdf

        return read_pdf(path, progress)
    if suffix == ".docx":
        from corpus.formats.docx import read_word

        return read_word(path)
    from corpus.formats.html import read_web

    return read_web(path)


def _from_text(path: Path, about: About) -> Document:
    data = path.read_bytes()
    text = _decoded(path, data)
    blocks = read_blocks(text, about.pages)
    lines = [re.sub(r"^#+\s*|\*\*", "", line.strip()) for line in text.split("\n") if line.strip()][:_TITLE_LINES]
    title = about.title or find_title(lines) or path.stem
    return Document(
        id=document_id(path),
        title=title,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=blocks,
        company=about.company or company_in(title),
        year=about.year or find_year((title, path.stem, "\n".join(lines))),
        language=about.language or find_language(text),
    )


def _named(path: Path, about: About, reading: Reading) -> Document:
    """A document with what is known about it; a title that names neither company nor year is given both."""
    text = reading.document.text
    first = text[:_FIRST_CHARS]
    title = about.title or find_title(reading.titles) or path.stem
    company = about.company or company_in(title) or legal_name(first)
    year = about.year or find_year((title, path.stem, first[: _FIRST_CHARS // 2]))
    if not about.title:
        title = title if company.lower() in title.lower() else f"{company} {title}"
        title = title if year is None or find_year((title,)) == year else f"{title} {year}"
    return replace(
        reading.document,
        id=document_id(path),
        title=title,
        company=company,
        year=year,
        language=about.language or reading.language or find_language(text),
    )


def document_id(path: Path) -> str:
    """A file's name in kebab case."""
    return re.sub(r"[^\w]+|_", "-", path.stem.lower()).strip("-") or "report"


def _decoded(path: Path, data: bytes) -> str:
    if b"\0" in data:
        raise ValueError(f"{path.name} is a binary file, not text: save the report as text in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} is not UTF-8 (byte {error.start}): save it again as UTF-8") from None
    if not text.strip():
        raise ValueError(f"{path.name} is empty: there is nothing to read")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _about(path: Path) -> About:
    """What `name.json` says."""
    beside = path.with_suffix(".json")
    if not beside.is_file():
        return About()
    try:
        found: dict[str, Any] = json.loads(beside.read_text("utf-8"))
        about = About(**found)
        pages = {str(title): int(page) for title, page in about.pages.items()}
        year = None if about.year is None else int(about.year)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{beside.name} is malformed: it may give title, company, year, language and pages ({error})"
        ) from None
    return About(str(about.title), str(about.company), year, str(about.language), pages)
