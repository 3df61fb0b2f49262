"""Where a report gives several figures for what was asked: another scope, another boundary, or a contradiction.

A place is told beside the best when it speaks of the same thing: in the question's words as much as the best does, in
the same unit, of the same noun counted. Where the question's own words settle which is meant, only that one has them
all. This module does not know how answers are worded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.composition.builder import plain_unit
from assistant.query.wording.qualifiers import qualifiers
from assistant.reading.agreement import Facts, agree, figures_of, said, same_value, speaks_as_much
from assistant.reading.answerability import shared_words
from assistant.reading.extractor import Finding
from corpus.figure import Figure, find_figures
from corpus.sentences import sentences
from index.times import without_times
from index.words import related, stem, stems

# A place that holds this much less of the question's words speaks of something else.
_LESS_SHARED = 0.1
# A figure in the same unit is of the same metric when the reader takes it for an answer at all, or when all words of
# the question stand beside it and the reader does not rule it out. Of bare numbers it must be sure.
_TAKEN, _NOT_RULED_OUT, _SURE, _NEARLY_AS_SURE = 0.0, -5.0, 3.0, 3.0
_ALL_SHARED, _MOSTLY_SHARED = 0.99, 0.6
_FALLS_SHORT = ("names_missing", "counted_missing", "contrast")
_PER = re.compile(r"\bper (?!cent\b)|\bfor (?:each|every)\b|\baverage\b", re.I)
_NOUN_WORDS = 6
# That a row is of a segment tells nothing of what it measures.
_KINDS_OF_PARTS = frozenset(
    map(stem, "segment division business unit region country market area group quarter".split())
)


def several(
    question: str,
    best: Finding,
    found: Sequence[Finding],
    facts: Facts,
    likely: Callable[[Finding], bool],
    rarity: Callable[[str], float],
) -> list[Finding]:
    """The places that give another value for what was asked, most likely first.

    Args:
        question: What is asked.
        best: The place that answers.
        found: All places found, best first.
        facts: Facts by the passage that they stand in.
        likely: Whether a place is nearly as likely as the best.
        rarity: How rare a stem is.
    """
    asked = _Asked.of(question, best, facts)
    found = [other for other in found if other is best or not _is_other_row(question, best, other, facts)]
    told: list[Finding] = [best]
    alike = [other for other in found if other is best or _alike(best, other)]
    for other in found:
        as_likely = likely(other) and (bool(asked.figures) or speaks_as_much(question, best, other, rarity))
        if as_likely or (other in alike and asked.is_of(other, facts)):
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
    if noun <= _around(best, _figure_end(best)) | stems(best.value):
        return best
    asked = _Asked(question, best, tuple(found.figure for found in find_figures(best.value)), frozenset(noun), "")
    near = len(noun) + 1  # of "7 yards and 12 depots" only the 12 are depots
    others = [place for place in asked.mentions(best) if noun <= stems(" ".join(_after(place, place.end)[:near]))]
    return others[0] if len(others) == 1 else best


def _add(told: list[Finding], other: Finding, facts: Facts) -> None:
    """Add a place, unless one told before says the same or stands in the same sentence."""
    for one in told:
        near = other.passage.id == one.passage.id and other.quote_start < one.quote_end
        if (near and one.quote_start < other.quote_end) or same_value(one, other, facts):
            return
    told.append(other)


def named(question: str, best: Finding, found: Sequence[Finding], likely: Callable[[Finding], bool]) -> Finding:
    """The best place, or where that is a row the other row which the question's words name more fully.

    Args:
        question: What is asked.
        best: The place that answers.
        found: All places found, best first.
        likely: Whether a place is nearly as likely as the best; other rows of its table need not be.
    """
    if best.passage.kind != "table_row":
        return best
    table = best.passage.reading.removesuffix(_row(best))
    own = _spoken(question, best)
    fuller = [
        other
        for other in found
        if other.passage.kind == "table_row"
        and (likely(other) or other.passage.reading.removesuffix(_row(other)) == table)
        and not other.missed
        and (own < _spoken(question, other) or (own == _spoken(question, other) and _is_shorter(other, best)))
        and other.features.get("reader", 0.0) >= _TAKEN
    ]
    return max(fuller, key=lambda other: len(_spoken(question, other)), default=best)


def _is_shorter(other: Finding, best: Finding) -> bool:
    """Whether a row's name is part of another's: "sales" of "costs of sales"."""
    theirs, ours = (stems(_name(place)[1]) for place in (other, best))
    return bool(theirs) and theirs < ours


def _name(place: Finding) -> tuple[str, str]:
    """The groups that a row stands in and its own name."""
    groups, _, name = _row(place).partition(" | ")[0].rpartition(" > ")
    return groups, name


def _is_other_row(question: str, best: Finding, other: Finding, facts: Facts) -> bool:
    """Whether a row or key figure measures another thing, or says the same.

    It measures another thing where it tells a part of what the best one tells whole, lacks words of the question that
    the best one has, has another unit, or narrows the best one's name down.
    """
    if other.is_part and not best.is_part:
        return True
    if best.passage.is_written or other.passage.is_written:
        return False
    ours, theirs = (stems(place.passage.reading) for place in (best, other))
    if stems(question) & ours - theirs or _spoken(question, best) - _spoken(question, other):
        return True
    units = [{plain_unit(fact.unit) for fact in facts.get(place.passage.id, ())} - {""} for place in (best, other)]
    if (all(units) and not units[0] & units[1]) or _is_shorter(best, other):
        return True
    own_figures = figures_of(best, facts)
    if any(agree(fact.figure, own) for fact in facts.get(other.passage.id, ()) for own in own_figures):
        return True  # it says the same
    (our_group, our_name), (their_group, their_name) = _name(best), _name(other)
    if our_group == their_group and stems(question) & stems(our_name) - stems(their_name):
        return True
    own = qualifiers(question, None)
    return own.contrast(_row(other)) and not own.contrast(_row(best))


def _spoken(question: str, place: Finding) -> set[str]:
    """Stems of a question, but for its times, that a row holds, as they are or as synonyms."""
    held = stems(_row(place))
    asked = {word for word in stems(without_times(question)) - _KINDS_OF_PARTS if not word.isdigit()}
    return {word for word in asked if word in held or held & set(related([word]))}


def _row(place: Finding) -> str:
    """A row without the section and the sentence that lead it."""
    return place.passage.reading.rstrip("\n").rpartition("\n")[2]


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
        least = max(_MOSTLY_SHARED, shared_words(self.question, stems(said(self.best))))
        for low, high in sentences(passage.text):
            sentence = passage.text[low:high]
            figures = find_figures(sentence)
            shared = shared_words(self.question, stems(sentence))
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
    if not passage.is_written:
        return stems(passage.reading[len(passage.lead) :])
    return stems(" ".join(_after(finding, end)[:_NOUN_WORDS]))


def _following(finding: Finding, end: int) -> str:
    """Stem of the word after a figure in a sentence, empty in a table."""
    after = [] if finding.passage.kind == "table_row" else _after(finding, end)[:1]
    return stem(after[0].lower().strip(",")) if after else ""


def _after(finding: Finding, end: int) -> list[str]:
    """The words of a clause after a figure."""
    return (
        re.split(r"[.;:!?\n]", finding.passage.text[end - finding.passage.start :], maxsplit=1)[0].strip("* ").split()
    )
