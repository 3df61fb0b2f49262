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

from assistant.reading.table_rows import Part, table_parts
from index.passage_index import Embedder
from index.words import words

_MAX_EMBEDDED = 900
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CELL = re.compile(r"(?: \| |; )(?P<column>[^|;:\n]+): (?P<value>[^|;\n]+?)(?=; | \| |$)")
_BY_YEAR = (
    "What was the {label} in {column}?",
    "{label} {column}",
    "{label} in {column}",
    "How much was {label} in {column}?",
    "What figure is given for {label} for {column}?",
)
_BY_COLUMN = (
    "What is the {column} of {label}?",
    "{column} {label}",
    "{label}: {column}?",
    "What does the table give as {column} for {label}?",
)
_SMALL = frozenset(
    "a an and are at be by did do does for from had has have how in is it its many much of on or that the their they"
    " this to was were what when where which who will with".split()
)


@dataclass(frozen=True, slots=True)
class Example:
    """A question and a passage; the answer is `passage[start:end]`, none where `start == end`.

    Attributes:
        question: What is asked.
        passage: What is read.
        start: Start of the answer.
        end: End of the answer.
        answers: Every accepted wording, empty where there is none.
        group: The report, the company or the file it comes from: negatives are drawn from the same.
        unit: What is held aside as one: the report, the company, or the passage.
        is_somewhere: Whether the passage holds the answer, at a place that is not known.
    """

    question: str
    passage: str
    start: int
    end: int
    answers: tuple[str, ...] = ()
    group: str = ""
    unit: str = ""
    is_somewhere: bool = False

    @property
    def place(self) -> float:
        """Where its unit falls in [0, 1): the same in every run, so that a share can be held aside."""
        return int(hashlib.sha256(self.unit.encode()).hexdigest()[:8], 16) / 16**8


def read_examples(path: Path) -> list[Example]:
    """Read a file of rows.

    Raises:
        ValueError: If a line is not a row, or its answer does not stand where it says.
    """
    examples = []
    for number, line in lines_of(path):
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


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file, gzipped or not, counted from 1."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from enumerate(lines, 1)


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
                passage = rng.choice(kept)
                negatives.append(replace(example, passage=passage, start=0, end=0, answers=(), is_somewhere=False))
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
    """The rows of a table; the passage and each key figure of a run of them; else the passage: as the product cuts."""
    rows = [part.text for part in table_parts(passage)]
    return rows or [passage, *(part.text for part in _key_figures(passage))]


def cut(example: Example, rng: random.Random, others: int = 2, whole: float = 0.5) -> list[Example]:
    """The example over single table rows, or over key figures alone, as the product cuts them.

    Args:
        example: One whose passage may be a table or a run of key figures.
        rng: Draws what is left over.
        others: At most how many rows or figures without the answer.
        whole: How often a run of key figures stays whole.

    Returns:
        The row or the key figure that holds the answer and some that do not, first those that share most words with
        the question; the example itself, where its passage is no table; nothing where no row holds the answer.
    """
    parts = table_parts(example.passage)
    if not parts:
        parts = _key_figures(example.passage) if rng.random() >= whole else []
        if len(parts) < 2:
            return [example]
    found, rest = [], []
    asked = set(words(example.question))
    for part in parts:
        place = part.in_text(example.start, example.end) if example.answers else None
        if place:
            found.append(replace(example, passage=part.text, start=place[0], end=place[1]))
        elif not _says(example.answers, part.text):
            shared = len(asked & set(words(part.text)))
            rest.append((-shared, rng.random(), replace(example, passage=part.text, start=0, end=0, answers=())))
    if example.answers and not found:
        return []
    return found[-1:] + [other for _, _, other in sorted(rest, key=lambda kept: kept[:2])[:others]]


def cell_questions(examples: Iterable[Example], rng: random.Random, count: int = 1) -> Iterator[Example]:
    """Questions made by pattern, `count` for each different table: what a row says in one of its columns."""
    for passage, example in {example.passage: example for example in examples}.items():
        rows = [part.text for part in table_parts(passage) if part.is_row]
        cells = [(row, match) for row in rows for match in _CELL.finditer(row, row.rfind("\n") + 1)]
        for row, cell in rng.sample(cells, min(count, len(cells))):
            label = row[row.rfind("\n") + 1 : row.index(" | ")].split(" > ")[-1].strip()
            column, (start, end) = cell["column"].strip(), cell.span("value")
            if not re.search(r"[^\W\d]{3}", label) or not column or not row[start:end].strip("–—- /"):
                continue
            patterns = _BY_YEAR if _YEAR.search(column) else _BY_COLUMN
            question = rng.choice(patterns).format(label=label, column=column)
            made = replace(example, question=question, passage=row, start=start, end=end, answers=(row[start:end],))
            yield made
            others = [other for other in rows if row[start:end] not in other]
            if others:
                yield replace(made, passage=rng.choice(others), start=0, end=0, answers=())


def worded_otherwise(question: str, rng: random.Random) -> str:
    """A question as it is typed in haste: a letter lost, doubled or swapped in a word, or without its small words."""
    tokens = question.split()
    if rng.random() < 0.4:
        kept = [token for token in tokens if token.lower().strip("?,.") not in _SMALL]
        return " ".join(kept).rstrip("?").lower() if len(kept) > 1 else question
    long = [place for place, token in enumerate(tokens) if len(token) > 4 and token.isalpha()]
    if not long:
        return question.lower()
    place = rng.choice(long)
    word, at = tokens[place], rng.randrange(1, len(tokens[place]) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    tokens[place] = rng.choice([word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], swapped])
    return " ".join(tokens)


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
    return row.get("report") or _company(row) or path.name.split(".")[0]


def _unit(row: dict[str, str]) -> str:
    """The report; the company of an id such as `source/company/page/kpi`; else the passage."""
    return row.get("report") or _company(row) or row["context"]


def _company(row: dict[str, str]) -> str | None:
    """The company of an id such as `source/company/page/kpi`."""
    parts = row["id"].split("/")
    return parts[1] if len(parts) > 3 else None


def _says(answers: Iterable[str], passage: str) -> bool:
    return any(answer.lower() in passage.lower() for answer in answers)


def _may_answer(example: Example, passage: str) -> bool:
    """Whether a passage may hold the answer; of a question without one, whether it is the passage it was asked of."""
    return passage == example.passage or _says(example.answers, passage)


def _key_figures(passage: str) -> list[Part]:
    """Alternating lines of label and value below a lead line: one part a pair; none of other passages."""
    lines, offset = [], 0
    for line in passage.split("\n"):
        lines.append((line, offset))
        offset += len(line) + 1
    body = lines[1:]
    if len(body) < 4 or len(body) % 2 or any(len(line) > 120 or " | " in line for line, _ in body):
        return []
    labels, values = body[::2], body[1::2]
    if sum(bool(re.search(r"\d", value)) for value, _ in values) < 0.8 * len(values):
        return []
    parts, lead = [], lines[0][0] + "\n"
    for (label, start), (value, _) in zip(labels, values, strict=True):
        pair = f"{label}\n{value}"
        copied = ((0, len(lead), 0), (len(lead), len(lead) + len(pair), start))
        parts.append(Part(lead + pair, copied, is_row=False))
    return parts
