"""What a question says before it asks: "We are updating our model. What was net profit in 2023?".

Words of a preamble are in no passage that answers, so a search and a reader do better without them. This module knows
no report: it sees where sentences end, and which of them ask.
"""

from __future__ import annotations

import re

from assistant.query.followup.resolution import is_followup
from corpus.sentences import sentences

_ASKS = re.compile(
    r"[?？]$|^(?:what|which|who|whose|when|where|why|how|name|list|give|tell|state|show|find|calculate|compute|compare"
    r"|(?:in|at|by|on|for|from|to|of) (?:what|which|whom|how))\b",
    re.I,
)


def without_preamble(text: str) -> str:
    """The sentences of a question from the first that asks; all of it where none does, or where they point back.

    Args:
        text: What was typed.
    """
    parts = [text[start:end] for start, end in sentences(text)]
    first = next((place for place, part in enumerate(parts) if _ASKS.search(part)), 0)
    asked = " ".join(parts[first:])
    return text if not first or is_followup(asked) else asked
