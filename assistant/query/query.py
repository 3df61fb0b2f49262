"""What a question asks for, read once and handed from step to step."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.query.wording.answer_type import Asked


@dataclass(frozen=True, slots=True)
class Query:
    """A question that stands on its own.

    Attributes:
        text: The question as it was typed.
        question: The question completed from its conversation, in English, spelled as the reports spell it.
        answer_type: What kind of answer it wants.
        documents: Ids of the reports that it is asked of; empty for all.
        near: Ids of passages that the conversation is at.
        lexical: What BM25 searches for: the question without what it says of the report itself.
        dense: What the embedder searches for: also without times but years, "the company" for the companies' names.
        plain: The question without companies and times, as the label of a row would have it.
        nameless: The question without the company's name where one company's reports are asked.
    """

    text: str
    question: str
    answer_type: Asked
    documents: tuple[str, ...]
    near: tuple[str, ...]
    lexical: str
    dense: str
    plain: str
    nameless: str
