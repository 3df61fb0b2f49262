"""Questions for what is left of a whole: "which share is not certified", "how many other than X", "non-executive".

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re

from assistant.calculation.grammars.noun_phrases import ask
from assistant.calculation.grammars.operation import Heard, Operation, build, stated
from assistant.calculation.grammars.shares import share
from assistant.query.wording.parts_of_speech import PREPOSITIONS, bare, head, is_plural, verb_at
from assistant.query.wording.periods import dated, take_time

_BE = r"(?:is|are|was|were)"
# A negation and what the sentence says without it.
_NEGATIONS = (
    (re.compile(rf"\b({_BE}|do|does|did|has|have|had)(?: not|n't)(?: an?y?\b)? ", re.I), r"\1 "),
    (re.compile(r"\bnot (?=\w+(?:ing|ed)\b)", re.I), ""),
    (re.compile(r"\bwithout (?!counting\b)(?:any |an? )?", re.I), "with "),
    (re.compile(r"\b(?:lack|lacks|lacked)\b", re.I), "have"),
)
_NON = re.compile(r"\bnon-(?P<word>\w[\w-]*)", re.I)
_SHARE = re.compile(
    r"(?:what|which|how (?:large|big|high) an?|the)?\s*(?:\w+ )?(?:share|percentage|per ?cent|proportion|%)", re.I
)
_COUNT = re.compile(r"how many (?:of (?:the|its|our|their|all|these|those) )?(?P<rest>.+)$", re.I)
_MUCH = re.compile(rf"how much of (?:the |its |our )?(?P<whole>.+?) {_BE} (?P<part>[\w-]+)$", re.I)
_AMOUNT = re.compile(rf"how much (?P<whole>(?!of\b)(?:[\w-]+ ){{1,4}}?)(?P<verb>{_BE} .+)$", re.I)
_EXCEPT = re.compile(
    r"(?P<whole>how (?:many|much) .+?),?(?: i\.e\.)?,? \(?(?P<how>other than|except(?: for)?|excluding|"
    r"apart from|aside from|besides|not counting|without counting|not including|leaving out|minus) (?P<part>.+?)\)?"
    rf"(?P<verb> (?:{_BE}|do|does|did|has|have|had|sit|work|serve)\b.*)?$",
    re.I,
)
_OUTSIDE = re.compile(
    rf"how many (?:of (?:the|its|our|their) )?(?P<whole>.+?) (?:(?:lie|fall|sit|stand|come|work|{_BE}) )?"
    r"(?:located )?outside (?:of )?(?P<part>.+)$",
    re.I,
)


def complement(heard: Heard) -> Operation | None:
    """Read "what share of A is not B", "how many A are not B", "how many A other than B", "how many non-B A"."""
    text, time = take_time(heard.text)
    return _outside(text, time) or _except(text, time) or _negated(heard, text, time)


def _rest(whole: str, part: str, time: str, says: str = "") -> Operation | None:
    return build("rest", (whole, part), time=time, direct=bool(says), says=says)


def _outside(text: str, time: str) -> Operation | None:
    match = _OUTSIDE.match(text)
    if not match:
        return None
    whole = bare(match["whole"])
    return _rest(f"How many {whole}", f"How many {whole} in {match['part']}", time)


def _except(text: str, time: str) -> Operation | None:
    """The whole without what is left out; "ones" stands for the noun before "other than"."""
    match = _EXCEPT.match(text)
    if not match:
        return None
    whole, part, verb = match["whole"], match["part"], match["verb"] or ""
    words = whole.split()
    if re.search(r"\bones?$", part):
        part = re.sub(r"\bones?$", words[-1], part)
        place = max((i for i, word in enumerate(words[:-1]) if word.lower() in PREPOSITIONS and i > 2), default=0)
        if place and match["how"].lower() == "other than":
            return _rest(" ".join(words[:place]), " ".join([*words[: place + 1], part]), time)
        return _rest(f"{whole}{verb}", f"{' '.join(words[:2])} {bare(part)}{verb}", time)
    at = verb_at(words, 3)
    counted = " ".join(words[2:at])
    if verb:
        return _rest(f"{whole}{verb}", f"{' '.join(words[:2])} {bare(part)}{verb}", time)
    own = part if head(counted).lower() in part.lower() else f"{part} of {counted}"
    return _rest(f"{whole}{verb}", own, time)


def _negated(heard: Heard, text: str, time: str) -> Operation | None:
    positive = _positive(text)
    many, much = _COUNT.match(text), _MUCH.match(positive or "")
    non = _NON.search(text)
    if non and many:
        plain = f"How many {_NON.sub(lambda found: str(found['word']), many['rest'])}"
        whole = " ".join(f"How many {_NON.sub('', many['rest'])}".split())
        return _rest(whole, plain, time, says=non.group().lower())
    if positive is None:
        return None
    if many:
        rest = _COUNT.match(positive)
        assert rest is not None
        words = rest["rest"].split()
        at = verb_at(words, 1)
        place = next((i for i, word in enumerate(words) if word.lower() in {"with", "have"}), at)
        whole = " ".join(words[: min(at, place)])
        return _rest(f"How many {whole}", f"How many {rest['rest']}", time) if min(at, place) < len(words) else None
    if much and not is_plural(much["part"]):
        whole = bare(much["whole"])
        part = re.sub(r"^(?:total |overall )?", lambda total: f"{total.group()}{much['part']} ", whole, count=1)
        return _rest(f"the {whole}", f"the {part}", time)
    amount = _AMOUNT.match(positive)
    if amount:
        return _rest(f"How much {amount['whole'].strip()}", positive, time)
    if not _SHARE.match(text):
        return None
    part_of = share(Heard(positive, heard.unit, heard.terse))
    if part_of is None:
        return None
    counts = Operation("rest_share", part_of.operands[::-1], part_of.given[::-1], "%", False)
    wording = ask(dated(re.sub(r"^(?:the )?(?=share|percentage|proportion)", "what ", positive, flags=re.I), time))
    says = "without" if re.search(r"\bwithout\b", text, re.I) else ""
    given = (stated("100%"), None)
    return Operation("rest", ("100%", wording), given, "%", bool(says), says=says, otherwise=counts)


def _positive(text: str) -> str | None:
    """The question without its negation, None where it has none."""
    for pattern, instead in _NEGATIONS:
        if pattern.search(text):
            return pattern.sub(instead, text, count=1)
    return None
