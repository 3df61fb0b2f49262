"""Which cell of a table row a question means, by what it says of the columns: time, unit, place, kind.

A reader of text takes the neighbour's cell now and then: the headers decide, the reader only among columns that fit
as well. This module does not know how a row was found, nor whether it answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from corpus.cells import is_placeholder, is_unit_header
from corpus.figure import find_figures
from corpus.passage import Passage
from index.times import Times, by_end, times
from index.words import related, stem, words

# How much a column fits: what speaks against it weighs more than what speaks for it, and the reader less than either.
_OTHER_YEAR, _OTHER_SPAN, _OTHER_MONTH = 6.0, 5.0, 3.0
_NO_YEAR, _OWN_YEAR, _SAME_MONTH = 1.0, 1.0, 0.5
_OTHER_UNIT, _CHANGE, _NAMED, _SURPLUS, _TOTAL = 4.0, 4.0, 2.0, 0.5, 0.1
READ = 0.4
_OTHER_TIME = -2.0
# So much better must a column without a value fit before a question is left unanswered for it.
_CLEARLY = 1.0
_CHANGES = re.compile(r"\b(?:change[sd]?|growth|variance|delta|yoy|y/y|difference|variation|trend)\b|[ΔΔ]|\+/-", re.I)
_ASKS_CHANGE = re.compile(
    r"\b(?:chang\w*|gr[eo]w\w*|increas\w*|decreas\w*|r[io]se\w*|f[ae]ll\w*|drop\w*|declin\w*|reduc\w*|shr[aiu]nk\w*"
    r"|by how much|by what|compared|than)\b",
    re.I,
)
_PERCENT = re.compile(r"%|\bper ?cent|\bpct\b|\bpercentage", re.I)
_LAST_YEAR = re.compile(
    r"\b(?:previous|prior|preceding|last) year\b(?! end)|\b(?:the|a|one) year (?:before|earlier|ago)\b", re.I
)
_AT_START = re.compile(r"\bat the (?:beginning|start) of\b", re.I)
# Words that every column could have: they tell nothing, or only that all is meant.
_NEUTRAL = frozenset(
    map(stem, "headcount employee people person staff personnel workforce worker number amount value figure".split())
)
_TOTALS = frozenset(map(stem, "total sum all group overall".split()))
TIME_WORDS = frozenset(
    map(
        stem,
        "january february march april may june july august september october november december jan feb mar apr jun jul "
        "aug sep sept oct nov dec month months year years quarter ended ending end fiscal three six nine twelve first "
        "second third fourth millions million thousands thousand billions billion except per share data".split(),
    )
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row, with its place in the document's text."""

    header: str
    text: str
    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether it says that there is nothing to say."""
        return is_placeholder(self.text.strip(" *"))


def cells(passage: Passage) -> list[Cell]:
    """The cells of a row that hold a figure, or say that there is none, each under its header."""
    found: list[Cell] = []
    header = None
    for part in passage.parts:
        if part.start is None:
            header = part.text[:-2] if part.text.endswith(": ") else None
        elif header is not None:
            cell = Cell(header, part.text, part.start, part.start + len(part.text))
            header = None
            if not is_unit_header(cell.header) and (cell.is_empty or find_figures(cell.text)):
                found.append(cell)
    return found if passage.kind == "table_row" else []


class Columns:
    """A question held against the headers of rows.

    Args:
        question: What is asked.
        year: The report's own year, meant where a question names none.
        year_end: The month in which the company's fiscal year ends.
        share: Whether a percentage is asked for; None where the question does not say.
    """

    def __init__(self, question: str, year: int | None, year_end: int, share: bool | None) -> None:
        self._times = times(by_end(question), year_end)
        self._year_end = year_end
        self._earlier = int(bool(_LAST_YEAR.search(question)))
        self._own_year = str(year - self._earlier) if year else ""
        self._at_start = bool(_AT_START.search(question))
        self._share = share
        self._asks_change = bool(_ASKS_CHANGE.search(question))
        stems = [stem(word) for word in words(question)]
        self._asked = {*stems, *related(stems)}

    def pick(self, passage: Passage, start: int, end: int, *, figure: bool) -> Cell | None:
        """The cell that a question means.

        Args:
            passage: A passage that may be a row.
            start: Start of the reader's span in the document's text.
            end: Its end.
            figure: Whether a figure is wanted, so that words that were read cannot be the answer.

        Returns:
            None where the passage is no row, or neither the headers nor the reader tell.
        """
        row = cells(passage)
        read = [min(end, cell.end) - max(start, cell.start) for cell in row]
        if not row or (max(read) <= 0 and not figure):
            return None
        fits = self._fits(row, self._fit_times(row))
        scores = [fit + READ * (shared > 0) for fit, shared in zip(fits, read, strict=True)]
        beside = set(words(row[read.index(max(read))].header)) if max(read) > 0 else set()
        alike = [len(beside & set(words(cell.header))) for cell in row]
        best = max(range(len(row)), key=lambda place: (scores[place], alike[place], -place))
        said = [fit for fit, cell in zip(fits, row, strict=True) if not cell.is_empty]
        if row[best].is_empty and said and fits[best] < max(said) + _CLEARLY:
            best = max((p for p in range(len(row)) if not row[p].is_empty), key=lambda place: scores[place])
        told = max(read) > 0 or scores.count(scores[best]) == 1
        return row[best] if told else None

    def meant(self, passage: Passage) -> list[Cell]:
        """The cells whose columns fit the question best; none of another time than it names.

        Of columns that fit alike the first is taken where they are of a time.
        """
        row = cells(passage)
        if not row:
            return []
        timed = self._fit_times(row)
        fits = self._fits(row, timed)
        best = max(fits)
        fitting = [cell for cell, fit, time in zip(row, fits, timed, strict=True) if fit == best and time > _OTHER_TIME]
        return fitting[:1] if any(times(cell.header).years for cell in fitting) else fitting

    def _fit_times(self, row: Sequence[Cell]) -> list[float]:
        """How well the time of each cell's column fits; the row's latest year is meant where no year is named."""
        named = [times(by_end(cell.header), self._year_end) for cell in row]
        covered = {year for time in named for year in time.years}
        own = self._own_year
        if covered and own not in covered:
            own = str(int(max(covered)) - self._earlier)
        fits = [fits_time(self._times, one, named, own) for one in named]
        if not self._at_start or any(time.spans for time in named):
            return fits
        # Of columns that are days, that of the last day before the one of the period itself.
        days = [(max(time.years, default=""), max(time.months, default=0)) for time in named]
        end = days[max(range(len(row)), key=fits.__getitem__)]
        start = max((day for day in days if day < end), default=None)
        return [0.0 if day == start else -_OTHER_YEAR for day in days]

    def _fits(self, row: Sequence[Cell], timed: Sequence[float]) -> list[float]:
        """How well each cell's column fits the question, given how well its time does; higher is better."""
        stems = [{stem(word) for word in words(cell.header) if not word[0].isdigit()} - TIME_WORDS for cell in row]
        common = set.intersection(*stems)
        percent = [bool(_PERCENT.search(f"{cell.header} {cell.text}")) for cell in row]
        change = [bool(_CHANGES.search(cell.header)) for cell in row]
        fits = []
        for place, fit in enumerate(timed):
            fit += self._fits_words(stems[place] - common)
            if self._share is not None and any(percent) and not all(percent) and percent[place] != self._share:
                fit -= _OTHER_UNIT
            if change[place] and not all(change) and not self._asks_change:
                fit -= _CHANGE
            fits.append(fit)
        return fits

    def _fits_words(self, own: Collection[str]) -> float:
        """The words of a header that its neighbours lack, those that the question has and those that it lacks."""
        named = [word for word in own if word in self._asked and word not in _NEUTRAL]
        surplus = [word for word in own if word not in self._asked and word not in _NEUTRAL]
        totals = sum(word in _TOTALS for word in surplus)
        return _NAMED * len(named) - _SURPLUS * (len(surplus) - totals) - _TOTAL * totals


def fits_time(asked: Times, column: Times, others: Sequence[Times], own_year: str = "") -> float:
    """How well a column's times fit those asked for, higher is better.

    Args:
        asked: The times of the question.
        column: The times of the column.
        others: Those of all columns.
        own_year: The year that is meant where the question names none.
    """
    fit = 0.0
    dated = bool(column.years or column.fiscal)
    if asked.years:
        fit += _SAME_MONTH * bool(asked.years & column.fiscal)
        fit -= _OTHER_YEAR * (dated and not column.covers_years(asked))
        fit -= _NO_YEAR * (not dated and any(other.years for other in others))
    else:
        fit += _OWN_YEAR * (own_year in column.years)
    for ours, theirs, cost in (
        (asked.spans, column.spans, _OTHER_SPAN),
        (asked.quarters, column.quarters, _OTHER_SPAN),
        (asked.months, column.months, _OTHER_MONTH),
    ):
        fit -= cost * bool(ours and theirs and not ours & theirs)
    return fit + _SAME_MONTH * bool(asked.months & column.months)
