import pytest

from index.times import by_end, fiscal_years, times, without_times, year_end


@pytest.mark.parametrize(
    ("text", "years", "months", "spans", "quarters"),
    [
        ("Nine Months Ended > October 29, 2023", {"2023"}, {10}, {9}, set()),
        ("Three Months Ended September 30, > 2021", {"2021"}, {9}, {3}, set()),
        ("What was it in the quarter to 1 April 2023?", {"2023"}, {4}, {3}, set()),
        ("mill revenue q3 fy24", {"2024"}, set(), {3}, {3}),
        ("paper sales 9M 2022", {"2022"}, set(), {9}, set()),
        ("for the whole of 2022", {"2022"}, set(), {12}, set()),
        ("for the whole year 2022", {"2022"}, set(), {12}, set()),
        ("the second quarter of fiscal 2021", {"2021"}, set(), {3}, {2}),
        ("the June 2023 quarter", {"2023"}, set(), {3}, {2}),
        ("revenue, december quarter", set(), set(), {3}, {4}),
        ("It may march in 6 months", set(), set(), {6}, set()),
        ("2019¹", {"2019"}, set(), set(), set()),
        ("H1 2024", {"2024"}, set(), {6}, set()),
    ],
)
def test_times_are_read(text, years, months, spans, quarters):
    named = times(text)
    assert (named.years, named.months, named.spans, named.quarters) == (years, months, spans, quarters)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("What were paper sales over the first six months of fiscal 2021?", "What were paper sales 2021?"),
        ("paper sales Q3 2021", "paper sales 2021"),
        ("Paper sales in the half year that ended on 1 July 2021?", "Paper sales in the half year 2021?"),
        ("What will it cost, as of 30 September 2021?", "What will it cost, 2021?"),
        ("what will it cost, 30 sept 2021", "what will it cost, 2021"),
        ("How many people march to the mill in 2021?", "How many people march to the mill in 2021?"),
        ("How long is the first break?", "How long is the first break?"),
    ],
)
def test_a_question_without_its_times(question, plain):
    assert without_times(question) == plain


def test_a_year_in_two_calendar_years_is_named_by_its_end():
    assert by_end("Profit in 2022/23 and 2023/2024, water 2022-2023, no. 2022/19") == (
        "Profit in 2023 and 2024, water 2022-2023, no. 2022/19"
    )


def test_the_end_of_the_fiscal_year_is_what_the_report_says_most():
    assert year_end("The fiscal year ended January 29, 2023. Our fiscal year ends on the last Sunday in January.") == 1
    assert year_end("The fiscal year is the 52-week period that ends on the last Saturday of September.") == 9
    assert year_end("A year of paper.") == 12


@pytest.mark.parametrize(
    ("text", "end", "fiscal"),
    [
        ("Nine Months Ended > October 29, 2023", 1, {"2024"}),
        ("January 29, 2023", 1, {"2023"}),
        ("Dec 31, 2022 and July 1, 2023", 9, {"2023"}),
        ("December 31, 2022", 12, {"2022"}),
        ("2022", 1, set()),
    ],
)
def test_dates_lie_in_fiscal_years(text, end, fiscal):
    assert fiscal_years(text, end) == fiscal


def test_a_fiscal_year_is_covered_by_its_dates():
    column = times("Nine Months Ended > October 29, 2023", 1)
    assert column.covers_years(times("first nine months of fiscal 2024", 1))
    assert not column.covers_years(times("first nine months of fiscal 2023", 1))
    assert column.covers_years(times("nine months to October 2023", 1))
    assert times("2024", 1).covers_years(times("fiscal 2024", 1)), "without a date the year stands for itself"


@pytest.mark.parametrize(
    ("text", "year_end", "quarters"),
    [
        ("Three Months Ended September 30, > 2022", 12, {3}),
        ("three months ended Apr 1, 2023", 12, {1}),  # a quarter that ends in a month's first days
        ("Three Months Ended > July 1, 2023; Nine Months Ended > July 1, 2023", 9, {3}),
        ("quarter ended October 29, 2023", 1, {3}),
        ("Nine Months Ended September 30, 2022", 12, set()),
        ("in the third quarter", 12, set()),
    ],
)
def test_the_end_of_three_months_tells_their_quarter(text, year_end, quarters):
    assert times(text, year_end).ended == quarters


def test_a_quarter_named_after_its_last_month_is_of_the_fiscal_year():
    assert times("the June 2023 quarter", 9).quarters == {3}
    assert times("the October 2023 quarter", 1).quarters == {3}
