"""The proof of a draft, sentence by sentence: what is shown of it, and with which citations.

Three rules hold for a model's words as for our own. A figure is quoted or the result of the calculation shown. A
citation is a place: unknown numbers are dropped, and a sentence that cites nothing, or the wrong passage, is given the
place that proves it or is left out. What is said must stand in what is cited: names, years, denials and directions by
their words, the rest by `assistant.grounding.support`. This module does not know who wrote the draft.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Calculation
from assistant.grounding.consistency import denial, direction, rises, unknown_name, unstated_figures, wrong_period
from assistant.grounding.draft import Sentence
from assistant.grounding.planted_instruction import speaks_to_a_model
from assistant.grounding.support import FULLER, NEARER, SUPPORTED, Support
from assistant.query.wording.scope import missed, years
from corpus.document import Document
from corpus.figure import Figure, find_figures
from corpus.passage import Fact, Passage
from corpus.sentences import sentences
from index.passage_index import Embedder, PassageIndex
from index.words import words

# A sentence that cites nothing is proved by this many places of one passage at the most.
_MAX_PLACES = 3
# A further citation stays where the sentence is this much better supported with it.
_ADDS = 0.03
# A draft of fewer words is an answer only together with its question.
_FEW_WORDS = 4
# ... and then its own words are the report's, at least half of them by weight: the question's prove nothing.
_OWN_SHARE = 0.5
# The share of a question's words that a place holds which speaks of all that is asked.
_ASKED = 0.9
_JOINED = re.compile(
    r"; |, (?:and|but|while|whereas|which|who|because|so) | (?:because|since|as|which|and) (?=\w+ \w+ \w+)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a passage that may prove a sentence: one of its sentences, or a whole row or key figure.

    Attributes:
        id: The number that a draft cites the passage by.
        passage: The passage.
        start: Start of the quote in the document's text.
        end: End of the quote in the document's text.
        reading: What it says, led by its section.
    """

    id: int
    passage: Passage
    start: int
    end: int
    reading: str


@dataclass(frozen=True, slots=True)
class Proved:
    """What came of a sentence.

    Attributes:
        sentence: As drafted.
        places: What proves it; empty where nothing does.
        why: Why it is not shown, in a few words; empty where it is.
    """

    sentence: Sentence
    places: tuple[Place, ...]
    why: str = ""


def places_of(id: int, passage: Passage, document: Document) -> list[Place]:  # noqa: A002 - what the field is called
    """The places of a passage, those left out that speak to a model and not to a reader."""
    spans = [(passage.start, passage.end)]
    if passage.is_written:
        spans = [(passage.start + start, passage.start + end) for start, end in sentences(passage.text)]
    found = []
    for start, end in spans:
        said = document.text[start:end].replace("**", "")
        if not speaks_to_a_model(said):
            whole = (start, end) == (passage.start, passage.end)
            found.append(Place(id, passage, start, end, passage.reading if whole else passage.lead + said))
    return found


def clauses(said: str) -> list[str]:
    """The statements that a sentence joins, none where it is one; what is too short to be one is left out."""
    parts = _JOINED.split(said)
    return [part for part in parts if len(words(part)) >= _FEW_WORDS] if len(parts) > 1 else []


class Proof:
    """Proves sentences against some places of one index.

    Args:
        question: What was asked, complete in itself.
        places: What may prove a sentence.
        index: Where the places stand.
        embedder: The default embedder, see `assistant.grounding.support`.
        calculation: The arithmetic that is shown beside the answer.
    """

    def __init__(
        self,
        question: str,
        places: Sequence[Place],
        index: PassageIndex,
        embedder: Embedder,
        calculation: Calculation | None = None,
    ) -> None:
        self._question = question
        self._places = list(places)
        self._documents: Mapping[str, Document] = index.documents
        self._is_known: Callable[[str], bool] = index.is_known
        passages = {place.passage.id for place in places}
        self._facts = [fact for fact in index.facts if fact.passage_id in passages]
        shown = f"{calculation.formula} = {calculation.result} {calculation.unit}" if calculation else ""
        computed = [found.figure for found in find_figures(shown)]
        # "Lower by 5" says of a result of -5 what the minus says.
        self._computed = [*computed, *(replace(f, number=abs(f.number), value=abs(f.value)) for f in computed)]
        self._falls = calculation is not None and calculation.result.startswith(("-", "−", "–"))
        self._support = Support(
            embedder, index.rarity, [place.reading for place in places], [self._known(place) for place in places]
        )

    def prove(self, sentence: Sentence) -> Proved:
        """Find what proves a sentence: what it cites, or else another of the places."""
        said = sentence.said
        is_short = len(words(said)) < _FEW_WORDS
        if is_short:
            said = f"{self._question.rstrip(' ?')}: {said}"
        if not words(sentence.bare) or not self._places:
            return Proved(sentence, (), "it says nothing")
        cited = [n for n, place in enumerate(self._places) if place.id in sentence.cited]
        found, why = self._proved(said, cited) if cited else ([], "it cites nothing")
        found = self._with_others(said, found, cited)
        if not found:
            found, other = self._by_one_passage(said)
            why = why if cited else other
        if found and is_short and self._support.share(sentence.bare, found) < _OWN_SHARE:
            found, why = [], "its citation does not say so"
        return Proved(sentence, tuple(self._places[n] for n in found), "" if found else why)

    def covers_question(self, places: Sequence[Place]) -> bool:
        """Whether some of the places speak of all that was asked, by their words."""
        return self._support.share(self._question, [self._places.index(place) for place in places]) >= _ASKED

    def _with_others(self, said: str, found: list[int], cited: Sequence[int]) -> list[int]:
        """What proves a sentence, and what else it cites that adds to it."""
        for n in cited if found else ():
            if self._places[n].id not in {self._places[other].id for other in found}:
                more = self._support.of_several(said, [*found, n]) - self._support.of_several(said, found)
                found = [*found, n] if more >= _ADDS else found
        return found

    def _by_one_passage(self, said: str) -> tuple[list[int], str]:
        """The passage that proves a sentence best, by itself."""
        scores = self._support.of_places(said)
        why = "no passage states it"
        for passage_id in dict.fromkeys(self._places[n].passage.id for n in scores.argsort()[::-1]):
            of_it = [n for n, place in enumerate(self._places) if place.passage.id == passage_id]
            if max(scores[of_it]) < SUPPORTED:
                break
            found, _ = self._proved(said, of_it)
            if found:
                return found, ""
        return [], why

    def _proved(self, said: str, among: Sequence[int]) -> tuple[list[int], str]:
        """The fewest places that prove a sentence, or why they do not."""
        scores = self._support.of_places(said)
        passages = {self._places[n].passage.id for n in among}
        chosen: list[int] = []
        why = ""
        for _ in range(max(_MAX_PLACES, len(passages))):
            rest = [n for n in among if n not in chosen]
            if not rest:
                break
            missing = unstated_figures(said, self._stated(chosen))
            new = {n: len(missing) - len(unstated_figures(said, self._stated([*chosen, n]))) for n in rest}
            gain = {n: self._support.of_several(said, [*chosen, n]) for n in rest}
            chosen.append(max(rest, key=lambda n: (new[n], round(gain[n], 3), scores[n])))
            why = self._problem(said, chosen)
            if not why:
                return chosen, ""
        return [], why

    def _problem(self, said: str, chosen: Sequence[int]) -> str:
        """What some places leave unproved of a sentence, in a few words; empty where they prove it."""
        unstated = unstated_figures(said, self._stated(chosen))
        if unstated:
            return f"{unstated[0].text} is not quoted"
        places = [self._places[n] for n in chosen]
        off = [missed(said, place.passage, self._documents[place.passage.document_id]) for place in places]
        if all(off):
            return f"its citation is not about {off[0]}"
        document = self._documents[places[0].passage.document_id]
        otherwise = years(self._question) or ({str(document.year)} if document.year else set())
        facts = [fact for place in places for fact in self._facts_of(place)]
        evidence = "\n".join(place.reading for place in places)
        known = f"{evidence}\n" + "\n".join(self._known(place) for place in places)
        bodies = "\n".join(place.reading[len(place.passage.lead) :] for place in places)
        name = unknown_name(said, known, self._is_known)
        return (
            wrong_period(said, facts, otherwise)
            or (f"its citation does not name {name}" if name else "")
            or denial(said, bodies)
            or direction(said, bodies)
            or ("its result is a fall" if self._falls and rises(said) else "")
            or self._unsupported(said, chosen)
        )

    def _unsupported(self, said: str, chosen: Sequence[int]) -> str:
        for part in [said, *clauses(said)]:
            if self._support.of_several(part, chosen) < SUPPORTED:
                return "its citation does not say so"
        nearer, fuller = self._support.lead(said, chosen)
        return "it is said of something else" if nearer < -NEARER or fuller < -FULLER else ""

    def _stated(self, chosen: Sequence[int]) -> list[Figure]:
        """The figures that places state, those of tables with the unit and scale of their row or header."""
        stated = list(self._computed)
        for place in (self._places[n] for n in chosen):
            typed = [fact.figure for fact in self._facts_of(place)]
            digits = {figure.number for figure in typed}
            read = [found.figure for found in find_figures(place.reading)]
            stated += typed + [figure for figure in read if figure.unit or figure.number not in digits]
        return stated

    def _facts_of(self, place: Place) -> list[Fact]:
        return [
            fact
            for fact in self._facts
            if fact.passage_id == place.passage.id and fact.overlaps(place.start, place.end)
        ]

    def _known(self, place: Place) -> str:
        """What goes without saying in a report: its title and its company."""
        document = self._documents[place.passage.document_id]
        return f"{document.title} {document.company}"
