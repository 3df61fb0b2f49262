"""What a calculation knows of the reports: their passages, their typed figures, and which rows bear a name.

A search ranks what a question is near to; the operands of a calculation are rows that are called what is asked for, in
whatever table. This module does not know questions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

from corpus.document import Document
from corpus.passage import Fact, Passage
from index.words import stems


class Reports:
    """The reports that are asked.

    Attributes:
        facts: Typed figures by the passage that they stand in.
        documents: The reports by their ids.
        rarity: How rare a stem is among the passages.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        facts: Mapping[str, Sequence[Fact]],
        documents: Mapping[str, Document],
        rarity: Callable[[str], float],
    ) -> None:
        self._passages = passages
        self.facts = facts
        self.documents = documents
        self.rarity = rarity

    def rows(self, stems: Collection[str], documents: Collection[str]) -> Iterator[tuple[Passage, str]]:
        """Rows of some reports whose names hold any of some stems, each with the name in full."""
        places = sorted({place for word in stems for place in self._named.get(word, ())})
        for place in places:
            passage = self._passages[place]
            if passage.document_id in documents:
                yield passage, self.facts[passage.id][0].metric

    def total_of(self, passage: Passage) -> str:
        """The name of the total that closes a row's part of its table: what the rows above it are parts of."""
        return self._totals.get(passage.id, "")

    @cached_property
    def _totals(self) -> dict[str, str]:
        totals: dict[str, str] = {}
        above: list[Passage] = []
        for passage in self._passages:
            row = self._row(passage)
            if not row or (above and above[-1].section != passage.section):
                above = []
            if row:
                above.append(passage)
            if row.lower().startswith("total "):
                totals |= {part.id: row for part in above[:-1]}
                above = []
        return totals

    def _row(self, passage: Passage) -> str:
        """The last label of a row; empty of what is none."""
        first = self._first(passage)
        return first.row if first else ""

    def _first(self, passage: Passage) -> Fact | None:
        """The first figure of a row; None of what is no row or has none."""
        return next(iter(self.facts.get(passage.id, ())), None) if passage.kind == "table_row" else None

    @cached_property
    def _named(self) -> dict[str, list[int]]:
        """The places of rows by the stems of their names."""
        places = defaultdict(list)
        for place, passage in enumerate(self._passages):
            first = self._first(passage)
            for word in stems(first.metric) if first and first.column else ():
                places[word].append(place)
        return dict(places)
