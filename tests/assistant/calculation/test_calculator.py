import re
from collections import defaultdict
from decimal import Decimal

import pytest

from assistant.calculation.arithmetic import parse
from assistant.calculation.calculator import Computed, compute, work_out
from assistant.calculation.grammars.operation import Operation
from assistant.calculation.quoted_result import is_stated
from assistant.calculation.report_rows import Reports
from assistant.query.wording.answer_type import Asked
from assistant.reading.extractor import Finding
from corpus.facts import facts
from corpus.figure import find_figures
from corpus.load import load_document
from corpus.split import split
from index.hit import Hit

REPORT = """# Alder Paper Report 2024

## Training

Of 2,553 hours of training, 358 hours were about safety.

There were 96 apprentices at the end of the year.

## Sales

Board sales were EUR 30 million, up 12% from a year ago, of total sales of EUR 120 million.

Carton sales were EUR 9 million, down EUR 3 million from 2023. Carton prices fell 5% in 2024.

## Environment

| Indicator | Unit | 2023 | 2024 |
| --- | --- | --- | --- |
| Hazardous waste | t | 80 | 70 |
| Total waste | t | 500 | 350 |
| Water withdrawal | m³ | 210,400 | 198,750 |
"""
WASTE = Operation("share", ("How much hazardous waste?", "How much total waste?"), (None, None), "%", True)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "alder-2024.md"
    path.write_text(REPORT, "utf-8")
    return load_document(path)


@pytest.fixture(scope="module")
def reports(document):
    found = defaultdict(list)
    for fact in facts(document, split(document)):
        found[fact.passage_id].append(fact)
    return Reports(split(document), found, {document.id: document}, lambda stemmed: 3.0)


class Places:
    """Finds for each wording the places of values that stand in passages, in the order given."""

    def __init__(self, document):
        self.document = document
        self.passages = split(document)
        self.known = {}
        self.asked = []

    def put(self, wording, *places):
        """Each place is the words that its passage opens with, the value and the log-odds."""
        self.known[wording] = [self.finding(*place) for place in places]
        return self

    def finding(self, opening, value, score):
        (passage,) = (p for p in self.passages if p.text.startswith(opening))
        start = passage.start + passage.text.index(value)
        hit = Hit(passage, 1.0, 1, ("bm25",))
        return Finding(hit, start, start + len(value), passage.start, passage.end, value, score, {})

    def __call__(self, wording, kind):
        self.asked.append((wording, kind.wanted))
        return self.known.get(wording, [])


@pytest.fixture
def places(document):
    return Places(document)


def values(done):
    return [place.value for place in done.places]


def test_a_share_of_two_rows(places, reports, document):
    places.put(WASTE.operands[0], ("Hazardous", "70", 3.0)).put(WASTE.operands[1], ("Total", "350", 2.0))
    done = compute(WASTE, places, reports, 0.5)
    assert done.calculation is not None
    assert (done.calculation.result, done.calculation.unit) == ("20", "%")
    assert "70" in done.calculation.formula and "350" in done.calculation.formula
    assert [document.text[place.start : place.end] for place in done.places] == values(done) == ["70", "350"]
    assert done.confidence == pytest.approx(1 / (1 + 2.718281828**-2))
    assert places.asked == [(wording, "figure") for wording in WASTE.operands]


def test_the_figures_of_one_sentence_are_told_apart_by_the_words_around(places, reports):
    asked = Operation(
        "share", ("How many hours were about safety?", "How many hours of training?"), (None, None), "%", True
    )
    both = ("Of 2,553", "2,553 hours", 4.0)
    done = compute(asked, places.put(asked.operands[0], both).put(asked.operands[1], both), reports, 0.5)
    assert done.calculation is not None and done.calculation.result == "14.0"
    assert [find_figures(value)[0].figure.number for value in values(done)] == [Decimal(358), Decimal(2553)]


def test_operands_near_each_other_are_taken_together(places, reports):
    places.put(WASTE.operands[0], ("Hazardous", "70", 3.0))
    places.put(WASTE.operands[1], ("There", "96", 1.2), ("Total", "350", 1.0))
    assert values(compute(WASTE, places, reports, 0.5)) == ["70", "350"]


def test_a_part_is_no_more_than_its_whole(places, reports):
    places.put(WASTE.operands[0], ("Total", "350", 3.0)).put(WASTE.operands[1], ("Hazardous", "70", 3.0))
    done = compute(WASTE, places, reports, 0.5)
    assert done.calculation is None or Decimal(done.calculation.result) <= 100


def test_the_year_picks_the_column(places, reports):
    asked = Operation(
        "growth", ("What is total waste in 2023?", "What is total waste in 2024?"), (None, None), "%", True
    )
    same = ("Total", "350", 3.0)
    done = compute(asked, places.put(asked.operands[0], same).put(asked.operands[1], same), reports, 0.5)
    assert values(done) == ["500", "350"]
    assert done.calculation is not None and done.calculation.result.replace("−", "-").startswith("-30")


def test_a_place_below_the_threshold_is_missing(places, reports):
    young = "How many young people?"
    asked = Operation("share", (young, "How many apprentices?"), (None, None), "%", True)
    places.put(young, ("There", "96", -1.0)).put(asked.operands[1], ("There", "96", 3.0))
    done = compute(asked, places, reports, 0.5)
    assert (done.calculation, done.missing) == (None, (young,))
    assert [place.value for place in done.places] == ["96"]


def test_a_row_of_just_that_name_is_proof_enough(places, reports):
    places.put(WASTE.operands[0], ("Hazardous", "70", 3.0)).put(WASTE.operands[1], ("Total", "350", -4.0))
    assert values(compute(WASTE, places, reports, 0.5)) == ["70", "350"]


def test_units_that_do_not_fit_are_said(places, reports):
    asked = Operation("sum", ("How much waste?", "How much water?"), (None, None), "", False)
    places.put(asked.operands[0], ("Total", "350", 3.0)).put(asked.operands[1], ("Water", "198,750", 3.0))
    done = compute(asked, places, reports, 0.5)
    assert (done.calculation, done.missing) == (None, ())
    assert done.why and "\n" not in done.why


def test_one_place_is_not_two_operands(places, reports):
    asked = Operation("sum", ("How many apprentices?", "How many apprentices in all?"), (None, None), "", False)
    same = ("There", "96", 3.0)
    done = compute(asked, places.put(asked.operands[0], same).put(asked.operands[1], same), reports, 0.5)
    assert (done.calculation, done.why) == (None, "the figures found do not belong together")


def test_figures_of_the_question_are_not_looked_up(places, reports):
    given = find_figures("100")[0].figure
    asked = Operation("difference", ("How many apprentices?", "100"), (None, given), "", False)
    done = compute(asked, places.put(asked.operands[0], ("There", "96", 3.0)), reports, 0.5)
    assert done.calculation is not None and done.calculation.result in ("-4", "−4")
    assert values(done) == ["96"] and places.asked == [(asked.operands[0], "figure")]


def test_nothing_found_is_not_sure():
    assert Computed(None, ()).confidence == 0.0


def test_a_row_of_another_name_is_no_operand(places, reports):
    asked = Operation("sum", ("How much hazardous waste?", "How much plastic waste?"), (None, None), "", False)
    places.put(asked.operands[0], ("Hazardous", "70", 3.0)).put(asked.operands[1], ("Total", "350", -1.0))
    done = compute(asked, places, reports, 0.5)
    assert done.calculation is None and (done.missing or done.why)


def test_figures_of_different_years_are_not_put_together(places, reports):
    asked = Operation(
        "difference", ("What is total waste?", "What is hazardous waste in 2023?"), (None, None), "", False
    )
    places.put(asked.operands[0], ("Total", "350", 3.0)).put(asked.operands[1], ("Hazardous", "80", 3.0))
    assert values(compute(asked, places, reports, 0.5)) == ["350", "80"], "the question names the year"
    asked = Operation("growth", ("What is waste in 2023?", "What is total waste in 2024?"), (None, None), "%", False)
    places.put(asked.operands[0], ("Hazardous", "80", 3.0)).put(asked.operands[1], ("Total", "350", 3.0))
    done = compute(asked, places, reports, 0.5)
    assert done.calculation is None or {place.passage.text[:5] for place in done.places} != {"Hazar", "Total"}


def test_other_places_of_a_value_are_told_too(places, reports):
    twice = ("How many apprentices?", "How many hours of training?")
    asked = Operation("ratio", twice[::-1], (None, None), "per apprentice", False)
    places.put(twice[0], ("There", "96", 3.0)).put(twice[1], ("Of 2,553", "2,553 hours", 3.0))
    done = compute(asked, places, reports, 0.5)
    assert done.calculation is not None and done.calculation.result == "26.6"
    assert done.also == ()


def test_the_size_of_a_change_is_told_beside_its_percentage(places, reports):
    asked = parse("By how much did total waste fall from 2023 to 2024?")
    assert asked is not None and asked.sized
    same = ("Total", "350", 3.0)
    done = compute(asked, places.put(asked.operands[0], same).put(asked.operands[1], same), reports, 0.5)
    assert done.calculation is not None and (done.calculation.result, done.calculation.unit) == ("30", "%")
    assert done.size is not None
    assert (done.size.formula, done.size.result, done.size.unit) == ("500 − 350", "150", "t")


def worked(question, places, reports, threshold=0.5):
    asked = parse(question)
    assert asked is not None
    return work_out(question, asked, places, reports, threshold)


def test_a_result_that_a_place_states_is_not_computed(places, reports):
    question = "How many hours of training per apprentice?"
    places.put(question, ("Of 2,553", "2,553 hours", 4.0))
    assert not isinstance(worked(question, places, reports), list), "no amount per something stands there"


def test_how_a_part_changed_is_not_its_share(places, reports):
    question = "What percentage of total sales was board sales?"
    done = worked(question, places.put(question, ("Board", "12%", 6.0)), reports)
    assert isinstance(done, Computed) and done.calculation is not None
    assert (done.calculation.result, done.calculation.unit) == ("25", "%")
    question = "What percentage of group profit was board sales?"
    done = worked(question, places.put(question, ("Board", "12%", 6.0)), reports)
    assert isinstance(done, Computed) and done.calculation is None, "nor is the change looked up"
    assert "What is the total group profit?" in done.missing


def test_the_change_of_another_measure_in_the_next_sentence_is_none_of_it(places, reports):
    (value,) = re.findall("down EUR 3 .* 5%", REPORT)
    stated = places.finding("Carton", value, 6.0)
    for metric, expected in (("carton sales", False), ("carton prices", True)):
        asked = parse(f"By what percentage did {metric} fall from 2023 to 2024?")
        assert asked is not None and asked.kind == "growth"
        assert is_stated(stated, asked, reports) is expected, metric


def test_a_figure_in_the_unit_asked_for_is_not_converted(places, reports):
    asked = parse("How many tonnes of hazardous waste were there?")
    assert asked is not None and asked.kind == "convert"
    places.put(asked.operands[0], ("Hazardous", "70", 3.0))
    done = worked("How many tonnes of hazardous waste were there?", places, reports)
    assert not isinstance(done, Computed) and done is not None and [place.value for place in done] == ["70"]
    places.put("How many tonnes of hazardous waste were there?", ("Hazardous", "70", 3.0))
    assert worked("How many tonnes of hazardous waste were there?", places, reports) is None, "it is looked up"
    asked = parse("How many kilograms of hazardous waste were there?")
    assert asked is not None
    done = worked(
        "How many kilograms of hazardous waste were there?",
        places.put(asked.operands[0], ("Hazardous", "70", 3.0)),
        reports,
    )
    assert isinstance(done, Computed) and done.calculation is not None
    assert (done.calculation.result, done.calculation.unit) == ("70,000", "kilograms")


LEDGER = """# Alder Paper Report 2024

| EUR million | 2023 | 2024 |
| --- | --- | --- |
| Net sales | 120 | 150 |
| Operating income (loss) | 6 | (9) |
| Interest expense | (2) | (3) |

| Emissions | 2023 | 2024 |
| --- | --- | --- |
| Steam (t) | 40 | 30 |
| Power | 80 | 70 |
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledgers") / "alder-2024.md"
    path.write_text(LEDGER, "utf-8")
    document = load_document(path)
    found = defaultdict(list)
    for fact in facts(document, split(document)):
        found[fact.passage_id].append(fact)
    return Places(document), Reports(split(document), found, {document.id: document}, lambda stemmed: 3.0)


@pytest.mark.parametrize(
    ("question", "result", "unit"),
    [
        ("What is the operating margin in 2023?", "5", "%"),
        ("What is the operating margin in 2024?", "-6", "%"),
        ("Interest expense as a percentage of net sales in 2024", "2", "%"),
        ("Net sales minus interest expense in 2024", "147", "EUR million"),
        ("How much did operating income fall from 2023 to 2024?", "15", "EUR million"),
        ("Steam as a percentage of power in 2023", "50", "%"),
    ],
)
def test_rows_are_operands_by_their_names_alone(ledger, question, result, unit):
    places, reports = ledger
    asked = parse(question)
    assert asked is not None
    near = places.put("near", ("Steam", "40", -3.0))("near", Asked("figure"))
    done = compute(asked, places, reports, 0.5, near)
    assert done.calculation is not None, done.why
    assert (done.calculation.result.replace("−", "-"), done.calculation.unit) == (result, unit)
