"""A model's draft becomes sentences as it is written, each with the numbers of the passages that it cites.

What a model thinks aloud is left out, a list's items are sentences led by the line above them. This module does not
know whether a sentence is true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.lines import bullet
from corpus.sentences import sentences

_MARKS = r"(?:\s*\[\s*\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\s*\])"
_MARK = re.compile(_MARKS)
_LEADING_MARKS = re.compile(rf"{_MARKS}+[.!?]?(?=\s|$)")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|$)|^.*?</think(?:ing)?>", re.S | re.I)
_THOUGHT_END = re.compile(r"</think(?:ing)?>", re.I)
_MARK_BEGUN = re.compile(r"\[[\d\s,;–-]*$")
_EMPHASIS = re.compile(r"\*\*|__|`|^#+\s*")
_ONE_WORD = re.compile(r"\W*(?:yes|no)\W*$", re.I)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft.

    Attributes:
        text: Its words, with marks.
        lead: The line that its list stands under, empty outside of lists.
    """

    text: str
    lead: str = ""

    @property
    def bare(self) -> str:
        """Its words without marks."""
        return " ".join(_MARK.sub("", self.text).split())

    @property
    def said(self) -> str:
        """What it says: the lead and the words."""
        return f"{self.lead} {self.bare}".strip()

    @property
    def cited(self) -> tuple[int, ...]:
        """The numbers that it cites, each once, as they come."""
        found = (int(number) for mark in _MARK.findall(self.text) for number in re.findall(r"\d+", mark))
        return tuple(dict.fromkeys(found))

    def with_marks(self, numbers: dict[int, int]) -> str:
        """Its text with each number replaced; a number that is not among them loses its mark."""

        def renewed(mark: re.Match[str]) -> str:
            found = (numbers.get(int(number)) for number in re.findall(r"\d+", mark.group()))
            return "".join(f" [{number}]" for number in dict.fromkeys(found) if number is not None)

        return " ".join(_MARK.sub(renewed, self.text).split())


def drafted(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Sentences of a draft, each as soon as the next one has begun.

    Args:
        pieces: The draft in pieces, cut anywhere.
    """
    text, told, thought = "", 0, False
    for piece in pieces:
        text += piece
        if not thought and _THOUGHT_END.search(text):
            told, thought = 0, True
        ready = _sentences(text)
        if len(ready) > 1 and _MARK_BEGUN.match(ready[-1].text):
            ready.pop()
        yield from ready[told:-1]
        told = max(told, len(ready) - 1)
    yield from _sentences(text)[told:]


def _sentences(text: str) -> list[Sentence]:
    """The sentences of a draft so far; the last may be unfinished."""
    found: list[Sentence] = []
    lead = ""
    for line in _THOUGHT.sub("", text).splitlines():
        line = _EMPHASIS.sub("", line.strip())
        marker = bullet(line)
        if not marker:
            lead = ""
        if line.endswith(":") and not _MARK.search(line):
            lead = line
        elif line:
            found += [Sentence(part, lead) for part in _parts(line[marker:])]
    return found


def _parts(line: str) -> list[str]:
    """Sentences of a line: marks after a full stop belong to what is before it, a bare yes or no to what follows."""
    parts: list[str] = []
    for start, end in sentences(line):
        part = line[start:end]
        marks = _LEADING_MARKS.match(part)
        if marks and parts:
            parts[-1] += " " + marks.group().strip()
            part = part[marks.end() :].strip()
        if part and parts and _ONE_WORD.fullmatch(parts[-1]):
            parts[-1] += " " + part
        elif part:
            parts.append(part)
    return parts
