"""Whether a place states the result of a calculation itself, so that nothing need be computed.

A percentage near the words of a question is often another one: of a part, of another measure, or a change where a share
is asked for. This module does not know how a result is computed.
"""

from __future__ import annotations

import re

from assistant.calculation.grammars.operation import Operation
from assistant.calculation.operand_match import Wanted
from assistant.calculation.report_rows import Reports
from assistant.query.wording.periods import take_time
from assistant.reading.agreement import said
from assistant.reading.extractor import Finding
from corpus.figure import find_figures
from corpus.passage import Fact
from corpus.sentences import sentences
from index.words import stems

# What a place that states a result must hold of the first operand's words.
_STATED, _STATED_CHANGE = 0.6, 0.75
# A row that states a result may have so large a share of words that are not asked for.
_MOST_UNASKED = 0.4
_CHANGED_BY = re.compile(r"\b(?:increased?|decreased?|rose|grew|fell|declined?|dropped|up|down)(?: by)? $", re.I)
_PERCENT_OF = re.compile(r"\s*%?(?: per ?cent)? of (?P<whole>[^,.;:]+)", re.I)
_CHANGES = re.compile(
    r"increas|decreas|\b(?:gr[eo]w|r[io]se|fell|fall|declin|drop|reduc|cut|down|up|higher|lower|chang|improv|year-on-year)",
    re.I,
)
_PER = re.compile(r"\bper\b|\beach\b|\bevery\b|\baverage\b|\bratio\b", re.I)
_TIMES = re.compile(r"\btimes\b|fold\b|\bdouble|\btriple", re.I)


def states_result(finding: Finding, operation: Operation) -> bool:
    """Whether a place states the result itself: a percentage where a share is asked for, an amount per something."""
    figures = [found.figure for found in find_figures(finding.value)]
    if operation.kind in ("share", "growth") or operation.unit == "%":
        row = finding.passage.kind == "table_row" and "%" in finding.passage.reading
        return any(figure.unit in ("%", "pp") for figure in figures) or (row and bool(figures))
    if operation.kind in ("ratio", "times"):
        pattern = _PER if operation.kind == "ratio" else _TIMES
        return bool(figures) and bool(pattern.search(said(finding)))
    return bool(figures)


def is_stated(best: Finding, operation: Operation, reports: Reports) -> bool:
    """Whether a place states a calculation's result itself, and that of what is asked."""
    wanted = Wanted(operation.operands[0], rarity=reports.rarity)
    change = operation.kind == "growth" or _over_time(operation)
    spoken = spoken_of(best)
    of_this = wanted.held(spoken) >= (_STATED_CHANGE if change else _STATED) and not wanted.misses_name(spoken)
    cell = _cell(best, reports)
    if change:
        of_this = of_this and bool(_CHANGES.search(_named(cell) or best.passage.reading))
        of_this = of_this and (not best.passage.is_written or wanted.held(_sentence(best)) >= _STATED)
    if operation.kind == "share":
        of_this = of_this and not _is_of_part(best, operation) and not is_change(best, reports)
        of_this = of_this and (cell is None or wanted.surplus(cell.metric) <= _MOST_UNASKED)
    return states_result(best, operation) and of_this and operation.says in best.passage.reading.lower()


def is_change(best: Finding, reports: Reports) -> bool:
    """Whether a percentage is said to be a change: "up 279%", or a cell of a column of changes."""
    told = _CHANGED_BY.search(_before(best)) or _CHANGES.match(best.value)
    return bool(told or _CHANGES.search(_named(_cell(best, reports))))


def _cell(best: Finding, reports: Reports) -> Fact | None:
    """The fact that a value is where it stands in a column."""
    here = (fact for fact in reports.facts.get(best.passage.id, ()) if fact.overlaps(best.start, best.end))
    first = next(here, None)
    return first if first is not None and first.column else None


def _named(cell: Fact | None) -> str:
    """What the row and the column of a value say, empty where it stands in no table."""
    return f"{cell.metric} {cell.column}" if cell is not None else ""


def spoken_of(best: Finding) -> str:
    """What a place says of its value: the row as it is read, or the sentence of its percentage below its heading."""
    if not best.passage.is_written:
        return best.passage.reading
    return f"{' '.join(best.passage.section[-1:])} {_sentence(best)}"


def _sentence(best: Finding) -> str:
    """The sentence of a quote in which its first percentage stands, of those that are read as the value."""
    quote, low = said(best), best.quote_start
    shares = [low + found.start for found in find_figures(quote) if found.figure.unit == "%"]
    at = next((place for place in shares if place >= best.start), best.start) - low
    return next((quote[start:end] for start, end in sentences(quote) if start <= at < end), quote)


def _over_time(operation: Operation) -> bool:
    """Whether a difference is one of a thing between two times."""
    asked = {take_time(operand.strip(" ?"))[0] for operand in operation.operands}
    return operation.kind == "difference" and len(asked) == 1


def _before(best: Finding) -> str:
    return best.passage.text[: best.start - best.passage.start]


def _is_of_part(best: Finding, operation: Operation) -> bool:
    """Whether a percentage is said to be of the part itself: "20% of its cloud revenue" where that is the part."""
    after = best.passage.text[best.end - best.passage.start :]
    whole = _PERCENT_OF.match(after)
    part, all_of_it = map(stems, operation.operands)
    return whole is not None and bool((part - all_of_it) & stems(whole["whole"]))
