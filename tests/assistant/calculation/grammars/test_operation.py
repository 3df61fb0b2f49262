import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.calculation.arithmetic import parse
from assistant.calculation.grammars.differences import compare
from assistant.calculation.grammars.noun_phrases import ask, conjuncts, pair
from assistant.calculation.grammars.operation import is_unit, leading_unit, stated
from assistant.query.wording.parts_of_speech import is_modifier, plural, singular, verb_at
from assistant.query.wording.periods import periods, take_time, with_year, years

TABLE = Path(__file__).parents[4] / "tests" / "data" / "operations.tsv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
CASES = [row for row in ROWS if row["kind"] != "lookup"]
LOOKUPS = [row["question"] for row in ROWS if row["kind"] == "lookup"]
# Words that make a phrase a question, or join its nouns: an operand is told by the others.
SMALL = set(
    "what is are was were the how many much a an of in for from on at by did do does total its there to".split()
)


def content(phrase):
    return [word.lower() for word in re.findall(r"[\w%&'.,$-]*[\w%]", phrase) if word.lower() not in SMALL]


def test_the_table_is_large_and_has_no_row_twice():
    assert (len(CASES) >= 220, len(LOOKUPS) >= 110) == (True, True)
    assert len({row["question"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["question"])
def test_a_calculation_is_parsed(row):
    operation = parse(row["question"])
    assert operation is not None
    assert (operation.kind, operation.unit) == (row["kind"], row["unit"])
    assert [content(operand) for operand in operation.operands] == [
        content(operand) for operand in row["operands"].split(" | ")
    ]


@pytest.mark.parametrize("question", LOOKUPS)
def test_a_lookup_is_no_calculation(question):
    assert parse(question) is None


@pytest.mark.parametrize(
    ("question", "operands"),
    [
        ("How many regular and interim reports in all?", ("How many regular reports?", "How many interim reports?")),
        ("What are cost of sales plus gross profit?", ("What is the cost of sales?", "What is the gross profit?")),
        (
            "the gap in satisfaction between professional and skilled staff, in points",
            ("What is the satisfaction of professional staff?", "What is the satisfaction of skilled staff?"),
        ),
        (
            "What share of training hours went to managers in 2023?",
            ("How many training hours went to managers in 2023?", "How many training hours in total in 2023?"),
        ),
        (
            "How many tonnes of glass and steel were recycled in total?",
            ("How many tonnes of glass were recycled?", "How many tonnes of steel were recycled?"),
        ),
        (
            "By what percentage did sales fall from 2021 to 2022?",
            ("What are the sales in 2021?", "What are the sales in 2022?"),
        ),
        (
            "How much higher is Asia's margin than that of Europe?",
            ("What is Asia's margin?", "What is the margin of Europe?"),
        ),
        ("Revenue per employee in 2022", ("What is Revenue in 2022?", "How many employees in 2022?")),
    ],
)
def test_each_operand_is_a_question_of_its_own(question, operands):
    operation = parse(question)
    assert operation is not None
    if question.startswith("What share of training"):
        assert [content(operand) for operand in operation.operands] == [content(operand) for operand in operands]
    else:
        assert operation.operands == operands


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Of the 1,240 suppliers, what percentage were audited?", (None, "1240")),
        ("If shipments grew 5% to 700,000, what were they before?", ("700000", "5")),
        ("Orders fell by 20% to 8,000. How many were there before?", ("8000", "-20")),
        ("Output in 2023 was 10% lower than in 2022. What was it in 2022?", (None, "-10")),
        ("What is 15% of RMB 42.16 million?", ("15", "42160000")),
        ("How many kilograms is 3.2 tonnes?", ("3.2",)),
        ("What share of sales came from the ten largest customers?", (None, None)),
        ("How many more people worked there in 2023 than in 2022?", (None, None)),
    ],
)
def test_figures_that_the_question_states_are_given(question, values):
    operation = parse(question)
    assert operation is not None
    assert [figure and figure.value for figure in operation.given] == [value and Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("question", "direct", "sense"),
    [
        ("What percentage of employees are women?", True, "signed"),
        ("Total number of cars and vans", True, "signed"),
        ("cars plus vans", False, "signed"),
        ("training hours per employee", True, "signed"),
        ("By how much do assets exceed liabilities?", False, "signed"),
        ("the difference between assets and liabilities", False, "size"),
        ("What is the pay gap between men and women?", True, "size"),
        ("By what percentage did emissions fall from 2021 to 2022?", True, "fall"),
        ("By what percentage did emissions grow from 2021 to 2022?", True, "signed"),
        ("How many times as large as A Corp is B Corp?", False, "signed"),
        ("What was revenue in RMB million?", True, "signed"),
        ("Express revenue in RMB million", False, "signed"),
    ],
)
def test_what_a_report_may_state_is_looked_up_first(question, direct, sense):
    operation = parse(question)
    assert operation is not None
    assert (operation.direct, operation.sense) == (direct, sense)


@pytest.mark.parametrize(
    "question",
    [
        "What precentage of staff are women?",
        "what percentage of staff are women",
        "Please tell me what percentage of staff are women.",
        "Could you calculate the percentage of staff who are women?",
    ],
)
def test_slips_and_courtesy_change_nothing(question):
    operation = parse(question)
    assert operation is not None
    assert (operation.kind, operation.operands[0]) == ("share", "How many staff are women?")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hazardous and other waste", ["hazardous waste", "other waste"]),
        ("Scope 1, 2 and 3 emissions", ["Scope 1 emissions", "Scope 2 emissions", "Scope 3 emissions"]),
        ("costs of gas, water and steam", ["costs of gas", "costs of water", "costs of steam"]),
        ("offices and shops in Spain", ["offices in Spain", "shops in Spain"]),
        ("shops in Spain and in Italy", ["shops in Spain", "shops in Italy"]),
        ("revenue and operating costs", ["revenue", "operating costs"]),
        ("the pay of men and the pay of women", ["the pay of men", "the pay of women"]),
        ("research and development costs", ["research and development costs"]),
        (
            "research and development and health and safety spending",
            ["research and development spending", "health and safety spending"],
        ),
        ("emissions (Scope 1 and 2)", ["emissions (Scope 1 and 2)"]),
        ("revenue in 2022 and 2023", ["revenue in 2022", "revenue in 2023"]),
        ("1,240 cars and 3,000 vans", ["1,240 cars", "3,000 vans"]),
        ("cash and work in progress in Spain", ["cash in Spain", "work in progress in Spain"]),
    ],
)
def test_a_coordination_is_split_and_what_is_shared_given_back(text, parts):
    assert conjuncts(text) == parts


def test_compared_phrases_are_each_made_whole():
    assert pair("the pay of men", "women") == ("the pay of men", "the pay of women")
    assert pair("the male turnover rate", "the female") == ("the male turnover rate", "the female turnover rate")
    assert pair("operating cash flow", "capital expenditure") == ("operating cash flow", "capital expenditure")


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("how many more cars than vans were sold", ("How many cars were sold", "How many vans were sold", False)),
        (
            "how many fewer people work in Asia than in Europe",
            ("How many people work in Asia", "How many people work in Europe", True),
        ),
        ("how much lower were costs in 2023 than 2022", ("costs in 2023", "costs in 2022", True)),
        (
            "how much more water did the old site use than the new site",
            ("How much water did the old site use", "How much water did the new site use", False),
        ),
    ],
)
def test_than_compares_like_with_like(text, sides):
    assert compare(text) == sides


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sales from 2022 to 2023", ("2022", "2023", "sales")),
        ("sales in 2023 compared with 2022", ("2022", "2023", "sales")),
        ("sales between FY21 and FY22", ("FY21", "FY22", "sales")),
        ("sales Q4 2019 to Q4 2018", ("Q4 2018", "Q4 2019", "sales")),
        ("compared with 2021, sales in 2022", ("2021", "2022", "sales")),
        ("sales in 2023", ("2022", "2023", "sales")),
        ("sales in FY20", ("FY19", "FY20", "sales")),
        ("sales since 2019", ("2019", "", "sales")),
        ("sales", ("", "", "sales")),
        ("sales in the third quarter", ("the third quarter of the previous year", "the third quarter", "sales")),
        (
            "sales between the first six months of 2022 and of 2023",
            ("the first six months of 2022", "the first six months of 2023", "sales"),
        ),
        ("sales in Q2 2023 against the same quarter of the previous year", ("Q2 2022", "Q2 2023", "sales")),
        (
            "did sales in fiscal 2023 fall compared with the year before",
            ("fiscal 2022", "fiscal 2023", "did sales fall"),
        ),
        ("stocks from December 31, 2022 to April 1, 2023", ("December 31, 2022", "April 1, 2023", "stocks")),
    ],
)
def test_the_periods_that_are_compared(text, found):
    assert periods(text) == found


def test_a_closing_period_and_a_range():
    assert take_time("stores in Spain in 2023") == ("stores in Spain", "in 2023")
    assert take_time("stores in Spain") == ("stores in Spain", "")
    assert take_time("sales in 2022 and 2023") == ("sales in 2022 and 2023", "")
    assert take_time("output a year earlier") == ("output", "in the previous year")
    assert take_time("output, third quarter of fiscal 2024") == ("output", "in third quarter of fiscal 2024")
    assert take_time("output in the six months to 29 May 2023") == ("output", "in the six months to 29 May 2023")
    assert take_time("stocks on 1 April 2023") == ("stocks", "on 1 April 2023")
    assert take_time("pay per 12 months") == ("pay per 12 months", "")
    assert with_year("the six months to June 30, 2022", "2021") == "the six months to June 30, 2021"
    assert years("hours from 2021 to 2023") == ["hours in 2021", "hours in 2022", "hours in 2023"]
    assert years("hours from 1990 to 2023") == []


def test_units_and_figures_in_a_question():
    assert [text for text in ("kWh", "RMB million", "billions of yuan", "points", "g") if not is_unit(text)] == []
    assert [text for text in ("total", "Germany", "2023", "$50 million", "m", "vehicles") if is_unit(text)] == []
    assert leading_unit("metric tons of paper") == ("metric tons", "paper")
    assert leading_unit("g of CO2 were emitted") == ("g", "CO2 were emitted")
    assert leading_unit("training hours of staff") == ("", "training hours of staff")
    figure = stated("the 1,240 suppliers")
    assert figure is not None and figure.value == 1240
    assert [
        phrase for phrase in ("2023 profit", "3 largest sites", "5G users", "100% electric cars") if stated(phrase)
    ] == []


def test_words():
    assert [plural(word) for word in ("company", "person", "day", "branch", "vehicle")] == [
        "companies",
        "people",
        "days",
        "branches",
        "vehicles",
    ]
    assert [singular(word) for word in ("companies", "sales", "boxes", "costs", "gas")] == [
        "company",
        "sales",
        "box",
        "cost",
        "gas",
    ]
    assert [is_modifier(word) for word in ("European", "full-time", "hazardous", "patent", "revenue", "wind")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert verb_at("the vehicles sold were electric".split()) == 3
    assert verb_at("suppliers that matter have been rated".split()) == 3
    assert verb_at("passengers fly business class".split(), loose=True) == 1
    assert verb_at("total energy use".split()) == 3


def test_a_phrase_is_asked_for():
    assert [ask(phrase) for phrase in ("the stores in Spain", "gross margin", "CO2 emissions", "how many people")] == [
        "How many stores in Spain?",
        "What is the gross margin?",
        "What are CO2 emissions?",
        "How many people?",
    ]
