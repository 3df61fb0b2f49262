import math

import pytest

from assistant.reading.agreement import agree, doubt, is_denied, opposed
from assistant.reading.extractor import Finding
from corpus.figure import find_figures
from corpus.passage import Part, Passage
from index.hit import Hit

SPEAKS = {"reader": 4.0, "shared": 1.0}


def place(text, value, **features):
    """The finding of a value in a sentence."""
    passage = Passage("a#10", "a", (), None, 10, 10 + len(text), text, "prose", (Part(text, 10),))
    start = 10 + text.index(value)
    known = SPEAKS | features
    return Finding(Hit(passage, 1.0, 1, ()), start, start + len(value), 10, 10 + len(text), value, 1.0, known)


@pytest.mark.parametrize(
    ("text", "value", "denied"),
    [
        ("No mill was closed.", "mill", True),
        ("The report isn't audited.", "audited", True),
        ("Accidents | 0", "0", True),
        ("A mill was closed, but not for long.", "A mill", False),
        ("It was no. 1 of all mills.", "no. 1", False),
        ("It spends no less than 5%.", "no less than 5%", False),
        ("It runs not only mills.", "mills", False),
        ("It closed 10 mills.", "10", False),
    ],
)
def test_what_denies(text, value, denied):
    assert is_denied(place(text, value)) == denied


def test_a_yes_needs_a_quote_that_speaks_of_what_is_asked():
    built = place("It built a mill.", "a mill", reader=1.0)
    assert [doubt(built, spoken) for spoken in (0.9, 0.4, 0.1)] == [0.5, 1.0, math.inf]
    assert doubt(place("It built a mill.", "a mill"), 0.1) == 1.0, "the reader is sure"
    assert doubt(place("No mill was built.", "mill", reader=1.0), 0.1) == 0.5, "it is denied"


def against(best, *found, question="Was a mill closed?"):
    return opposed(question, best, [best, *found], lambda word: 1.0)


def test_a_place_that_says_the_opposite_stands_against_the_best():
    best = place("No mill was closed.", "mill")
    closed = place("In May we closed a mill.", "a mill", reader=-1.0, shared=0.6)
    assert against(best, closed) == closed
    assert against(closed, best) == best
    assert against(best, place("We may close a mill.", "a mill")) is None, "it is only supposed"
    assert against(best, place("In May we closed a mill.", "a mill", shared=0.2)) is None
    assert against(best, place("In May we closed a mill.", "a mill", reader=-9.0)) is None
    assert against(best, place("No mill has been closed.", "mill")) is None
    assert against(best, place("In May we bought a mill.", "a mill")) is None, "it speaks of another thing"


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("$11.7 billion", "$11,715 million", True),
        ("$11.7 billion", "$11,815 million", False),
        ("56.1 million", "(56,100,000)", True),
        ("12%", "12 t", False),
        ("4,603", "4,604", False),
    ],
)
def test_a_rounded_figure_is_the_same(first, second, one):
    (left,), (right,) = find_figures(first), find_figures(second)
    assert agree(left.figure, right.figure) == agree(right.figure, left.figure) == one
