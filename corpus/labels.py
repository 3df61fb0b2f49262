"""What a figure in running words measures, by the words beside it.

This module knows English only as far as hedges, copulas and clause marks go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.figure import Found
from corpus.sentences import sentences

_COPULA = re.compile(
    r"\s+(?:reached|reaching|exceeded|exceeding|exceeds|totall?ed|totall?ing|amount(?:s|ed|ing)(?: to)?|stood at|"
    r"stands at|was|were|is|are(?: all)?)$",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\s*\b(?:a total of|over|more than|less than|about|approximately|nearly|almost|some|up to|at least|around|by|to|"
    r"at|of)$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:and|with|of which|of|while|including|was|were|is|are|,|;|:)\s+", re.IGNORECASE)
_CHANGE = re.compile(r"(?:an? )?(?:down|up|decreas|increas|reduc|growth|rise|rose|fall|fell|drop)", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s+(?!\d{3}\b)|\s(?:and|while|but)\s(?=\S+ing\b)|\s\(")
_EDGE = " \t\n:：,;.。–—-*"
_MAX_UNIT_WORDS = 4


class Label(NamedTuple):
    """What a figure measures, and the words after it that are its unit, where they are known to be."""

    metric: str
    unit: str = ""


def box_label(text: str, figure: Found, alone: bool) -> Label:
    """The label of a key figure.

    Args:
        text: The box's lines.
        figure: The figure in them.
        alone: Whether it is the box's only figure; else its clause names it.
    """
    lines = text[: figure.start].split("\n")
    before, line_before = "\n".join(lines[:-1]), lines[-1]
    line_after, _, after = text[figure.end :].partition("\n")
    other = _plain(f"{before} {after}")
    if other:
        return Label(other, _plain(line_after))
    if not alone:
        return clause_label(text, figure)
    if line_before.rstrip("* ").endswith((":", "：")):
        return Label(_plain(line_before), _unit(line_after))
    return _named(line_before, line_after)


def clause_label(text: str, figure: Found) -> Label:
    """What a figure in a sentence measures: the words of its clause, the figure left out."""
    start, end = _sentence(text, figure)
    left, right = text[start : figure.start], text[figure.end : end]
    cuts = [match.end() for match in _CLAUSE.finditer(left)]
    cut = _CLAUSE.search(right)
    right = right[: cut.start()] if cut else right
    label = _named(left[cuts[-1] :] if cuts else left, right)
    # A clause of a word or two says little without the one before it.
    return _named(left, right) if cuts and len(label.metric.split()) < 2 else label


def respective(text: str, figure: Found, found: Sequence[Found]) -> str:
    """The item that a figure belongs to in "A and B reached 1 and 2 respectively"; empty in any other sentence."""
    start, end = _sentence(text, figure)
    end = text.lower().find("respectively", figure.end, end)
    inside = [f for f in found if start <= f.start < end]
    if len(inside) < 2:
        return ""
    subject = _plain(text[start : inside[0].start])
    items = [item for item in re.split(r",\s*(?:and\s)?|\sand\s", subject) if item]
    return items[inside.index(figure)].strip() if len(items) == len(inside) else ""


def is_change(metric: str) -> bool:
    """Whether a metric only says that something rose or fell: "Down from 2021"."""
    return _CHANGE.match(metric) is not None


def _sentence(text: str, figure: Found) -> tuple[int, int]:
    return next(span for span in sentences(text) if span[0] <= figure.start < span[1])


def _named(before: str, after: str) -> Label:
    """The label of a figure between words: those before it where a verb links them to it, else both."""
    before = _hedged(before)
    subject = _COPULA.sub("", before)
    after = after.split("\n")[0]
    if subject != before and len(subject.split()) > 1:
        return Label(_plain(subject), _unit(after))
    return Label(_plain(f"{_plain(before)} {_plain(after)}"))


def _unit(after: str) -> str:
    """The words after a figure, where they are few."""
    words = _plain(after).split()
    return " ".join(words) if len(words) <= _MAX_UNIT_WORDS else ""


def _hedged(words: str) -> str:
    """Words without hedges and prepositions at their end."""
    words = " ".join(words.replace("**", "").split()).strip(_EDGE)
    while _HEDGE.search(words):
        words = _HEDGE.sub("", words).strip(_EDGE)
    return words


def _plain(words: str) -> str:
    """Words without marks, hedges and copulas at their ends."""
    words = _hedged(words)
    while _COPULA.search(words):
        words = _hedged(_COPULA.sub("", words))
    return _LEAD.sub("", words)
