"""Finds, for a choice between two, the places that speak of either: "was it built or bought?".

This module does not know how places are found, nor how answers are worded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.reading.agreement import is_taken, said
from assistant.reading.extractor import Finding
from index.words import related, stems


def sides(alternatives: Sequence[str], found: Sequence[Finding]) -> Iterator[Finding]:
    """For each alternative the place that has most of its own words: those of neither the other nor all places.

    Args:
        alternatives: The two, the first led by the rest of the question.
        found: Places found, best first.
    """
    first, second = map(stems, alternatives)
    taken = [place for place in found if is_taken(place) and not place.missed]
    for own in (first - second, second - first):
        spoken = [_spoken(place, own) for place in taken]
        common = set.intersection(*spoken) if len(spoken) > 1 else set()
        counts = [len(held - common) for held in spoken]
        if any(counts):
            yield taken[counts.index(max(counts))]


def _spoken(place: Finding, own: set[str]) -> set[str]:
    """Those of some stems that a place's quote holds, as they are or as synonyms."""
    held = stems(said(place))
    return {word for word in own if word in held or any(other in held for other in related([word]))}
