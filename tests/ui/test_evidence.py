from assistant.answer import Citation
from corpus.document import Document
from corpus.passage import Part, Passage
from eval.evidence import Place, find_evidence

TEXT = "Mills\t12\nWe run 12\n  mills.\nIn all, 12 mills (11)."
MILL = Document("mill", "Mill", "0", TEXT, ())
OTHER = Document("other", "Other", "0", "It has 12 mills.", ())


def cited(document, quote):
    start = document.text.index(quote)
    return Citation(1, document.id, document.title, (), None, f"{document.id}#0", start, start + len(quote), quote)


def passage(start, end):
    return Passage(f"mill#{start}", "mill", (), None, start, end, TEXT[start:end], "prose", (Part(TEXT[start:end]),))


def test_evidence_is_found_at_every_place_whatever_the_white_space():
    found = find_evidence("12 mills", [MILL, OTHER])
    assert found.places == (Place("mill", 16, 26), Place("mill", 36, 44), Place("other", 7, 15))
    assert [TEXT[p.start : p.end] for p in found.places[:2]] == ["12\n  mills", "12 mills"]


def test_characters_of_regular_expressions_are_plain_text():
    assert find_evidence("mills (11).", [MILL]).places == (Place("mill", 39, 50),)
    assert find_evidence("mills .11.", [MILL]).places == ()


def test_a_citation_supports_only_in_place():
    found = find_evidence("We run 12 mills", [MILL, OTHER])
    assert found.supports(cited(MILL, "run 12"))
    assert not found.supports(cited(MILL, "In all, 12 mills"))
    assert not found.supports(cited(OTHER, "12 mills"))


def test_touching_spans_do_not_overlap():
    place = Place("mill", 9, 18)
    assert place.overlaps("mill", 17, 30)
    assert not place.overlaps("mill", 18, 30)
    assert not place.overlaps("mill", 0, 9)


def test_evidence_without_a_place_falls_back_to_its_words():
    found = find_evidence("the company runs 12 mills in all", [MILL])
    assert found.places == ()
    assert found.supports(cited(MILL, "12\n  mills"))
    assert not found.supports(cited(MILL, "We run"))
    assert not found.is_in(passage(0, 8))


def test_a_passage_holds_evidence_that_it_overlaps():
    found = find_evidence("We run 12", [MILL])
    assert found.is_in(passage(9, 27))
    assert not found.is_in(passage(0, 8))
