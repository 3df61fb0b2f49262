from dataclasses import replace

import pytest

from assistant.query.wording.scope import missed, years
from corpus.load import load_document
from corpus.split import split


@pytest.fixture(scope="module")
def document(mill_report):
    return load_document(mill_report)


@pytest.fixture(scope="module")
def passages(document):
    return {passage.kind + passage.text[:5]: passage for passage in split(document)}


def test_years_stand_alone_or_as_a_span():
    assert years("from 2022-2023, and 2021/22") == {"2021", "2022", "2023"}
    assert years("42,024 tonnes, 2024.5 hours, 12024, no. 2,023") == set()
    assert years("in 2024.") == {"2024"}


def test_a_year_that_is_not_covered_is_missed(document, passages):
    people, water = passages["proseAlder"], passages["table_rowWater"]
    assert missed("How many people in 2024?", people, document) == ""
    assert missed("How many people in 2022?", people, document) == "2022"
    assert missed("Water withdrawal in 2023?", water, document) == ""
    assert missed("Water withdrawal in 2023 and 2021?", water, document) == "2021"


def test_prose_without_a_year_speaks_of_the_reports_own(document, passages):
    people = passages["proseAlder"]
    silent = replace(people, section=(), parts=(replace(people.parts[0], text="It has 12 mills."),))
    assert missed("How many mills in 2024?", silent, document) == ""
    assert missed("How many mills in 2023?", silent, document) == "2023"
    assert missed("How many mills in 2024?", silent, replace(document, year=None)) == "2024"


def test_a_fiscal_year_is_covered_by_the_dates_in_it(document, passages):
    filed = replace(document, text="The fiscal year ended January 29, 2023.", year=2023)
    water = passages["table_rowWater"]
    row = replace(water, section=(), parts=(replace(water.parts[0], text="Water | October 29, 2023: 5", start=None),))
    assert missed("Water in the third quarter of fiscal 2024?", row, filed) == ""
    assert missed("Water in Q3 FY24?", row, filed) == ""
    assert missed("Water in the third quarter of fiscal 2023?", row, filed) == "2023"
    assert missed("Water in the third quarter of 2023?", row, filed) == ""
    prose = replace(passages["proseAlder"], section=(), parts=(replace(water.parts[0], text="It has 12 mills."),))
    assert missed("How many mills in fiscal 2024?", prose, filed) == ""
    assert missed("How many mills in fiscal 2024?", prose, document) == ""
    assert missed("How many mills in fiscal 2025?", prose, document) == "2025"


@pytest.mark.parametrize(
    ("question", "kind", "reading", "miss"),
    [
        ("Sales in the fourth quarter of 2024?", "prose", "In the third quarter of 2024 sales were 5.", "Q4"),
        ("Sales in Q3 2024?", "prose", "In the third quarter of 2024 sales were 5.", ""),
        ("Sales in Q4 2024?", "table_row", "Sales | Three Months Ended September 30, > 2024: 5", "Q4"),
        ("Sales in Q3 2024?", "table_row", "Sales | Three Months Ended September 30, > 2024: 5", ""),
        ("Sales in Q3 2024?", "prose", "In 2024 sales were 5, due within twelve months.", ""),
        ("Sales in the whole of 2024?", "prose", "Sales were 5 in Q1 2024.", "12 months"),
        ("Sales in the whole of 2024?", "prose", "Sales were 5 in 2024.", ""),
        ("Sales in the first nine months of 2024?", "table_row", "Sales | Three months ended May 2024: 5", "9 months"),
        ("Sales in the first nine months of 2024?", "table_row", "Sales | Nine months ended May 2024: 5", ""),
        ("Sales in the first nine months of 2024?", "table_row", "Sales | 2024: 5", ""),
    ],
)
def test_another_quarter_or_span_is_missed(document, passages, question, kind, reading, miss):
    part = replace(passages["table_rowWater"].parts[0], text=reading, start=None)
    told = replace(passages["table_rowWater"], section=(), kind=kind, parts=(part,))
    assert missed(question, told, document) == miss


def test_prose_speaks_of_the_years_of_its_quote(document, passages):
    people = passages["proseAlder"]
    silent = replace(people, section=(), parts=(replace(people.parts[0], text="In 2022 it won. In 2023 it lost."),))
    assert missed("Did it win in 2022?", silent, document) == ""
    assert missed("Did it lose in 2022?", silent, document, "In 2023 it lost.") == "2022"
    assert missed("Did it lose in 2022?", silent, document, "It lost.") == ""
    assert missed("Did it lose in 2024?", silent, document, "In 2023 it lost.") == "", "the report's own year"


def test_a_row_of_other_years_is_not_the_reports_own(document, passages):
    water = passages["table_rowWater"]
    older = replace(water, section=(), parts=(replace(water.parts[0], text="Water | 2022: 5", start=None),))
    assert missed("Water withdrawal in 2024?", older, document) == "2024"


@pytest.mark.parametrize(
    ("reading", "miss"),
    [
        ("Scope 1 emissions | t: 5", "Scope 2"),
        ("Scope 2 emissions | t: 5", ""),
        ("Scopes 1 and 2 emissions | t: 5", ""),
        ("Scope-2 emissions | t: 5", ""),
        ("Scope 20 emissions | t: 5", "Scope 2"),
    ],
)
def test_a_numbered_label_must_be_spoken_of(document, passages, reading, miss):
    water = passages["table_rowWater"]
    row = replace(water, section=(), parts=(replace(water.parts[0], text=reading, start=None),))
    assert missed("How many tonnes of Scope 2 emissions?", row, document) == miss


def test_a_numbered_row_must_be_of_that_number(document, passages):
    water = passages["table_rowWater"]
    row = replace(water, section=(), parts=(replace(water.parts[0], text="No.: 4 | Prize: Oak", start=None),))
    assert missed("Who gave prize no. 4?", row, document) == ""
    assert missed("Who gave prize number 14?", row, document) == "No. 14"
