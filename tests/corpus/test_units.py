import pytest

from corpus.document import Table
from corpus.units import caption_title, cell_unit, period_in, period_of, said_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Turnover (EUR million)", "EUR million"),
        ("Emissions, kt CO2e", "kt CO2e"),
        ("EUR million", "EUR million"),
        ("Share of women (%)", "%"),
        ("Women, in %", "%"),
        ("Turnover (audited)", ""),
        ("Scope 2, market-based", ""),
        ("2022", ""),
        ("October 29, 2023 > (In millions)", "In millions"),
        ("(In Millions, Except Per Share Amounts; Unaudited)", "In Millions, Except Per Share Amounts; Unaudited"),
        ("", ""),
    ],
)
def test_units_said(text, unit):
    assert said_unit(text) == unit


def test_where_a_unit_is_looked_for():
    table = Table(("Item", "Unit", "2022"), (), "In EUR million")
    assert cell_unit(["Dust", "t", "4"], table, 0, 2) == "t"
    assert cell_unit(["Flights", "/", "4"], table, 0, 2) == ""
    table = Table(("EUR million", "2022", "2021 (EUR thousand)"), (), "")
    assert cell_unit(["Sales", "4", "3"], table, 0, 1) == "EUR million"
    assert cell_unit(["Sales", "4", "3"], table, 0, 2) == "EUR thousand"
    assert cell_unit(["Equity ratio (%)", "4", "3"], table, 0, 1) == "%"
    assert cell_unit(["Hours", "4"], Table(("", "2022"), (), "Unit: RMB 1,000"), 0, 1) == "RMB 1,000"
    assert cell_unit(["", "$0.4"], Table(("", "2022"), (), "Operating income $B"), None, 1) == "$B"


@pytest.mark.parametrize(
    ("header", "period"),
    [
        ("Year 2023", "2023"),
        ("FY2022", "FY2022"),
        ("Group > 2021", "2021"),
        ("2022 (EUR million)", "2022"),
        ("2022*", "2022"),
        ("Unit", ""),
    ],
)
def test_periods_of_headers(header, period):
    assert period_of(header) == period


@pytest.mark.parametrize(
    ("label", "period"),
    [
        ("Balance as of April 1, 2023", "April 1, 2023"),
        ("Balances, Oct. 30, 2022¹", "Oct. 30, 2022"),
        ("Three months ended June 2022", "June 2022"),
        ("Stock at 31.12.2022", "31.12.2022"),
        ("Bonds due 2025, 2027", "2027"),
        ("Notes of 2023 and later", ""),
        ("Lines 1,2023", ""),
    ],
)
def test_periods_that_a_row_says_itself(label, period):
    assert period_in(label) == period


@pytest.mark.parametrize(
    ("caption", "title"),
    [
        ("Table 3: Sales by region, EUR million", "Sales by region"),
        ("Sales by region (in EUR million)", "Sales by region"),
        ("Employees by country", "Employees by country"),
        ("In EUR million", ""),
        ("(Unaudited)", ""),
        ("", ""),
    ],
)
def test_titles_of_captions(caption, title):
    assert caption_title(caption) == title
