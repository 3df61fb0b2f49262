"""The look of the app and what it is launched with: own styles, fonts from this machine, nothing fetched elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio serves the first face from its own package; where that has no glyph a font of the user's machine steps in.
_FACE, _OTHER_FACES = "IBM Plex Sans", ("Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "sans-serif")
_FIXED = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
# Gradio's own front end needs inline scripts and compiles templates; no rule here lets a request leave this host.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' data: blob:;"
    " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


class _Policy:
    """Sends the content security policy with every page and file."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = ((b"content-security-policy", _POLICY.encode()), (b"referrer-policy", b"no-referrer"))
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        await self.app(scope, receive, send_with_policy if scope["type"] == "http" else send)


def launch_options(served: Mapping[str, Any] = MappingProxyType({})) -> dict[str, Any]:
    """What `gr.Blocks.launch` is called with, besides host, port and passwords.

    Args:
        served: What else the web application is made with, see `ui.tools.tool_options`.
    """
    import gradio as gr

    faces = (gr.themes.LocalFont(_FACE, weights=(400, 700)), *_OTHER_FACES)
    theme = gr.themes.Base(primary_hue="teal", neutral_hue="slate", radius_size="md", font=faces, font_mono=_FIXED)
    script = files("ui").joinpath("marks.js").read_text("utf-8")
    return {
        "theme": theme,
        "css": files("ui").joinpath("style.css").read_text("utf-8"),
        "head": f"<script>{script}</script>",
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "max_file_size": "300mb",
        # Each keeps a copy of the page's layout; one that comes back after it was let go gets a new one.
        "state_session_capacity": 100,
        "ssr_mode": False,
        "share": False,
        "quiet": True,
        "app_kwargs": {"middleware": [Middleware(_Policy)], **served},
    }
