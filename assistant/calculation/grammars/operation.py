"""A calculation that a question asks for: the operation, and each operand as a lookup question of its own.

Here stand the types, and how a question is read before any rule looks at it: its spelling, its courtesy, the unit it
wishes for. This module does not know the rules, nor any report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rapidfuzz.distance import OSA

from assistant.calculation.grammars.noun_phrases import ask
from assistant.query.wording.parts_of_speech import AUXILIARIES, PREPOSITIONS, RELATIVES
from assistant.query.wording.periods import PERIOD, dated, take_time
from corpus.figure import Figure, find_figures, unit_factor

Kind = Literal[
    "sum",
    "difference",
    "share",
    "ratio",
    "times",
    "growth",
    "average",
    "before_growth",
    "product",
    "convert",
    "rest",
    "rest_share",
]
Sense = Literal["signed", "size", "fall"]

_CURRENCY = re.compile(r"[A-Z]{3}")
_FILLERS = frozenset({"of", "us", "metric"})
_LABELS = re.compile(r"(?:index |rating |score )?points?", re.I)
_WISHES = (
    re.compile(r"(?P<rest>.+)[ ,]\(?(?:in|to|into) (?P<unit>[^,()]+)\)?$", re.I),
    re.compile(r"(?P<rest>.+) \((?P<unit>[^()]+)\)$"),
    re.compile(r"(?P<rest>.+?)(?: \(|, )in (?P<unit>[^(),]+)[),](?P<more> .+)$", re.I),
    re.compile(r"(?:expressed )?in (?P<unit>[^,]+), (?P<rest>.+)$", re.I),
    re.compile(r"(?P<rest>.+), (?P<unit>[^,()]+)$"),
)
_COURTESY = re.compile(
    r"(?:(?:please|kindly|and|so|ok(?:ay)?|hi|hello)[, ]+|(?:can|could|would) you (?:please )?|"
    r"(?:tell|give|show) (?:me|us) (?:please )?|i(?:'d| would) like to (?:know|see) |i (?:want|need) (?:to know )?|"
    r"(?:calculate|compute|determine|work out|find(?: out)?|report) )",
    re.I,
)
_ASKED_LAST = re.compile(r"[:,;-]+ ?(?:how (?:many|much)|total)(?: (?:is|are|were|was) (?:it|that|there|they))?$", re.I)
_WHAT = re.compile(
    r"(?:what(?: would|'d)? be (?=the )|what(?:'s| is| was| are| were) |how (?:large|big|high) (?:is|are|was|were) )",
    re.I,
)
_OPENING = re.compile(
    rf"(?P<time>(?:in|for|during) {PERIOD}),? (?!and |or |to |compared |versus |vs )(?P<rest>\w.+)$", re.I
)
# "What part is it? Give a percentage."
_WISHED_AFTER = re.compile(
    r"[?.] (?:please )?(?:give|state|express|answer|show|report)\b(?: (?:it|the (?:answer|result)|this|me))?"
    r"(?: (?:in|as))?(?: an?)?(?: (?P<unit>[^.?]*?))?(?: (?:figure|value|number|answer))?$",
    re.I,
)
_OUT_OF = re.compile(
    r"^(?:out )?(?:of|among) [^,]+, (?=(?:by )?how (?:much|many) (?:more|less|fewer|higher|lower)\b)", re.I
)
_SCOPED = re.compile(
    r"(?P<scope>(?:for|in|at|under|through|with|from|among|across|during) (?!each\b|every\b)[^,]+), "
    r"(?P<rest>(?:how|what|by how) .+)$",
    re.I,
)
# An operand that still holds a question of its own was not split where it should have been.
_UNSPLIT = re.compile(r"\b(?:what|which|who|whose|if|could|would|should)\b|.\bhow (?:many|much)\b", re.I)
# Whose the figures are tells none apart: "the company's cash", "cash at the company".
_OWNER = re.compile(
    r"\b(?:(?:the|our|its|their) )?(?:company|group)(?:['’]s|['’](?= )) "
    r"| (?:in|of|at|by|for|from|within) the company\b(?!['’])"
    r"|(?:^the company:? |(?<=[:,;] )the company )(?!['’])",
    re.I,
)
_HIRES = re.compile(r"\bnew (?=(?:hires|recruits|joiners|starters)\b)", re.I)
_KEYWORDS = (
    "percentage",
    "difference",
    "together",
    "combined",
    "average",
    "altogether",
    "proportion",
    "between",
    "total",
)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a question asks to be computed.

    Attributes:
        kind: The arithmetic. Operands stand in its order: minuend and subtrahend, part and whole, dividend and divisor
            (`ratio`, `times`), earlier and later (`growth`), value after and change in % (`before_growth`), whole and
            part (`rest`, `rest_share`).
        operands: A lookup question for each operand, or the figure as the question itself states it.
        given: The figure of each operand that the question states, None where it is to be looked up.
        unit: The unit asked for, as written: "%", "RMB million", "points", "g/kWh", "per employee"; empty when unsaid.
        direct: Whether a report may well state the result itself, so that a plain lookup comes first.
        sense: "size" when a difference is asked for without direction ("the gap between"), "fall" when a change is
            asked for as a decrease, so that a decrease counts positive.
        says: What a place must say to state the result itself: "non-executive"; empty where any figure does.
        otherwise: What else gives the result where this cannot be computed.
        sized: Whether the size of a change is told beside its percentage: "by how much did it fall".
    """

    kind: Kind
    operands: tuple[str, ...]
    given: tuple[Figure | None, ...]
    unit: str
    direct: bool
    sense: Sense = "signed"
    says: str = ""
    otherwise: Operation | None = None
    sized: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A question as the rules see it.

    Attributes:
        text: Without courtesy, "what is", the question mark and the unit wished for.
        unit: The unit wished for ("in RMB million"), empty when there is none.
        terse: Whether it is a bare phrase, without a question word.
    """

    text: str
    unit: str
    terse: bool


def read(question: str) -> Heard:
    """Read a question before its operation."""
    text = re.sub(r"\s+", " ", question.replace("’", "'").replace(" − ", " minus ")).strip()
    text = re.sub(r"[−–—]", "-", text).rstrip(" ?.!")
    text = _HIRES.sub("", text)
    text = " ".join(_OWNER.sub(" ", text).split())
    text = re.sub(r"\bin (?:percentage|relative) terms\b", "in percent", text)
    text = _WISHED_AFTER.sub(lambda wish: f" in {wish['unit']}" if wish["unit"] else "", text)
    text = re.sub(
        r"\bin (?:a )?percentage$|, as an? (?:percentage|per ?cent)$"
        r"|,? \bin (?:%|per ?cent) of (?:its |the |net |total )*(?:sales|revenues?|turnover)$",
        " in percent",
        text,
    )
    text = re.sub(r"^what would (.+) be(?= if |$)", r"what is \1", text, flags=re.I)
    text = " ".join(_respell(word) for word in text.split(" "))
    text, unit = _take_unit(text)
    text = _ASKED_LAST.sub("", _without_lead(text))
    opening = _OPENING.match(text)
    if opening:
        text = f"{_without_lead(opening['rest'])} {opening['time'].lower()}"
    text = _OUT_OF.sub("", text)
    scoped = _SCOPED.match(text)
    if scoped:
        text = f"{scoped['rest']} {scoped['scope'][0].lower()}{scoped['scope'][1:]}"
    plain = _WHAT.sub("", text, count=1) if _WHAT.match(text) else text
    terse = plain == text and not re.match(r"(?:how|what|which)\b", text, re.I)
    return Heard(plain.strip(" ,"), unit, terse)


def _without_lead(text: str) -> str:
    while match := _COURTESY.match(text):
        text = text[match.end() :]
    return text


def _respell(word: str) -> str:
    """A keyword of arithmetic for a word one slip away from it: "precentage", "diference"."""
    lower = word.lower()
    for keyword in _KEYWORDS:
        slip = lower[:1] == keyword[0] and len(lower) >= 5 and OSA.distance(lower, keyword, score_cutoff=1) == 1
        if slip and not lower.startswith(keyword) and lower not in {"combine", "combines", "tonal"}:
            return keyword
    return word


def _take_unit(text: str) -> tuple[str, str]:
    """The text without the unit that it wishes for, and that unit, empty when there is none."""
    for pattern in _WISHES:
        match = pattern.match(text)
        if match and is_unit(match["unit"]):
            rest = re.sub(r"[ ,(]+(?:expressed|measured|stated)$", "", match["rest"])
            return (rest + match.groupdict().get("more", "")).strip(" ,"), match["unit"]
    undated, time = take_time(text)
    if not time:
        return text, ""
    rest, unit = _take_unit(undated)
    return (f"{rest} {time}", unit) if unit else (text, "")


def is_unit(text: str) -> bool:
    """Whether a text is a unit or scale and nothing else: "kWh", "RMB million", "billions of yuan", "points"."""
    text = re.sub(r"(?: per| a) (?:year|annum)$", "", text.strip(), flags=re.I)
    if _LABELS.fullmatch(text):
        return True
    digits = re.sub(r"1,?000(?:,000)?|co2|m[23]\b", "", text, flags=re.I)
    base, factor = unit_factor(text)
    if re.search(r"\d", digits) or (len(text) == 1 and text not in "tg%") or (not base and factor == 1):
        return False
    if base and not _CURRENCY.fullmatch(base):
        return True
    return all(unit_factor(word) != ("", Decimal(1)) for word in text.split() if word.lower() not in _FILLERS)


def leading_unit(text: str) -> tuple[str, str]:
    """Split "tonnes of waste" into the unit and the rest; the unit is empty when the text begins with none."""
    words = text.split()
    for n in range(1, min(4, len(words))):
        unit = " ".join(words[:n])
        follower = words[n].lower()
        if is_unit(unit) and (follower in PREPOSITIONS | AUXILIARIES | RELATIVES or follower.endswith("ed")):
            return unit, " ".join(words[n + 1 :] if follower == "of" else words[n:])
    return "", text


def stated(phrase: str) -> Figure | None:
    """The figure that a phrase states: "the 1,240 suppliers", "3.2 tonnes", "15%"."""
    text = re.sub(r"^(?:the|its|all|our|their|a|those|these)\s+", "", phrase.strip(), flags=re.I)
    found = find_figures(text)
    if len(found) != 1 or found[0].start or found[0].figure.is_year:
        return None
    figure, rest = found[0].figure, text[found[0].end :].split()
    if "-" in figure.text.lstrip("-") and rest:  # "the five-minute rate"
        return None
    if not (text[0].isdigit() or figure.unit) or (rest and figure.unit == "%") or len(rest) > 3:
        return None
    return None if any(word.endswith("est") or word == "most" for word in rest) else figure


def build(
    kind: Kind,
    phrases: Sequence[str],
    *,
    unit: str = "",
    direct: bool = False,
    time: str = "",
    sense: Sense = "signed",
    says: str = "",
    sized: bool = False,
) -> Operation | None:
    """An operation over phrases, each asked for in `time` unless it names a period; None when a phrase asks."""
    given = tuple(stated(phrase) for phrase in phrases)
    operands = tuple(
        phrase.strip() if figure else ask(dated(phrase, time)) for phrase, figure in zip(phrases, given, strict=True)
    )
    sound = all(operands) and not any(_UNSPLIT.search(phrase) for phrase in phrases)
    return Operation(kind, operands, given, unit, direct, sense, says, sized=sized) if sound else None
