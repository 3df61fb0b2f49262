"""The tab of facts: the table beside the place of the fact chosen.

As in `ui.app`, Gradio is imported late and annotations are not postponed, because Gradio reads them as it runs.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from ui.beside import Beside
from ui.chat import Askable
from ui.fact_table import FactTable
from ui.parts import DOWNLOAD, PRIVATE, plain, reading

if TYPE_CHECKING:
    from gradio import DownloadButton

_SHOW_PLACE = "() => { if (innerWidth < 900) document.querySelector('#fact-evidence').scrollIntoView(); }"
_NONE_CHOSEN = '<p class="none">Choose a row to see where it stands.</p>'
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


class _Tables:
    """The table of the reports as they are."""

    def __init__(self, assistant: Askable) -> None:
        self._assistant = assistant
        self._made = assistant.index, FactTable(assistant.index)

    @property
    def now(self) -> FactTable:
        index = self._assistant.index
        if self._made[0] is not index:
            self._made = index, FactTable(index)
        return self._made[1]


def facts_tab(
    assistant: Askable, download: "DownloadButton", beside: Beside
) -> tuple[list[Any], Callable[[], tuple[Any, ...]]]:
    """The table of facts, beside it the place of the one chosen.

    Args:
        assistant: Its reports' facts are shown.
        download: What gives a file to the browser.
        beside: As `ui.parts.reading` takes it.

    Returns:
        The parts that show facts, and what gives what they show once the reports have changed.
    """
    import gradio as gr

    tables = _Tables(assistant)

    def found(words: str) -> tuple[Any, str]:
        rows = tables.now.search(words)
        return rows, f'<p class="note">{len(rows):,} of {len(tables.now):,} facts</p>'

    def chosen(event: gr.SelectData) -> str:
        return tables.now.evidence(event.row_value)

    def exported(words: str, suffix: str) -> str:
        return str(tables.now.export(words, suffix))

    def shown() -> tuple[Any, ...]:
        rows, counted = found("")
        table = gr.update(value=rows, headers=list(tables.now.columns), column_widths=_widths(tables.now))
        return "", table, counted, _NONE_CHOSEN

    rows_now, counted_now = found("")
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
    counted = gr.HTML(counted_now, **plain("facts-count"))
    with gr.Row(elem_id="facts-panes"):
        with gr.Column(scale=7, min_width=320):
            rows = gr.Dataframe(
                rows_now,
                headers=list(tables.now.columns),
                column_widths=_widths(tables.now),
                datatype="str",
                type="array",
                interactive=False,
                wrap=True,
                max_height=640,
                buttons=[],
                elem_id="facts",
            )
        with gr.Column(scale=3, min_width=320):
            place = gr.HTML(_NONE_CHOSEN, **reading("fact-evidence", beside))

    words.change(found, words, [rows, counted], trigger_mode="always_last", **PRIVATE)
    rows.select(chosen, None, place, **PRIVATE).then(None, js=_SHOW_PLACE)
    for button, suffix in ((sheet, ".xlsx"), (text, ".csv")):
        button.click(partial(exported, suffix=suffix), words, download, **PRIVATE).then(None, js=DOWNLOAD)
    return [words, rows, counted, place], shown


def _widths(table: FactTable) -> list[int]:
    return [_WIDTHS[column] for column in table.columns]
