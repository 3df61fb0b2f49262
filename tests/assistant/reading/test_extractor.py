from dataclasses import replace

import pytest

from assistant.composition.lists import whole_list
from assistant.query.wording.answer_type import Asked
from assistant.reading.answerability import Confidence
from assistant.reading.extractor import Extractor, Finding, proof, widened
from assistant.reading.reader import Reading
from corpus.load import load_document
from corpus.passage import Part, Passage
from index.hit import Hit
from index.passage_index import PassageIndex


@pytest.mark.parametrize(
    ("text", "span", "wide"),
    [
        ("They employed 1,284 people.", "284", "1,284"),
        ("They recycled over 95% of it.", "95", "over 95%"),
        ("They spent no less than RMB 42.16 million.", "42.16", "no less than RMB 42.16 million"),
        ("They make paperboard here.", "board", "paperboard"),
        ("They make paperboard here.", " paper", "paperboard"),
        ("They won “the Oak Prize”, again.", "“the Oak Prize”,", "the Oak Prize"),
        ("They hold **4,711 t** of it.", "711", "**4,711 t**"),
        ("They lead the panel (of seven) now.", "panel (of", "panel (of seven)"),
    ],
)
def test_a_span_is_widened_to_whole_words_and_figures(text, span, wide):
    start = text.index(span)
    found = widened(text, start, start + len(span), 0, len(text))
    assert text[slice(*found)] == wide


def test_a_span_does_not_leave_its_passage():
    text = "over 95% of it"
    assert widened(text, 5, 7, 5, 7) == (5, 7)
    assert widened(text, 5, 7, 0, 8) == (0, 8)


def passage(text, kind, start=100):
    return Passage(f"a#{start}", "a", (), None, start, start + len(text), text, kind, (Part(text, start),))


def proved(text, kind, value):
    whole = " " * 100 + text
    start = whole.index(value)
    return whole[slice(*proof(whole, passage(text, kind), start, start + len(value)))]


def test_prose_is_proved_by_its_sentences():
    text = "One mill closed. Two opened in May. Three are planned."
    assert proved(text, "prose", "Two") == "Two opened in May."
    assert proved(text, "prose", "May. Three") == "Two opened in May. Three are planned."


def test_a_row_and_a_key_figure_prove_as_a_whole():
    assert proved("Water | m³ | 5", "table_row", "5") == "Water | m³ | 5"
    assert proved("1,284\nPeople", "key_figure", "1,284") == "1,284\nPeople"


def test_a_list_is_proved_by_its_item():
    text = "- one mill\n- two depots\n- three ships"
    assert proved(text, "list", "two") == "- two depots"
    assert proved(text, "list", "three") == "- three ships"
    assert proved(text, "list", "one mill\n- two") == "- one mill\n- two depots"


def extracted(extractor, question, wanted="text", documents=()):
    return extractor.extract(extractor.analyzer.lookup(question, Asked(wanted), documents))


class FirstWord:
    """Reads the first word of a passage and remembers what was asked."""

    threshold = 0.5

    def read(self, question, passages):
        self.asked = question
        return [Reading(0, len(passage.split()[0]), 1.0, 0.9) for passage in passages]


def test_a_misspelt_question_is_read_as_the_reports_spell_it(mill_index):
    reader = FirstWord()
    found = extracted(Extractor(mill_index, reader, Confidence(), 3), "How much watr withdrawl in Birchtown?", "figure")
    assert reader.asked == "How much watr withdrawal in Birchtown?", "a short word is left"
    assert found[0].features["unknown_names"] == 1.0


def test_a_name_that_only_another_companys_report_holds_is_unknown(mill_index, tmp_path):
    path = tmp_path / "harbour-2024.md"
    path.write_text("# Harbour Lines Annual Report 2024\n\nHarbour Lines runs 14 ferries to Dunmore.\n", "utf-8")
    mills = mill_index.documents["alder-paper-2024"]
    reports = [replace(mills, company="Alder Paper"), replace(load_document(path), company="Harbour Lines")]
    extractor = Extractor(PassageIndex.build(reports, mill_index.embedder), FirstWord(), Confidence(), 3)

    def unknown(question):
        return {(f.passage.document_id, f.features["unknown_names"]) for f in extracted(extractor, question)}

    assert unknown("What does Harbour run to Dunmore?") == {("harbour-2024", 0.0)}
    assert unknown("What does Alder sell in Dunmore?") == {("alder-paper-2024", 1.0)}
    assert {names for _, names in unknown("What is sold in Dunmore?")} == {0.0}


def test_a_list_can_be_told_as_a_whole():
    text = "It runs:\n- one mill\n- two **depots**"
    listed = passage(text, "list", 0)
    item = Finding(Hit(listed, 1.0, 1, ()), 11, 19, 9, 19, "one mill", 1.0, {})
    whole = whole_list(item)
    assert (whole.quote_start, whole.quote_end, whole.value) == (0, len(text), "one mill; two depots")
    prose = replace(item, hit=Hit(passage(text, "prose", 0), 1.0, 1, ()))
    assert whole_list(prose) == prose


class Spans:
    """Reads the first of given words that stand in a passage."""

    threshold = 0.5

    def __init__(self, *spans):
        self.spans = spans

    def read(self, question, passages):
        return [self._read(passage) for passage in passages]

    def _read(self, reading):
        for span in self.spans:
            if span in reading:
                start = reading.index(span)
                return Reading(start, start + len(span), 6.0, 0.9)
        return Reading(0, 0, -6.0, 0.1)


def found(index, question, wanted, *spans):
    return extracted(Extractor(index, Spans(*spans), Confidence(), 8), question, wanted)


def test_the_likeliest_place_is_first_and_located(mill_index):
    best, *others = found(mill_index, "How many people are employed?", "figure", "284")
    text = mill_index.documents["alder-paper-2024"].text
    assert best.value == text[best.start : best.end] == "1,284"
    assert text[best.quote_start : best.quote_end] == (
        "Alder Paper employed 1,284 people at the end of 2024, in 12 mills."
    )
    assert best.confidence > 0.9 > 0.1 > max(other.confidence for other in others)
    assert len({finding.passage.id for finding in [best, *others]}) == 1 + len(others)
    assert best.overlaps(best) and not best.overlaps(others[0])


def test_a_header_that_was_read_is_no_place_of_its_own(mill_index):
    """What stands only in the words added for the reader is shown as its passage."""
    best = found(mill_index, "How much water was withdrawn in 2024?", "text", "2024: ")[0]
    assert best.passage.start <= best.start < best.end <= best.passage.end
    assert best.features["reader"] == -12.0


def test_the_only_figure_of_a_quote_stands_for_words_where_a_number_is_wanted(mill_index):
    asked = "How many people took part in the apprenticeship programme?"
    assert found(mill_index, asked, "figure", "apprenticeship programme")[0].value == "96"
    asked = "What young people did it take in?"
    assert found(mill_index, asked, "text", "apprenticeship programme")[0].value == "apprenticeship programme"


def test_another_year_is_out_of_scope(mill_index):
    for year, likely in (("2024", True), ("2021", False)):
        best = found(mill_index, f"How many people were employed in {year}?", "figure", "1,284")[0]
        assert (best.confidence > 0.5) is likely


def test_passages_near_the_conversation_are_read_too(mill_index):
    far = mill_index.passages[-1]
    extractor = Extractor(mill_index, Spans("64.5"), Confidence(), 1)
    asked = "How many people are employed?"
    assert far.id not in {finding.passage.id for finding in extracted(extractor, asked)}
    near = extractor.extract(extractor.analyzer.lookup(asked, Asked("text"), near=(far.id,)))
    assert near[0].value == "64.5" and near[0].passage == far


def test_documents_keep_others_out(mill_index, mill_report):
    assert load_document(mill_report).id == "alder-paper-2024"
    extractor = Extractor(mill_index, Spans("1,284"), Confidence(), 4)
    found = extracted(extractor, "How many people?", "figure", ("alder-paper-2024",))
    assert {finding.passage.document_id for finding in found} == {"alder-paper-2024"}


def test_a_query_is_searched_and_read_once(mill_index):
    class Counting(FirstWord):
        def __init__(self):
            self.asked = []

        def read(self, question, passages):
            self.asked.append(question)
            return [Reading(0, 0, 0.0, 0.5)] * len(passages)

    reader = Counting()
    extractor = Extractor(mill_index, reader, Confidence(), 4)
    first = extracted(extractor, "How many people are employed?", "figure")
    assert len(reader.asked) == 2, "rows and prose"
    assert extracted(extractor, "How many people are employed?", "figure") == first
    assert extracted(extractor, "How many people are employed?", "text"), "another answer type picks from what was read"
    assert len(reader.asked) == 2
