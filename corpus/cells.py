"""What a cell of a table holds, by its words alone: a value, a period, a unit's header, nothing.

This module does not know the table that a cell stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.figure import find_figures
from corpus.lines import unhedged

_RULE = re.compile(r":?-{2,}:?|:-+:?|-+:")
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_PERIOD = re.compile(
    rf"(?:\b(?:year|three|six|nine|twelve|for|the|as|at|of|months?|quarter|ended|ending|{_MONTH})\b"
    rf"|\b(?:h[12]|q[1-4])(?!\w)|(?<![^\W\d])fy(?!fy)|(?<!\d)\d{{1,2}}(?!\d)|{_YEAR}|[/.,'’()\s–-])*"
    rf"(?<!\d)(?:19|20)\d\d(?:/\d{{2,4}})?(?:[\s(]*(?:restated|audited|total)\)?|e|a)?\**",
    re.IGNORECASE,
)
_YEAR_AND = re.compile(rf"{_YEAR} (?:\([^()]*\)|[a-z ]+)", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"[-–—/]+|n\.?/?a\.?|nil|none|not (?:applicable|disclosed|available)", re.IGNORECASE)
_UNIT_HEADER = re.compile(r"units?(?: of measure(?:ment)?)?|uom|einheit|单位", re.IGNORECASE)
_NUMBER_HEADER = re.compile(r"no\.?|nr\.?|#|item no\.?|s/n|序号", re.IGNORECASE)
_MAX_VALUE_LETTERS = 14
_MAX_PERIOD_CHARS = 60


def is_rule(cells: Sequence[str]) -> bool:
    r"""Whether a row only draws a line, as in `--\t--` and `|---|:-:|`."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(_RULE.fullmatch(cell) for cell in filled)


def is_period(text: str) -> bool:
    """Whether a header names a year or another period: "2023", "FY2022", "Year 2023", "Dec. 31, 2023"."""
    return len(text) <= _MAX_PERIOD_CHARS and _PERIOD.fullmatch(text.strip()) is not None


def is_unit_header(text: str) -> bool:
    """Whether a column's header says that the column holds units."""
    return _UNIT_HEADER.fullmatch(text.strip()) is not None


def is_number_header(text: str) -> bool:
    """Whether a column's header says that the column counts the rows."""
    return _NUMBER_HEADER.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def holds_value(cell: str) -> bool:
    """Whether a cell holds one figure and hardly more: "over 300 people", but not "Scope 1"."""
    bare = cell.replace("**", "")
    found = find_figures(bare)
    if len(found) != 1 or not any(map(str.isdecimal, cell)):
        return False
    before, after = unhedged(bare[: found[0].start]), bare[found[0].end :]
    few = sum(map(str.isalpha, after)) <= _MAX_VALUE_LETTERS and not any(map(str.isalpha, before))
    return few and not any(map(str.isdecimal, before + after))


def is_placeholder(cell: str) -> bool:
    """Whether a cell says that there is nothing to say: "-", "/", "n/a"."""
    return _PLACEHOLDER.fullmatch(cell) is not None


def row_header_column(header: Sequence[str], cells: Sequence[str], groups: int = 0) -> int | None:
    """The column whose cell names the row: the first that holds words, row numbers and group labels left out.

    Where none holds words, a year that stands first names it.
    """
    for column, cell in enumerate(cells):
        counts = column < len(header) and is_number_header(header[column])
        if column >= groups and cell and not counts and not holds_value(cell) and not is_placeholder(cell):
            return column
    named = header[groups] if groups < len(header) else ""
    dated = len(cells) > groups + 1 and (is_period(cells[groups]) or _YEAR_AND.fullmatch(cells[groups]))
    return groups if dated and not is_period(named) and not find_figures(named) else None
