"""Words that stand against each other: a figure that is named by one is none of the other.

General vocabulary of reporting; this module does not know any report.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_PAIRS = (
    ("gross", "net"),
    ("gross", "operating"),
    ("operating", "net"),
    ("direct", "indirect"),
    ("women", "men"),
    ("female", "male"),
    ("internal", "external"),
    ("domestic", "overseas"),
    ("inbound", "outbound"),
    ("upstream", "downstream"),
    ("basic", "diluted"),
    ("beginning", "end"),
    ("opening", "closing"),
    ("hazardous", "non-hazardous"),
    ("permanent", "temporary"),
    ("short-term", "long-term"),
    ("current", "non-current"),
    ("location-based", "market-based"),
    ("renewable", "non-renewable"),
    ("income", "expense"),
    ("income", "cost"),
    ("revenue", "cost"),
    ("assets", "liabilities"),
    ("generated", "procured"),
    ("full-time", "part-time"),
)


def is_opposite(asked: Collection[str], named: str) -> bool:
    """Whether a name has the opposite of a word that is asked for, and not that word too.

    Args:
        asked: The words asked for, in lower case.
        named: A row's name, or the words of a clause.
    """
    said = set(re.findall(r"[a-z][\w-]*", named.lower()))
    return any(
        (a in asked and b not in asked and b in said and a not in said)
        or (b in asked and a not in asked and a in said and b not in said)
        for a, b in _PAIRS
    )
