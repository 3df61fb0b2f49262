"""Charts made by us: bars as a list, lines as inline SVG. Nothing is fetched, and every figure is there as text.

All text is escaped; colours are the style sheet's. This module does not know what is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

MOST_LINES = 8
_WIDTH, _HEIGHT = 360, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 26, 20, 26
_MOST_X_LABELS, _MOST_DOTS, _TICKS = 6, 12, 4
_SHORT = ((1e9, "bn"), (1e6, "m"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is, how long it is, and what is written at its end."""

    label: str
    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is, and its points as (x, y, how y is written), x ascending."""

    label: str
    points: tuple[tuple[float, float, str], ...]


def bars_html(title: str, unit: str, bars: Sequence[Bar]) -> str:
    """Bars below one another, from zero.

    Args:
        title: What is compared.
        unit: Of every bar.
        bars: At least one.
    """
    low, high = min(0.0, *(bar.value for bar in bars)), max(0.0, *(bar.value for bar in bars))
    span = high - low or 1.0

    def drawn(bar: Bar) -> str:
        begin, length = (min(bar.value, 0.0) - low) / span, abs(bar.value) / span
        return (
            f'<li><span class="what">{escape(bar.label)}</span><span class="figure">{escape(bar.shown)}</span>'
            f'<span class="track" aria-hidden="true"><i style="left:{begin:.2%};width:{length:.2%}"></i></span></li>'
        )

    return _figure(title, unit, f'<ol class="bars">{"".join(map(drawn, bars))}</ol>')


def lines_html(title: str, unit: str, lines: Sequence[Line], x_name: str = "") -> str:
    """Lines over one another with a key below them; a single line has its figures written at its points.

    Args:
        title: What is shown.
        unit: Of every y.
        lines: At least one, each with a point or more.
        x_name: What x is, where that is not plain.
    """
    xs = sorted({x for line in lines for x, _, _ in line.points})
    ticks = _ticks([y for line in lines for _, y, _ in line.points])
    named_xs = xs if len(xs) <= _MOST_X_LABELS else _ticks(xs)
    frame = _Frame(named_xs[0], named_xs[-1], ticks[0], ticks[-1])
    drawn = "".join(_line(frame, line, place, len(lines) == 1) for place, line in enumerate(lines))
    picture = (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(_said(lines))}">'
        f"{_grid(frame, ticks)}{_x_labels(frame, named_xs)}{drawn}</svg>"
    )
    below = f'<p class="x-name">{escape(x_name)}</p>' if x_name else ""
    names = (f'<li><i class="{_class(place)}"></i>{escape(line.label)}</li>' for place, line in enumerate(lines))
    return _figure(title, unit, f'{picture}{below}<ul class="key">{"".join(names)}</ul>')


@dataclass(frozen=True, slots=True)
class _Frame:
    """From figures to places in the picture."""

    first: float
    last: float
    low: float
    high: float

    def x(self, x: float) -> float:
        share = (x - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(self, y: float) -> float:
        return _HEIGHT - _BOTTOM - (y - self.low) / (self.high - self.low) * (_HEIGHT - _TOP - _BOTTOM)


def _figure(title: str, unit: str, inside: str) -> str:
    of = f' <span class="unit">{escape(unit)}</span>' if unit else ""
    return f'<figure class="chart"><figcaption>{escape(title)}{of}</figcaption>{inside}</figure>'


def _said(lines: Sequence[Line]) -> str:
    """What the picture shows, in words."""
    return "; ".join(f"{line.label}: {', '.join(f'{x:g} {shown}' for x, _, shown in line.points)}" for line in lines)


def _class(place: int) -> str:
    return f"series-{place % MOST_LINES}"


def _line(frame: _Frame, line: Line, place: int, written: bool) -> str:
    path = " ".join(f"{frame.x(x):.1f},{frame.y(y):.1f}" for x, y, _ in line.points)
    parts = [f'<polyline points="{path}"/>']
    for x, y, shown in line.points:
        at, told = f'x="{frame.x(x):.1f}" y="{frame.y(y) - 8:.1f}"', escape(f"{line.label}: {x:g} {shown}")
        size = 3.5 if len(line.points) <= _MOST_DOTS else 2
        parts.append(f'<circle cx="{frame.x(x):.1f}" cy="{frame.y(y):.1f}" r="{size}"><title>{told}</title></circle>')
        if written and len(line.points) <= _MOST_X_LABELS:
            parts.append(f'<text {at} text-anchor="middle">{escape(shown)}</text>')
    return f'<g class="line {_class(place)}">{"".join(parts)}</g>'


def _grid(frame: _Frame, ticks: Sequence[float]) -> str:
    return "".join(
        f'<g class="grid"><line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{frame.y(tick):.1f}" y2="{frame.y(tick):.1f}"/>'
        f'<text x="{_LEFT - 6}" y="{frame.y(tick) + 4:.1f}" text-anchor="end">{short(tick)}</text></g>'
        for tick in ticks
    )


def _x_labels(frame: _Frame, xs: Sequence[float]) -> str:
    return "".join(f'<text x="{frame.x(x):.1f}" y="{_HEIGHT - 8}" text-anchor="middle">{x:g}</text>' for x in xs)


def _ticks(values: Sequence[float]) -> list[float]:
    """Round figures around the values, evenly spaced; from zero unless all values are far from it."""
    low, high = min(values), max(values)
    if low >= 0 and low < high / 2 or low == high:
        low = min(low, 0.0)
    if low == high:
        high = low + 1
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(round_step * power for round_step in (1, 2, 2.5, 5, 10) if round_step * power >= rough * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [place * step for place in range(first, last + 1)]


def short(value: float) -> str:
    """A figure for an axis: 45,000, 2.5, 190 bn."""
    for least, name in _SHORT:
        if abs(value) >= least:
            return f"{value / least:,.4g} {name}"
    return f"{value:,.6g}"
