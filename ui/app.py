"""The page: conversations on the side, the chat beside its evidence, the facts in a tab of their own.

This module lays out and wires. What happens on a click is `ui.chat`'s, what things look like `ui.render`'s. Gradio
takes long to import and reads the annotations of its handlers as they run: hence the late imports, and no postponed
annotations in this module.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.chat import Askable, Chat, View
from ui.fact_table import FactTable

if TYPE_CHECKING:
    from gradio import HTML, Blocks, Button, CheckboxGroup, DownloadButton, EventData, Request

# Buttons of our own HTML say what they are for; a name that was changed says so too. Their text is data, never code.
_ACT = """
const act = (node) => trigger(node.dataset.action === 'export' ? 'export' : 'act', {
  action: node.dataset.action, text: node.dataset.text ?? node.value ?? '', turn: Number(node.dataset.turn ?? -1)});
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-action]');
  if (!button) return;
  if (button.dataset.confirm && button.textContent !== button.dataset.confirm) {
    button.textContent = button.dataset.confirm;
    return;
  }
  button.closest('details')?.removeAttribute('open');
  act(button);
});
element.addEventListener('change', (event) => { if (event.target.matches('input[data-action]')) act(event.target); });
"""
_BRAND = """
<div class="brand"><button type="button" class="icon burger" data-side aria-label="Conversations and reports"
aria-expanded="false"></button><strong>reportqa</strong>
<button type="button" class="icon moon" data-theme aria-label="Light or dark" title="Light or dark"></button></div>
"""
_DOWNLOAD = "() => { setTimeout(() => document.querySelector('#download')?.click(), 100); }"
_SHOW_PLACE = "() => { if (innerWidth < 900) document.querySelector('#fact-evidence').scrollIntoView(); }"
_WIDTHS = {
    "Report": 200,
    "Metric": 240,
    "As written": 130,
    "Unit": 90,
    "Period": 80,
    "Scope": 150,
    "Section": 220,
    "Page": 70,
}
_PRIVATE: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


def build_app(assistant: Askable, home: Path) -> "Blocks":
    """The app, to be launched with `ui.theme.launch_options()`.

    Args:
        assistant: Answers the questions.
        home: Where conversations and feedback are kept.
    """
    import gradio as gr

    with gr.Blocks(title="reportqa", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as app:
        download = gr.DownloadButton("Download", visible="hidden", elem_id="download")
        gr.HTML(_BRAND, **_plain("brand"))
        with gr.Row(elem_id="shell"):
            with gr.Column(elem_id="side", scale=0, min_width=248):
                new = gr.Button("New conversation", elem_id="new")
                listing = gr.HTML(**_acting("listing"))
                choices = [(document.title, id) for id, document in assistant.index.documents.items()]
                everything = [id for _, id in choices]
                reports = gr.CheckboxGroup(choices, value=everything, label="Reports to ask", elem_id="reports")
            with gr.Column(elem_id="work", scale=1), gr.Tabs(elem_id="tabs"):
                with gr.Tab("Ask", elem_id="ask-tab"):
                    _ask_tab(app, Chat(assistant, home), new, listing, reports, download)
                with gr.Tab("Facts", elem_id="facts-tab"):
                    _facts_tab(FactTable(assistant.index), download)
    return app


def _ask_tab(
    app: "Blocks", chat: Chat, new: "Button", listing: "HTML", reports: "CheckboxGroup", download: "DownloadButton"
) -> None:
    """The chat beside its evidence, and what every event of both columns does."""
    import gradio as gr

    current = gr.BrowserState("", storage_key="reportqa-conversation", secret="only an id is kept")
    with gr.Row(elem_id="panes"):
        with gr.Column(elem_id="chat", scale=6, min_width=320):
            head = gr.HTML(**_acting("head"))
            conversation = gr.HTML(**_acting("conversation"))
            panel, *correction, save, cancel = _correction()
            status = gr.HTML(**_plain("status"))
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
        with gr.Column(elem_id="proof", scale=5, min_width=320):
            evidence = gr.HTML(**_plain("evidence"))
    place = correction[0]
    outputs = [head, conversation, evidence, status, question, current, listing, panel, place]

    def opened(current: str, request: gr.Request) -> tuple[Any, ...]:
        return _shown(chat.open(current, _owner(request)))

    def begun(request: gr.Request) -> tuple[Any, ...]:
        return _shown(chat.open("", _owner(request)))

    def asked(question: str, current: str, documents: Sequence[str], request: gr.Request) -> Iterator[tuple[Any, ...]]:
        yield from map(_shown, chat.ask(question, current, documents, _owner(request)))

    def acted(
        current: str, documents: Sequence[str], event: gr.EventData, request: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from map(_shown, _act(chat, event, current, documents, _owner(request)))

    def exported(current: str, event: gr.EventData, request: gr.Request) -> str:
        return str(chat.export(str(event.text), current, _owner(request)))

    def corrected(
        place: int, right: str, words: str, silent: bool, current: str, request: gr.Request
    ) -> tuple[Any, ...]:
        return _shown(chat.correct(place, right, words, silent, current, _owner(request)))

    app.load(opened, current, outputs, **_PRIVATE)
    new.click(begun, None, outputs, **_PRIVATE)
    question.submit(asked, [question, current, reports], outputs, **_PRIVATE)
    for acting in (head, conversation, listing):
        acting.act(acted, [current, reports], outputs, **_PRIVATE)
    head.export(exported, current, download, **_PRIVATE).then(None, js=_DOWNLOAD)
    save.click(corrected, [*correction, current], outputs, **_PRIVATE)
    cancel.click(lambda: (gr.update(visible=False), None), None, [panel, place], **_PRIVATE)


def _correction() -> tuple[Any, ...]:
    """The panel in which a wrong answer is put right."""
    import gradio as gr

    with gr.Column(visible=False, elem_id="correction") as panel:
        place = gr.State(None)
        right = gr.Textbox(label="What would be right?", lines=1)
        words = gr.Textbox(label="The report's own words that prove it (optional)", lines=2)
        silent = gr.Checkbox(label="The reports do not state it")
        with gr.Row():
            cancel = gr.Button("Cancel", size="sm")
            save = gr.Button("Save", variant="primary", size="sm")
    return panel, place, right, words, silent, save, cancel


def _facts_tab(table: FactTable, download: "DownloadButton") -> None:
    """The table of facts, beside it the place of the one chosen."""
    import gradio as gr

    def found(words: str) -> tuple[Any, str]:
        rows = table.search(words)
        return rows, f'<p class="note">{len(rows):,} of {len(table):,} facts</p>'

    def chosen(event: gr.SelectData) -> str:
        return table.evidence(event.row_value)

    everything, all_counted = found("")

    with gr.Row(elem_id="facts-bar"):
        words = gr.Textbox(
            placeholder="Find facts: words, a year, a unit",
            label="Find facts",
            show_label=False,
            container=False,
            scale=1,
        )
        sheet = gr.Button("Excel", size="sm", scale=0, min_width=90)
        text = gr.Button("CSV", size="sm", scale=0, min_width=90)
    counted = gr.HTML(all_counted, **_plain("facts-count"))
    with gr.Row(elem_id="facts-panes"):
        with gr.Column(scale=7, min_width=320):
            rows = gr.Dataframe(
                everything,
                headers=list(table.columns),
                column_widths=[_WIDTHS[column] for column in table.columns],
                datatype="str",
                type="array",
                interactive=False,
                wrap=True,
                max_height=640,
                buttons=[],
                elem_id="facts",
            )
        with gr.Column(scale=3, min_width=320):
            place = gr.HTML('<p class="none">Choose a row to see where it stands.</p>', **_plain("fact-evidence"))

    words.change(found, words, [rows, counted], trigger_mode="always_last", **_PRIVATE)
    rows.select(chosen, None, place, **_PRIVATE).then(None, js=_SHOW_PLACE)
    for button, suffix in ((sheet, ".xlsx"), (text, ".csv")):
        exported = partial(table.export, suffix=suffix)
        button.click(exported, words, download, **_PRIVATE).then(None, js=_DOWNLOAD)


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


def _plain(name: str) -> dict[str, Any]:
    return {"elem_id": name, "js_on_load": None, "apply_default_css": False}


def _acting(name: str) -> dict[str, Any]:
    return {"elem_id": name, "js_on_load": _ACT, "apply_default_css": False}
