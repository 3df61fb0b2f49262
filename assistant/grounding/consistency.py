"""What of a sentence its evidence does not bear out, read off the words: a figure, a year, a name, a no, a direction.

Each check gives a few words on what is wrong, or nothing. It errs on the side of refusal: a sentence that is refused
is left out, one that is let through is believed. This module does not know how evidence was found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.query.wording.scope import years
from corpus.figure import Figure, find_figures
from corpus.passage import Fact
from index.words import english, related, stem, stems, words

# "One of the plants" counts nothing.
_PRONOUN = re.compile(r"\bone (?=of\b)|\b(?:no|any|every|each) one\b|\b(?:the|this|that|which) one\b", re.I)
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d|\d)")
_NAME = re.compile(r"\b[A-Z][\w&.-]*\w\b|\b[A-Z]\b")
_SELF = frozenset("company group report i yes no q1 q2 q3 q4".split())
_MONTHS = "January February March April May June July August September October November December".lower().split()
_DENIED = re.compile(
    r"\b(?:not?|never|none|nor|neither|nobody|nothing|without|zero|free of|free from|\w+n['’]t)\b"
    r"(?! (?:only|less|more|fewer|later|earlier|least|matter)\b)(?!\. ?\d)",
    re.I,
)
_CLAUSE = re.compile(r"[;:|\n]|,? \b(?:and|but|while|whereas|although|though)\b|, ")
_UP = re.compile(
    r"\b(?:increas\w+|rise|rises|rose|risen|rising|gr[eo]w|grows|grown|growing|growth|up|higher|climb\w*|doubled|gain\w*)\b",
    re.I,
)
_DOWN = re.compile(
    r"\b(?:decreas\w+|f[ae]ll|falls|fallen|falling|declin\w+|down|lower|lowered|reduc\w+|drop\w*|shr[aiu]nk|less|cut|cuts)\b",
    re.I,
)
_FROM_TO = re.compile(r"\bfrom\b(?P<first>.+?)\bto\b(?P<second>.+)", re.I)


def unstated_figures(text: str, stated: Sequence[Figure]) -> list[Figure]:
    """Figures of a text that are not among those stated; years are `wrong_period`'s business.

    Stricter than `Figure.same` in one thing: a figure said with a scale, "5 million", must have the value and not only
    the digits of what is stated.
    """
    found = [f.figure for f in find_figures(_PRONOUN.sub(" ", text)) if not f.figure.is_year]
    return [figure for figure in found if not any(_agree(figure, other) for other in stated)]


def _agree(said: Figure, stated: Figure) -> bool:
    scaled = not said.unit and said.value != said.number
    return said.value == stated.value if scaled else said.same(stated)


def wrong_period(text: str, facts: Sequence[Fact], otherwise: set[str]) -> str:
    """A figure of a table that a text gives for another year than its column's.

    Args:
        text: A sentence. As many years as figures belong to each other in order; otherwise all of the years will do.
        facts: The facts of its evidence.
        otherwise: The years that are meant where the sentence names none.
    """
    said = [f.figure for f in find_figures(text) if not f.figure.is_year]
    if not said and _DENIED.search(text):
        said = [Figure("none", Decimal(0), Decimal(0), "")]
    pairs = [(figure, [f for f in facts if _agree(figure, f.figure) and years(f.period)]) for figure in said]
    dated = [(figure, found) for figure, found in pairs if found]
    named = _YEAR.findall(text)
    for place, (figure, found) in enumerate(dated):
        meant = {named[place]} if len(named) == len(dated) else set(named) | years(text) or otherwise
        if meant and not any(years(fact.period) & meant for fact in found):
            return f"{figure.text} is of {found[0].period}"
    return ""


def unknown_name(text: str, evidence: str, is_known: Callable[[str], bool]) -> str:
    """A name of a text that its evidence does not hold, empty where it holds all.

    Args:
        text: A sentence. Its first word is a name only where neither the reports nor English know the word.
        evidence: What its citations say, with their sections, the report's title and the company.
        is_known: Whether the reports hold a word.
    """
    held = stems(evidence) | set(re.findall(r"\w+", evidence.lower()))

    def is_held(word: str) -> bool:
        return word in held or stem(word) in held or any(other in held for other in related([stem(word)]))

    bare = _without_figures(text)
    opening = re.match(r"[\W\d]*(?:(?:yes|no),? )?[\W\d]*", bare, re.I)
    first = opening.end() if opening else 0
    for match in _NAME.finditer(bare):
        for part in re.findall(r"[^\W_]+", match.group()):
            is_name = match.start() > first or not (is_known(part) or part.lower() in english())
            if is_name and words(part) and part.lower() not in _SELF and not is_held(part.lower()):
                return match.group()
    return next((month for month in _MONTHS if re.search(rf"\b{month}\b", bare.lower()) and _unheld(month, held)), "")


def _unheld(month: str, held: set[str]) -> bool:
    return month != "may" and month not in held and month[:3] not in held


def denial(text: str, evidence: str) -> str:
    """A no that only the text or only its evidence says; the clause of the evidence that is nearest to it counts."""
    says_no = bool(_DENIED.search(text)) or _says_nought(text)
    if says_no:
        return "" if _DENIED.search(evidence) or _says_nought(evidence) else "its citation does not deny it"
    said = stems(text)
    clauses = [clause for clause in _CLAUSE.split(evidence) if clause.strip()]
    shared = [len(said & stems(clause)) for clause in clauses]
    nearest = [clause for clause, count in zip(clauses, shared, strict=True) if count == max(shared, default=0)]
    denied = bool(nearest) and all(_DENIED.search(clause) for clause in nearest)
    return "its citation denies it" if denied else ""


def _says_nought(text: str) -> bool:
    return any(found.figure.number == 0 for found in find_figures(text))


def direction(text: str, evidence: str) -> str:
    """A rise that the evidence, or the text's own "from … to …", shows as a fall, or the other way round."""
    up = rises(text)
    if up is None:
        return ""
    change = _FROM_TO.search(text)
    if change:
        first, second = (_first_value(change[side]) for side in ("first", "second"))
        if first is not None and second is not None and first != second and (second > first) != up:
            return "its own figures show the other direction"
    shown = rises(evidence)
    return "" if shown is None or shown == up else "its citation shows the other direction"


def rises(text: str) -> bool | None:
    """Whether a text speaks of a rise only, or of a fall only; None where of both or neither."""
    up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
    return None if up == down else up


def _first_value(text: str) -> Decimal | None:
    return next((f.figure.value for f in find_figures(text) if not f.figure.is_year), None)


def _without_figures(text: str) -> str:
    """A text with its figures blanked, so that places in it stay."""
    for found in find_figures(text):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text
