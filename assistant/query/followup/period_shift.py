"""The time of an earlier question exchanged for another: "a year earlier?", "in the second quarter?", "by May?".

What the new time leaves out is kept: a year alone leaves the quarter as it is, a quarter alone the year. General
English; this module does not know what is asked of the time.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_COUNTS = ("one", "two", "three", "four", "five")
_ORDINALS = ("first", "second", "third", "fourth")
_YEAR = r"(?:(?i:fiscal|financial) )?(?:(?i:years?) )?(?:19|20)\d\d\b(?:/\d\d)?"
_COUNT = r"(?:three|six|nine|twelve|3|6|9|12)"
_ATOM = (
    rf"(?:{_YEAR}|(?i:q[1-4]|h[12]|fy ?['’]?\d\d(?:\d\d)?)\b"
    rf"|(?i:(?:first|second|third|fourth|last|final|same) (?:fiscal )?(?:quarter|half|period|{_COUNT} months))\b"
    rf"|(?i:{_COUNT}[- ]months?)\b|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?"
    r"|(?i:(?:end|beginning|start|close) of(?: the)? year)\b)"
)
_LED = (
    r"(?:(?i:in|on|at|for|during|over|by|as of|until|since|through) )?(?i:the )?"
    r"(?:(?i:end|beginning|start|close) (?i:of) )?(?i:the )?"
)
_JOIN = r"(?:,? (?i:(?:of|ended|ending|to|in|the|up to|as of) )*|, )"
_TIME = re.compile(rf"(?<![\w'’-]){_LED}{_ATOM}(?:{_JOIN}{_ATOM})*(?![\w-])")
_LEAD = re.compile(r"(?:in|on|at|for|during|over|by|as of|until|since|through) ", re.I)
_BARE_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d|\d)")
_QUARTER = re.compile(
    r"(?<=\b[qQ])(?P<digit>[1-4])\b|\b(?P<word>(?i:first|second|third|fourth))(?= (?i:(?:fiscal )?quarter)\b)"
)
_SAME = re.compile(r"\bsame (?:quarter|period|half|time|months?|day|date)\b", re.I)
_STEP = re.compile(
    r"(?:(?:in|for|at|during) )?(?:the same (?:quarter|period|half|time|months?)(?: of| in)? )?"
    r"(?:(?:the |a |one )?(?:(?P<earlier>previous|prior|preceding|last)|(?P<later>next|following|subsequent))"
    r" (?P<unit>year|quarter)"
    r"|(?:(?:the|a|(?P<count>one|two|three|four|five)) )?(?P<named>year|quarter)s?"
    r" (?:(?P<before>before|earlier|ago|prior)|(?P<after>after|later))"
    r"(?: (?:that|this|then|it))?)",
    re.I,
)


def time_of(question: str) -> str:
    """The time that a question names, with its preposition: "in the third quarter of 2023"; empty where it has none."""
    found = _TIME.search(question)
    return found[0].strip() if found else ""


def timeless(text: str) -> str:
    """A text without the times that it names."""
    return " ".join(_TIME.sub("", text).split())


def without_time(question: str) -> str:
    """A question without the time that it names last, where that ends it."""
    asked = question.rstrip("?. ")
    last = next((found for found in _TIME.finditer(asked) if found.end() == len(asked)), None)
    return asked[: last.start()].rstrip(" ,") if last and last.start() else asked


def retimed(about: str, earlier: str, told: str = "") -> str:
    """The earlier question with its time exchanged.

    Args:
        about: What is asked about now, without a question mark.
        earlier: The question before, likewise.
        told: A year that the answer's figure is of, used where the earlier question names none.

    Returns:
        The earlier question at the other time, without a question mark; empty where `about` is no time.
    """
    step = _STEP.fullmatch(about)
    if step:
        return _stepped(step, earlier, told)
    if not _TIME.fullmatch(about):
        return ""
    year = _BARE_YEAR.search(about)
    alone = year and re.fullmatch(rf"(?:in |for |during )?(?:the )?(?:{_YEAR})", about)
    if year and (alone or _SAME.search(about)):
        return _in_year(earlier, year[0])
    now = _TIME.search(earlier)
    if not now:
        return f"{earlier} {about}"
    same = re.search(_YEAR, now[0])
    if not year and same:
        about += f" of {same[0]}"
    led = _LEAD.match(now[0])
    if led and not _LEAD.match(about):
        about = led[0] + about
    return f"{earlier[: now.start()]}{about}{earlier[now.end() :]}"


def between(first: str, second: str) -> str:
    """The span "between 2021 and 2023" of two questions that differ in nothing but their times, or nothing."""
    times = [time_of(first), time_of(second)]
    if not all(times) or times[0] == times[1] or timeless(first) != timeless(second):
        return ""
    years = [max(_BARE_YEAR.findall(time), default="") for time in times]
    early, late = times[::-1] if years[1] < years[0] else times
    return f"between {_LEAD.sub('', early)} and {_LEAD.sub('', late)}"


def _in_year(earlier: str, year: str) -> str:
    """The earlier question about another year: its time is kept but for the year."""
    if _BARE_YEAR.search(earlier):
        return _BARE_YEAR.sub(year, earlier, count=1)
    return f"{earlier} in {year}"


def _stepped(step: re.Match[str], earlier: str, told: str) -> str:
    """The earlier question a year or a quarter before or after."""
    many = _COUNTS.index(step["count"].lower()) + 1 if step["count"] else 1
    by = -many if step["earlier"] or step["before"] else many
    named = _BARE_YEAR.search(earlier)
    year = named[0] if named else told
    if (step["unit"] or step["named"]).lower() == "year":
        return _in_year(earlier, str(int(year) + by)) if year else f"{earlier} {step[0]}"
    quarter = _QUARTER.search(earlier)
    if not quarter:
        return ""
    number = int(quarter["digit"]) if quarter["digit"] else _ORDINALS.index(quarter["word"].lower()) + 1
    then = (number + by - 1) % 4 + 1
    text = str(then) if quarter["digit"] else _ORDINALS[then - 1]
    moved = f"{earlier[: quarter.start()]}{text}{earlier[quarter.end() :]}"
    over = (number + by - then) // 4
    return _in_year(moved, str(int(year) + over)) if over and year else moved
