"""Noun phrases of a question: where a coordination splits, what its parts share, and how each is asked for.

"Scope 1 and 2 emissions" are "Scope 1 emissions" and "Scope 2 emissions"; "wages of cooks and waiters" are "wages of
cooks" and "wages of waiters". This module does not know what is computed, nor what any report says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.query.wording.parts_of_speech import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    VERBS,
    bare,
    core,
    head,
    is_count,
    is_metric,
    is_modifier,
    is_participle,
    is_plural,
    verb_at,
)

_LABEL = re.compile(r"(?:\d[\w.]*|[A-Z]|[A-Z]?\d+|[IVX]+)$")
# Conjunctions inside a name: what they join is one thing.
_NAMES = re.compile(
    r"\b(?:(?:research|training|learning) (?:and|&) development|health (?:and|&) safety|safety (?:and|&) health|"
    r"health, safety (?:and|&) environment(?:al)?|(?:(?:selling|sales|marketing), )?general,? (?:and|&) administrative|"
    r"property, plant (?:and|&) equipment|(?:property|plant) (?:and|&) (?:equipment|machinery)|profit (?:and|&) loss|"
    r"mergers (?:and|&) acquisitions|terms (?:and|&) conditions|oil (?:and|&) gas|cash (?:and|&) cash equivalents|"
    r"environmental,? social,? (?:and|&) (?:corporate )?governance|sales (?:and|&) marketing|marketing (?:and|&) sales|"
    r"diversity(?:, equity)?,? (?:and|&) inclusion|food (?:and|&) beverages?|(?:goods|products) (?:and|&) services|"
    r"trade (?:and|&) other (?:receivables|payables)|loans (?:and|&) advances|supply (?:and|&) demand|"
    r"salaries (?:and|&) wages|wages (?:and|&) salaries|repairs? (?:and|&) maintenance|maintenance (?:and|&) repairs?|"
    r"(?:interest, taxes, )?depreciation (?:and|&) amorti[sz]ation|interest (?:and|&) tax(?:es)?|"
    r"compensation (?:and|&) benefits|"
    r"science (?:and|&) technology|rights (?:and|&) obligations|arts (?:and|&) culture|"
    r"environmental? (?:protection )?(?:and|&) (?:safety|energy)|safety (?:and|&) environment(?:al)?|"
    r"information (?:and|&) communication|recruitment (?:and|&) retention|pensions? (?:and|&) similar obligations|"
    r"risks? (?:and|&) opportunit(?:y|ies)|mission (?:and|&) vision|r&d|m&a|s&p|p&l|"
    r"work in (?:process|progress)|goods in transit)\b",
    re.I,
)
_APPOSITION = re.compile(
    r"(?P<of>(?:\b(?:of|in|at|for|across|from|by|with|through) )?)(?:the )?\b(?:two|three|four|five|six) "
    r"(?P<noun>(?:[\w-]+ )??(?:measures|areas|categories|divisions|segments|brands)(?= [^,:]+, )|"
    r"[\w -]+?(?:[,:]| namely)) (?=.+ and )",
    re.I,
)
# Nouns whose preposition belongs to them: what follows is no place that holds for a noun before.
_GOVERNING = re.compile(
    r"\b(?:(?:investments?|participation|interests?) in|(?:spending|expenditures?|tax(?:es)?) on|"
    r"(?:contributions?|donations?|payments?|access|exposure) to)$",
    re.I,
)
_JOINT = re.compile(
    r"\s*,\s+(?:and\s+|&\s+|plus\s+)?|\s+(?:and|&|plus|\+|as well as|along with|together with)\s+", re.I
)
_LAST_JOINT = re.compile(r"\s(?:and|&|plus|\+|as well as|along with|together with)\s", re.I)


def conjuncts(text: str) -> list[str]:
    """Split a coordination of noun phrases; what they share is given back to each.

    Args:
        text: "hazardous and other waste", "costs of gas, water and steam", "offices in Spain and Italy".

    Returns:
        Each part as a phrase of its own; the whole text alone when nothing is coordinated.
    """
    text = _APPOSITION.sub(_listed, re.sub(r"\bboth\s+", "", text, flags=re.I))
    topic, colon, listed = text.partition(":")
    if colon and _LAST_JOINT.search(listed):
        sides = conjuncts(listed)
        return [f"{side} {topic.strip()}" if is_modifier(side) else f"{topic.strip()} of {side}" for side in sides]
    masked = _mask(text)
    if not _LAST_JOINT.search(masked):
        return [text.strip()]
    if _LAST_JOINT.search(_mask_titles(masked)):
        masked = _mask_titles(masked)
    explicit = bool(re.search(r"\s(?:plus|\+)\s", masked))
    parts = [part.strip() for part in _JOINT.split(masked) if part.strip()]
    if len(parts) < 2 or _joins_verbs(parts[0].lower().split()):
        return [text.strip()]
    parts = _share_prefix(parts, _share_head(parts), explicit)
    return [part.replace("\x00", " ").replace("\x01", ",").strip() for part in parts]


def _listed(match: re.Match[str]) -> str:
    """What a list names, in place of their number: "the two parks, X and Y" is "X and Y"."""
    noun = match["noun"].removesuffix(" namely").rstrip(",:")
    return match["of"] if match["of"].strip() else f"{noun} of "


def _joins_verbs(words: Sequence[str]) -> bool:
    """Whether a first part ends in a verb: "were kept" in "were kept and used"."""
    ending = words[-1] in VERBS | AUXILIARIES or words[-1].endswith("ed")
    return ending and bool(AUXILIARIES & set(words))


def _mask(text: str) -> str:
    """The text with the spaces of names and of what stands in brackets hidden, so that they do not split."""

    def hide(match: re.Match[str]) -> str:
        return match.group().replace(", ", "\x01\x00").replace(" ", "\x00")

    return _NAMES.sub(hide, re.sub(r"\([^()]*\)", hide, text))


def _mask_titles(text: str) -> str:
    """Hide "Ecology and Environment": two capitalised words joined inside a text that is split elsewhere too."""
    return re.sub(
        r"(?<=[a-z] )([A-Z][a-z]+) (and|&) ([A-Z][a-z]+)", lambda match: match.group().replace(" ", "\x00"), text
    )


def _share_head(parts: Sequence[str]) -> list[str]:
    """Give the last part's head to the parts before it that lack one."""
    shared = list(parts)
    last = parts[-1].split()
    for i, part in enumerate(parts[:-1]):
        words = part.split()
        shared[i] = " ".join([*words, *_missing_head(words, last, places=True)])
    before = parts[0].split()
    if len(before) > 1 and _LABEL.match(last[0]) and _LABEL.match(before[-1]) and not _LABEL.match(before[-2]):
        labelled = [before[-2]] if before[-2].lower() not in PREPOSITIONS else []
        for i in range(1, len(parts)):
            if _LABEL.match(parts[i].split()[0]):
                shared[i] = " ".join([*labelled, shared[i]])
    return shared


def _missing_head(words: Sequence[str], last: Sequence[str], places: bool = False) -> list[str]:
    """The end of the last part that `words` shares, empty when they are complete."""
    ending = words[-1]
    own = len(bare(" ".join(_after_preposition(words))).split())
    skip = 1 if last[0].lower() in DETERMINERS else 0
    end = core(last)
    rest = list(last[end:]) if places and not _GOVERNING.search(" ".join(last[: end + 1])) else []
    if _LABEL.fullmatch(ending):
        first = next((i for i, word in enumerate(last) if _LABEL.fullmatch(word)), None)
        return list(last[first + 1 :]) if first is not None else []
    if is_modifier(ending) or list(words) == ["target"]:
        if end - skip > own:
            return list(last[skip + own :])
        return list(last[skip + 1 :]) if end - skip > 1 else _shared_place(words, rest)
    if is_metric(ending) or is_plural(ending) or is_participle([*map(str.lower, words), "in"], len(words) - 1):
        return _shared_place(words, rest)
    if end - skip <= 1 or ending.lower() in PREPOSITIONS:
        return _shared_place(words, rest)
    if is_metric(last[end - 1]) and not is_modifier(last[skip]):
        return list(last[end - 1 :])
    if is_metric(last[end - 1]) or is_plural(last[end - 1]):
        return list(last[min(skip + own, end - 1) :])
    return _shared_place(words, rest)


def _shared_place(words: Sequence[str], rest: Sequence[str]) -> list[str]:
    """A place or participle after the last part that holds for all: "stores and depots in Spain"."""
    if not rest or rest[0].lower() in {word.lower() for word in words}:
        return []
    if rest[0].lower() == "of":
        return list(rest) if words[-1].lower() in {"number", "amount", "value", "volume", "size"} else []
    return list(rest)


def _after_preposition(words: Sequence[str]) -> Sequence[str]:
    for i in range(len(words) - 1, 0, -1):
        if words[i - 1].lower() in PREPOSITIONS:
            return words[i:]
    return words


def _share_prefix(parts: Sequence[str], headed: Sequence[str], explicit: bool) -> list[str]:
    """Give the first part's "costs of" to the later parts that name no measure of their own.

    Args:
        parts: As they stand in the text.
        headed: The same with their heads; where the first was given one, what stands before it is shared too.
        explicit: Whether "plus" joins them, which rather joins what is complete.
    """
    first = parts[0].split()
    at = [i for i, word in enumerate(first) if word.lower() in PREPOSITIONS and 0 < i < len(first) - 1]
    if not at:
        return list(headed)
    plural_measure = is_plural(head(parts[0])) and is_metric(head(parts[0])) and not explicit
    inside = headed[0] != parts[0]
    agent = first[at[-1]].lower() in {"by", "from", "through"}
    shared = [headed[0]]
    for part in headed[1:]:
        words = part.split()
        bare_agent = agent and not PREPOSITIONS & {word.lower() for word in words}
        same = [i for i in at if first[i].lower() == words[0].lower()]
        if same or words[0].lower() in PREPOSITIONS:
            shared.append(" ".join([*first[: (same or at)[-1]], *words]))
        elif is_metric(head(part)) and not inside and not bare_agent and not (plural_measure and len(words) == 1):
            shared.append(part)
        else:
            shared.append(" ".join([*first[: at[-1] + 1], *words]))
    return shared


def pair(first: str, second: str) -> tuple[str, str]:
    """Two phrases that are compared, each whole: "wages of cooks" and "waiters" share "wages of"."""
    words, others = first.split(), second.split()
    if is_modifier(others[-1]) and not is_modifier(words[-1]):
        others += _missing_head(others, bare(first).split())
    elif is_modifier(words[-1]) or _LABEL.fullmatch(words[-1]):
        words += _missing_head(words, others)
    a, b = _share_prefix([first, second], [" ".join(words), " ".join(others)], explicit=False)
    return a, b


def opposed(first: str, second: str) -> tuple[str, str]:
    """Two phrases that are set side by side like a coordination: "rail" and "road freight" share the head."""
    parts = conjuncts(f"{first} and {second}")
    return (parts[0], parts[1]) if len(parts) == 2 else (first, second)


def ask(phrase: str) -> str:
    """A phrase as a lookup question: "How many stores?", "What is the gross margin?"."""
    phrase = phrase.strip(" ,;:.?")
    words = phrase.split()
    if not words:
        return ""
    if words[0].lower() in {"how", "what", "which", "who"}:
        return phrase[0].upper() + phrase[1:] + "?"
    noun = head(bare(phrase))
    if is_count(noun):
        return f"How many {bare(phrase)}?"
    verb = "are" if is_plural(noun) else "is"
    plain = words[0].islower() and words[0] not in DETERMINERS and not words[0].endswith("'s")
    return f"What {verb} {'the ' if plain else ''}{phrase}?"


def subject_of(phrase: str, *, loose: bool) -> tuple[str, list[str]]:
    """The head noun of a phrase that may go on with a verb, and that verb."""
    text = re.sub(r"\([^()]*\)|[()]", " ", bare(phrase))
    parts = text.split()
    if not parts or parts[0].lower() in AUXILIARIES | PREPOSITIONS:
        return "", _verbs(parts, verb_at(parts, 0))
    at = verb_at(parts, 1, loose=loose)
    cut = next((i for i in range(1, at) if parts[i].lower().endswith("ing") and is_plural(parts[i - 1])), at)
    noun = head(" ".join(parts[:cut])) if cut else ""
    return re.sub(r"[^\w-]", "", noun).lower(), _verbs(parts, at)


def _verbs(parts: Sequence[str], at: int) -> list[str]:
    """The verb that begins a verb phrase, or the last word of "did the plant use", in lower case."""
    lower = [word.lower() for word in parts]
    if at >= len(lower):
        return []
    if lower[at] in {"do", "does", "did"}:
        end = next((i for i in range(at + 1, len(lower)) if lower[i] in PREPOSITIONS), len(lower))
        return lower[end - 1 : end]
    verb = at + 1 if lower[at] in AUXILIARIES else at
    return [word for word in lower[verb : verb + 1] if verb == at or word in VERBS or word.endswith("ed")]
