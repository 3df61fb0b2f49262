import pytest

from assistant.query.wording.unit_kind import Quantity, quantity
from corpus.figure import find_figures


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What percentage of the mills is closed?", "percentage"),
        ("How much of the energy is renewable, in percent?", "percentage"),
        ("paper gross margin in percent, first nine months of 2022", "percentage"),
        ("By how many per cent did sales fall?", "percentage"),
        ("What share of the paper is recycled?", "percentage"),
        ("Percentage of managers who are female", "percentage"),
        ("What was the injury rate in 2022?", "rate"),
        ("recycling rate of waste 2024", "rate"),
        ("How many people work here?", "count"),
        ("How many cars a year can the factory build?", "count"),
        ("How many working days were lost?", "time"),
        ("Over how many years is it written off?", "time"),
        ("How long is the leave?", "time"),
        ("How many cubic metres of water were used?", "measure"),
        ("How many tonnes of waste were there?", "measure"),
        ("How much money was lent?", "money"),
        ("How much did Alder spend on research?", "money"),
        ("What did it sell in Norway, in dollars?", "money"),
        ("What was Alder's operating income in 2022?", "money"),
        ("What was the operating profit of Alder's paper segment?", "money"),
        ("What revenue does Alder expect?", "money"),
        ("what was Alder's operating result?", "money"),
        ("What was the result of the survey?", ""),
        ("alder paper revenue q3 fy24", "money"),
        ("staff turnover 2024", ""),
        ("Why did revenue fall?", ""),
        ("What was the reason for the loss?", ""),
        ("Who leads the mill?", ""),
        ("How much paper was made?", ""),
    ],
)
def test_what_a_question_measures_in(question, kind):
    assert quantity(question).kind == kind


@pytest.mark.parametrize(
    ("question", "value", "said", "suits"),
    [
        ("What percentage is closed?", "72.2%", "", True),
        ("What percentage is closed?", "nine months", "", False),
        ("What percentage is closed?", "$14.51 billion", "", False),
        ("What percentage is closed?", "12.1", "New hires 2020 > in %", True),
        ("What percentage is closed?", "12.1", "New hires 2020 > number", False),
        ("What percentage is closed?", "a third", "", True),
        ("What was the injury rate?", "4.1", "", True),
        ("What was the injury rate?", "$3 million", "", False),
        ("How many people work here?", "1,284", "", True),
        ("How many people work here?", "38%", "", False),
        ("How many machines were sold?", "$39,669 million", "Machines", False),
        ("How many shares were granted?", "$5,012", "Number of shares granted", True),
        ("How much money was lent?", "$3 million", "", True),
        ("How much money was lent?", "3,417", "", True),
        ("How much money was lent?", "up 108% from a year ago", "", False),
        ("How much money was lent?", "growth in loans", "", False),
        ("What was the net income?", "$1.76", "Net income per share, basic", False),
        ("What was the net income per diluted share?", "$1.76", "Net income per share, diluted", True),
        ("share of recycled fibre 2023", "61%", "", True),
        ("share of recycled fibre 2023", "61 million", "", False),
        ("What was the net income?", "1.4", "Percent of sales > Net income", False),
        ("How many accidents were there?", "no accidents", "", True),
        ("How many days were lost?", "440", "Days lost", True),
        ("How many days were lost?", "440", "Accidents", False),
        ("How long is the leave?", "20 weeks", "", True),
        ("How long is the leave?", "20%", "", False),
        ("How many tonnes of waste?", "12 kt", "", True),
        ("How many tonnes of waste?", "12", "", True),
        ("How many tonnes of waste?", "12 MWh", "", False),
        ("Who leads the mill?", "Ada Birch", "", True),
    ],
)
def test_a_value_suits_its_question(question, value, said, suits):
    figures = [found.figure for found in find_figures(value)]
    assert quantity(question).suits(value, figures, said) is suits


def test_a_share_is_wanted_or_not_or_not_said():
    assert [Quantity(kind).is_share for kind in ("percentage", "count", "money", "rate", "")] == [
        True,
        False,
        False,
        None,
        None,
    ]
