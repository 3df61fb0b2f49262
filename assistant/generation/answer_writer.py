"""An answer in a model's words, as its sentences are proved: claims, and the citations that they share.

This module does not know why a sentence is proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Claim
from assistant.grounding.draft import Sentence
from assistant.grounding.verifier import Place, Proved
from corpus.figure import find_figures
from index.passage_index import PassageIndex


class Telling:
    """The answer as its sentences are proved.

    Attributes:
        claims: Sentences so far.
        citations: Their citations; all of the answer's own where these may not change.
        places: What proves the sentences.
        judged: How many sentences were drafted.
    """

    def __init__(self, answer: Answer, fixed: Sequence[Citation], index: PassageIndex) -> None:
        self._answer = answer
        self._fixed = bool(fixed)
        self._index = index
        self._lead = ""
        self.claims: list[Claim] = []
        self.citations = list(fixed)
        self.places: list[Place] = []
        self.judged = 0
        self._cut = 0

    @property
    def text(self) -> str:
        """What is proved so far, the items of a list on lines of their own."""
        return "".join(("\n" if c.text.startswith("- ") else " ") + c.text for c in self.claims).strip()

    @property
    def note(self) -> str:
        """How much of the draft is not shown."""
        if not self._cut:
            return ""
        are = "is" if self._cut == 1 else "are"
        return f"{self._cut} of {self.judged} sentences of the model's draft {are} not proved and not shown."

    def add(self, proved: Proved) -> bool:
        """Count a sentence, and take it where it is proved."""
        self.judged += 1
        if not proved.places:
            self._cut += 1
            return False
        self.places += proved.places
        sentence = proved.sentence
        numbers: dict[int, int] = {}
        marks = dict.fromkeys(self._cite(place) for place in proved.places)
        for place in proved.places:
            numbers.setdefault(place.id, self._cite(place))
        result = self._answer.calculation and self._answer.calculation.result
        if result and self._fixed and holds(sentence.bare, result):
            marks = dict.fromkeys(self._answer.claims[0].citations)  # a result is proved by all of its operands
        in_place = set(numbers.values()) == set(marks) and set(numbers) <= set(sentence.cited)
        said = sentence.with_marks(numbers) if in_place else sentence.bare + "".join(f" [{n}]" for n in marks)
        if sentence.lead:
            said = f"- {said}" if sentence.lead == self._lead else f"{sentence.lead} {said}"
        self._lead = sentence.lead
        self.claims.append(Claim(said, tuple(marks)))
        return True

    def keep(self, claim: Claim) -> None:
        """Take over a claim of the answer's own, unless what it cites is cited: no figure is dropped silently."""
        own = [citation for citation in self._answer.citations if citation.n in claim.citations]
        if {citation.passage_id for citation in own} <= {citation.passage_id for citation in self.citations}:
            return
        numbers = {citation.n: len(self.citations) + place for place, citation in enumerate(own, 1)}
        self.citations += [replace(citation, n=numbers[citation.n]) for citation in own]
        self.claims.append(Claim(Sentence(claim.text).with_marks(numbers), tuple(numbers.values())))

    def _cite(self, place: Place) -> int:
        if self._fixed:
            return place.id
        document = self._index.documents[place.passage.document_id]
        for citation in self.citations:
            if (citation.document, citation.start, citation.end) == (document.id, place.start, place.end):
                return citation.n
        n, passage = len(self.citations) + 1, place.passage
        quote = document.text[place.start : place.end]
        page = document.page_at(place.start) or passage.page
        self.citations.append(
            Citation(n, document.id, document.title, passage.section, page, passage.id, place.start, place.end, quote)
        )
        return n


def holds(text: str, value: str) -> bool:
    """Whether a text says a value: its words as they are, or its figures."""
    said, wanted = (" ".join(part.replace("**", "").lower().split()) for part in (text, value))
    if wanted in said:
        return True
    figures = [found.figure for found in find_figures(value) if not found.figure.is_year]
    stated = [found.figure for found in find_figures(text)]
    return bool(figures) and all(any(figure.same(other) for other in stated) for figure in figures)
