"""The tab of evaluations: the last runs of question sets, their scores and what failed.

As in `ui.app`, Gradio is imported late and annotations are not postponed, because Gradio reads them as it runs.
"""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.parts import PRIVATE, plain
from ui.scorecard_html import NO_RUNS, scorecard_html
from ui.scorecards import Run, read_scorecard, runs

if TYPE_CHECKING:
    from gradio import Tab


def evaluation_tab(tab: "Tab", home: Path) -> None:
    """The tab's content, read anew whenever it is opened.

    Args:
        tab: The tab it is in.
        home: Where `reportqa eval` notes its runs.
    """
    import gradio as gr

    with gr.Column(elem_id="evaluation"):
        choice = gr.Dropdown([], label="Run", elem_id="run", visible=False)
        card = gr.HTML(NO_RUNS, **plain("scorecard"))

    def opened(chosen: str | None) -> tuple[Any, str]:
        found = {str(run.folder): run for run in runs(home)}
        folder = chosen if chosen in found else next(iter(found), None)
        choices = [(run.name, folder) for folder, run in found.items()]
        return gr.update(choices=choices, value=folder, visible=bool(found)), _shown(found.get(folder or ""))

    def chosen_run(folder: str | None) -> str:
        return _shown(next((run for run in runs(home) if str(run.folder) == folder), None))

    tab.select(opened, choice, [choice, card], **PRIVATE)
    choice.input(chosen_run, choice, card, **PRIVATE)


def _shown(run: Run | None) -> str:
    if run is None:
        return NO_RUNS
    try:
        return scorecard_html(read_scorecard(run))
    except ValueError as error:
        return f'<p class="problem" role="alert">{escape(str(error))}</p>'
