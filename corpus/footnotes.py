"""What a footnote mark stands for: "Solvents ¹" and, further down, "¹Without the paint shop".

This module does not know tables or figures, only marks and the notes that follow them.
"""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.lines import footnote

# A superscript after a metre is its power.
_MARK = re.compile(
    r"(?<=[\w)%.,*])\s?(?<!\bm)(?<!\b[kcdm]m)(?P<mark>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2}|[†‡§]|(?<!\*)\*{1,3}(?!\*)(?=$|[\s,;.)]))"
)
_PARTED = re.compile(r"(?<=[¹²³⁴⁵⁶⁷⁸⁹⁰]),\s?(?=[¹²³⁴⁵⁶⁷⁸⁹⁰])")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_INLINE = re.compile(r"(?<!\*)\*(?!\*)\s?(?P<note>[^\W\d_][^*\n]{3,120})$", re.MULTILINE)


class Footnotes:
    """The footnotes of a document."""

    def __init__(self, document: Document) -> None:
        self._notes = []
        self._document = document
        for block in document.blocks:
            found = footnote(document.text[block.start : block.end]) if block.kind == "footnote" else None
            if found:
                self._notes.append((block.start, *found))

    def of(self, text: str, position: int) -> list[tuple[str, str]]:
        """The marks of a text with their notes.

        Args:
            text: A row header, a cell or a label.
            position: Where it stands; the note meant is the next one below with its mark, on the same page.
        """
        marks = [match["mark"] for match in _MARK.finditer(_BOLD.sub(r"\1", text))]
        notes = []
        for mark in marks:
            found = next(((at, note) for at, m, note in self._notes if m == mark and at > position), None)
            if found and self._document.page_at(found[0]) == self._document.page_at(position - 1):
                notes.append((mark, found[1]))
        return notes


def unmarked(text: str) -> str:
    """A text without its footnote marks and the marks around bold words."""
    return _MARK.sub("", _PARTED.sub("", _BOLD.sub(r"\1", text))).strip()


def inline_note(text: str) -> str:
    """The note that ends a line after an asterisk: "Down 3%. *Without subsidiaries"; empty where there is none."""
    match = _INLINE.search(text)
    alone = text.replace("**", "").count("*") == 1  # two are italics
    return match["note"].strip() if match and alone else ""
