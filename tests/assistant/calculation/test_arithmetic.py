import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answer import Calculation
from assistant.calculation.arithmetic import calculate, convert, parse
from assistant.calculation.grammars.operation import Operation
from assistant.query.wording.measures import printed
from corpus.figure import Figure, cell_figure, find_figures, unit_factor

ASSISTANT = Path(__file__).parents[3] / "assistant"


def figure(text, unit=""):
    found = cell_figure(text, unit)
    assert found is not None
    return found


def operation(kind, unit="", operands=2, sense="signed"):
    return Operation(kind, ("?",) * operands, (None,) * operands, unit, False, sense)


def value(calculation):
    return Decimal(calculation.result.replace(",", "")) * unit_factor(calculation.unit)[1]


@pytest.mark.parametrize(
    ("kind", "unit", "cells", "expected"),
    [
        ("share", "%", [("358", "1,000 units"), ("2,553", "1,000 units")], ("358 / 2,553 × 100", "14.0", "%")),
        ("share", "%", [("25", ""), ("50", "")], ("25 / 50 × 100", "50", "%")),
        ("share", "%", [("3", ""), ("70,000", "")], ("3 / 70,000 × 100", "0.0043", "%")),
        (
            "share",
            "%",
            [("12", "RMB million"), ("3", "RMB billion")],
            ("12 (RMB million) / 3 (RMB billion) × 100", "0.4", "%"),
        ),
        ("sum", "", [("61", ""), ("36", "")], ("61 + 36", "97", "")),
        ("sum", "", [("358", "1,000 units"), ("2,553", "1,000 units")], ("358 + 2,553", "2,911", "thousand")),
        (
            "sum",
            "",
            [("RMB 42.16 million", ""), ("35,000", "RMB 1,000")],
            ("RMB 42.16 million + 35,000 (RMB thousand)", "77.16", "RMB million"),
        ),
        (
            "sum",
            "RMB million",
            [("RMB 42.16 million", ""), ("35,000", "RMB 1,000")],
            ("RMB 42.16 million + 35,000 (RMB thousand)", "77.16", "RMB million"),
        ),
        (
            "sum",
            "",
            [("RMB 42.16 million", ""), ("(35)", "in millions")],
            ("RMB 42.16 million + (35)", "7.16", "RMB million"),
        ),
        ("sum", "", [("1.5 t", ""), ("300 kg", "")], ("1.5 t + 300 kg", "1,800", "kg")),
        ("sum", "MWh", [("1.5 GWh", ""), ("300 kWh", "")], ("1.5 GWh + 300 kWh", "1,500.3", "MWh")),
        ("difference", "", [("98.4%", ""), ("97.1%", "")], ("98.4% − 97.1%", "1.3", "percentage points")),
        ("difference", "points", [("91.5", ""), ("88.25", "")], ("91.5 − 88.25", "3.25", "points")),
        ("difference", "points", [("80%", ""), ("85%", "")], ("80% − 85%", "-5", "percentage points")),
        ("difference", "", [("RMB 3", ""), ("RMB -2", "")], ("RMB 3 − RMB -2", "5", "RMB")),
        ("ratio", "g/kWh", [("200", "t"), ("3", "GWh")], ("200 t / 3 GWh", "66.7", "g/kWh")),
        (
            "ratio",
            "per employee",
            [("RMB 42.16 million", ""), ("49,117", "")],
            ("RMB 42.16 million / 49,117", "858.4", "RMB per employee"),
        ),
        (
            "ratio",
            "kg per vehicle",
            [("42,160", "t"), ("2,553", "1,000 units")],
            ("42,160 t / 2,553 thousand", "16.5", "kg per vehicle"),
        ),
        ("ratio", "per kWh", [("42,160", "t"), ("5 GWh", "")], ("42,160 t / 5 GWh", "0.00843", "t/kWh")),
        (
            "ratio",
            "tonnes/RMB million",
            [("4,216 t", ""), ("RMB 1.5 billion", "")],
            ("4,216 t / RMB 1.5 billion", "2.81", "tonnes/RMB million"),
        ),
        ("ratio", "", [("600", ""), ("8", "")], ("600 / 8", "75", "")),
        (
            "ratio",
            "",
            [("42,160", "RMB 1,000"), ("RMB 5 million", "")],
            ("42,160 (RMB thousand) / RMB 5 million", "8.43", ""),
        ),
        ("ratio", "", [("RMB 5,000", ""), ("8", "")], ("RMB 5,000 / 8", "625", "RMB")),
        ("times", "times", [("970", ""), ("10", "")], ("970 / 10", "97", "times")),
        ("growth", "%", [("42,160", "t"), ("45,000", "t")], ("(45,000 − 42,160) / 42,160 × 100", "6.7", "%")),
        ("growth", "%", [("50", ""), ("40", "")], ("(40 − 50) / 50 × 100", "-20", "%")),
        ("growth", "%", [("(50)", "in millions"), ("25", "in millions")], ("(25 − (50)) / |(50)| × 100", "150", "%")),
        ("growth", "%", [("12.5%", ""), ("13%", "")], ("13% − 12.5%", "0.5", "percentage points")),
        ("average", "", [("91.5", ""), ("88.25", ""), ("90", "")], ("(91.5 + 88.25 + 90) / 3", "89.92", "")),
        ("average", "", [("91", "%"), ("88", "%")], ("(91 + 88) / 2", "89.5", "%")),
        ("before_growth", "", [("700,000", ""), ("5%", "")], ("700,000 / (1 + 5%)", "666,667", "")),
        ("before_growth", "", [("9,700", ""), ("-3%", "")], ("9,700 / (1 − 3%)", "10,000", "")),
        (
            "before_growth",
            "",
            [("EUR 4.5 million", ""), ("12.5%", "")],
            ("EUR 4.5 million / (1 + 12.5%)", "4", "EUR million"),
        ),
        ("product", "", [("15%", ""), ("RMB 42.16 million", "")], ("15% × RMB 42.16 million", "6.324", "RMB million")),
        ("product", "", [("49,117", ""), ("RMB 200", "")], ("49,117 × RMB 200", "9,823,400", "RMB")),
        ("product", "RMB million", [("49,117", ""), ("RMB 200", "")], ("49,117 × RMB 200", "9.8234", "RMB million")),
        ("product", "", [("15%", ""), ("30%", "")], ("15% × 30%", "4.5", "%")),
        ("convert", "RMB million", [("42,160", "RMB 1,000")], ("42,160 (RMB thousand)", "42.16", "RMB million")),
    ],
)
def test_a_calculation_shows_its_formula(kind, unit, cells, expected):
    figures = [figure(*cell) for cell in cells]
    assert calculate(operation(kind, unit, len(cells)), figures) == Calculation(*expected)


def test_a_size_has_no_sign_and_a_fall_counts_positive():
    small, large = figure("40 t"), figure("50 t")
    assert calculate(operation("difference", sense="size"), [small, large]) == Calculation("50 t − 40 t", "10", "t")
    fall = calculate(operation("growth", "%", sense="fall"), [large, small])
    assert fall == Calculation("(50 t − 40 t) / 50 t × 100", "20", "%")


@pytest.mark.parametrize(
    ("kind", "cells", "message"),
    [
        ("sum", [("RMB 5 million", ""), ("12 t", "")], "the units do not fit together: RMB 5 million and 12 t"),
        ("sum", [("RMB 5 million", ""), ("358", "")], "the units do not fit together: RMB 5 million and 358"),
        ("sum", [("RMB 5 million", ""), ("USD 5 million", "")], "the units do not fit together"),
        ("difference", [("98.4%", ""), ("97", "")], "the units do not fit together: 98.4% and 97"),
        ("share", [("12 t", ""), ("97", "")], "the units do not fit together"),
        ("average", [("12 t", ""), ("5 kWh", "")], "the units do not fit together"),
        ("share", [("12", ""), ("0", "")], "cannot divide by 0"),
        ("ratio", [("12", ""), ("0 t", "")], "cannot divide by 0 t"),
        ("times", [("12 t", ""), ("0 kg", "")], "cannot divide by 0 kg"),
        ("growth", [("0", ""), ("5", "")], "cannot divide by 0"),
        ("ratio", [("12%", ""), ("40", "")], "12% per 40 has no meaning"),
        ("before_growth", [("12", ""), ("5", "")], "5 is no change in %"),
        ("before_growth", [("12", ""), ("-100%", "")], "a fall of 100%"),
        ("product", [("12 t", ""), ("5 kWh", "")], "cannot be multiplied"),
        ("sum", [("12 t", "")], "2 figures are needed and 1 were found"),
    ],
)
def test_what_does_not_fit_is_said(kind, cells, message):
    with pytest.raises(ValueError, match=message) as raised:
        calculate(operation(kind), [figure(*cell) for cell in cells])
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("57.6 million kWh", "GWh", ("57.6 million kWh", "57.6", "GWh")),
        ("57.6 million kWh", "GJ", ("57.6 million kWh", "207,360", "GJ")),
        ("3.2 tonnes", "kilograms", ("3.2 tonnes", "3,200", "kilograms")),
        ("190.171 billion RMB", "in millions", ("190.171 billion RMB", "190,171", "RMB million")),
        ("12 million", "thousand", ("12 million", "12,000", "thousand")),
        ("1,234,567 kWh", "TWh", ("1,234,567 kWh", "0.001235", "TWh")),
        ("90 minutes", "hours", ("90 minutes", "1.5", "hours")),
    ],
)
def test_convert(text, unit, expected):
    assert convert(find_figures(text)[0].figure, unit) == Calculation(*expected)


@pytest.mark.parametrize(
    ("text", "unit", "message"),
    [
        ("RMB 5 million", "USD million", "RMB 5 million cannot be given in USD million"),
        ("12 t", "kWh", "12 t cannot be given in kWh"),
        ("12 t", "vehicles", "'vehicles' is no unit to convert to"),
        ("12", "RMB million", "12 has no unit and cannot be given in RMB million"),
    ],
)
def test_what_cannot_be_converted(text, unit, message):
    with pytest.raises(ValueError, match=message):
        convert(find_figures(text)[0].figure, unit)


@pytest.mark.parametrize(
    ("question", "cells", "expected"),
    [
        ("What percentage of the 1,240 suppliers were audited?", [("310", ""), None], ("310 / 1,240 × 100", "25", "%")),
        (
            "By what percentage did emissions fall from 2021 to 2022?",
            [("50 kt", ""), ("45,000", "t")],
            ("(50 kt − 45,000 t) / 50 kt × 100", "10", "%"),
        ),
        ("If orders fell 20% to 8,000, how many were there before?", [None, None], ("8,000 / (1 − 20%)", "10,000", "")),
        ("How many g of CO2 per kWh of heat?", [("2 t", ""), ("40 MWh", "")], ("2 t / 40 MWh", "50", "g/kWh")),
    ],
)
def test_from_the_question_to_the_result(question, cells, expected):
    parsed = parse(question)
    assert parsed is not None
    figures = [stated or figure(*cell) for cell, stated in zip(cells, parsed.given, strict=True) if cell or stated]
    assert calculate(parsed, figures) == Calculation(*expected)


def test_no_float_anywhere():
    grammars = (ASSISTANT / "calculation" / "grammars").glob("*.py")
    paths = ("calculation/arithmetic.py", "query/wording/measures.py", "query/wording/periods.py")
    for path in (*grammars, *(ASSISTANT / name for name in paths)):
        tree = ast.parse(path.read_text("utf-8"))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, float)]
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id in {"float", "round"}]


NUMBERS = st.decimals(Decimal("-1e9"), Decimal("1e9"), allow_nan=False, allow_infinity=False, places=3)
POSITIVE = st.decimals(Decimal("0.001"), Decimal("1e9"), allow_nan=False, allow_infinity=False, places=3)
SCALES = {"": ("", "1,000 units", "million"), "RMB": ("RMB", "RMB 1,000", "RMB million"), "t": ("kg", "t", "kt")}
FAMILIES = st.sampled_from(sorted(SCALES))


def written(number, unit):
    """The base value in a unit, as a table would hold it."""
    return cell_figure(f"{number / unit_factor(unit)[1]:f}", unit)


def exact(number):
    return Figure(f"{number:f} t", number, number, "t")


@given(
    number=POSITIVE,
    family=st.sampled_from([("t", "kg", "g", "kt"), ("kWh", "MWh", "GWh"), ("RMB", "RMB million")]),
    data=st.data(),
)
def test_a_conversion_round_trips(number, family, data):
    unit = data.draw(st.sampled_from(family))
    start = figure(f"{number:f}", family[0])
    there = convert(start, unit)
    assume(there.result != "0")
    lost = abs(value(there) - start.value)
    assert lost <= abs(start.value) * Decimal("0.0005")  # four significant digits at least
    back = convert(figure(there.result.replace(",", ""), unit), family[0])
    assert abs(value(back) - start.value) <= abs(start.value) * Decimal("0.001")


@given(a=st.integers(1, 10**9), b=st.integers(1, 10**9), family=FAMILIES, data=st.data())
def test_a_sum_is_a_sum_in_every_scale(a, b, family, data):
    scales = SCALES[family]
    figures = [written(Decimal(n * 1000), data.draw(st.sampled_from(scales))) for n in (a, b)]
    result = calculate(operation("sum"), figures)
    assert value(result) == figures[0].value + figures[1].value == (a + b) * 1000
    assert unit_factor(result.unit)[0] == family


@given(a=NUMBERS, b=NUMBERS)
def test_a_difference_is_antisymmetric(a, b):
    one = calculate(operation("difference"), [exact(a), exact(b)])
    other = calculate(operation("difference"), [exact(b), exact(a)])
    assert value(one) == -value(other) == a - b
    sizes = {
        calculate(operation("difference", sense="size"), pair).result
        for pair in ([exact(a), exact(b)], [exact(b), exact(a)])
    }
    assert len(sizes) == 1


@given(number=POSITIVE)
def test_a_whole_is_a_hundred_per_cent_and_once_itself(number):
    whole = [exact(number), exact(number)]
    assert calculate(operation("share"), whole).result == "100"
    assert calculate(operation("times"), whole).result == "1"
    assert calculate(operation("growth"), whole).result == "0"
    assert value(calculate(operation("average"), whole)) == number


@given(before=st.integers(100, 10**6), percent=st.integers(-90, 300))
def test_the_value_before_growth_is_found_again(before, percent):
    after = Decimal(before) * (100 + percent) / 100
    change = Figure(f"{percent}%", Decimal(percent), Decimal(percent), "%")
    result = calculate(operation("before_growth"), [Figure(f"{after:f}", after, after, ""), change])
    assert abs(Decimal(result.result.replace(",", "")) - before) <= Decimal("0.5")


@given(number=NUMBERS)
def test_a_printed_number_keeps_every_digit_before_the_point(number):
    text = printed(number)
    assert "E" not in text
    assert abs(Decimal(text.replace(",", "")) - number) <= Decimal("0.00005")
