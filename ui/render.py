"""How an answer looks: pure functions from answers to HTML.

Everything that comes from a question, a report or a model is escaped. A mark `[n]` becomes a button that points to its
evidence card; what else the page does with it is the page's script. This module knows neither Gradio nor the index.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from assistant.answer import Answer, Calculation
from ui.evidence import card_id

_MARK = re.compile(r"\s*\[(\d{1,3})\]")
_BULLET = re.compile(r"\s*(?:[-•*]|\d{1,2}[.)])\s+")
_LARGE_CHARS, _MEDIUM_CHARS = 28, 90


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what came of it.

    Attributes:
        question: As asked.
        answer: The answer, None while it is being found or when there is none.
        message: Why there is no answer, or what is being done, in one line.
        suggestions: Questions that may follow.
        rating: What the user thought of it: "up", "down", or empty.
    """

    question: str
    answer: Answer | None = None
    message: str = ""
    suggestions: tuple[str, ...] = ()
    rating: str = ""


def verdict_label(answer: Answer) -> str:
    """The verdict in plain words."""
    if answer.verdict == "not_disclosed":
        return "Not disclosed in these reports"
    if answer.verdict == "partial":
        return "Partly stated"
    return "Stated" if answer.calculation is None else "Computed"


def confidence_label(answer: Answer) -> str:
    """How sure the answer is, in plain words and percent: "Very likely right · 97%"."""
    if answer.verdict == "not_disclosed":
        return f"Nearest passage: {answer.confidence:.0%} likely to answer" if answer.citations else ""
    words = ((0.9, "Very likely right"), (0.75, "Likely right"), (0.5, "Probably right"), (0.0, "Uncertain"))
    word = next(word for least, word in words if answer.confidence >= least)
    return f"{word} · {answer.confidence:.0%}"


def answer_html(answer: Answer, turn: int) -> str:
    """An answer: verdict, the value large, the sentences with their marks, the calculation, the note.

    Args:
        answer: What was found.
        turn: Its place in the conversation, counted from 0.
    """
    numbers = {citation.n for citation in answer.citations}
    kind = verdict_label(answer).split()[0].lower()
    parts = [
        f'<p class="verdict"><span class="pill {kind}">{verdict_label(answer)}</span>'
        f'<span class="confidence">{confidence_label(answer)}</span></p>',
        _value(answer),
        f'<div class="sentences">{_sentences(_said(answer), numbers, turn)}</div>',
    ]
    if answer.calculation is not None:
        parts.append(_calculation(answer.calculation))
    if answer.note:
        parts.append(f'<p class="note">{escape(answer.note)}</p>')
    return "".join(parts)


def turn_html(turn: Turn, place: int) -> str:
    """A question with its answer, or with what is being done about it."""
    asked = f'<h2 class="question">{escape(turn.question)}</h2>'
    if turn.answer is None:
        busy = (
            '<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>' if turn.message.endswith("…") else ""
        )
        state = "stage" if busy else "message"
        shown = f'<p class="{state}">{busy}{escape(turn.message)}</p>'
        return f'<article class="turn" data-turn="{place}">{asked}{shown}</article>'
    return (
        f'<article class="turn" data-turn="{place}">{asked}{_resolved(turn.answer)}'
        f'<div class="answer">{answer_html(turn.answer, place)}{_foot(turn.answer.seconds, turn.rating, place)}</div>'
        f"{chips(turn.suggestions, 'Follow-up questions')}</article>"
    )


def conversation_html(turns: Sequence[Turn], examples: Sequence[str] = ()) -> str:
    """A conversation; an empty one greets and gives examples."""
    if turns:
        last = len(turns) - 1
        shown = (
            turn if place == last else Turn(turn.question, turn.answer, turn.message, (), turn.rating)
            for place, turn in enumerate(turns)
        )
        return f'<div class="turns">{"".join(turn_html(turn, place) for place, turn in enumerate(shown))}</div>'
    return (
        '<div class="welcome"><h1>Ask the report</h1>'
        "<p>Every figure and every claim comes with the passage, section and page that prove it. Where the reports are"
        f" silent, the answer says so.</p>{chips(examples, 'Example questions')}</div>"
    )


def chips(questions: Sequence[str], label: str) -> str:
    """Questions that are asked with a click."""
    buttons = "".join(_button("ask", question, question, ' class="chip"') for question in questions)
    return f'<div class="chips" role="group" aria-label="{escape(label)}">{buttons}</div>' if buttons else ""


def _button(action: str, text: str, label: str, attributes: str = "") -> str:
    """A button that asks the server for an action with a text."""
    data = f'data-action="{action}" data-text="{escape(text)}"'
    return f'<button type="button" {data}{attributes}>{escape(label)}</button>'


def _value(answer: Answer) -> str:
    """The short value; one that is as long as a sentence is left to the sentences."""
    if not answer.value or len(answer.value) > _MEDIUM_CHARS:
        return ""
    size = "large" if len(answer.value) <= _LARGE_CHARS else "medium"
    return f'<p class="value {size}">{escape(answer.value)}</p>'


def _said(answer: Answer) -> str:
    """The text, a line a claim, without the value in front of it, which is shown large."""
    lead = f"{answer.value} — "
    text = answer.text[len(lead) :] if answer.value and answer.text.startswith(lead) else answer.text
    claims = [claim.text for claim in answer.claims]
    joined = " ".join(claims)
    return "\n".join([text[: -len(joined)].strip(), *claims]) if claims and text.endswith(joined) else text


def _sentences(text: str, numbers: Collection[int], turn: int) -> str:
    """Paragraphs and lists of the text, `[n]` made a button where a citation has that number."""
    parts: list[str] = []
    bullets: list[str] = []
    for line in (*text.splitlines(), ""):
        bullet = _BULLET.match(line)
        if bullet:
            bullets.append(f"<li>{_marks(line[bullet.end() :], numbers, turn)}</li>")
            continue
        if bullets:
            parts.append(f"<ul>{''.join(bullets)}</ul>")
            bullets = []
        if line.strip():
            parts.append(f"<p>{_marks(line.strip(), numbers, turn)}</p>")
    return "".join(parts)


def _marks(line: str, numbers: Collection[int], turn: int) -> str:
    parts, end = [], 0
    for match in _MARK.finditer(line):
        n = int(match[1])
        if n in numbers:
            parts += [escape(line[end : match.start()]), _mark(n, turn)]
            end = match.end()
    return "".join(parts) + escape(line[end:])


def _mark(n: int, turn: int) -> str:
    return f'<button type="button" class="mark" data-card="{card_id(turn, n)}" aria-label="Citation {n}">{n}</button>'


def _calculation(calculation: Calculation) -> str:
    result = escape(f"{calculation.result} {calculation.unit}".strip())
    return (
        '<div class="calculation" aria-label="Calculation"><span class="label">Calculation</span>'
        f'<span class="formula">{escape(calculation.formula)}</span>'
        f'<span class="result">= {result}</span></div>'
    )


def _resolved(answer: Answer) -> str:
    """How a follow-up was understood, with a way to change it; nothing when it was understood as asked."""
    if answer.resolved_question.strip().casefold() == answer.question.strip().casefold():
        return ""
    understood = escape(answer.resolved_question)
    return (
        f'<p class="resolved"><span class="label">Understood as</span> {understood}'
        f' <button type="button" class="quiet" data-edit="{understood}">Edit</button></p>'
    )


def _foot(seconds: float, rating: str, place: int) -> str:
    """Seconds and the two thumbs."""
    thumbs = "".join(
        f'<button type="button" class="thumb {name}" data-action="{name}" data-turn="{place}"'
        f' aria-pressed="{str(rating == name).lower()}" aria-label="{label}" title="{label}"></button>'
        for name, label in (("up", "Right"), ("down", "Wrong or incomplete"))
    )
    return f'<footer><span class="seconds">{seconds:.1f} s</span>{thumbs}</footer>'


def head_html(id: str, name: str) -> str:  # noqa: A002 - what the field is called
    """The conversation's name, to be changed in place, and what can be done with all of it; empty before a question."""
    if not name:
        return ""
    kinds = ((".xlsx", "Export to Excel"), (".md", "Export to Markdown"), (".json", "Export to JSON"))
    entries = "".join(_button("export", suffix, label) for suffix, label in kinds)
    delete = _button("delete", id, "Delete conversation", ' class="danger" data-confirm="Delete for good?"')
    return (
        '<div class="head"><input class="name" data-action="rename" aria-label="Name of this conversation"'
        f' maxlength="80" value="{escape(name)}">'
        '<details class="menu"><summary aria-label="Conversation menu">⋯</summary>'
        f'<div class="entries">{entries}{delete}</div></details></div>'
    )


def list_html(conversations: Sequence[tuple[str, str]], current: str) -> str:
    """Links to conversations, given as (id, name)."""
    here = ' aria-current="true"'
    buttons = (_button("open", id, name, here if id == current else "") for id, name in conversations)
    entries = "".join(f"<li>{button}</li>" for button in buttons)
    return f'<nav aria-label="Conversations"><h2>Conversations</h2><ul>{entries}</ul></nav>' if entries else ""
