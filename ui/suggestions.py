"""Questions that an index can answer: examples to begin with, and what may follow an answer.

They are made from the index's facts, so that each has a figure to find. This module knows no report: it puts the names
of facts, as written, into plain questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Answer
from corpus.passage import Fact

_LABEL = re.compile(r"[A-Z][A-Za-z,'’/&-]*(?: [A-Za-z0-9,'’/&-]+){1,8}")
_COUNT = re.compile(r"(?:Total )?number of (.+)", re.IGNORECASE)
_PLURALS = ("people", "women", "men", "children")
_MAX_LABEL_CHARS = 70
_NEAR_CHARS, _NEAREST = 4000, 40


def example_questions(facts: Sequence[Fact], count: int = 4) -> list[str]:
    """Questions spread over the facts, those that read best first in each stretch.

    Args:
        facts: The index's facts in the reports' order.
        count: How many at the most.
    """
    good = _latest(fact for fact in facts if _label(fact))
    share = max(1, -(-len(good) // count))
    best = [min(good[i : i + share], key=_roughness) for i in range(0, len(good), share)]
    return _first_different((_question(fact) for fact in (*best, *good)), count)


def follow_ups(answer: Answer, facts: Sequence[Fact], asked: Iterable[str], count: int = 3) -> list[str]:
    """Questions that may follow an answer: how its metric changed, its neighbours, others of its report.

    Args:
        answer: The last answer.
        facts: The index's facts.
        asked: The questions of the conversation so far, none of which is suggested again.
        count: How many at the most.
    """
    if not answer.citations:
        return []
    place = answer.citations[0]
    own = [fact for fact in facts if fact.document_id == place.document and _label(fact)]
    near = sorted(own, key=lambda fact: abs(fact.start - place.start))[:_NEAREST]
    used = {question.casefold() for question in asked}
    same = [fact for fact in near if place.start <= fact.start < place.end or fact.passage_id == place.passage_id]
    others = [fact for fact in own if fact not in same]
    beside = _latest(fact for fact in near if abs(fact.start - place.start) < _NEAR_CHARS and fact not in same)
    proposed = [*_changes(same), *(_question(fact) for fact in beside), *example_questions(others, 2 * count)]
    return _first_different((question for question in proposed if question.casefold() not in used), count)


def _latest(facts: Iterable[Fact]) -> list[Fact]:
    """One fact a label and report, that of the last period."""
    found: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        key = fact.document_id, _label(fact)
        if key not in found or fact.period > found[key].period:
            found[key] = fact
    return list(found.values())


def _label(fact: Fact) -> str:
    """What a table calls a fact in words of its own; empty when that makes no question."""
    label = fact.row.strip()
    if len(label) > _MAX_LABEL_CHARS or not _LABEL.fullmatch(label) or label.endswith("ed"):
        return ""
    later = label.split()[1:]
    small = sum(word[0].islower() for word in later)
    return label if small * 2 >= len(later) else ""  # else it is a name rather than a measure


def _roughness(fact: Fact) -> tuple[bool, int]:
    """Lower for a label that reads well in a question: a few words, and short ones."""
    label = _label(fact)
    return not 3 <= len(label.split()) <= 6, len(label)


def _question(fact: Fact) -> str:
    when = f" in {fact.period}" if fact.period else ""
    counted = _COUNT.fullmatch(_label(fact))
    if counted:
        return f"How many {_inside(counted[1])} were there{when}?"
    label = _inside(_label(fact))
    head = re.split(r" (?:of|for|in|by|per|from|on|to|at|with|within|outside) ", label)[0]
    return f"What {'were' if _is_plural(head.split()[-1]) else 'was'} the {label}{when}?"


def _is_plural(word: str) -> bool:
    regular = word.endswith("s") and not word.endswith(("ss", "us", "is")) and word.lower() != "gas"
    return regular or word.lower() in _PLURALS


def _changes(facts: Sequence[Fact]) -> Iterator[str]:
    """How much a metric changed that is given for two periods."""
    for fact in facts:
        periods = sorted({other.period for other in facts if other.metric == fact.metric and other.period})
        if len(periods) > 1:
            yield f"By how much did the {_inside(_label(fact))} change from {periods[0]} to {periods[-1]}?"
            return


def _inside(label: str) -> str:
    """A label in mid-sentence: the first letter small unless the first word is an acronym."""
    first, space, rest = label.partition(" ")
    return f"{first.lower()}{space}{rest}" if first[1:].islower() else label


def _first_different(questions: Iterable[str], count: int) -> list[str]:
    return list(dict.fromkeys(questions))[:count]
