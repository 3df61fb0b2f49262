"""Cuts a Chinese question into words and gives each its English.

What the glossary (`glossary.tsv`) lacks is taken for a name: it is spelled in pinyin and kept where the reports know
that spelling. Figures and Latin words stay as written. This module does not know in which order English puts words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Kind = Literal[
    "noun",  # any word that stays where it stands
    "actor",  # a noun that can own and act: a company, its people
    "name",
    "number",
    "verb",
    "time",
    "question",
    "yesno",
    "share",  # a percentage of something
    "head",  # leads its nouns in English: "number of", "difference between"
    "portion",  # accounts for
    "among",
    "than",
    "each",
    "link",  # joins a modifier to its head
    "copula",
    "measure",  # stands between a number and a noun, silent before the noun
    "unit",
    "money",
    "filler",
]

_FOLDER = Path(__file__).parent
_HAN = "\u4e00-\u9fff〇"
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_POWERS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_MONTHS = "January February March April May June July August September October November December".split()
_FIGURE = r"\d[\d,]*(?:\.\d+)?"
_NUMERAL = "[一二三四五六七八九十两〇零][一二三四五六七八九十百千万亿〇零]*"
_NUMERAL_WORD = re.compile(_NUMERAL)
_YEARS = re.compile(r"(\d{4})\s*年?\s*[-–—~至到]\s*(\d{4})\s*年")
_YEAR = re.compile(r"(\d{4}|[〇零一二三四五六七八九]{4})\s*(?:年度|(?=年[底末初])|年)")
_DATE = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]")
_SPAN = re.compile(r"(?<!\d)(\d{1,3}|[一二三四五六七八九十两]{1,3})\s*年([之以]?内)?")
_MULTIPLIED = re.compile(rf"({_FIGURE})\s*([百千]?[万亿]+|[百千](?![瓦克米焦分]))")
_PERCENT = re.compile(rf"百分之(?:({_FIGURE})|({_NUMERAL}))")
_LATIN = re.compile(r"[A-Za-z\d](?:[\w&+/.,'-]*\w)?%?", re.ASCII)
# Family names that are no everyday words besides.
_SURNAMES = frozenset(
    "王李张刘陈杨赵吴徐孙朱胡郭林何罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁沈任姚卢姜崔钟谭陆汪范廖"
    "贾韦付邹熊孟秦邱侯江尹薛闫段雷龙陶黎贺毛郝龚邵钱覃赖洪武莫孔汤严温葛翟聂祁齐庄颜柯欧"
)
_MAX_NAME = 4
_MIN_NAME_LETTERS = 5
# What a cut costs: a name is dearer than two words of the glossary, cheaper than a word and a character left over.
_WORD, _NAME, _PERSON, _LEFT_OVER, _MARK = 1.0, 2.5, 3.5, 3.0, 0.1
_FUNCTION_WORDS = frozenset("a an and as at before by during for from in is of on or per the to what with".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question in English.

    Attributes:
        english: What it says; empty where English says nothing.
        kind: The part that it plays.
    """

    english: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Entry:
    """What the glossary says of a Chinese word: its English, the likeliest first, and its kind."""

    english: tuple[str, ...]
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word that could end at a place of the question."""

    start: int
    word: Word
    cost: float


@cache
def glossary() -> Mapping[str, Entry]:
    """The entries by Chinese word, Latin letters in lower case.

    Raises:
        ValueError: If a line is not a word, its English and, where it is no noun, its kind.
    """
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    entries: dict[str, Entry] = {}
    for n, line in enumerate((_FOLDER / "glossary.tsv").read_text("utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        chinese, english, kind = (line.split("\t") + ["noun"])[:3]
        if kind not in kinds or not chinese or chinese.lower() in entries:
            raise ValueError(f"glossary.tsv, line {n}: {line!r} has an unknown kind or stands there twice")
        entries[chinese.lower()] = Entry(tuple(english.split("|")), kinds[kind])
    return entries


def simplified(text: str) -> str:
    """The text in simplified characters and half-width marks."""
    return unicodedata.normalize("NFKC", text).translate(_traditional())


def words(question: str, is_known: Callable[[str], bool]) -> list[Word]:
    """Cut a question into words, as few as will do; what is neither a word, a figure nor a known name is left out.

    Args:
        question: In Chinese, in simplified or traditional characters.
        is_known: Whether the reports know an English word or a name.
    """
    text = simplified(question)
    pieces: dict[int, list[_Piece]] = {}
    for end, piece in _pieces(text, is_known):
        pieces.setdefault(end, []).append(piece)
    best: list[tuple[float, _Piece | None]] = [(0.0, None)]
    for end, character in enumerate(text, 1):
        left_over = _LEFT_OVER if re.match(rf"[\w{_HAN}]", character) else _MARK
        best.append(
            min(
                ((best[p.start][0] + p.cost, p) for p in (*pieces.get(end, ()), _Piece(end - 1, _NOTHING, left_over))),
                key=lambda way: way[0],
            )
        )
    found: list[Word] = []
    end = len(text)
    while (chosen := best[end][1]) is not None:
        found.append(chosen.word)
        end = chosen.start
    return [word for word in reversed(found) if word is not _NOTHING]


_NOTHING = Word("", "filler")


def _pieces(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, _Piece]]:
    """Every end in the text with a word that could end there."""
    entries = glossary()
    longest = max(map(len, entries))
    lower = text.lower()
    for start in range(len(text)):
        for end in range(start + 1, min(start + longest, len(text)) + 1):
            entry = entries.get(lower[start:end])
            if entry:
                yield end, _Piece(start, Word(_likeliest(entry.english, is_known), entry.kind), _cost(end - start))
        for end, word in _figures(text, start):
            yield end, _Piece(start, word, _cost(end - start))
    for start, end, name, cost in _names(text, is_known):
        yield end, _Piece(start, Word(name, "name"), cost)


def _cost(characters: int) -> float:
    """A word's cost: of two cuts with as many words, the one with the longer word is the likelier."""
    return _WORD - characters**2 / 10_000


def _figures(text: str, start: int) -> Iterator[tuple[int, Word]]:
    """Years, dates, spans of years, figures and Latin words that start at a place: their end and the word."""
    if match := _YEARS.match(text, start):
        yield match.end(), Word(f"from {match[1]} to {match[2]}", "time")
    if match := _YEAR.match(text, start):
        yield match.end(), Word(str(_numeral(match[1])), "time")
    if (match := _DATE.match(text, start)) and 1 <= (month := _numeral(match[1])) <= len(_MONTHS):
        yield match.end(), Word(f"{_numeral(match[2])} {_MONTHS[month - 1]}", "time")
    if match := _SPAN.match(text, start):
        span = f"{_numeral(match[1])} years"
        yield match.end(), Word(f"within {span}", "time") if match[2] else Word(span, "noun")
    if match := _PERCENT.match(text, start):
        yield match.end(), Word(f"{match[1] or _numeral(match[2])}%", "number")
    if match := _MULTIPLIED.match(text, start):
        yield match.end(), Word(_multiplied(match[1], match[2]), "number")
    elif match := _LATIN.match(text, start):
        yield match.end(), Word(match[0], "number" if match[0][0].isdigit() else "name")
    if (match := _NUMERAL_WORD.match(text, start)) and match[0] != "一":
        yield match.end(), Word(f"{_numeral(match[0]):,}", "number")


def _numeral(text: str) -> int:
    """The value of a numeral: 三百二十 is 320, 二〇二四 is 2024, and so is 2024."""
    for character, power in _POWERS.items():
        head, found, tail = text.rpartition(character)
        if found:
            return (_numeral(head) if head else 1) * power + _numeral(tail)
    return int("".join(str(_DIGITS.get(digit, digit)) for digit in text) or 0)


def _multiplied(figure: str, multipliers: str) -> str:
    """A figure written out: 70 and 万 are 700,000."""
    value = Decimal(figure.replace(",", ""))
    for character in multipliers:
        value *= _POWERS[character]
    return f"{value.normalize():,f}"


def _names(text: str, is_known: Callable[[str], bool]) -> Iterator[tuple[int, int, str, float]]:
    """Names of two to four characters that the reports spell in pinyin: start, end, spelling and cost."""
    from pypinyin import lazy_pinyin  # reads its dictionaries when imported

    for run in re.finditer(f"[{_HAN}]{{2,}}", text):
        syllables = lazy_pinyin(run[0])
        if len(syllables) != len(run[0]):  # a character without a reading
            continue
        for start in range(len(syllables) - 1):
            for end in range(start + 2, min(start + _MAX_NAME, len(syllables)) + 1):
                place = run.start() + start, run.start() + end
                if name := _known_name(syllables[start:end], is_known):
                    yield *place, name, _NAME
                elif run[0][start] in _SURNAMES and end - start <= 3 and is_known(syllables[start].capitalize()):
                    given = "".join(syllables[start + 1 : end]).capitalize()
                    if is_known(given):
                        yield *place, f"{syllables[start].capitalize()} {given}", _PERSON


def _known_name(syllables: list[str], is_known: Callable[[str], bool]) -> str | None:
    """The syllables as one word, with an apostrophe before a vowel if the reports write one; None if unknown."""
    parted = syllables[0] + "".join(f"'{part}" if part[0] in "aeo" else part for part in syllables[1:])
    for spelling in dict.fromkeys(("".join(syllables), parted)):
        if len(spelling) >= _MIN_NAME_LETTERS and (is_known(spelling.capitalize()) or is_known(spelling)):
            return spelling.capitalize()
    return None


def _likeliest(alternatives: tuple[str, ...], is_known: Callable[[str], bool]) -> str:
    """The first of the alternatives of which the reports know most words."""

    def known(english: str) -> float:
        telling = [word for word in re.findall(r"[a-z]{2,}|\d+", english.lower()) if word not in _FUNCTION_WORDS]
        return sum(map(is_known, telling)) / max(len(telling), 1)

    return alternatives[0] if len(alternatives) == 1 else max(alternatives, key=known)


@cache
def _traditional() -> Mapping[int, str]:
    """Simplified characters by the code points of their traditional forms."""
    lines = (_FOLDER / "traditional.txt").read_text("utf-8").split()
    return {ord(form): forms[0] for forms in lines for form in forms[1:]}
