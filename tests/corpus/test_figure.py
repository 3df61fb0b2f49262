from decimal import Decimal

import pytest

from corpus.figure import cell_figure, find_figures, unit_factor, unit_scale


@pytest.mark.parametrize(
    ("text", "written", "value", "unit"),
    [
        ("a total of RMB 42.16 million was", "RMB 42.16 million", "42160000", "RMB"),
        ("over RMB35 million, ensuring", "RMB35 million", "35000000", "RMB"),
        ("assets: **190.171** billion RMB", "**190.171** billion RMB", "190171000000", "RMB"),
        ("about 57.6 million kWh of", "57.6 million kWh", "57600000", "kWh"),
        ("a rate of 98.4%.", "98.4%", "98.4", "%"),
        ("up by 5 percentage points", "5 percentage points", "5", "pp"),
        ("**0.0590** tCO₂e. Down", "**0.0590** tCO₂e", "0.0590", "t"),
        ("some 1,200 km.", "1,200 km", "1200000", "m"),
        ("capacity of 79MW.", "79MW", "79000", "kW"),
        ("sales of $5.5 billion (an", "$5.5 billion", "5500000000", "USD"),
        ("with €12m of", "€12m", "12000000", "EUR"),
        ("there were 49,117 employees", "49,117", "49117", ""),
        ("over two million users", "two million", "2000000", ""),
        ("seven lectures", "seven", "7", ""),
        ("twenty-five people", "twenty-five", "25", ""),
        ("saved 342 tons of standard coal", "342 tons", "342", "t"),
        ("捐赠4216万元", "4216万元", "42160000", "RMB"),
        ("fell to -3.5 %", "-3.5 %", "-3.5", "%"),
        ("women were 70,9% of all", "70,9%", "70.9", "%"),
        ("rose by 0,5 points", "0,5", "0.5", ""),
        ("1,5", "1,5", "1.5", ""),
        ("some 1.234,5 tonnes", "1.234,5 tonnes", "1234.5", "t"),
        ("all 13.654,177 kWh", "13.654,177 kWh", "13654177", "kWh"),
        ("in 1'234'567 homes", "1'234'567", "1234567", ""),
    ],
)
def test_find_figures_reads_value_and_unit(text, written, value, unit):
    found = find_figures(text)
    assert [text[f.start : f.end] for f in found] == [written]
    assert found[0].figure.value == Decimal(value)
    assert found[0].figure.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "ISO14001",
        "the 5G network",
        "NEVO A07 and SL03",
        "UN-R155",
        "someone",
        "stone",
        "a b2b firm",
        "code 000625",
        "one of our mills",
    ],
)
def test_codes_and_names_are_no_figures(text):
    assert find_figures(text) == []


def test_a_comma_between_small_numbers_parts_two_of_them():
    assert [found.figure.number for found in find_figures("Scope 1,2 and 3 emissions")] == [1, 3]


def test_several_figures_in_order():
    text = "covering 1,830 employees, with 417 completing, 83.5% of 2023"
    assert [text[f.start : f.end] for f in find_figures(text)] == ["1,830", "417", "83.5%", "2023"]
    assert [f.figure.is_year for f in find_figures(text)] == [False, False, False, True]


@pytest.mark.parametrize(
    ("cell", "unit", "value", "base"),
    [
        ("42,160", "RMB 1,000", "42160000", "RMB"),
        ("151.298", "RMB billion", "151298000000", "RMB"),
        ("2,553", "1,000 units", "2553000", ""),
        ("146.04", "t/a", "146.04", "t"),
        ("(5,207)", "in millions", "-5207000000", ""),
        ("98.4", "%", "98.4", "%"),
        ("98.4%", "", "98.4", "%"),
        ("176", "Hour", "176", "h"),
        ("1", "/", "1", ""),
        ("12.5", "kt CO2e", "12500", "t"),
        ("RMB 35 million", "RMB 1,000", "35000000", "RMB"),
    ],
)
def test_cell_figure(cell, unit, value, base):
    figure = cell_figure(cell, unit)
    assert figure is not None
    assert (figure.value, figure.unit) == (Decimal(value), base)


@pytest.mark.parametrize("cell", ["", "n/a", "-", "2019 to 2023", "seven", "Person"])
def test_a_cell_without_one_number_has_no_figure(cell):
    assert cell_figure(cell) is None


def test_one_figure_written_three_ways():
    donated = [find_figures("RMB 42.16 million")[0].figure, find_figures("RMB42,160,000")[0].figure]
    cell = cell_figure("42,160", "RMB 1,000")
    assert cell is not None
    assert all(a.same(b) for a in [*donated, cell] for b in [*donated, cell])
    assert not donated[0].same(find_figures("RMB 42.16 billion")[0].figure)


def test_a_percentage_is_not_its_digits():
    assert not find_figures("12.5%")[0].figure.same(find_figures("125")[0].figure)


def test_unit_factor_of_an_unknown_unit_is_a_count():
    assert unit_factor("Person-time") == ("", Decimal(1))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**EUR 3.5 million** in sales", "**EUR 3.5 million**"),
        ("Total: **190.1** billion RMB", "**190.1** billion RMB"),
        ("**Total** 12 million", "12 million"),
        ("12 **new** ships", "12"),
        ("RMB **3** million", "RMB **3** million"),
    ],
)
def test_bold_marks_belong_to_a_figure_in_pairs(text, written):
    (found,) = find_figures(text)
    assert text[found.start : found.end] == found.figure.text == written


@pytest.mark.parametrize(
    ("unit", "scale"),
    [
        ("RMB 1,000", "1,000"),
        ("RMB billion", "billion"),
        ("1,000 units", "1,000"),
        ("Person", ""),
        ("%", ""),
        ("t/a", ""),
    ],
)
def test_unit_scale(unit, scale):
    assert unit_scale(unit) == scale


@pytest.mark.parametrize(
    ("cell", "unit", "value", "base"),
    [
        ("$18,120", "millions", "18120000000", "USD"),
        ("$(42)", "$ in thousands", "-42000", "USD"),
        ("€ 3.2", "€ billion", "3200000000", "EUR"),
        ("€ 3.2", "USD million", "3.2", "EUR"),
        ("$3.71", "", "3.71", "USD"),
        ("74.0%", "millions", "74.0", "%"),
    ],
)
def test_a_currency_sign_leaves_the_scale_to_the_header(cell, unit, value, base):
    figure = cell_figure(cell, unit)
    assert figure is not None
    assert (figure.value, figure.unit) == (Decimal(value), base)
