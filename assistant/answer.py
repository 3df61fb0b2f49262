"""What a question becomes: an `Answer` made of `Claim`s, each with `Citation`s.

`Answer.to_json` is the object that other programs rely on; its keys are part of the public interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["answered", "partial", "not_disclosed"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a report: `document.text[start:end] == quote`, always.

    Attributes:
        n: The mark `[n]` in the answer's text, counted from 1.
        document: Document id.
        title: Document title.
        section: Headings above the quote, outermost first.
        page: Page, counted from 1; None where unknown.
        passage_id: The passage that the quote stands in.
        start: Start of the quote in the document's text.
        end: End of the quote in the document's text.
        quote: The exact characters.
    """

    n: int
    document: str
    title: str
    section: tuple[str, ...]
    page: int | None
    passage_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer and the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Calculation:
    """Arithmetic made of quoted figures: `formula` is shown, `result` is its value in `unit`."""

    formula: str
    result: str
    unit: str

    @property
    def shown(self) -> str:
        """The result with its unit."""
        return f"{self.result}{self.unit}" if self.unit in ("%", "‰") else f"{self.result} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: As asked.
        resolved_question: As understood in its conversation.
        verdict: Whether the reports state it.
        text: The answer with `[n]` marks.
        value: The short value, empty when there is none.
        claims: The answer's sentences with their citations.
        citations: The places that prove it; for `not_disclosed`, the nearest passages looked at.
        calculation: The arithmetic, None when nothing was computed.
        confidence: Probability that the answer is right, in [0, 1].
        seconds: Wall-clock time taken.
        note: One line on how it was worded: what of a model's draft was cut, or why none is shown; empty without one.
    """

    question: str
    resolved_question: str
    verdict: Verdict
    text: str
    value: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    calculation: Calculation | None
    confidence: float
    seconds: float
    note: str = ""

    def to_json(self, id: str | None = None) -> dict[str, Any]:  # noqa: A002 - the interface's own key
        """The public JSON object; `id` is added first when given, `note` last when there is one."""
        row: dict[str, Any] = {} if id is None else {"id": id}
        calculation = self.calculation
        return row | {
            "question": self.question,
            "resolved_question": self.resolved_question,
            "verdict": self.verdict,
            "answer": self.text,
            "value": self.value,
            "confidence": round(self.confidence, 4),
            "calculation": None
            if calculation is None
            else {"formula": calculation.formula, "result": calculation.result, "unit": calculation.unit},
            "seconds": round(self.seconds, 4),
            "citations": [
                {
                    "n": c.n,
                    "document": c.document,
                    "title": c.title,
                    "section": list(c.section),
                    "page": c.page,
                    "passage_id": c.passage_id,
                    "start": c.start,
                    "end": c.end,
                    "quote": c.quote,
                }
                for c in self.citations
            ],
            **({"note": self.note} if self.note else {}),
        }
