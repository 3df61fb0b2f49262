"""Compares places: whether two give one value, whether one denies what is asked.

This module does not know how places are found, nor how answers are worded.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from assistant.reading.answerability import shared_words
from assistant.reading.extractor import Finding
from corpus.figure import Figure, find_figures
from corpus.passage import Fact
from index.words import stems

Facts = Mapping[str, Sequence[Fact]]

_DENIED = re.compile(
    r"\b(?:no(?!\. ?\d)(?! (?:less|more|later|fewer|earlier)\b)|not(?! (?:only|less|more|later)\b)|never|none|nor"
    r"|neither|nobody|nothing|zero|nil|without any|\w+n['’]t)\b",
    re.I,
)
_CLAUSE = re.compile(r"[,;:] | (?:because|although|though|while|which|that|who|when|after|before|until|since) ")
_SUPPOSED = re.compile(r"\b(?:may|might|could|would|should|can|must|will|shall|if|whether)\b")
# A place that speaks as much must hold more than this share of what the best one holds of the question.
_NEARLY = 0.5
_MOSTLY, _PARTLY, _NOT_RULED_OUT, _SURE = 0.5, 0.3, -2.0, 3.0
# A reader of spans is less sure of a statement that answers yes or no than of a name or a figure.
_SPOKEN_OF = 0.5


def agree(first: Figure, second: Figure) -> bool:
    """Whether two figures are one, or one is the other rounded: "$11.7 billion" and 11,715 million."""
    if first.same(second):
        return True
    if first.unit and second.unit and first.unit != second.unit:
        return False
    coarse = max(first, second, key=_step)
    return abs(abs(first.value) - abs(second.value)) <= _step(coarse) / 2


def _step(figure: Figure) -> Decimal:
    """The value of a figure's last decimal place, 0 of a whole number without a scale."""
    decimals = -int(figure.number.as_tuple().exponent)
    if not figure.number or decimals <= 0:
        return Decimal(0)
    return abs(figure.value / figure.number).scaleb(-decimals)


def figures_of(finding: Finding, facts: Facts) -> list[Figure]:
    """The figures of a place's value, with the unit and scale of their row where they stand in a table."""
    here = [f.figure for f in facts.get(finding.passage.id, ()) if f.overlaps(finding.start, finding.end)]
    return here or [found.figure for found in find_figures(finding.value)]


def same_value(first: Finding, second: Finding, facts: Facts) -> bool:
    """Whether two places give one value: a figure in common, or without figures one wording in the other."""
    ours, theirs = figures_of(first, facts), figures_of(second, facts)
    if ours and theirs:
        return any(agree(a, b) for a in ours for b in theirs)
    return first.value.lower() in second.value.lower() or second.value.lower() in first.value.lower()


def is_denied(finding: Finding) -> bool:
    """Whether the report's own words plainly deny what is asked: in the clause of the value, or by a figure of 0."""
    figures = [found.figure for found in find_figures(finding.value)]
    return bool(_DENIED.search(_clause(finding))) or (bool(figures) and not any(figure.number for figure in figures))


def is_taken(finding: Finding) -> bool:
    """Whether a place speaks of most of what is asked, and the reader does not rule it out."""
    return finding.features.get("shared", 0.0) >= _MOSTLY and finding.features.get("reader", 0.0) >= _NOT_RULED_OUT


def doubt(best: Finding, spoken: float) -> float:
    """How much less sure than of a name or a figure one may be of a place that answers yes or no.

    Args:
        best: The place.
        spoken: Share of the question's words that its quote holds, in [0, 1].

    Returns:
        A factor of the threshold: below 1 where the quote plainly speaks of what is asked, infinite where it does not.
    """
    if is_denied(best) or spoken >= _MOSTLY:
        return _SPOKEN_OF
    sure = best.features.get("reader", 0.0) >= _SURE
    return 1.0 if sure or spoken >= _PARTLY else math.inf


def opposed(question: str, best: Finding, found: Sequence[Finding], rarity: Callable[[str], float]) -> Finding | None:
    """A place that affirms what the best denies, or denies what it affirms, in as many of the question's words."""
    for other in found:
        stands = is_taken(other) and not other.missed and not _SUPPOSED.search(_clause(other))
        against = other is not best and is_denied(other) != is_denied(best)
        if stands and against and speaks_as_much(question, best, other, rarity):
            return other
    return None


def speaks_as_much(question: str, best: Finding, other: Finding, rarity: Callable[[str], float]) -> bool:
    """Whether a place's quote holds most of what the best one's holds of a question, rare words above all."""
    ours, theirs = (shared_words(question, stems(said(place)), rarity) for place in (best, other))
    return theirs > _NEARLY * ours


def said(finding: Finding) -> str:
    """The quote of a place, as written."""
    passage = finding.passage
    return passage.text[finding.quote_start - passage.start : finding.quote_end - passage.start]


def _clause(finding: Finding) -> str:
    """The clause of a quote that its value begins in."""
    passage = finding.passage
    quote, before = said(finding), passage.text[finding.quote_start - passage.start : finding.start - passage.start]
    start = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    end = _CLAUSE.search(quote, len(before))
    return quote[start : end.start() if end else len(quote)]
