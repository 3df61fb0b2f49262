import pytest

from corpus.document import Document
from corpus.footnotes import Footnotes, inline_note, unmarked
from corpus.formats.text import read_blocks

TEXT = "Air\n\nFlights ¹ rose.\n\n¹Without charter\n\nSea\n\nVoyages ¹ fell, use* too.\n\n¹Since May\n\n*Estimated"


def test_a_mark_means_the_next_note_below():
    document = Document("d", "D", "", TEXT, read_blocks(TEXT))
    notes = Footnotes(document)
    assert notes.of("Flights ¹", TEXT.index("Flights")) == [("¹", "Without charter")]
    assert notes.of("Voyages ¹", TEXT.index("Voyages")) == [("¹", "Since May")]
    assert notes.of("Energy use*", TEXT.index("Voyages")) == [("*", "Estimated")]
    assert notes.of("Voyages ²", 0) == []
    assert notes.of("Land in km²", 0) == []


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Solvents ¹", "Solvents"),
        ("Scope 3²", "Scope 3"),
        ("2,365²", "2,365"),
        ("Land in km²", "Land in km²"),
        ("1,000 m³", "1,000 m³"),
        ("Energy use*", "Energy use"),
        ("**Total**", "Total"),
        ("**Total**¹", "Total"),
        ("Total income¹,²,³", "Total income"),
        ("Total income ¹, ²", "Total income"),
    ],
)
def test_unmarked(text, bare):
    assert unmarked(text) == bare


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Down 3%. *Without subsidiaries", "Without subsidiaries"),
        ("Down **3%** on 2021.", ""),
        ("A *word* in italics", ""),
        ("Nothing", ""),
    ],
)
def test_inline_notes(text, note):
    assert inline_note(text) == note
