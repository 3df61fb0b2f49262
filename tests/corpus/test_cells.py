import time

import pytest

from corpus.cells import holds_value, is_period, is_placeholder, is_rule, row_header_column


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        (("No.", "Award", "Given by"), ["3", "Golden Anchor", "The Guild"], 1),
        (("Metric", "2022"), ["Scope 1¹", "44"], 0),
        (("Metric", "2022"), ["Total", "44"], 0),
        (("2022", "2021"), ["5", "6"], None),
        (("Fiscal year", "Rent"), ["2025", "6"], 0),
        (("", ""), ["2025 (last quarter)", "6"], 0),
    ],
)
def test_the_column_that_names_a_row(header, cells, column):
    assert row_header_column(header, cells) == column


@pytest.mark.parametrize("cell", ["49,117", "(5.2)", "98.4%", "RMB 35 million", "over 300 people", "**12**", "2,365²"])
def test_cells_that_hold_a_value(cell):
    assert holds_value(cell)


@pytest.mark.parametrize("cell", ["", "n/a", "Scope 1", "2022 Harbour Award of the Guild", "12 of 13", "WIDC 2023"])
def test_cells_that_do_not(cell):
    assert not holds_value(cell)


@pytest.mark.parametrize(
    "header",
    [
        "2023",
        "FY2022",
        "Year 2023",
        "Dec. 31, 2023",
        "2022/23",
        "Q3 2022",
        "2021 (restated)",
        "Three Months Ended Sept. 30, 2023",
        "July 1, 2023",
        "H1 2022",
    ],
)
def test_periods(header):
    assert is_period(header)


@pytest.mark.parametrize(
    "header", ["", "Unit", "Target 2030", "Year", "12", "2023 Award", "May 2023 prize", "Decker 2023"]
)
def test_headers_that_are_no_period(header):
    assert not is_period(header)


@pytest.mark.parametrize("text", ["20" * 30, "dec" * 20 + "!", "19 20 " * 9 + "x", "2020 " * 11 + "!", "fy" * 25])
def test_a_strange_header_takes_no_time(text):
    start = time.perf_counter()
    assert not is_period(text)
    assert time.perf_counter() - start < 0.1


def test_rules_and_placeholders():
    assert is_rule(["---", ":-:", ""])
    assert not is_rule(["-", "5"])
    assert not is_rule(["", ""])
    assert all(map(is_placeholder, ["-", "–", "/", "n/a", "N.A.", "Nil"]))
    assert not any(map(is_placeholder, ["", "0", "a"]))
