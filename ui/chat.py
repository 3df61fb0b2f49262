"""What the chat does when something is asked or clicked: each step gives what the page shows next.

Conversations live on disk and the browser keeps only the id of the current one, so that a reload, a restart or a
second tab loses nothing. This module knows nothing of Gradio, nor where on the page things stand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer
from assistant.progress import Progress, silent
from index.passage_index import PassageIndex
from ui import feedback
from ui.background import in_background
from ui.conversations import Conversation, ConversationStore
from ui.evidence import evidence_html
from ui.export import write_conversation
from ui.render import Turn, conversation_html, head_html, list_html
from ui.suggestions import example_questions, follow_ups

MAX_QUESTION_CHARS = 2000
_FAILED = "Something went wrong, and the question was not answered: ask again, or look at what the server printed."
_THANKS = "Thank you: kept as a test question."
_NO_EVIDENCE = '<p class="none">The passages that prove an answer appear here.</p>'


class Askable(Protocol):
    """Answers questions over an index."""

    @property
    def index(self) -> PassageIndex:
        """The reports."""
        ...

    def ask(
        self, question: str, turns: Sequence[str], documents: Collection[str], progress: Progress = silent
    ) -> Answer:
        """Answer a question, given the earlier questions of its conversation and the reports to ask."""
        ...


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows. None leaves a part as it is.

    Attributes:
        head: The conversation's name and menu.
        conversation: Its turns.
        evidence: The cards of its answers.
        status: One line above the question box: what was done, or what is wrong.
        question: The text of the question box.
        current: The conversation's id, which the browser keeps.
        listing: The list of conversations.
        correcting: Place of the turn that is being put right, counted from 0; None closes the panel.
    """

    head: str | None = None
    conversation: str | None = None
    evidence: str | None = None
    status: str | None = ""
    question: str | None = None
    current: str | None = None
    listing: str | None = None
    correcting: int | None = None


def question_problem(question: str) -> str:
    """Why a question cannot be asked, in one line; empty when it can."""
    if not question.strip():
        return "Type a question first."
    if len(question) > MAX_QUESTION_CHARS:
        return f"That question has {len(question):,} characters; shorten it to {MAX_QUESTION_CHARS:,} or fewer."
    return ""


class Chat:
    """The chat over one assistant.

    `owner` is the name of the user who logged in, empty where nobody has to: each has conversations of their own.

    Args:
        assistant: Answers the questions.
        home: Where conversations and feedback are kept.
        pictured: Gives the ids of the reports whose pages can be shown as printed.
    """

    def __init__(self, assistant: Askable, home: Path, pictured: Callable[[], Collection[str]] = tuple) -> None:
        self.assistant = assistant
        self.home = home
        self.pictured = pictured

    def open(self, current: str, owner: str) -> View:
        """A conversation, or an empty one where there is none of that id."""
        store = self._store(owner)
        try:
            return self._view(store, store.load(current))
        except ValueError as error:
            return self._view(store, Conversation.new(), _problem(str(error)))

    def ask(self, question: str, current: str, documents: Sequence[str], owner: str) -> Iterator[View]:
        """Answer a question, showing each stage on the way.

        Args:
            question: As typed.
            current: The conversation's id.
            documents: Ids of the reports to ask; empty for all.
            owner: Whose conversation it is.
        """
        problem = question_problem(question)
        if problem:
            yield View(status=_problem(problem))
            return
        store, question = self._store(owner), question.strip()
        try:
            conversation = store.load(current)
        except ValueError as error:
            yield View(status=_problem(str(error)))
            return
        try:
            view = yield from in_background(partial(self._answering, store, conversation, question, documents))
        except ValueError as error:
            before = self._turns(conversation)
            view = View(conversation=before, status=_problem(str(error)), question=question)
        yield view

    def failed(self, current: str, owner: str) -> View:
        """The conversation as it was, after an error that nobody foresaw."""
        return replace(self.open(current, owner), status=_problem(_FAILED))

    def rename(self, name: str, current: str, owner: str) -> View:
        """Give the conversation a name."""
        store = self._store(owner)
        renamed = store.load(current).renamed(name)
        store.save(renamed)
        return self._view(store, renamed)

    def delete(self, current: str, owner: str) -> View:
        """Delete the conversation and begin an empty one."""
        store = self._store(owner)
        store.delete(current)
        return self._view(store, Conversation.new(), _note("Conversation deleted."))

    def rate(self, place: int, rating: str, current: str, owner: str) -> View:
        """Keep a thumb: "up" is kept as a test question at once, "down" asks what would be right."""
        store = self._store(owner)
        conversation = store.load(current)
        if not 0 <= place < len(conversation.turns):
            return View(status=_problem("That answer is no longer there: reload the page."))
        conversation = conversation.with_rating(place, rating)
        store.save(conversation)
        shown = conversation_html(conversation.turns)
        if rating == "down":
            return View(conversation=shown, correcting=place)
        self._keep(conversation, place, feedback.praise(conversation.turns, place))
        return View(conversation=shown, status=_note(_THANKS))

    def correct(self, place: int, right: str, words: str, silent: bool, current: str, owner: str) -> View:
        """Keep a correction as a question with its right answer.

        Args:
            place: The turn that was wrong, counted from 0.
            right: The right answer.
            words: The report's words that prove it, or empty.
            silent: Whether the reports do not state it; then the other two are ignored.
            current: The conversation's id.
            owner: Whose conversation it is.
        """
        if not silent and not right.strip():
            problem = "Type the right answer, or tick that the reports do not state it."
            return View(status=_problem(problem), correcting=place)
        conversation = self._store(owner).load(current)
        given = ("", "") if silent else (right.strip(), words.strip())
        try:
            row = feedback.correction(conversation.turns, place, *given, self.assistant.index)
        except ValueError as error:
            return View(status=_problem(str(error)), correcting=place)
        self._keep(conversation, place, row)
        return View(status=_note(_THANKS))

    def export(self, suffix: str, current: str, owner: str) -> Path:
        """A file with the conversation.

        Raises:
            ValueError: If the suffix is not ".md", ".json" or ".xlsx".
        """
        conversation = self._store(owner).load(current)
        path = Path(tempfile.mkdtemp()) / f"conversation-{conversation.id}{suffix}"
        write_conversation(conversation, path)
        return path

    def _keep(self, conversation: Conversation, place: int, row: dict[str, object]) -> None:
        feedback.keep(self.home / "feedback.jsonl", f"feedback-{conversation.id}-{place}", row)

    def _answering(
        self,
        store: ConversationStore,
        conversation: Conversation,
        question: str,
        documents: Sequence[str],
        say: Callable[[View], None],
    ) -> View:
        """What is shown in the end, each stage said on the way as it begins."""
        stages: list[str] = []

        def tell(stage: str) -> None:
            if stage not in stages[-1:]:
                stages.append(stage)
                pending = (*conversation.turns, Turn(question, message=f"{stage[:1].upper()}{stage[1:]}…"))
                say(View(conversation=conversation_html(pending), question=""))

        tell("searching")
        turn = self._answered(conversation, question, documents, tell)
        return self._view(store, store.append(conversation, turn))

    def _answered(self, conversation: Conversation, question: str, documents: Sequence[str], tell: Progress) -> Turn:
        earlier = [turn.question for turn in conversation.turns]
        answer = self.assistant.ask(question, earlier, documents, tell)
        suggested = follow_ups(answer, self.assistant.index.facts, [*earlier, question])
        return Turn(question, answer, suggestions=tuple(suggested))

    def _view(self, store: ConversationStore, conversation: Conversation, status: str = "") -> View:
        last, pictured = len(conversation.turns) - 1, self.pictured()
        cards = "".join(
            evidence_html(turn.answer, self.assistant.index.documents, place, place == last, pictured)
            for place, turn in enumerate(conversation.turns)
            if turn.answer is not None
        )
        return View(
            head=head_html(conversation.id, conversation.name),
            conversation=self._turns(conversation),
            evidence=cards or _NO_EVIDENCE,
            status=status,
            current=conversation.id,
            listing=list_html(store.recent(), conversation.id),
        )

    def _turns(self, conversation: Conversation) -> str:
        examples = () if conversation.turns else example_questions(self.assistant.index.facts)
        return conversation_html(conversation.turns, examples)

    def _store(self, owner: str) -> ConversationStore:
        folder = self.home / "conversations"
        return ConversationStore(folder / owner if owner else folder)


def _problem(text: str) -> str:
    return f'<p class="problem" role="alert">{escape(text)}</p>'


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'
