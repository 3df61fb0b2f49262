import pytest

from assistant.composition.definitions import defined_otherwise, definers, elsewhere, measured
from assistant.reading.extractor import Finding
from corpus.facts import facts
from corpus.figure import find_figures
from corpus.load import load_document
from corpus.split import split
from index.hit import Hit

REPORT = """# Birch Boats report 2024

## Results

| Item | 2024 | 2023 |
|---|---|---|
| Gross margin | 34.2% | 50.4% |
| Non-GAAP gross margin | 38.4% | 53.1% |
| Boat sales | 300 | 280 |
| Free cash flow | 90 | 80 |
| Free cash flow less leases | 70 | 60 |
| Diluted earnings per share | 1.26 | 1.20 |
| Basic earnings per share | 1.27 | 1.21 |

## Sales

| Item | 2024 |
|---|---|
| Boat sales | 310 |

## Cash

We bought back our own common stock for 56.1 million euros.

| In million euros | 2024 |
|---|---|
| Common stock bought back | 56.4 |
| Common stock sold | 7.1 |

## Accidents

| Item | 2024 |
|---|---|
| Accident rate (reportable accidents) | 15.5 |
| Accident rate (all) | 26.1 |

## Quarter

Timber revenue for the third quarter of 2024 was 2.86 million, up 9%.

| In thousands | Three months ended 30 September 2024 | Nine months ended 30 September 2024 |
|---|---|---|
| Timber | 2,856 | 7,582 |
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("boats") / "birch-boats-2024.md"
    path.write_text(REPORT, "utf-8")
    return load_document(path)


@pytest.fixture(scope="module")
def stated(report):
    return facts(report, split(report))


@pytest.fixture
def others(report, stated):
    """Other figures for what the place of a value in a quote gives."""

    def told(question, quote, value):
        low = report.text.index(quote)
        (passage,) = (p for p in split(report) if p.start <= low < p.end)
        start = report.text.index(value, low)
        best = Finding(Hit(passage, 1.0, 1, ()), start, start + len(value), low, low + len(quote), value, 1.0, {})
        here = [fact for fact in stated if fact.passage_id == passage.id]
        return [fact.figure.text for fact in elsewhere(question, best, here, stated, report)]

    return told


def test_a_name_is_parted_into_measure_and_definition():
    assert measured("Non-GAAP gross margin") == measured("Gross margin¹") == ("gross", "margin")
    assert measured("Free cash flow less leases") == measured("Free cash flow")
    assert definers("Non-GAAP gross margin, excluding boats") == {"non-gaap", "excluding boats"}
    assert definers("Gross margin") == frozenset()


def test_a_row_of_the_same_name_elsewhere_is_told(others):
    assert others("What were boat sales in 2024?", "Boat sales | 300 | 280", "300") == ["310"]
    assert others("What were boat sales in 2023?", "Boat sales | 300 | 280", "280") == []


def test_another_definition_is_told_unless_the_question_names_one(others):
    margin = ("Gross margin | 34.2% | 50.4%", "34.2%")
    assert others("What was the gross margin in 2024?", *margin) == ["38.4%"]
    assert others("What was free cash flow in 2024?", "Free cash flow | 90 | 80", "90") == ["70"]
    diluted = ("Diluted earnings per share | 1.26 | 1.20", "1.26")
    assert others("What were diluted earnings per share in 2024?", *diluted) == []
    assert others("What were earnings per share in 2024?", *diluted) == ["1.27"]


def test_what_narrows_a_measure_in_brackets_defines_it(others):
    rate = ("Accident rate (all) | 26.1", "26.1")
    assert others("What was the accident rate in 2024?", *rate) == ["15.5"]


def test_a_figure_for_another_length_of_time_is_told_unless_the_question_names_one(others):
    quote = ("Timber revenue for the third quarter of 2024 was 2.86 million, up 9%.", "2.86 million")
    assert others("What was timber revenue in 2024?", *quote) == ["7,582"]
    assert others("What was timber revenue in the third quarter of 2024?", *quote) == []


def test_nearly_the_same_amount_in_the_same_words_is_told_beside_a_sentence(others):
    sentence = ("We bought back our own common stock for 56.1 million euros.", "56.1 million euros")
    assert others("How much stock was bought back in 2024?", *sentence) == ["56.4"]
    assert others("How much stock was bought back in 2022?", *sentence) == []


def test_a_result_is_told_with_what_is_stated_under_another_definition(report, stated):
    (result,) = find_figures("34.2%")
    told = defined_otherwise("What was the gross margin in 2024?", result.figure, stated, report)
    assert [fact.figure.text for fact in told] == ["38.4%"]
    assert defined_otherwise("What was the profit in 2024?", result.figure, stated, report) == []
