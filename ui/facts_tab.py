"""The tab of facts: the table beside the place of the fact chosen.

As in `ui.app`, Gradio is imported late and annotations are not postponed, because Gradio reads them as it runs.
"""

from functools import partial
from typing import TYPE_CHECKING, Any

from ui.fact_table import FactTable
from ui.parts import DOWNLOAD, PRIVATE, plain

if TYPE_CHECKING:
    from gradio import DownloadButton

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


def facts_tab(table: FactTable, download: "DownloadButton") -> None:
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
    counted = gr.HTML(all_counted, **plain("facts-count"))
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
            place = gr.HTML('<p class="none">Choose a row to see where it stands.</p>', **plain("fact-evidence"))

    words.change(found, words, [rows, counted], trigger_mode="always_last", **PRIVATE)
    rows.select(chosen, None, place, **PRIVATE).then(None, js=_SHOW_PLACE)
    for button, suffix in ((sheet, ".xlsx"), (text, ".csv")):
        exported = partial(table.export, suffix=suffix)
        button.click(exported, words, download, **PRIVATE).then(None, js=DOWNLOAD)
