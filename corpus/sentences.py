"""Where a text's sentences begin and end. Knows no grammar: end marks, what follows them, and common abbreviations."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?][\"”’')\]*]*(?=\s+[\"“‘'(\[*]*[A-Z0-9\u00c0-\u00de])|[。！？][”’」』）]*|\n[ \t]*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Co|Ltd|Inc|Corp|Bros|vs|approx|ca|cf|e\.g|i\.e|et al|Fig|Eq|Art|Sec|"
    r"Vol|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|U\.S|U\.K))\.$"
)
_MAX_ABBREVIATION_CHARS = 12


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans `[start, end)` of a text's sentences, white space around them left out."""
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.end() - _MAX_ABBREVIATION_CHARS), match.end()):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in (_stripped(text, *span) for span in spans) if span[0] < span[1]]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
