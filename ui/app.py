"""The page: conversations on the side, the chat beside its evidence, and tabs of facts, reports and evaluations.

This module lays out and wires. What happens on a click is `ui.chat`'s, what things look like `ui.render`'s. Gradio
takes long to import and reads the annotations of its handlers as they run: hence the late imports, and no postponed
annotations in this module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.api import AT_ONCE, add_api
from ui.beside import passage_beside
from ui.chat import Askable, Chat, View
from ui.evaluation_tab import evaluation_tab
from ui.facts_tab import facts_tab
from ui.live import Live
from ui.parts import DOWNLOAD, PRIVATE, acting, plain, reading
from ui.pictures import Pictures
from ui.reports_tab import reports_tab
from ui.settings import settings

if TYPE_CHECKING:
    from gradio import (
        HTML,
        Blocks,
        BrowserState,
        Button,
        CheckboxGroup,
        Column,
        DownloadButton,
        EventData,
        Request,
        Textbox,
    )

_BRAND = """
<div class="brand"><button type="button" class="icon burger" data-side aria-label="Conversations and reports"
aria-expanded="false"></button><strong>reportqa</strong>
<button type="button" class="icon moon" data-theme aria-label="Light or dark" title="Light or dark"></button></div>
"""
# Questions take all of a processor: more than two at once would only make each wait longer.
_ASKING: dict[str, Any] = {**PRIVATE, "concurrency_id": "ask", "concurrency_limit": AT_ONCE}


@dataclass(frozen=True, slots=True)
class _Page:
    """The parts of the page that events read and write."""

    new: "Button"
    listing: "HTML"
    reports: "CheckboxGroup"
    evidence: "HTML"
    current: "BrowserState"
    download: "DownloadButton"
    head: "HTML"
    conversation: "HTML"
    panel: "Column"
    correction: tuple[Any, ...]
    save: "Button"
    cancel: "Button"
    status: "HTML"
    question: "Textbox"

    @property
    def shown(self) -> list[Any]:
        """What a view is shown in, in the order of `_shown`."""
        texts = (self.head, self.conversation, self.evidence, self.status, self.question, self.current, self.listing)
        return [*texts, self.panel, self.correction[0]]


def build_app(assistant: Askable, home: Path, shared: bool = False) -> "Blocks":
    """The app, to be launched with `ui.theme.launch_options()`.

    Args:
        assistant: Answers the questions; where it is a `Live` one, reports can be added and removed.
        home: Where conversations and feedback are kept.
        shared: Whether several users log in; then none of them changes the settings for all.
    """
    import gradio as gr

    pictures = Pictures(assistant) if isinstance(assistant, Live) else None

    def picture(place: str) -> str:
        id, start, end = place.split()  # noqa: A001 - what the field is called
        return pictures.picture(id, int(start), int(end)) if pictures else ""

    def beside(place: str) -> dict[str, str] | None:
        passage_id, steps = place.split()
        return passage_beside(assistant.index, passage_id, int(steps))

    with gr.Blocks(title="reportqa", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as app:
        current = gr.BrowserState("", storage_key="reportqa-conversation", secret="only an id is kept")
        download = gr.DownloadButton("Download", visible="hidden", elem_id="download")
        gr.HTML(_BRAND, **plain("brand"))
        with gr.Row(elem_id="shell"):
            with gr.Column(elem_id="side", scale=0, min_width=248):
                new = gr.Button("New conversation", elem_id="new")
                listing = gr.HTML(**acting("listing"))
                choices = [(document.title, id) for id, document in assistant.index.documents.items()]
                chosen = [id for _, id in choices]
                reports = gr.CheckboxGroup(choices, value=chosen, label="Reports to ask", elem_id="reports")
                if isinstance(assistant, Live) and not shared:
                    settings(assistant)
            with gr.Column(elem_id="work", scale=1), gr.Tabs(elem_id="tabs"):
                with gr.Tab("Ask", elem_id="ask-tab"), gr.Row(elem_id="panes"):
                    with gr.Column(elem_id="chat", scale=6, min_width=320):
                        chat = _chat_column()
                    with gr.Column(elem_id="proof", scale=5, min_width=320):
                        evidence = gr.HTML(**reading("evidence", beside, picture if pictures else None))
                with gr.Tab("Facts", elem_id="facts-tab"):
                    facts = facts_tab(assistant, download, beside)
                if isinstance(assistant, Live):
                    with gr.Tab("Reports", elem_id="reports-page"):
                        reports_tab(app, assistant, reports, *facts)
                with gr.Tab("Evaluation", elem_id="evaluation-tab") as evaluation:
                    evaluation_tab(evaluation, home)
        page = _Page(new, listing, reports, evidence, current, download, **chat)
        _wire(app, page, Chat(assistant, home, pictures.documents) if pictures else Chat(assistant, home))
        add_api(assistant)
    return app


def _chat_column() -> dict[str, Any]:
    """The conversation above the question box, as parts of a page."""
    import gradio as gr

    head = gr.HTML(**acting("head"))
    conversation = gr.HTML(**acting("conversation"))
    with gr.Column(visible=False, elem_id="correction") as panel:
        place = gr.State(None)
        right = gr.Textbox(label="What would be right?", lines=1)
        words = gr.Textbox(label="The report's own words that prove it (optional)", lines=2)
        silent = gr.Checkbox(label="The reports do not state it")
        with gr.Row():
            cancel = gr.Button("Cancel", size="sm")
            save = gr.Button("Save", variant="primary", size="sm")
    status = gr.HTML(**plain("status"))
    question = gr.Textbox(
        placeholder="Ask about the reports",
        label="Question",
        show_label=False,
        container=False,
        lines=1,
        max_lines=6,
        submit_btn="Ask",
        autofocus=True,
        elem_id="question",
    )
    return {
        "head": head,
        "conversation": conversation,
        "panel": panel,
        "correction": (place, right, words, silent),
        "save": save,
        "cancel": cancel,
        "status": status,
        "question": question,
    }


def _wire(app: "Blocks", page: _Page, chat: Chat) -> None:
    """What every event of the chat does."""
    import gradio as gr

    def opened(current: str, request: gr.Request) -> tuple[Any, ...]:
        return _shown(chat.open(current, _owner(request)))

    def begun(request: gr.Request) -> tuple[Any, ...]:
        return _shown(chat.open("", _owner(request)))

    def asked(question: str, current: str, chosen: Sequence[str], request: gr.Request) -> Iterator[tuple[Any, ...]]:
        yield from map(_shown, chat.ask(question, current, chosen, _owner(request)))

    def acted(
        current: str, chosen: Sequence[str], event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from map(_shown, _act(chat, event, current, chosen, _owner(request)))

    def failed(current: str, request: gr.Request) -> tuple[Any, ...]:
        return _shown(chat.failed(current, _owner(request)))

    def exported(current: str, event: gr.EventData, request: gr.Request) -> str:
        return str(chat.export(str(event.text), current, _owner(request)))

    def corrected(
        place: int, right: str, words: str, silent: bool, current: str, request: gr.Request
    ) -> tuple[Any, ...]:
        view = chat.correct(place, right, words, silent, current, _owner(request))
        return (*_shown(view), *(("", "", False) if view.correcting is None else (right, words, silent)))

    app.load(opened, page.current, page.shown, **PRIVATE)
    page.new.click(begun, None, page.shown, **PRIVATE)
    asking = [page.question.submit(asked, [page.question, page.current, page.reports], page.shown, **_ASKING)]
    for part in (page.head, page.conversation, page.listing):
        asking.append(part.act(acted, [page.current, page.reports], page.shown, **_ASKING))
    for event in asking:
        event.failure(failed, page.current, page.shown, **PRIVATE)
    page.head.export(exported, page.current, page.download, **PRIVATE).then(None, js=DOWNLOAD)
    corrections = [*page.shown, *page.correction[1:]]
    page.save.click(corrected, [*page.correction, page.current], corrections, **PRIVATE)
    page.cancel.click(lambda: gr.update(visible=False), None, page.panel, **PRIVATE)


def _act(chat: Chat, event: "EventData", current: str, documents: Sequence[str], owner: str) -> Iterator[View]:
    """What a button of our own HTML asks for."""
    action, text = event.action, str(event.text)
    if action == "ask":
        yield from chat.ask(text, current, documents, owner)
    elif action == "open":
        yield chat.open(text, owner)
    elif action == "delete":
        yield chat.delete(text, owner)
    elif action == "rename":
        yield chat.rename(text, current, owner)
    elif action in ("up", "down"):
        yield chat.rate(int(event.turn), action, current, owner)


def _shown(view: View) -> tuple[Any, ...]:
    """A view in the order of the page's outputs; the last two are the correction's panel and its turn."""
    import gradio as gr

    parts = (
        view.head,
        view.conversation,
        view.evidence,
        view.status,
        view.question,
        view.current,
        view.listing,
    )
    texts = (gr.skip() if part is None else part for part in parts)
    return (*texts, gr.update(visible=view.correcting is not None), view.correcting)


def _owner(request: "Request") -> str:
    return str(request.username or "")
