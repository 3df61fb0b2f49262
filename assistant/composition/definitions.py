"""Finds the same measure under another definition or in another table: adjusted and not, current and non-current.

A row's name is parted into what is measured and how that is defined: "non-GAAP gross margin" measures gross margin. Two
rows that measure the same for the same time give two figures for one question, unless the question names the
definition. General vocabulary of accounts; this module does not know how places are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.reading.agreement import agree, said
from assistant.reading.extractor import Finding
from corpus.document import Document
from corpus.figure import Figure, find_figures
from corpus.passage import Fact
from index.times import Times, times, year_end
from index.words import stem, stems, words

_DEFINERS = re.compile(
    r"\b(?:non[- ]?gaap|non[- ]?ifrs|gaap|ifrs|adjusted|unadjusted|underlying|organic|comparable|like[- ]for[- ]like"
    r"|pro forma|normali[sz]ed|basic|diluted|non[- ]current|current|(?:short|long)[- ]term|(?:market|location)[- ]based"
    r"|as (?:reported|adjusted))\b",
    re.I,
)
_REST = re.compile(
    r"[,(]? ?\b(?:less|excluding|excl\.|including|incl\.|before|after|net of|without|adjusted for)\b.*", re.I
)
# "Accident rate (reportable accidents)": what a row measures, narrowed down.
_NARROWED = re.compile(r"\((?!in )([^()]*)\)", re.I)
_NOTE_MARKS = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹*]|(?<=[a-z])\d\b")
# Two amounts as near as this, in nearly the same words, measure one thing in two ways.
_NEARLY = 0.05
_FEWEST_WORDS = 2
_MOST = 3
_MAX_GROUP_WORDS = 8


def definers(name: str) -> frozenset[str]:
    """How a row's name or a question says that a measure is defined: "non-gaap", "less leases"."""
    found = {found[0].lower().replace(" ", "-") for found in _DEFINERS.finditer(name)}
    found |= {narrowed.lower() for narrowed in _NARROWED.findall(name)}
    rest = _REST.search(_NARROWED.sub(" ", name))
    return frozenset(found | ({rest[0].lower().strip(" ,()")} if rest else set()))


@lru_cache(maxsize=65536)  # of every row for every answer
def measured(name: str) -> tuple[str, ...]:
    """Stems of what a row measures, without how that is defined and without footnote marks."""
    bare = _REST.sub(" ", _DEFINERS.sub(" ", _NARROWED.sub(" ", _NOTE_MARKS.sub("", name))))
    return tuple(map(stem, words(bare)))


def elsewhere(
    question: str, best: Finding, here: Sequence[Fact], facts: Iterable[Fact], report: Document
) -> list[Fact]:
    """Other figures that the same report gives for the same measure and time.

    Args:
        question: What is asked.
        best: The place that answers.
        here: The facts of its passage.
        facts: All facts.
        report: The report that it stands in.

    Returns:
        One fact a figure; none where the question's own words settle which is meant.
    """
    stated = next((fact for fact in here if fact.overlaps(best.start, best.end)), None)
    if stated is None:
        return _distinct(_alike_in_words(question, best, facts, report))
    name, end, asked = measured(stated.row), year_end(report.text), definers(question)
    if not name or _REST.search(question):
        return []
    own, words_asked = times(stated.column, end), stems(question) & stems(_label(stated))
    return _distinct(
        fact
        for fact in facts
        if fact.document_id == stated.document_id
        and fact.passage_id != stated.passage_id
        and _is_alike(fact.figure, stated.figure)
        and measured(fact.row) == name
        and asked <= definers(_label(fact))
        and words_asked <= stems(_label(fact))
        and _is_one_time(own, times(fact.column, end))
        and not agree(fact.figure, stated.figure)
    )


def defined_otherwise(question: str, result: Figure, facts: Iterable[Fact], report: Document) -> list[Fact]:
    """What a report states for a measure that was worked out, under a definition that the question does not name."""
    asked, named = definers(question), stems(question)
    return _distinct(
        fact
        for fact in facts
        if fact.document_id == report.id
        and fact.figure.unit == result.unit
        and definers(fact.row) - asked
        and asked <= definers(fact.row)
        and len(set(measured(fact.row)) - {stem("percentage")}) >= _FEWEST_WORDS
        and set(measured(fact.row)) <= named
        and _is_asked(question, fact, report)
        and not agree(fact.figure, result)
    )


def _alike_in_words(question: str, best: Finding, facts: Iterable[Fact], report: Document) -> Iterator[Fact]:
    """Rows in words of a sentence: with nearly its amount, or with the same for a time of another length."""
    amounts = [found.figure for found in find_figures(best.value) if found.figure.value]
    spoken, end = stems(said(best)), year_end(report.text)
    asked = times(question, end)
    rows: dict[str, list[Fact]] = {}
    for fact in facts:
        if amounts and fact.document_id == report.id and set(measured(fact.row)) <= spoken and measured(fact.row):
            rows.setdefault(fact.passage_id, []).append(fact)
    for row in rows.values():
        of_time = [fact for fact in row if _is_asked(question, fact, report)]
        alike = [fact for fact in of_time if any(_is_alike(fact.figure, amount) for amount in amounts)]
        near = [fact for fact in alike if any(_is_near(fact.figure, amount) for amount in amounts)]
        if len(measured(row[0].row)) > _FEWEST_WORDS:
            yield from near
        same = [fact for fact in alike if any(agree(fact.figure, amount) for amount in amounts)]
        if same and not (asked.spans or asked.months):
            own = times(same[0].column, end)
            yield from (
                fact for fact in alike if own.spans and times(fact.column, end).spans not in (own.spans, frozenset())
            )


def _is_alike(first: Figure, second: Figure) -> bool:
    """Whether two figures may measure one thing: a table's unit often stands in another cell, a per cent does not."""
    if ("%" in first.text) != ("%" in second.text):
        return False
    return first.unit == second.unit or "" in (first.unit, second.unit)


def _is_near(first: Figure, second: Figure) -> bool:
    """Whether two figures are nearly the same and not one."""
    return abs(abs(first.value) / abs(second.value) - 1) < _NEARLY and not agree(first, second)


def _label(fact: Fact) -> str:
    """A row's name with the groups that it stands in; a sentence that leads a table is no group."""
    groups = fact.metric.split(" > ")[:-1]
    return " > ".join([*(group for group in groups if len(group.split()) <= _MAX_GROUP_WORDS), fact.row])


def _is_asked(question: str, fact: Fact, report: Document) -> bool:
    """Whether a fact is of the time that a question names."""
    end = year_end(report.text)
    asked, own = times(question, end), times(fact.column, end)
    return own.covers_years(asked) and (not asked.spans or bool(asked.spans & own.spans))


def _is_one_time(first: Times, second: Times) -> bool:
    """Whether two columns are of one time, as far as both tell."""
    pairs = ((first.years, second.years), (first.spans, second.spans), (first.months, second.months))
    return all(not a or not b or a == b for a, b in pairs)


def _distinct(facts: Iterable[Fact]) -> list[Fact]:
    """One fact a figure, a few at most."""
    kept: list[Fact] = []
    for fact in facts:
        if not any(agree(fact.figure, other.figure) for other in kept):
            kept.append(fact)
    return kept[:_MOST]
