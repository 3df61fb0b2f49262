"""The passages before and after the one on an evidence card, for whoever reads on.

This module does not know what shows them.
"""

from __future__ import annotations

from collections.abc import Callable

from index.passage_index import PassageIndex
from ui.evidence import page_label, section_label, surroundings

# Gives the passage beside another, told in one line: "passage_id steps".
Beside = Callable[[str], dict[str, str] | None]


def passage_beside(index: PassageIndex, passage_id: str, steps: int) -> dict[str, str] | None:
    """A passage near another of the same report, as the parts of a card: `section`, `page` and `around`, which is HTML.

    Args:
        index: Holds the report.
        passage_id: The passage on the card.
        steps: How many passages further on, or back where it is below 0.

    Returns:
        None where the report ends before, or there is no such passage any more.
    """
    place = next((place for place, passage in enumerate(index.passages) if passage.id == passage_id), None)
    if place is None or not 0 <= place + steps < len(index.passages):
        return None
    passage = index.passages[place + steps]
    if passage.document_id != index.passages[place].document_id:
        return None
    around = surroundings(index.documents[passage.document_id], passage.start, passage.end)
    return {"section": section_label(passage.section), "page": page_label(passage.page), "around": around}
