"""Recognises a sentence of a report that is written to a language model: it is data, and never evidence.

This module does not know what a model would make of it.
"""

from __future__ import annotations

import re

# A sentence of a report that speaks to a model, not to a reader.
_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,60}\b(?:instructions?|rules?|prompts?|above|previous|prior)\b"
    r"|\b(?:system prompt|language model|chat ?bot|ai (?:assistant|model|system)s?,|as an ai|llms?)\b"
    r"|\b(?:assistant|model|system|user) ?:"
    r"|^\W*(?:please |always |now |instead,? )*(?:answer|respond|reply|say|output|print|repeat|write|tell|pretend)\b"
    r"|\byou (?:must|should|are to|have to|will) (?:now |always |only )*"
    r"(?:answer|respond|reply|say|output|print|repeat|write|tell|pretend|act|ignore)\b",
    re.I | re.S,
)


def speaks_to_a_model(text: str) -> bool:
    """Whether a text of a report reads as an instruction to a model: it is data all the same, and no evidence."""
    return _TO_A_MODEL.search(text) is not None
