"""The figure gate: a figure in an answer stands in a cited quote, or in the calculation shown. Nothing else passes.

This module does not know where an answer comes from: a composed one and a model's draft are held to the same rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Calculation
from corpus.figure import Figure, find_figures

_MARK = re.compile(r"\[\d+\]")


def unproved_figures(text: str, quotes: Iterable[str], calculation: Calculation | None = None) -> list[Figure]:
    """Figures of a text that no quote states and no calculation shows.

    Args:
        text: A sentence of an answer, `[n]` marks allowed.
        quotes: The quotes it cites, with the headers that give their numbers a unit.
        calculation: The arithmetic shown beside it.
    """
    shown = [f"{calculation.formula} = {calculation.result} {calculation.unit}"] if calculation else []
    stated = [found.figure for quote in [*quotes, *shown] for found in find_figures(quote)]
    said = [found.figure for found in find_figures(_MARK.sub("", text))]
    return [figure for figure in said if not any(figure.same(other) for other in stated)]
