"""A company's name in a question about its own report tells nothing apart: nearly every passage is about the company.

A question that reads "the company" instead is nearer to the rows and boxes that name nobody. This module does not know
how documents are searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.words import english

_WORD = re.compile(r"[^\W_]+")
_FORMS = frozenset(
    "ab ag asa automobile bank bv co company corp corporation energy gmbh group holding holdings inc incorporated "
    "international kg limited llc lp ltd nv oyj plc sa se spa the".split()
)


def company_pattern(company: str, text: str) -> re.Pattern[str] | None:
    """What finds a company's name in a question, in full or short.

    Args:
        company: The name in full.
        text: Its report: of several words that could be the short name, the one meant is the one used most.

    Returns:
        The pattern, None where the name has no word of its own. A short name that is an English word must have its
        capital.
    """
    words = _WORD.findall(company)
    own = [word for word in words if word.lower() not in _FORMS and len(word) > 1]
    coined = [word for word in own if word.lower() not in english()]
    if not own:
        return None
    lower = text.lower()
    name = max(coined, key=lambda word: lower.count(word.lower())) if coined else own[0]
    others = "|".join(map(re.escape, words))
    case = "i" if coined else ""
    short = rf"(?{case}:{re.escape(name)})" if case else re.escape(name)
    return re.compile(rf"(?:\b(?:the|an?) )?(?:\b(?:{others})[ .,]+)*\b{short}\b(?:[ ,]+(?:{others})\b\.?)*")


def without_company(question: str, patterns: Iterable[re.Pattern[str]], instead: str = "the company") -> str:
    """A question with `instead` wherever it names a company."""
    for pattern in patterns:
        question = pattern.sub(instead, question)
    return question
