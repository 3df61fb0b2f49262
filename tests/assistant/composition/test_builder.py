import pytest

from assistant.answer import Calculation
from assistant.composition.builder import Draft, stated, with_unit
from assistant.reading.extractor import Finding
from corpus.facts import facts
from corpus.load import load_document
from corpus.passage import Fact
from corpus.split import split
from index.hit import Hit


@pytest.fixture(scope="module")
def document(mill_report):
    return load_document(mill_report)


@pytest.fixture(scope="module")
def finding(document):
    """Makes the finding of a value in the passage that begins with some words."""

    def made(opening, value, quote=None):
        (passage,) = (p for p in split(document) if p.text.startswith(opening))
        start = passage.start + passage.text.index(value)
        low = passage.start + passage.text.index(quote) if quote else passage.start
        high = low + len(quote) if quote else passage.end
        return Finding(Hit(passage, 1.0, 1, ()), start, start + len(value), low, high, value, 2.0, {})

    return made


@pytest.fixture
def draft(document):
    by_passage: dict[str, list[Fact]] = {}
    for fact in facts(document, split(document)):
        by_passage.setdefault(fact.passage_id, []).append(fact)
    return Draft({document.id: document}, by_passage)


SENTENCE = "Alder Paper employed 1,284 people at the end of 2024, in 12 mills."


def test_a_claim_cites_the_exact_characters(draft, document, finding):
    assert draft.claim(finding("Alder", "1,284 people", SENTENCE))
    (claim,), (citation,) = draft.claims, draft.citations
    assert claim.text == f"{SENTENCE} [1]" and claim.citations == (1,)
    assert document.text[citation.start : citation.end] == citation.quote == SENTENCE
    assert (citation.n, citation.document, citation.title, citation.section, citation.page) == (
        1,
        "alder-paper-2024",
        "Alder Paper Sustainability Report 2024",
        ("People",),
        None,
    )


def test_a_quote_is_cited_and_claimed_once(draft, finding):
    assert draft.claim(finding("Alder", "1,284 people", SENTENCE))
    assert not draft.claim(finding("Alder", "12 mills", SENTENCE), "Also: ")
    assert draft.claim(finding("Water", "198,750"), "Also: ")
    assert [citation.n for citation in draft.citations] == [1, 2]
    assert [claim.text for claim in draft.claims][1] == (
        "Also: Water withdrawal | Unit: m³; 2023: 210,400; 2024: 198,750 [2]"
    )


def test_a_claim_with_an_unproved_figure_leaves_nothing(draft, finding):
    assert not draft.claim(finding("Water", "198,750"), "About 5,000 less: ")
    assert (draft.claims, draft.citations) == ([], [])


def test_own_words_need_proof_for_each_figure(draft, finding):
    found = [finding("Water", "198,750"), finding("Total energy", "45,975")]
    shown = Calculation("198,750 / 45,975", "4.3", "m³/MWh")
    assert not draft.say("4.3 = 198,750 / 45,975", found)
    assert (draft.claims, draft.citations) == ([], [])
    assert draft.say("4.3 = 198,750 / 45,975", found, shown)
    assert draft.claims[0].text == "4.3 = 198,750 / 45,975 [1] [2]" and draft.claims[0].citations == (1, 2)


def test_a_value_takes_the_unit_of_its_row(draft, finding):
    assert draft.value(finding("Hazardous", "71.2")) == "71.2 t"
    assert draft.value(finding("Share", "64.5")) == "64.5%"
    assert draft.value(finding("Alder", "1,284 people", SENTENCE)) == "1,284 people"


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("18.3", "t/a", "18.3 t/a"),
        ("42,160", "(RMB 1,000)", "42,160 (RMB 1,000)"),
        ("95.1", "%", "95.1%"),
        ("95.1%", "%", "95.1%"),
        ("3.54%", "millions", "3.54%"),
        ("$81,797", "millions", "$81,797 million"),
        ("(1,468)", "In Millions, Except Per Share Amounts", "(1,468) million"),
        ("4.1", "In Millions; Unaudited", "4.1 million"),
        ("9", "millions and shares in thousands", "9 million"),
        ("4,906", "in kWh", "4,906 kWh"),
        ("498.7", "EUR million", "498.7 EUR million"),
        ("126,780", "number", "126,780"),
        ("126,780", "Number", "126,780"),
        ("18.3 tonnes", "t", "18.3 tonnes"),
        ("none", "t", "none"),
        ("5", " ", "5"),
    ],
)
def test_units_stand_behind_bare_numbers(value, unit, shown):
    assert with_unit(value, unit) == shown


def test_a_long_sentence_is_told_around_its_value(tmp_path):
    words = [f"word{i}" for i in range(100)]
    words[80] = "4,711"
    path = tmp_path / "long-2024.md"
    path.write_text("# Long\n\n" + " ".join(words) + ".\n", "utf-8")
    document = load_document(path)
    (passage,) = split(document)
    start = passage.start + passage.text.index("4,711")
    found = Finding(Hit(passage, 1, 1, ()), start, start + 5, passage.start, passage.end, "4,711", 1.0, {})
    told = stated(found, document)
    assert told.startswith("… word30 ") and told.endswith("word99.")
    assert "word79 4,711 word81" in told and len(told.split()) == 71


def test_bold_marks_are_not_shown(tmp_path):
    path = tmp_path / "bold-2024.md"
    path.write_text("# Bold\n\nIt made **4,711 t**\nof paper in that year.\n", "utf-8")
    document = load_document(path)
    (passage,) = split(document)
    assert stated(Finding.whole(passage), document) == "It made 4,711 t of paper in that year."


def test_what_was_looked_at_is_the_whole_passage(document):
    passage = split(document)[0]
    found = Finding.whole(passage)
    assert (found.quote_start, found.quote_end, found.value, found.score) == (passage.start, passage.end, "", 0.0)
