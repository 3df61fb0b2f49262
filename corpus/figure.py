"""Numbers as reports write them, and as exact decimals in base units.

"RMB 42.16 million", "42,160" in a column headed "RMB 1,000" and "RMB42,160,000" are one figure. Scale words and
unit prefixes are folded into `value`; a unit that this module does not know is left out of the figure's span, so
that "49,117 employees" is the figure 49,117. This module does not know what a figure measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

_CURRENCY = {
    "RMB": "rmb|cny|renminbi|yuan|¥|元|人民币",
    "USD": r"usd|us\$|us dollars?|dollars?|\$",
    "EUR": "eur|euros?|€",
    "GBP": "gbp|£|pounds? sterling",
    "HKD": r"hkd|hk\$",
    "JPY": "jpy|yen",
    "CHF": "chf",
    "INR": "inr|₹|rupees?",
    "KRW": "krw|₩",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln|zloty",
    "CAD": r"cad|c\$",
    "AUD": r"aud|a\$",
}
_SCALES = {
    "trillion|tn": 10**12,
    "billions?|bn|bln": 10**9,
    "millions?|mn|mln|mio|mm": 10**6,
    "thousands?|tsd": 10**3,
    "hundred million|亿": 10**8,
    "ten thousand|万": 10**4,
    "hundreds?": 10**2,
    "千": 10**3,
    "百万": 10**6,
}
# Single letters are scales only when they touch the number or a currency stands before it: "€12m", "120k", "$3b".
_LETTER_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9}
_CO2 = r"(?:[\s-]?(?:of )?co[2₂]e?(?:[\s-]?(?:eq|equivalents?|e)\b\.?)?)?"
# Unit as written -> base unit and factor to it. Tonnes per year are tonnes: the period is the column's business.
_UNITS: tuple[tuple[str, str, str], ...] = (
    (r"(?:percentage points?|pp|ppts?|个百分点)", "pp", "1"),
    (r"(?:%|％|per ?cent|percent|pct)", "%", "1"),
    (r"‰", "%", "0.1"),
    (rf"(?:million (?:metric )?(?:tonnes|tons)|mt){_CO2}", "t", "1000000"),
    (rf"(?:kt|kilotonnes?|kilotons?){_CO2}", "t", "1000"),
    (rf"(?:metric tons?|tonnes?|tons?|t|公吨|吨){_CO2}(?:/a|/year|/yr)?", "t", "1"),
    (rf"(?:kg|kilograms?|kilos?|公斤|千克){_CO2}", "t", "0.001"),
    (rf"(?:g|grams?|克){_CO2}", "t", "0.000001"),
    (r"(?:twh|terawatt[ -]hours?)", "kWh", "1000000000"),
    (r"(?:gwh|gigawatt[ -]hours?)", "kWh", "1000000"),
    (r"(?:mwh|megawatt[ -]hours?)", "kWh", "1000"),
    (r"(?:kwh|kilowatt[ -]hours?|千瓦时)", "kWh", "1"),
    (r"(?:gw|gigawatts?|gwp)", "kW", "1000000"),
    (r"(?:mw|megawatts?|mwp)", "kW", "1000"),
    (r"(?:kw|kilowatts?|kwp)", "kW", "1"),
    (r"(?:tj|terajoules?)", "GJ", "1000"),
    (r"(?:gj|gigajoules?)", "GJ", "1"),
    (r"(?:km|kilomet(?:er|re)s?|公里|千米)", "m", "1000"),
    (r"(?:met(?:er|re)s?|米)", "m", "1"),
    (r"(?:km²|km2|square kilomet(?:er|re)s?)", "m2", "1000000"),
    (r"(?:hectares?|ha)", "m2", "10000"),
    (r"(?:m²|m2|sq\.? ?m|sqm|square met(?:er|re)s?|平方米)", "m2", "1"),
    (r"(?:m³|m3|cubic met(?:er|re)s?|立方米)", "m3", "1"),
    (r"(?:lit(?:er|re)s?|l)", "m3", "0.001"),
    (r"(?:hours?|hrs?|h|小时)", "h", "1"),
    (r"(?:minutes?|mins?|分钟)", "min", "1"),
    (r"(?:days?|天)", "day", "1"),
    (r"(?:months?|个月)", "month", "1"),
    (r"(?:years?|yrs?|年)", "year", "1"),
    (r"(?:basis points?|bps)", "pp", "0.01"),
)
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_WORDS = {word: number for number, word in enumerate(_ONES + _TEENS)} | {
    f"{ten}ty": 10 * number for number, ten in enumerate(("thir", "for", "fif", "six", "seven", "eigh", "nine"), 3)
}
_TENS = "|".join(word for word, number in _WORDS.items() if number >= 20)
_NUMBER_WORD = rf"(?:(?:{_TENS})[- ](?:one|two|three|four|five|six|seven|eight|nine)\b|(?:{'|'.join(_WORDS)})\b)"

# 1,234.5 as in English, 1'234.5 as in Switzerland, 1.234,5 as on the continent, 1 234,5 as in France; a lone comma
# parts decimals after a zero, and before a unit: "70,9%".
_NUMBER = (
    r"0,\d+|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:['’]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d{1,3}(?:\s\d{3})+(?:,\d{1,2})?(?![\d,.]\d)"
    r"|\d+,\d{1,2}(?=\s?(?:%|‰|€|per ?cent\b|(?:m|b)illions?\b|bn\b))|\d+(?:\.\d+)?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{3}|\d{1,3}(?:\.\d{3}){2,}|[1-9]\d{0,2}(?:,\d{3})+")
_DECIMAL_COMMA = re.compile(r"[\d.]+,\d+")
_COMMA_ALONE = re.compile(r"\D{0,3}[1-9]\d*,\d{1,2}\D{0,12}")

_currency = "|".join(_CURRENCY.values()).replace(" ", r"\ ")
_scale = "|".join(sorted("|".join(_SCALES).split("|"), key=len, reverse=True)).replace(" ", r"\ ")
_unit = "|".join(pattern for pattern, _, _ in _UNITS).replace(" ", r"\ ")
_FIGURE = re.compile(
    rf"""
    (?:
      (?:\*\*\s?)?(?P<before>(?<![A-Za-z])(?:{_currency})\s?)(?:\*\*\s?)?
      |
      (?:\*\*\s?)?(?<![A-Za-z0-9_])(?<!\d[.,])(?<![A-Za-z]-)
    )
    (?:
      (?P<open>\((?=\d[\d.,]*\)))?
      (?P<sign>(?<![\w)%])[-−–](?=\d))?
      (?P<number>(?!0\d)(?:{_NUMBER}))  # "000625" is a code
      (?(open)\))
      |
      (?P<word>(?!one\ of\b){_NUMBER_WORD})
    )
    (?:\s?\*\*)?
    (?:
      (?:[ \u00a0-]?(?P<scale>{_scale})(?![A-Za-z])|(?P<letter>[kmb])(?![A-Za-z0-9²³/]))
    )?
    (?:[ \u00a0]?(?P<after>{_currency})(?![A-Za-z]))?
    (?:[ \u00a0-]?(?P<unit>{_unit})(?![A-Za-z0-9²³]))?
    (?:\*\*)?
    (?(before)|(?![A-Za-z_]))
    """,
    re.IGNORECASE | re.VERBOSE,
)
_UNIT_SCALE = re.compile(
    rf"(?<![\w.])(?:1,?000,?000|1,?000|'000s?|000s|{_scale}|[kmb](?![\w²³]))(?![\w])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a report.

    Attributes:
        text: As written, with its unit and scale where they stand beside it.
        number: The number as written, without unit or scale: 42.16 in "RMB 42.16 million".
        value: In base units: 42160000 in "RMB 42.16 million".
        unit: The base unit ("RMB", "t", "kWh", "%"), empty for a bare count.
    """

    text: str
    number: Decimal
    value: Decimal
    unit: str

    @property
    def is_year(self) -> bool:
        """Whether it reads as a calendar year: four digits, no unit, 1900 to 2100."""
        return not self.unit and self.text.isdigit() and len(self.text) == 4 and 1900 <= self.number <= 2100

    def same(self, other: Figure) -> bool:
        """Whether both are one figure.

        Two written units must agree in value and unit. A missing unit agrees with any, because a table's unit often
        stands in another cell: then the base values or the numbers as written must be equal.
        """
        if self.unit and other.unit:
            return self.unit == other.unit and self.value == other.value
        return self.value == other.value or self.number == other.number


@dataclass(frozen=True, slots=True)
class Found:
    """A figure and the span `[start, end)` where it stands in the text searched."""

    start: int
    end: int
    figure: Figure


def find_figures(text: str) -> list[Found]:
    """Find every figure of a text, in order and not overlapping.

    Digits inside a name or a code ("ISO14001", "5G", "A07") are no figures. Number words up to ninety-nine are.
    """
    found = []
    read = text.replace(",", ".") if _COMMA_ALONE.fullmatch(text) else text
    for match in _FIGURE.finditer(read):
        figure = _figure(match)
        if figure is not None:
            start, end = _within_bold(text, *match.span())
            found.append(Found(start, end, replace(figure, text=text[start:end])))
    return found


def _within_bold(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without white space before it, without a mark that closes bold before it or opens bold after it."""
    if text.startswith("**", start) and text.count("**", 0, start) % 2:
        start += 2
    if text.endswith("**", start, end) and text.count("**", 0, end - 2) % 2 == 0:
        end -= 2
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def cell_figure(cell: str, unit: str = "") -> Figure | None:
    """Read a table cell whose unit stands in another cell, a header or a caption.

    Args:
        cell: The cell's text: "42,160", "(5,207)", "98.4%", "RMB 35 million".
        unit: The unit as its column or caption gives it: "RMB 1,000", "1,000 units", "in millions", "t/a", "/".

    Returns:
        The figure, or None when the cell does not hold exactly one number.
    """
    text = cell.replace("**", "").strip()
    negative = re.fullmatch(r"\(\s*[^()]*\d[^()]*\)\s*%?", text) is not None
    found = find_figures(text.strip("()") if negative else text)
    if len(found) != 1 or not any(character.isdigit() for character in text):
        return None
    figure = found[0].figure
    base, factor = unit_factor(unit)
    if figure.unit:  # a cell's own currency sign leaves the scale to its header: "$18,120" under "in millions"
        factor = factor if figure.unit in _CURRENCY and base in ("", figure.unit) else Decimal(1)
        base = figure.unit
    if figure.value != figure.number:  # the cell carries its own scale
        factor = Decimal(1)
    sign = -1 if negative and figure.value > 0 else 1
    return Figure(cell.strip(), figure.number * sign, figure.value * factor * sign, base)


@lru_cache(maxsize=4096)
def unit_factor(unit: str) -> tuple[str, Decimal]:
    """Read a unit as a header writes it.

    Args:
        unit: "RMB 1,000", "RMB billion", "1,000 units", "€ million", "kt CO2e", "%", "Person-time", "/".

    Returns:
        The base unit, empty for a count, and the factor from a written number to the base unit.
    """
    factor = Decimal(1)
    scale = _UNIT_SCALE.search(unit)
    if scale:
        factor = _scale_factor(scale.group())
    rest = unit[: scale.start()] + " " + unit[scale.end() :] if scale else unit
    for name, pattern in _CURRENCY.items():
        if re.search(rf"(?<![A-Za-z])(?:{pattern})(?![A-Za-z])", rest, re.IGNORECASE):
            return name, factor
    for pattern, base, to_base in _UNITS:
        if re.fullmatch(rf"\W*(?:in )?{pattern}\W*", rest.strip(), re.IGNORECASE):
            return base, factor * Decimal(to_base)
    return "", factor


def unit_scale(unit: str) -> str:
    """The scale of a unit as a header writes it: "1,000" in "RMB 1,000", "billion" in "RMB billion"; empty for none."""
    scale = _UNIT_SCALE.search(unit)
    return scale.group() if scale else ""


def _scale_factor(word: str) -> Decimal:
    """The factor of a scale word, a scale letter or a written "1,000"."""
    word = word.lower()
    digits = word.replace(",", "")
    if digits.isdigit() and digits.startswith("1"):
        return Decimal(digits)
    if "000" in word:
        return Decimal(1000)
    if word in _LETTER_SCALES:
        return Decimal(_LETTER_SCALES[word])
    return next(Decimal(f) for names, f in _SCALES.items() if re.fullmatch(names, word))


def _decimal(number: str) -> Decimal:
    """The value of digits with their separators."""
    bare = re.sub(r"[\s'’]", "", number)
    if _THOUSANDS.fullmatch(bare):
        return Decimal(re.sub(r"[.,]", "", bare))
    if _DECIMAL_COMMA.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    return Decimal(bare.replace(",", ""))


def _figure(match: re.Match[str]) -> Figure | None:
    """The figure of a match, None when the letters around it make it a code or a name."""
    if match["unit"] in ("G", "H"):  # "5G" is a network, grams and hours are lower case
        return None
    if match["word"]:
        tens, _, ones = match["word"].lower().replace("-", " ").partition(" ")
        number = Decimal(_WORDS[tens] + (_WORDS[ones] if ones else 0))
    else:
        number = _decimal(match["number"])
    if match["open"] or match["sign"]:
        number = -number
    value = number
    if match["scale"] or match["letter"]:
        value *= _scale_factor(match["scale"] or match["letter"])
    unit = ""
    currency = (match["before"] or match["after"] or "").strip()
    if currency:
        unit = next(name for name, p in _CURRENCY.items() if re.fullmatch(p, currency, re.IGNORECASE))
    elif match["unit"]:
        base, factor = next(
            (base, Decimal(factor)) for p, base, factor in _UNITS if re.fullmatch(p, match["unit"], re.IGNORECASE)
        )
        unit, value = base, value * factor
    return Figure(match.group().strip(), number, value, unit)
