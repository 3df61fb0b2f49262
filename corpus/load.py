"""A file becomes a `Document`: its text, its blocks, and what is known about it.

What a file does not say itself may stand beside it in `name.json`: title, company, year, language, and the page of
each section by title. This module does not know passages.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.document import Document
from corpus.text import read_blocks

TEXT_SUFFIXES = (".txt", ".text", ".md", ".markdown")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REPORT = re.compile(
    r"\b(?:report|review|statements?|disclosures?|form 10-[kq]|accounts|factsheet|data ?book)\b|报告", re.IGNORECASE
)
_KIND = re.compile(
    r"\b(?:annual|sustainability|esg|environmental|social|integrated|corporate|non-?financial|quarterly|interim|climate|"
    r"responsibility|report|review|statements?|(?:fiscal )?(?:fy ?)?(?:19|20)\d\d)\b.*",
    re.IGNORECASE,
)
_TITLE_LINES = 12
_MAX_TITLE_CHARS = 160


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


def load_document(path: Path) -> Document:
    """Read a report.

    Args:
        path: A text or Markdown file in UTF-8, perhaps with `name.json` beside it.

    Raises:
        FileNotFoundError: If there is no such file.
        ValueError: If the file is empty, binary, not UTF-8 or of a kind that is not read, or `name.json` is malformed.
    """
    if not path.is_file():
        raise FileNotFoundError(f"no such file: {path}")
    if path.suffix.lower() not in TEXT_SUFFIXES:
        raise ValueError(
            f"{path.name}: cannot read {path.suffix or 'a file without an extension'}; give {', '.join(TEXT_SUFFIXES)}"
        )
    data = path.read_bytes()
    text = _decoded(path, data)
    about = _about(path)
    blocks = read_blocks(text, about.pages)
    title = about.title or _title(text) or path.stem
    return Document(
        id=document_id(path),
        title=title,
        sha256=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=blocks,
        company=about.company or _company(title),
        year=about.year or _year(title, path.stem, text),
        language=about.language or _language(text),
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


def _title(text: str) -> str:
    """The first line that reads like a report's title, else the first line."""
    lines = [re.sub(r"^#+\s*|\*\*", "", line.strip()) for line in text.split("\n") if line.strip()][:_TITLE_LINES]
    short = [line for line in lines if len(line) <= _MAX_TITLE_CHARS]
    named = (line for line in short if _REPORT.search(line) and not line.endswith("."))
    return " ".join(next(named, short[0] if short else "").split())


def _company(title: str) -> str:
    """What a title says before it names the kind of report."""
    first = re.split(r"\s[|–—-]\s|:\s", title)[0]
    return re.sub(r"['’]s$", "", _KIND.sub("", first).strip(" ,-–—|"))


def _year(title: str, stem: str, text: str) -> int | None:
    """The last year that the title names, else the file's name, else the text's first lines."""
    for place in (title, stem, "\n".join(text.strip().split("\n")[:_TITLE_LINES])):
        years = _YEAR.findall(place)
        if years:
            return int(years[-1])
    return None


def _language(text: str) -> str:
    """Chinese where a good part of the letters are, else English."""
    letters = sum(map(str.isalpha, text))
    return "zh" if 5 * len(re.findall(r"[\u4e00-\u9fff]", text)) > letters else "en"
