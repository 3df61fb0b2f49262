"""What a figure of a report counts or measures, read off the words that stand with it.

A figure of a table is named by its row and column; one of a sentence by the noun that follows it ("13 directors"), by
its clause, and by the sentence around. This module does not know what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.query.wording.parts_of_speech import AUXILIARIES, PREPOSITIONS, VERBS, is_count, is_plural
from corpus.figure import Figure, Found, find_figures
from corpus.passage import Fact, Passage
from corpus.sentences import sentences

# Nouns that only carry a number: what is counted stands elsewhere in the clause.
NEUTRAL = frozenset(
    "unit units time times people person persons individual individuals piece pieces item items case cases set sets "
    "instance instances occasion occasions".split()
)
FIGURE = "#"  # stands for the figure among its own words
_WORD = re.compile(r"[A-Za-z][\w&'’/-]*|[^\w\s]")
_END = frozenset(
    "and or that which who whose respectively than while as plus each such like along throughout out up globally "
    "worldwide abroad annually annual year-on-year".split()
)
# Where the words of one figure end and those of the next begin: the first of these that stands between them.
_PARTINGS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"[;:]\s|\t|\n|\s[-–]\s",
        r",\s(?:and\s|while\s|with\s|of which\s|including\s)?",
        r"\s(?:and|or|while|whereas|plus|including|of which)\s",
        r"\s(?:from|across|over|among|in|for|with|by|at|to|on|through|per)\s",
        r"\s(?=\w+(?:ing|ed)\s)",
    )
)
_RESPECTIVELY = re.compile(r"\brespectively\b", re.I)
_AND = re.compile(r",\s(?:and\s)?|\sand\s", re.I)
_LABELLED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|scope|category|tier|"
    r"note|section|item|article|chapter|page|table|figure|phase|level|no\.|step|part|class|version|stage|annex|sdg)$",
    re.I,
)
# A number after a word in capitals, or such as "4.0", is part of a name.
_CODE = re.compile(r"\b[A-Z]{3,}$")
# A page number at the end of an entry of the contents, before the next entry or where the text ends.
_IN_CONTENTS = re.compile(r"\s+\d+\.\d+ [A-Z]")
_LARGEST_LABEL = 100
# A group's label is shorter; a caption says what a table is about, and not what its row is.
_CAPTION_WORDS = 6
# "People over 70" are no seventy people.
_AGE = re.compile(
    r"\b(?:aged?|(?:people|those|persons|tenants|customers|employees|workers|women|men|children) "
    r"(?:aged )?(?:over|under|above|below|from))$",
    re.I,
)
_OUT_OF = re.compile(r"\bout of(?: the| a total of)? $", re.I)
_MARKS = re.compile(r"[*¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class Described:
    """A figure of a passage and its words.

    Attributes:
        start: Where it starts in the document's text.
        end: Where it ends.
        figure: The number, with the unit of its row or header.
        counted: The noun phrase that follows it, empty where none does: "independent directors".
        own: The words of its row and column, of its key figure or of its clause, where `FIGURE` stands for it.
        beside: The words of the figure before it in its sentence.
        around: The words of its sentence and of the headings above.
        column: The header of its column, empty outside tables.
        period: The period of its column, empty outside tables.
        sentence: Where its sentence, row or key figure starts in the document's text.
        unit: The unit as the table writes it, empty outside tables.
    """

    start: int
    end: int
    figure: Figure
    counted: str
    own: str
    beside: str
    around: str
    column: str = ""
    period: str = ""
    sentence: int = 0
    unit: str = ""

    @property
    def named(self) -> str:
        """All of its own words, its unit and its column among them."""
        return f"{self.own} {self.column} {self.figure.text}"


def described(passage: Passage, facts: Sequence[Fact]) -> list[Described]:
    """Every figure of a passage that is no year.

    Args:
        passage: A passage.
        facts: The typed figures of the passage.
    """
    if passage.kind == "table_row" and any(fact.column for fact in facts):
        above = f"{passage.lead} {passage.parts[0].text if passage.parts else ''}"
        captions = {fact.metric.partition(" > ")[0] for fact in facts}
        caption = next((name for name in captions if len(name.split()) > _CAPTION_WORDS), "")
        return [
            Described(
                fact.start,
                fact.end,
                fact.figure,
                "",
                _MARKS.sub("", fact.metric.removeprefix(f"{caption} > ")),
                "",
                f"{above} {caption}",
                fact.column,
                fact.period,
                passage.start,
                fact.unit,
            )
            for fact in facts
        ]
    return list(_in_text(passage, facts))


def _in_text(passage: Passage, facts: Sequence[Fact]) -> Iterator[Described]:
    whole = [(0, len(passage.text))]
    heading = passage.section[-1] if passage.section else ""
    for low, high in whole if passage.kind == "key_figure" else sentences(passage.text) or whole:
        text = passage.text[low:high]
        found = [place for place in find_figures(text) if not _is_name(text, place, in_prose=passage.kind == "prose")]
        figures = [next((f.figure for f in facts if f.overlaps(*_place(passage, low, o))), o.figure) for o in found]
        ends = [*(one.start for one in found[1:]), len(text)][: len(found)]
        nouns = [counted(text[o.end : end], figure) for o, end, figure in zip(found, ends, figures, strict=True)]
        owns = _owns(text, found, nouns)
        # "3 defects out of 12 tests" are 3 of the tests.
        for place in range(len(found) - 2, -1, -1):
            if _OUT_OF.search(text[found[place].end : found[place + 1].start]):
                nouns[place] = nouns[place + 1]
                owns[place] = f"{owns[place]} {owns[place + 1]}".replace(f"{FIGURE} {FIGURE}", FIGURE)
        beside = ""
        for place, one in enumerate(found):
            start, end = _place(passage, low, one)
            own = owns[place]
            yield Described(
                start, end, figures[place], nouns[place], own, beside, f"{heading}\n{text}", "", "", passage.start + low
            )
            beside = own


def _owns(text: str, found: Sequence[Found], nouns: Sequence[str]) -> list[str]:
    """The words of each figure of a sentence, where `FIGURE` stands for it."""
    told = _respectively(text, found)
    owns = []
    for place, one in enumerate(found):
        last = found[place - 1].end if place else 0
        end = found[place + 1].start if place + 1 < len(found) else len(text)
        between, after = text[last : one.start], text[one.end : end]
        before = between[_parting(between, len(nouns[place - 1])) :] if place else between
        after = after[: _parting(after, len(nouns[place]))] if place + 1 < len(found) else after
        owns.append(told.get(place) or f"{before} {FIGURE} {after}")
    return owns


def _is_name(text: str, found: Found, *, in_prose: bool) -> bool:
    """Whether digits name something: a year, a day of a month, "Scope 1", "7th", the number of a heading."""
    before, after = text[: found.start].rstrip("* \t"), text[found.end :]
    if found.figure.is_year or _LABELLED.search(before) or re.match(r"(?:st|nd|rd|th)\b", after):
        return True
    if _AGE.search(before):
        return True
    plain = not (found.figure.unit or "," in found.figure.text) and found.figure.number < _LARGEST_LABEL
    if plain and (_CODE.search(before) or re.fullmatch(r"\d\.0", found.figure.text) or _IN_CONTENTS.match(after)):
        return True
    if plain and in_prose and not after.strip() and before[-1:].isalpha():
        return True
    if plain and (before[-1:] == "/" or re.match(r"/\d", after)):
        return True
    return plain and (not before or before[-1].isdigit()) and bool(re.match(r"[.)]?\s+[A-Z]", after))


def _place(passage: Passage, low: int, found: Found) -> tuple[int, int]:
    return passage.start + low + found.start, passage.start + low + found.end


def _parting(between: str, noun: int) -> int:
    """Where the words between two figures turn from the first's, `noun` characters at least, to the second's."""
    for pattern in _PARTINGS:
        match = pattern.search(between, noun)
        if match:
            return match.start()
    return len(between)


def counted(after: str, figure: Figure) -> str:
    """The noun phrase that follows a figure: "directors" in "13 directors including", "coal" in "342 t of coal in"."""
    words = _WORD.findall(after.replace("**", ""))
    if figure.unit or (words and words[0].lower() == "of" and figure.number != figure.value):
        if not words or words[0].lower() != "of":
            return ""
        words = words[1:]
    kept: list[str] = []
    for place, word in enumerate(words):
        lower = word.lower()
        ended = bool(kept) and (is_plural(kept[-1]) or kept[-1].lower() in NEUTRAL)
        listed = (
            lower in {"and", "or", "&"}
            and not figure.unit
            and not " ".join(words[place + 1 : place + 2]).lower().endswith("ing")
        )
        joint = listed and kept and not is_count(kept[-1])
        if not joint and (not word[0].isalpha() or lower in PREPOSITIONS | AUXILIARIES | _END):
            break
        if ended and (lower in VERBS or lower.endswith(("ing", "ed", "ly"))):
            break
        kept.append(word)
    verbal = kept and kept[0].lower().endswith(("ing", "ed")) and not is_plural(kept[-1])
    return "" if verbal else " ".join(kept)


def _respectively(text: str, found: Sequence[Found]) -> dict[int, str]:
    """What each figure stands for in "sales and profit reached 358 and 12, respectively", by its place."""
    if not _RESPECTIVELY.search(text) or len(found) < 2:
        return {}
    names = [name.strip() for name in _AND.split(text[: found[0].start]) if name.strip()]
    return dict(enumerate(names[-len(found) :])) if len(names) >= len(found) else {}
