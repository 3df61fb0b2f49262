"""The functions for programs as tools of the Model Context Protocol, served at `/mcp` beside the page.

A model that speaks the protocol can ask, search and list what this machine's reports state. Where users log in, it does
too. This module does not know what the functions do, see `ui.api`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial, wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.api import AT_ONCE, functions
from ui.chat import Askable

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

PATH = "/mcp"
_INSTRUCTIONS = (
    "Answers from corporate reports, each with the quotes, sections and pages that prove it. Call list_reports to see"
    " which reports there are, ask for an answer, search to read passages, facts for figures of tables. Cite what"
    " `citations` gives; a verdict of not_disclosed means that the reports do not state it: say so and do not guess."
)
Allow = Callable[[str, str], bool]


def check_package() -> None:
    """Refuse to go on without the protocol's package.

    Raises:
        ValueError: If it is not installed.
    """
    try:
        import mcp.server.mcpserver  # noqa: F401
    except ImportError:
        raise ValueError("--mcp needs the package mcp: pip install 'reportqa[mcp]'") from None


def tool_server(assistant: Askable) -> MCPServer:
    """The functions as tools, none of which changes anything.

    Raises:
        ValueError: If the protocol's package is not installed.
    """
    check_package()
    from mcp.server.mcpserver import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from mcp.types import ToolAnnotations

    limiter = anyio.CapacityLimiter(AT_ONCE)
    server = MCPServer("reportqa", instructions=_INSTRUCTIONS, version=version("reportqa"), log_level="WARNING")
    for function in functions(assistant, ToolError).values():
        server.add_tool(
            _limited(function, limiter), annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False)
        )
    return server


def tool_options(assistant: Askable, host: str, allow: Allow | None) -> dict[str, Any]:
    """What the web application is made with so that it serves the tools.

    Args:
        assistant: Answers the questions.
        host: The address that is listened on.
        allow: Whether a user may log in with a password; None where nobody has to.

    Raises:
        ValueError: If the protocol's package is not installed.
    """
    server = tool_server(assistant)
    # Without a login, a page of another site must not reach the tools by a name that it points to this machine.
    names = () if allow else ("127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host)
    app: ASGIApp = server.streamable_http_app(streamable_http_path=PATH, transport_security=_only_from(names))

    def running(_: object) -> AbstractAsyncContextManager[None]:
        return server.session_manager.run()

    return {"routes": [Route(PATH, _Login(app, allow) if allow else app)], "lifespan": running}


def _limited(function: Callable[..., Any], limiter: anyio.CapacityLimiter) -> Callable[..., Awaitable[Any]]:
    """The function in a thread, of which there are no more than the limiter lets work."""

    @wraps(function)
    async def called(**named: object) -> object:
        return await anyio.to_thread.run_sync(partial(function, **named), limiter=limiter)

    return called


def _only_from(names: tuple[str, ...]) -> Any:  # noqa: ANN401 - a type of a package that may not be installed
    from mcp.server.transport_security import TransportSecuritySettings

    return TransportSecuritySettings(
        enable_dns_rebinding_protection=bool(names),
        allowed_hosts=[f"{name}:*" for name in names],
        allowed_origins=[f"http://{name}:*" for name in names],
    )


class _Login:
    """Asks for a user's name and password, as HTTP Basic has it."""

    def __init__(self, app: ASGIApp, allow: Allow) -> None:
        self._app = app
        self._allow = allow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        user, password = _credentials(Headers(scope=scope).get("authorization", ""))
        if await anyio.to_thread.run_sync(self._allow, user, password):
            await self._app(scope, receive, send)
        else:
            refused = Response(status_code=401, headers={"www-authenticate": 'Basic realm="reportqa"'})
            await refused(scope, receive, send)


def _credentials(header: str) -> tuple[str, str]:
    """The name and password of an `Authorization` header; both empty where it holds none."""
    kind, _, coded = header.partition(" ")
    try:
        user, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (user, password) if kind.casefold() == "basic" else ("", "")
