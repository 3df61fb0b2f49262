"""The commands of the library: `reportqa add`, `remove`, `list`. Does not know how a report is read or indexed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import EmbedderOption, fail

_STATUSES = ("added", "replaced", "unchanged", "failed")

if TYPE_CHECKING:
    from corpus.document import Document
    from index.library import Outcome


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(add)
    app.command()(remove)
    app.command("list")(list_reports)


def add(
    paths: Annotated[list[Path], typer.Argument(help="PDF, DOCX, HTML, Markdown or text.", metavar="FILE_OR_FOLDER…")],
    title: Annotated[str, typer.Option(help="Set the title rather than read it.")] = "",
    company: Annotated[str, typer.Option(help="Set the company rather than read it.")] = "",
    year: Annotated[int | None, typer.Option(min=1900, max=2100, help="Set the reporting year.")] = None,
    language: Annotated[str, typer.Option(help="Set the language, by its two-letter code.")] = "",
    embedder: EmbedderOption = None,
) -> None:
    """Add reports to the library; one added before is taken anew only where it has changed."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from corpus.load import About
    from index.embedder import load_embedder
    from index.library import Library

    try:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("reading", total=None)
            outcomes = Library().add(
                paths,
                load_embedder(embedder),
                About(title, company, year, language),
                lambda doing, done, total: bar.update(task, description=doing, completed=done, total=total),
            )
    except (OSError, ValueError) as error:
        fail(str(error))
    _summary(outcomes)
    if all(outcome.status == "failed" for outcome in outcomes):
        raise typer.Exit(2)


def remove(
    ids: Annotated[list[str], typer.Argument(help="Ids, as `reportqa list` shows them.", metavar="ID…")],
    embedder: EmbedderOption = None,
) -> None:
    """Remove reports from the library."""
    from index.embedder import load_embedder
    from index.library import Library

    try:
        Library().remove(ids, load_embedder(embedder))
    except (OSError, ValueError) as error:
        fail(str(error))
    typer.echo(f"{len(ids)} removed")


def list_reports() -> None:
    """List the library's reports."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from index.library import Library

    try:
        documents = Library().documents()
    except (OSError, ValueError) as error:
        fail(str(error))
    table = Table("id", "title", "company", "year", "pages", box=SIMPLE_HEAD)
    for document in documents:
        year = "" if document.year is None else str(document.year)
        table.add_row(*map(Text, (document.id, document.title, document.company, year, _pages(document))))
    Console().print(table)


def show_report(name: str) -> None:
    """Print what is known of a report and its sections.

    Raises:
        ValueError: If there is no such report.
    """
    from rich.console import Console
    from rich.text import Text

    from corpus.pdf.ocr import pages_note
    from index.library import Library

    document = next((document for document in Library().documents() if document.id == name), None)
    if document is None:
        raise ValueError(f"no report {name!r}: `reportqa list` names them")
    console = Console()
    console.print(Text(document.title, "bold"))
    facts = (document.company, "" if document.year is None else str(document.year), document.language, _pages(document))
    console.print(Text(" · ".join(filter(None, facts)), "dim"))
    if note := pages_note(document):
        console.print(Text(note, "yellow"))
    for block in document.blocks:
        if block.kind == "heading" and 0 < len(block.section) <= 2:
            page = f"  {block.page}" if block.page else ""
            console.print(Text("  " * (len(block.section) - 1) + block.section[-1] + page))


def _pages(document: Document) -> str:
    count = len(document.page_labels)
    return f"{count} pages" if count else ""


def _summary(outcomes: Sequence[Outcome]) -> None:
    """A line a file that is not plainly added, and the counts."""
    for outcome in outcomes:
        if outcome.note:
            typer.echo(f"{outcome.path}: {outcome.note}", err=outcome.status == "failed")
    counts = {status: sum(1 for outcome in outcomes if outcome.status == status) for status in _STATUSES}
    typer.echo(", ".join(f"{count} {status}" for status, count in counts.items() if count))
