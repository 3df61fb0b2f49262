"""Where a question's evidence stands in the indexed reports, and whether a passage or a citation covers it.

Evidence is compared up to white space. This module does not know whether an answer is right.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.answer import Citation
from corpus.document import Document
from corpus.passage import Passage


@dataclass(frozen=True, slots=True)
class Place:
    """A span `[start, end)` of a document's text."""

    document: str
    start: int
    end: int

    def overlaps(self, document: str, start: int, end: int) -> bool:
        """Whether the spans share a character."""
        return self.document == document and self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """A string that supports an answer.

    Attributes:
        text: As the question set gives it.
        places: Every place where it stands; empty when no indexed report holds it.
    """

    text: str
    places: tuple[Place, ...]

    def supports(self, citation: Citation) -> bool:
        """Whether a citation's quote overlaps it: in place, or where it has no place, as one string in the other."""
        if self.places:
            return any(place.overlaps(citation.document, citation.start, citation.end) for place in self.places)
        quote, text = " ".join(citation.quote.split()), " ".join(self.text.split())
        return bool(quote) and (quote in text or text in quote)

    def is_in(self, passage: Passage) -> bool:
        """Whether a passage overlaps it."""
        return any(place.overlaps(passage.document_id, passage.start, passage.end) for place in self.places)


def find_evidence(text: str, documents: Collection[Document]) -> Evidence:
    """Find every place of a piece of evidence, whatever white space stands between its words."""
    pattern = re.compile(r"\s+".join(re.escape(word) for word in text.split()))
    places = (Place(document.id, *match.span()) for document in documents for match in pattern.finditer(document.text))
    return Evidence(text, tuple(places))
