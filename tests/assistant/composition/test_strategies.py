from assistant.composition.strategies import sides
from assistant.reading.extractor import Finding
from corpus.passage import Part, Passage
from index.hit import Hit


def place(text, **features):
    """The finding of the beginning of a text."""
    passage = Passage(f"a#{len(text)}", "a", (), None, 0, len(text), text, "prose", (Part(text, 0),))
    known = {"reader": 3.0, "shared": 0.9} | features
    return Finding(Hit(passage, 1.0, 1, ()), 0, 4, 0, len(text), text[:4], 1.0, known)


BUILT = place("The mill was built by our own people.")
BOUGHT = place("In Fell, the mill was purchased.")


def test_each_alternative_has_the_place_that_speaks_of_it():
    asked = ("Was the mill built by us", "bought from others")
    assert list(sides(asked, [place("The mill is in Fell."), BOUGHT, BUILT])) == [BUILT, BOUGHT]
    assert list(sides(("Was the mill built", "bought"), [BUILT, BOUGHT])) == [BUILT, BOUGHT], "a synonym will do"


def test_a_place_that_the_reader_rules_out_speaks_of_neither():
    asked = ("Was the mill built", "bought")
    assert all(side is BOUGHT for side in sides(asked, [place("The mill was built by us.", reader=-9.0), BOUGHT]))
    assert list(sides(asked, [place("It was bought here and built.", shared=0.1)])) == []
    assert list(sides(asked, [])) == []
