"""The unit that a figure is written in, and numbers as they are shown.

A `Figure` keeps its value in base units; what an analyst reads is "RMB 42.16 million" or "12.5 kt". This module finds
again, finds a unit by its name, brings figures to one unit and prints exact decimals. It does not know what is
computed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from corpus.figure import Figure, find_figures, unit_factor

_SCALES = {
    10**3: "thousand",
    10**4: "ten thousand",
    10**6: "million",
    10**8: "hundred million",
    10**9: "billion",
    10**12: "trillion",
}
_NAMES = {
    ("t", "0.000001"): "g",
    ("t", "0.001"): "kg",
    ("t", "1"): "t",
    ("t", "1000"): "kt",
    ("t", "1000000"): "Mt",
    ("kWh", "1"): "kWh",
    ("kWh", "1000"): "MWh",
    ("kWh", "1000000"): "GWh",
    ("kWh", "1000000000"): "TWh",
    ("kW", "1"): "kW",
    ("kW", "1000"): "MW",
    ("kW", "1000000"): "GW",
    ("GJ", "1"): "GJ",
    ("GJ", "1000"): "TJ",
    ("m", "1"): "metres",
    ("m", "1000"): "km",
    ("m2", "1"): "m²",
    ("m2", "10000"): "ha",
    ("m2", "1000000"): "km²",
    ("m3", "0.001"): "l",
    ("m3", "1"): "m³",
    ("h", "1"): "hours",
    ("min", "1"): "minutes",
    ("day", "1"): "days",
    ("month", "1"): "months",
    ("year", "1"): "years",
    ("%", "0.1"): "‰",
    ("pp", "0.01"): "basis points",
    ("pp", "1"): "percentage points",
}
_BY_KEY = {(base, Decimal(factor)): name for (base, factor), name in _NAMES.items()}
# One of the first is so many of the second.
_BRIDGES = {
    ("kWh", "GJ"): Decimal("0.0036"),
    ("h", "min"): Decimal(60),
    ("day", "h"): Decimal(24),
    ("year", "month"): Decimal(12),
    ("pp", "%"): Decimal(1),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as it is shown.

    Attributes:
        base: The base unit ("RMB", "t", "%"), empty for a count.
        factor: Base units in one of it: 1000000 for "RMB million".
        name: As shown; empty for a plain count.
    """

    base: str
    factor: Decimal
    name: str

    @property
    def is_money(self) -> bool:
        """Whether it is a currency."""
        return is_currency(self.base)


def named(base: str, factor: Decimal, scaled: bool = False) -> Measure:
    """The measure of a base unit and a factor.

    Args:
        base: The base unit, empty for a count.
        factor: Base units in one of it.
        scaled: Whether a scale word is preferred to a prefix: "million kWh" to "GWh".
    """
    name = _BY_KEY.get((base, factor))
    scale = _SCALES.get(int(factor)) if factor == int(factor) else None
    plain = _BY_KEY.get((base, Decimal(1)), base)
    if name is not None and not (scaled and scale):
        return Measure(base, factor, name)
    if scale:
        return Measure(
            base, factor, f"{plain} {scale}".strip() if is_currency(base) or not base else f"{scale} {plain}"
        )
    return Measure(base, Decimal(1), plain)


def written(figure: Figure) -> Measure:
    """The measure that a figure is written in."""
    factor = figure.value / figure.number if figure.number else Decimal(1)
    return named(figure.unit, factor.normalize(), scaled=bool(re.search(r"illion|thousand", figure.text, re.I)))


def asked(unit: str) -> Measure | None:
    """The measure that a question names, None when it is none that figures are kept in."""
    base, factor = unit_factor(unit)
    if not base and factor == 1:
        return None
    return named(base, factor) if is_currency(base) or not base else Measure(base, factor, unit.strip())


def bridged(value: Decimal, base: str, other: str) -> Decimal | None:
    """A value of one base unit in another, None when they measure different things."""
    if base == other:
        return value
    if (base, other) in _BRIDGES:
        return value * _BRIDGES[base, other]
    return value / _BRIDGES[other, base] if (other, base) in _BRIDGES else None


def shown(figure: Figure, *, alone: bool) -> str:
    """A figure as a formula shows it: as written, with the unit of its column where that does not stand beside it.

    Args:
        figure: The figure.
        alone: Whether its unit must be told, because it stands among figures in other units.
    """
    text = figure.text.replace("**", "").strip()
    read = find_figures(text)
    complete = len(read) == 1 and (read[0].figure.value, read[0].figure.unit) == (figure.value, figure.unit)
    unit = written(figure)
    if alone and not complete and unit.name:
        return f"{text} ({unit.name})" if unit.is_money else f"{text} {unit.name}"
    return f"({text})" if text[0] in "-−–" else text


def printed(value: Decimal, decimals: int | None = None) -> str:
    """A number with thousands separators.

    Args:
        value: The number.
        decimals: Digits after the point; None keeps all up to four significant ones. Closing zeros of an exact number
            are left out.
    """
    if decimals is None:
        decimals = 4 if abs(value) >= 1 or not value else 3 - value.adjusted()
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if rounded == value or not decimals:
        rounded = rounded.normalize() if rounded else Decimal(0)
    return f"{rounded:,f}"


def quotient_decimals(value: Decimal) -> int:
    """How many decimals a quotient is shown with: three or four significant digits, no digit before the point lost."""
    if not value or abs(value) >= 1000:
        return 0
    return max(1, 2 - value.adjusted())


def same_money(figures: Sequence[Figure], unit: str) -> list[Figure]:
    """The figures, a scaled number without currency ("35 million") taken for money where all others are in one."""
    wished = asked(unit) if unit else None
    currencies = {figure.unit for figure in figures if is_currency(figure.unit)}
    if wished is not None and wished.is_money:
        currencies.add(wished.base)
    if len(currencies) != 1:
        return list(figures)
    currency = currencies.pop()
    return [
        replace(figure, unit=currency) if not figure.unit and figure.value != figure.number else figure
        for figure in figures
    ]


def common(figures: Sequence[Figure], unit: str) -> Measure:
    """The measure for figures that are put together: the one asked for, else theirs.

    Of several scales the smallest is taken; of money the largest in which every figure has few decimals.
    """
    scales = sorted({(written(figure).factor, written(figure).name) for figure in figures})
    large = [one for one in scales if all(_is_short(figure.value / one[0]) for figure in figures)]
    factor, name = large[-1] if large and is_currency(figures[0].unit) else scales[0]
    scaled = name.startswith(("thousand", "million", "billion"))
    return wished(figures[0], unit) or named(figures[0].unit, factor, scaled)


def _is_short(value: Decimal) -> bool:
    return value == value.quantize(Decimal("0.001"))


def wished(figure: Figure, unit: str) -> Measure | None:
    """The measure asked for; None when none is, or the figure carries no unit to convert from.

    Raises:
        ValueError: If the figure measures something else.
    """
    target = asked(unit) if unit else None
    if target is None or (target.base and not figure.unit):
        return None
    if not target.base:
        return named(figure.unit, target.factor, scaled=True)
    if bridged(Decimal(1), figure.unit, target.base) is None:
        raise ValueError(f"{shown(figure, alone=True)} cannot be given in {target.name}")
    return target


def values(figures: Sequence[Figure], target: Measure) -> list[Decimal]:
    """The figures in a measure.

    Raises:
        ValueError: If one of them measures something else.
    """
    numbers = [bridged(figure.value, figure.unit, target.base) for figure in figures]
    if any(number is None for number in numbers):
        told = " and ".join(dict.fromkeys(shown(figure, alone=True) for figure in figures))
        raise ValueError(f"the units do not fit together: {told}")
    return [number / target.factor for number in numbers if number is not None]


def is_currency(base: str) -> bool:
    """Whether a base unit is a currency, "EUR"."""
    return re.fullmatch(r"[A-Z]{3}", base) is not None
