"""Puts the words of a Chinese question, each in English already, into nearly English order.

The question word and what it asks for come first, the rest keeps its place: a few rules, no grammar. This module does
not know Chinese, nor any report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from assistant.query.chinese.glossary import Kind, Word

_NOUNS: frozenset[Kind] = frozenset({"noun", "actor", "name", "share", "head"})
# What can stand between a question word and the end of what it asks for.
_PHRASE: frozenset[Kind] = _NOUNS | {"number", "measure", "unit", "money", "link"}
_SPOKEN: frozenset[Kind] = _NOUNS | {"number", "verb", "unit", "money", "than"}
_RATES = frozenset(
    "age average capacity code coverage density efficiency factor grade growth intensity level limit margin number "
    "percentage price rank ranking rate rating ratio satisfaction score share size target temperature turnover "
    "yield".split()
)
# Plurals that are measured, not counted.
_MEASURED = frozenset(
    "assets benefits borrowings costs deposits dividends earnings emissions expenses funds gains liabilities loans "
    "losses purchases sales savings taxes wages".split()
)
_NUMBER_OF = re.compile("(?:total )?number of ")
_COMPLEMENT = re.compile(r" (?:of|to|for|in|on|from|with|per|before|attributable|excluding)\b")
_PLURALS = frozenset("people staff personnel workforce".split())


def question(found: Sequence[Word], past: bool) -> str | None:
    """The question that words ask, without its question mark.

    Args:
        found: In Chinese order, without times.
        past: Whether what is asked for lies in the past.

    Returns:
        None if nothing is asked: no question word, no particle, no share.
    """
    asked = next((word.english for word in found if word.kind == "question"), "")
    if _has(found, {"share", "portion"}) and asked in {"", "how many", "how large", "what"}:
        return _share(found, past)
    if asked:
        return _open_question(found, past)
    return _yes_or_no(found, past) if _has(found, {"yesno"}) else None


def english(found: Sequence[Word]) -> str:
    """Words one after the other: measure words give way to nouns, owners get their 's, heads lead their nouns."""
    spoken: list[str] = []
    start_of_nouns = 0
    for place, word in enumerate(found):
        following = found[place + 1].kind if place + 1 < len(found) else "filler"
        counts = _NUMBER_OF.match(word.english)
        if word.kind == "head" or counts:
            spoken.insert(start_of_nouns, counts[0] if counts else word.english)
            spoken.append(word.english[counts.end() :] if counts else "")
        elif word.kind == "link":
            if place and found[place - 1].kind in {"actor", "name"} and following != "head":
                spoken[-1] += "" if spoken[-1].endswith("s") else "'s"
        elif word.kind == "unit" and following in _NOUNS:
            spoken.append(f"{word.english} of")
        elif word.kind in _SPOKEN or (word.kind == "measure" and following not in _PHRASE):
            spoken.append(word.english)
        if word.kind not in _NOUNS | {"link"}:
            start_of_nouns = len(spoken)
    return joined(*spoken)


def joined(*parts: str) -> str:
    """Parts with a space between them; a word said twice in a row is said once."""
    return re.sub(r"\b(\w+)(?: \1\b)+", r"\1", " ".join(part.strip() for part in parts if part))


def singular(text: str) -> str:
    """A noun in the plural in the singular."""
    return re.sub(r"(?:(?<=ch|ss|sh)e|(?<!s))s$", "", re.sub(r"ies$", "y", text))


def _open_question(found: Sequence[Word], past: bool) -> str:
    """A question with a question word: what is asked for, an auxiliary, and the rest in its order."""
    place = next(i for i, word in enumerate(found) if word.kind == "question")
    lead, before = found[place].english, _without_last(found[:place], {"copula", "link"})
    asks_for_noun = lead == "how many" or lead.partition(" ")[0] in {"which", "what"}
    phrase = list(takewhile(lambda word: asks_for_noun and word.kind in _PHRASE, found[place + 1 :]))
    after = list(found[place + 1 + len(phrase) :])
    if compared := _comparison(lead, before):
        return joined(compared, english(after))
    if not _has(before, _NOUNS):
        before = []
    if lead == "how many":
        lead, before = _amount(phrase, before)
    elif _has(phrase, _NOUNS):
        lead = f"{lead} {english(phrase)}"
    elif asks_for_noun and before:
        return joined(_stated("what" if lead == "which" else lead, before, past), english(after))
    elif not asks_for_noun:
        before = _without_last(before, {"have"})
    topic, rest = english(before), english(after)
    if _has([*before, *after], {"verb"}) and (topic or not (asks_for_noun or lead == "who")):
        return joined(lead, _auxiliary([*before, *after], past), topic, rest)
    if not topic:
        return joined(lead, "is" if after[:1] and after[0].kind == "copula" else "", rest)
    be = "" if lead.startswith("how many") or lead.endswith("the") else _be(topic)
    return joined(lead, be, topic, rest)


def _stated(lead: str, before: list[Word], past: bool) -> str:
    """A question of what something is or which things there are, of all that stands before the question word."""
    topic = _without_last(before, {"have", "include", "cover"})
    if _has(topic, {"verb"}):
        return joined(lead, _auxiliary(topic, past), english(topic))
    nouns = _last_nouns(topic)
    owner = english(_without_last(topic[: len(topic) - len(nouns)], {"link"}))
    return joined(lead, _be(english(nouns)), "the", english(nouns), f"of {owner}" if owner else "")


def _last_nouns(found: Sequence[Word]) -> list[Word]:
    return list(takewhile(lambda word: word.kind in _NOUNS, reversed(found)))[::-1]


def _comparison(lead: str, before: Sequence[Word]) -> str:
    """A 比 B 多多少 is how much A is more than B, A 是 B 的多少倍 how many times B is A; empty for another question."""
    wanted = {"how many times": "copula"}.get(lead, "than" if lead.startswith("how much ") else "")
    place = next((i for i, word in enumerate(before) if word.kind == wanted), 0)
    first, second = english(before[:place]), english(before[place + 1 :])
    if not first or not second:
        return ""
    if wanted == "copula":
        return joined(lead, second, _be(first), first)
    return joined("how much", _be(first), first, lead.removeprefix("how much "), "than", second)


def _amount(phrase: Sequence[Word], before: list[Word]) -> tuple[str, list[Word]]:
    """What an amount is asked of, with its question word, and the words before it that are left."""
    unit = next((word for word in phrase if word.kind in {"unit", "money"}), None)
    counted = english([word for word in phrase if word is not unit])
    if unit:
        lead = f"how {'much' if unit.kind == 'money' else 'many'} {unit.english}"
        if _has(phrase, _NOUNS):
            return f"{lead} of {counted}", before
        before = _without_last(before, {"have"})
        return (lead if unit.kind == "money" or _has(before, {"verb"}) else f"{lead} of"), before
    if _has(phrase, _NOUNS):
        return f"how {'many' if _has(phrase, {'measure'}) or _is_plural(counted) else 'much'} {counted}", before
    return _amount_of_topic(english(phrase), before)


def _amount_of_topic(measure: str, before: list[Word]) -> tuple[str, list[Word]]:
    """As `_amount`, where no noun follows the question word: what stands before it is counted, measured or stated."""
    stated = _without_last(before, {"have"})
    nouns = _last_nouns(stated)
    topic = english(nouns)
    if any(word.kind == "head" for word in stated) or "number of" in topic:
        return "what is the", stated
    if _is_plural(topic) and _last(topic) not in _MEASURED:
        left = stated[: len(stated) - len(nouns)]
        owner = _without_last(left, {"link"})
        return f"how many {topic}", [*owner, Word("have", "verb")] if owner and not _has(left, {"verb"}) else left
    if measure:
        return f"how many {measure}", before
    if _has(stated, {"verb"}):
        return "how much", stated
    return ("what is the" if _last(topic) in _RATES else "how much"), stated


def _share(found: Sequence[Word], past: bool) -> str:
    """A question for a percentage: X 占 Y 的比例 and Y 中 X 的比例 are the share of Y that is X."""
    spoken = [word for word in found if word.kind not in {"question", "copula", "yesno"}]
    kinds = [word.kind for word in spoken]
    end = kinds.index("share") if "share" in kinds else len(spoken)
    share, rest = (spoken[end].english if end < len(spoken) else "percentage"), english(spoken[end + 1 :])
    if _has(spoken[:end], {"verb"}) and not _has(spoken[:end], {"portion"}):
        return joined(f"by what {share}", _auxiliary(spoken, past), english(spoken[:end]), rest)
    part, whole = english(spoken[:end]), ""
    if "portion" in kinds[:end]:
        place = kinds.index("portion")
        part, whole = english(spoken[:place]), english(spoken[place + 1 : end])
    elif "among" in kinds[:end]:
        place = kinds.index("among")
        part, whole = english(spoken[place + 1 : end]), english(spoken[:place])
    if part and whole:
        return joined(f"what {share} of", whole, _be(part), part, rest)
    return joined(f"what is the {share} of", part or whole, rest)


def _yes_or_no(found: Sequence[Word], past: bool) -> str:
    """A question for yes or no."""
    if not _has(found, {"verb"}):
        be = next((word.english for word in found if word.kind == "yesno" and word.english), "is")
        return joined(be, english(found))
    place = next(i for i, word in enumerate(found) if word.kind == "verb")
    subject, verb = found[:place], found[place:]
    if not _has(subject, _NOUNS):
        subject, verb = found[place + 1 :], found[place : place + 1]
    return joined(_auxiliary(found, past), english(subject), english(verb))


def _auxiliary(found: Sequence[Word], past: bool) -> str:
    """What goes before the subject for the verb: a participle is asked with "was", any other form with "did"."""
    verb = next(word.english for word in found if word.kind == "verb")
    if verb.endswith("ed"):
        return "was"
    return "did" if past else "does"


def _be(topic: str) -> str:
    return "are" if _is_plural(topic) else "is"


def _has(found: Sequence[Word], kinds: Collection[Kind]) -> bool:
    return any(word.kind in kinds for word in found)


def _without_last(found: Sequence[Word], ended: Collection[str]) -> list[Word]:
    """The words without those at the end that are of a kind or an English word in `ended`."""
    left = list(found)
    while left and (left[-1].kind in ended or left[-1].english in ended):
        left.pop()
    return left


def _last(text: str) -> str:
    """The word that a noun phrase is about: "loans" of "loans to customers"."""
    return _COMPLEMENT.split(text, maxsplit=1)[0].rpartition(" ")[2]


def _is_plural(text: str) -> bool:
    last = _last(text)
    return last in _PLURALS or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
