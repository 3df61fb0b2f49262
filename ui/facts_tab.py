"""The tab of facts: the table beside the place of the fact chosen, above them the chart of those picked.

As in `ui.app`, Gradio is imported late and annotations are not postponed, because Gradio reads them as it runs.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from index.passage_index import PassageIndex
from ui.beside import Beside
from ui.chat import Askable
from ui.fact_chart import MOST_SERIES, FactSeries
from ui.fact_table import FactTable
from ui.parts import DOWNLOAD, PRIVATE, acting, plain, reading

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


class _Facts:
    """The facts of the reports as they are."""

    def __init__(self, assistant: Askable) -> None:
        self._assistant = assistant
        self._made = assistant.index, FactTable(assistant.index), FactSeries(assistant.index)

    @property
    def table(self) -> FactTable:
        return self._now()[1]

    @property
    def series(self) -> FactSeries:
        return self._now()[2]

    def _now(self) -> tuple[PassageIndex, FactTable, FactSeries]:
        index = self._assistant.index
        if self._made[0] is not index:
            self._made = index, FactTable(index), FactSeries(index)
        return self._made


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

    facts = _Facts(assistant)

    def found(words: str) -> tuple[Any, str]:
        rows = facts.table.search(words)
        return rows, f'<p class="note">{len(rows):,} of {len(facts.table):,} facts</p>'

    def placed(event: gr.SelectData) -> str:
        return facts.table.evidence(event.row_value)

    def exported(words: str, suffix: str) -> str:
        return str(facts.table.export(facts.table.facts(words), suffix))

    def charted(words: str, picked: list[str]) -> tuple[list[str], str]:
        return _charted(facts.series, picked, [fact.id for fact in facts.table.facts(words)])

    def acted(picked: list[str], event: gr.EventData) -> tuple[list[str], str]:
        left = [] if event.action == "clear" else [id for id in picked if id != event.text]
        return _charted(facts.series, left, [str(event.text)] if event.action == "chart" else [])

    def exported_chart(picked: list[str], event: gr.EventData) -> str:
        return str(facts.table.export(facts.series.facts(picked), str(event.text)))

    def shown() -> tuple[Any, ...]:
        rows, counted = found("")
        table = gr.update(value=rows, headers=list(facts.table.columns), column_widths=_widths(facts.table))
        return "", table, counted, _NONE_CHOSEN, [], ""

    rows_now, counted_now = found("")
    with gr.Row(elem_id="facts-bar"):
        words = gr.Textbox(
            placeholder="Find facts: words, a year, a unit",
            label="Find facts",
            show_label=False,
            container=False,
            scale=1,
        )
        chart = gr.Button("Chart", size="sm", scale=0, min_width=90)
        sheet = gr.Button("Excel", size="sm", scale=0, min_width=90)
        text = gr.Button("CSV", size="sm", scale=0, min_width=90)
    counted = gr.HTML(counted_now, **plain("facts-count"))
    picked, charts = gr.State([]), gr.HTML(**acting("fact-charts"))
    with gr.Row(elem_id="facts-panes"):
        with gr.Column(scale=7, min_width=320):
            rows = gr.Dataframe(
                rows_now,
                headers=list(facts.table.columns),
                column_widths=_widths(facts.table),
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
    rows.select(placed, None, place, **PRIVATE).then(None, js=_SHOW_PLACE)
    for button, suffix in ((sheet, ".xlsx"), (text, ".csv")):
        button.click(partial(exported, suffix=suffix), words, download, **PRIVATE).then(None, js=DOWNLOAD)
    chart.click(charted, [words, picked], [picked, charts], **PRIVATE)
    for part in (place, charts):
        part.act(acted, picked, [picked, charts], **PRIVATE)
    charts.export(exported_chart, picked, download, **PRIVATE).then(None, js=DOWNLOAD)
    return [words, rows, counted, place, picked, charts], shown


def _charted(series: FactSeries, picked: Sequence[str], ids: Sequence[str]) -> tuple[list[str], str]:
    """What is picked and its chart, once facts of some ids are added."""
    wanted = series.with_facts(picked, ids)
    drawn = wanted[:MOST_SERIES]
    if drawn == wanted:
        return drawn, series.html(drawn)
    return drawn, f'{series.html(drawn)}<p class="note">The first {MOST_SERIES} of {len(wanted):,} are drawn.</p>'


def _widths(table: FactTable) -> list[int]:
    return [_WIDTHS[column] for column in table.columns]
