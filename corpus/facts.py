"""The figures of a document with what they measure: table cells, key-figure boxes, bold figures in sentences.

This module does not know questions; it does not judge which of two figures is right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.document import Block, Document, Row, Table
from corpus.figure import Figure, Found, cell_figure, find_figures, unit_factor, unit_scale
from corpus.footnotes import Footnotes, inline_note, unmarked
from corpus.labels import clause, label, respective
from corpus.passage import Fact, Passage
from corpus.tables import (
    group_columns,
    holds_value,
    is_number_header,
    is_period,
    is_placeholder,
    is_unit_header,
    row_header_column,
)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BRACKETED = re.compile(r"[(（]([^()（）]{1,40})[)）]\s*$|,\s*(?:in\s)?([^,]{1,20})$")
_UNIT_CAPTION = re.compile(r"\b(?:in|units?:)\s+([^,;()]+)", re.IGNORECASE)
_PERIOD_WORD = re.compile(r"^(?:year|fiscal year|reporting year|for the year)\s+(?=(?:19|20)\d\d)", re.IGNORECASE)


def facts(document: Document, passages: Sequence[Passage]) -> list[Fact]:
    """Find a document's facts, in reading order.

    Args:
        document: The document.
        passages: Its passages, as `split` gives them.
    """
    return list(_Finder(document, passages).facts())


class _Finder:
    """Walks over a document's blocks; each fact is given the passage that it stands in."""

    def __init__(self, document: Document, passages: Sequence[Passage]) -> None:
        self._document = document
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]
        self._footnotes = Footnotes(document)
        self._year = str(document.year) if document.year else ""
        tables = [block.table for block in document.blocks if block.table]
        self._names = Counter(name for table in tables for name in self._row_names(table))

    def facts(self) -> Iterator[Fact]:
        period = self._year
        for block in self._document.blocks:
            if block.table:
                yield from self._table(block.table)
            elif block.kind == "key_figure":
                yield from self._key_figure(block, period)
                continue
            elif block.kind in ("paragraph", "list"):
                yield from self._bold(block)
            period = self._lead_period(block)

    def _lead_period(self, block: Block) -> str:
        """The year that a line above key figures gives them: "In 2023:"."""
        text = self._document.text[block.start : block.end]
        years = _YEAR.findall(text) if block.kind == "paragraph" and text.endswith((":", "：")) else []
        return str(years[-1]) if years else self._year

    def _fact(self, found: Found, metric: str, unit: str, period: str, scope: str, **place: str) -> Fact | None:
        """A fact of a figure in the document's text, None where no passage holds it."""
        at = bisect_right(self._starts, found.start) - 1
        if at < 0 or found.end > self._passages[at].end or not metric:
            return None
        passage = self._passages[at]
        scale = unit_scale(unit) or unit_scale(re.sub(r"[\d.,]+", "", found.figure.text))
        return Fact(
            passage_id=passage.id,
            document_id=self._document.id,
            metric=metric,
            figure=found.figure,
            unit=unit,
            scale=scale,
            period=period,
            scope=scope,
            start=found.start,
            end=found.end,
            **place,
        )

    def _words(self, row: Row) -> list[str]:
        return [self._document.text[cell.start : cell.end] for cell in row.cells]

    def _row_names(self, table: Table) -> list[str]:
        groups = group_columns(table, self._document.text)
        rows = [self._words(row) for row in table.rows]
        named = [(words, row_header_column(table.header, words, groups)) for words in rows]
        return [words[column] for words, column in named if column is not None]

    def _table(self, table: Table) -> Iterator[Fact]:
        rows = [self._words(row) for row in table.rows]
        groups = group_columns(table, self._document.text)
        columns = [c for c in range(groups, len(table.header)) if _is_value_column(c, rows, table.header)]
        for row, words in zip(table.rows, rows, strict=True):
            named = row_header_column(table.header, words, groups)
            name = words[named] if named is not None else ""
            notes = [note for _, note in self._footnotes.of(name, row.end)]
            # A label of the first columns is needed only where another row has the same name.
            group = row.group if self._names[name] > 1 or not name else row.group[groups:]
            metric = " > ".join(filter(None, [*group, unmarked(name)]))
            for column in columns:
                unit = _unit(words, table, name, column)
                figure = cell_figure(unmarked(words[column]), unit) if column != named else None
                if figure is None:
                    continue
                cell = row.cells[column]
                header = table.header[column]
                scope = [*notes, *(note for _, note in self._footnotes.of(words[column], row.end))]
                fact = self._fact(
                    Found(cell.start, cell.start + len(figure.text), figure),
                    metric or header,
                    unit or _written_unit(figure),
                    _period(header) or self._year,
                    "; ".join(scope),
                    row=name,
                    column=header,
                )
                if fact:
                    yield fact

    def _key_figure(self, block: Block, period: str) -> Iterator[Fact]:
        """One fact a box: its figure, named by the words around it."""
        text = self._document.text[block.start : block.end]
        found = [f for f in find_figures(text) if not f.figure.is_year]
        bold = [f for f in found if "**" in text[max(0, f.start - 2) : f.end]]
        for main in bold or found[:1]:
            metric, unit = label(text, main, alone=len(bold) < 2)
            place = Found(block.start + main.start, block.start + main.end, main.figure)
            note = [note for _, note in self._footnotes.of(text, block.end)]
            fact = self._fact(place, unmarked(metric), unit or _written_unit(main.figure), period, "; ".join(note))
            if fact:
                yield fact

    def _bold(self, block: Block) -> Iterator[Fact]:
        """Bold figures of sentences, named by their clauses."""
        text = self._document.text[block.start : block.end]
        if "**" not in text:
            return
        found = [f for f in find_figures(text) if "**" in text[max(0, f.start - 2) : f.end]]
        scope = inline_note(text)
        for main in found:
            metric = respective(text, main, found) or clause(text, main)
            place = Found(block.start + main.start, block.start + main.end, main.figure)
            fact = self._fact(place, metric, _written_unit(main.figure), self._year, scope)
            if fact:
                yield fact


def _is_value_column(column: int, rows: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    """Whether most of a column's cells are figures, row numbers left out."""
    cells = [words[column] for words in rows if words[column] and not is_placeholder(words[column])]
    figures = sum(map(holds_value, cells))
    return not is_number_header(header[column]) and not is_unit_header(header[column]) and 2 * figures > len(cells)


def _unit(words: Sequence[str], table: Table, name: str, column: int) -> str:
    """A cell's unit: of its unit column, else in brackets after the row's name or the header, else in the caption."""
    for place, header in enumerate(table.header):
        if is_unit_header(header) and words[place]:
            return "" if is_placeholder(words[place]) else words[place]
    for text in (name, table.header[column]):
        bracketed = _BRACKETED.search(text)
        unit = (bracketed[1] or bracketed[2]).strip() if bracketed else ""
        if unit and not is_period(unit) and (unit_factor(unit)[0] or unit_scale(unit)):
            return unit
    caption = _UNIT_CAPTION.search(table.caption)
    return caption[1].strip() if caption else ""


def _period(header: str) -> str:
    """The period that a column's header names, without the word for year; empty where it names none."""
    for part in reversed(header.split(" > ")):
        bare = unmarked(re.sub(_BRACKETED, "", part)).strip() if not is_period(part) else part.strip()
        if bare and is_period(bare):
            return _PERIOD_WORD.sub("", bare)
    return ""


def _written_unit(figure: Figure) -> str:
    """A figure's own unit and scale as written: "RMB million" in "RMB 42.16 million"."""
    return " ".join(re.sub(r"[-−–]?\d[\d.,\s]*|\*+|[()]", " ", figure.text).split())
