"""Questions that divide one figure by another: ratios, values for one of something, for a day or a month of the year.

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.calculation.grammars.differences import PERCENT
from assistant.calculation.grammars.noun_phrases import opposed
from assistant.calculation.grammars.operation import Heard, Kind, Operation, build, is_unit, leading_unit, stated
from assistant.query.wording.parts_of_speech import AUXILIARIES, PREPOSITIONS, RELATIVES, is_count, plural, verb_at
from assistant.query.wording.periods import NAMED, PREVIOUS, YEAR, take_time, year_before

_RATIO = re.compile(r"(?:the )?(?:ratio|quotient) (?:of|between) (?P<a>.+?) (?:to|and) (?P<b>.+)$", re.I)
_DIVIDED = re.compile(r"(?P<a>.+?) (?:divided by|relative to) (?P<b>.+)$", re.I)
_SLASH = re.compile(r"(?P<a>[^/]+?) / (?P<b>[^/]+)$")
_YEAR_BEFORE = re.compile(rf"(?:that|those) (?:of|in|for) (?:the )?{PREVIOUS}", re.I)
_TO = re.compile(r"(?:the )?(?P<a>[\w&' ]+?)(?: to |-to-)(?P<b>[\w&' ]+?) ratio$", re.I)
_MEAN = re.compile(r"^(?:the )?(?:average|mean|avg\.?) (?:number of |amount of )?", re.I)
# "How many people attended each course": what was attended stands for the left side too.
_OBJECT = re.compile(r"(?P<left>how (?:many|much) (?:\S+ ){1,4}?\w+(?:ed|t)) (?:each|every) (?P<each>.+)$", re.I)
_EACH = (
    re.compile(r"(?P<left>how (?:many|much) .+?) (?:does|do|did) (?:an|the) average (?P<each>[\w -]+?) \w+$", re.I),
    re.compile(r"for (?:each|every) (?P<each>.+?), (?P<left>how (?:many|much) .+)$", re.I),
    re.compile(r"(?P<left>how (?:many|much) .+?) (?:does|do|did) (?:each|every) (?P<each>\w+) \w+$", re.I),
    _OBJECT,
    re.compile(r"(?P<left>.+?) (?:per|(?:for|to|by|in|at|from) (?:each|every)) (?P<each>.+)$", re.I),
)
# "A member" stands for each of them only where an average is asked for.
_ON_AVERAGE = (
    re.compile(r"(?P<left>how (?:many|much) .+?) (?:does|do|did) (?:a|an|one) (?P<each>[\w -]+?) \w+$", re.I),
    re.compile(r"(?P<left>how (?:many|much) .+?) (?:for|to|by|in|at|from) (?:a|an|one) (?P<each>[\w -]+)$", re.I),
    re.compile(
        r"(?:the )?(?:average|mean) (?P<left>number of .+?) (?:in|at|of|for|to|from|by) (?:a|an|one) "
        r"(?P<each>[\w -]+)$",
        re.I,
    ),
)
# What one of them takes on average: its hours, or what it holds of something.
_LASTING = (
    re.compile(
        r"(?:the )?(?:average|mean) (?:duration|length) (?:of|for) (?:an? |the |each |one )?(?P<each>.+)$", re.I
    ),
    re.compile(
        r"how long (?:does|do|did|is|was) (?:an? |the |each |one |the average )(?P<each>.+?) (?:last|take|run)$", re.I
    ),
)
_SUPPOSED = re.compile(
    r"(?P<rest>.+?),? (?:if|given(?: that)?|assuming(?: that)?) (?:it|this|that|they|there) "
    r"(?:took|lasted|lasts?|has|had|have|is|was|are|were|ran) (?P<given>\d.*)$",
    re.I,
)
# A period that a year has so many of.
_OF_A_YEAR = {"month": "12", "week": "52", "day": "365", "quarter": "4"}
_AVERAGE_TIME = (
    re.compile(r"(?P<left>.+?) (?:per|each|every|a) (?P<each>year|month|week|day|quarter)$", re.I),
    re.compile(
        r"(?P<left>.+?) (?:in|on|during) an average (?P<each>year|month|week|day|quarter)(?P<of> (?:of|in) \d{4})?$",
        re.I,
    ),
)
# "Per year" is a rate that reports state, "per share" a line of the accounts.
_NOT_EACH = re.compile(
    r"(?:year|annum|month|day|week|quarter|hour|minute|second|cent|share|ordinary share|se)\b|\d|.*\bper\b", re.I
)
YEARS_SPANNED = "How many years"
YEAR_PARTS = frozenset(f"{number} {part}s" for part, number in _OF_A_YEAR.items())
_SHORT = 3  # words of "how many hours", which are given the place elsewhere
_OF_WHAT = re.compile(r"\w (?:of|in|by|for|at|from|through|under) \w", re.I)
# What is held of something else: the sessions of a training, the meetings of a board.
_EVENTS = frozenset("session event course class meeting workshop".split())
_COUNTED_AS = {"head": "employees", "capita": "inhabitants"}


def ratio(heard: Heard) -> Operation | None:
    """Read "A per B", "the ratio of A to B", "A for each B", "A divided by B"."""
    averaged = re.sub(r",? on average$", "", heard.text, flags=re.I)
    text, time = take_time(averaged)
    slash = [(_SLASH, True)] if heard.terse and not heard.unit else []
    patterns = [(_RATIO, True), (_DIVIDED, False), (_TO, True), *slash]
    for pattern, direct in patterns:
        match = pattern.match(text)
        if match and not _has_verb(match["a"]) and not _has_verb(match["b"]) and not re.search(YEAR, match["b"]):
            kind: Kind = "share" if re.fullmatch(PERCENT, heard.unit, re.I) else "ratio"
            unit = "%" if kind == "share" else heard.unit
            above, below = opposed(match["a"], match["b"])
            period = NAMED.search(above)
            if period and _YEAR_BEFORE.fullmatch(below):
                below = above.replace(period.group(), year_before(period.group()))
            return build(kind, (above, below), unit=unit, time=time, direct=direct)
    mean = averaged != heard.text or _MEAN.match(text)
    supposed = _SUPPOSED.match(heard.text)
    if supposed and stated(supposed["given"]):
        rest = ratio(Heard(supposed["rest"], heard.unit, heard.terse)) or _rate(supposed["rest"], supposed["given"])
        if rest is not None:
            return rest
    timed = _per_time(text, heard.unit, time, mean=bool(mean))
    if timed is not None:
        return timed
    for pattern in _LASTING:
        match = pattern.match(text)
        if match and (mean or pattern is _LASTING[0]):
            events = _counted(match["each"].split(), _noun_end(match["each"].split())).removeprefix("How many ")
            sides = (f"total duration of {events}", f"How many {events}")
            return build("ratio", sides, unit=f"{heard.unit or 'hours'} per {match['each']}", time=time, direct=True)
    for pattern in (*_EACH, *(_ON_AVERAGE if mean else ())):
        match = pattern.match(text)
        if match:
            left = re.sub(r"^number of", "how many", match["left"]) if pattern in _ON_AVERAGE else match["left"]
            inside = re.search(r"\b(by|in|at) (?:a|an|one|each|every) [^,]+$", text, re.I)
            if inside and pattern in (_EACH[-1], *_ON_AVERAGE) and len(left.split()) > _SHORT:
                words = match["each"].split()
                left = f"{left} {inside[1]} {_counted(words, _noun_end(words)).removeprefix('How many ')}"
            if pattern is _OBJECT:
                words = match["each"].split()
                left = f"{left} {_counted(words, _noun_end(words)).removeprefix('How many ')}"
            return None if _NOT_EACH.match(match["each"]) else _per(left, match["each"], heard.unit, time)
    return None


def _rate(text: str, given: str) -> Operation | None:
    """What is covered in one of so many days that the question itself states."""
    match = re.match(r"(?P<left>.+?) (?:per|a|each) (?P<each>day|week|month|year|hour)\b(?P<of>.*)$", text, re.I)
    if not match or match["each"].lower() not in given.lower():
        return None
    left = f"{_MEAN.sub('', match['left'])}{match['of']}"
    return build("ratio", (left, given), unit=f"per {match['each']}")


def _per_time(text: str, unit: str, time: str, *, mean: bool) -> Operation | None:
    """A year's value for one of its months or days; the value of several years for one of them."""
    for pattern in _AVERAGE_TIME:
        match = pattern.match(text)
        if not match or not (mean or pattern is _AVERAGE_TIME[1]) or re.search(r"\bper\b", match["left"], re.I):
            continue
        left, each = _MEAN.sub("", match["left"]), match["each"].lower()
        time = time or (match.groupdict().get("of") or "").strip().replace("of ", "in ")
        divisor = f"{_OF_A_YEAR[each]} {each}s" if each in _OF_A_YEAR else YEARS_SPANNED
        return build("ratio", (left, divisor), unit=f"{unit} per {each}".strip(), time=time, direct=True)
    return None


def _has_verb(phrase: str) -> bool:
    words = phrase.split()
    return words[0].lower() == "how" or any(word.lower() in AUXILIARIES for word in words)


def _per(left: str, each: str, wish: str, time: str) -> Operation | None:
    """The value of LEFT for one EACH: "kg of waste", "vehicle produced"."""
    left = _MEAN.sub("", left)
    words = each.split()
    clause = next((i for i, word in enumerate(words) if word.lower() in RELATIVES), len(words))
    at = next((i for i, word in enumerate(words[:clause]) if word.lower() in AUXILIARIES and i), len(words))
    left, owner, words = " ".join([left, *words[at:]]), _owner(words[at:]), words[:at]
    if not re.search(_OF_WHAT, left) and _of_participle(words):
        left = " ".join([left, *_of_participle(words)])
    lead = re.match(r"(?P<how>how (?:many|much)) (?P<counted>.+)$", left, re.I)
    unit, rest = leading_unit(lead["counted"] if lead else left)
    if unit and rest.split()[0].lower() not in AUXILIARIES:
        left = f"How much {rest}" if lead else rest
    wished = re.match(r"(?P<rest>.+) in (?P<unit>.+)$", left)
    if wished and is_unit(wished["unit"]):
        left, unit = wished["rest"], unit or wished["unit"]
        if is_unit(each):  # "intensity in kg per tonne" names a unit and no divisor
            return None
    if not re.search(r"\w{2}", re.sub(r"\b(?:the|what|how|many|much|is|of)\b", "", left)) or re.match(
        r"what|which", left
    ):
        return None
    each_unit, each_of = leading_unit(" ".join(words))
    if each_unit:
        each_of = _done(each_unit, each_of)
        unit = f"{unit or wish}/{each_unit}" if unit or wish else f"per {each_unit}"
        return build("ratio", (left, each_of), unit=unit, time=time, direct=True)
    whose = re.search(r" of ([^,]+)$", lead["counted"] if lead else left)
    if whose and len(words) == 1 and words[0].lower() in _EVENTS:
        words = [*whose[1].split(), *words]
    end = _noun_end(words)
    unit, divisor = f"{unit or wish} per {' '.join(words[:end])}".strip(), " ".join([_counted(words, end), *owner])
    counted = re.fullmatch(r"(?P<how>how many )?(?P<noun>\w+)", left, re.I)
    if counted and (counted["how"] or is_count(counted["noun"])):
        left = f"How many {counted['noun']} in {divisor.removeprefix('How many ')}"
    return build("ratio", (left, divisor), unit=unit, time=time, direct=True)


def _done(unit: str, phrase: str) -> str:
    """What a relative clause says of a unit: "that the plant generated" is "kWh were generated by the plant"."""
    words = phrase.split()
    if words[0].lower() not in RELATIVES:
        return phrase
    if words[-1].lower().endswith("ed") and words[1].lower() not in AUXILIARIES:
        return f"How many {unit} were {words[-1]} by {' '.join(words[1:-1])}"
    return f"How many {unit} {' '.join(words[1:])}"


def _owner(words: Sequence[str]) -> Sequence[str]:
    """What is said of both: "does Spain have" in "offices per region does Spain have"."""
    return words if len(words) > 2 and words[0].lower() in {"do", "does", "did", "has", "have"} else ()


def _of_participle(words: Sequence[str]) -> Sequence[str]:
    """What a participle of the divisor names, which holds for both: "by the plant" in "ton of coal saved by ..."."""
    verb = next((i for i, word in enumerate(words) if i and word.lower().endswith("ed")), len(words))
    return words[verb + 1 :] if verb + 1 < len(words) and words[verb + 1].lower() in PREPOSITIONS else ()


def _noun_end(words: Sequence[str]) -> int:
    """Where the noun ends that names one of the divisor: "vehicle" in "vehicle produced"."""
    closing = PREPOSITIONS - {"per"}
    place = next((i for i, word in enumerate(words) if i and word.lower() in closing), len(words))
    return min(verb_at(words, 1), place)


def _counted(words: Sequence[str], end: int) -> str:
    """The divisor as it is counted: "vehicles produced", "employees" for "head", revenue for "unit of revenue"."""
    if words[0].lower() == "unit" and end == 1 and len(words) > 2:
        return " ".join(words[2:])
    noun = _COUNTED_AS.get(words[end - 1].lower(), plural(words[end - 1]))
    words = [word for word in words if word.lower() not in RELATIVES]
    return "How many " + " ".join([*words[: end - 1], noun, *words[end:]])
