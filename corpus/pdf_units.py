"""The unit of a table that only the prose before it says: "The following tables show ... (in millions):".

This module does not know how a unit is applied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.draft import TableDraft
from corpus.layout import PlacedTable
from corpus.pdf_headings import Item
from corpus.units import said_unit

_SAID = re.compile(r"\((?:[^()]{0,30}\b)?in (?:thousands|millions|billions)\b[^()]{0,80}\)", re.IGNORECASE)
_SEVERAL = re.compile(r"\btables\b", re.IGNORECASE)
_FARTHEST = 12  # items before the table


def unit_before(flow: Sequence[tuple[int, Item]], place: int, draft: TableDraft) -> str:
    """The words in brackets that give a table its unit, empty where it has one of its own or none is said.

    A sentence that speaks of one table holds for the next one, one that speaks of tables for those after it too.

    Args:
        flow: Page and item, in reading order.
        place: The table's place.
        draft: The table, with its caption.
    """
    said = " ".join(piece.text for piece in draft.caption).rstrip()
    if said.endswith(":") or _SAID.search(said) or any(_SAID.search(name) or said_unit(name) for name in draft.header):
        return ""
    parted = False
    for page, item in reversed(flow[max(0, place - _FARTHEST) : place]):
        if page < flow[place][0] - 1:
            return ""
        if isinstance(item, PlacedTable):
            parted = True
        elif found := _SAID.search(item.text):
            introduces = item.text.rstrip().endswith(":") or found.group() == item.text.strip()
            return found.group() if introduces and (not parted or _SEVERAL.search(item.text)) else ""
        elif parted and item.text.rstrip().endswith(":"):  # this one was introduced by itself
            return ""
    return ""
