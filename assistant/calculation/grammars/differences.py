"""Questions that set one figure against another: differences, and how many times as much.

Each rule reads a question and gives an operation or None. This module does not know any report.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.calculation.grammars.noun_phrases import conjuncts, opposed, pair
from assistant.calculation.grammars.operation import Heard, Operation, build, is_unit, leading_unit
from assistant.query.wording.parts_of_speech import AUXILIARIES, PREPOSITIONS, bare, head, is_metric, verb_at
from assistant.query.wording.periods import NAMED, PERIOD, PREVIOUS, YEAR, periods, take_time, with_year, year_before

BE = r"(?:is|are|was|were)"
DO = r"(?:do|does|did)"
PERCENT = r"(?:percentage|percent|per cent|pct|%|proportion|share)"
EXCEED = r"(?:exceed|surpass|outstrip|outweigh|outperform|beat)"
LESS = frozenset("fewer less lower smaller shorter lighter worse younger narrower weaker cheaper slower".split())
_MORE = frozenset(
    "more higher larger bigger greater longer heavier better older wider stronger costlier faster taller richer".split()
)
COMPARATIVE = rf"(?:{'|'.join(sorted(LESS | _MORE))})"
_HOW = r"(?P<by>by )?how (?:much|far|many (?P<unit>[\w% -]+?))"
_TRAIL = r"(?:trail|lag(?: behind)?|fall short of|undershoot|underperform|miss)"
_ABOVE = r"(?:above|ahead of|in excess of)"
_BELOW = r"(?:below|behind|short of)"
_GAP = r"(?:difference|gap|spread|delta|disparity|differential)"
_BETWEEN = re.compile(
    rf"(?:the )?(?:(?P<kind>.*?) )??{_GAP}(?: in (?P<metric>.+?))? between (?P<sides>.+ and .+)$|"
    rf"(?:by )?how (?:much|far|many (?P<unit>[\w% -]+?)) (?:separates?|(?:lies? |is )between) (?:the )?"
    r"(?P<separated>.+ and .+)$",
    re.I,
)
_VERSUS = re.compile(rf"(.+?) (?:vs\.?|versus|and) (.+?) {_GAP}$", re.I)
_MINUS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?P<a>.+?) minus (?P<b>.+)$",
        r"(?:subtract|deduct|take)(?:ing)? (?P<b>.+?) (?:away )?from (?P<a>.+)$",
        r"(?:(?:what(?:'s| is| was) )?left|what remains|(?:the )?remainder) of (?P<a>.+?) (?:after|once) "
        r"(?:(?:deducting|subtracting|paying|removing) )?(?P<b>.+)$",
        r"(?P<a>.+?) (?:after|net of) (?:deducting|subtracting) (?P<b>.+)$",
        r"(?:the )?(?:excess|surplus) of (?P<a>.+?) over (?P<b>.+)$",
    )
)
_PERIODS_MINUS = re.compile(
    rf"(?P<metric>.+?)[:,]? (?:in )?(?P<a>{PERIOD}) (?:minus|less) (?:in )?(?P<b>{PERIOD})$", re.I
)
_TERSE_MINUS = tuple(
    re.compile(pattern, re.I)
    for pattern in (r"(?P<a>[^\d].*?) - (?P<b>[^\d].*)$", r"(?P<a>[\w&' -]+?) less (?P<b>(?!than\b)[^,]+)$")
)
_EXCEEDS = tuple(
    (re.compile(pattern, re.I), lower)
    for pattern, lower in (
        (rf"{_HOW} {DO} (?P<a>.+?) {EXCEED} (?P<b>.+?)(?: by)?$", False),
        (rf"{_HOW} {DO} (?P<a>.+?) {_TRAIL} (?P<b>.+?)(?: by)?$", True),
        (rf"{_HOW} {BE} (?P<a>.+?) {_ABOVE} (?P<b>.+)$", False),
        (rf"{_HOW} {BE} (?P<a>.+?) {_BELOW} (?P<b>.+)$", True),
        (rf"{_HOW} {_ABOVE} (?P<b>.+?) {BE} (?P<a>.+)$", False),
        (rf"{_HOW} {_BELOW} (?P<b>.+?) {BE} (?P<a>.+)$", True),
        (rf"{_HOW} {BE} (?P<a>.+?) (?P<word>{COMPARATIVE}) than (?P<b>.+)$", False),
    )
)
_SAME_PERIOD = re.compile(
    r"\bthe (?:same|corresponding|equivalent) (?:period|quarter|half|months|date|time) (?:of|in) (?P<year>20\d\d)",
    re.I,
)
_AGAINST = re.compile(
    rf"^((?:by )?how (?:much|many|far)\b.*?\b{COMPARATIVE}\b.*?) (?:vs\.?|versus|against|compared (?:with|to)) ", re.I
)
_TIMES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"how many times as \w+ as (?P<b>.+?) {BE} (?P<a>.+)$",
        rf"how many times as \w+ {BE} (?P<a>.+?) as (?P<b>.+)$",
        rf"how many times (?P<b>(?!(?:as|an?|per|each|has|have|had|{BE}|{DO}|{COMPARATIVE})\b).+?) {BE} "
        r"(?P<a>(?!.*ed$).+)$",
        rf"(?P<a>.+?) {BE} (?:how many times|what multiple of)(?: as \w+ as| \w+er than)? (?P<b>.+)$",
        rf"(?:what|which) multiple of (?:its )?(?P<b>.+?) {BE} (?P<a>.+)$",
        rf"by (?:what|which|how large a) (?:factor|multiple) {DO} (?P<a>.+?) {EXCEED} (?P<b>.+)$",
        rf"by (?:what|which) (?:factor|multiple) {BE} (?P<a>.+?) {COMPARATIVE} than (?P<b>.+)$",
        r"(?:express )?(?P<a>.+?) as a multiple of (?P<b>.+)$",
    )
)


def times(heard: Heard) -> Operation | None:
    """Read "how many times as large as B is A", "by what factor does A exceed B", "A is how many times B"."""
    text, time = _dated_than(heard.text)
    as_many = re.match(r"how many times as (many|much) (.+?) as (.+)$", text, re.I)
    if as_many:
        text = f"how {as_many[1]} times more {as_many[2]} than {as_many[3]}"
    compared = compare(text) if re.match(rf"how (?:many|much) times {COMPARATIVE}\b", text, re.I) else None
    if compared is not None:
        left, right, lower = compared
        return build("times", (right, left) if lower else (left, right), unit="times", time=time)
    for pattern in _TIMES:
        match = pattern.match(text)
        if match:
            return build("times", pair(match["a"], match["b"]), unit="times", time=time)
    earlier, later, rest = periods(heard.text)
    grown = re.match(
        rf"(?:by (?:what|which) (?:factor|multiple)|how many times) (?:{DO}|has|have) (.+?) \w+$", rest, re.I
    )
    if grown and len(NAMED.findall(heard.text)) > 1:
        return build("times", (f"{grown[1]} in {later}", f"{grown[1]} in {earlier}"), unit="times")
    return None


def difference(heard: Heard) -> Operation | None:
    """Read "the gap between A and B", "how much higher is A than B", "by how much does A exceed B", "A minus B"."""
    heard = replace(heard, text=_AGAINST.sub(r"\1 than ", heard.text))
    return _gap(heard) or _minus(heard) or _exceeds(heard) or _more(heard)


def _gap(heard: Heard) -> Operation | None:
    text, time = take_time(heard.text)
    text = re.sub(r"\band (?:those|that) (?=(?:of|in|for|at|from)\b)", "and ", text, flags=re.I)
    match = _BETWEEN.match(text)
    if match:
        both = match["sides"] or match["separated"]
        sides = conjuncts(re.sub(r"\bthose (?=\w+ing\b|with\b|who\b|that\b)", f"{bare(both).split()[0]} ", both))
        kind = re.sub(r"^(?:\w+ )*?(?:percentage|point|absolute|exact|overall) ?", "", match["kind"] or "", flags=re.I)
        metric = match["metric"] or (kind if kind and is_metric(kind.split()[-1]) else "")
        if len(sides) != 2 or re.search(r"\b(?:main|major|key|biggest|basic)$", match["kind"] or "", re.I):
            return None
        if metric:
            sides = [f"{metric} {'in' if re.match(YEAR, side, re.I) else 'of'} {side}" for side in sides]
        unit = heard.unit or match["unit"] or ""
        return build("difference", sides, unit=unit, time=time, sense="size", direct=metric == kind != "")
    versus = _VERSUS.match(text)
    if versus and not re.match(r"how\b", text, re.I):
        return build("difference", opposed(versus[1], versus[2]), unit=heard.unit, time=time, sense="size")
    return None


def _minus(heard: Heard) -> Operation | None:
    between = _PERIODS_MINUS.match(heard.text)
    if between and heard.terse:
        sides = [f"{between['metric']} in {between[side]}" for side in ("a", "b")]
        return build("difference", sides, unit=heard.unit)
    text, time = take_time(heard.text)
    for pattern in (*_MINUS, *(_TERSE_MINUS if heard.terse else ())):
        match = pattern.match(text)
        if match and not re.match(r"how\b", text, re.I):
            stated = "after" in text
            return build("difference", pair(match["a"], match["b"]), unit=heard.unit, time=time, direct=stated)
    return None


def _exceeds(heard: Heard) -> Operation | None:
    text, time = take_time(heard.text)
    for pattern, lower in _EXCEEDS:
        match = pattern.match(text)
        if not match or not (match["by"] or not match["unit"] or is_unit(match["unit"])) or NAMED.fullmatch(match["b"]):
            continue
        if verb_at(match["a"].split(), 0) < len(match["a"].split()):
            continue
        lower = lower or match.groupdict().get("word", "").lower() in LESS
        unit, of = leading_unit(match["unit"] or "")
        if unit:
            sides = pair(f"{of} of {bare(match['a'])}", f"{of} of {bare(_resolved(match['a'], match['b']))}")
            return _ordered(*sides, lower, unit, heard, time)
        return _ordered(*pair(match["a"], _resolved(match["a"], match["b"])), lower, match["unit"] or "", heard, time)
    return None


def _more(heard: Heard) -> Operation | None:
    text, time = _dated_than(heard.text)
    measured = re.match(rf"(?:by )?how (?:many|much) ([\w% -]+?) (?={COMPARATIVE} )", text, re.I)
    unit = ""
    if measured and is_unit(measured[1]):
        unit, text = measured[1], "how much " + text[measured.end() :]
    closing = re.search(r",? in (?:percent|per cent|%)$", text)
    if closing:
        unit, text = "%", text[: closing.start()]
    compared = compare(text)
    return None if compared is None else _ordered(*compared, unit, heard, time)


def _ordered(left: str, right: str, lower: bool, unit: str, heard: Heard, time: str) -> Operation | None:
    """A minus B, or B minus A where A is said to be lower; in percent, how far A lies from B relative to B."""
    unit = heard.unit or leading_unit(unit)[0] or unit
    if re.fullmatch(PERCENT, unit, re.I):
        return build("growth", (right, left), unit="%", time=time, sense="fall" if lower else "signed")
    return build("difference", (right, left) if lower else (left, right), unit=unit, time=time)


def _dated_than(text: str) -> tuple[str, str]:
    """Take the closing period off, unless it is what stands after "than"."""
    return (
        (text, "")
        if re.search(rf"\b(?:than|compared (?:with|to)) (?:\w+ )?(?:{PERIOD}|{PREVIOUS})$", text, re.I)
        else take_time(text)
    )


def compare(text: str) -> tuple[str, str, bool] | None:
    """What "how much more A than B" compares.

    Returns:
        What stands before and after "than", each as a lookup of its own, and whether the first is said to be less.
    """
    match = re.match(
        rf"(?:by )?how (much|many)(?: times)? ({COMPARATIVE}) (.+?) (?:than|compared (?:with|to)) (.+)$", text, re.I
    )
    if not match:
        return None
    quantity, word, left = match[1].lower(), match[2].lower(), match[3]
    right = re.sub(rf" {DO}$", "", match[4])
    period = NAMED.search(left)
    if period:
        right = _SAME_PERIOD.sub(lambda same: with_year(period.group(), same["year"]), right)
    if re.fullmatch(rf"(?:in )?(?:the )?{PREVIOUS}", right, re.I):
        right = f"in {year_before(period.group())}" if period else "in the previous year"
    first = left.split()[0].lower()
    if re.match(f"{BE} .", left, re.I) or not (word in {"more", "less", "fewer"} or first in AUXILIARIES):
        left = re.sub(f"^{BE} ", "", left, flags=re.I)
        pairing = _substituted(left, right) or pair(left, _resolved(left, right))
    else:
        pairing = _counted(f"How {quantity}", left, right)
    return *pairing, word in LESS


def _counted(lead: str, left: str, right: str) -> tuple[str, str]:
    """Both sides of "how many more LEFT than RIGHT", whichever of them carries the verb."""
    words = left.split()
    start = 0 if words[0].lower() in AUXILIARIES else 1
    if verb_at(words, start, loose=True) == len(words) and right.split()[0].lower() not in PREPOSITIONS:
        after = right.split()
        at = verb_at(after, 1, loose=True)
        sides = pair(left, " ".join(after[:at]))
        a, b = (" ".join([lead, side, *after[at:]]) for side in sides)
        return a, b
    a, b = _substituted(left, right) or (left, _other_subject(left, right))
    return f"{lead} {a}", f"{lead} {b}"


def _substituted(left: str, right: str) -> tuple[str, str] | None:
    """Both sides when RIGHT is a place or time that takes the place of one in LEFT: "than in 2022", "than 2022"."""
    if re.fullmatch(PERIOD, right, re.I):
        right = f"in {right}"
    words, other = left.split(), right.split()
    if other[0].lower() in AUXILIARIES and len(other) > 1:
        at = verb_at(words, 1)
        return (left, " ".join([*words[:at], *other])) if at < len(words) else None
    if other[0].lower() not in PREPOSITIONS or len(other) < 2:
        return None
    period = NAMED.search(left) if NAMED.search(right) else None
    if period:
        whole = NAMED.sub("\0", right)
        alike = re.search(re.escape(whole).replace("\0", NAMED.pattern), left, re.I)
        start, new = (alike.start(), right) if alike else (period.start(), " ".join(other[1:]))
        return left, left[:start] + new + left[period.end() :]
    places = [i for i, word in enumerate(words) if word.lower() in PREPOSITIONS and i]
    same = [i for i in places if words[i].lower() == other[0].lower()]
    if not places or (NAMED.search(right) and not same):
        return left, f"{left} {right}"
    at = (same or places)[-1]
    end = verb_at(words, at + 1) if words[0].lower() not in AUXILIARIES else len(words)
    return left, " ".join([*words[:at], *other, *words[end:]])


def _resolved(left: str, right: str) -> str:
    """RIGHT with "that of" replaced by what it stands for."""
    right = re.sub(r"^what ", "", right, flags=re.I)
    match = re.match(r"(?:that|those) (of|in|for|at|from) (.+)$", right, re.I)
    if not match:
        return right
    of = re.search(rf"^(.+?) {match[1]} ", left)
    return f"{of[1] if of else head(left)} {match[1]} {match[2]}"


def _other_subject(left: str, right: str) -> str:
    """LEFT with the subject between its auxiliary and its verb replaced: "water did the first plant use"."""
    words = left.split()
    at = next((i for i, word in enumerate(words[:-1]) if word.lower() in AUXILIARIES), None)
    return " ".join([*words[: at + 1], right, words[-1]]) if at is not None else right
