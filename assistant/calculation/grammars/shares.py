"""Questions for the share that a part is of a whole, and for ratios that go by a name.

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re

from assistant.calculation.grammars.accounts import is_expense, lines
from assistant.calculation.grammars.differences import BE
from assistant.calculation.grammars.operation import Heard, Operation, build, stated
from assistant.query.wording.parts_of_speech import (
    AUXILIARIES,
    bare,
    core,
    head,
    is_count,
    is_metric,
    is_plural,
    verb_at,
)
from assistant.query.wording.periods import take_time
from index.words import stem

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
_TOPIC = re.compile(r"^(?P<whole>[^:]+): (?P<share>[^:]+ share)$", re.I)
_MARGIN = re.compile(
    r"\b(?P<kind>(?:adjusted )?(?:gross|operating|net|pre-?tax|ebit(?:da)?|profit))(?: (?:profit|income))? margin"
    r"(?: percentage| ratio| rate)?\b",
    re.I,
)
# What a question says around a margin and the place that it is of: "what was", "did X earn".
_ASKING_MARGIN = re.compile(
    rf"^(?:(?:what|which|how (?:high|large|big|much))\b ?)?(?:(?:{BE}|do|does|did|has|have|had)\b ?)?(?:the |its )?|"
    r"[ ,]*\b(?:have|has|had|achieved?|reach(?:ed)?|report(?:ed)?|earn(?:ed)?|record(?:ed)?|post(?:ed)?|make|made)$",
    re.I,
)
_RETURN = re.compile(
    r"(?:the )?return on (?P<base>(?:total |average )?(?:assets|equity|sales|revenue|capital employed))"
    r"(?P<place>(?: (?:of|in|for|at) .+)?)$",
    re.I,
)
_DOES = re.compile(
    r"(?:do|does|did) (?P<part>.+?) (?:represent|make up|account for|constitute|equal|form|contribute|correspond to)$",
    re.I,
)
_RATE_OF = re.compile(
    r"(?:the )?(?P<verb>recycl|recover|reus|certifi|complet|retain)(?:ing|y|e|ation|ion) rate "
    r"(?:of|for) (?P<whole>.+)$",
    re.I,
)
_KIND_OF = re.compile(
    r"(?:the )?(?P<part>(?!market|the|fair|large|largest|combined|total)[\w-]+(?: [\w-]+)?) share of (?P<whole>.+)$",
    re.I,
)


def share(heard: Heard) -> Operation | None:
    """Read "what percentage of A is B", "of A, what share B", "B as a percentage of A", "B's share of A"."""
    text, time = take_time(heard.text)
    text = _TOPIC.sub(r"\g<share> of \g<whole>", text)
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
        part, whole = match.group("part", "whole")
        owner = re.match(r"(.+?['’]s?) ", part)
        whole = re.sub(r"^its ", f"{owner[1]} " if owner else "", whole)
        return build("share", (_of_metric(part, whole), whole), unit="%", time=time, direct=True)
    rated = _RATE_OF.match(text)
    if rated:
        sides = (f"{rated['verb']}ed {rated['whole']}", rated["whole"])
        return build("share", sides, unit="%", time=time, direct=True)
    named = _margin(text, time) or _return(text, time)
    if named:
        return named
    kind = _KIND_OF.match(text)
    if kind and "'" not in kind["part"]:
        sides = (f"{kind['part']} {bare(kind['whole'])}", kind["whole"])
        return build("share", sides, unit="%", time=time, direct=True)
    owned = _OWNED.match(text)
    if owned:
        part, whole = owned["part"], owned["whole"]
        held = f"How many {part} in {whole}" if is_count(head(whole)) else _of_metric(part, whole)
        return build("share", (held, whole), unit="%", time=time, direct=True)
    return None


def _margin(text: str, time: str) -> Operation | None:
    """A profit's share of revenue, both of what stands before or after the margin: "cloud operating margin"."""
    margin = _MARGIN.search(text)
    if not margin or re.search(r"\b(?:minus|less|plus)\b", text, re.I):
        return None
    before, after = _around(text[: margin.start()]), _around(text[margin.end() :])
    owner, place = re.sub(r"'s?$", "", before), after
    if re.match(r"(?!of\b|in\b|for\b|at\b|from\b)\w", place):
        owner, place = f"{owner} {place}".strip(), ""
    if re.match(r"how\b", owner, re.I) or AUXILIARIES & set(f"{owner} {place}".lower().split()):
        return None
    kind = re.sub(r"^profit$", "net", margin["kind"], flags=re.I)
    words = "profit or margin" if kind.lower() == "gross" else "income or profit"
    profit = kind if re.search(r"ebit", kind, re.I) else f"{kind} {words}"
    sides = [" ".join(f"{owner} {side} {place}".split()) for side in (profit, "revenue")]
    return build("share", sides, unit="%", time=time, direct=True)


def _around(text: str) -> str:
    """What stands before or after a margin, without the words that ask for it."""
    while (left := _ASKING_MARGIN.sub("", text.strip(" ,"))) != text:
        text = left
    return text


def _return(text: str, time: str) -> Operation | None:
    """Net profit as a share of assets, equity or the like."""
    earned = _RETURN.match(text)
    if not earned:
        return None
    base = re.sub(r"^sales$", "revenue", earned["base"], flags=re.I)
    sides = [f"{side}{earned['place']}" for side in ("net profit", base)]
    return build("share", sides, unit="%", time=time, direct=True)


def _of_metric(part: str, whole: str) -> str:
    """A part that names no metric, with that of the whole: "cloud" of "total net revenue" is "cloud net revenue"."""
    noun = bare(whole).split()
    metric = " ".join(noun[: core(noun)])
    told = set(part.lower().split())
    if (
        is_expense(part)
        or lines(map(stem, told))
        or not is_metric(head(metric))
        or any(map(is_metric, told))
        or told & set(metric.lower().split())
        or stated(part)
    ):
        return part
    return f"{part} {re.sub(r'^(?:total|all|overall|entire|combined|whole) ', '', metric, flags=re.I)}"


def _part_of(whole: str, verb: str, time: str) -> Operation | None:
    """The share of a whole that a verb phrase picks out: "employees", "are women"."""
    figure = stated(whole)
    noun = re.sub(rf"^{re.escape(figure.text)}\s*", "", bare(whole)) if figure else bare(whole)
    plain = re.sub(r"^(?:total|all|overall|entire) ", "", noun, flags=re.I)
    verb = re.sub(r"^(?:that|which|who) ", "", verb, flags=re.I)
    made_up = _DOES.match(verb)
    if made_up and (stated(made_up["part"]) or re.search(r"equal|correspond to$", verb)):
        return build("share", (made_up["part"], whole), unit="%", time=time, direct=True)
    counted = is_plural(head(plain)) and not is_metric(head(plain))
    part = f"How many {plain} {verb}" if counted else f"How much of the {noun} {verb}"
    named = re.match(rf"(?:{BE}|became|(?:{BE} )?(?:represented|accounted for|made up) by) (?P<part>.+)$", verb, re.I)
    if named and is_metric(head(named["part"])) and not is_metric(named["part"].split()[0]):
        part = named["part"]
    every = f"How many {plain} in total" if counted else f"total {plain}"
    return build("share", (part, whole if figure else every), unit="%", time=time, direct=True)
