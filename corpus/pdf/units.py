"""What only the prose before a table says of it: what it shows, and its unit.

"The following tables show ... (in millions):" gives a unit to several; a paragraph's last sentence, "Payments that fall
due are as follows:", tells what its rows are. This module does not know how a unit is applied.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.draft import TableDraft
from corpus.pdf.headings import Item
from corpus.pdf.layout import Paragraph, PlacedTable
from corpus.sentences import sentences
from corpus.units import said_unit

_SAID = re.compile(r"\((?:[^()]{0,30}\b)?in (?:thousands|millions|billions)\b[^()]{0,80}\)", re.IGNORECASE)
_SEVERAL = re.compile(r"\btables\b", re.IGNORECASE)
MAX_CAPTION_CHARS = 240
_FARTHEST = 12  # items before the table


def said_before(flow: Sequence[tuple[int, Item]], place: int, draft: TableDraft) -> str:
    """The sentence that introduces a table at the end of a paragraph, else the words in brackets that give its unit.

    A sentence that speaks of one table holds for the next one, one that speaks of tables for those after it too. Empty
    where neither is said, or the table has a caption or a unit of its own.

    Args:
        flow: Page and item, in reading order.
        place: The table's place.
        draft: The table, with its caption.
    """
    said = " ".join(piece.text for piece in draft.caption).rstrip()
    if said.endswith(":") or _SAID.search(said) or any(_SAID.search(name) or said_unit(name) for name in draft.header):
        return ""
    page, before = flow[place - 1] if place else (0, None)
    if page == flow[place][0] and isinstance(before, Paragraph) and before.text.rstrip().endswith(":"):
        start, end = sentences(before.text)[-1]
        if end - start <= MAX_CAPTION_CHARS:
            return before.text[start:end].strip()
    unit = said_unit(before.text) if page == flow[place][0] and isinstance(before, Paragraph) else ""
    if unit:
        return f"({unit.strip('()')})"
    if not any(row.cells[0] for row in draft.rows):
        return ""  # a chart
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
