"""A follow-up becomes a question that stands on its own: "And in 2022?" after "What was net profit in 2023?".

What is carried is taken from the earlier question and its answer. General English only; this module does not know any
report, and a question that stands on its own is left as it is.
"""

from __future__ import annotations

import re

from assistant.answer import Answer
from corpus.figure import find_figures

_OPENING = re.compile(r"^(?:and|also|so|ok(?:ay)?|then|but)\b[, ]*", re.I)
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
_PREPOSITION = re.compile(r"^(?:for|in|at|of|by|with|to|from|on|among|during)\b ", re.I)
_POSSESSIVE = re.compile(r"^(?:its|their|his|her)$", re.I)
_YEAR = re.compile(r"\b(?:in |for |during )?((?:19|20)\d\d)\b")
_NAME = re.compile(r"\b(?=\w*[A-Z0-9])[A-Z0-9][\w&.-]*(?: (?=\w*[A-Z0-9])[A-Z0-9][\w&.-]*)*")
_ASKING = re.compile(
    r"^(?:(?:on|in|at|by|for|to|from|with|of|under) )?"
    r"(?:how (?:many|much|long|large|big|high|far|often|is|are|was|were|did|does|do)?"
    r"|what(?:'s)?|which|who|whom|whose|when|where|why)\b ?"
    r"(?:(?:exactly|is|are|was|were|do|does|did|has|have|had|can|could|will|would) )*(?:the |a |an )?",
    re.I,
)
# A count or a measure that another can stand for: what is counted goes up to a verb or a preposition.
_MEASURED = re.compile(
    r"(how (?:many|much) |(?:what|how (?:high|large|big)) (?:is|are|was|were) (?:the )?)"
    r"((?:(?!of\b)[\w&/-]+ )*?(?!of\b)[\w&/-]+)"
    r"((?: (?:is|are|was|were|do|does|did|has|have|had|in|at|for|during|by|on)\b.*)?)$",
    re.I,
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|been|be)\b ?", re.I)
_MAX_NAME_WORDS = 8


def is_followup(question: str) -> bool:
    """Whether a question leans on what was asked before."""
    text = question.strip()
    rest = _OPENING.sub("", text)
    if _ABOUT.search(rest) or _BARE_COUNT.search(rest) or _PRONOUN.search(text):
        return True
    if rest != text and len(rest.split()) <= 12:
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
    about = _ABOUT.sub("", rest).strip(" ?.")
    if about != rest.strip(" ?.") or not _QUESTION.search(rest):
        if _PRONOUN.search(about):
            return _filled(about, earlier, answer) + "?"
        return _exchanged(about, earlier)
    if not _PRONOUN.search(rest):
        return f"{rest.rstrip('?. ')}, {topic(earlier)}?"
    return _filled(rest, earlier, answer)


def topic(question: str) -> str:
    """What a question is about: its words without the asking ones."""
    text = _ASKING.sub("", question.strip(" ?.!"))
    return " ".join(_AUXILIARY.sub("", text).split()) or question.strip(" ?.!")


def _filled(question: str, earlier: str, answer: Answer) -> str:
    """The question with its first pronoun replaced by what it stands for."""
    name = _antecedent(earlier, answer)

    def fill(match: re.Match[str]) -> str:
        word = match.group().lower()
        if not _POSSESSIVE.match(word):
            return f"at {name}" if word == "there" else name
        owner, owned, _ = name.partition("'s ")
        return f"{owner}'s" if owned else name + ("'" if name.endswith("s") else "'s")

    return _PRONOUN.sub(fill, question, count=1)


def _antecedent(earlier: str, answer: Answer) -> str:
    """The name that was answered where a name was asked for, else what the question was about."""
    value = answer.value.strip()
    asks_name = re.match(
        r"(?:on |in |at |by |for )?(?:which|who|what (?!is|are|was|were|does|did))", earlier.strip(), re.I
    )
    named = value and not find_figures(value) and len(value.split()) <= _MAX_NAME_WORDS
    if asks_name and named and answer.verdict != "not_disclosed":
        return value
    return topic(earlier)


def _exchanged(about: str, earlier: str) -> str:
    """The earlier question with the part of the same kind exchanged: a year for the year, a name for the name."""
    asked = earlier.rstrip("?. ")
    year = re.fullmatch(r"(?:in |for |during )?((?:19|20)\d\d)", about)
    if year:
        if _YEAR.search(asked):
            return _YEAR.sub(lambda m: m.group().replace(m[1], year[1]), asked, count=1) + "?"
        return f"{asked} in {year[1]}?"
    placed = _PREPOSITION.match(about)
    if placed:
        same = re.search(
            rf"\b{placed[0]}(?!(?:19|20)\d\d\b).+?(?= (?:for|in|at|of|by|with|to|from|on|during)\b|$)", asked
        )
        if same:
            return f"{asked[: same.start()]}{about}{asked[same.end() :]}?"
        about = about[placed.end() :]
    first = len(asked.split(" ", 1)[0])
    names = [name for name in _NAME.finditer(asked) if name.start() > first and not _YEAR.fullmatch(name[0])]
    if names and _NAME.search(about):
        last = names[-1]
        return asked[: last.start()] + about + asked[last.end() :] + "?"
    measured = _MEASURED.match(asked)
    if measured and (measured[3] or not measured[1].lower().startswith("how m")):
        return f"{measured[1]}{re.sub(r'^(?:the|an?) ', '', about)}{measured[3]}?"
    return f"What is {about}, {topic(earlier)}?"
