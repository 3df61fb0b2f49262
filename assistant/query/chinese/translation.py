"""Puts a Chinese question into English words, for a search and a reader that know English only.

A glossary and a few rules of word order, no model. This module does not know whether the reports answer the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from assistant.query.chinese.glossary import Word, simplified, words
from assistant.query.chinese.word_order import english, joined, question, singular

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_PAST = re.compile("[了过曾]|已经?")
_ORDINALS = frozenset({"first", "second", "third", "fourth"})


def is_chinese(text: str) -> bool:
    """Whether a text is in Chinese: it has more Chinese characters than words in Latin letters."""
    return len(_HAN.findall(text)) > len(_LATIN_WORD.findall(text))


def translate(question_text: str, is_known: Callable[[str], bool]) -> str:
    """Put a Chinese question into English words.

    Args:
        question_text: In simplified or traditional characters; Latin words and figures in it stay as they are.
        is_known: Whether the reports know a word, as written or by its stem. It settles which of several words is used
            where they mean the same, and which names are kept.

    Returns:
        A question in nearly English order, keywords where nothing is asked, empty where nothing was understood.
    """
    found = [word for word in words(question_text, is_known) if word.kind != "filler"]
    times, found = _times(found)
    share, found = _each(found)
    past = bool(times) or bool(_PAST.search(simplified(question_text)))
    asked = question(found, past)
    last = joined(share, times)
    return joined(english(found), last) if asked is None else f"{joined(asked, last)}?"


def _times(found: Sequence[Word]) -> tuple[str, list[Word]]:
    """The times as one phrase, and all other words."""
    marked = [(_is_time(found, place), word) for place, word in enumerate(found)]
    phrases: list[str] = []
    rest: list[Word] = []
    for is_time, run in groupby(marked, key=lambda pair: pair[0]):
        some = [word for _, word in run]
        if not is_time:
            rest += some
            continue
        than = next((i for i, word in enumerate(some) if word.kind == "than"), len(some))
        time, other = some[:than], some[than + 1 :]
        # 比 B stands before what it compares with, 与 B 相比 around it.
        if than < len(some) and rest and rest[-1].english == "and":
            rest.pop()
            time, other = other, time
        phrases += [_time(time), f"compared with {_time(other, '')}" if other else ""]
    return joined(*phrases), rest


def _time(found: Sequence[Word], preposition: str = "in") -> str:
    """Times one after the other. Chinese goes from the year to the day, English back."""
    order = sorted((word.english for word in reversed(found)), key=lambda text: not text.startswith("as of"))
    bare = order and (order[0][0].isdigit() or order[0].partition(" ")[0] in _ORDINALS)
    return joined(preposition if bare else "", *order)


def _is_time(found: Sequence[Word], place: int) -> bool:
    """Whether a word is a time, stands between two, or compares with one."""
    word = found[place]
    before, after = (found[i].kind == "time" if 0 <= i < len(found) else False for i in (place - 1, place + 1))
    return (
        word.kind == "time"
        or (word.english == "and" and before and after)
        or (word.kind == "than" and (before or after))
    )


def _each(found: Sequence[Word]) -> tuple[str, list[Word]]:
    """What an amount is asked for each of, as an English phrase, and all other words."""
    place = next((i for i, word in enumerate(found) if word.kind == "each"), None)
    if place is None:
        return "", list(found)
    end = next((i for i in range(place + 1, len(found)) if found[i].kind not in {"measure", "unit"}), len(found))
    if end < len(found) and found[end].kind in {"noun", "actor", "name"}:
        end += 1
    each = english([replace(word, english=singular(word.english)) for word in found[place + 1 : end]])
    rest = found[end + 1 :] if found[end : end + 1] and found[end].kind == "link" else found[end:]
    return joined(found[place].english, each), [*found[:place], *rest]
