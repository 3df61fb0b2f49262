"""Options that several commands share, and how a command fails: one line and exit code 2."""

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

ReaderOption = Annotated[str | None, typer.Option(help="A question-answering model, by name or folder.")]
EmbedderOption = Annotated[str | None, typer.Option(help="A sentence-transformers model, by name or folder.")]
GeneratorOption = Annotated[
    str | None,
    typer.Option(help="A language model that words the answers: a model's name or folder, or a server's URL."),
]
KOption = Annotated[int | None, typer.Option("-k", min=1, help="How many passages to read for a question.")]


def fail(message: str) -> NoReturn:
    """Print one line on standard error and exit with 2."""
    sys.stderr.write("reportqa: " + " ".join(message.split()) + "\n")
    raise typer.Exit(2)
