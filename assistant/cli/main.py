"""The command line: `reportqa index`, `ask` and `show`; other folders add their own commands.

The only place, with the app, that prints, and that turns an error into one line and exit code 2. Heavy libraries are
imported by the commands that need them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import EmbedderOption, GeneratorOption, KOption, ReaderOption, fail
from assistant.cli.startup import ProgressBar, open_assistant

if TYPE_CHECKING:
    from assistant.answer import Answer

app = typer.Typer(
    help="Questions about corporate reports, answered offline with the passage that proves each answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_VERDICTS = {"answered": "stated", "partial": "partly stated", "not_disclosed": "not disclosed"}


@app.command()
def ask(
    questions: Annotated[list[str] | None, typer.Argument(help="One question or several.", metavar="QUESTION…")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A file of questions, one a line.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a question.")] = False,
    within: Annotated[
        list[str] | None, typer.Option("--in", help="Answer from this report only.", metavar="ID")
    ] = None,
    company: Annotated[str, typer.Option(help="Answer from this company's reports only.")] = "",
    year: Annotated[int | None, typer.Option(help="Answer from the reports of this year only.")] = None,
    reader: ReaderOption = None,
    embedder: EmbedderOption = None,
    generator: GeneratorOption = None,
    k: KOption = None,
) -> None:
    """Answer questions about the indexed reports."""
    asked = list(questions or [])
    try:
        if file is not None:
            asked += [line.strip() for line in file.read_text("utf-8").splitlines() if line.strip()]
        if not asked:
            raise ValueError('no question: reportqa ask "How many people does the company employ?"')
        for question in asked:
            _check_question(question)
        assistant = open_assistant(reader, embedder, k, generator)
        documents = list(within or [])
        if company or year is not None:
            from assistant.query.entities import matching

            reports = [
                document for document in assistant.index.documents.values() if document.id in documents or not within
            ]
            documents = matching(reports, company, year)
        for question in asked:
            with _stages() as told:
                answer = assistant.ask(question, documents=documents, progress=told)
            if as_json:
                typer.echo(json.dumps(answer.to_json(), ensure_ascii=False))
            else:
                _print(answer)
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8 text: save it as UTF-8")
    except (OSError, ValueError) as error:
        fail(str(error))


@app.command()
def index(
    files: Annotated[list[Path] | None, typer.Argument(help="Reports to add, or none.")] = None,
    embedder: EmbedderOption = None,
) -> None:
    """Build the index anew, of the library's reports and of the files given."""
    from index.embedder import load_embedder
    from index.library import Library

    try:
        with ProgressBar("indexing") as bar:
            built = Library().rebuild(files or [], load_embedder(embedder), bar.update)
    except (OSError, ValueError) as error:
        fail(str(error))
    typer.echo(f"{len(built.documents)} reports, {len(built.passages)} passages, {len(built.facts)} facts indexed")


@app.command()
def show(
    passage_id: Annotated[str, typer.Argument(help="The id of a report, or of a passage as a citation gives it.")],
    embedder: EmbedderOption = None,
) -> None:
    """Show a report, or a passage in its surroundings."""
    from rich.console import Console
    from rich.text import Text

    from assistant.cli.library import show_report
    from index.embedder import load_embedder
    from index.library import Library

    try:
        if "#" not in passage_id:
            show_report(passage_id)
            return
        found = Library().open(load_embedder(embedder))
        passage = found.passage(passage_id)
    except KeyError:
        fail(f"no passage {passage_id!r}: give the passage_id of a citation (reportqa ask … --json shows them)")
    except (OSError, ValueError) as error:
        fail(str(error))
    document = found.documents[passage.document_id]
    low, high = max(0, passage.start - 600), min(len(document.text), passage.end + 600)
    shown = Text(document.text[low : passage.start], "dim")
    shown.append(passage.text, "bold")
    shown.append(document.text[passage.end : high], "dim")
    console = Console()
    page = f", page {passage.page}" if passage.page else ""
    console.print(Text(f"{document.title}{page} · {' > '.join(passage.section)}", "cyan"))
    console.print(shown)


def main() -> None:
    """Run the command line, with the commands that other folders add."""
    for entry in sorted(entry_points(group="reportqa.commands"), key=lambda entry: entry.name):
        entry.load()(app)
    app()


def _check_question(question: str) -> None:
    """Refuse before anything is loaded what would be refused after."""
    from assistant.query.wording.answer_type import check_question

    check_question(question)


def _print(answer: Answer) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console()
    if answer.value:
        console.print(Text(answer.value, "bold"))
    percent = f"{answer.confidence:.0%} sure" if answer.verdict == "answered" else ""
    notes = [_VERDICTS[answer.verdict], percent, f"{answer.seconds:.2f} s"]
    console.print(Text(" · ".join(note for note in notes if note), "dim"))
    if answer.calculation:
        calculation = answer.calculation
        console.print(Text(f"{calculation.formula} = {calculation.result} {calculation.unit}".strip(), "green"))
    for claim in answer.claims:
        console.print(Text(claim.text))
    if not answer.claims:
        console.print(Text(answer.text))
    if answer.note:
        console.print(Text(answer.note, "yellow"))
    for citation in answer.citations:
        page = f", page {citation.page}" if citation.page else ""
        console.print(Text(f"[{citation.n}] {citation.title}{page} · {' > '.join(citation.section)}", "cyan"))
        console.print(Text("    " + " ".join(citation.quote.replace("**", "").split()), "dim"))
    console.print()


@contextmanager
def _stages() -> Iterator[Callable[[str], None]]:
    """What is being done, on a terminal's last line while it is waited for; the text that is proved, as it grows."""
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as status:
        yield lambda stage: status.update(Text(f"{stage}…", "dim"))


if __name__ == "__main__":
    main()
