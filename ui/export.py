"""Conversations and facts as files: Excel, CSV, Markdown, JSON.

Text of a report never becomes a formula: in a workbook every text is typed as text, in CSV one that a spreadsheet
would run is led by an apostrophe. This module does not know where the files go.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.passage import Fact
from index.passage_index import PassageIndex
from ui.conversations import Conversation
from ui.render import verdict_label

FACT_COLUMNS = ("Report", "Metric", "Value", "Unit", "Scale", "Period", "Scope", "Section", "Page", "As written")
_ANSWER_COLUMNS = ("Question", "Answer", "Value", "Verdict", "Confidence", "Calculation", "Quote", "Report", "Page")
_RUNS = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_WIDEST = 60

Cell = str | int | float | None


def write_conversation(conversation: Conversation, path: Path) -> None:
    """Write a conversation as its path's suffix says.

    Raises:
        ValueError: If the suffix is not `.md`, `.json` or `.xlsx`.
    """
    if path.suffix == ".md":
        path.write_text(markdown(conversation), "utf-8")
    elif path.suffix == ".json":
        rows = [turn.answer.to_json() for turn in conversation.turns if turn.answer is not None]
        whole = {"id": conversation.id, "name": conversation.name, "updated": conversation.updated, "answers": rows}
        path.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", "utf-8")
    elif path.suffix == ".xlsx":
        write_sheet(_ANSWER_COLUMNS, _answer_rows(conversation), path)
    else:
        raise ValueError(f"cannot export to {path.suffix!r}: choose .md, .json or .xlsx")


def markdown(conversation: Conversation) -> str:
    """A conversation as Markdown; what a report or question holds is escaped."""
    parts = [f"# {_plain(conversation.name)}\n"]
    for turn in conversation.turns:
        if turn.answer is None:
            continue
        parts.append(f"## {_plain(turn.question)}\n")
        parts.append(f"**{verdict_label(turn.answer)}** ({turn.answer.confidence:.0%})\n")
        parts += [_plain(line, marks=True) + "\n" for line in turn.answer.text.splitlines() if line.strip()]
        if turn.answer.calculation is not None:
            calculation = turn.answer.calculation
            parts.append(
                f"{_plain(calculation.formula)} = {_plain(f'{calculation.result} {calculation.unit}'.strip())}\n"
            )
        if turn.answer.note:
            parts.append(f"{_plain(turn.answer.note)}\n")
        for citation in turn.answer.citations:
            page = "" if citation.page is None else f", page {citation.page}"
            place = " › ".join((citation.title, *citation.section))
            parts.append(f"> {_plain(' '.join(citation.quote.split()))}\n>\n> [{citation.n}] {_plain(place)}{page}\n")
    return "\n".join(parts)


def fact_rows(facts: Iterable[Fact], index: PassageIndex) -> list[list[Cell]]:
    """Facts as rows under `FACT_COLUMNS`; values are numbers.

    Args:
        facts: Facts of the index.
        index: Knows their documents and passages.
    """
    rows: list[list[Cell]] = []
    for fact in facts:
        passage = index.passage(fact.passage_id)
        number = float(fact.figure.number)
        value = int(number) if number.is_integer() else number
        title, section = index.documents[fact.document_id].title, " › ".join(passage.section)
        measured: list[Cell] = [fact.metric, value, fact.unit, fact.scale, fact.period, fact.scope]
        rows.append([title, *measured, section, passage.page, fact.figure.text.replace("**", "")])
    return rows


def write_sheet(columns: Sequence[str], rows: Iterable[Sequence[Cell]], path: Path) -> None:
    """Write one sheet with a header that stays in view."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    widths = [len(column) for column in columns]
    for number, row in enumerate((columns, *rows), 1):
        for place, value in enumerate(row):
            if value is None:
                continue
            cell = sheet.cell(number, place + 1)
            if isinstance(value, str):
                cell.value = _CONTROL.sub("", value)
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                widths[place] = max(widths[place], min(_WIDEST, len(value)))
            else:
                cell.value = value
                cell.alignment = Alignment(vertical="top")
    for place, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(place + 1)].width = width + 3
        sheet.cell(1, place + 1).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], path: Path) -> None:
    """Write CSV in UTF-8 with a byte order mark, as spreadsheets expect it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([_safe(value) for value in row] for row in rows)
    path.write_bytes(buffer.getvalue().encode("utf-8-sig"))


def _answer_rows(conversation: Conversation) -> list[list[Cell]]:
    """One row a citation; an answer without one has a row of its own."""
    rows: list[list[Cell]] = []
    for turn in conversation.turns:
        answer = turn.answer
        if answer is None:
            continue
        calculation = answer.calculation
        shown = (
            "" if calculation is None else f"{calculation.formula} = {calculation.result} {calculation.unit}".strip()
        )
        lead: list[Cell] = [
            turn.question,
            answer.text,
            answer.value,
            verdict_label(answer),
            round(answer.confidence, 4),
            shown,
        ]
        places = [[c.quote, c.title, c.page] for c in answer.citations] or [["", "", None]]
        rows += [[*lead, *place] for place in places]
    return rows


def _safe(value: Cell) -> Cell:
    if isinstance(value, str) and _RUNS.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _plain(text: str, marks: bool = False) -> str:
    """Text that Markdown shows as it is; the marks `[n]` of an answer need no escape."""
    escaped = re.sub(r"([\\`*_{}\[\]()<>#+!|~&])", r"\\\1", text)
    return re.sub(r"\\\[(\d{1,3})\\\]", r"[\1]", escaped) if marks else escaped
