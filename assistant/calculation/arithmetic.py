"""Questions that need a calculation: which one, and its result with the formula.

`parse` is text analysis alone; between it and `calculate` somebody else looks the operands up. Everything is computed
in `Decimal`. This module does not know how figures are found, nor how an answer is worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext

from assistant.answer import Calculation
from assistant.calculation.grammars.complements import complement
from assistant.calculation.grammars.differences import difference, times
from assistant.calculation.grammars.growth import before_growth, growth
from assistant.calculation.grammars.operation import Operation, Sense, read
from assistant.calculation.grammars.ratios import ratio
from assistant.calculation.grammars.shares import SHARE, share
from assistant.calculation.grammars.totals import average, product, total
from assistant.calculation.grammars.totals import convert as conversion
from assistant.query.wording.measures import (
    Measure,
    asked,
    bridged,
    common,
    named,
    printed,
    quotient_decimals,
    same_money,
    shown,
    values,
    wished,
    written,
)
from corpus.figure import Figure

_PRECISION = 60
# What is asked with these words is told, not computed.
_CHANGE = "growth|increase|rise|gain|decrease|decline|drop|fall|reduction|change"
_TOLD = re.compile(
    r"(?:why|who|whom|whose|when|where|will|would|should|shall|may|must|can|could|is|are|was|were|do|does|did|has|have|"
    r"had|list|name|below|above|(?:in|to|for|at|on|under) (?:which|what)|by when)\b|"
    r"how (?!many|much|far|large|big|high|great|small|strongly|fast|sharply|steeply|quickly|rapidly|"
    r"(?:did|has|have) .*\d{4}.*\d{4})|"
    rf"(?:what|which) (?!{SHARE}|(?:do|does|did) .+ (?:come|amount|add|sum|total)\b|left|remains|multiple|factor|"
    rf"(?:\S+ )?(?:{_CHANGE}|total|sum|average|difference|gap)\b|(?:\S+ ){{1,3}}margin\b)",
    re.I,
)
# "Working capital: A less B" names the result before it says how it is made.
_NAME_WORDS = 4
_ASKS = re.compile(r"(?:by )?(?:what|which|how)\b", re.I)
_RULES = (before_growth, complement, product, times, growth, difference, share, ratio, average, total, conversion)


def parse(question: str) -> Operation | None:
    """The calculation that a question asks for, None when it asks for none."""
    heard = read(question)
    if _TOLD.match(heard.text):
        return None
    found = next((operation for rule in _RULES if (operation := rule(heard)) is not None), None)
    named, colon, asked = question.partition(": ")
    named_first = colon and (len(named.split()) <= _NAME_WORDS or _ASKS.match(asked))
    return parse(asked) if found is None and named_first else found


def calculate(operation: Operation, figures: Sequence[Figure]) -> Calculation:
    """Compute an operation.

    Args:
        operation: What is computed.
        figures: One figure for each operand, in the operation's order.

    Raises:
        ValueError: If a figure is missing, units do not fit together, or a divisor is zero.
    """
    if len(figures) != len(operation.operands):
        raise ValueError(f"{len(operation.operands)} figures are needed and {len(figures)} were found")
    kind, unit = operation.kind, operation.unit
    if kind == "convert":
        return convert(figures[0], unit)
    with localcontext() as context:
        context.prec = _PRECISION
        if kind not in {"ratio", "product", "before_growth"}:
            figures = same_money(figures, unit)
        if kind in {"sum", "average"}:
            return _added(figures, unit, mean=kind == "average")
        first, second = figures
        if kind == "difference":
            return _subtracted(first, second, unit, operation.sense)
        if kind == "growth":
            return _grown(first, second, operation.sense)
        if kind in {"rest", "rest_share"}:
            return _left(first, second, unit, percent=kind == "rest_share")
        if kind == "ratio":
            return _ratio(first, second, unit)
        if kind == "before_growth":
            return _before(first, second, unit)
        if kind == "product":
            return _multiplied(first, second, unit)
        return _divided(first, second, percent=kind == "share")


def convert(figure: Figure, unit: str) -> Calculation:
    """A figure in another unit.

    Raises:
        ValueError: If the unit is unknown or measures something else.
    """
    with localcontext() as context:
        context.prec = _PRECISION
        if asked(unit) is None:
            raise ValueError(f"{unit!r} is no unit to convert to")
        figure = same_money([figure], unit)[0]
        target = wished(figure, unit)
        if target is None:
            raise ValueError(f"{shown(figure, alone=True)} has no unit and cannot be given in {unit}")
        return Calculation(shown(figure, alone=True), printed(values([figure], target)[0]), target.name)


def _added(figures: Sequence[Figure], unit: str, *, mean: bool) -> Calculation:
    target = common(figures, unit)
    numbers = values(figures, target)
    formula, result = " + ".join(_written(figures)), sum(numbers, Decimal(0))
    if not mean:
        return Calculation(formula, printed(result), _label(target, unit))
    result /= len(numbers)
    decimals = max(_decimals(numbers), quotient_decimals(result))
    return Calculation(f"({formula}) / {len(numbers)}", printed(result, decimals), _label(target, unit))


def _subtracted(first: Figure, second: Figure, unit: str, sense: Sense) -> Calculation:
    target = common((first, second), unit)
    a, b = values((first, second), target)
    if sense == "size" and a < b:
        first, second, a, b = second, first, b, a
    label = "percentage points" if target.base == "%" else _label(target, unit)
    return Calculation(" − ".join(_written((first, second))), printed(a - b), label)


def _left(whole: Figure, part: Figure, unit: str, *, percent: bool) -> Calculation:
    """What is left of a whole, as it is or in %."""
    target = common((whole, part), "" if unit == "%" else unit)
    a, b = values((whole, part), target)
    top, low = _written((whole, part))
    if b > a or b < 0:
        raise ValueError(f"{low} is no part of {top}")
    if not percent:
        return Calculation(f"{top} − {low}", printed(a - b), _label(target, unit))
    _check_divisor(whole)
    result = (a - b) / a * 100
    return Calculation(f"({top} − {low}) / {top} × 100", printed(result, _percent_decimals(result)), "%")


def _grown(earlier: Figure, later: Figure, sense: Sense) -> Calculation:
    """Growth in %, of a percentage in percentage points."""
    first, second = (earlier, later) if sense == "fall" else (later, earlier)
    if earlier.unit in {"%", "pp"}:
        return _subtracted(first, second, "", "signed")
    a, b, base = values((first, second, earlier), common((earlier, later), ""))
    _check_divisor(earlier)
    top, low, bottom = _written((first, second, earlier))
    result = (a - b) / abs(base) * 100
    formula = f"({top} − {low}) / {f'|{bottom}|' if base < 0 else bottom} × 100"
    return Calculation(formula, printed(result, _percent_decimals(result)), "%")


def _divided(first: Figure, second: Figure, *, percent: bool) -> Calculation:
    """A share in %, or how many times as much."""
    if percent and first.unit == second.unit == "%":
        raise ValueError(f"{shown(first, alone=True)} is no part of {shown(second, alone=True)}")
    a, b = values((first, second), common((first, second), ""))
    _check_divisor(second)
    formula, result = " / ".join(_written((first, second))), a / b
    if percent:
        return Calculation(f"{formula} × 100", printed(result * 100, _percent_decimals(result * 100)), "%")
    return Calculation(formula, printed(result, quotient_decimals(result)), "times")


def _ratio(first: Figure, second: Figure, unit: str) -> Calculation:
    """A per B: in the units asked for, else as written, money and counts without their scale."""
    each, noun = _per(unit)
    if not unit and first.unit and bridged(Decimal(1), first.unit, second.unit) is not None:
        return replace(_divided(first, second, percent=False), unit="")
    if {first.unit, second.unit} & {"%", "pp"}:
        raise ValueError(f"{shown(first, alone=True)} per {shown(second, alone=True)} has no meaning")
    _check_divisor(second)
    over = wished(first, each) or _whole(first)
    under = wished(second, noun) or _whole(second)
    result = values([first], over)[0] / values([second], under)[0]
    formula = " / ".join(shown(figure, alone=True) for figure in (first, second))
    if under.name and (not noun or asked(noun) is not None):
        label = f"{over.name}/{under.name}" if over.name else f"per {under.name}"
    else:
        label = f"{over.name} per {noun}" if noun else over.name
    return Calculation(formula, printed(result, quotient_decimals(result)), label.strip())


def _per(unit: str) -> tuple[str, str]:
    """The unit above and below of "g/kWh", "RMB per employee", "per employee", "kWh"."""
    above, _, below = unit.removeprefix("per ").rpartition("/" if "/" in unit else " per ")
    return (above, below) if above or unit.startswith("per ") else (below, "")


def _before(after: Figure, change: Figure, unit: str) -> Calculation:
    if change.unit != "%":
        raise ValueError(f"{shown(change, alone=True)} is no change in %")
    rate = 1 + change.value / 100
    if not rate:
        raise ValueError("the value before a fall of 100% cannot be computed")
    target = common([after], unit)
    result = values([after], target)[0] / rate
    sign, size = ("−", change.text.lstrip("-−–")) if change.value < 0 else ("+", change.text)
    decimals = max(_decimals([after.number]), quotient_decimals(result))
    return Calculation(
        f"{shown(after, alone=True)} / (1 {sign} {size})", printed(result, decimals), _label(target, unit)
    )


def _multiplied(first: Figure, second: Figure, unit: str) -> Calculation:
    """A product in which at most one figure has a unit; a percentage takes its share of the other."""
    measured = [figure for figure in (first, second) if figure.unit not in {"", "%"}]
    percentages = [figure for figure in (first, second) if figure.unit == "%"]
    if len(measured) > 1:
        raise ValueError(f"{shown(first, alone=True)} and {shown(second, alone=True)} cannot be multiplied")
    carrier = next((figure for figure in (*measured, first, second) if figure.unit != "%"), second)
    value = first.value * second.value / (100 if percentages else 1)
    together = replace(carrier, value=value, number=Decimal(1))
    target = wished(carrier, unit) or (written(carrier) if percentages else _whole(carrier))
    formula = " × ".join(shown(figure, alone=True) for figure in (first, second))
    return Calculation(formula, printed(values([together], target)[0]), _label(target, unit))


def _written(figures: Sequence[Figure]) -> list[str]:
    """The figures as written, with their units where these differ."""
    differ = len({(written(figure).base, written(figure).factor) for figure in figures}) > 1
    return [shown(figure, alone=differ) for figure in figures]


def _whole(figure: Figure) -> Measure:
    """The measure of a figure in a quotient: as written, money and counts without their scale."""
    measure = written(figure)
    return named(figure.unit, Decimal(1)) if measure.is_money or not figure.unit else measure


def _label(target: Measure, unit: str) -> str:
    """The unit shown: what the question calls a count ("points"), else the measure's name."""
    return unit if unit and not target.name and asked(unit) is None else target.name


def _check_divisor(figure: Figure) -> None:
    if not figure.value:
        raise ValueError(f"cannot divide by {shown(figure, alone=True)}")


def _decimals(numbers: Sequence[Decimal]) -> int:
    """The most digits after the point among some numbers, at most four."""
    return min(4, max(max(0, -int(number.normalize().as_tuple().exponent)) for number in numbers))


def _percent_decimals(value: Decimal) -> int:
    """One decimal, two digits for less than one per cent."""
    return 1 if abs(value) >= 1 or not value else 1 - value.adjusted()
