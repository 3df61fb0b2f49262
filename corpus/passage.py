"""What is found, read and cited: `Passage`, and the `Fact`s that stand in passages.

A passage has two texts. `text` is the report's own characters, the only thing ever quoted. `reading`
is what the embedder and the reader see: the section path on the first line, then the text with each
table cell led by its header. `locate` maps a span of the reading back to the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.figure import Figure

PassageKind = Literal["prose", "table_row", "key_figure", "list"]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a passage's reading.

    Attributes:
        text: The piece.
        start: Where the piece stands verbatim in the document's text; None for words added for the
            reader (a column header, a separator).
    """

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that can be cited.

    Attributes:
        id: `document_id#start`.
        document_id: The document it stands in.
        section: Headings above it, outermost first.
        page: Page, counted from 1; None where unknown.
        start: Start in the document's text.
        end: End in the document's text.
        text: `document.text[start:end]`.
        kind: What it is made of.
        parts: The reading's pieces after the section line.
    """

    id: str
    document_id: str
    section: tuple[str, ...]
    page: int | None
    start: int
    end: int
    text: str
    kind: PassageKind
    parts: tuple[Part, ...]

    @property
    def lead(self) -> str:
        """The section path as the first line of the reading, empty when there is none."""
        return " > ".join(self.section) + "\n" if self.section else ""

    @property
    def is_written(self) -> bool:
        """Whether it is made of sentences or items, not of cells or of a label and its value."""
        return self.kind in ("prose", "list")

    @property
    def reading(self) -> str:
        """What the embedder and the reader see."""
        return self.lead + "".join(part.text for part in self.parts)

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Map a span of `reading` to the document's text.

        Args:
            start: Start of the span in `reading`.
            end: End of the span in `reading`.

        Returns:
            The smallest document span that covers every verbatim character of the span, or None when
            the span holds none.
        """
        found: list[int] = []
        offset = len(self.lead)
        for part in self.parts:
            low, high = max(start, offset), min(end, offset + len(part.text))
            if low < high and part.start is not None:
                found += [part.start + low - offset, part.start + high - offset]
            offset += len(part.text)
        return (min(found), max(found)) if found else None


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed figure of a table row or a key-figure box.

    Attributes:
        passage_id: The passage it stands in.
        document_id: The document it stands in.
        metric: What is measured: row header, led by its group labels where they are needed.
        figure: The number, as written and in base units.
        unit: The unit as the report writes it, empty where there is none.
        scale: The multiplier that the unit or header carries ("1,000", "billion"), empty for none.
        period: The year or period of the column, empty where unknown.
        scope: What the figure covers or leaves out: a footnote, a group label.
        start: Start of the figure in the document's text.
        end: End of the figure in the document's text.
        row: Row header as written.
        column: Column header as written.
    """

    passage_id: str
    document_id: str
    metric: str
    figure: Figure
    unit: str
    scale: str
    period: str
    scope: str
    start: int
    end: int
    row: str = ""
    column: str = ""

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the figure shares a character with a span of its document's text."""
        return self.start < end and start < self.end

    @property
    def id(self) -> str:
        """Stable for the same file: the document and the figure's place in it."""
        return f"{self.document_id}@{self.start}"
