"""All items where one was found: the other items of its list, the other rows of its table.

This module does not know how the first item was found, nor whether a list was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.compose import nearest
from assistant.finding import Finding
from corpus.passage import Passage

_MAX_LIST_CHARS = 900
_MAX_ROWS = 12
_TOTAL = re.compile(r"(?:(?:sub|grand)[- ]?)?totals?|sum|overall", re.I)
_CELL_END = re.compile(r"\s*[|\t]\s*")


def whole_list(finding: Finding) -> Finding:
    """The finding with all items of its list as its quote and value, where it stands in a list that is not too long."""
    passage = finding.passage
    if passage.kind != "list" or len(passage.text) > _MAX_LIST_CHARS:
        return finding
    items = [line.strip(" \t-–•*·◼▪") for line in passage.text.replace("**", "").split("\n") if line.strip()]
    kept = [item for item in items if not item.endswith(":")]
    return replace(finding, quote_start=passage.start, quote_end=passage.end, value="; ".join(kept))


def table_rows(finding: Finding, passages: Sequence[Passage], place: int) -> list[Finding]:
    """All rows of a table one of whose row names answers, each with its name as the value.

    Args:
        finding: What was found.
        passages: All passages, a table's rows beside each other.
        place: Where the finding's passage stands among them.

    Returns:
        The rows but for totals; none where the answer is no row's name, or the table is long.
    """
    passage = finding.passage
    before = passage.text[: finding.end - passage.start].strip("|*- \t")
    if passage.kind != "table_row" or not before or before != finding.value:
        return []
    low = high = place
    while low > 0 and _one_table(passages[low - 1], passage):
        low -= 1
    while high + 1 < len(passages) and _one_table(passages[high + 1], passage):
        high += 1
    if not 1 <= high - low < _MAX_ROWS:
        return []
    rows = [(row, _CELL_END.split(row.text.strip("| "))[0].strip("*- ")) for row in passages[low : high + 1]]
    return [replace(nearest(row), value=name) for row, name in rows if name and not _TOTAL.fullmatch(name)]


def _one_table(row: Passage, other: Passage) -> bool:
    """Whether two neighbouring passages are rows of one table, as far as their place tells."""
    return (row.kind, row.document_id, row.section) == (other.kind, other.document_id, other.section)
