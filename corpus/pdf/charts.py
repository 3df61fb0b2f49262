"""Bar charts: each figure goes with the label that stands under its bar, as a table of one row.

Only what can be told from where words stand is read: one figure over each label. Stacked and grouped bars are left as
they are. This module does not know what a chart shows beside its title.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.draft import Box, Piece, RowDraft, TableDraft
from corpus.pdf.layout import PlacedTable
from corpus.pdf.lines import TextLine
from corpus.pdf.tables.cells import Band, CellRun, bands

_REACH = 220.0  # points between a label and the figure on its bar
_OFF_CENTRE = 6.0  # points between the middles of a figure and of its label
_TITLE_REACH = 130.0  # points between a chart's highest figure and its title
_MAX_LABEL = 30
_MIN_BARS = 2


def charts(lines: Sequence[TextLine]) -> list[tuple[PlacedTable, list[CellRun]]]:
    """The charts among lines, each with the cells that it is made of.

    Args:
        lines: The lines that stand in no table.
    """
    rows = bands(lines)
    found: list[tuple[PlacedTable, list[CellRun]]] = []
    for place, row in enumerate(rows):
        for labels in _runs([cell for cell in row.cells if _is_label(cell)]):
            figures = [_figure(label, row, rows[:place]) for label in labels]
            chart = _chart(labels, [figure for figure in figures if figure is not None], rows[:place])
            if chart is not None:
                found.append(chart)
    return found


def _is_label(cell: CellRun) -> bool:
    return len(cell.text) <= _MAX_LABEL and (cell.is_year or not cell.is_value) and any(map(str.isalnum, cell.text))


def _runs(labels: Sequence[CellRun]) -> list[list[CellRun]]:
    """Labels side by side; where one comes again another chart begins."""
    runs: list[list[CellRun]] = [[]]
    for label in labels:
        if any(label.text == other.text for other in runs[-1]):
            runs.append([])
        runs[-1].append(label)
    return [run for run in runs if len(run) >= _MIN_BARS]


def _figure(label: CellRun, row: Band, above: Sequence[Band]) -> CellRun | None:
    """The only figure centred over a label, where nothing else stands between them; None else."""
    over = [
        cell
        for band in above
        if row.base - band.base < _REACH
        for cell in band.cells
        if min(cell.x1, label.x1) - max(cell.x0, label.x0) > 0
    ]
    figures = [cell for cell in over if cell.is_value and not cell.is_year]
    if len(figures) != 1 or over[-1] is not figures[0] or abs(_middle(figures[0]) - _middle(label)) > _OFF_CENTRE:
        return None
    return figures[0]


def _chart(
    labels: Sequence[CellRun], figures: Sequence[CellRun], above: Sequence[Band]
) -> tuple[PlacedTable, list[CellRun]] | None:
    heights = {round(figure.box[3]) for figure in figures}
    if len(figures) != len(labels) or len(heights) < 2:
        return None  # figures on one line are no bars
    cells = [*labels, *figures]
    title = _title(cells, above)
    used = [*title, *cells]
    boxes = [cell.box for cell in used]
    box: Box = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    row = RowDraft(((), *((Piece(figure.text, figure.box),) for figure in figures)), ())
    caption = tuple(Piece(cell.text, cell.box) for cell in title)
    draft = TableDraft(("", *(label.text for label in labels)), (row,), caption)
    return PlacedTable(draft, box, (box[0], *(label.x1 for label in labels))), used


def _title(cells: Sequence[CellRun], above: Sequence[Band]) -> list[CellRun]:
    """The words centred over a chart, just above its figures."""
    left, right, top = min(c.x0 for c in cells), max(c.x1 for c in cells), min(c.box[1] for c in cells)
    for band in reversed(above):
        if not top - _TITLE_REACH < band.base <= top:
            continue
        over = [cell for cell in band.cells if left - _OFF_CENTRE < _middle(cell) < right + _OFF_CENTRE]
        if over:
            centred = len(over) == 1 and abs(2 * _middle(over[0]) - left - right) < 0.2 * (right - left)
            return over if centred and not over[0].is_value else []
    return []


def _middle(cell: CellRun) -> float:
    return (cell.x0 + cell.x1) / 2
