"""The chat's settings: which language model words the answers.

As in `ui.app`, Gradio is imported late and annotations are not postponed, because Gradio reads them as it runs.
"""

from html import escape

from ui.live import Live
from ui.parts import PRIVATE, plain


def settings(live: Live) -> None:
    """A folded part of the page, whose model is used for every question from then on."""
    import gradio as gr

    with gr.Accordion("Settings", open=False, elem_id="settings"):
        name = gr.Textbox(
            live.generator,
            label="Language model",
            info="Words the answers: a name, a folder, or the URL of a server on this machine. Empty for none.",
            placeholder="http://127.0.0.1:8080",
            max_length=500,
        )
        use = gr.Button("Use", size="sm")
        status = gr.HTML(**plain("settings-status"))

    def used(wanted: str) -> str:
        try:
            live.word_with(wanted.strip())
        except (OSError, ValueError) as error:
            return f'<p class="problem" role="alert">{escape(str(error))}</p>'
        said = f"Worded by {live.generator}." if live.generator else "Worded without a model."
        return f'<p class="note" role="status">{escape(said)}</p>'

    for event in (use.click, name.submit):
        event(used, name, status, concurrency_id="settings", concurrency_limit=1, **PRIVATE)
