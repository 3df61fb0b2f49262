import pytest

from assistant.reading.column_match import Columns, cells
from corpus.passage import Part, Passage


def row(name, *columns):
    """A row `name | header: cell; header: cell` whose cells stand at 100, 200, 300 and so on."""
    parts, text = [Part(name, 10), Part(" | ")], name
    for place, (header, cell) in enumerate(columns, 1):
        parts += [Part("; ")] * (place > 1) + [Part(f"{header}: "), Part(cell, 100 * place)]
    return Passage("mills#10", "mills", (), 1, 10, 1000, text, "table_row", tuple(parts))


QUARTERS = row(
    "Paper sales",
    ("Three Months Ended > October 29, 2023", "4,333"),
    ("Three Months Ended > October 30, 2022", "1,153"),
    ("Nine Months Ended > October 29, 2023", "8,968"),
    ("Nine Months Ended > October 30, 2022", "5,134"),
)
REGIONS = row(
    "New hires",
    ("Unit", "number"),
    ("2019 > number", "1,210"),
    ("2019 > in %", "12.1"),
    ("2020 > number", "1,616"),
    ("2020 > in %", "15.2"),
    ("2020 by region > Norway > number", "77"),
    ("2020 by region > Finland > number", "–"),
)
PEOPLE = row(
    "Tolverby", ("total", "334"), ("female headcount", "218"), ("male headcount", "116"), ("not reported", "0")
)
CHANGE = row("Timber", ("2023", "100"), ("2022", "104"), ("Change", "(4)%"))


def picked(question, passage, read=None, year=2023, year_end=1, share=None, figure=True):
    """The text of the cell picked where the reader read the cell `read`, or the row's name."""
    span = next(((cell.start, cell.end) for cell in cells(passage) if cell.text == read), (10, 14))
    cell = Columns(question, year, year_end, share).pick(passage, *span, figure=figure)
    return cell and cell.text


def test_the_cells_of_a_row_stand_under_their_headers():
    assert [(cell.header, cell.text, cell.start, cell.end) for cell in cells(PEOPLE)] == [
        ("total", "334", 100, 103),
        ("female headcount", "218", 200, 203),
        ("male headcount", "116", 300, 303),
        ("not reported", "0", 400, 401),
    ]
    assert [cell.text for cell in cells(REGIONS)][:2] == ["1,210", "12.1"], "a unit is no value"
    assert cells(REGIONS)[-1].is_empty


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Paper sales in the third quarter of fiscal 2024?", "4,333"),
        ("paper sales Q3 FY23", "1,153"),
        ("Paper sales in the first nine months of fiscal 2024?", "8,968"),
        ("Paper sales in the nine months to 29 October 2023?", "8,968"),
        ("paper sales 9M fiscal 2023", "5,134"),
    ],
)
def test_time_decides(question, text):
    for read in ("4,333", "1,153", "8,968", "5,134", None):
        assert picked(question, QUARTERS, read) == text


def test_a_year_in_two_calendar_years_is_one_column():
    profit = row("Profit", ("2023/24", "125"), ("2022/23", "155"), ("2021/22", "140"))
    asked = ("Profit in 2022/23", "profit 2023/24", "What was the profit?")
    assert [picked(question, profit, year=2024, year_end=12) for question in asked] == ["155", "125", "125"]


def test_the_reader_decides_among_columns_that_fit_as_well():
    assert picked("How much paper was sold?", QUARTERS, "8,968") == "8,968"
    assert picked("How much paper was sold?", QUARTERS, "5,134") == "8,968", "the report's own year"
    assert picked("How much paper was sold?", QUARTERS) is None


@pytest.mark.parametrize(
    ("question", "share", "text"),
    [
        ("How many people were hired in 2020?", False, "1,616"),
        ("What percentage was hired in 2020?", True, "15.2"),
        ("How many people were hired in Norway in 2020?", False, "77"),
        ("How many people were hired in Finland in 2020?", False, "–"),
        ("How many people were hired in 2019?", False, "1,210"),
    ],
)
def test_unit_and_place_decide(question, share, text):
    assert picked(question, REGIONS, "12.1", year=2020, share=share) == text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many people work in Tolverby?", "334"),
        ("How many women work in Tolverby?", "218"),
        ("number of male employees in Tolverby", "116"),
    ],
)
def test_kind_decides(question, text):
    assert picked(question, PEOPLE) == text


def test_a_change_is_taken_only_where_it_is_asked_for():
    assert picked("How much timber was cut?", CHANGE, "(4)%") == "100"
    assert picked("How much timber was cut in the year before?", CHANGE, "100") == "104"
    assert picked("By how many percent did timber change?", CHANGE, "(4)%", share=True) == "(4)%"


def test_words_that_were_read_are_left_where_no_figure_is_wanted():
    assert picked("Where was timber cut in 2022?", CHANGE, figure=False) is None
    assert picked("Where was timber cut in 2022?", CHANGE, "100", figure=False) == "104"


BALANCE = row("Cash", ("July 1, 2023", "28"), ("September 24, 2022", "23"))


@pytest.mark.parametrize(
    ("question", "passage", "cells_meant"),
    [
        ("What are sales in the nine months to October 29, 2023?", QUARTERS, ["8,968"]),
        ("What are sales in the third quarter of the previous year?", QUARTERS, ["1,153"]),
        ("What are sales in 2019?", QUARTERS, []),
        ("How many people?", PEOPLE, ["334"]),
        ("What is the cash at the beginning of the first nine months of 2023?", BALANCE, ["23"]),
        ("What is the cash at the end of the first nine months of 2023?", BALANCE, ["28"]),
        ("What was there?", row("A word", ("2023", "n")), []),
    ],
)
def test_the_cells_that_an_operand_means(question, passage, cells_meant):
    assert [cell.text for cell in Columns(question, 2023, 9, None).meant(passage)] == cells_meant
