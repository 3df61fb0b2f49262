"""Findings become an answer: the value first, then what the report says, each sentence with its citations.

Every sentence is made of the report's own words; the figure gate is applied all the same. This module does not know
how findings were found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Answer, Calculation, Citation, Claim, Verdict
from assistant.grounding.figure_gate import unproved_figures
from assistant.reading.extractor import Finding
from corpus.document import Document
from corpus.passage import Fact

_MAX_CLAIM_WORDS = 70
_AROUND = re.compile(r"^in\s+|[;,]?\s+(?:except|excluding|unaudited|audited|unless)\b.*", re.I)
_SCALE_ALONE = re.compile(r"((?:ten |hundred )?(?:thousand|million|billion|trillion))s?(?:$| and\b)", re.I)
# "Number" says that things are counted.
_NO_UNIT = re.compile(r"(?:numbers?|no\.?|amounts?|avg\.?|count|quantity|#)(?:$|\W)", re.I)


@dataclass(slots=True)
class Draft:
    """An answer in the making: claims and the citations that they share.

    Attributes:
        documents: Documents by id.
        facts: Facts by the passage that they stand in.
        claims: Sentences so far.
        citations: Citations so far, `n` counted from 1.
    """

    documents: Mapping[str, Document]
    facts: Mapping[str, Sequence[Fact]]
    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All sentences so far."""
        return " ".join(claim.text for claim in self.claims)

    def cite(self, finding: Finding) -> int:
        """Add a finding's quote, or find it among the citations; gives its number."""
        passage, start, end = finding.passage, finding.quote_start, finding.quote_end
        for citation in self.citations:
            if (citation.document, citation.start, citation.end) == (passage.document_id, start, end):
                return citation.n
        document = self.documents[passage.document_id]
        n = len(self.citations) + 1
        quote = document.text[start:end]
        page = document.page_at(start) or passage.page
        self.citations.append(
            Citation(n, document.id, document.title, passage.section, page, passage.id, start, end, quote)
        )
        return n

    def claim(self, finding: Finding, lead: str = "") -> bool:
        """Add a sentence that says what a finding's quote says, unless it is already there or a figure is unproved."""
        before = len(self.citations)
        n = self.cite(finding)
        text = lead + stated(finding, self.documents[finding.passage.document_id])
        if any(claim.citations == (n,) for claim in self.claims):
            return False
        if unproved_figures(text, [self.citations[n - 1].quote, finding.passage.reading]):
            del self.citations[before:]
            return False
        self.claims.append(Claim(f"{text} [{n}]", (n,)))
        return True

    def say(self, text: str, findings: Sequence[Finding], calculation: Calculation | None = None) -> bool:
        """Add a sentence of our own words that findings prove, unless it has a figure that they do not."""
        quotes = [self.documents[f.passage.document_id].text[f.quote_start : f.quote_end] for f in findings]
        readings = [finding.passage.reading for finding in findings]
        if unproved_figures(text, [*quotes, *readings], calculation):
            return False
        marks = tuple(dict.fromkeys(self.cite(finding) for finding in findings))
        self.claims.append(Claim(text + "".join(f" [{n}]" for n in marks), marks))
        return True

    def answer(
        self,
        question: str,
        verdict: Verdict,
        value: str,
        confidence: float,
        calculation: Calculation | None = None,
        text: str | None = None,
    ) -> Answer:
        """The answer as drafted: its value first, then its sentences, unless another text is given."""
        value = " ".join(value.split())
        if text is None:
            text = self.text if self.text.lower().startswith(value.lower()) else f"{value} — {self.text}"
        claims, citations = tuple(self.claims), tuple(self.citations)
        return Answer(question, question, verdict, text, value, claims, citations, calculation, confidence, 0.0)

    def value(self, finding: Finding) -> str:
        """The short value of a finding, with the unit that its row or header gives."""
        for fact in self.facts.get(finding.passage.id, ()):
            if fact.overlaps(finding.start, finding.end) and fact.unit not in ("", "/"):
                return with_unit(finding.value, fact.unit)
        return finding.value


def plain_unit(unit: str) -> str:
    """A unit without what a table says around it: "million" of "In Millions, except per share data"."""
    bare = _AROUND.sub("", unit.strip("() "))
    scale = _SCALE_ALONE.match(bare)
    if scale:
        return scale[1].lower()
    return "" if _NO_UNIT.match(bare) else bare


def with_unit(value: str, unit: str) -> str:
    """A number and the unit that stands in another cell: "18.3 t/a", "42,160 (RMB 1,000)", "95.1%"."""
    bare = plain_unit(unit)
    if "%" in value or not bare or bare.lower() in value.lower() or not re.fullmatch(r"[\W\d]*", value):
        return value
    if bare in ("%", "‰"):
        return value + bare
    return f"{value} ({bare})" if re.search(r"\d", bare) else f"{value} {bare}"


def stated(finding: Finding, document: Document) -> str:
    """What a finding's quote says, as one line: prose as written, a row or key figure as it is read."""
    passage = finding.passage
    whole = (finding.quote_start, finding.quote_end) == (passage.start, passage.end)
    if not passage.is_written and whole:
        body = passage.reading[len(passage.lead) :]
        lines = [line.strip() for line in body.split("\n") if line.strip()]
        return ": ".join(line.rstrip(":") for line in lines) if passage.kind == "key_figure" else "; ".join(lines)
    text = " ".join(document.text[finding.quote_start : finding.quote_end].replace("**", "").split())
    words = text.split(" ")
    if len(words) <= _MAX_CLAIM_WORDS:
        return text
    return _around(words, " ".join(finding.value.split()))


def _around(words: Sequence[str], value: str) -> str:
    """The words around a value, where a sentence is too long to be shown whole."""
    text = " ".join(words)
    at = len(text[: max(text.find(value), 0)].split(" ")) - 1
    first = max(0, min(at - _MAX_CLAIM_WORDS // 2, len(words) - _MAX_CLAIM_WORDS))
    last = min(len(words), max(first + _MAX_CLAIM_WORDS, at + len(value.split(" ")) + 1))
    return ("… " if first else "") + " ".join(words[first:last]) + (" …" if last < len(words) else "")
