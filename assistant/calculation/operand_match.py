"""What an operand of a calculation must be, read off its question, and whether a figure of a report can be that.

A figure is refused when it counts something else, is in another unit, a mean, of another period, or the opposite of
what is asked. This module does not know how figures are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.calculation.figure_context import FIGURE, NEUTRAL, Described
from assistant.calculation.grammars.accounts import is_outlay, line_of, lines, same_line, stems_of
from assistant.calculation.grammars.antonyms import is_opposite
from assistant.calculation.grammars.noun_phrases import subject_of
from assistant.calculation.grammars.operation import leading_unit
from assistant.query.wording.measures import bridged, is_currency
from assistant.query.wording.parts_of_speech import (
    PREPOSITIONS,
    bare,
    head,
    is_metric,
    is_modifier,
)
from assistant.query.wording.periods import NAMED, take_time
from assistant.query.wording.qualifiers import names_of
from assistant.reading.column_match import TIME_WORDS
from corpus.figure import unit_factor
from index.times import times
from index.words import related, stands, stem, stems, words

# A synonym proves less than the word itself, and a verb less than a noun; a common word less than a rare one.
_SYNONYM, _VERB = 0.8, 0.5
_RARE, _COMMON, _COMMON_NOUN = 3.0, 0.25, 0.6
_GENERIC = frozenset(
    map(
        stem,
        "number total amount overall value figure combined volume sum all entire whole many much come came go went "
        "make made hold held own per get got share percentage proportion account represent reach stand there "
        "report of".split(),
    )
)
# When and where, which narrow nothing down.
_CIRCUMSTANCES = frozenset(
    map(stem, "end year month period date worldwide globally group company over more than about approximately".split())
)
_OWNERS = frozenset(map(stem, ("company", "group")))
_SMALL = frozenset(map(stem, PREPOSITIONS))
_LABELS = re.compile(
    r"^(?:the )?(?:total )?(?:number|amount|value|volume|proportion|percentage|share|rate|total) of ", re.I
)
_YEAR_BEFORE = re.compile(r"\b(?:previous|prior|last|preceding) year\b|\byear (?:earlier|before|ago)\b", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_RATE = re.compile(r"%|\bper ?cent|\b(?:percentage|share|proportion|rate|ratio|margin|coverage)s?\b", re.I)
# A figure that is a mean itself, or stands for one of something; and a question that asks for such.
_MEAN = re.compile(r"(?:^|[\n:>])\W*(?:average|mean|median)\b|\ban average of\b|\bper\b(?! ?cent)|\bintensity\b", re.I)
_OF_MEAN = re.compile(r"\b(?:average|mean|median|avg|per|intensity|each)\b", re.I)
_DAY = re.compile(r"\b\d{1,2}, (?:19|20)\d\d|^in \d{1,2}(?:st|nd|rd|th)? [A-Z]|\bend\b", re.I)
# What a row's name says of how its figure was taken: "equipment, net of accumulated depreciation".
_QUALIFIED = re.compile(
    r",? (?:net of|less|before|after|excluding|including) .*|, (?:net|gross|total)\b.*|\([^()]*\)", re.I
)
_COUNTED_UNIT = re.compile(r"\b(?:units?|pieces?|vehicles?|people|persons?|hours|shares|number)\b", re.I)
_PER = re.compile(r"\bper\b(?! cent).*", re.I)
_MONEY = frozenset(
    "revenue turnover profit income earning ebitda ebit cost expense expenditure spending spend cash debt equity asset "
    "liability tax wage salary dividend donation budget".split()
)
_NUMBER_OF = re.compile(r"^what (?:is|are) (?:the )?(?:total |overall )?(?:number|count) of ", re.I)
# Whoever is counted may go by another of these names.
_PERSONS = frozenset(
    map(
        stem,
        "people person individual participant attendee employee staff personnel member worker student visitor "
        "volunteer manager beneficiary colleague".split(),
    )
)
_NUMBERED = re.compile(r"\b(?:scopes?|tiers?|categor(?:y|ies)) ((?:\d|[, &+/-]|and |scopes? )+)", re.I)
_GENDERS = frozenset("female male women men other".split())
_QUANTITY = frozenset("amount number total figure value volume quantity sum count".split())
_TIMES, _LENGTHS = frozenset({"h", "min", "day", "month", "year"}), frozenset({"m", "m2"})
_QUANTITIES = frozenset("electricity energy power water waste emission emissions carbon coal gas fuel heat".split())
_MONEY_ITSELF = frozenset({"money"})
# What is spent need not be called so where it is an amount of money.
_SPENT = frozenset("spend spending cost costs expense expenses expenditure expenditures outlay outlays".split())
_PART = re.compile(
    r"of (?P<whole>.+?) (?:do|does|did|is|are|was|were|comes? from|came from|stems? from|goes to|went to|falls? on) "
    r"(?P<part>.+?)(?: (?:make up|account for|represent|contribute|constitute))?"
    r"(?P<time> (?:in|at|on|for|during|as of) .*)?$",
    re.I,
)


class Wanted:
    """An operand's question, read once and held against every figure.

    Attributes:
        wording: The question.
        stems: The stems of what it names, and of their synonyms.
        is_dated: Whether it names a time.
        is_day: Whether it asks for what there is on a day.
        is_rate: Whether it asks for a percentage, a rate or a ratio.
        counts: Whether it counts things, so that a figure with a unit can hardly be it.
    """

    def __init__(self, wording: str, *, rarity: Callable[[str], float], unit: str = "") -> None:
        self.wording = wording
        text, time = take_time(wording.strip(" ?"))
        self.is_dated = NAMED.search(_YEAR_BEFORE.sub("", f"{text} {time}")) is not None
        self.is_day = bool(_DAY.search(time)) and not times(wording).spans
        text = re.sub(r"\bR ?& ?D\b", "research and development", _YEAR_BEFORE.sub("", text))
        text = re.sub(r"\bSG ?& ?A\b", "selling, general and administrative", text)
        text = _NUMBER_OF.sub("how many ", text)
        many = re.match(r"how many (.+)$", text, re.I)
        self._unit, rest = leading_unit(many[1]) if many else ("", text)
        self._unit = self._unit or unit
        self.counts = many is not None and not self._unit
        plain = re.sub(r"^(?:what (?:is|are) |how (?:much|many) )", "", rest, flags=re.I)
        measured, of_it = leading_unit(bare(plain))
        if measured and not self.counts:
            self._unit = self._unit or measured
        part = _PART.match(plain)
        told = part["part"] if part else re.sub("^of ", "", of_it if measured else plain)
        subject, verbs = subject_of(told, loose=many is not None or text.lower().startswith("how "))
        self._noun = "" if subject in _QUANTITY else subject
        self._stems = [s for s in dict.fromkeys(map(stem, words(plain))) if not _YEAR.fullmatch(s)]
        named = [s for s in self._stems if s not in _GENERIC | _SMALL | _OWNERS] or self._stems
        self._must = stems(told) - _CIRCUMSTANCES
        self._names = {s for name in names_of(rest) for s in map(stem, words(name))} & set(named)
        self.stems = {*named, *related(named)}
        self._alike = {*self._stems, *related(self._stems), *same_line(self._stems)}
        self._quiet = quiet = set(map(stem, verbs))
        self._weights = {s: (_VERB if s in quiet else 1.0) * max(_COMMON, min(1.0, rarity(s) / _RARE)) for s in named}
        self._scopes = _scopes(text)
        self._money = is_metric(subject) and re.sub(r"s$", "", subject) in _MONEY
        self.is_rate, self._mean = bool(_RATE.search(text)), bool(_OF_MEAN.search(text))
        self._lines = lines(map(stem, words(told)))
        self._lower = set(re.findall(r"[a-z][\w-]*", text.lower()))

    def refuses(self, one: Described) -> bool:
        """Whether a figure counts something else, is in another unit, a mean, or the opposite of what is asked."""
        unit = one.figure.unit
        nouns = [word.lower() for word in one.counted.split()]
        other = bool(nouns) and nouns[-1] not in NEUTRAL and not any(map(self._holds, nouns))
        if other and bool(self._noun) and (self.counts or unit != "%"):
            return True
        if self.counts and not one.column and is_currency(unit) and self._noun not in _MONEY_ITSELF:
            return True
        if self.counts and (unit in {"%", "pp"} or (unit in _TIMES and not self._holds(unit))):
            return True
        if self._noun in _QUANTITIES and unit in _TIMES | _LENGTHS:
            return True
        if nouns[-1:] == ["times"] and stem(self._noun) in _PERSONS:
            return True
        said = _scopes(one.own)
        if self._scopes and said and said != self._scopes:
            return True
        if self._unit and self._is_unfit(one):
            return True
        if self.is_other_line(one) and not self.names_noun(one):
            return True
        scaled = not unit and one.figure.value != one.figure.number and not _COUNTED_UNIT.search(one.unit)
        money = is_currency(unit) or (one.column and scaled)
        if self._money and not self.is_rate and not money:
            return True
        if _MEAN.search(one.named) and not self._mean:
            return True
        label = f"{one.own.rpartition(' > ')[2]} {one.column}" if one.column else one.named
        return is_opposite(self._lower, one.named) or is_opposite(self._lower, label)

    def is_outlay(self, one: Described) -> bool:
        """Whether what is asked for is spent or lost, and a row gives it as such, so that its sign is no matter."""
        label = one.own.rpartition(" > ")[2]
        return bool(one.column) and is_outlay(self.wording, label, _QUALIFIED.sub("", label))

    def is_other_line(self, one: Described) -> bool:
        """Whether a row belongs to another line of the accounts: the profit of a segment whose sales are asked for."""
        line = line_of(one.own) if one.column and self._lines else ""
        return bool(line) and line not in self._lines

    def _is_unfit(self, one: Described) -> bool:
        """Whether a figure is in no unit, or one that cannot be brought to the unit asked for."""
        base, factor = unit_factor(self._unit)
        if not base:
            return False
        if not one.figure.unit:
            return base in _TIMES or not one.column
        return bridged(factor, one.figure.unit, base) is None

    def names_noun(self, one: Described, total: str = "") -> bool:
        """Whether the head noun of the operand stands with the figure, or its unit is what the noun means."""
        if self._noun in _MONEY_ITSELF or any(word in _MONEY_ITSELF for word in self._lower):
            return is_currency(one.figure.unit)
        if self._noun in _SPENT and is_currency(one.figure.unit):
            return True
        return not self._noun or stands(stem(self._noun), stems_of(f"{one.named} {total} {one.around}"))

    def counts_noun(self, one: Described) -> bool:
        """Whether the noun that follows the figure is the operand's own, or money is asked for and it is some."""
        if self._noun in _MONEY_ITSELF:
            return is_currency(one.figure.unit)
        return self.counts and bool(one.counted) and stem(one.counted.split()[-1].lower()) == stem(self._noun)

    def misses_noun(self, one: Described, total: str) -> bool:
        """Whether a noun of the operand, verbs and common words left out, stands nowhere around the figure."""
        held = stems_of(f"{one.named} {total} {one.around}")
        nouns = {s for s, weight in self._weights.items() if weight > _COMMON_NOUN} & self._must - self._quiet
        return any(not stands(s, held) for s in nouns)

    def is_other_noun(self, one: Described) -> bool:
        """Whether a figure counts, or its row is named after, something near what is asked and not just that."""
        if one.column:
            row = _LABELS.sub("", _PER.sub("", one.own.rpartition(" > ")[2].strip()))
            return bool(row) and not self._holds(head(row))
        noun = one.counted.split()[-1].lower() if one.counted else ""
        if not noun or noun in NEUTRAL or {stem(noun), stem(self._noun)} <= _PERSONS:
            return False
        return not stands(stem(self._noun), {stem(noun)})

    def misses_name(self, text: str) -> bool:
        """Whether a name of the operand, "Norway", stands nowhere in a text."""
        held = stems(text)
        return any(not stands(name, held) for name in self._names)

    def is_narrower_column(self, one: Described) -> bool:
        """Whether a column is of a part that is not asked for: "part-time" where employees are counted."""
        told = [word for word in words(_QUALIFIED.sub("", one.column)) if not word[0].isdigit()]
        told = [word for word in told if stem(word) not in TIME_WORDS | _GENERIC | _CIRCUMSTANCES]
        unasked = [word for word in told if stem(word) not in self._alike]
        return len(unasked) == len(told) > 0 or any(word in _GENDERS or is_modifier(word) for word in unasked)

    def is_other_unit(self, one: Described) -> bool:
        """Whether a figure has a unit, and not the one counted, where things are counted."""
        return self.counts and bool(one.figure.unit) and not self._holds(one.figure.unit)

    def held(self, text: str) -> float:
        """Weighted share of the operand's words that a text holds, as they are or less as synonyms, in [0, 1]."""
        held = stems_of(text)
        found = sum(
            weight * (1.0 if word in held else _SYNONYM * stands(word, held)) for word, weight in self._weights.items()
        )
        return found / (sum(self._weights.values()) or 1.0)

    @property
    def is_bare(self) -> bool:
        """Whether it is a count of something without a further word: "how many vehicles"."""
        return self.counts and len(self._weights) == 1

    def is_narrower(self, own: str) -> bool:
        """Whether an unasked word stands before the operand's own in a clause: "senior" before "engineers"."""
        stretches = [re.findall(r"[a-z][\w-]*", stretch) for stretch in re.split(rf"[,;:.{FIGURE}]", own.lower())]
        noun = stem(self._noun)
        said = next((stretch for stretch in stretches if noun in map(stem, stretch)), [])
        place = next((i for i, word in enumerate(said) if stem(word) == noun), 0)
        while place and stem(said[place - 1]) in self._weights:
            place -= 1
        before = said[place - 1] if place else ""
        unasked = stem(before) not in self._weights and stem(before) not in _GENERIC
        return unasked and is_modifier(before) and not before.endswith("ing")

    def surplus(self, name: str) -> float:
        """Share of the words of a row's name, key figure or clause that the operand does not hold, in [0, 1].

        What a name says of how its figure was taken, "net of depreciation", is left out where that leaves what is
        asked.
        """
        label = name.rpartition(" > ")[2]
        return min(self._unasked(label), self._unasked(_QUALIFIED.sub("", label)))

    def _unasked(self, label: str) -> float:
        told = [word for word in map(stem, words(label)) if not _YEAR.fullmatch(word)]
        named = [word for word in told if word not in _GENERIC | _CIRCUMSTANCES]
        return sum(word not in self._alike for word in named) / max(1, len(named)) if told else 1.0

    def _holds(self, word: str) -> bool:
        one = {stem(word)}
        return any(stands(asked, one) for asked in self._stems)


def _scopes(text: str) -> set[str]:
    """The scopes, tiers and the like that a text names by number: 1, 2 and 3 in "Scope 1, 2 and 3"."""
    return {number for named in _NUMBERED.findall(text) for number in re.findall(r"\d", named)}
