"""A follow-up becomes a question that stands on its own: "And in 2022?" after "What was net profit in 2023?".

What is carried is taken from the earlier question and its answer. General English only; this module does not know any
report, and a question that stands on its own is left as it is.
"""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.antecedent import antecedent, asked_of, counted, done_by, topic

_OPENING = re.compile(r"^(?:(?:and|also|so|ok(?:ay)?|then|but|thanks|thank you)\b[,.! ]*)+", re.I)
_ABOUT = re.compile(r"^(?:what|how) about\b[, ]*|^(?:the )?same (?:question )?for\b[, ]*", re.I)
_QUESTION = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?:its|their|his|her)\b|\b(?:it|they|them|he|she|him|those|these|ones?)\b"
    # "is there a plan" speaks of no place
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )(?<!^)\bthere\b"
    r"|\b(?:that|this)\b(?= (?:one|per|in|for|as|compared?|to|from|by|is|was|a|the|much|many|mean|work)\b|$|[?,.])"
    r"|\b(?:that|this|these|those|the same) "
    r"(?:plan|programme|program|project|plant|factory|site|award|prize|figure|number|total|amount|share|rate|company"
    r"|brand|model|product|event|place|team|system|target|goal|certificate|person|year)\b",
    re.I,
)
# "How many were sold?" asks of what was counted before.
_BARE_COUNT = re.compile(r"^how many (?:is|are|was|were)\b", re.I)
# "Where?", "since when?", "for how long?": all else is carried.
_BARE = re.compile(
    r"^(?:(?:since|until|for|by|to|from) )?(?:where|when|why|who|what for|how(?: (?:long|far|often|much|many))?)$", re.I
)
# "How many hours in all?", "with how many ships?": what is counted, of what was asked before.
_MEASURES = (
    "hours|days|weeks|months|years|times|people|persons|employees|participants|visitors|units|pieces|tons|tonnes"
    "|countries|cases|sessions|kilometres|kilometers|litres|liters|points|percent"
)
_VERBLESS = re.compile(
    rf"^(?:(?:with|for|in|by|to|from|at|of|on|over) (?:how (?:many|much)|what|which)(?: [\w-]+){{1,3}}"
    rf"|(?:how (?:many|much)|what|which)(?: [\w-]+){{0,3}} (?:in all|in total|altogether|together|exactly|overall)"
    rf"|how many (?:{_MEASURES}))$",
    re.I,
)
# "Who came?", "how many employees took part?": to, in or of what was asked before.
_TOOK_PART = re.compile(
    r"^(?P<who>who|how many(?: [\w-]+){0,2}?|what share(?: of [\w-]+)?) (?P<verb>came|attended|took part|participated"
    r"|joined|showed up|signed up|applied|responded|answered|competed|spoke)$",
    re.I,
)
_PREPOSITIONS = {"came": "to", "took part": "in", "participated": "in", "showed up": "at", "signed up": "for"} | {
    "applied": "for",
    "responded": "to",
    "competed": "in",
    "spoke": "at",
}
_SESSIONS = re.compile(r"^(?:sessions?|numbers?|rounds?|hours?|cases?|kinds?|types?|series) of ", re.I)
# "How much carbon is that?": the same, in another measure.
_THAT_MUCH = re.compile(r"^(how (?:much|many)(?: [\w-]+){1,3}) (?:is|are|was|were) (?:that|this|it|those|these)$", re.I)
_PREPOSITION = re.compile(r"^(?:for|in|at|of|by|with|to|from|on|among|during)\b ", re.I)
_YEAR = re.compile(r"\b(?:in |for |during )?((?:19|20)\d\d)\b")
_YEAR_BEFORE = re.compile(
    r"^(?:(?:in|for) )?(?:(?:a|one|the) year (?:earlier|before|ago|prior)|the (?:previous|prior) year)$", re.I
)
_NAME = re.compile(r"\b(?=\w*[A-Z0-9])[A-Z0-9][\w&.-]*(?: (?=\w*[A-Z0-9])[A-Z0-9][\w&.-]*)*")
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Q[1-4]|H[12])\b"
)
# A count or a measure that another can stand for: what is counted goes up to a verb or a preposition.
_MEASURED = re.compile(
    r"(how (?:many|much) |(?:what|how (?:high|large|big)) (?:is|are|was|were) (?:the )?)"
    r"((?:(?!of\b)[\w&/-]+ )*?(?!of\b)[\w&/-]+)"
    r"((?: (?:is|are|was|were|do|does|did|has|have|had|took|came|work|live|in|at|for|during|by|on)\b.*)?)$",
    re.I,
)
# "What did the mill save?", "where was the mill built?": who did or underwent it stands between auxiliary and verb.
_DONE_BY = re.compile(
    r"^((?:what|when|where|why|how(?: \w+)?)(?: (?:do|does|did|was|were|is|are))) (?:the )?(.+?)"
    r"((?: \w+)(?: (?:in|at|for|during|by|on|to|from) .+)?)$",
    re.I,
)
_APPENDED = re.compile(
    r"^(?:per|as a (?:share|percentage|proportion)|in (?:percent|total|all)|on average|a head)\b", re.I
)


def is_followup(question: str) -> bool:
    """Whether a question leans on what was asked before."""
    text = question.strip()
    rest = _OPENING.sub("", text)
    bare = rest.strip(" ?.!")
    if _ABOUT.search(rest) or _BARE_COUNT.search(rest) or _PRONOUN.search(text):
        return True
    if _BARE.match(bare) or _VERBLESS.match(bare) or _TOOK_PART.match(bare):
        return True
    if rest != text and len(rest.split()) <= 12 and not re.match(r"thank", text, re.I):
        return True
    return len(rest.split()) <= 4 and not _QUESTION.search(rest) and rest.endswith("?")


def resolve(question: str, earlier: str, answer: Answer) -> str:
    """Complete a follow-up from the question before it.

    Args:
        question: As asked.
        earlier: The question before, complete in itself.
        answer: What was answered to it.

    Returns:
        The question with its pronouns and gaps filled, or as it is when it stands on its own.
    """
    if not is_followup(question):
        return question
    rest = _OPENING.sub("", question.strip()).strip()
    bare = _ABOUT.sub("", rest).strip(" ?.!")
    if _BARE.match(bare):
        return asked_of(bare, earlier)
    part = _TOOK_PART.match(bare)
    if part:
        who = f"{part['who']} people" if part["who"].lower() == "how many" else part["who"]
        verb = part["verb"]
        event = _SESSIONS.sub("", topic(earlier))
        return " ".join(f"{who} {verb} {_PREPOSITIONS.get(verb.lower(), '')} the {event}?".split())
    much, (auxiliary, doer, verb) = _THAT_MUCH.match(bare), done_by(earlier)
    if much and doer:
        return f"{much[1]} {auxiliary} {doer} {verb}?"
    if bare != rest.strip(" ?.!") or not _QUESTION.search(rest):
        if _PRONOUN.search(bare):
            return _filled(bare, earlier, answer) + "?"
        return _exchanged(bare, earlier, answer)
    if not _PRONOUN.search(rest):
        return f"{rest.rstrip('?. ')}, {topic(earlier)}?"
    return _filled(rest, earlier, answer)


def _filled(question: str, earlier: str, answer: Answer) -> str:
    """The question with its pronouns replaced by what they stand for: the first, and another of another kind."""
    filled: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        found = antecedent(match.group(), question, earlier, answer)
        if filled:
            found = counted(earlier)
        if not found or found in filled:
            return match.group()
        filled.add(found)
        return found

    return _PRONOUN.sub(fill, question)


def _exchanged(about: str, earlier: str, answer: Answer) -> str:
    """The earlier question with the part of the same kind exchanged: a year for the year, a name for the name."""
    asked = earlier.rstrip("?. ")
    year = re.fullmatch(r"(?:in |for |during )?((?:19|20)\d\d)", about)
    wanted = year[1] if year else _year_before(earlier, answer) if _YEAR_BEFORE.match(about) else ""
    if wanted:
        if _YEAR.search(asked):
            return _YEAR.sub(lambda m: m.group().replace(m[1], wanted), asked, count=1) + "?"
        return f"{asked} in {wanted}?"
    if _APPENDED.match(about):
        return f"{asked} {about}?"
    placed = _PREPOSITION.match(about)
    if placed:
        same = re.search(
            rf"\b{placed[0]}(?!(?:19|20)\d\d\b).+?(?= (?:for|in|at|of|by|with|to|from|on|during)\b|$)", asked
        )
        if same:
            return f"{asked[: same.start()]}{about}{asked[same.end() :]}?"
        about = about[placed.end() :]
    first = len(asked.split(" ", 1)[0])
    names = [
        name
        for name in _NAME.finditer(asked)
        if name.start() > first and not _YEAR.fullmatch(name[0]) and not _DATE.search(name[0]) and not name[0].isdigit()
    ]
    if names and _NAME.search(about):
        last = names[-1]
        return asked[: last.start()] + about + asked[last.end() :] + "?"
    head = about.split()[-1]
    # "Expenses for maintenance" gives way as a whole to "capitalised maintenance".
    led = rf"(?:\S+ (?:for|of|on) |(?:(?!for|of|on|the|is|are|was|were)\S+ ){{{len(about.split()) - 1}}})"
    alike = re.search(rf"\b{led}{re.escape(head)}\b", asked, re.I)
    if alike and " " in about and alike.start() > first:
        return asked[: alike.start()] + about + asked[alike.end() :] + "?"
    doer = done_by(asked)[1]
    if counted(asked) and " " in doer and doer.islower() and not _NAME.search(about):
        return f"{asked.replace(doer, re.sub(r'^(?:the|an?) ', '', about), 1)}?"
    measured = _MEASURED.match(asked)
    if measured and (measured[3] or not measured[1].lower().startswith("how m")):
        return f"{measured[1]}{re.sub(r'^(?:the|an?) ', '', about)}{measured[3]}?"
    done = _DONE_BY.match(asked)
    if done:
        return f"{done[1]} {about}{done[3]}?"
    return f"What is {about}, {topic(earlier)}?"


def _year_before(earlier: str, answer: Answer) -> str:
    """The year before the one that was asked for, or that the answer's figure is of; empty where there is none."""
    named = _YEAR.search(earlier)
    if named:
        return str(int(named[1]) - 1)
    told = answer.claims[0].text if answer.claims else ""
    value = re.escape(answer.value.split(" ")[0]) if answer.value else "(?!)"
    of_value = re.search(rf"((?:19|20)\d\d)\b[^;|]*: {value}", told)
    years = [of_value[1]] if of_value else re.findall(r"\b(?:19|20)\d\d\b", told)
    return str(int(max(years)) - 1) if years else ""
