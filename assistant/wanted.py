"""What an operand of a calculation must be, read off its question, and whether a figure of a report can be that.

A figure is refused when it counts something else, is in another unit, a mean, of another period, or the opposite of
what is asked. This module does not know how figures are found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.described import FIGURE, NEUTRAL, Described
from assistant.measure import bridged
from assistant.operation import leading_unit
from assistant.period import take_time
from assistant.scope import years
from assistant.words import AUXILIARIES, PREPOSITIONS, VERBS, bare, head, is_metric, is_modifier, is_plural, verb_at
from corpus.figure import unit_factor
from index.words import related, stands, stem, words

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
_PER = re.compile(r"\bper\b(?! cent).*", re.I)
_MONEY = frozenset(
    "revenue turnover profit income earning ebitda ebit cost expense expenditure spending spend cash debt equity asset "
    "liability tax wage salary dividend donation budget".split()
)
_REVENUE, _SALES = frozenset(map(stem, ("revenue", "turnover"))), frozenset({stem("sales")})
_NUMBER_OF = re.compile(r"^what (?:is|are) (?:the )?(?:total |overall )?(?:number|count) of ", re.I)
# Whoever is counted may go by another of these names.
_PERSONS = frozenset(
    map(
        stem,
        "people person individual participant attendee employee staff personnel member worker student visitor "
        "volunteer manager beneficiary colleague".split(),
    )
)
_QUANTITY = frozenset("amount number total figure value volume quantity sum count".split())
_SPAN = re.compile(r"\b(three|six|nine|twelve|3|6|9|12)[ -]months?\b", re.I)
_TIMES, _LENGTHS = frozenset({"h", "min", "day", "month", "year"}), frozenset({"m", "m2"})
_QUANTITIES = frozenset("electricity energy power water waste emission emissions carbon coal gas fuel heat".split())
_MONEY_ITSELF = frozenset({"money"})
# What is spent need not be called so where it is an amount of money.
_SPENT = frozenset("spend spending cost costs expense expenses expenditure expenditures outlay outlays".split())
_OPPOSITES = (
    ("gross", "net"),
    ("direct", "indirect"),
    ("women", "men"),
    ("female", "male"),
    ("internal", "external"),
    ("domestic", "overseas"),
    ("inbound", "outbound"),
    ("upstream", "downstream"),
    ("basic", "diluted"),
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


_PART = re.compile(
    r"of (?P<whole>.+?) (?:do|does|did|is|are|was|were|comes? from|came from|stems? from|goes to|went to|falls? on) "
    r"(?P<part>.+?)(?: (?:make up|account for|represent|contribute|constitute))?"
    r"(?P<time> (?:in|at|on|for|during|as of) .*)?$",
    re.I,
)


class Wanted:
    """An operand's question, read once and held against every figure.

    Attributes:
        years: The years that it names.
        counts: Whether it counts things, so that a figure with a unit can hardly be it.
    """

    def __init__(self, wording: str, *, earlier: bool, rarity: Callable[[str], float], unit: str = "") -> None:
        text = wording.strip(" ?")
        self.years = years(text)
        self._earlier = earlier or bool(_YEAR_BEFORE.search(text))
        text = re.sub(r"\bR ?& ?D\b", "research and development", _YEAR_BEFORE.sub("", text))
        text = _NUMBER_OF.sub("how many ", text)
        many = re.match(r"how many (.+)$", text, re.I)
        self._unit, rest = leading_unit(many[1]) if many else ("", text)
        self._unit = self._unit or unit
        self.counts = many is not None and not self._unit
        plain = re.sub(r"^(?:what (?:is|are) |how (?:much|many) )", "", take_time(rest)[0], flags=re.I)
        measured, of_it = leading_unit(bare(plain))
        if measured and not self.counts:
            self._unit = self._unit or measured
        part = _PART.match(plain)
        told = part["part"] if part else re.sub("^of ", "", of_it if measured else plain)
        subject, verbs = _subject(told)
        self._noun = "" if subject in _QUANTITY else subject
        self._stems = [s for s in dict.fromkeys(map(stem, words(plain))) if not _YEAR.fullmatch(s)]
        named = [s for s in self._stems if s not in _GENERIC | _SMALL] or self._stems
        self._must = set(map(stem, words(told))) - _CIRCUMSTANCES
        self._quiet = quiet = set(map(stem, verbs))
        self._weights = {s: (_VERB if s in quiet else 1.0) * max(_COMMON, min(1.0, rarity(s) / _RARE)) for s in named}
        self._money = is_metric(subject) and re.sub(r"s$", "", subject) in _MONEY
        self._spans = _spans(text)
        self._rate, self._mean = bool(_RATE.search(text)), bool(_OF_MEAN.search(text))
        self._lower = set(re.findall(r"[a-z][\w-]*", text.lower()))
        self._asked = set(map(stem, words(text)))

    def of_period(self, figures: Sequence[Described]) -> Iterator[Described]:
        """Of each row the columns that the question names, else those of the latest period, or the one before."""
        columns = [one for one in figures if one.column]
        yield from (one for one in figures if not one.column)
        if self._spans:
            columns = [one for one in columns if _spans(one.column) <= self._spans]
        if not columns:
            return
        named = [len(self._asked & set(map(stem, words(one.column)))) for one in columns]
        if max(named):
            columns = [one for one, n in zip(columns, named, strict=True) if n == max(named)]
        if self.years:
            columns = [one for one in columns if not years(one.period) or years(one.period) & self.years]
            yield from columns[:1]
            return
        latest = sorted({max(years(one.period), default="") for one in columns}, reverse=True)
        year = latest[min(int(self._earlier), len(latest) - 1)]
        columns = [one for one in columns if max(years(one.period), default="") == year]
        yield from columns if not year else columns[:1]

    def refuses(self, one: Described) -> bool:
        """Whether a figure counts something else, is in another unit, a mean, or the opposite of what is asked."""
        unit = one.figure.unit
        nouns = [word.lower() for word in one.counted.split()]
        other = bool(nouns) and nouns[-1] not in NEUTRAL and not any(map(self._holds, nouns))
        if other and bool(self._noun) and (self.counts or unit != "%"):
            return True
        if self.counts and (unit in {"%", "pp"} or (unit in _TIMES and not self._holds(unit))):
            return True
        if self._noun in _QUANTITIES and unit in _TIMES | _LENGTHS:
            return True
        if nouns[-1:] == ["times"] and stem(self._noun) in _PERSONS:
            return True
        if self._unit and self._is_unfit(one):
            return True
        money = _is_money(unit) or (one.column and not unit and one.figure.value != one.figure.number)
        if self._money and not self._rate and not money:
            return True
        if _MEAN.search(one.named) and not self._mean:
            return True
        said = set(re.findall(r"[a-z][\w-]*", one.named.lower()))
        return any(
            (a in self._lower and b not in self._lower and b in said and a not in said)
            or (b in self._lower and a not in self._lower and a in said and b not in said)
            for a, b in _OPPOSITES
        )

    def _is_unfit(self, one: Described) -> bool:
        """Whether a figure is in no unit, or one that cannot be brought to the unit asked for."""
        base, factor = unit_factor(self._unit)
        if not base:
            return False
        if not one.figure.unit:
            return base in _TIMES or not one.column
        return bridged(factor, one.figure.unit, base) is None

    def names_noun(self, one: Described) -> bool:
        """Whether the head noun of the operand stands with the figure, or its unit is what the noun means."""
        if self._noun in _MONEY_ITSELF or any(word in _MONEY_ITSELF for word in self._lower):
            return _is_money(one.figure.unit)
        if self._noun in _SPENT and _is_money(one.figure.unit):
            return True
        return not self._noun or stands(stem(self._noun), set(map(stem, words(f"{one.named} {one.around}"))))

    def counts_noun(self, one: Described) -> bool:
        """Whether the noun that follows the figure is the operand's own, or money is asked for and it is some."""
        if self._noun in _MONEY_ITSELF:
            return _is_money(one.figure.unit)
        return self.counts and bool(one.counted) and stem(one.counted.split()[-1].lower()) == stem(self._noun)

    def misses_noun(self, one: Described) -> bool:
        """Whether a noun of the operand, verbs and common words left out, stands nowhere around the figure."""
        held = set(map(stem, words(f"{one.named} {one.around}")))
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

    def is_other_unit(self, one: Described) -> bool:
        """Whether a figure has a unit, and not the one counted, where things are counted."""
        return self.counts and bool(one.figure.unit) and not self._holds(one.figure.unit)

    def held(self, text: str) -> float:
        """Weighted share of the operand's words that a text holds, as they are or less as synonyms, in [0, 1]."""
        held = set(map(stem, words(text)))
        if held & _REVENUE:
            held |= _SALES
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
        """Share of the words of a row's name, key figure or clause that the operand does not hold, in [0, 1]."""
        told = map(stem, words(name.rpartition(" > ")[2]))
        named = [word for word in told if word not in _GENERIC | _CIRCUMSTANCES and not _YEAR.fullmatch(word)]
        asked = set(self._stems) | set(related(self._stems))
        return sum(word not in asked for word in named) / max(1, len(named))

    def _holds(self, word: str) -> bool:
        one = {stem(word)}
        return any(stands(asked, one) for asked in self._stems)


def _spans(text: str) -> set[str]:
    """How many months a text speaks of: "nine" in "nine months ended"."""
    return {number.lower() for number in _SPAN.findall(text)}


def _is_money(unit: str) -> bool:
    return re.fullmatch("[A-Z]{3}", unit) is not None


def _subject(phrase: str) -> tuple[str, list[str]]:
    """The head noun of a phrase that may go on with a verb, and that verb."""
    text = re.sub(r"\([^()]*\)|[()]", " ", bare(phrase))
    parts = text.split()
    if not parts or parts[0].lower() in AUXILIARIES | PREPOSITIONS:
        return "", _verbs(parts, verb_at(parts, 0))
    at = verb_at(parts, 1, loose=True)
    cut = next((i for i in range(1, at) if parts[i].lower().endswith("ing") and is_plural(parts[i - 1])), at)
    noun = head(" ".join(parts[:cut])) if cut else ""
    return re.sub(r"[^\w-]", "", noun).lower(), _verbs(parts, at)


def _verbs(parts: Sequence[str], at: int) -> list[str]:
    """The verb that begins a verb phrase, or the last word of "did the plant use", in lower case."""
    lower = [word.lower() for word in parts]
    if at >= len(lower):
        return []
    if lower[at] in {"do", "does", "did"}:
        end = next((i for i in range(at + 1, len(lower)) if lower[i] in PREPOSITIONS), len(lower))
        return lower[end - 1 : end]
    verb = at + 1 if lower[at] in AUXILIARIES else at
    return [word for word in lower[verb : verb + 1] if verb == at or word in VERBS or word.endswith("ed")]
