"""What a figure in running words measures, by the words beside it.

This module knows English only as far as hedges, copulas and clause marks go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figure import Found
from corpus.sentences import sentences

_HEDGE = re.compile(
    r"\s*\b(?:a total of|over|more than|less than|about|approximately|nearly|almost|some|up to|at least|around|by|to|"
    r"at|of|reached|reaching|exceeded|exceeding|totall?ed|totall?ing|amount(?:s|ed|ing) to|stood at|was|were|is|"
    r"are|all)$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:and|with|of which|of|while|including|,|;|:)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s+(?!\d{3}\b)|\s(?:and|while|but)\s(?=\S+ing\b)|\s\(")
_EDGE = " \t\n:：,;.。–—-*"


def label(text: str, figure: Found, alone: bool) -> tuple[str, str]:
    """The label of a key figure, and the words after it on its line where they are its unit.

    Args:
        text: The box's lines.
        figure: The figure in them.
        alone: Whether it is the box's only figure; else its clause names it.
    """
    lines = text[: figure.start].split("\n")
    before, line_before = "\n".join(lines[:-1]), lines[-1]
    rest = text[figure.end :].split("\n", 1)
    line_after, after = rest[0], rest[1] if len(rest) > 1 else ""
    other = _plain(f"{before} {after}")
    if other:
        return other, _plain(line_after)
    if not alone:
        return clause(text, figure), ""
    if line_before.rstrip("* ").endswith((":", "：")):
        return _plain(line_before), ""
    return _joined(line_before, line_after), ""


def clause(text: str, figure: Found) -> str:
    """The words of a figure's clause, the figure left out."""
    start, end = next(span for span in sentences(text) if span[0] <= figure.start < span[1])
    left = text[start : figure.start]
    cuts = [match.end() for match in _CLAUSE.finditer(left)]
    inner = left[cuts[-1] :] if cuts else left
    right = text[figure.end : end]
    cut = _CLAUSE.search(right)
    words = _joined(inner, right[: cut.start()] if cut else right)
    # A clause of a word or two says little without the one before it.
    return words if len(words.split()) > 1 or not cuts else _joined(left, right[: cut.start()] if cut else right)


def respective(text: str, figure: Found, found: Sequence[Found]) -> str:
    """The item that a figure belongs to in "A and B reached 1 and 2 respectively"; empty in any other sentence."""
    start, end = next(span for span in sentences(text) if span[0] <= figure.start < span[1])
    inside = [f for f in found if start <= f.start < end]
    if "respectively" not in text[start:end].lower() or len(inside) < 2:
        return ""
    subject = _plain(text[start : inside[0].start])
    items = [item for item in re.split(r",\s*(?:and\s)?|\sand\s", subject) if item]
    return items[inside.index(figure)].strip() if len(items) == len(inside) else ""


def _joined(before: str, after: str) -> str:
    return " ".join(filter(None, [_plain(before), _plain(after.split("\n")[0])]))


def _plain(words: str) -> str:
    """Words without marks, hedges and copulas at their ends."""
    words = " ".join(words.replace("**", "").split()).strip(_EDGE)
    words = _LEAD.sub("", words)
    while _HEDGE.search(f" {words}"):
        words = _HEDGE.sub("", f" {words}").strip(_EDGE)
    return words
