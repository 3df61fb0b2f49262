"""Commands of the chat and its tables: `reportqa serve`, `password` and `facts`."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from index.passage_index import PassageIndex
    from ui.chat import Askable


def register(app: typer.Typer) -> None:
    """Add the commands to `reportqa`."""
    app.command()(serve)
    app.command()(password)
    app.command()(facts)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; another machine's only with --auth.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
    auth: Annotated[Path | None, typer.Option(help="File of `reportqa password` lines; then users log in.")] = None,
    mcp: Annotated[bool, typer.Option("--mcp", help="Serve the tools of docs/api.md too, at /mcp.")] = False,
    reader: Annotated[str | None, typer.Option(help="A question-answering model, by name or folder.")] = None,
    embedder: Annotated[str | None, typer.Option(help="A sentence-transformers model, by name or folder.")] = None,
    generator: Annotated[
        str | None, typer.Option(help="A language model that words the answers: name, folder or URL of a server.")
    ] = None,
) -> None:
    """Serve the chat to a browser."""
    from assistant.cli.options import fail
    from assistant.cli.startup import open_plain
    from assistant.generation.writer import worded
    from index.library import Library
    from ui.auth import Passwords
    from ui.live import Live
    from ui.theme import launch_options
    from ui.tools import check_package, tool_options

    try:
        if auth is None and not is_loopback(host):
            raise ValueError(f"{host} can be reached from other machines: give --auth FILE, see `reportqa password`")
        passwords = None if auth is None else Passwords.read(auth)
        check_port(host, port)
        if mcp:
            check_package()
        assistant = open_plain(reader, embedder)
        assistant.ask("What is reported?")  # loads the models before a user waits for them
        library, named = Library(), generator or ""

        def assistant_of(index: PassageIndex, generator: str) -> Askable:
            return worded(assistant.over(index), generator)

        live = Live(assistant_of(assistant.index, named), library, assistant.index.embedder, assistant_of, named)
        allow = None if passwords is None else passwords.allow
        options = launch_options(tool_options(live, host, allow) if mcp else {})
    except (OSError, ValueError) as error:
        fail(str(error))
    # Else Gradio sums up all events so far after each, for a page of figures that is turned off.
    os.environ.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
    from ui.app import build_app

    blocks = build_app(live, library.home, shared=allow is not None)
    typer.echo(f"Serving on http://{f'[{host}]' if ':' in host else host}:{port} (stop with Ctrl+C)")
    blocks.launch(server_name=host, server_port=port, auth=allow, **options)


def facts(
    words: Annotated[list[str] | None, typer.Argument(help="Only facts that hold these words.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write them to a .xlsx, .csv or .json file.")] = None,
    embedder: Annotated[str | None, typer.Option(help="A sentence-transformers model, by name or folder.")] = None,
) -> None:
    """List the figures of the reports' tables and key-figure boxes, or write them to a file."""
    from assistant.cli.options import fail
    from index.embedder import load_embedder
    from index.library import Library
    from ui.fact_table import FactTable

    try:
        if out is not None and out.suffix not in (".xlsx", ".csv", ".json"):
            raise ValueError(f"{out} is no kind of file that facts are written to: end it in .xlsx, .csv or .json")
        table = FactTable(Library().open(load_embedder(embedder)))
        wanted = " ".join(words or [])
        if out is not None:
            count = table.write(wanted, out)
            typer.echo(f"{count} facts written to {out}")
            return
    except (OSError, ValueError) as error:
        fail(str(error))
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*table.columns)
    for row in table.search(wanted):
        shown.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(shown)


def password(user: Annotated[str, typer.Argument(help="The user's name.")]) -> None:
    """Print a line for the password file of `serve --auth`."""
    from assistant.cli.options import fail
    from ui.auth import password_line

    given = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        typer.echo(password_line(user, given))
    except ValueError as error:
        fail(str(error))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_port(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on.

    Raises:
        ValueError: If it is taken, not allowed or not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        why = error.strerror or error
        raise ValueError(f"cannot listen on {host}, port {port} ({why}): choose another --port") from None
