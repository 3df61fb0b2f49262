"""All items where one was found: the rest of its enumeration, the other items of its list, the other rows of its table.

How many were asked for is held against how many were found. This module does not know how the first item was found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.query.wording.parts_of_speech import AUXILIARIES, verb_at
from assistant.reading.agreement import said
from assistant.reading.extractor import Finding
from corpus.figure import find_figures
from corpus.passage import Passage
from index.words import stem, stems

_MAX_LIST_CHARS = 900
_MAX_ROWS = 12
_TOTAL = re.compile(r"(?:(?:sub|grand)[- ]?)?totals?|sum|overall", re.I)
_MAX_ITEM_WORDS = 8
# A place that holds this much less of the question's words speaks of something else.
_LESS_SHARED = 0.1
# What makes a series of things between commas: an "and", or so many of them.
_SERIES = 3
_JOINED = re.compile(r"\s(?:and|or|&)\s", re.I)
_LEAD = re.compile(
    r"\b(?:including|include[sd]?|namely|such as|like|are|were|covering|comprising|both)\s|[:—–]\s?", re.I
)
_BEFORE = re.compile(r"(?:,\s|\A|(?<=[.!?]\s))(?P<item>[^,;]+?)(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)\Z", re.I)
_AFTER = re.compile(
    r"(?:,\s(?:and\s|or\s)?|\s(?:and|or|&)\s)(?P<item>(?:(?!,|;|\.\s|\.$|\s(?:and|or|&)\s|\s\().)+)", re.I
)
_CLAUSE = re.compile(
    r"(?:which|who|that|with|while|making|ensuring|including|as well)\b|\w+ing\s(?:the|a|an|our|its)\b", re.I
)
_COMMA = re.compile(r",\s+(?:and\s+|or\s+|&\s+)?|\s+(?:and|or|&)\s+(?=\S+(?:\s\S+){0,5}$)")
_BRACKETS = re.compile(r"\s?\([^()]*\)(?=,| and | or )")
_PLACED = re.compile(r"(?:in|at|from|to|of|for|by|with)\s", re.I)
_QUOTES = ('"', "“", "”")
_DONE = re.compile(r"\b(?:is|are|was|were|been) (\w+(?:ed|en))\b", re.I)
_ITEM_END = re.compile(r"[;,.]?(?:\s(?:and|or))?[\s;,.]*$")
_CELL_END = re.compile(r"\s*[|\t]\s*")


def whole_list(finding: Finding) -> Finding:
    """The finding with all items of its list or enumeration as its value, where these are not too long."""
    passage = finding.passage
    if passage.kind == "prose":
        return _enumerated(finding)
    if passage.kind != "list" or len(passage.text) > _MAX_LIST_CHARS:
        return finding
    items = [line.strip(" \t-–•*·◼▪") for line in passage.text.replace("**", "").split("\n") if line.strip()]
    kept = [_ITEM_END.sub("", item) for item in items if not item.endswith(":")]
    return replace(finding, quote_start=passage.start, quote_end=passage.end, value="; ".join(kept))


def _enumerated(finding: Finding) -> Finding:
    """The finding widened from one item to the whole of "A, B and C", where it stands in such a series."""
    passage = finding.passage
    start, end = finding.start - passage.start, finding.end - passage.start
    low = max(finding.quote_start - passage.start, 0)
    while (step := _BEFORE.search(passage.text, low, start)) is not None:
        first = step.start("item") + _led_in(step["item"], at_start=step.start("item") == low)
        if not _is_item(passage.text[first : step.end("item")], finding.value):
            break
        start, whole = first, first == step.start("item")
        if not whole:
            break
    high = finding.quote_end - passage.start
    while (step := _AFTER.match(passage.text, _past_brackets(passage.text, end), high)) is not None and _is_item(
        step["item"], finding.value
    ):
        end = step.end("item")
    placed = _PLACED.match(passage.text, start, end)
    start = placed.end() if placed else start
    if passage.text[start - 1 : start] in _QUOTES and passage.text[end : end + 1] in _QUOTES:
        start, end = start - 1, end + 1
    value = passage.text[start:end].replace("**", "")
    if len(items(value)) < _SERIES and not _JOINED.search(value):
        return finding
    return replace(finding, start=passage.start + start, end=passage.start + end, value=value)


def _past_brackets(text: str, end: int) -> int:
    """The end of what stands in brackets after an item, where the series goes on behind them; else the item's own."""
    brackets = _BRACKETS.match(text, end)
    return brackets.end() if brackets else end


def _led_in(item: str, *, at_start: bool) -> int:
    """Where the first item of a series begins in a stretch that also leads it in: "including A", "we sell A"."""
    leads = list(_LEAD.finditer(item))
    if leads:
        return leads[-1].end()
    parts = item.split()
    at = verb_at(parts, 1, loose=True) if at_start else len(parts)
    return item.index(parts[at]) + len(parts[at]) + 1 if at < len(parts) - 1 else 0


def _is_item(text: str, other: str) -> bool:
    """Whether a stretch between commas can be one of a series with another: short, no clause, a figure as it is one."""
    parts = text.lower().split()
    if bool(find_figures(text)) < bool(find_figures(other)):
        return False
    return 0 < len(parts) <= _MAX_ITEM_WORDS and not AUXILIARIES & set(parts) and not _CLAUSE.match(text)


def items(value: str) -> list[str]:
    """The items of a value: parted by semicolons, or where there are none by commas and a last "and"."""
    parts = value.split(";") if ";" in value else _COMMA.split(value)
    return [part.strip() for part in parts if part.strip()]


def as_much(question: str, findings: Sequence[Finding]) -> list[Finding]:
    """Those of several places that speak of what is asked as much as any of them does.

    Of figures those alone whose sentences say what is asked of them, where some do: awarded, and not claimed.
    """
    most = max((finding.features.get("shared", 0.0) for finding in findings), default=0.0)
    kept = [finding for finding in findings if finding.features.get("shared", 0.0) >= most - _LESS_SHARED]
    done = _DONE.search(question)
    if done is None or not all(find_figures(finding.value) for finding in kept):
        return kept
    return [one for one in kept if stem(done[1].lower()) in stems(said(one))] or kept


def distinct(findings: Sequence[Finding]) -> list[Finding]:
    """Places without those that repeat others' items, and without single things beside an enumeration."""
    told = [[_tokens(item) for item in items(finding.value)] for finding in findings]
    series = len(told[0]) >= _SERIES if told else False
    kept = []
    for place, finding in enumerate(findings):
        own = told[place]
        fuller = [other for i, other in enumerate(told) if i != place and (len(other), -i) > (len(own), -place)]
        repeated = any(all(any(item <= one or one <= item for one in other) for item in own) for other in fuller)
        if not repeated and (len(own) > 1 or not series):
            kept.append(finding)
    return kept


def _tokens(item: str) -> set[str]:
    return set(re.findall(r"\w+", item.lower()))


def of_count(findings: Sequence[Finding], count: int) -> list[Finding]:
    """The first place alone that holds just as many items as were asked for; all places where none does."""
    alone = [finding for finding in findings if len(items(finding.value)) == count]
    return alone[:1] or list(findings)


def miscounted(count: int, values: Sequence[str]) -> str:
    """What is said where the number of items is not the one asked for, empty where it is or none was named."""
    found = len(dict.fromkeys(item.lower() for value in values for item in items(value)))
    if not count or found == count:
        return ""
    return f"The question asks for {count}; the report gives {found} here."


def table_rows(finding: Finding, passages: Sequence[Passage], place: int) -> list[Finding]:
    """All rows of a table one of whose row names answers, each with its name as the value.

    Args:
        finding: What was found.
        passages: All passages, a table's rows beside each other.
        place: Where the finding's passage stands among them.

    Returns:
        The rows but for totals; none where the answer is no row's name, or the table is long.
    """
    passage = finding.passage
    before = passage.text[: finding.end - passage.start].strip("|*- \t")
    if passage.kind != "table_row" or not before or before != finding.value:
        return []
    low = high = place
    while low > 0 and _one_table(passages[low - 1], passage):
        low -= 1
    while high + 1 < len(passages) and _one_table(passages[high + 1], passage):
        high += 1
    if not 1 <= high - low < _MAX_ROWS:
        return []
    rows = [(row, _CELL_END.split(row.text.strip("| "))[0].strip("*- ")) for row in passages[low : high + 1]]
    return [replace(Finding.whole(row), value=name) for row, name in rows if name and not _TOTAL.fullmatch(name)]


def _one_table(row: Passage, other: Passage) -> bool:
    """Whether two neighbouring passages are rows of one table, as far as their place tells."""
    return (row.kind, row.document_id, row.section) == (other.kind, other.document_id, other.section)
