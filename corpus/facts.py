"""The figures of a document with what they measure: table cells, key-figure boxes, bold figures in sentences.

This module does not know questions; it does not judge which of two figures is right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.cells import (
    holds_value,
    is_number_header,
    is_period,
    is_placeholder,
    is_unit_header,
    row_header_column,
)
from corpus.document import Block, Document, Row, Table
from corpus.figure import Figure, Found, cell_figure, find_figures, unit_scale
from corpus.footnotes import Footnotes, inline_note, unmarked
from corpus.labels import Label, box_label, clause_label, is_change, respective
from corpus.passage import Fact, Passage
from corpus.tables import group_columns
from corpus.units import caption_title, cell_unit, is_excepted, period_in, period_of

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


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
                yield from self._table(block, block.table)
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

    def _table(self, block: Block, table: Table) -> Iterator[Fact]:
        rows = [self._words(row) for row in table.rows]
        groups = group_columns(table, self._document.text)
        columns = [c for c in range(groups, len(table.header)) if _is_value_column(c, rows, table.header)]
        for row, words in zip(table.rows, rows, strict=True):
            named = row_header_column(table.header, words, groups)
            name = words[named] if named is not None else ""
            notes = [note for _, note in self._footnotes.of(name, row.end)]
            metric = self._metric(block, table, row, name, groups)
            excepted = is_excepted(table, [*row.group, name])
            dated = next(filter(None, map(period_in, (name, *reversed(row.group)))), "")
            for column in columns:
                header, word, start = table.header[column], words[column], row.cells[column].start
                left_out = excepted or is_excepted(table, [header]) or _measures_itself(word)
                unit = "" if left_out else cell_unit(words, table, named, column)
                figure = cell_figure(unmarked(word), unit) if column != named else None
                if figure is None:
                    continue
                start += max(word.find(figure.text), 0)
                scope = "; ".join([*notes, *(note for _, note in self._footnotes.of(word, row.end))])
                period = period_of(header) or dated or self._year
                found = Found(start, start + len(figure.text), figure)
                unit = unit or _written_unit(figure)
                fact = self._fact(found, metric or header, unit, period, scope, row=name, column=header)
                if fact:
                    yield fact

    def _metric(self, block: Block, table: Table, row: Row, name: str, groups: int) -> str:
        """What a row measures: its name, led by what tells it from other rows of the same name."""
        repeated = self._names[name] > 1 or not name
        title = caption_title(table.caption)
        # A label of the first columns is needed only where another row has the same name.
        labels = row.group if repeated else row.group[groups:]
        place = block.section[-1:] if repeated and not labels and not title else ()
        return " > ".join(filter(None, [*place, title, *map(unmarked, labels), unmarked(name)]))

    def _key_figure(self, block: Block, period: str) -> Iterator[Fact]:
        """One fact a box, its figure named by the words around it; one a figure where several are bold."""
        text = self._document.text[block.start : block.end]
        found = [f for f in find_figures(text) if not f.figure.is_year]
        bold = [f for f in found if _is_bold(text, f)]
        scope = "; ".join(note for _, note in self._footnotes.of(text, block.end))
        for main in bold or found[:1]:
            label = box_label(text, main, alone=len(bold) < 2)
            yield from self._named(block, main, label, period, scope)

    def _bold(self, block: Block) -> Iterator[Fact]:
        """Bold figures of sentences, named by their clauses; a mere change also by what was named before it."""
        text = self._document.text[block.start : block.end]
        found = [f for f in find_figures(text) if _is_bold(text, f)] if "**" in text else []
        changed = ""
        for main in found:
            label = clause_label(text, main)
            label = Label(respective(text, main, found) or label.metric, label.unit)
            if is_change(label.metric) and changed:
                label = Label(f"{changed}: {label.metric}", label.unit)
            else:
                changed = label.metric
            yield from self._named(block, main, label, self._year, inline_note(text))

    def _named(self, block: Block, main: Found, label: Label, period: str, scope: str) -> Iterator[Fact]:
        """The fact of a figure of a block's text."""
        unit = " ".join(filter(None, [_written_unit(main.figure), label.unit]))
        place = Found(block.start + main.start, block.start + main.end, main.figure)
        fact = self._fact(place, unmarked(label.metric), unit, period, scope)
        if fact:
            yield fact


def _measures_itself(cell: str) -> bool:
    """Whether a cell has a unit of its own, which is not a currency, so that the table's scale is none of its: "4%"."""
    own = [found.figure.unit for found in find_figures(unmarked(cell))]
    return len(own) == 1 and own[0] != "" and re.fullmatch("[A-Z]{3}", own[0]) is None


def _is_bold(text: str, found: Found) -> bool:
    return "**" in text[max(0, found.start - 2) : found.end]


def _is_value_column(column: int, rows: Sequence[Sequence[str]], header: Sequence[str]) -> bool:
    """Whether most of a column's cells are figures: not its rows' numbers, and not years in a table without units."""
    cells = [words[column] for words in rows if words[column] and not is_placeholder(words[column])]
    figures = sum(map(holds_value, cells))
    if is_number_header(header[column]) or is_unit_header(header[column]) or 2 * figures <= len(cells):
        return False
    return any(map(is_unit_header, header)) or not all(is_period(cell) for cell in cells)


def _written_unit(figure: Figure) -> str:
    """A figure's own unit and scale as written: "RMB million" in "RMB 42.16 million"."""
    return " ".join(re.sub(r"[-−–]?\d[\d.,\s]*|\*+|[()]", " ", figure.text).split())
