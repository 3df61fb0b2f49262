"""Makes the `Query` of a question: completed, in English, spelled, with its answer type and the reports it is asked of.

This module does not know how passages are searched or read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answer import Answer
from assistant.query.chinese import translation as chinese
from assistant.query.entities import Entities, without_report
from assistant.query.followup.preamble import without_preamble
from assistant.query.followup.resolution import is_followup, resolve
from assistant.query.query import Query
from assistant.query.wording.answer_type import Asked, asked
from index.hit import Hit
from index.passage_index import PassageIndex


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn of a conversation, which a follow-up is completed from.

    Attributes:
        query: What was asked.
        answer: What was answered.
    """

    query: Query
    answer: Answer


class QueryAnalyzer:
    """Reads questions over the reports of one index.

    Attributes:
        entities: The companies and reports that a question may name.
    """

    def __init__(self, index: PassageIndex) -> None:
        self._index = index
        self.entities = Entities(index.documents, index.spelled)

    def analyze(
        self,
        question: str,
        turns: Sequence[str],
        documents: Collection[str],
        answer: Callable[[Query], Answer],
    ) -> Query:
        """Read the last question of a conversation.

        Args:
            question: What is asked.
            turns: The earlier questions, oldest first.
            documents: Ids of the documents to answer from; empty for those that the conversation names, or all.
            answer: Answers an earlier turn; called for those that a follow-up is completed from.
        """
        said = (*turns, question)
        chosen = tuple(sorted(set(documents)))

        @cache  # a turn is completed from the two before it, and each of those from two
        def turn(place: int) -> Query:
            text, earlier = without_preamble(said[place]), said[:place]
            if not earlier or not is_followup(text):
                return self.lookup(text, None, chosen or self.entities.reports(said[place], earlier), text=said[place])
            before = answer(turn(place - 1))
            known, first = turn(place - 1).question, turn(place - 2).question if place > 1 else ""
            resolved = resolve(text, known, before, lambda name: bool(self.entities.reports(name)), first)
            near = tuple(dict.fromkeys(c.passage_id for c in before.citations)) if resolved != text else ()
            reports = chosen or self.entities.reports(resolved, (*earlier, known))
            return self.lookup(resolved, None, reports, near, text=said[place])

        return turn(len(turns))

    def lookup(
        self,
        question: str,
        answer_type: Asked | None = None,
        documents: Collection[str] = (),
        near: tuple[str, ...] = (),
        text: str = "",
    ) -> Query:
        """Read a question that stands on its own.

        Args:
            question: What is asked.
            answer_type: What kind of answer is wanted; read off the question where None.
            documents: Ids of the documents to answer from; empty for those that it names, or all.
            near: Ids of passages that the conversation is at.
            text: The question as it was typed.
        """
        if chinese.is_chinese(question):
            question = chinese.translate(question, self._index.is_known)
        entities = self.entities
        spelled = entities.spelled(question)
        reports = tuple(documents) or entities.reports(spelled)
        lexical = without_report(spelled)
        return Query(
            text=text or question,
            question=spelled,
            answer_type=answer_type or asked(spelled),
            documents=reports,
            near=near,
            lexical=lexical,
            dense=entities.plain(lexical, reports, "the company"),
            plain=entities.plain(spelled, reports),
            nameless=entities.nameless(spelled, reports) if entities.is_one_company(reports) else spelled,
        )

    def search(self, question: str, k: int, documents: Collection[str] = ()) -> list[Hit]:
        """Find the k passages nearest to a question, best first, in the reports that it names where none are given."""
        return self.hits(self.lookup(question, documents=documents), k)

    def hits(self, query: Query, k: int) -> list[Hit]:
        """Find the k passages nearest to a query, best first."""
        return self._index.search(query.lexical, k, query.documents, query.dense)
