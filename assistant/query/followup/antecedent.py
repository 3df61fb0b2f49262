"""What an earlier question was about, and what the pronouns of the next one stand for.

General English, a few patterns and no grammar. This module does not know how a follow-up is recognised.
"""

from __future__ import annotations

import re

from assistant.answer import Answer
from assistant.query.followup.period_shift import without_time
from assistant.query.wording.parts_of_speech import core, head, is_metric, verb_at
from corpus.figure import find_figures

_ASKING = re.compile(
    r"^(?:(?:on|in|at|by|for|to|from|with|of|under|since) )?"
    r"(?:how (?:many|much|long|large|big|high|far|often|is|are|was|were|did|does|do)?"
    r"|what(?:'s)?|which|who|whom|whose|when|where|why)\b ?"
    r"(?:(?:exactly|is|are|was|were|do|does|did|has|have|had|can|could|will|would) )*(?:the |a |an )?",
    re.I,
)
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have|had|been|be)\b ?", re.I)
# "Were there", and that something was held or carried out, say nothing of what it is.
_HAPPENED = re.compile(
    r"\b(?:there|held|conducted|organi[sz]ed|carried out|undertaken|done|took place|taken place|run|came in)\b ?"
    r"(?=(?:in|at|on|for|by|during|with|across)\b|$)",
    re.I,
)
# A question in parts: what is asked, the auxiliary, and the rest.
_PARTS = re.compile(
    r"^(?:(?:on|in|at|by|for|to|from|with|of|under|since) )?"
    r"(?:when|where|why|who|how(?: (?:long|far|often))?|(?P<noun>(?:how (?:many|much)|what|which|whose)\b.*?)) "
    r"(?P<auxiliary>is|are|was|were|do|does|did|has|have|had|can|could|will|would) (?P<rest>.+)$",
    re.I,
)
# "What did the mill save?" is about the mill.
_DID = re.compile(r"^(?:what|when|where|why|how(?: \w+)?) (?:do|does|did) (?:the )?(?P<who>\w[^,]*) \w+$", re.I)
# "How many mills does the group own in Fell?" is about the group's mills in Fell.
_HAS = re.compile(
    r"^(?:how (?:many|much)|what|which) (?P<what>.+?) (?:do|does|did) (?:the )?(?P<who>.+?) "
    r"(?:have|own|operate|run|use"
    r"|make|earn|generate|record|report|post|achieve|bring(?: in)?)(?P<rest>(?: (?:in|at|on|for|by|during) .+)?)$",
    re.I,
)
# "How many mills did the group of owners sell off?": who did it stands before the last verb.
_BY = re.compile(
    r"^(?:the )?(?P<who>(?!there\b)\w.*?) (?P<verb>\w+(?: (?:through|in|at|on|for|by|with|from|to|of|up|out|off))?)$",
    re.I,
)
# What a company calls its parts, which their names do without: "Birch's River segment" has "Birch's River sales".
_UNIT = re.compile(r"(?:segment|division|business|unit)s?$", re.I)
# Parts and places of a company, which have figures of their own.
_PART = re.compile(
    r"(?:segment|division|business|unit|subsidiary|branch|department|plant|factory|mill|mine|site|bank|brand|region|fleet"
    r"|portfolio|programme|program|project|fund)s?$",
    re.I,
)
# What "it" does when it is no thing, and what only a company does.
_ACTS = re.compile(r"\b(?:do|does|did|has|have|had|can|will) (?:it|that|this)\b", re.I)
_COMPANY_ACTS = re.compile(r"\bit (?:own|employ|plan|publish|report|disclose|pay|spend|invest|buy|commit)\b", re.I)
# What a figure does, and no one who has it.
_CHANGES = re.compile(
    r"\b(?:it|that|this|they|those|these) (?:fall|rise|grow|increase|decrease|drop|decline|change|shrink|go (?:up|down)"
    r"|compare)\b",
    re.I,
)
# Who does it: a name, or "the company".
_ACTOR = re.compile(
    r"^(?:do|does|did|has|have|had|can|could|will|would) "
    r"(?P<who>(?:the |our )?(?:company|group|firm|bank|business|corporation)"
    r"|[A-Z][\w&.'’-]*(?: (?:[A-Z][\w&.'’-]*|of|and))*)\b"
)
_STATES = r"report|disclose|publish|state|give|provide|have|has|own|measure|track|mention|name|say"
_PLACE = re.compile(
    r"\b(?:in|at|on) (?!(?:19|20)\d\d)(?!(?:all|total|the (?:year|quarter|period))\b)"
    r"(?:the )?[\w&'’.-]+(?: [A-Z][\w&'’.-]*)*"
)
# "How many mills closed in May?", "how many of the mills are old?": counted with no doer.
_COUNTED = re.compile(r"^how many (?P<of>of )?(?P<what>.+)$", re.I)
_NOUNS = {"sell": "sales", "spend": "spending", "earn": "earnings", "invest": "investment", "lose": "losses"}
# "How much did Birch sell?" is about what it sold, in a noun.
_AMOUNT_DONE = re.compile(
    rf"^(?:how much|what) (?:do|does|did) (?:the )?(?P<who>.+?) (?P<verb>{'|'.join(_NOUNS)})(?P<rest>(?: .+)?)$", re.I
)
_MAX_NAME_WORDS = 8


def topic(question: str) -> str:
    """What a question is about: its words without the asking ones."""
    text = question.strip(" ?.!")
    yes_no = re.match(
        rf"(?:is|are|was|were|do|does|did|has|have|can|will) (?P<who>.+?) (?:{_STATES})\w* (?P<what>.+)$", text, re.I
    )
    if yes_no:
        what = re.sub(r"^(?:its|their|the|any|an?|some) ", "", yes_no["what"], flags=re.I)
        owned = re.match(r"(?:its|their) ", yes_no["what"], re.I)
        return f"{possessive(yes_no['who'])} {what}" if owned else what
    if re.match(r"who (?!is|are|was|were|do|does|did|has|have|had)", text, re.I):
        return f"the one {text[0].lower()}{text[1:]}"
    done = _AMOUNT_DONE.match(text)
    if done:
        return f"{possessive(done['who'])} {_NOUNS[done['verb'].lower()]}{done['rest']}"
    by = _DID.match(text)
    if by:
        return by["who"]
    has = _HAS.match(text)
    if has:
        return f"{_owner(has['who'])} {has['what']}{has['rest']}"
    things = _counted_by_verb(text)
    if things:
        return things
    text = _ASKING.sub("", text)
    before, comma, after = text.partition(", ")
    if comma and len(before.split()) <= 4 and after:
        text = after
    text = " ".join(_HAPPENED.sub("", _AUXILIARY.sub("", text)).split())
    return text or question.strip(" ?.!")


def _counted_by_verb(text: str) -> str:
    """What is counted in "how many mills closed in May", "mills that closed in May"; empty where it is not so asked."""
    found = _COUNTED.match(text)
    if found is None or (not found["of"] and _PARTS.match(text)):
        return ""
    parts = found["what"].split()
    at = verb_at(parts, 1, loose=True)
    if found["of"]:
        return " ".join(parts[: verb_at(parts, 1)])
    return f"{' '.join(parts[:at])} that {' '.join(parts[at:])}" if at < len(parts) else ""


def object_of(question: str, said: set[str]) -> str:
    """What a question's verb is done to, where that is none of what was said: the last name, or its last noun."""
    text = without_time(question)
    names = [
        name for name in re.findall(r"\b[A-Z][\w&.-]*(?: [A-Z][\w&.-]*)*", text) if not any(name in one for one in said)
    ]
    if len(names) > (names[:1] == [text.split(" ", 1)[0]]):
        return str(names[-1])
    last = re.search(r" (?:for|in|on|of|with|from|to|by) (?P<what>(?:the |an? )?[a-z][\w -]*)$", text)
    return str(last["what"]) if last else ""


def asked_of(word: str, earlier: str) -> str:
    """Another question word asked of the same: "where" of "When was it built?" is "where was it built?"."""
    parts = _PARTS.match(earlier.strip(" ?.!"))
    if parts is None:
        return f"{word}, {topic(earlier)}?"
    return " ".join(f"{word} {parts['auxiliary']} {parts['rest']} {counted(earlier)}".split()) + "?"


def done_by(question: str) -> tuple[str, str, str]:
    """Auxiliary, doer and verb of "How many mills did it build?"; empty where it is no such question."""
    parts = _PARTS.match(without_time(question.strip(" ?.!")))
    by = _BY.match(parts["rest"]) if parts and parts["auxiliary"].lower() in ("do", "does", "did") else None
    return (parts["auxiliary"], by["who"], by["verb"]) if parts and by else ("", "", "")


def counted(question: str) -> str:
    """What a question counts or chooses from: of "How many mills did it build?", mills; empty where it does not."""
    parts = _PARTS.match(question.strip(" ?.!"))
    return re.sub(r"^(?:how (?:many|much)|what|which|whose) ?", "", parts["noun"] or "", flags=re.I) if parts else ""


def antecedent(pronoun: str, question: str, earlier: str, answer: Answer) -> str:
    """What a pronoun of a question stands for, in its place: "its" gives "Birch's", "there" gives "in Fell".

    Args:
        pronoun: As written.
        question: The question that it stands in.
        earlier: The question before.
        answer: What was answered to that.
    """
    word, text = pronoun.lower(), earlier.strip(" ?.!")
    if _CHANGES.search(question):
        return topic(earlier)
    name = _named(earlier, answer)
    if word in ("one", "ones"):
        return head(topic(earlier))
    if word.endswith(" year"):
        year = re.search(r"\b(?:19|20)\d\d\b", earlier)
        led = re.search(rf"\b(?:in|of|for|during|by|since|until) {re.escape(pronoun)}", question)
        return f"{'' if led else 'in '}{year[0]}" if year else pronoun
    if word == "there":
        place = _PLACE.findall(text)
        return f"at {name}" if name else place[-1] if place else f"at {topic(earlier)}"
    if not name and word in ("they", "them", "their", "those", "these"):
        name = _several(earlier)
    elif not name and (word in ("he", "she", "him", "his", "her") or _ACTS.search(question) or word == "its"):
        name = _part_of(done_by(text)[1]) or _actor(text) or ("the company" if _COMPANY_ACTS.search(question) else "")
    if not name and word in ("it", "its", "that", "this") and counted(earlier).endswith("s"):
        name = done_by(earlier)[1]
    name = name or topic(earlier)
    return possessive(name) if word in ("its", "their", "his", "her") else name


def possessive(name: str) -> str:
    """A name that owns: of "Birch's sales" the owner is "Birch's", of "Birch's mill" it is the mill.

    A part with a name of its own stays before what is asked of it: "Birch's River Mill" of "Birch's River Mill sales".
    """
    owner, owned, what = name.partition("'s ")
    if not owned:
        return _owner(name)
    parts = what.split()
    parts = parts[: core(parts)]
    if _UNIT.match(parts[-1]) and parts[0][0].isupper():
        del parts[-1]
    elif not is_metric(parts[-1]):
        return f"{owner}'s {' '.join(parts)}'s" if _is_part(parts) else f"{owner}'s"
    while parts and not parts[-1][0].isupper():
        del parts[-1]
    return " ".join([f"{owner}'s", *parts])


def _owner(name: str) -> str:
    return name + ("'" if name.endswith("s") else "'s")


def _is_part(parts: list[str]) -> bool:
    """Whether what a company owns is one of its parts or places."""
    return bool(_PART.match(parts[-1])) or parts[-1][0].isupper()


def _named(earlier: str, answer: Answer) -> str:
    """The name that was answered where a name was asked for, empty otherwise."""
    value = answer.value.strip()
    asks_name = re.match(
        r"(?:on |in |at |by |for )?(?:which|who|what (?!is|are|was|were|does|did))", earlier.strip(), re.I
    )
    if value.startswith("The "):
        value = f"the {value[4:]}"
    short = value and not find_figures(value) and len(value.split()) <= _MAX_NAME_WORDS
    return value if asks_name and short and answer.verdict != "not_disclosed" else ""


def _actor(text: str) -> str:
    """The name, or "the company", that does what a question asks of; empty where there is none."""
    parts = _PARTS.match(text)
    found = _ACTOR.match(f"{parts['auxiliary'].lower()} {parts['rest']}" if parts else text)
    return found["who"] if found else ""


def _part_of(doer: str) -> str:
    """A doer that is a part of a company, "Birch's River segment"; empty otherwise."""
    _, owned, what = doer.partition("'s ")
    parts = what.split()
    return doer if owned and _is_part(parts[: core(parts)]) else ""


def _several(earlier: str) -> str:
    """The several things that a question speaks of: of "capacity of the mills", the mills; else all of its topic."""
    about = topic(earlier)
    if _counted_by_verb(earlier.strip(" ?.!")):
        return about if about.startswith("the ") else f"the {about}"
    head, of, things = about.partition(" of ")
    if of and not head.endswith("s") and re.search(r"\w{2}s\b", things):
        return things
    return about
