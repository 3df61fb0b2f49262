"""Rows of cells become a `Table`: its header, its groups, its rows, whatever a conversion did to them.

A conversion loses empty first cells, repeats the header where a table went on over a page, and leaves sub-headers as
rows without a value. This module does not know lines, sections or pages: it is given cells with their spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cells import holds_value, is_period, is_placeholder, is_rule, is_unit_header, row_header_column
from corpus.document import Cell, Row, Table
from corpus.figure import unit_factor

Cells = Sequence[Cell]

_PART = re.compile(r"\*{0,2}(?:of which|thereof|including|incl\.|[-–—•])\s", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]$")
_MAX_HEADER_CHARS = 80


def read_table(text: str, rows: Sequence[Cells], previous: Table | None = None) -> Table | None:
    """Find the structure of a table's rows.

    Args:
        text: The document's text.
        rows: Each row's cells in reading order; a rule line is a row of dashes.
        previous: The table that ended just above, which this one may go on from.

    Returns:
        The table, or None where the rows are no table: a single row, or a header with nothing below it.
    """
    words = [[text[cell.start : cell.end] for cell in row] for row in rows]
    body = [(row, cells) for row, cells in zip(rows, words, strict=True) if not is_rule(cells)]
    if len(body) < 2 and not (previous and body and len(body[0][0]) == len(previous.header)):
        return None
    width = max(len(row) for row, _ in body)
    ruled = len(words) > 1 and is_rule(words[1])
    caption, body = _caption(body, width)
    count = 1 if ruled else _header_rows([cells for _, cells in body], width)
    header = _header([cells for _, cells in body[:count]], width)
    if not count and previous and len(previous.header) == width:
        header = previous.header
    body = [(row, cells) for row, cells in body[count:] if not _repeats(cells, header)]
    if not body:
        return None
    goes_on = previous is not None and previous.header == header
    return Table(header, _rows(header, body, previous if goes_on else None), caption)


def group_columns(table: Table, text: str) -> int:
    """How many columns at the left hold group labels that span rows."""
    return _group_columns([[text[cell.start : cell.end] for cell in row.cells] for row in table.rows], table.header)


def _caption(body: list[tuple[Cells, list[str]]], width: int) -> tuple[str, list[tuple[Cells, list[str]]]]:
    """Rows at the top with a single cell are the table's title."""
    titles = []
    while width > 1 and len(body) > 2 and sum(map(bool, body[0][1])) == 1 and not holds_value("".join(body[0][1])):
        titles.append("".join(body[0][1]))
        body = body[1:]
    return " ".join(titles), body


def _header_rows(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many rows at the top are the header."""
    if len(rows) < 2 or not _is_header(rows[0]):
        return 0
    numeric = any(holds_value(cell) for row in rows[1:] for cell in row)
    if not numeric and max(map(len, rows[0])) > max(len(cell) for row in rows[1:] for cell in row):
        return 0
    count = 1
    # A second header row stands under a spanning cell, which leaves empty cells after it in the first.
    while (
        numeric
        and count < min(3, len(rows) - 1)
        and _is_header(rows[count])
        and sum(map(bool, rows[count])) >= 2
        and "" in [*rows[count - 1], *[""] * (width - len(rows[count - 1]))][1:]
        and not rows[count][0]
    ):
        count += 1
    return count


def _is_header(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) < min(2, len(cells)) or any(
        len(cell) > _MAX_HEADER_CHARS or is_placeholder(cell) for cell in filled
    ):
        return False
    return all(is_period(_BRACKETED.sub("", cell)) or not holds_value(cell) for cell in filled)


def _header(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """One string a column; a cell that spans columns leads each of them."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        label = ""
        for column in range(width):
            cell = row[column] if column < len(row) else ""
            label = cell or (label if column and depth < len(rows) - 1 else "")
            if label:
                columns[column].append(label)
    return tuple(" > ".join(dict.fromkeys(labels)) for labels in columns)


def _repeats(cells: Sequence[str], header: Sequence[str]) -> bool:
    return any(header) and [cell for cell in cells if cell] == [cell for cell in header if cell]


def _rows(header: tuple[str, ...], body: list[tuple[Cells, list[str]]], previous: Table | None) -> tuple[Row, ...]:
    """Rows with their cells under the right header, their groups, and sub-headers taken out."""
    width = len(header)
    profile = _profile(header, [cells for _, cells in body], width)
    placed = [_placed(row, cells, profile, width) for row, cells in body]
    groups = _group_columns([cells for _, cells in placed], header)
    labels = list(previous.rows[-1].group[:groups]) if previous and previous.rows else []
    subs = _sub_headers([cells[groups:] for _, cells in placed], header[groups:])
    with_unit = len(header) > groups + 1 and is_unit_header(header[groups + 1])
    rows: list[Row] = []
    above: list[str] = []
    unit = ""
    whole = ""  # the row that "of which" below it belongs to
    start: int | None = None
    for place, (row, cells) in enumerate(placed):
        for column in range(groups):
            if cells[column]:
                labels[column:] = [cells[column]]
                above = []
        rest = cells[groups:]
        start = _first(row) if start is None else start
        if subs[place]:
            stacked = place > 0 and subs[place - 1]
            outer = above if stacked else above[:-1] if not subs[place + 1] else []
            above, unit, whole = [*outer, rest[0].rstrip(":：")], rest[1] if with_unit else "", ""
            continue
        if unit and rest[1] != unit:
            above, unit = [], ""
        named = row_header_column(header, cells, groups)
        name = cells[named] if named is not None else ""
        part = [whole] if _PART.match(name) and whole else []
        whole = whole if _PART.match(name) else name.strip("*")
        end = max(cell.end for cell in row if cell.end > cell.start)
        rows.append(Row(start, end, tuple(row), (*labels, *above, *part)))
        start = None
    return tuple(rows)


def _first(row: Cells) -> int:
    return min(cell.start for cell in row if cell.end > cell.start)


def _profile(header: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """What each column mostly holds, by the rows that fill the last one: "value", "unit" or "text"."""
    whole = [row for row in rows if len(row) == width and row[-1]]
    kinds = []
    for column in range(width):
        cells = [row[column] for row in whole if row[column]]
        if is_unit_header(header[column]):
            kinds.append("unit")
        else:
            kinds.append("value" if sum(map(_is_valuelike, cells)) * 2 > len(cells) else "text")
    return kinds if whole else []


def _is_valuelike(cell: str) -> bool:
    return holds_value(cell) or is_placeholder(cell)


def _placed(row: Cells, cells: list[str], profile: Sequence[str], width: int) -> tuple[list[Cell], list[str]]:
    """A row's cells moved right as far as its values say, for a conversion drops empty cells at the left."""
    filled = len(cells)
    while filled and not cells[filled - 1]:
        filled -= 1
    best = 0
    if profile and cells[0]:
        best = max(range(width - filled + 1), key=lambda by: (_fit(cells[:filled], profile[by:]), -by))
    empty = Cell(row[0].start, row[0].start)
    last = Cell(row[-1].end, row[-1].end)
    moved = [empty] * best + list(row[: width - best])
    words = [""] * best + cells[: width - best]
    missing = width - len(moved)
    return moved + [last] * missing, words + [""] * missing


def _fit(cells: Sequence[str], profile: Sequence[str]) -> int:
    """How many cells hold what their columns hold."""
    kinds = ((cell, kind) for cell, kind in zip(cells, profile, strict=False) if cell)
    return sum(
        _is_valuelike(cell)
        if kind == "value"
        else not holds_value(cell) or (kind == "unit" and bool(unit_factor(cell)[0]))
        for cell, kind in kinds
    )


def _group_columns(rows: Sequence[Sequence[str]], header: Sequence[str]) -> int:
    """Columns at the left that are empty where the next one names the row."""
    count = 0
    while count + 1 < len(header):
        named = [row for row in rows if row[count + 1] and not holds_value(row[count + 1])]
        spanned = [row for row in named if not row[count]]
        if not spanned or len(named) * 2 <= len(rows) or is_unit_header(header[count + 1]):
            break
        count += 1
    return count


def _sub_headers(rows: Sequence[Sequence[str]], header: Sequence[str]) -> list[bool]:
    """Which rows name the rows below them: a label, perhaps a unit that those share, and no value."""
    with_unit = len(header) > 1 and is_unit_header(header[1])
    found = [False] * len(rows)
    for place in range(len(rows) - 2, -1, -1):
        cells, below = rows[place], rows[place + 1]
        if len(cells) < 2 or not cells[0] or holds_value(cells[0]) or any(cells[2 if with_unit else 1 :]):
            continue
        if with_unit and cells[1]:
            found[place] = cells[1] == below[1] and any(below[2:])
        else:
            found[place] = found[place + 1] or any(below[1:])
    return found
