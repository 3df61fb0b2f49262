"""What a question asks for, read off its own words: a figure, a share, a date, a list, a choice, a yes or no.

General English only. This module does not know any report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.query.wording.parts_of_speech import head, is_metric

Wanted = Literal["figure", "percentage", "date", "list", "yes_no", "choice", "name", "text"]

_PERCENTAGE = re.compile(r"%|\bper ?cent|\bpct\b|\b(?:what|which) (?:share|proportion|fraction|rate)\b", re.I)
_COUNT = re.compile(
    r"\bhow (?:many|much|long|old|far|large|big|high|often|heavy|fast|tall|wide|deep|expensive)\b"
    r"|\b(?:what|which) (?:is|was|are|were)? ?(?:the )?(?:total |average |annual |overall |combined )*"
    r"(?:number|amount|sum|quantity|volume|cost|value|size|capacity|length|distance|duration)\b|\bnumber of\b",
    re.I,
)
_DATE = re.compile(r"\bwhen\b|\b(?:what|which|in what|in which) (?:year|month|date|day|quarter)\b|\bsince what\b", re.I)
_YES_NO = re.compile(
    r"^(?:so,? |and |but )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|isn't|aren't|doesn't"
    r"|didn't|hasn't|wasn't)\b",
    re.I,
)
_NAME = re.compile(
    r"^(?:and |so )?(?:(?:on|in|at|by|for|to|from|with|of|under) )?(?:which|who|whom|whose|where)\b", re.I
)
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had)"
_SINGULAR_S = r"(?:is|was|has|does|its|this|process|business|basis|status|series|news|focus|analysis|class|address|gas)"
_LIST = re.compile(
    r"^(?:and |so |please |ok,? )*(?:(?:list|name|enumerate|give me|tell me)\b"
    r"|(?:on |in |into |to |from |for |of |by |with |at )?(?:which|what|whose) "
    r"(?:of |are |were |the |all |other |different |main |new )*"
    rf"(?:{_NUMBER}\b|(?:(?!{_AUXILIARY} )[a-z&/'’-]+ ){{0,3}}?(?!{_SINGULAR_S}\b)[a-z&-]{{3,}}[^s\W]s\b)"
    r"|who (?:are|were)\b)|\b(?:list|names) of\b|\blist$",
    re.I,
)
_CHOICE = re.compile(r"\b(?P<a>[^,;?]+?),? or (?P<b>[^,;?]+)\??$", re.I)
# Amounts that stand in the plural: "what were sales" asks for one figure, not for a list of sales.
_AMOUNT = re.compile(
    r"^what (?:are|were) (?:[\w&/'’-]+ ){0,5}?"
    r"(?:emissions|sales|revenues|earnings|profits|losses|costs|expenses|savings|dividends|deposits|proceeds|assets"
    r"|liabilities)(?= (?:in|of|for|from|per|during|at|by)\b|$)"
    r"|^what (?:is|was) (?:[\w&/'’-]+ ){0,5}?"
    r"(?:revenue|turnover|profit|income|ebitda|ebit|loss|consumption|withdrawal|headcount|salary|margin|capex|expenditure)"
    r"(?= (?:in|of|for|from|per|during|at|by)\b|$)",
    re.I,
)
_WHAT = re.compile(r"^(?:and |so )?what (?:is|are|was|were) (?:the |its |their )?(?P<subject>.+)$", re.I)
_OWNER = re.compile(r"^(?:(?!of |in |for |from )[\w.&-]+ ){0,3}[\w.&-]+(?:['’]s|s['’]) ")
# The words that make a text a question or an order.
ASKS = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|could|will|would"
    r"|list|name|tell|explain|describe)\b",
    re.I,
)
# Two verbs with one object: "does it reuse or recycle water" is no choice, nor is "are there any fines or penalties".
_EITHER = re.compile(
    r"^(?:do|does|did|has|have|had|can|could|will|would) (?:it|they|we|you|(?:the |our )?[\w&'’.-]+) \w+ or \w+ "
    r"(?!(?:in|at|on|by|for|to|of|from|during|with)\b)\w|^(?:is|are|was|were|has|have|had|do|does|did)\b.*\bany\b",
    re.I,
)
# What opens a question that is no choice though it holds an "or", unless two things follow its last comma.
_OPEN = re.compile(
    rf"^(?:what|which|who|whom|whose|where|when|why|how)\b(?!.*[,:] [^,:]+ or (?!.*\b{_AUXILIARY}\b))", re.I
)
_COUNT_ASKED = re.compile(
    rf"\b(?:which|what|the|name|list|all)\s+(?P<n>{_NUMBER})\b(?!\s*(?:%|percent|million|billion))", re.I
)
_NUMBERS = dict(zip("two three four five six seven eight nine ten eleven twelve".split(), range(2, 13), strict=True))

_GRANTED = re.compile(
    r"^(?:why|how|when|where|since when|for what reason) "
    r"(?P<auxiliary>is|are|was|were|do|does|did|has|have|had) (?P<rest>.+)$",
    re.I,
)
_GRANTED_COUNT = re.compile(
    r"^(?:how many|which|what) (?P<noun>[\w &/-]+?) (?P<auxiliary>were|was|are|have been|had) (?P<rest>\w.+|\w+)$", re.I
)

MAX_QUESTION_CHARS = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for.

    Attributes:
        wanted: The kind of answer.
        count: How many items a list question asks for, 0 where it does not say.
        alternatives: The two things that a choice question names, empty otherwise.
    """

    wanted: Wanted
    count: int = 0
    alternatives: tuple[str, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether only a number can answer."""
        return self.wanted in ("figure", "percentage")


def asked(question: str) -> Asked:
    """Read a question.

    Args:
        question: One question in English.

    Returns:
        What it asks for; `text` where its words do not say.
    """
    text = " ".join(question.split()).strip(" ?.!")
    choice = _CHOICE.search(text)
    if (
        choice
        and not _COUNT.search(text)
        and not _OPEN.search(text)
        and not _EITHER.search(text)
        and not re.search(r"\bor (?:more|less|not|so|above|below|other)\b", text, re.I)
    ):
        return Asked("choice", alternatives=(choice["a"].strip(), choice["b"].strip()))
    if _PERCENTAGE.search(text):
        return Asked("percentage")
    if _COUNT.search(text):
        return Asked("figure")
    if _DATE.search(text):
        return Asked("date")
    if _AMOUNT.search(text):
        return Asked("figure")
    if _LIST.search(text):
        number = _COUNT_ASKED.search(text)
        word = number["n"].lower() if number else ""
        return Asked("list", count=_NUMBERS.get(word, int(word) if word.isdigit() else 0))
    if _YES_NO.search(text):
        return Asked("yes_no")
    return Asked("name" if _NAME.search(text) else "text")


def names_measure(question: str) -> bool:
    """Whether the noun asked for names a measure, or no more is typed than its name: "net sales Q3 2022"."""
    text = " ".join(question.split()).strip(" ?.!")
    asked = _WHAT.match(text)
    if asked:
        return is_metric(head(_OWNER.sub("", asked["subject"])))
    return not ASKS.search(text) and any(map(is_metric, re.findall(r"[a-z][a-z-]+", text.lower())))


def premise(question: str) -> str:
    """What a question takes for granted, as a question of its own; empty where it takes nothing for granted.

    Args:
        question: Such as "Why did it close the mill?", which takes "Did it close the mill?" for granted.
    """
    text = " ".join(question.split()).strip(" ?.!")
    granted = _GRANTED.match(text)
    if granted:
        return f"{granted['auxiliary'].capitalize()} {granted['rest']}?"
    counted = _GRANTED_COUNT.match(text)
    return f"{counted['auxiliary'].capitalize()} any {counted['noun']} {counted['rest']}?" if counted else ""


def check_question(question: str) -> None:
    """Refuse what is no question.

    Raises:
        ValueError: If it is empty, or longer than a question can be.
    """
    if not question.strip():
        raise ValueError("the question is empty: ask something")
    if len(question) > MAX_QUESTION_CHARS:
        raise ValueError(f"the question has {len(question):,} characters: ask in at most {MAX_QUESTION_CHARS:,}")
