"""Composes an answer from what was extracted: one strategy for each answer type, a refusal where none holds.

This module does not know how passages are found, read or computed with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer
from assistant.calculation.calculator import Computed, Find
from assistant.composition.alternatives import tell_definitions, tell_others
from assistant.composition.builder import Draft
from assistant.composition.competing_values import counting, named
from assistant.composition.direction import contradicts, is_part
from assistant.composition.lists import as_much, distinct, miscounted, of_count, table_rows, whole_list
from assistant.composition.refusal import no_result, refused
from assistant.progress import tell
from assistant.query.query import Query
from assistant.query.wording.answer_type import Asked, premise
from assistant.reading.agreement import doubt, is_denied, is_taken, opposed, said
from assistant.reading.answerability import shared_words
from assistant.reading.extractor import Extractor, Finding
from index.words import related, stems

# A second place is told when it is this near to the best.
_ALSO_RATIO = 0.6
_MAX_LISTED = 6
_OPPOSITE = "The report says the opposite: "
_FIGURE, _TEXT, _YES_NO = Asked("figure"), Asked("text"), Asked("yes_no")


class Composer:
    """Composes answers over the reports that an extractor reads."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor
        self._index = extractor.index
        self._confidence = extractor.confidence

    def compose(self, query: Query, find: Find, result: Sequence[Finding] | Computed | None) -> Answer:
        """Answer a query.

        Args:
            query: What is asked.
            find: Extracts where another question of the same reports is answered, best first.
            result: What became of the calculation that the query asks for, or the places that state its result; None
                where it asks for none.
        """
        if isinstance(result, Computed):
            answer = self._calculated(query, result) if result.calculation else no_result(self._draft(), query, result)
            if answer is not None:
                return answer
        elif result is not None:
            return self._looked_up(replace(query, answer_type=_FIGURE), result)
        if query.answer_type.wanted == "choice":
            chosen = self._chosen(query, find)
            if chosen is not None:
                return chosen
        found = self._extractor.extract(query) if query.question else []
        strategy = self._listed if query.answer_type.wanted == "list" else self._looked_up
        answer = strategy(query, found)
        if answer.verdict != "not_disclosed":
            return answer
        denied = self._denied(query, find)
        if denied is not None:
            return denied
        return refused(self._draft(), query, found, self._confidence, lambda other: find(other, query.answer_type))

    def _draft(self) -> Draft:
        tell("checking")
        return Draft(self._index.documents, self._extractor.facts)

    def _denied(self, query: Query, find: Find) -> Answer | None:
        """That what a question takes for granted is not so, where the reports say that."""
        wording = premise(query.question)
        found = find(wording, _YES_NO) if wording else []
        if not found or not is_denied(found[0]):
            return None
        if not is_taken(found[0]) and found[0].confidence < self._confidence.threshold:
            return None
        answer = self._looked_up(replace(query, answer_type=_YES_NO), found)
        return answer if answer.verdict == "answered" else None

    def _looked_up(self, query: Query, found: Sequence[Finding]) -> Answer:
        """The best place; where others state another figure for what was asked, those too."""
        question, yes_no = query.question, query.answer_type.wanted == "yes_no"
        if not found or found[0].confidence < self._doubt(query, found[0]) * self._confidence.threshold:
            return refused(self._draft(), query, found, self._confidence)
        fullest = named(question, found[0], found, lambda other: self._also(found[0], other))
        best, draft = counting(question, fullest), self._draft()
        found = [best, *(one for one in found if one.passage.id != best.passage.id)]
        plain = self._plain(query, best)
        other_way = best.passage.kind == "prose" and contradicts(plain, said(best))
        draft.claim(best, _OPPOSITE if other_way and not yes_no else "")
        value = "" if other_way else draft.value(best)
        if yes_no:
            no = other_way or is_part(question, value)
            against = None if no else opposed(plain, best, found, self._index.rarity)
            value = "No" if no or is_denied(best) else "Yes"
            if against is not None:
                draft.claim(against, "But: ")
        elif not other_way:
            tell_others(draft, question, best, found, self._index, lambda other: self._also(best, other))
        return draft.answer(question, "answered", value, best.confidence)

    def _plain(self, query: Query, best: Finding) -> str:
        """The question as a place of one report would have it, without that report's company."""
        return self._extractor.analyzer.entities.plain(query.question, (best.passage.document_id,))

    def _doubt(self, query: Query, best: Finding) -> float:
        """What the threshold is multiplied by for an answer type."""
        if query.answer_type.wanted != "yes_no":
            return 1.0
        return doubt(best, shared_words(self._plain(query, best), stems(said(best)), self._index.rarity))

    def _listed(self, query: Query, found: Sequence[Finding]) -> Answer:
        """Every place that holds an item: the rows of a table, the items of a list, or several passages."""
        if not found or found[0].confidence < self._confidence.threshold:
            return refused(self._draft(), query, found, self._confidence)
        best, draft, count = found[0], self._draft(), query.answer_type.count
        rows = table_rows(best, self._index.passages, self._extractor.place[best.passage.id])
        also = as_much(query.question, [finding for finding in found[:_MAX_LISTED] if self._also(best, finding)])
        likely = [whole_list(finding) for finding in also]
        told = [finding for finding in rows or of_count(distinct(likely), count) if draft.claim(finding)]
        values = list(dict.fromkeys(" ".join(draft.value(finding).split()) for finding in told))
        answer = draft.answer(query.question, "answered", "; ".join(values), best.confidence)
        return replace(answer, text=f"{answer.text} {miscounted(count, values)}".strip())

    def _also(self, best: Finding, other: Finding) -> bool:
        """Whether another place is likely enough to be told beside the best."""
        return other.confidence >= max(self._confidence.threshold, _ALSO_RATIO * best.confidence)

    def _chosen(self, query: Query, find: Find) -> Answer | None:
        """A choice between two: the places for the question and for each alternative."""
        first, second = query.answer_type.alternatives
        lead = first.rsplit(" ", 3)[0]
        found = find(query.question, _TEXT)
        both = [find(f"{first}?", _TEXT), find(f"{lead} {second}?", _TEXT)]
        if not found or max(f.confidence for f in found[:1] + both[0][:1] + both[1][:1]) < self._confidence.threshold:
            return None
        draft = self._draft()
        kept = []
        for finding in [found[0], *(side[0] for side in both if side), *found[1:2]]:
            if finding.confidence >= self._confidence.threshold and draft.claim(finding):
                kept.append(finding)
        if not kept:
            return None
        spoken = sorted([*found, *both[0], *both[1]], key=lambda one: -one.score)
        for finding in sides(query.answer_type.alternatives, spoken):
            draft.claim(finding)
        values = dict.fromkeys(" ".join(draft.value(finding).split()) for finding in kept)
        return draft.answer(query.question, "answered", "; ".join(values), max(f.confidence for f in kept))

    def _calculated(self, query: Query, done: Computed) -> Answer | None:
        """The result of a calculation; None where a figure of it is unproved."""
        draft, calculation = self._draft(), done.calculation
        if calculation is None:
            return None
        result = calculation.shown
        if not draft.say(f"{result} = {calculation.formula}", (*done.places, *done.also), calculation):
            return None
        if done.size is not None:
            draft.say(f"The change is {done.size.shown} = {done.size.formula}", done.places, done.size)
        for finding in done.places:
            draft.claim(finding)
        tell_definitions(draft, query.question, result, done.places[0], self._index)
        return draft.answer(query.question, "answered", result, done.confidence, calculation)


def sides(alternatives: Sequence[str], found: Sequence[Finding]) -> Iterator[Finding]:
    """For each alternative the place that has most of its own words: those of neither the other nor all places.

    Args:
        alternatives: The two, the first led by the rest of the question.
        found: Places found, best first.
    """
    first, second = map(stems, alternatives)
    taken = [place for place in found if is_taken(place) and not place.missed]
    for own in (first - second, second - first):
        spoken = [_spoken(place, own) for place in taken]
        common = set.intersection(*spoken) if len(spoken) > 1 else set()
        counts = [len(held - common) for held in spoken]
        if any(counts):
            yield taken[counts.index(max(counts))]


def _spoken(place: Finding, own: set[str]) -> set[str]:
    """Those of some stems that a place's quote holds, as they are or as synonyms."""
    held = stems(said(place))
    return {word for word in own if word in held or any(other in held for other in related([word]))}
