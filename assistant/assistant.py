"""Answers a question about the indexed reports, with the places that prove the answer.

A question is completed from its conversation, read for what it asks, answered by one of five ways (a calculation, a
choice, a list, a yes or no, a lookup) and checked. This module does not know how an answer looks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from assistant.answer import Answer, Calculation, Verdict
from assistant.calculation import arithmetic
from assistant.calculation.calculator import Computed, Find, work_out
from assistant.calculation.grammars.operation import Operation
from assistant.calculation.report_rows import Reports
from assistant.composition.alternatives import tell_definitions, tell_others
from assistant.composition.builder import Draft
from assistant.composition.choices import sides as spoken_of
from assistant.composition.competing_values import counting, named
from assistant.composition.direction import contradicts, is_part
from assistant.composition.lists import as_much, distinct, miscounted, of_count, table_rows, whole_list
from assistant.composition.near_miss import near_miss
from assistant.progress import Progress, listening, silent, tell
from assistant.query.answer_type import Asked, asked, check_question, premise
from assistant.query.chinese import translation as chinese
from assistant.query.followup.preamble import without_preamble
from assistant.query.followup.resolution import is_followup, resolve
from assistant.reading.agreement import doubt, is_denied, is_taken, opposed, said
from assistant.reading.answerability import Confidence, shared_words
from assistant.reading.extractor import Finder, Finding
from assistant.reading.reader import Reader
from index.passage_index import PassageIndex
from index.words import stems

DEFAULT_K = 12
_CACHED_ANSWERS = 512
# A second place is told when it is this near to the best.
_ALSO_RATIO = 0.6
_MAX_LISTED = 6
_OPPOSITE = "The report says the opposite: "


class Assistant:
    """Answers questions from one index with one reader.

    Attributes:
        index: The reports.
        finder: Searches them and reads what is found.
    """

    def __init__(
        self, index: PassageIndex, reader: Reader, k: int = DEFAULT_K, confidence: Confidence | None = None
    ) -> None:
        self.index = index
        self._confidence = confidence or Confidence()
        self.finder = Finder(index, reader, self._confidence, k)
        self._facts = self.finder.facts
        self._reports = Reports(index.passages, self._facts, index.documents, index.rarity)
        self._remembered = lru_cache(_CACHED_ANSWERS)(self._answer)

    def ask(
        self,
        question: str,
        turns: Sequence[str] = (),
        documents: Collection[str] = (),
        progress: Progress = silent,
    ) -> Answer:
        """Answer a question.

        Args:
            question: What is asked, in English or Chinese.
            turns: The earlier questions of the conversation, oldest first.
            documents: Ids of the documents to answer from; empty for all.
            progress: Called with each stage as it begins: "searching", "reading", "checking".

        Raises:
            ValueError: If the question is empty or too long, or a document is not indexed.
        """
        began = time.perf_counter()
        for text in (question, *turns):
            check_question(text)
        unknown = sorted(set(documents) - set(self.index.documents))
        if unknown:
            raise ValueError(f"no such report: {', '.join(unknown)}; indexed are {', '.join(self.index.documents)}")
        with listening(progress):
            answer = self._in_conversation(question, tuple(turns), tuple(sorted(set(documents))))
        return replace(answer, question=question, seconds=time.perf_counter() - began)

    def over(self, index: PassageIndex) -> Assistant:
        """The same assistant over another index, with the models that it has loaded."""
        return Assistant(index, self.finder.reader, self.finder.k, self._confidence)

    def _in_conversation(self, question: str, turns: tuple[str, ...], documents: tuple[str, ...]) -> Answer:
        """Answer a question completed from the turns before it, whose answers are asked again or remembered."""
        asked_so_far = (*turns, question)

        @cache  # a turn is completed from the two before it, and each of those from two
        def answered(place: int) -> Answer:
            whole, earlier = asked_so_far[place], asked_so_far[:place]
            question = without_preamble(whole)
            if not earlier or not is_followup(question):
                return self._remembered(question, documents or self.index.meant(whole, earlier), ())
            before = answered(place - 1)
            first = answered(place - 2).resolved_question if place > 1 else ""
            known = before.resolved_question
            resolved = resolve(question, known, before, lambda name: bool(self.index.meant(name)), first)
            near = dict.fromkeys(citation.passage_id for citation in before.citations if resolved != question)
            return self._remembered(resolved, documents or self.index.meant(resolved, (*earlier, known)), tuple(near))

        return answered(len(turns))

    def _answer(self, question: str, documents: tuple[str, ...], near: tuple[str, ...]) -> Answer:
        """Answer a question that stands on its own; `near` are ids of passages that the conversation is at."""
        asked_in = question
        if chinese.is_chinese(question):
            question = chinese.translate(question, self.index.is_known)
        question = self.index.spelled(question)
        documents = documents or self.index.meant(question)  # the parts of a question are asked of its reports too
        if not question:
            return self._not_disclosed(asked_in, ())
        around = self.finder.around(near)

        def find(wording: str, kind: Asked) -> list[Finding]:
            return self.finder.find(wording, kind, documents, around)

        operation = arithmetic.parse(self._impersonal(question, documents))
        if operation is not None:
            computed = self._computed(question, operation, find)
            if computed is not None:
                return computed
        kind = asked(question)
        if kind.wanted == "choice":
            chosen = self._chosen(question, kind, find)
            if chosen is not None:
                return chosen
        found = find(question, kind)
        told = self._listed if kind.wanted == "list" else self._looked_up
        answer = told(question, kind, found)
        if answer.verdict != "not_disclosed":
            return answer
        return self._denied(question, find) or self._not_disclosed(question, found, lambda other: find(other, kind))

    def _impersonal(self, question: str, documents: tuple[str, ...]) -> str:
        """A question without the company's name where one company's reports are asked: it tells no figures apart."""
        reports = documents or tuple(self.index.documents)
        companies = {self.index.documents[name].company for name in reports}
        return self.index.nameless(question, reports) if len(companies) == 1 else question

    def _denied(self, question: str, find: Find) -> Answer | None:
        """That what a question takes for granted is not so, where the reports say that."""
        wording = premise(question)
        found = find(wording, Asked("yes_no")) if wording else []
        if not found or not is_denied(found[0]):
            return None
        if not is_taken(found[0]) and found[0].confidence < self._confidence.threshold:
            return None
        answer = self._looked_up(question, Asked("yes_no"), found)
        return answer if answer.verdict == "answered" else None

    def _looked_up(self, question: str, kind: Asked, found: Sequence[Finding]) -> Answer:
        """The best place; where others state another figure for what was asked, those too."""
        if not found or found[0].confidence < self._doubt(question, kind, found[0]) * self._confidence.threshold:
            return self._not_disclosed(question, found)
        fullest = named(question, found[0], found, lambda other: self._also(found[0], other))
        best, draft = counting(question, fullest), self._draft()
        found = [best, *(one for one in found if one.passage.id != best.passage.id)]
        plain = self.index.neutral(question, (best.passage.document_id,), "")
        other_way = best.passage.kind == "prose" and contradicts(plain, said(best))
        draft.claim(best, _OPPOSITE if other_way and kind.wanted != "yes_no" else "")
        value = "" if other_way else draft.value(best)
        if kind.wanted == "yes_no":
            no = other_way or is_part(question, value)
            against = None if no else opposed(plain, best, found, self.index.rarity)
            value = "No" if no or is_denied(best) else "Yes"
            if against is not None:
                draft.claim(against, "But: ")
        if kind.wanted != "yes_no" and not other_way:
            tell_others(draft, question, best, found, self.index, lambda other: self._also(best, other))
        return self._made(question, "answered", value, draft, best.confidence)

    def _doubt(self, question: str, kind: Asked, best: Finding) -> float:
        """What the threshold is multiplied by for a kind of question."""
        if kind.wanted != "yes_no":
            return 1.0
        plain = self.index.neutral(question, (best.passage.document_id,), "")
        return doubt(best, shared_words(plain, stems(said(best)), self.index.rarity))

    def _listed(self, question: str, kind: Asked, found: Sequence[Finding]) -> Answer:
        """Every place that holds an item: the rows of a table, the items of a list, or several passages."""
        if not found or found[0].confidence < self._confidence.threshold:
            return self._not_disclosed(question, found)
        best, draft = found[0], self._draft()
        rows = table_rows(best, self.index.passages, self.finder.place[best.passage.id])
        also = as_much(question, [finding for finding in found[:_MAX_LISTED] if self._also(best, finding)])
        likely = [whole_list(finding) for finding in also]
        told = [finding for finding in rows or of_count(distinct(likely), kind.count) if draft.claim(finding)]
        values = list(dict.fromkeys(" ".join(draft.value(finding).split()) for finding in told))
        answer = self._made(question, "answered", "; ".join(values), draft, best.confidence)
        return replace(answer, text=f"{answer.text} {miscounted(kind.count, values)}".strip())

    def _also(self, best: Finding, other: Finding) -> bool:
        """Whether another place is likely enough to be told beside the best."""
        return other.confidence >= max(self._confidence.threshold, _ALSO_RATIO * best.confidence)

    def _chosen(self, question: str, kind: Asked, find: Find) -> Answer | None:
        """A choice between two: the places for the question and for each alternative."""
        first, second = kind.alternatives
        lead = first.rsplit(" ", 3)[0]
        found = find(question, Asked("text"))
        sides = [find(f"{first}?", Asked("text")), find(f"{lead} {second}?", Asked("text"))]
        if not found or max(f.confidence for f in found[:1] + sides[0][:1] + sides[1][:1]) < self._confidence.threshold:
            return None
        draft = self._draft()
        kept = []
        for finding in [found[0], *(side[0] for side in sides if side), *found[1:2]]:
            if finding.confidence >= self._confidence.threshold and draft.claim(finding):
                kept.append(finding)
        if not kept:
            return None
        for finding in spoken_of(kind.alternatives, sorted([*found, *sides[0], *sides[1]], key=lambda one: -one.score)):
            draft.claim(finding)
        values = dict.fromkeys(" ".join(draft.value(finding).split()) for finding in kept)
        return self._made(question, "answered", "; ".join(values), draft, max(f.confidence for f in kept))

    def _computed(self, question: str, operation: Operation, find: Find) -> Answer | None:
        """The result of a calculation; None where the question is better looked up."""
        done = work_out(question, operation, find, self._reports, self._confidence.threshold)
        if not isinstance(done, Computed):
            return None if done is None else self._looked_up(question, Asked("figure"), done)
        if done.calculation is None:
            return self._no_result(question, done)
        draft = self._draft()
        result = done.calculation.shown
        if not draft.say(f"{result} = {done.calculation.formula}", (*done.places, *done.also), done.calculation):
            return None
        if done.size is not None:
            draft.say(f"The change is {done.size.shown} = {done.size.formula}", done.places, done.size)
        for finding in done.places:
            draft.claim(finding)
        tell_definitions(draft, question, result, done.places[0], self.index)
        return self._made(question, "answered", result, draft, done.confidence, done.calculation)

    def _no_result(self, question: str, done: Computed) -> Answer:
        """What was found of a calculation, and what was not or did not fit."""
        draft = self._draft()
        for finding in done.places:
            draft.claim(finding)
        if not done.missing:
            return self._answered(
                question, "partial", f"No result: {done.why}. {draft.text}", "", draft, done.confidence
            )
        wanted = "; ".join(f"“{wording.rstrip('?')}”" for wording in done.missing)
        text = f"Not disclosed: the reports do not state {wanted}, which the calculation needs. {draft.text}"
        return self._answered(question, "not_disclosed", text, "", draft, 0.0)

    def _not_disclosed(
        self, question: str, found: Sequence[Finding], find: Callable[[str], list[Finding]] | None = None
    ) -> Answer:
        draft, text = self._draft(), "Not disclosed: the reports do not state this."
        near = near_miss(question, found, find, self.index.documents, self._confidence) if find else None
        if near is not None and draft.claim(near[1]):
            text += f" {near[0]}{draft.text}"
        for finding in found[:3]:
            draft.cite(Finding.whole(finding.passage))
        if draft.citations and not draft.claims:
            text += " Nearest passages looked at: " + "".join(f"[{c.n}]" for c in draft.citations) + "."
        confidence = found[0].confidence if found else 0.0
        return self._answered(question, "not_disclosed", text, "", draft, confidence)

    def _made(
        self,
        question: str,
        verdict: Verdict,
        value: str,
        draft: Draft,
        confidence: float,
        calculation: Calculation | None = None,
    ) -> Answer:
        value = " ".join(value.split())
        text = draft.text if draft.text.lower().startswith(value.lower()) else f"{value} — {draft.text}"
        return self._answered(question, verdict, text, value, draft, confidence, calculation)

    def _answered(
        self,
        question: str,
        verdict: Verdict,
        text: str,
        value: str,
        draft: Draft,
        confidence: float,
        calculation: Calculation | None = None,
    ) -> Answer:
        claims, citations = tuple(draft.claims), tuple(draft.citations)
        return Answer(question, question, verdict, text, value, claims, citations, calculation, confidence, 0.0)

    def _draft(self) -> Draft:
        tell("checking")
        return Draft(self.index.documents, self._facts)
