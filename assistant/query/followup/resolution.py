"""A follow-up becomes a question that stands on its own: "And in 2022?" after "What was net profit in 2023?".

What is carried is taken from the earlier question and its answer. General English only; this module does not know any
report, and a question that stands on its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.answer import Answer
from assistant.query.followup.antecedent import antecedent, asked_of, counted, done_by, object_of, topic
from assistant.query.followup.period_shift import between, retimed, time_of, timeless, without_time
from assistant.query.wording.parts_of_speech import head, is_metric

_OPENING = re.compile(r"^(?:(?:and|also|so|ok(?:ay)?|then|but|thanks|thank you)\b[,.! ]*)+", re.I)
_ABOUT = re.compile(
    r"^(?:what|how) about\b[, ]*|^of (?:which|those|these)\b[, ]*"
    r"|^(?:the )?same (?:question )?for\b[, ]*",
    re.I,
)
_QUESTION = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would)\b",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?:its|their|his|her)\b|\b(?:it|they|them|he|she|him|those|these|ones?)\b"
    # "is there a plan" speaks of no place
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )(?<!^)\bthere\b"
    r"|\b(?:that|this)\b(?= (?:one|per|in|for|as|compared?|to|from|by|is|was|a|the|much|many|mean|work|more|less|higher"
    r"|lower|better|worse|above|below|fall|rise|grow|change|drop|decline|increase|decrease|cost|happen|go)\b|$|[?,.])"
    r"|\b(?:that|this|these|those|the same) "
    r"(?:plan|programme|program|project|plant|factory|site|award|prize|figure|number|total|amount|share|rate|company"
    r"|brand|model|product|event|place|team|system|target|goal|certificate|person|year)\b",
    re.I,
)
# "What was behind the increase?": in what was asked before, and why it did that.
_CHANGE = re.compile(
    r"\b(?:the|(?<!did )(?<!does )(?<!has )(?:this|that)) (?P<noun>increase|decrease|decline|drop|fall|rise|growth"
    r"|change|reduction|improvement|jump|slump)\b(?= (?:due|caused|driven|explained|compared|so)\b|$|[?,.])",
    re.I,
)
_BEHIND = re.compile(
    r"^what(?:['’]s| is| was| lies| lay)? (?:behind|the (?:reason|cause|driver) (?:for|of|behind)|caused|drove|explains"
    r"|explained|led to|triggered) ",
    re.I,
)
_VERBS = {"growth": "grow", "reduction": "decrease", "improvement": "improve", "jump": "increase", "slump": "fall"}
# What a figure of the time asked for before answers, where the question names no time.
_OF_FIGURES = re.compile(
    r"^(?:by )?(?:how (?:much|many|high|large)|(?:what|which) (?:is|was|are|were|share|percentage))\b", re.I
)
# "So what was the gross margin?" of the company and the time asked for before.
_MEASURE_ALONE = re.compile(r"^what (?:is|was|are|were) (?:the )?(?P<what>[a-z][a-z &/-]*)$")
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
# "In total" asks of the whole after a part.
_IN_TOTAL = re.compile(r",? (?:in total|overall|in all|altogether)$", re.I)
_PLACE = re.compile(r" (?:in|at|for) (?:the )?(?P<name>(?!(?:Q[1-4]|H[12]|FY)\b)[A-Z]\w+(?: [A-Z]\w+)*)")
# What asks for the change of a figure.
_CHANGED = re.compile(
    r"\b(?:fall|rise|grow|increase|decrease|drop|decline|change|shrink|difference|growth|go (?:up|down))\b", re.I
)
_PLACED = re.compile(r"\b(?:for|in|at|of|by|with|to|from|on|among|during) (?:the )?$", re.I)
_AT_TIME = re.compile(r"(?:in|for|during|at) ", re.I)
_CAPITAL = re.compile(r"[A-Z0-9]")
_NAME = re.compile(r"\b(?=\w*[A-Z0-9])[A-Z0-9][\w&.-]*(?: (?=\w*[A-Z0-9])[A-Z0-9][\w&.-]*)*")
# A count or a measure that another can stand for: whose it is stays, and what follows a verb or a preposition.
_MEASURED = re.compile(
    r"(?P<asking>how (?:many|much) |(?:what|how (?:high|large|big)) (?:is|are|was|were) (?:the )?)"
    r"(?P<owner>(?:(?!of\b)[\w&./-]+ )*?[\w&./-]+(?:['’]s|s['’]) )?(?P<noun>(?:(?!of\b)[\w&/-]+ )*?(?!of\b)[\w&/-]+)"
    r"(?P<rest>(?: (?:is|are|was|were|do|does|did|has|have|had|took|came|work|live|in|at|for|during|by|on)\b.*)?)$",
    re.I,
)
# A measure that is of something: another part takes the place of none of it.
_DEPENDENT = re.compile(r"(?:rate|ratio|share|percentage|proportion|number|index|score|level|intensity)s?$", re.I)
# "What did the mill save?", "where was the mill built?": who did or underwent it stands between auxiliary and verb.
_DONE_BY = re.compile(
    r"^((?:what|when|where|why|how(?: \w+)?)(?: (?:do|does|did|was|were|is|are))) (?:the )?(.+?)"
    r"((?: \w+)(?: (?:in|at|for|during|by|on|to|from) .+)?)$",
    re.I,
)
_APPENDED = re.compile(
    r"^(?:per|as a (?:share|percentage|proportion)|in (?:percent|total|all|euros?|dollars?|tonnes?|absolute terms)"
    r"|on average|a head)\b",
    re.I,
)


def is_followup(question: str) -> bool:
    """Whether a question leans on what was asked before."""
    text = question.strip()
    rest = _OPENING.sub("", text)
    bare = rest.strip(" ?.!")
    if _ABOUT.search(rest) or _BARE_COUNT.search(rest) or _PRONOUN.search(text) or _CHANGE.search(text):
        return True
    if _BARE.match(bare) or _VERBLESS.match(bare) or _TOOK_PART.match(bare):
        return True
    if rest != text and len(rest.split()) <= 12 and not re.match(r"thank", text, re.I):
        return True
    most = 8 if _PREPOSITION.match(rest) else 4
    return len(rest.split()) <= most and not _QUESTION.search(rest) and rest.endswith("?")


def resolve(
    question: str,
    earlier: str,
    answer: Answer,
    is_company: Callable[[str], bool] = lambda name: False,
    before: str = "",
) -> str:
    """Complete a follow-up from the question before it.

    Args:
        question: As asked.
        earlier: The question before, complete in itself.
        answer: What was answered to it.
        is_company: Whether a name is that of a company whose report is asked.
        before: The question before that one, complete in itself; empty where there is none.

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
    measure = _MEASURE_ALONE.match(bare)
    if measure and is_metric(head(measure["what"])) and not _PRONOUN.search(bare):
        return _exchanged(measure["what"], earlier, is_company)
    change = _CHANGE.search(rest)
    if change and _BEHIND.match(rest) and change.end() >= len(rest.rstrip("?. ")):
        noun = change["noun"].lower()
        return f"Why did {topic(earlier)} {_VERBS.get(noun, noun)}?"
    if change:
        return _CHANGE.sub(lambda change: f"{change[0]} in {topic(earlier)}", rest, count=1)
    if bare != rest.strip(" ?.!") or not _QUESTION.search(rest):
        bare = _PREPOSITION.sub(lambda led: led[0].lower(), bare)
        whole = _IN_TOTAL.search(bare)
        asked, bare = earlier.rstrip("?. "), _IN_TOTAL.sub("", bare)
        time = retimed(bare, _unplaced(asked, is_company) if whole else asked, _year_told(answer))
        if time:
            return f"{time}?"
        if _PRONOUN.search(bare):
            return _dated(_filled(bare, earlier, answer) + "?", earlier)
        return _exchanged(bare, earlier, is_company)
    span = between(before, earlier) if _CHANGED.search(rest) and not time_of(rest) else ""
    if span:
        return f"{_filled(rest, timeless(earlier), answer).rstrip('?. ')} {span}?"
    if _PRONOUN.search(rest):
        return _dated(_filled(rest, earlier, answer), earlier)
    if any(name.start() for name in _NAME.finditer(without_time(rest))):
        return _dated(rest, earlier)
    return f"{rest.rstrip('?. ')}, {topic(earlier)}?"


def _unplaced(asked: str, is_company: Callable[[str], bool]) -> str:
    """A question without the place that it names last."""
    placed = [place for place in _PLACE.finditer(asked) if not is_company(place["name"])]
    return asked[: placed[-1].start()] + asked[placed[-1].end() :] if placed else asked


def _dated(question: str, earlier: str) -> str:
    """A question for a figure with the time of the one before, where it names none."""
    time = time_of(earlier)
    if not time or time_of(question) or not _OF_FIGURES.match(question):
        return question
    return f"{question.rstrip('?. ')} {time}?"


def _filled(question: str, earlier: str, answer: Answer) -> str:
    """The question with its pronouns replaced by what they stand for: the first, and another of another kind."""
    filled: set[str] = set()

    def fill(match: re.Match[str]) -> str:
        found = antecedent(match.group(), question, earlier, answer)
        if found and _AT_TIME.match(time_of(question)):
            found = timeless(found)
        if filled:
            found = counted(earlier) or object_of(earlier, filled)
        if not found or found in filled:
            return match.group()
        filled.add(found)
        return found

    return _PRONOUN.sub(fill, question)


def _exchanged(about: str, earlier: str, is_company: Callable[[str], bool]) -> str:
    """The earlier question with the part of the same kind exchanged: a name for the name, a measure for the measure."""
    asked = earlier.rstrip("?. ")
    if _APPENDED.match(about):
        return f"{asked} {about}?"
    undated = without_time(asked)
    time = asked[len(undated) :]
    return f"{_in_place(about, undated, is_company)}{time}?"


def _in_place(about: str, asked: str, is_company: Callable[[str], bool]) -> str:
    """What `_exchanged` gives, without the time that ends the earlier question and without a question mark."""
    placed = _PREPOSITION.match(about)
    names = list(_NAME.finditer(asked, len(asked.split(" ", 1)[0]) + 1))
    names = [name for name in names if not name[0].isdigit() and is_company(name[0]) == is_company(about)]
    if placed:
        same = re.search(rf"\b{placed[0]}.+?(?= (?:for|in|at|of|by|with|to|from|on|during)\b|$)", asked)
        if same and bool(_CAPITAL.search(same[0])) == bool(_CAPITAL.search(about)):
            return f"{asked[: same.start()]}{about}{asked[same.end() :]}"
        names = [name for name in names if _PLACED.search(asked[: name.start()])]
        if not same or not names:
            return f"{asked} {about}"
        about = about[placed.end() :]
    if names and _NAME.search(about):
        last = names[-1]
        return asked[: last.start()] + about + asked[last.end() :]
    last_word = about.split()[-1]
    # "Expenses for maintenance" gives way as a whole to "capitalised maintenance".
    led = rf"(?:\S+ (?:for|of|on) |(?:(?!for|of|on|the|is|are|was|were)\S+ ){{{len(about.split()) - 1}}})"
    alike = re.search(rf"\b{led}{re.escape(last_word)}\b", asked, re.I)
    if alike and " " in about and alike.start() > len(asked.split(" ", 1)[0]) and "'s " not in alike[0]:
        return asked[: alike.start()] + about + asked[alike.end() :]
    named, doer = re.sub(r"^(?:the|an?) ", "", about), done_by(asked)[1]
    part = doer.partition("'s ")[2]
    if counted(asked) and part and not is_metric(head(named)):
        return asked.replace(part, named, 1)
    if counted(asked) and " " in doer and doer.islower() and not _NAME.search(about):
        return asked.replace(doer, named, 1)
    measured = _MEASURED.match(asked)
    if measured and (measured["rest"] or measured["owner"] or not measured["asking"].lower().startswith("how m")):
        return f"{measured['asking']}{measured['owner'] or ''}{_measure(named, measured['noun'])}{measured['rest']}"
    done = _DONE_BY.match(asked)
    if done:
        return f"{done[1]} {about}{done[3]}"
    kind = re.search(rf"\b{re.escape(last_word)}\b", asked, re.I)
    if kind and " " in about:
        return asked[: kind.start()] + named + asked[kind.end() :]
    return f"What is {about}, {topic(asked)}"


def _measure(about: str, noun: str) -> str:
    """Another measure, or the same of another part: "boats" after "mill revenue" is "boats revenue"."""
    kind = noun.split()[-1]
    if is_metric(head(about)) or not is_metric(kind):
        return about
    return f"{about} {noun if _DEPENDENT.match(kind) else kind}"


def _year_told(answer: Answer) -> str:
    """The year that the answer's figure is of; empty where it is not told."""
    told = answer.claims[0].text if answer.claims else ""
    value = re.escape(answer.value.split(" ")[0]) if answer.value else "(?!)"
    of_value = re.search(rf"((?:19|20)\d\d)\b[^;|]*: {value}", told)
    years = [of_value[1]] if of_value else re.findall(r"\b(?:19|20)\d\d\b", told)
    return max(years) if years else ""
