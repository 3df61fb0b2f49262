import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.answer import Answer, Citation
from assistant.progress import Progress, silent
from ui.chat import Chat, question_problem


@dataclass
class Nearest:
    """Answers with the nearest passage and remembers what it was asked."""

    index: Any
    asked: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def ask(
        self, question: str, turns: Sequence[str], documents: Collection[str], progress: Progress = silent
    ) -> Answer:
        self.asked.append((question, tuple(turns), tuple(documents)))
        if "broken" in question:
            raise ValueError("the index is <damaged>: build it again")
        for stage in ("searching", "reading", "reading", "checking"):
            progress(stage)
        passage = self.index.search(question, 1)[0].passage
        place = (passage.document_id, "Alder", passage.section, passage.page, passage.id, passage.start, passage.end)
        return Answer(
            question, question, "answered", "So [1].", "So", (), (Citation(1, *place, passage.text),), None, 0.9, 0.1
        )


@pytest.fixture
def chat(mill_index, tmp_path):
    return Chat(Nearest(mill_index), tmp_path)


def ask(chat, question, current="", documents=(), owner=""):
    return list(chat.ask(question, current, documents, owner))


def test_a_question_shows_its_stages_and_then_its_answer(chat):
    *stages, final = ask(chat, "  How many people?\n")
    shown = [re.findall(r'class="stage">.*</span>(.*?)</p>', stage.conversation) for stage in stages]
    assert shown == [["Searching…"], ["Reading…"], ["Checking…"]]
    assert {stage.question for stage in stages} == {""}
    assert '<h2 class="question">How many people?</h2>' in final.conversation
    assert "<mark>Alder Paper employed 1,284 people" in final.evidence
    assert 'value="How many people?"' in final.head
    assert chat.assistant.asked == [("How many people?", (), ())]
    assert len(final.current) == 16


def test_a_follow_up_is_asked_with_its_conversation(chat):
    current = ask(chat, "How many people?")[-1].current
    final = ask(chat, "And mills?", current, ["alder-paper-2024"])[-1]
    assert chat.assistant.asked[1] == ("And mills?", ("How many people?",), ("alder-paper-2024",))
    assert final.current == current
    assert final.evidence.count('aria-label="Evidence" hidden>') == 1, "only the last answer's evidence is shown"
    assert final.conversation.count('class="turn"') == 2


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("", "Type a question first."),
        (" \n\t ", "Type a question first."),
        ("x" * 2001, "That question has 2,001 characters; shorten it to 2,000 or fewer."),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_in_one_line(chat, question, problem):
    (view,) = ask(chat, question)
    assert view.status == f'<p class="problem" role="alert">{problem}</p>'
    assert view.question is None, "what was typed stays"
    assert chat.assistant.asked == []
    assert question_problem("x" * 2000) == ""


def test_what_the_assistant_refuses_is_shown_and_nothing_is_lost(chat):
    current = ask(chat, "How many people?")[-1].current
    view = ask(chat, "broken?", current)[-1]
    assert "the index is &lt;damaged&gt;: build it again" in view.status
    assert view.question == "broken?"
    assert view.conversation.count('class="turn"') == 1


def test_after_an_error_the_conversation_is_as_it_was(chat):
    current = ask(chat, "How many people?")[-1].current
    view = chat.failed(current, "")
    assert "Something went wrong" in view.status
    assert view.conversation.count('class="answer"') == 1
    assert view.current == current


def test_a_conversation_survives_a_restart(chat, mill_index, tmp_path):
    current = ask(chat, "How many people?")[-1].current
    again = Chat(Nearest(mill_index), tmp_path).open(current, "")
    assert "How many people?" in f"{again.conversation}"
    assert "<mark>Alder Paper employed" in f"{again.evidence}"
    empty = chat.open("", "")
    assert empty.conversation is not None
    assert "Example questions" in empty.conversation
    assert "What was the total energy consumption in 2024?" in empty.conversation


def test_each_user_has_conversations_of_their_own(chat):
    current = ask(chat, "How many people?", owner="ada")[-1].current
    assert "How many people?" in chat.open(current, "ada").conversation
    for other in ("grace", ""):
        view = chat.open(current, other)
        assert "How many people?" not in f"{view.conversation}{view.listing}"


def test_a_damaged_conversation_is_told(chat, tmp_path):
    current = ask(chat, "How many people?")[-1].current
    (tmp_path / "conversations" / f"{current}.jsonl").write_text("{")
    assert "is damaged: delete the file" in chat.open(current, "").status
    assert "is damaged" in ask(chat, "And mills?", current)[-1].status


def test_a_name_and_an_end(chat):
    current = ask(chat, "How many people?")[-1].current
    assert ">Mills &lt;b&gt;</button>" in chat.rename("Mills <b>", current, "").listing
    gone = chat.delete(current, "")
    assert "Conversation deleted." in gone.status
    assert gone.listing == ""
    assert gone.current != current


def test_thumbs_are_kept_as_questions(chat, tmp_path):
    current = ask(chat, "How many people?")[-1].current
    assert "Thank you" in chat.rate(0, "up", current, "").status
    down = chat.rate(0, "down", current, "")
    assert down.correcting == 0
    assert 'data-action="down" data-turn="0" aria-pressed="true"' in down.conversation
    assert "Type the right answer" in chat.correct(0, " ", "", False, current, "").status
    refused = chat.correct(0, "999,999", "", False, current, "")
    assert "no passage says this" in refused.status
    assert refused.correcting == 0
    assert chat.correct(0, "12", "in 12 mills", False, current, "").correcting is None
    (row,) = [json.loads(line) for line in (tmp_path / "feedback.jsonl").read_text("utf-8").splitlines()]
    assert row["answers"] == ["12"]
    assert row["evidence"] == ["in 12 mills"]
    assert "no longer there" in chat.rate(5, "up", current, "").status


def test_a_conversation_is_exported(chat):
    current = ask(chat, "How many people?")[-1].current
    assert load_workbook(chat.export(".xlsx", current, "")).active["A2"].value == "How many people?"
    assert chat.export(".md", current, "").read_text("utf-8").startswith("# How many people?\n")
    with pytest.raises(ValueError, match="cannot export"):
        chat.export(".py", current, "")
