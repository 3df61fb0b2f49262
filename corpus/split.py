"""A document's blocks become passages: a paragraph, a table row, a key figure, a list.

A passage reads on its own: its section leads it, a row carries its headers and footnotes, a figure its label. This
module does not know how passages are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.cells import is_placeholder, is_unit_header, row_header_column
from corpus.document import Block, Cell, Document, Row, Table
from corpus.footnotes import Footnotes
from corpus.lines import bullet, is_sentence
from corpus.passage import Part, Passage, PassageKind
from corpus.sentences import sentences
from corpus.tables import group_columns
from corpus.units import said_unit

# A passage and its section line stay within the default embedder's window of 256 tokens.
MAX_CHARS = 900
_MIN_PARAGRAPH_CHARS = 60
_UNREAD = re.compile(r"\*\*|\s*\n\s*|\t+")


def split(document: Document) -> list[Passage]:
    """Cut a document into passages, in reading order. All its text is in one, but for headings and table headers."""
    return list(_passages(document))


def _passages(document: Document) -> Iterator[Passage]:
    """Passages block by block; a line that ends in a colon goes with what follows it."""
    footnotes = Footnotes(document)
    lead: Block | None = None  # not yet in a passage
    heading: Block | None = None  # the lead of a run of key figures, which each of them carries
    for place, block in enumerate(document.blocks):
        after = document.blocks[place + 1] if place + 1 < len(document.blocks) else None
        if block.kind == "paragraph" and lead is None and _leads(document, block, after):
            lead = block
            continue
        if block.kind == "key_figure":
            heading = lead or heading
            yield _key_figure(document, block, lead, heading)
        elif block.table:
            heading = None
            yield from _table_rows(document, block, block.table, lead, footnotes)
        elif block.kind != "heading":
            heading = None
            yield from _prose(document, block, lead)
        else:
            heading = None
        lead = None


def _leads(document: Document, block: Block, after: Block | None) -> bool:
    """Whether a paragraph is a line that what follows belongs to."""
    if after is None or after.kind in ("heading", "footnote") or block.end - block.start > MAX_CHARS // 2:
        return False
    text = document.text[block.start : block.end]
    return text.endswith((":", "：")) or (after.kind == "list" and "\n" not in text and not is_sentence(text))


def _passage(
    document: Document, block: Block, kind: PassageKind, start: int, end: int, parts: Sequence[Part]
) -> Passage:
    name = f"{document.id}#{start}"
    text = document.text[start:end]
    page = document.page_at(start) or block.page
    return Passage(name, document.id, block.section, page, start, end, text, kind, tuple(parts))


def _verbatim(document: Document, start: int, end: int) -> list[Part]:
    """A stretch of the document as parts, without bold marks; line ends and tabs become single line ends."""
    parts = []
    for match in _UNREAD.finditer(document.text, start, end):
        parts.append(Part(document.text[start : match.start()], start))
        if match.group() != "**":
            parts.append(Part("\n"))
        start = match.end()
    parts.append(Part(document.text[start:end], start))
    return [part for part in parts if part.text]


def _key_figure(document: Document, block: Block, lead: Block | None, heading: Block | None) -> Passage:
    start = lead.start if lead else block.start
    parts = _verbatim(document, start, block.end)
    if heading and not lead:
        parts = [Part(document.text[heading.start : heading.end] + "\n"), *parts]
    return _passage(document, block, "key_figure", start, block.end, parts)


def _prose(document: Document, block: Block, lead: Block | None) -> Iterator[Passage]:
    """A paragraph or a list, cut at sentences or items where it is long."""
    kind: PassageKind = "list" if block.kind == "list" else "prose"
    start = lead.start if lead else block.start
    units = _items(document, block) if kind == "list" else _sentences(document, block.start, block.end)
    units[0] = (start, units[0][1])
    repeated = [Part(document.text[lead.start : lead.end] + "\n")] if lead else []
    for place, (first, last) in enumerate(_packed(units)):
        parts = _verbatim(document, first, last)
        yield _passage(document, block, kind, first, last, parts if place == 0 else [*repeated, *parts])


def _items(document: Document, block: Block) -> list[tuple[int, int]]:
    """Spans of a list's items, cut further where one is long."""
    spans: list[tuple[int, int]] = []
    start = block.start
    for match in re.finditer(r"\n[ \t]*", document.text[block.start : block.end]):
        at = block.start + match.end()
        if bullet(document.text[at : block.end]):
            spans += _sentences(document, start, block.start + match.start())
            start = at
    return [*spans, *_sentences(document, start, block.end)] if spans else _sentences(document, start, block.end)


def _sentences(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences of a stretch too long for a passage, cut at spaces where one is too long itself."""
    if end - start <= MAX_CHARS:
        return [(start, end)]
    spans = []
    for first, last in sentences(document.text[start:end]):
        first, last = first + start, last + start
        while last - first > MAX_CHARS:
            space = document.text.rfind(" ", first + MAX_CHARS // 2, first + MAX_CHARS)
            cut = space if space > 0 else first + MAX_CHARS
            spans.append((first, cut))
            first = cut + (space > 0)
        spans.append((first, last))
    return spans


def _packed(units: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join neighbouring spans into as few as fit, of about the same length."""
    total = units[-1][1] - units[0][0]
    count = -(-total // MAX_CHARS)
    aim = total / count
    packed = [units[0]]
    for start, end in units[1:]:
        first, last = packed[-1]
        room = end - first <= MAX_CHARS
        nearer = abs(end - first - aim) <= abs(last - first - aim) or start - first < aim / 2
        if room and nearer:
            packed[-1] = (first, end)
        else:
            packed.append((start, end))
    return packed


def _table_rows(
    document: Document, block: Block, table: Table, lead: Block | None, footnotes: Footnotes
) -> Iterator[Passage]:
    groups = group_columns(table, document.text)
    caption = [Part(table.caption + "\n")] if table.caption else []
    for place, row in enumerate(table.rows):
        start = row.start
        if place == 0 and (lead or table.caption):
            start = lead.start if lead else block.start
        first = [*_verbatim(document, lead.start, lead.end), Part("\n")] if lead and place == 0 else []
        yield from _row(document, block, table, row, start, [*first, *caption], groups, footnotes)


def _row(
    document: Document,
    block: Block,
    table: Table,
    row: Row,
    start: int,
    before: Sequence[Part],
    groups: int,
    footnotes: Footnotes,
) -> Iterator[Passage]:
    """A row as one passage, or one a cell where its cells are paragraphs or too long together."""
    words = [document.text[cell.start : cell.end] for cell in row.cells]
    named = row_header_column(table.header, words, groups)
    filled = [column for column in range(groups, len(words)) if words[column]]
    if len(filled) > 1 and all(len(words[column]) >= _MIN_PARAGRAPH_CHARS for column in filled):
        for column in filled:
            yield from _paragraph_cell(document, block, row.cells[column], table.header[column], before)
        return
    corner = table.header[named] if named is not None else ""
    unit = [Part(f"{corner}\n")] if said_unit(corner) else []
    name = [*unit, *_name(document, row, named)]
    said = [c for c in filled if c != named and not (is_unit_header(table.header[c]) and is_placeholder(words[c]))]
    lengths = [len(words[column]) for column in said]
    if name and len(said) < len(filled) and sum(lengths) > MAX_CHARS and max(lengths) > MAX_CHARS // 3:
        cells = [(row.cells[column], table.header[column]) for column in said]
        yield from _long_row(document, block, cells, start, [*before, *name])
        return
    values = [_value(document, row.cells[column], table.header[column]) for column in said]
    joined = [part for value in values for part in (Part("; "), *value)][1:]
    middle = [Part(" | ")] if name and joined else []
    notes = [note for column in filled for note in footnotes.of(words[column], row.end)]
    after = [Part(f"\n{mark} {note}") for mark, note in notes]
    yield _passage(document, block, "table_row", start, row.end, [*before, *name, *middle, *joined, *after])


def _long_row(
    document: Document, block: Block, cells: Sequence[tuple[Cell, str]], start: int, before: Sequence[Part]
) -> Iterator[Passage]:
    """A row too long for a passage as one a stretch of a cell, each led by the row's name."""
    name = Part("".join(part.text for part in before))
    stretches = [
        (first, last, f"{header}: " if header else "")
        for cell, header in cells
        for first, last in _packed(_sentences(document, cell.start, cell.end))
    ]
    for place, (first, last, title) in enumerate(stretches):
        led = [*(before if place == 0 else [name]), Part(f" | {title}")]
        begin = start if place == 0 else first
        yield _passage(document, block, "table_row", begin, last, [*led, *_verbatim(document, first, last)])


def _name(document: Document, row: Row, named: int | None) -> list[Part]:
    """A row's groups and its header."""
    header = row.cells[named] if named is not None else None
    parts: list[Part] = []
    for label in row.group:
        found = document.text.find(label, row.start, header.start if header else row.end)
        parts += [Part(label, found if found >= 0 else None), Part(" > ")]
    return [*parts, *_verbatim(document, header.start, header.end)] if header else parts[:-1]


def _value(document: Document, cell: Cell, header: str) -> list[Part]:
    parts = _verbatim(document, cell.start, cell.end)
    return [Part(f"{header}: "), *parts] if header else parts


def _paragraph_cell(
    document: Document, block: Block, cell: Cell, header: str, before: Sequence[Part]
) -> Iterator[Passage]:
    title = [Part(f"{header}: ")] if header else []
    for start, end in _packed(_sentences(document, cell.start, cell.end)):
        yield _passage(document, block, "table_row", start, end, [*before, *title, *_verbatim(document, start, end)])
