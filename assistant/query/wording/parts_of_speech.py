"""The words of a question: nouns, verbs and adjectives told apart by short lists of general English.

There is no tagger here. This module does not know what any report says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

PREPOSITIONS = frozenset(
    "of in for from on at to by with among amongst across during over under within per between into via through "
    "against without since until above below after before inside outside".split()
)
AUXILIARIES = frozenset("is are was were be been do does did has have had will would can could".split())
DETERMINERS = frozenset(
    "the a an its their our his her your this that these those all any every each both such".split()
)
# Verbs that follow a noun: "the workforce holds a degree". Forms in -ed, and those after a plural, show by their place.
VERBS = frozenset(
    "holds comes goes belongs takes gets owns receives participates attends completes falls leaves joins meets "
    "relates stems complies speaks earns sits remains relies requires represents constitutes occurs qualifies "
    "stays becomes ends originates derives flows generates contributes supports contains arises lies works lives "
    "uses travels held came went flew took got fell left met spoke sat became grew rose arose kept sold bought "
    "paid spent built won lost given taken made found grown".split()
)
_PARTICIPLES = frozenset("sold bought paid spent built held won lost given taken made found".split())
RELATIVES = frozenset("that which who whom whose".split())
_PLURALS = frozenset("men women people children staff personnel".split())
_SINGULAR_IN_S = frozenset(
    "gas business process access progress congress campus status bus basis analysis bonus".split()
)
# Nouns that measure something: a conjunct that ends in one needs no head from its neighbour, and most are not counted.
_MASS = frozenset(
    "revenue sales turnover cost expense expenditure spending spend profit income earning ebitda ebit margin "
    "cash debt equity asset liability tax wage salary pay emission waste consumption use usage withdrawal "
    "discharge production output investment capacity satisfaction training headcount workforce area volume value "
    "share amount depreciation amortization amortisation impairment interest budget rent fund proceed benefit "
    "saving receivable payable inventory equivalent purchase capital intensity funding efficiency".split()
)
_METRICS = _MASS | frozenset(
    "rate ratio score index number price dividend donation hour day loan deposit figure total average count "
    "level order".split()
)
_ADJECTIVES = frozenset(
    "senior junior new old male female full-time part-time solid high low higher lower gross net first second "
    "third fourth last left right overseas direct indirect urban rural fresh raw open closed big small large "
    "medium long short long-term short-term mid-term young interim temporary white-collar blue-collar upstream "
    "downstream inbound outbound minor major in-house off-site on-site black white green red blue inner outer "
    "upper former latter northern southern eastern western fat hard soft heavy light fast slow early late good "
    "bad best worst least most fewer common preferred public".split()
)
_ADJECTIVE = re.compile(r"\w+(?:al|ed|ary|ory|ic|ive|ous|able|ible|less|ful|ish|ese|est|lar|[eic]an|ing|ant|ent)", re.I)
_NOUN = re.compile(
    r".*(?:ment|capital|metal|material|hospital|terminal|chemical|animal|proposal|approval|disposal|mineral|coal|goal|deal|meal|factory|inventory|"
    r"laboratory|salary|secretary|fabric|clinic|music|training|building|housing|advertising|marketing|manufacturing|"
    r"engineering|lighting|heating|cooling|shipping|plant|tenant|agent|patent|client|student|accident|incident|president|"
    r"restaurant|accountant|consultant|assistant|event|rent|talent)",
    re.I,
)


def is_plural(word: str) -> bool:
    """Whether a noun reads as a plural."""
    word = word.lower()
    if word in _PLURALS:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and (word not in _SINGULAR_IN_S)
    )


def plural(word: str) -> str:
    """The plural of a singular noun."""
    irregular = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet"}
    lower = word.lower()
    if lower in irregular:
        return irregular[lower]
    if is_plural(word):
        return word
    if lower.endswith("y") and lower[-2:-1] not in set("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("s", "x", "ch", "sh", "z")) else "s")


def bare(phrase: str) -> str:
    """The phrase without its leading determiners."""
    words = phrase.split()
    while len(words) > 1 and words[0].lower() in DETERMINERS:
        del words[0]
    return " ".join(words)


def verb_at(words: Sequence[str], start: int = 1, loose: bool = False) -> int:
    """Index of the word that begins the verb phrase, `len(words)` when there is none.

    A clause after "that" or "who" belongs to the subject where another verb follows it.

    Args:
        words: A clause whose subject comes first.
        start: The first index that may be the verb.
        loose: Whether whatever follows a plural noun counts as a verb: "passengers fly".
    """
    lower = [word.lower() for word in words]
    relative = next((i for i in range(start, len(lower)) if lower[i] in RELATIVES), len(lower))
    auxiliaries = [i for i in range(start, len(lower)) if lower[i] in AUXILIARIES]
    if auxiliaries and auxiliaries[0] < relative:
        return auxiliaries[0]
    for i in range(start, relative):
        if lower[i] in VERBS or is_participle(lower, i):
            return i
        if loose and i and is_count(lower[i - 1]) and _may_be_verb(lower[i]):
            return i
    return next((i for i in auxiliaries if i > relative + 1), relative)


def is_participle(lower: Sequence[str], i: int) -> bool:
    """Whether an -ed form stands after its noun: "stores closed", "stores closed in May", not "the closed stores"."""
    if (
        not lower[i].endswith("ed")
        and lower[i] not in _PARTICIPLES
        or lower[i - 1] in DETERMINERS | PREPOSITIONS | {"and", "or"}
    ):
        return False
    after = lower[i + 1] if i + 1 < len(lower) else ""
    return (
        not after or after in PREPOSITIONS or after.endswith("ly") or after in {"worldwide", "abroad", "early", "late"}
    )


def is_count(word: str) -> bool:
    """Whether a noun names what is counted: "stores", "people"."""
    return is_plural(word) and singular(word) not in _METRICS


def _may_be_verb(word: str) -> bool:
    return word.isalpha() and not is_plural(word) and word not in PREPOSITIONS | DETERMINERS | {"and", "or", "who"}


def singular(word: str) -> str:
    """The singular of a regular plural, in lower case."""
    word = word.lower()
    if word == "sales":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "taxes")):
        return word[:-2]
    return word[:-1] if is_plural(word) and word not in _PLURALS else word


def is_metric(word: str) -> bool:
    """Whether a noun names a measure: "costs", "emissions", "rate"."""
    return singular(word) in _METRICS


def head(phrase: str) -> str:
    """The head noun: the last word before a preposition or a participle that follows."""
    words = phrase.split()
    return words[core(words) - 1] if words else ""


def core(words: Sequence[str]) -> int:
    """How many words come before the first preposition, relative or participle."""
    lower = [word.lower() for word in words]
    for i in range(1, len(words)):
        if lower[i] in PREPOSITIONS | RELATIVES or is_participle(lower, i):
            return i
    return len(words)


def is_modifier(word: str) -> bool:
    """Whether a word reads as an adjective."""
    lower = word.lower()
    if lower in _ADJECTIVES or re.match(r"(?:non|part|full|long|short|high|low|self|first|second)-", lower):
        return True
    return bool(_ADJECTIVE.fullmatch(lower)) and not _NOUN.fullmatch(lower) and not is_metric(lower)
