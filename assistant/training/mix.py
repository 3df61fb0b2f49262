"""Question-answering rows become training examples that look as the product's passages do.

A row is a JSON line `{"id", "context", "question", "answers", "answer_start"}`, gzipped or not; `report`, where
present, groups rows for negatives and for holding aside. This module does not know models or tokens.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import bm25s
import numpy as np

from index.passage_index import Embedder
from index.words import words

_MAX_EMBEDDED = 900
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage; the answer is `passage[start:end]`, none where `start == end`.

    Attributes:
        question: What is asked.
        passage: What is read.
        start: Start of the answer.
        end: End of the answer.
        answers: Every accepted wording, empty where there is none.
        group: The report or file it comes from: negatives are drawn from the same.
        unit: What is held aside as one: the report, the company, or the passage.
    """

    question: str
    passage: str
    start: int
    end: int
    answers: tuple[str, ...] = ()
    group: str = ""
    unit: str = ""

    @property
    def place(self) -> float:
        """Where its unit falls in [0, 1): the same in every run, so that a share can be held aside."""
        return int(hashlib.sha256(self.unit.encode()).hexdigest()[:8], 16) / 16**8


def read_examples(path: Path) -> list[Example]:
    """Read a file of rows.

    Raises:
        ValueError: If a line is not a row, or its answer does not stand where it says.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    examples = []
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                start = max(0, row["answer_start"])
                answers = tuple(row["answers"])
                end = start + len(answers[0]) if answers else start
                passage, question = row["context"], row["question"]
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path}, line {number}: not a question-answering row ({error})") from error
            if answers and passage[start:end] != answers[0]:
                raise ValueError(f"{path}, line {number}: the answer does not stand at answer_start")
            examples.append(Example(question, passage, start, end, answers, _group(row, path), _unit(row)))
    return examples


def hard_negatives(
    examples: Sequence[Example], rng: random.Random, embedder: Embedder | None = None, pool: int = 6
) -> list[Example]:
    """For each example, the same question over a passage of its group that a search finds and that holds no answer.

    Args:
        examples: Answerable or not.
        rng: Draws one of those found.
        embedder: Searches groups of at most 900 passages by meaning too; BM25 alone without it.
        pool: How many each search finds to draw from.
    """
    by_group: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_group[example.group].append(example)
    negatives = []
    for members in by_group.values():
        passages = sorted({text for example in members for text in _alone(example.passage)})
        if len(passages) < 2:
            continue
        found = _searched(members, passages, pool + 4, embedder if len(passages) <= _MAX_EMBEDDED else None)
        for example, places in zip(members, found, strict=True):
            kept = [passages[place] for place in places if not _may_answer(example, passages[place])]
            if kept:
                negatives.append(replace(example, passage=rng.choice(kept), start=0, end=0, answers=()))
    return negatives


def _searched(
    members: Sequence[Example], passages: Sequence[str], k: int, embedder: Embedder | None
) -> list[list[int]]:
    """The places that BM25 and, with an embedder, vectors find for each question, k each."""
    bm25 = bm25s.BM25()
    bm25.index([words(passage) for passage in passages], show_progress=False)
    k = min(k, len(passages))
    places, _ = bm25.retrieve([words(member.question) or ["?"] for member in members], k=k, show_progress=False)
    found = [list(map(int, row)) for row in places]
    if embedder is not None:
        nearness = embedder.embed([member.question for member in members]) @ embedder.embed(passages).T
        best = np.argsort(-nearness, axis=1)[:, :k]
        found = [[*row, *map(int, more)] for row, more in zip(found, best, strict=True)]
    return found


def _alone(passage: str) -> list[str]:
    """The passage, and each row or key figure in it as the product cuts them."""
    lead, pieces = _pieces(passage)
    return [passage, *(lead + text for text, _ in pieces)]


def rows_of_table(example: Example, rng: random.Random, others: int = 2) -> list[Example]:
    """The example over single table rows and over key figures alone, as the product cuts them.

    Returns:
        The row or the key figure that holds the answer and up to `others` that do not; empty for other passages.
    """
    lead, pieces = _pieces(example.passage)
    if len(pieces) < 2:
        return []
    found, rest = [], []
    for text, spans in pieces:
        for source_start, source_end, start in spans:
            if example.end > example.start and source_start <= example.start and example.end <= source_end:
                shift = len(lead) + start - source_start
                found.append(
                    replace(example, passage=lead + text, start=example.start + shift, end=example.end + shift)
                )
        if not any(a <= example.start < b for a, b, _ in spans) or example.end == example.start:
            rest.append(replace(example, passage=lead + text, start=0, end=0, answers=()))
    if example.answers and not found:
        return []
    rest = [other for other in rest if not example.answers or not _says(example.answers, other.passage)]
    return found[:1] + rng.sample(rest, min(others, len(rest)))


def other_years(examples: Iterable[Example], rng: random.Random) -> Iterator[Example]:
    """Near misses: a question that names a year, asked of a year that its passage does not name."""
    for example in examples:
        years = _YEAR.findall(example.question)
        if len(years) == 1 and example.answers and years[0] in example.passage:
            near = [str(int(years[0]) + step) for step in (-3, -2, -1, 1, 2, 3)]
            absent = [year for year in near if year not in example.passage]
            if absent:
                question = example.question.replace(years[0], rng.choice(absent))
                yield replace(example, question=question, start=0, end=0, answers=())


def capped(examples: Sequence[Example], cap: int, rng: random.Random) -> list[Example]:
    """At most `cap` examples a passage."""
    count: dict[str, int] = defaultdict(int)
    kept = []
    for example in rng.sample(examples, len(examples)):
        count[example.passage] += 1
        if count[example.passage] <= cap:
            kept.append(example)
    return kept


def _group(row: dict[str, str], path: Path) -> str:
    return row.get("report") or path.name.split(".")[0]


def _unit(row: dict[str, str]) -> str:
    """The report; the company of an id such as `source/company/page/kpi`; else the passage."""
    parts = row["id"].split("/")
    return row.get("report") or (parts[1] if len(parts) > 3 else row["context"])


def _says(answers: Iterable[str], passage: str) -> bool:
    return any(answer.lower() in passage.lower() for answer in answers)


def _may_answer(example: Example, passage: str) -> bool:
    """Whether a passage may hold the answer; of a question without one, whether it is the passage it was asked of."""
    return passage == example.passage or _says(example.answers, passage)


_Piece = tuple[str, list[tuple[int, int, int]]]


def _pieces(passage: str) -> tuple[str, list[_Piece]]:
    """The lead line of a table or a run of key figures, and its rows with their cells' (start, end, start in row)."""
    lines, offset = [], 0
    for line in passage.split("\n"):
        lines.append((line, offset))
        offset += len(line) + 1
    tabbed = [i for i, (line, _) in enumerate(lines) if "\t" in line]
    piped = [i for i, (line, _) in enumerate(lines) if " | " in line and ": " in line.split(" | ", 1)[1]]
    if len(tabbed) >= 3:
        lead = " > ".join(line for line, _ in lines[: tabbed[0]] if line)
        return lead + "\n" if lead else "", list(_tab_rows([lines[i] for i in range(tabbed[0], len(lines))]))
    if len(piped) >= 2:
        lead = " > ".join(line for line, _ in lines[: piped[0]] if line)
        rows = [(line, [(start, start + len(line), 0)]) for line, start in (lines[i] for i in piped)]
        return lead + "\n" if lead else "", rows
    return _key_figures(lines)


def _key_figures(lines: Sequence[tuple[str, int]]) -> tuple[str, list[_Piece]]:
    """Alternating lines of label and value below a lead line: one piece a pair."""
    body = lines[1:]
    if len(body) < 4 or len(body) % 2 or any(len(line) > 120 or " | " in line for line, _ in body):
        return "", []
    labels, values = body[::2], body[1::2]
    if sum(bool(re.search(r"\d", value)) for value, _ in values) < 0.8 * len(values):
        return "", []
    pairs: list[_Piece] = []
    for (label, start), (value, _) in zip(labels, values, strict=True):
        text = f"{label}\n{value}"
        pairs.append((text, [(start, start + len(text), 0)]))
    return lines[0][0] + "\n", pairs


def _tab_rows(lines: Sequence[tuple[str, int]]) -> Iterator[_Piece]:
    """Rows of a tab-separated table, `Group > Row | Column: cell; Column: cell`."""
    header = [cell.strip() for cell in lines[0][0].split("\t")]
    group = ""
    for line, offset in lines[1:]:
        cells = line.split("\t")
        if not any(cell.strip() for cell in cells[1:]):
            group = cells[0].strip()
            continue
        text, spans = "", []
        place = offset
        for column, cell in enumerate(cells):
            if cell.strip():
                name = header[column] if column < len(header) else ""
                if not text:
                    text = f"{group} > " if group and group != cell else ""
                elif " | " not in text:
                    text += f" | {name}: " if name else " | "
                else:
                    text += f"; {name}: " if name else "; "
                spans.append((place, place + len(cell), len(text)))
                text += cell
            place += len(cell) + 1
        yield text, spans
