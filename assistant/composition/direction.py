"""Which way something went, up or down, by the first word of a text that says so.

A question may take for granted that sales rose where the report says that they fell. This module does not know how
places are found.
"""

from __future__ import annotations

import re

from corpus.figure import find_figures
from index.words import stem, words

_UP = (
    r"increas\w*|rise|rises|rose|risen|rising|gr[eo]w|grows|grown|growing|growth|climb\w*|doubled|tripled|jumped|surged"
    r"|improved?|(?:is|are|was|were|went|go|goes|gone|be|been) (?:significantly |slightly )?up|up(?= [$€£]?\d)"
)
_DOWN = (
    r"decreas\w*|f[ae]ll|falls|fallen|falling|declin\w*|reduc(?:e|ed|tion)|drop|drops|dropped|shr[aiu]nk|plunged|slumped"
    r"|worsened|(?:is|are|was|were|went|go|goes|gone|be|been) (?:significantly |slightly )?down|down(?= [$€£]?\d)"
)
_EITHER = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I)
# What follows gives causes, which go ways of their own.
_CAUSE = re.compile(
    r"\b(?:due|driven|offset|because|caused|reflect\w*|result(?:ing|ed)?|primarily|mainly|thanks|on)\b", re.I
)
# Words of a question that name nothing which can rise.
_ASKING = frozenset(
    map(stem, "cause caused lead led behind reason explain explains explained drive drove amount total".split())
)
_ALL = re.compile(r"\b(?:all|every|each|wholly|entirely|fully|completely|100 ?%)(?!\w)", re.I)
_WHOLE = 100
_MOSTLY = 0.6


def contradicts(question: str, sentence: str) -> bool:
    """Whether a sentence says that what a question asks of went the other way than the question has it.

    Args:
        question: What is asked, without the company's name and without times.
        sentence: A sentence of a report.
    """
    asked = list(_EITHER.finditer(question))
    told = _CAUSE.split(sentence, maxsplit=1)[0]
    ways = {bool(found["up"]) for found in _EITHER.finditer(told)}
    if len(asked) != 1 or ways != {not asked[0]["up"]}:
        return False
    subject = _stems(question.replace(asked[0][0], " ")) - _ASKING
    return len(subject & _stems(told)) >= _MOSTLY * len(subject) > 0


def is_part(question: str, value: str) -> bool:
    """Whether a question asks if it is all of something, and a value is a percentage that is less."""
    shares = [found.figure for found in find_figures(value) if found.figure.unit == "%"]
    return bool(shares) and bool(_ALL.search(question)) and all(share.number < _WHOLE for share in shares)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words(text) if not word.isdigit()}
