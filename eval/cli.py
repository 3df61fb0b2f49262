"""The command `reportqa eval`: runs a question set, or compares two runs. Does not know how anything is scored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from eval.compare import Comparison
    from eval.metrics import Scores
    from eval.run import Scorecard

# Heading of the scorecard's column and the field of `Scores`.
_COLUMNS = {
    "n": "questions",
    "SAA": "strict_accuracy",
    "acc.": "answer_accuracy",
    "EM": "exact_match",
    "F1": "token_f1",
    "hit @5": "hit_at_5",
    "rec. @5": "recall_at_5",
    "MRR": "mrr_at_10",
    "cite P": "citation_precision",
    "cite R": "citation_recall",
}


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("eval")(evaluate)


def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(help="A question set, JSON lines.", metavar="QUESTIONS.jsonl")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for predictions.jsonl and scorecard.json.")] = None,
    reader: Annotated[str | None, typer.Option(help="A question-answering model, by name or folder.")] = None,
    embedder: Annotated[str | None, typer.Option(help="A sentence-transformers model, by name or folder.")] = None,
    generator: Annotated[
        str | None, typer.Option(help="A language model that words the answers: name, folder or URL of a server.")
    ] = None,
    k: Annotated[int | None, typer.Option("-k", min=1, help="How many passages to read for a question.")] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(help="Two runs to compare, before and after.", metavar="A B")
    ] = None,
    threshold: Annotated[
        float, typer.Option(min=0, max=1, help="How far strict accuracy may fall before --compare exits with 1.")
    ] = 0.0,
) -> None:
    """Run a question set and score the answers, or compare two runs."""
    try:
        if compare is not None and questions is None and out is None:
            _compare(compare, threshold)
        elif compare is None and questions is not None and out is not None:
            _run(questions, out, reader, embedder, generator, k)
        else:
            raise ValueError("give QUESTIONS.jsonl and --out DIR, or --compare A B")
    except (OSError, ValueError) as error:
        from assistant.cli.options import fail

        fail(str(error))


def _run(
    questions: Path, out: Path, reader: str | None, embedder: str | None, generator: str | None, k: int | None
) -> None:
    from assistant.cli.startup import open_assistant
    from assistant.generation.factory import load_generator
    from eval.question import read_questions
    from eval.run import run

    rows = read_questions(questions)
    if generator is not None:
        load_generator(generator).check()  # without it every answer would stay as it is, and be taken for the model's
    assistant = open_assistant(reader, embedder, k, generator)
    console = Console()
    columns = ("asking", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("asking", total=len(rows))
        scorecard = run(rows, assistant, out, lambda done, total: bar.update(task, completed=done, total=total))
    _note(questions, out)
    console.print(scorecard_table(scorecard))
    for line in summary(scorecard):
        console.print(line, highlight=False, markup=False)
    console.print(f"kept in {out}", highlight=False, markup=False)


def _note(questions: Path, out: Path) -> None:
    """Add the run to the library's list of runs, the last of which the chat shows."""
    from index.library import Library

    date = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"folder": str(out.resolve()), "questions": str(questions.resolve()), "date": date}
    with (Library().home / "evaluations.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _compare(folders: tuple[Path, Path], threshold: float) -> None:
    from eval.compare import compare, read_outcomes

    comparison = compare(*(read_outcomes(folder) for folder in folders))
    console = Console()
    if comparison.changes:
        console.print(changes_table(comparison))
    console.print(
        f"strict accuracy {comparison.before:.3f} -> {comparison.after:.3f} over {comparison.questions} questions",
        highlight=False,
    )
    if comparison.unshared:
        console.print(f"asked in one run only: {', '.join(comparison.unshared)}", highlight=False, markup=False)
    if comparison.regressed(threshold):
        console.print(f"a regression of more than {threshold:g}", style="red", highlight=False)
        raise typer.Exit(1)


def scorecard_table(scorecard: Scorecard) -> Table:
    """The scorecard, one row a category and one for all, narrow enough for 80 columns."""
    table = Table(title="Scorecard", box=SIMPLE_HEAD, padding=0)
    table.add_column("category", no_wrap=True)
    for heading in _COLUMNS:
        table.add_column(heading, justify="right")
    for name, scores in scorecard.categories.items():
        table.add_row(Text(name), *_cells(scores))
    table.add_section()
    table.add_row(Text("all", style="bold"), *_cells(scorecard.overall))
    return table


def summary(scorecard: Scorecard) -> Sequence[str]:
    """What holds for the run as a whole, one line each."""
    scores = scorecard.overall
    lines = [
        f"abstention: precision {_number(scores.abstention_precision)}, recall {_number(scores.abstention_recall)}",
        f"confidence: AURC {_number(scores.aurc)}, ECE {_number(scores.ece)} (lower is better)",
        f"seconds: p50 {_number(scores.p50_seconds)}, p95 {_number(scores.p95_seconds)}",
    ]
    if scorecard.not_found:
        ids = ", ".join(scorecard.not_found)
        lines.append(f"no indexed report holds the evidence of {ids}: add the report with `reportqa index`")
    return lines


def changes_table(comparison: Comparison) -> Table:
    """The questions that the runs answer differently, as plain text."""
    table = Table(title="Changes", show_lines=True)
    for heading in ("", "question", "before", "after"):
        table.add_column(heading)
    styles = {"lost": "red", "gained": "green", "reworded": "dim"}
    for change in comparison.changes:
        table.add_row(
            Text(change.kind, style=styles[change.kind]),
            Text(f"{change.before.id} ({change.before.category})\n{change.before.question}"),
            *(Text(f"{outcome.verdict}\n{outcome.answer}") for outcome in (change.before, change.after)),
        )
    return table


def _cells(scores: Scores) -> list[str]:
    return [_number(getattr(scores, field), 2) for field in _COLUMNS.values()]


def _number(value: float | None, digits: int = 3) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.{digits}f}"
