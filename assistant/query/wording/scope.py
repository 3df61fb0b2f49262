"""Near misses: what a question names that the place found does not speak of, such as another year or another scope.

Only marks that a place must have are compared: years, and labels and items with their number. This module does not
know how the place was found.
"""

from __future__ import annotations

import re

from corpus.document import Document
from corpus.passage import Passage
from index.times import by_end, covered_years, own_years, times, year_end
from index.times import years as years

LABEL = re.compile(
    r"\b(scope|tier|phase|level|category|class|type|stage|segment|note|part|article) ?-?(\d+|[ivx]+|[a-e])\b", re.I
)
_NUMBERED = re.compile(r"\b(?:no\.|nr\.?|number|item) ?(\d{1,3})\b", re.I)


def missed(question: str, passage: Passage, document: Document, quote: str = "") -> str:
    """What of the question's scope a passage does not cover, in words; empty when it covers all.

    A passage that names no year speaks of its report's own, and a sentence that names years, quoted from prose, of
    them alone. A fiscal year is covered by the dates that lie in it.
    """
    end = year_end(document.text)
    asked = times(by_end(question), end)
    covered = covered_years(passage.reading, end, fiscal=asked.is_fiscal)
    if passage.is_written:
        covered = covered_years(quote, end, fiscal=asked.is_fiscal) or covered
    own = own_years(document.year, end, fiscal=asked.is_fiscal)
    for year in sorted(asked.years):
        if year not in covered and year not in own:
            return year
        if year not in covered and covered and passage.kind != "prose":
            return year
    told = times(passage.reading, end)
    quarters = told.quarters or told.ended
    if asked.quarters and quarters and not asked.quarters & quarters:
        return f"Q{min(asked.quarters)}"
    # In prose other spans are said in passing: "due within twelve months".
    spans = told.spans if passage.kind != "prose" else frozenset({3} if told.quarters else ()) | told.spans & {12}
    if asked.spans and spans and not asked.spans & spans and (passage.kind != "prose" or asked.spans == {12}):
        return f"{min(asked.spans)} months"
    reading = re.sub(r"[ ¹²³⁴⁵⁶⁷⁸⁹-]+", " ", passage.reading.lower())  # "scope 1¹" is scope 1
    for number in _NUMBERED.findall(question):
        if not re.search(rf"\b(?:no|nr|number|item)\b\.? ?:? ?{number}\b", reading):
            return f"No. {number}"
    for word, number in LABEL.findall(question):
        if not re.search(rf"\b{word.lower()}s? ?(?:[\w,&]+ )*{number.lower()}\b", reading):
            return f"{word} {number}"
    return ""
