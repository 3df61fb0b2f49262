"""Near misses: what a question names that the place found does not speak of, such as another year or another scope.

Only marks that a place must have are compared: years, and labels and items with their number. This module does not
know how the place was found.
"""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.passage import Passage

_YEAR = re.compile(r"(?<![\d,.])((?:19|20)\d\d)(?![\d,.]\d|\d)")
_YEAR_SPAN = re.compile(r"((?:19|20)\d\d)\s*[-–/]\s*(\d{2,4})")
LABEL = re.compile(
    r"\b(scope|tier|phase|level|category|class|type|stage|segment|note|part|article) ?-?(\d+|[ivx]+|[a-e])\b", re.I
)
_NUMBERED = re.compile(r"\b(?:no\.|nr\.?|number|item) ?(\d{1,3})\b", re.I)


def years(text: str) -> set[str]:
    """Every year that a text names, both ends of "2022-2023" and "2022/23" among them."""
    named = set(_YEAR.findall(text))
    for first, last in _YEAR_SPAN.findall(text):
        named |= {first, first[: 4 - len(last)] + last if len(last) < 4 else last}
    return named


def missed(question: str, passage: Passage, document: Document) -> str:
    """What of the question's scope a passage does not cover, in words; empty when it covers all.

    A passage that names no year speaks of its report's own.
    """
    covered = years(passage.reading)
    for year in sorted(years(question)):
        if year not in covered and str(document.year or "") != year:
            return year
        if year not in covered and covered and passage.kind != "prose":
            return year
    reading = re.sub(r"[ -]+", " ", passage.reading.lower())
    for number in _NUMBERED.findall(question):
        if not re.search(rf"\b(?:no|nr|number|item)\b\.? ?:? ?{number}\b", reading):
            return f"No. {number}"
    for word, number in LABEL.findall(question):
        if not re.search(rf"\b{word.lower()}s? ?(?:[\w,&]+ )*{number.lower()}\b", reading):
            return f"{word} {number}"
    return ""
