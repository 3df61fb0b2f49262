"""Where a table says a cell's unit and period: a unit column, brackets after a name, a header, a corner, a caption.

This module does not know what a unit means; `corpus.figure` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.cells import is_period, is_placeholder, is_unit_header
from corpus.document import Table
from corpus.figure import unit_factor, unit_scale
from corpus.footnotes import unmarked

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{1,90})[)）\]]\s*\S?$|,\s*(?:in\s)?([^,]{1,24})$")
_CAPTION = re.compile(r"\b(?:in|units?:)\s+((?:[^,;()]|,(?=\d{3}))+)|,\s*([^,;()]{1,24})$", re.IGNORECASE)
_CAPTION_NUMBER = re.compile(r"^(?:table|exhibit|figure|chart|表|图)\s*[\d.]+\s*[.:–—-]?\s*", re.IGNORECASE)
_PERIOD_WORD = re.compile(r"^(?:year|fiscal year|reporting year|for the year)\s+(?=(?:19|20)\d\d)", re.IGNORECASE)
_PERIOD_AT_END = re.compile(
    r"(?:\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?|(?<![\w.,])\d{1,2}\.\d{1,2}\."
    r"|(?<![\d.,]))(?:19|20)\d\d$",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\bexcept\b[^.;]*\bper[- ](?:share|unit|ads)\b", re.IGNORECASE)
_EXCEPT_SHARES = re.compile(r"\bexcept\b[^.;]*\b(?:number of shares|share (?:data|numbers?)|shares)\b", re.IGNORECASE)
_SHARES = re.compile(r"\bnumber of (?:[\w-]+ ){0,2}shares\b|\bshares (?:outstanding|issued|\w+chased)\b", re.IGNORECASE)
_PER_SHARE = re.compile(r"\bper[- ](?:[\w-]+ ){0,2}(?:share|unit|ads)\b(?! (?:computation|calculation))", re.IGNORECASE)
_MAX_WORDS = 4


def said_unit(text: str) -> str:
    """The unit that a name or a header carries: "Turnover (EUR million)", "Emissions, kt CO2e", "EUR million"."""
    text = text.rpartition(" > ")[2]
    bracketed = _BRACKETED.search(text)
    unit = (bracketed[1] or bracketed[2]) if bracketed else text if len(text.split()) <= _MAX_WORDS else ""
    unit = unit.strip()
    return unit if unit and not is_period(unit) and _is_unit(unit) else ""


def period_of(header: str) -> str:
    """The period that a column's header names, without the word for year; empty where it names none."""
    for part in reversed(header.split(" > ")):
        bare = unmarked(part if is_period(part) else _BRACKETED.sub("", part))
        if bare and is_period(bare):
            return _PERIOD_WORD.sub("", bare)
    return ""


def period_in(label: str) -> str:
    """The date or the year that a row's label ends with: "Balance as of April 1, 2023"; empty where it has none."""
    found = _PERIOD_AT_END.search(unmarked(label))
    return found.group() if found else ""


def caption_title(caption: str) -> str:
    """What a caption says beside number and unit: "Sales by region" in "Table 3: Sales by region, EUR million"."""
    title = _CAPTION_NUMBER.sub("", unmarked(caption))
    found = _CAPTION.search(title)
    if found and _is_unit((found[1] or found[2]).strip()):
        title = title[: found.start()]
    named = title.strip(" ,:;(（")
    aside = re.fullmatch(r"\(([^()]*)\)", title.strip()) is not None  # "(Unaudited)"
    return "" if aside or said_unit(title) == title or not any(map(str.isalpha, named)) else named


def is_excepted(table: Table, labels: Sequence[str]) -> bool:
    """Whether a table's scale leaves out a row or column: "in millions, except per share data", "price per share"."""
    said = f"{table.caption} {table.header[0] if table.header else ''}"
    label = " ".join(labels)
    priced = _EXCEPT.search(said) is not None and _PER_SHARE.search(label) is not None
    return priced or (_EXCEPT_SHARES.search(said) is not None and _SHARES.search(label) is not None)


def cell_unit(words: Sequence[str], table: Table, named: int | None, column: int) -> str:
    """The unit of a row's cell, as written; empty where the table gives none.

    Args:
        words: The row's cells.
        table: The table.
        named: The column that names the row.
        column: The cell's column.
    """
    for place, header in enumerate(table.header):
        if is_unit_header(header) and words[place]:
            return "" if is_placeholder(words[place]) else words[place]
    name = _bracketed_unit(words[named]) if named is not None else ""
    # A row without a name, such as a total below its parts, stands under the same corner.
    at = 0 if named is None and column and not words[0] else named
    corner = said_unit(table.header[at]) if at is not None else ""
    return name or said_unit(table.header[column]) or corner or _caption_unit(table.caption)


def _bracketed_unit(name: str) -> str:
    """A unit after a row's name; the name itself is none, though it may be a word such as "Hours"."""
    return said_unit(name) if _BRACKETED.search(name) else ""


def _caption_unit(caption: str) -> str:
    units = ((found[1] or found[2]).strip() for found in _CAPTION.finditer(caption))
    return next(filter(_is_unit, units), "") or _without_name(said_unit(caption))


def _without_name(unit: str) -> str:
    """A short caption without the words before its unit: "$B" of "Operating income $B"."""
    first, _, rest = unit.partition(" ")
    if rest and first.lower() != "in" and not _is_unit(first) and unit_factor(rest) == unit_factor(unit):
        return _without_name(rest)
    return unit


def _is_unit(text: str) -> bool:
    base, _ = unit_factor(text)
    return bool(base or unit_scale(text)) and not re.search(r"\d{4}", text)
