"""Questions that put figures together, or give one in another unit: sums, averages, products, conversions.

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re

from assistant.calculation.grammars.differences import BE
from assistant.calculation.grammars.noun_phrases import conjuncts, pair
from assistant.calculation.grammars.operation import Heard, Operation, build, is_unit, leading_unit, stated
from assistant.query.wording.parts_of_speech import AUXILIARIES, PREPOSITIONS, head, is_metric, verb_at
from assistant.query.wording.periods import take_time, years
from corpus.figure import unit_factor

_TOGETHER = re.compile(
    r",?\s*\b(?:combined|taken together|added together|put together|together|altogether|all told|summed up|added up|"
    r"in aggregate|in sum|jointly|cumulatively)\b,?\s*",
    re.I,
)
_IN_TOTAL = re.compile(r",?\s*\b(?:in total|in all|overall)\b,?\s*", re.I)
_SUM_OF = re.compile(
    r"^(?:the )?(?:sum|grand total|aggregate|combined total|total|sum total) (?:of|for) (?:the )?", re.I
)
_TOTAL = re.compile(r"^(?:the )?(?:combined|total|overall|aggregate|cumulative|joint) ", re.I)
_ADD = re.compile(r"(?:^|\bif (?:you|we|one) )(?:add|sum)(?:ing)?(?: up)? (?!of )(?P<list>.+?)(?:,? what .+)?$", re.I)
_COMES_TO = re.compile(
    r"(?:what|how much) (?:do|does|did) (?P<list>.+?) (?:come|amount|add|add up|sum up|sum|total)(?: up)?(?: to)?$",
    re.I,
)
_MEAN = re.compile(
    r"^(?:the )?(?:arithmetic )?(?:average|mean|avg\.?) (?:of |value of )?(?:the )?|,?\s*\bon average\b,?\s*", re.I
)
_EITHER = re.compile(r"(?P<before>how (?:many|much) .+?) either (?P<a>.+?) or (?P<b>.+)$", re.I)
_WHAT = re.compile(rf"^what {BE} ", re.I)
# What is added up before it is said what is asked of it: "A plus B: what sales did they make in 2023".
_LISTED = re.compile(r"(?P<list>[^:]+? (?:plus|and|\+|&) [^:]+): ?(?P<asked>.+)$", re.I)
_ASKED_OF = re.compile(
    r"(?:(?:(?:what|which)(?: (?:is|are|was|were))?|how (?:much|many))\b ?)?(?:the |their |its )?"
    r"(?P<metric>.*?)"
    r"(?: (?:do|does|did|is|are|was|were|has|have|had|come|comes|add|makes?|there|they|together|of|in)\b.*)?$",
    re.I,
)
_PRONOUNS = frozenset("it that this those they there sum total combined joint figure value amount altogether".split())
_BARE = frozenset("new existing old former other current permanent temporary direct indirect internal external".split())
_SCOPES = re.compile(r"scope \d$", re.I)
# One who acts, not two things counted: "sold by A and B", "does the audit and risk committee".
_AGENTS = re.compile(
    r"\b(?:does|has) the (?:[\w-]+ )+and |\b(?:\w+ed|made|held|given|taken|sold|bought|built|kept) by [^,]+ and ", re.I
)
_PERCENT_OF = re.compile(
    r"(?:how (?:much|many) (?:is|are) )?(?P<a>[\d.,]+ ?(?:%|percent|per cent)) of (?P<b>.+)$", re.I
)
_PRODUCT = (
    re.compile(r"(?:the )?product of (?P<a>.+?) and (?P<b>.+)$", re.I),
    re.compile(r"(?:multiply )?(?P<a>.+?) (?:multiplied by|×|\*) (?P<b>.+)$", re.I),
    re.compile(
        r"(?P<a>.*\w) (?<!'s )(?<!many )(?<!and )(?<!or )(?-i:times) "
        r"(?P<b>(?!at|on|in|of|for|and|per|is|are|was|were)\w.+)$",
        re.I,
    ),
)
_HOW_MANY_IS = re.compile(rf"how (?:many|much) (?P<unit>.+?) {BE} (?P<a>.+)$", re.I)
# "How many days of X" asks for what a report states in days, or as a share.
_LOOKED_UP = ("", "%", "pp", "h", "min", "day", "month", "year", "m")
_TOLD = re.compile(r"(?:express|convert|restate|give|show|state|turn) (?P<a>.+)$", re.I)


def total(heard: Heard) -> Operation | None:
    """Read "A and B together", "the sum of A, B and C", "A plus B", "what do A and B add up to"."""
    text = heard.text
    listed = _listed(heard)
    if listed:
        return listed
    either = _EITHER.match(text)
    if either:
        undated, time = take_time(either["b"])
        sides = [f"{either['before']} {side}" for side in pair(either["a"], undated)]
        return build("sum", sides, unit=heard.unit, time=time, direct=True)
    add, comes = _ADD.search(text), _COMES_TO.match(take_time(_TOGETHER.sub(" ", text).strip())[0])
    if add:
        text = add["list"] if re.search(r" and |, ", add["list"]) else add["list"].replace(" to ", " and ", 1)
    elif comes:
        text = f"{comes['list']} {take_time(_TOGETHER.sub(' ', text).strip())[1]}".strip()
    plain = _TOGETHER.sub(" ", text).strip()
    plus = bool(re.search(r"[^,]\s(?:plus|\+)\s(?!any\b)", text))
    strong = bool(add or comes or plus or plain != text or _SUM_OF.match(text))
    plain = _TOTAL.sub("", _SUM_OF.sub("", _IN_TOTAL.sub(" ", plain).strip()))
    if not strong and (plain == text or _AGENTS.search(text)):
        return None
    undated, time = take_time(plain)
    lookups, unit = parts(undated)
    if len(lookups) < 2 or any(map(_ends_in_adjective, lookups)):
        return None
    return build("sum", lookups, unit=heard.unit or unit, time=time, direct=not (plus or add))


def _ends_in_adjective(lookup: str) -> bool:
    """Whether an adjective stands for a thing after a preposition: "suppliers surveyed in new"."""
    words = lookup.lower().split()
    return len(words) > 1 and words[-2] in PREPOSITIONS and words[-1] in _BARE


def _listed(heard: Heard) -> Operation | None:
    """Read "A plus B: what sales did they make in 2023", "A and B: total sales in 2023"."""
    text, time = take_time(heard.text)
    match = _LISTED.match(text)
    asked = _ASKED_OF.match(match["asked"]) if match else None
    if not match or not asked or re.match(r"how (?!much|many)|by\b|when|where|who|why", match["asked"], re.I):
        return None
    listed, own_time = take_time(match["list"])
    metric = re.sub(r"^(?:total|combined|joint|overall)\b ?", "", asked["metric"], flags=re.I).strip()
    unit, of_it = leading_unit(f"{metric} of") if metric else ("", "")
    if is_unit(metric):
        unit, metric = metric, ""
    elif unit:
        metric = of_it.removesuffix(" of")
    if _PRONOUNS & set(metric.lower().split()):
        metric = ""
    sides = [side if not metric or is_metric(head(side)) else f"{metric} of {side}" for side in conjuncts(listed)]
    sides = [f"{side} emissions" if _SCOPES.match(side) else side for side in sides]
    return build("sum", sides, unit=heard.unit or unit, time=time or own_time) if len(sides) > 1 else None


def average(heard: Heard) -> Operation | None:
    """Read "the average of A, B and C", "mean A over 2021 to 2023"."""
    plain = _MEAN.sub("", heard.text)
    if plain == heard.text:
        return None
    undated, time = take_time(_WHAT.sub("", plain))
    lookups, unit = parts(undated)
    if len(lookups) < 2:
        return None
    return build("average", lookups, unit=heard.unit or unit, time=time, direct=True)


def parts(text: str) -> tuple[list[str], str]:
    """Split a question over a coordination or a range of years.

    Returns:
        A lookup for each part, with the question word and the verb of the whole, and the unit that the question counts
        in ("how many tonnes of A and B"). One lookup when there is nothing to split.
    """
    text = re.sub(rf"^how (?:much|large|big|high) {BE} (?!there\b)(.+?)(?: worth)?$", r"\1", text, flags=re.I)
    lead = re.match(r"(how (?:many|much)) (.+)$", text, re.I)
    if not lead:
        return years(text) or conjuncts(text), ""
    body = lead[2]
    split = years(body) or _coordinated(body)
    return [f"{lead[1].capitalize()} {part}" for part in split], leading_unit(body)[0]


def _coordinated(clause: str) -> list[str]:
    """The clause for each part of its coordination: "cars and vans were sold", "money did donors and firms give"."""
    words = clause.split()
    joint = next((i for i, word in enumerate(words) if word.lower() in {"and", "&", "plus", "+"}), 0)
    asked = next((i + 1 for i, word in enumerate(words[:joint]) if word.lower() in AUXILIARIES), 0)
    before, rest = words[:asked], words[asked:]
    last = max((i + 1 for i, word in enumerate(rest) if word.lower() in {"and", "&", "plus", "+"}), default=0)
    end = last + verb_at(rest[last:], 1, loose=True)
    parts = conjuncts(" ".join(rest[:end]))
    if len(parts) < 2:
        return [clause]
    return [" ".join([*before, part, *rest[end:]]) for part in parts]


def product(heard: Heard) -> Operation | None:
    """Read "15% of A", "A multiplied by B"."""
    text, time = take_time(heard.text)
    patterns = (_PERCENT_OF, *_PRODUCT) if not re.match(r"how\b|what\b", text, re.I) else (_PERCENT_OF,)
    match = next((match for pattern in patterns if (match := pattern.match(text))), None)
    if not match:
        return None
    return build("product", match.group("a", "b"), unit=heard.unit, time=time)


def convert(heard: Heard) -> Operation | None:
    """Read "A in RMB million", "express A in tonnes", "how many kilograms is 3.2 tonnes"."""
    many = re.match(r"how (?:many|much) (?P<body>.+)$", heard.text, re.I)
    unit, rest = leading_unit(many["body"]) if many else ("", "")
    given = _HOW_MANY_IS.match(heard.text)
    if given and is_unit(given["unit"]) and stated(given["a"]):
        return build("convert", (given["a"],), unit=given["unit"])
    if unit and not heard.unit and unit_factor(unit)[0] not in _LOOKED_UP:
        undated, time = take_time(rest)
        return build("convert", (f"How much {undated}",), unit=unit, time=time, direct=True)
    if not heard.unit or re.search(r"%|percent|per cent|point", heard.unit, re.I):
        return None
    text, time = take_time(heard.text)
    told = _TOLD.match(text)
    return build("convert", (told["a"] if told else text,), unit=heard.unit, time=time, direct=not told)
