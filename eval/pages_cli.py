"""The command `reportqa pages`: how often a search finds the page that answers. Does not know how that is told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import EmbedderOption, fail


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(pages)


def pages(
    questions: Annotated[Path, typer.Argument(help="Questions with document and page.", metavar="QUESTIONS.jsonl")],
    labels: Annotated[
        Path | None, typer.Option(help="Pages and evidence by question, where the questions do not say them.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, help="How many passages are looked at.")] = 5,
    embedder: EmbedderOption = None,
) -> None:
    """Measure how often one of the first passages found stands on a page that answers."""
    from assistant.query.analyzer import QueryAnalyzer
    from eval.pages import page_hits, read_page_questions
    from eval.question import read_questions
    from index.embedder import load_embedder
    from index.library import Library

    try:
        said = {row.id: row.question for row in read_questions(questions)} if labels else None
        rows = read_page_questions(labels or questions, said)
        index = Library().open(load_embedder(embedder))
        missing = sorted({row.document for row in rows} - set(index.documents))
        if missing:
            raise ValueError(f"not in the library: {', '.join(missing)}; add them with `reportqa add`")
        found = page_hits(QueryAnalyzer(index), rows, k)
    except (OSError, ValueError) as error:
        fail(str(error))
    for name, hit in found.items():
        if not hit:
            typer.echo(f"{name}: not among the first {k}")
    typer.echo(f"page hit@{k} {sum(found.values()) / len(found):.3f} ({sum(found.values())} of {len(found)})")
