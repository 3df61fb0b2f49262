"""Where a report gives several figures for what was asked: another scope, another boundary, or a contradiction.

A place is told beside the best when it speaks of the same thing: in the question's words as much as the best does, in
the same unit, of the same noun counted. Where the question's own words settle which is meant, only that one has them
all. This module does not know how answers are worded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.agreement import Facts, figures_of, row_name, said, same_value
from assistant.confidence import shared_words
from assistant.finding import Finding
from assistant.qualifiers import qualifiers
from corpus.figure import Figure, find_figures
from corpus.passage import Fact
from corpus.sentences import sentences
from index.words import stem, words

# A place that holds this much less of the question's words speaks of something else.
_LESS_SHARED = 0.1
# A figure in the same unit is of the same metric when the reader takes it for an answer at all, or when all words of
# the question stand beside it and the reader does not rule it out. Of bare numbers it must be sure.
_TAKEN, _NOT_RULED_OUT, _SURE, _NEARLY_AS_SURE = 0.0, -5.0, 3.0, 3.0
_ALL_SHARED, _MOSTLY_SHARED = 0.99, 0.6
_FALLS_SHORT = ("names_missing", "counted_missing", "contrast")
_PER = re.compile(r"\bper (?!cent\b)|\bfor (?:each|every)\b|\baverage\b", re.I)
_NOUN_WORDS = 6


def several(
    question: str, best: Finding, found: Sequence[Finding], facts: Facts, likely: Callable[[Finding], bool]
) -> list[Finding]:
    """The places that give another value for what was asked, most likely first.

    Args:
        question: What is asked.
        best: The place that answers.
        found: All places found, best first.
        facts: Facts by the passage that they stand in.
        likely: Whether a place is nearly as likely as the best, whatever it speaks of.
    """
    asked = _Asked.of(question, best, facts)
    told: list[Finding] = [best]
    alike = [other for other in found if other is best or _alike(best, other)]
    for other in found:
        if likely(other) or (other in alike and asked.is_of(other, facts)):
            _add(told, other, facts)
    for other in alike:
        for mention in asked.mentions(other):
            _add(told, mention, facts)
    return told[1:]


def counting(question: str, best: Finding) -> Finding:
    """The best place, moved to the one figure of its passage that counts what is asked for, where it counts another."""
    noun = set(qualifiers(question, None).counted)
    if not noun or best.passage.kind != "prose" or not find_figures(best.value):
        return best
    if noun <= _around(best, _figure_end(best)) | _stems(best.value):
        return best
    asked = _Asked(question, best, tuple(found.figure for found in find_figures(best.value)), frozenset(noun), "")
    near = len(noun) + 1  # of "7 yards and 12 depots" only the 12 are depots
    others = [place for place in asked.mentions(best) if noun <= _stems(" ".join(_after(place, place.end)[:near]))]
    return others[0] if len(others) == 1 else best


def elsewhere(best: Finding, here: Sequence[Fact], facts: Sequence[Fact]) -> list[Fact]:
    """Other figures that the same report gives under the same name for the same period, in other tables.

    Args:
        best: The place that answers.
        here: The facts of its passage.
        facts: All facts.
    """
    stated = next((fact for fact in here if fact.overlaps(best.start, best.end)), None)
    if stated is None or not stated.row:
        return []
    name = row_name(stated)
    return [
        fact
        for fact in facts
        if fact.document_id == stated.document_id
        and fact.passage_id != stated.passage_id
        and (fact.period, fact.figure.unit) == (stated.period, stated.figure.unit)
        and row_name(fact) == name
        and not fact.figure.same(stated.figure)
    ]


def _add(told: list[Finding], other: Finding, facts: Facts) -> None:
    """Add a place, unless one told before says the same or stands in the same sentence."""
    for one in told:
        near = other.passage.id == one.passage.id and other.quote_start < one.quote_end
        if (near and one.quote_start < other.quote_end) or same_value(one, other, facts):
            return
    told.append(other)


def _alike(best: Finding, other: Finding) -> bool:
    """Whether a place speaks of what the question asks as much as the best does."""
    ours, theirs = best.features, other.features
    as_much = theirs.get("shared", 0.0) >= ours.get("shared", 0.0) - _LESS_SHARED
    return as_much and not other.missed and all(theirs.get(name, 0.0) <= ours.get(name, 0.0) for name in _FALLS_SHORT)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What another figure must be to be one of the same metric.

    Attributes:
        question: What is asked.
        best: The place that answers.
        figures: Its figures.
        noun: Stems of what its figure counts, of those that the question names.
        following: Stem of the word after its figure in a sentence: "boats" of "12 boats"; empty in tables.
    """

    question: str
    best: Finding
    figures: tuple[Figure, ...]
    noun: frozenset[str]
    following: str

    @classmethod
    def of(cls, question: str, best: Finding, facts: Facts) -> _Asked:
        """Read off the question and the best place."""
        end = _figure_end(best)
        noun = set(qualifiers(question, None).counted) & _around(best, end)
        return cls(question, best, _figures(best, facts), frozenset(noun), _following(best, end))

    def is_of(self, other: Finding, facts: Facts) -> bool:
        """Whether the value of a place is another of what was asked."""
        sure, surely = (place.features.get("reader", 0.0) for place in (self.best, other))
        if not self.figures:
            return surely >= max(_SURE, sure)
        if find_figures(other.value) and self._counts(other, _figure_end(other)):
            return True
        units = {figure.unit for figure in self.figures} & {figure.unit for figure in _figures(other, facts)}
        if not units or not self._is_ratio_alike(said(other)):
            return False
        if units == {""}:
            return surely >= max(_SURE, sure - _NEARLY_AS_SURE)
        whole = other.features.get("shared", 0.0) >= _ALL_SHARED
        return surely >= (_NOT_RULED_OUT if whole else _TAKEN)

    def mentions(self, other: Finding) -> Iterator[Finding]:
        """Further figures of the same metric in the sentences of a place's passage."""
        passage = other.passage
        if not self.figures or passage.kind == "table_row":
            return
        least = max(_MOSTLY_SHARED, shared_words(self.question, _stems(said(self.best))))
        for low, high in sentences(passage.text):
            sentence = passage.text[low:high]
            figures = find_figures(sentence)
            shared = shared_words(self.question, _stems(sentence))
            speaks = shared >= least and self._is_ratio_alike(sentence)
            same = any(found.figure.same(figure) for found in figures for figure in self.figures)
            parts = same and shared >= _MOSTLY_SHARED
            for found in figures:
                start, end = passage.start + low + found.start, passage.start + low + found.end
                unit = found.figure.unit
                fits = any(figure.unit == unit for figure in self.figures) and not found.figure.is_year
                measured = bool(unit) or (bool(self.following) and self.following == _following(other, end))
                if self._counts(other, end) or (fits and (parts or (measured and speaks))):
                    quote = (passage.start + low, passage.start + high)
                    yield replace(
                        other, start=start, end=end, quote_start=quote[0], quote_end=quote[1], value=found.figure.text
                    )

    def _counts(self, other: Finding, end: int) -> bool:
        """Whether the figure of a place that ends there counts the noun."""
        return bool(self.noun) and self.noun <= _around(other, end)

    def _is_ratio_alike(self, text: str) -> bool:
        """Whether both or neither of two texts give an amount per something."""
        return bool(_PER.search(said(self.best))) == bool(_PER.search(text))


def _figures(finding: Finding, facts: Facts) -> tuple[Figure, ...]:
    return (*figures_of(finding, facts), *(found.figure for found in find_figures(finding.value)))


def _figure_end(finding: Finding) -> int:
    """Where the first figure of a value ends in the document's text."""
    low = finding.passage.start
    found = find_figures(finding.passage.text[finding.start - low : finding.end - low])
    return finding.start + found[0].end if found else finding.end


def _around(finding: Finding, end: int) -> set[str]:
    """Stems of what a figure counts: the words after its end in prose, all of a row or key figure."""
    passage = finding.passage
    if passage.kind in ("table_row", "key_figure"):
        return _stems(passage.reading[len(passage.lead) :])
    return _stems(" ".join(_after(finding, end)[:_NOUN_WORDS]))


def _following(finding: Finding, end: int) -> str:
    """Stem of the word after a figure in a sentence, empty in a table."""
    after = [] if finding.passage.kind == "table_row" else _after(finding, end)[:1]
    return stem(after[0].lower().strip(",")) if after else ""


def _after(finding: Finding, end: int) -> list[str]:
    """The words of a clause after a figure."""
    return (
        re.split(r"[.;:!?\n]", finding.passage.text[end - finding.passage.start :], maxsplit=1)[0].strip("* ").split()
    )


def _stems(text: str) -> set[str]:
    return set(map(stem, words(text)))
