"""The tab of reports: added by drag and drop, shown with their outlines, removed.

As in `ui.app`, Gradio is imported late and annotations are not postponed, because Gradio reads them as it runs.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.load import SUFFIXES
from index.library import Outcome
from ui.live import Live
from ui.outline import reports_html
from ui.parts import PRIVATE, acting, plain

if TYPE_CHECKING:
    from gradio import Blocks, CheckboxGroup, EventData

_SAID = {"added": "added", "replaced": "added in place of its earlier version", "unchanged": "was there already"}


def reports_tab(
    app: "Blocks", live: Live, choice: "CheckboxGroup", facts: Sequence[Any], facts_shown: Callable[[], tuple[Any, ...]]
) -> None:
    """The tab, and what a change of the library changes elsewhere.

    Args:
        app: The app, which shows the reports as they are whenever it is loaded.
        live: The assistant whose library it is.
        choice: Which reports are asked.
        facts: The parts of the page that show facts.
        facts_shown: What they show once the library has changed.
    """
    import gradio as gr

    with gr.Column(elem_id="reports-tab"):
        files = gr.File(
            file_count="multiple", file_types=list(SUFFIXES), label="Add reports", height=140, elem_id="upload"
        )
        status = gr.HTML(**plain("upload-status"))
        listing = gr.HTML(reports_html(live.index.documents), **acting("report-list"))

    def changed(said: str) -> tuple[Any, ...]:
        documents = live.index.documents
        choices = gr.update(choices=[(document.title, id) for id, document in documents.items()], value=list(documents))
        return None, said, reports_html(documents), choices, *facts_shown()

    def added(paths: list[str] | None) -> Iterator[tuple[Any, ...]]:
        unchanged = [gr.skip()] * (2 + len(facts))
        outcomes: list[str] = []
        try:
            for what in live.add([Path(path) for path in paths or ()]):
                if isinstance(what, Outcome):
                    outcomes.append(_told(what))
                else:
                    yield gr.skip(), f'<p class="note">{escape(what)}</p>', *unchanged
        except (OSError, ValueError) as error:
            outcomes.append(f'<p class="problem" role="alert">{escape(str(error))}</p>')
        yield changed("".join(outcomes))

    def removed(event: gr.EventData) -> tuple[Any, ...]:
        return changed(_removed(live, event))

    shown = [files, status, listing, choice, *facts]
    app.load(lambda: changed(""), None, shown, **PRIVATE)
    files.upload(added, files, shown, concurrency_id="library", concurrency_limit=1, **PRIVATE)
    listing.act(removed, None, shown, concurrency_id="library", concurrency_limit=1, **PRIVATE)


def _removed(live: Live, event: "EventData") -> str:
    try:
        live.remove(str(event.text))
    except (OSError, ValueError) as error:
        return f'<p class="problem" role="alert">{escape(str(error))}</p>'
    return '<p class="note">Report removed.</p>'


def _told(outcome: Outcome) -> str:
    """One line that says what became of a file."""
    name = escape(outcome.path.name)
    if outcome.status == "failed":
        note = escape(outcome.note)
        return f'<p class="problem" role="alert">{note if name in note else f"{name}: {note}"}</p>'
    note = f" ({escape(outcome.note)})" if outcome.note else ""
    return f'<p class="note">{name} {_SAID[outcome.status]}{note}.</p>'
