"""Lines of a text, and what the shape of a line alone tells: a value, a statement with a figure, a title, an item.

This module does not know what stands around a line, nor the document's structure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.figure import find_figures
from corpus.sentences import sentences

_SPACE = " \r\f\u00a0\u200b\u3000\ufeff"
_BULLET = re.compile(r"(?:[-–—•·▪●◦‣*+]|\(?(?:\d{1,2}|[a-z])[.)]|[①-⑳])\s+(?=\S)")
_FOOTNOTE = re.compile(r"(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|\*{1,3}(?=[^\s*])|[†‡§])\s*(?P<text>\S.*(?<!\*))$")
_END = re.compile(r"[.!?。！？;；,，…:：][\"”’')\]*]*$")
_SECTION_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?(?=\s+[A-Z])")
_HEDGE = re.compile(
    r"(?:(?:over|more than|less than|about|approximately|approx\.|nearly|almost|some|up to|at least|around|under|below|"
    r"ca\.|c\.)\s|[~≈>≥<≤+])\s*",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    "a an and as at but by for from in into is its of on or our per the their to under up via vs we with your".split()
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_][\w'’&-]*")
_MAX_TITLE_WORDS = 14
_MAX_SENTENCE_CASE_WORDS = 8
_MAX_STATEMENT_CHARS = 160
_MAX_VALUE_CHARS = 60


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line that is not blank.

    Attributes:
        start: Start in the text of the first character that is no white space.
        end: End in the text of the last character that is no white space.
        text: What stands between the two.
        raw_start: Start of the line, spaces left out but not tabs: a tab opens an empty cell.
        raw_end: End of the line, likewise.
        gap: Blank lines above.
        indent: Spaces before it.
        page: Page by form feeds, counted from 1.
    """

    start: int
    end: int
    text: str
    raw_start: int
    raw_end: int
    gap: int
    indent: int
    page: int


def read_lines(text: str) -> list[TextLine]:
    """The lines of a text that hold more than white space."""
    lines: list[TextLine] = []
    position, gap, page = 0, 0, 1
    for raw in text.split("\n"):
        if "\f" in raw:  # a paragraph ends with its page
            page, gap = page + raw.count("\f"), max(gap, 1)
        cells = raw.strip(_SPACE)
        inner = cells.strip()
        if inner:
            indent = len(raw) - len(raw.lstrip(_SPACE))
            raw_start = position + indent
            start = raw_start + cells.index(inner)
            lines.append(
                TextLine(start, start + len(inner), inner, raw_start, raw_start + len(cells), gap, indent, page)
            )
            gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines


def bullet(text: str) -> int:
    """Length of the bullet or item number that opens a line, 0 where there is none."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def footnote(text: str) -> tuple[str, str] | None:
    """The mark and the words of a footnote line, None for any other line."""
    match = _FOOTNOTE.match(text)
    if match is None or text.startswith("**"):
        return None
    return match["mark"], match["text"]


def section_number(text: str) -> str:
    """The number that opens a section's title, "2.1" in "2.1 Water"; empty where there is none."""
    match = _SECTION_NUMBER.match(text)
    if match is None:
        return ""
    found = find_figures(text)
    return match.group() if not found or found[0].end <= match.end() else ""


def is_sentence(text: str) -> bool:
    """Whether a line ends as sentences and clauses end."""
    return _END.search(text) is not None


def unhedged(text: str) -> str:
    """A text without the word that hedges the figure after it: "over", "about", "~"."""
    match = _HEDGE.match(text)
    return text[match.end() :] if match else text


def is_value(text: str) -> bool:
    """Whether a line is a figure and hardly more: "4,117", "over 6 hours", "RMB 3.2 billion", "8,780 people"."""
    bare = text.replace("**", "").strip()
    if len(bare) > _MAX_VALUE_CHARS or is_sentence(bare) or bullet(bare) or section_number(bare):
        return False
    bare = unhedged(bare)
    found = find_figures(bare)
    if not found or found[0].start > 1 or found[0].figure.is_year or not any(map(str.isdecimal, found[0].figure.text)):
        return False
    rest = bare[found[0].end :]
    return len(found) == 1 and len(_WORD.findall(rest)) <= 1 and not re.search(r"\d", rest)


def is_statement(text: str) -> bool:
    """Whether a line is a figure with its label: "Hold 932 patents", "Assets: 12 million", "100% coverage"."""
    if len(text) > _MAX_STATEMENT_CHARS or is_sentence(text) or is_value(text) or bullet(text):
        return False
    if len(sentences(text)) > 1 or section_number(text):
        return False
    found = [f for f in find_figures(text) if not f.figure.is_year and any(map(str.isdecimal, f.figure.text))]
    if not found:
        return False
    if "**" in text:
        return True
    first = found[0]
    quantity = bool(first.figure.unit) or first.figure.value != first.figure.number or "," in first.figure.text
    opens = first.start == 0 and text[first.end :].lstrip()[:1].islower()
    closes = first.end == len(text) and text[: first.start].rstrip().endswith(":")
    return quantity or opens or closes or (not is_title_case(text) and first.figure.number >= 10)


def is_label(text: str) -> bool:
    """Whether a line could name the figure that stands on the line beside it."""
    if len(text) > _MAX_STATEMENT_CHARS or (is_sentence(text) and not text.endswith((":", "："))):
        return False
    return bool(_WORD.search(text) or _CJK.search(text)) and not is_value(text) and not is_statement(text)


def is_title(text: str) -> bool:
    """Whether a line could be a heading: short, no end punctuation, no figure, written like a title."""
    bare = text.strip("*_ ")
    if is_sentence(bare) or is_statement(bare) or is_value(bare) or "\t" in bare or bare.isdecimal():
        return False
    if "**" in bare or len(sentences(bare[bullet(bare) :])) > 1:
        return False
    if _CJK.search(bare):
        return len(bare) <= 30
    words = _WORD.findall(bare)
    if not words or not (bare[0].isupper() or bare[0].isdecimal() or bare[0] in "\"“'‘("):
        return False
    return len(words) <= (_MAX_TITLE_WORDS if is_title_case(bare) else _MAX_SENTENCE_CASE_WORDS)


def is_title_case(text: str) -> bool:
    """Whether most of a line's weighty words open with a capital."""
    weighty = [word for word in _WORD.findall(text) if word.lower() not in _SMALL_WORDS]
    return bool(weighty) and sum(word[0].isupper() for word in weighty) >= 0.6 * len(weighty)
