"""The facts of the reports as a table: searched, sorted, shown in place, exported.

This module does not know how facts were found.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from corpus.passage import Fact
from index.passage_index import PassageIndex
from ui.evidence import page_label, section_label, steps_html, surroundings
from ui.export import FACT_COLUMNS, Cell, fact_rows, write_csv, write_sheet

_SHOWN = ("Metric", "As written", "Unit", "Period", "Scope", "Section", "Page")


class FactTable:
    """The table's rows and what can be done with them.

    Attributes:
        columns: What is shown: the report when there are several, no column that is empty.
    """

    def __init__(self, index: PassageIndex) -> None:
        self.index = index
        self._rows = fact_rows(index.facts, index)
        columns = (*_SHOWN, "Report") if len(index.documents) > 1 else _SHOWN
        filled = {column for place, column in enumerate(FACT_COLUMNS) if any(row[place] for row in self._rows)}
        self.columns = tuple(column for column in columns if column in filled)
        self._read = [" ".join(_key(self._cells(row))).casefold() for row in self._rows]
        self._fact = {_key(self._cells(row)): fact for row, fact in zip(self._rows, index.facts, strict=True)}

    def __len__(self) -> int:
        return len(self._rows)

    def search(self, words: str) -> list[list[Cell]]:
        """The rows that hold every word in what is shown of them."""
        return [self._cells(row) for row in self._found(words)]

    def evidence(self, row: Sequence[Cell]) -> str:
        """Where a row stands, as a card; an empty string for a row that is not of this table."""
        fact: Fact | None = self._fact.get(_key(row))
        if fact is None:
            return ""
        document, passage = self.index.documents[fact.document_id], self.index.passage(fact.passage_id)
        return (
            f'<article class="card" aria-label="Evidence"><header><div class="place"><h3>{escape(document.title)}</h3>'
            f'<p class="section">{escape(section_label(passage.section))}</p></div>'
            f'<span class="page">{page_label(passage.page)}</span></header>'
            f'<div class="around">{surroundings(document, fact.start, fact.end)}</div>'
            f'{steps_html(fact.passage_id)}<footer><button type="button" class="quiet" data-action="chart"'
            f' data-text="{escape(fact.id)}">Add to the chart</button></footer></article>'
        )

    def facts(self, words: str) -> list[Fact]:
        """The facts whose rows the search gives."""
        return [fact for fact, found in zip(self.index.facts, self._matches(words), strict=True) if found]

    def export(self, facts: Sequence[Fact], suffix: str) -> Path:
        """A file of facts; `suffix` is ".xlsx" or ".csv"."""
        path = Path(tempfile.mkdtemp()) / f"facts{suffix}"
        (write_sheet if suffix == ".xlsx" else write_csv)(FACT_COLUMNS, fact_rows(facts, self.index), path)
        return path

    def write(self, words: str, path: Path) -> int:
        """Write the rows that the search gives, with each fact's stable id, and give their number.

        Args:
            words: As `search` takes them.
            path: Ends in ".xlsx", ".csv" or ".json"; written beside its place, then moved there.
        """
        ids = {id(row): fact.id for row, fact in zip(self._rows, self.index.facts, strict=True)}
        rows: list[list[Cell]] = [[ids[id(row)], *row] for row in self._found(words)]
        columns = ("Id", *FACT_COLUMNS)
        fresh = path.with_name(f"{path.name}.new")
        if path.suffix == ".json":
            objects = [dict(zip(columns, row, strict=True)) for row in rows]
            fresh.write_text(json.dumps(objects, ensure_ascii=False, indent=1) + "\n", "utf-8")
        else:
            (write_sheet if path.suffix == ".xlsx" else write_csv)(columns, rows, fresh)
        fresh.replace(path)
        return len(rows)

    def _found(self, words: str) -> list[list[Cell]]:
        return [row for row, found in zip(self._rows, self._matches(words), strict=True) if found]

    def _matches(self, words: str) -> list[bool]:
        wanted = words.casefold().split()
        return [all(word in read for word in wanted) for read in self._read]

    def _cells(self, row: Sequence[Cell]) -> list[Cell]:
        return [row[FACT_COLUMNS.index(column)] for column in self.columns]


def _key(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell) for cell in row)
