"""Questions that divide one figure by another: shares of a whole, ratios, and values per unit of something.

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.differences import BE
from assistant.operation import Heard, Operation, build, is_unit, leading_unit, stated
from assistant.period import YEAR, take_time
from assistant.phrases import opposed
from assistant.words import AUXILIARIES, bare, head, is_metric, is_plural, plural, verb_at

SHARE = r"(?:percentage|per ?cent|pct|%|share|proportion|fraction|part|portion)"
_ASKING = rf"(?:what|which|how (?:many|much)|how (?:large|big|great|high|small) an?) (?:exact )?{SHARE}"
_OF = re.compile(rf"(?P<asking>{_ASKING}|(?:the )?{SHARE}) of (?P<rest>.+)$", re.I)
_INSIDE = re.compile(
    r"(?P<part>.+?) in (?P<whole>(?:the )?(?:total|overall|all|entire|whole)\b.+)$|(?P<some>.+?) among (?P<group>.+)$",
    re.I,
)
_MAKES_UP = re.compile(
    rf"{_ASKING} (?:do|does|did) (?P<part>.+?) (?:make up|account for|represent|contribute|constitute) (?:of|in|to) "
    r"(?P<whole>.+)$",
    re.I,
)
_AMONG = re.compile(rf"(?:out )?of (?P<whole>.+?), ?{_ASKING} (?P<verb>.+)$", re.I)
_AS_SHARE = re.compile(
    r"(?:express |state |give )?(?P<part>.+?) as (?:(?:an? |the )?(?:percentage|per ?cent|pct|%|share|proportion|"
    r"fraction)|an? (?:part|portion)) of (?P<whole>.+)$",
    re.I,
)
_OWNED = re.compile(r"(?P<part>.+?)(?:'s|(?<=s)') share of (?P<whole>.+)$", re.I)
_RATIO = re.compile(r"(?:the )?(?:ratio|quotient) (?:of|between) (?P<a>.+?) (?:to|and) (?P<b>.+)$", re.I)
_DIVIDED = re.compile(r"(?P<a>.+?) (?:divided by|relative to) (?P<b>.+)$", re.I)
_SLASH = re.compile(r"(?P<a>[^/]+?) / (?P<b>[^/]+)$")
_TO = re.compile(r"(?:the )?(?P<a>[\w&' ]+?)(?: to |-to-)(?P<b>[\w&' ]+?) ratio$", re.I)
_MARGIN = re.compile(
    r"(?:the )?(?P<profit>(?:adjusted )?(?:gross|operating|net|pre-?tax|ebit(?:da)?|profit))(?: profit)? margin"
    r"(?P<place>(?: (?:of|in|for|at) .+)?)$",
    re.I,
)
_RETURN = re.compile(
    r"(?:the )?return on (?P<base>(?:total |average )?(?:assets|equity|sales|revenue|capital employed))"
    r"(?P<place>(?: (?:of|in|for|at) .+)?)$",
    re.I,
)
_KIND_OF = re.compile(
    r"(?:the )?(?P<part>(?!market|the|fair|large|largest|combined|total)[\w-]+(?: [\w-]+)?) share of (?P<whole>.+)$",
    re.I,
)
_MEAN = re.compile(r"^(?:the )?(?:average|mean|avg\.?) (?:number of |amount of )?", re.I)
_EACH = (
    re.compile(r"for (?:each|every) (?P<each>.+?), (?P<left>how (?:many|much) .+)$", re.I),
    re.compile(r"(?P<left>how (?:many|much) .+?) (?:does|do|did) (?:each|every) (?P<each>\w+) \w+$", re.I),
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
# "Per year" is a rate that reports state, "per share" a line of the accounts.
_NOT_EACH = re.compile(
    r"(?:year|annum|month|day|week|quarter|hour|minute|second|cent|share|ordinary share|se)\b|\d|.*\bper\b", re.I
)
_COUNTED_AS = {"head": "employees", "capita": "inhabitants"}


def share(heard: Heard) -> Operation | None:
    """Read "what percentage of A is B", "of A, what share B", "B as a percentage of A", "B's share of A"."""
    text, time = take_time(heard.text)
    of = _OF.match(text)
    if not of and heard.unit in {"%", "percent", "per cent"}:
        of = re.match(r"(?P<asking>how (?:much|many) )of (?P<rest>.+)$", text, re.I)
    if of:
        words = of["rest"].split()
        at = verb_at(words, 1, loose=of["asking"][:1].lower() in "wh" and " " in of["asking"])
        if at < len(words):
            return _part_of(" ".join(words[:at]), " ".join(words[at:]), time)
    among = _AMONG.match(text)
    if among:
        return _part_of(among["whole"], among["verb"], time)
    inside = _INSIDE.match(of["rest"]) if of else None
    if inside and inside["some"]:
        sides = (f"{inside['some']} among {inside['group']}", inside["group"])
        return build("share", sides, unit="%", time=time, direct=True)
    match = _AS_SHARE.match(text) or _MAKES_UP.match(text) or inside
    if match and not re.match(r"how\b", match["part"], re.I):
        return build("share", match.group("part", "whole"), unit="%", time=time, direct=True)
    profit, earned = _MARGIN.match(text), _RETURN.match(text)
    if profit or earned:
        return _named(profit, earned, time)
    kind = _KIND_OF.match(text)
    if kind and "'" not in kind["part"]:
        sides = (f"{kind['part']} {bare(kind['whole'])}", kind["whole"])
        return build("share", sides, unit="%", time=time, direct=True)
    owned = _OWNED.match(text)
    if owned:
        part, whole = owned["part"], owned["whole"]
        held = f"How many {part} in {whole}" if is_plural(head(whole)) else f"{part} {bare(whole)}"
        return build("share", (held, whole), unit="%", time=time, direct=True)
    return None


def _named(margin: re.Match[str] | None, earned: re.Match[str] | None, time: str) -> Operation | None:
    """A ratio that goes by a name: a margin is a profit's share of revenue, a return that of assets or equity."""
    if margin:
        profit = re.sub(r"^profit$", "net", margin["profit"], flags=re.I)
        profit = profit if re.search(r"ebit", profit, re.I) else f"{profit} profit"
        sides = [f"{side}{margin['place']}" for side in (profit, "revenue")]
    else:
        assert earned is not None
        base = re.sub(r"^sales$", "revenue", earned["base"], flags=re.I)
        sides = [f"{side}{earned['place']}" for side in ("net profit", base)]
    return build("share", sides, unit="%", time=time, direct=True)


def _part_of(whole: str, verb: str, time: str) -> Operation | None:
    """The share of a whole that a verb phrase picks out: "employees", "are women"."""
    figure = stated(whole)
    noun = re.sub(rf"^{re.escape(figure.text)}\s*", "", bare(whole)) if figure else bare(whole)
    plain = re.sub(r"^(?:total|all|overall|entire) ", "", noun, flags=re.I)
    verb = re.sub(r"^(?:that|which|who) ", "", verb, flags=re.I)
    counted = is_plural(head(plain)) and not is_metric(head(plain))
    part = f"How many {plain} {verb}" if counted else f"How much of the {noun} {verb}"
    named = re.match(rf"(?:{BE}|became|(?:{BE} )?(?:represented|accounted for|made up) by) (?P<part>.+)$", verb, re.I)
    if named and is_metric(head(named["part"])) and not is_metric(named["part"].split()[0]):
        part = named["part"]
    every = f"How many {plain} in total" if counted else f"total {plain}"
    return build("share", (part, whole if figure else every), unit="%", time=time, direct=True)


def ratio(heard: Heard) -> Operation | None:
    """Read "A per B", "the ratio of A to B", "A for each B", "A divided by B"."""
    averaged = re.sub(r",? on average$", "", heard.text, flags=re.I)
    text, time = take_time(averaged)
    slash = [(_SLASH, True)] if heard.terse and not heard.unit else []
    patterns = [(_RATIO, True), (_DIVIDED, False), (_TO, True), *slash]
    for pattern, direct in patterns:
        match = pattern.match(text)
        if match and not _has_verb(match["a"]) and not _has_verb(match["b"]) and not re.search(YEAR, match["b"]):
            return build("ratio", opposed(match["a"], match["b"]), unit=heard.unit, time=time, direct=direct)
    mean = averaged != heard.text or _MEAN.match(text)
    for pattern in (*_EACH, *(_ON_AVERAGE if mean else ())):
        match = pattern.match(text)
        if match:
            left = re.sub(r"^number of", "how many", match["left"]) if pattern in _ON_AVERAGE else match["left"]
            return None if _NOT_EACH.match(match["each"]) else _per(left, match["each"], heard.unit, time)
    return None


def _has_verb(phrase: str) -> bool:
    words = phrase.split()
    return words[0].lower() == "how" or any(word.lower() in AUXILIARIES for word in words)


def _per(left: str, each: str, wish: str, time: str) -> Operation | None:
    """The value of LEFT for one EACH: "kg of waste", "vehicle produced"."""
    left = _MEAN.sub("", left)
    words = each.split()
    at = next((i for i, word in enumerate(words) if word.lower() in AUXILIARIES and i), len(words))
    left, words = " ".join([left, *words[at:]]), words[:at]
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
        unit = f"{unit or wish}/{each_unit}" if unit or wish else f"per {each_unit}"
        return build("ratio", (left, each_of), unit=unit, time=time, direct=True)
    end = _noun_end(words)
    unit, divisor = f"{unit or wish} per {' '.join(words[:end])}".strip(), _counted(words, end)
    if re.fullmatch(r"how (?:many|much) \w+", left, re.I):
        left = f"{left} in {divisor.removeprefix('How many ')}"
    return build("ratio", (left, divisor), unit=unit, time=time, direct=True)


def _noun_end(words: Sequence[str]) -> int:
    """Where the noun ends that names one of the divisor: "vehicle" in "vehicle produced"."""
    closing = {"of", "in", "at", "for", "on"}
    place = next((i for i, word in enumerate(words) if i and word.lower() in closing), len(words))
    return min(verb_at(words, 1), place)


def _counted(words: Sequence[str], end: int) -> str:
    """The divisor as it is counted: "vehicles produced", "employees" for "head", revenue for "unit of revenue"."""
    if words[0].lower() == "unit" and end == 1 and len(words) > 2:
        return " ".join(words[2:])
    noun = _COUNTED_AS.get(words[end - 1].lower(), plural(words[end - 1]))
    return "How many " + " ".join([*words[: end - 1], noun, *words[end:]])
