"""A PDF becomes a `Document`: its pages read in parallel, put in reading order, and written as blocks.

A PDF may be damaged, endless or made to do harm: it is opened only in processes of their own. Text that runs upwards
or down a page is left out. A page that is only a picture is read by OCR where that is installed and named in
`Document.ocr_pages`, else in `Document.unread_pages`.
This module does not know how a page is understood.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.draft import Reading
from corpus.pdf import ocr
from corpus.pdf.charts import charts
from corpus.pdf.compose import compose
from corpus.pdf.content import PageContent
from corpus.pdf.headings import Item
from corpus.pdf.layout import Framed, PlacedTable, frames, read_page
from corpus.pdf.lines import TextLine, body_size, text_lines, without_running
from corpus.pdf.page import page_content
from corpus.pdf.tables.finder import find_tables
from corpus.pdf.tables.grid import build_table
from corpus.pdf.workers import PdfWorkers

MAX_PAGES = 2000
MAX_BYTES = 500 * 1024 * 1024
_PAGES_A_WORKER = 6  # fewer are read sooner than another process starts
_MAX_TITLE_LINES = 4
_MAX_TITLE_CHARS = 90
_COMMON = 3
_PAGE_NUMBER = re.compile(r"[\s|·-]*\b\d{1,3}$|^\d{1,3}\s+")


def read_pdf(path: Path, progress: Callable[[int, int], None] = lambda done, total: None) -> Reading:
    """Read a PDF.

    Args:
        path: The file.
        progress: Called with (pages read, pages in all).

    Raises:
        ValueError: If it is too large, protected, damaged, without pages, or without any text.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path.name}: it is larger than {MAX_BYTES // 1024**2} MB")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    with PdfWorkers(path, opened) as workers:
        count, named = workers.about
        if not count:
            raise ValueError(f"{path.name}: it has no pages")
        if count > MAX_PAGES:
            raise ValueError(f"{path.name}: it has {count:,} pages, more than the {MAX_PAGES:,} that are read")
        workers.grow(min(os.cpu_count() or 1, -(-count // _PAGES_A_WORKER)))
        read = workers.map(read_content, [(n,) for n in range(1, count + 1)], lambda done: progress(done // 2, count))
        contents: list[PageContent] = [content for content, _ in read]
        kept = without_running(contents, [lines for _, lines in read])
        usual = body_size([lines for lines, _ in kept])
        tasks = [(page, lines, usual) for page, (lines, _) in zip(contents, kept, strict=True)]
        items = workers.map(lay_out, tasks, lambda done: progress((count + done) // 2, count))
    document = compose([(page.number, found) for page, found in zip(contents, items, strict=True)]).document(digest)
    if not document.text:
        raise ValueError(f"{path.name}: it has no text, only pictures{_how_to_read()}")
    unread = tuple(page.number for page in contents if not page.words and page.has_image)
    recognised = tuple(page.number for page in contents if page.recognised)
    labels = tuple(label for _, label in kept)
    titles = _titles([lines for _, lines in read], [lines for lines, _ in kept], named)
    return Reading(replace(document, page_labels=labels, unread_pages=unread, ocr_pages=recognised), titles)


def _how_to_read() -> str:
    wanted = ocr.missing()
    return f": to read them, {wanted}" if wanted else ", and none of them could be read"


def opened(pdf: Any) -> tuple[int, str]:  # noqa: ANN401 - pypdfium2 carries no types
    """How many pages a PDF has, and the title that its properties give."""
    return len(pdf), str(pdf.get_metadata_dict().get("Title", "")).strip()


def read_content(pdf: Any, number: int) -> tuple[PageContent, list[TextLine]]:  # noqa: ANN401
    """What stands on a page, and its lines."""
    content = page_content(pdf, number)
    if not content.words and content.has_image:
        content.words = ocr.recognised(pdf[number - 1], content)
        content.recognised = bool(content.words)
    return content, text_lines(content.words)


def lay_out(pdf: Any, page: PageContent, lines: list[TextLine], usual: float) -> list[Item]:  # noqa: ANN401
    """A page's paragraphs and tables in reading order. What has been read is all it needs of the PDF."""
    framed = []
    for box, inside in frames(lines, page):
        framed.append(Framed(_arranged(inside, [], page, usual), box))
        lines = [line for line in lines if not any(line is other for other in inside)]
    return _arranged(lines, framed, page, usual)


def _arranged(lines: list[TextLine], framed: list[Framed], page: PageContent, usual: float) -> list[Item]:
    """Lines with the tables among them, in reading order."""
    tables, taken = [], set()
    for region in find_tables(lines, page, usual):
        found = build_table(region, page)
        if found is None:
            continue
        draft, columns = found
        tables.append(PlacedTable(draft, (region.x0, region.y0, region.x1, region.y1), columns))
        held = [*region.bands, *region.caption]
        taken |= {id(word) for band in held for cell in band.cells for word in cell.words}
    left = _left(lines, taken)
    for chart, cells in charts(left):
        tables.append(chart)
        taken |= {id(word) for cell in cells for word in cell.words}
    return read_page(_left(left, taken), tables, framed, usual)


def _left(lines: list[TextLine], taken: set[int]) -> list[TextLine]:
    """Lines without the words that are taken, by their ids."""
    left = [[word for word in line.words if id(word) not in taken] for line in lines]
    return [TextLine(words) for words in left if words]


def _titles(whole: list[list[TextLine]], kept: list[list[TextLine]], named: str) -> tuple[str, ...]:
    """What may be the title: the first page's largest words, what runs over the pages, the first page's lines."""
    running: Counter[str] = Counter()
    for lines, rest in zip(whole, kept, strict=True):
        left = {id(line) for line in rest}
        running.update(_PAGE_NUMBER.sub("", line.text) for line in lines if id(line) not in left)
    common = [text for text, _ in running.most_common(_COMMON)]
    cover = [line.text for line in whole[0] if len(line.text) <= _MAX_TITLE_CHARS]
    return tuple(title for title in (_largest(whole[0]), *common, *cover, named) if title)


def _largest(lines: list[TextLine]) -> str:
    """The largest words of a page, where there are few of them."""
    sizes = [line.look.size for line in lines if sum(map(str.isalpha, line.text)) > 2]
    large = [line.text for line in lines if line.look.size >= 0.98 * max(sizes, default=0.0)]
    return " ".join(large) if len(large) <= _MAX_TITLE_LINES else ""
