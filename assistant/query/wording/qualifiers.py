"""What narrows a question down: names, the thing that is counted, and words that stand against others of their kind.

"The chief financial officer" is not "the chief executive", "women" are not "men": a passage that speaks of the other
and never of the one asked for is a near miss. How much that counts is fitted, not decided here. General vocabulary of
reporting only; this module does not know any report.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.query.wording.answer_type import asked, names_measure
from corpus.figure import find_figures
from index.words import related, stem, words

# A line a kind; its members, parted by " / ", stand against one another. Each is a regular expression.
_KINDS = r"""
wom[ae]n|females?|girls? / (?<!fe)(?<!wo)m[ae]n|males?|boys?
chief financial|cfo|finance director|finance chief / chief executive|ceo|managing director / chief operating|coo / \
chief technology|cto / chief information|cio / chief risk|cro / chief marketing|cmo / chief sustainability|cso / \
(?<!vice )(?<!vice-)president|general manager / vice[ -]president / chair(?:man|woman|person)?|chairs / secretary
employees?|staff|personnel|workforce|headcount|colleagues / contractors?|subcontractors? / \
(?:agency|contract|temporary|leased) (?:workers?|staff|employees?) / suppliers?|vendors? / \
customers?|clients?|consumers?|users?|buyers? / dealers?|distributors?|resellers? / directors?|board members? / \
shareholders?|stockholders?|investors? / students?|pupils? / visitors?|guests? / farmers? / apprentices?|trainees? / \
lawyers? / engineers? / managers?|executives?
targets?|goals?|aims?|ambitions?|objectives? / actual|achieved|reached|fell|rose|decreas\w+|increas\w+|reduc\w+
market[ -]based / location[ -]based
(?<!in)direct / indirect
(?<!non[ -])(?<!non)hazardous|dangerous / non[ -]?hazardous
(?<!non[ -])(?<!non)renewables? / non[ -]?renewable|fossil|nuclear
gross / net
domestic / overseas|foreign|international|abroad
permanent / temporary|fixed[ -]term
full[ -]time / part[ -]time
withdraw\w* / consum\w+|use[ds]?|usage / discharge[ds]?
basic / diluted
short[ -]term / medium[ -]term / long[ -]term
voluntary / involuntary|mandatory|compulsory
internal / external
upstream / downstream
average|mean / total|sum|cumulative / median
maximum|highest / minimum|lowest
first[ -]quarter|q1 / second[ -]quarter|q2 / third[ -]quarter|q3 / fourth[ -]quarter|q4
"""
_COUNTED = re.compile(
    r"\b(?:how (?:many|much)|(?:number|amount|volume|quantity|count|network|fleet) of) "
    r"(?P<noun>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|in|of|at|for|on|per|with|from|to"
    r"|by|and|or|that|which|who|work|live|own|employ|come|came|go|went|leave|left|take|took|win|won|sell|sold|make|made"
    r"|attended|joined|participated|died|received)\b)[\w&/-]+ ?)+)",
    re.I,
)
# "What is the voltage of …": what is asked for, up to a preposition or a verb.
_ATTRIBUTE = re.compile(
    r"^(?:and |so )?what(?:'s| is| was| were) (?:the |its |their |(?:[\w.&-]+ ){0,3}?[\w.&-]+(?:['’]s|s['’]) )?"
    r"(?P<noun>(?:(?!(?:is|are|was|were|do|does|did|has|have|had|of|for|in|at|on|from|per|to|by|during|with|that|who)\b)"
    r"[\w&/-]+ ?)+)",
    re.I,
)
_PLACED = re.compile(r"\b(?:in|at|to|from|of|for|by) (?:the )?(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*)")
# "Model 3" is not "Model 4".
_NUMBERED_NAME = re.compile(
    r"\b(?!(?:Scope|Tier|Phase|Level|Category|Class|Type|Stage|Note|Item|Part|Article|Section|Page|Table|Form)s?\b)"
    r"(?P<name>[A-Z][A-Za-z]{2,}) ?-?(?P<number>\d{1,3}|\d{5,})\b(?![.,%]?\d| ?%)"
)
# Words by which a row or a key figure tells only a part, a share or a change of a thing.
_PART = re.compile(
    r"\b(?:new(?:ly)?|additional(?:ly)?|wom[ae]n|females?|(?<!fe)(?<!wo)m[ae]n|(?<!fe)males?|part[ -]time|temporary|"
    r"former|departed|resigned|retired|foreign|overseas|domestic|disabled|disabilit\w+|young|other|of which|thereof|"
    r"per|average|change|increase|decrease|share|proportion|percentage|rate|ratio|covered|trained|targets?)\b|%",
    re.I,
)
_SHARES = re.compile(r"%|\bper ?cent|\bpercentage|\b(?:growth|changed?|share|ratio)\b", re.I)
# What is named as one of several is not spoken of by itself.
_ONE_OF = re.compile(r"\b(?:including|such as|among them|e\.g\.|for example)\b[^.;]*", re.I)
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-Z][A-Za-z]*[A-Za-z0-9-]*\b")
_PERIOD = re.compile(r"(?:FY|CY|Q|H)\d+")
_GENERAL = frozenset(
    "I Q1 Q2 Q3 Q4 CO2 CO2e ESG RMB EUR USD GBP GWh MWh January February March April May June July August September "
    "October November December".split()
)
_GENERAL_COUNTED = frozenset(
    map(
        stem,
        "time people item thing kind type way money number amount total value figure result year name share rate "
        "percentage proportion ratio average".split(),
    )
)
# Words of a label that tell nothing of what it measures.
_UNTOLD = frozenset(
    map(
        stem,
        "total number amount overall of the in on at to and or for by from with its our company group year".split(),
    )
)
# Questions whose answer may be made of their own words.
_NAME_THEIR_ANSWER = ("yes_no", "choice", "list")
_FIRST_WORDS = 4
_VALUE = 40  # characters of a key figure's value, at most


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """What of a question a passage must speak of.

    Attributes:
        names: Stems of its names, the company's own left out.
        counted: Stems of the noun that is counted or measured, the last of them its head.
        numbered: What finds its names that go on with a number, whole.
        attribute: Stem of the noun that is asked for, "voltage" of "what is the voltage of …"; empty where none is.
        placed: Names that what is asked for is in, at, of, as written.
        contrasts: For each kind of which the question names one member: what finds it, and what finds the others.
        wants_figure: Whether only a number can answer.
        measures: Whether it names a measure, if only by that.
        part: Whether it asks for a part, a share or a change of a thing.
        share: Whether it asks for a share or a change.
        spoken: Stems of the question and of the company's name, which answer nothing by themselves; empty where the
            question names its own answers.
    """

    names: tuple[str, ...]
    counted: tuple[str, ...]
    numbered: tuple[re.Pattern[str], ...]
    attribute: str
    placed: tuple[str, ...]
    contrasts: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    wants_figure: bool
    measures: bool
    part: bool
    share: bool
    spoken: frozenset[str]

    def features(self, reading: str, held: Collection[str], value: str) -> dict[str, float]:
        """How a passage and what was read in it fall short.

        Args:
            reading: The passage as it is read, section included.
            held: The stems of the reading.
            value: What was read in it as the answer.
        """
        names = float(
            sum(not _is_held(name, held) for name in self.names)
            + sum(not name.search(reading) for name in self.numbered)
        )
        return {
            "names_missing": names,
            "names_missing_of_figure": names if self.wants_figure else 0.0,
            "echo": float(self.echoes(value)),
            "counted_missing": sum(not _is_held(word, held) for word in self.counted) / max(1, len(self.counted)),
            "asked_missing": float(bool(self.attribute) and not _is_held(self.attribute, held)),
            "contrast": float(self.contrast(reading)),
            "label": self.named_alone(reading),
        }

    def echoes(self, value: str) -> bool:
        """Whether a value without a figure says no more than the question does, or just names what is asked for."""
        said = [stem(word) for word in words(value)]
        own = bool(said) and all(word in self.spoken for word in said)
        return (own or self.attribute in said[:_FIRST_WORDS]) and not find_figures(value)

    def is_part(self, reading: str) -> bool:
        """Whether a row or a key figure tells only a part, a share or a change of what is asked for."""
        part = not self.part and _is_part(_label(reading))
        return self.measures and (part or (not self.share and _is_share(reading)))

    def named_alone(self, reading: str) -> float:
        """Share of the words of a row's or a key figure's label that are asked for, in [0, 1]; 0 of prose."""
        told = [word for word in map(stem, words(_label(reading))) if word not in _UNTOLD and not word.isdigit()]
        return sum(_is_held(word, self.spoken) for word in told) / max(1, len(told))

    def contrast(self, reading: str) -> bool:
        """Whether a passage speaks of others of a kind and never of the one asked for, or only as one of several."""
        if any(not asked.search(reading) and others.search(reading) for asked, others in self.contrasts):
            return True
        alone = _ONE_OF.sub("", reading)
        return any(name in reading and name not in alone for name in self.placed)


def qualifiers(question: str, company: str | None) -> Qualifiers:
    """Read what narrows a question down.

    Args:
        question: What is asked, in English.
        company: The company whose report is read: its name narrows nothing down.
    """
    own = set(words(company or ""))
    names = tuple(dict.fromkeys(stem(word) for name in names_of(question) for word in words(name) if word not in own))
    found = _COUNTED.search(question)
    counted = tuple(word for word in map(stem, words(found["noun"] if found else "")) if word not in _GENERAL_COUNTED)
    wanted = _ATTRIBUTE.match(question)
    nouns = [word for word in map(stem, words(wanted["noun"] if wanted else "")) if word not in _GENERAL_COUNTED]
    placed = tuple(name for name in _PLACED.findall(question) if not set(words(name)) <= own)
    contrasts = tuple(pair for members in _kinds() if (pair := _named(members, question)))
    kind = asked(question)
    spoken = () if kind.wanted in _NAME_THEIR_ANSWER else map(stem, [*words(question), *own])
    attribute = nouns[-1] if nouns else ""
    numbered = tuple(
        re.compile(rf"\b{name} ?-?{number}(?!\d)", re.I)
        for name, number in _NUMBERED_NAME.findall(question)
        if name not in _GENERAL
    )
    return Qualifiers(
        names,
        counted,
        numbered,
        attribute,
        placed,
        contrasts,
        kind.is_figure,
        kind.is_figure or names_measure(question),
        _is_part(question),
        bool(_SHARES.search(question)),
        frozenset(spoken),
    )


def names_of(question: str) -> list[str]:
    """Capitalised words inside a question, but for months and the like."""
    return [name for name in _NAME.findall(question) if name not in _GENERAL and not _PERIOD.fullmatch(name)]


def _is_part(text: str) -> bool:
    return bool(_PART.search(text))


def _is_share(reading: str) -> bool:
    """Whether a row stands in a group of shares or changes: "Percent of net sales > Fulfillment"."""
    label, bar, _ = reading.rpartition("\n")[2].partition(" | ")
    return bool(bar) and bool(_SHARES.search(label.rpartition(" > ")[0]))


def _label(reading: str) -> str:
    """The label of a row or of a key figure; empty of prose."""
    *above, last = reading.split("\n")
    if " | " in last:
        return last.partition(" | ")[0].rpartition(" > ")[2]
    return above[-1] if len(above) > 1 and len(last) < _VALUE and find_figures(last) else ""


def _named(
    members: Sequence[tuple[re.Pattern[str], re.Pattern[str]]], question: str
) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """The one member of a kind that a question names, with the others; None where it names none or several."""
    named = [(member, others) for member, others in members if member.search(question)]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=1)
def _kinds() -> tuple[tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], ...]:
    """Every kind's members, each beside a pattern of all its others."""
    kinds = []
    for line in _KINDS.replace("\\\n", "").strip().split("\n"):
        members = line.split(" / ")
        pairs = [(member, "|".join(other for other in members if other != member)) for member in members]
        kinds.append(tuple((_word(member), _word(others)) for member, others in pairs))
    return tuple(kinds)


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.I)


def _is_held(word: str, held: Collection[str]) -> bool:
    return word in held or any(other in held for other in _related(word))


@lru_cache(maxsize=4096)
def _related(word: str) -> tuple[str, ...]:
    return tuple(related([word]))
