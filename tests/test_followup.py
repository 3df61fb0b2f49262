import pytest

from assistant.answer import Answer
from assistant.followup import is_followup, resolve, topic


def answered(value):
    return Answer("q", "q", "answered" if value else "not_disclosed", value, value, (), (), None, 0.9, 0.1)


PEOPLE = "How many people did Alder Paper employ in 2024?"
ENERGY = "What was total energy consumption in 2023?"
MILL = "Which mill won the award?"


@pytest.mark.parametrize(
    ("earlier", "value", "question", "resolved"),
    [
        (PEOPLE, "1,284", "And in 2023?", "How many people did Alder Paper employ in 2023?"),
        (PEOPLE, "1,284", "What about Birch Shipping?", "How many people did Birch Shipping employ in 2024?"),
        (PEOPLE, "1,284", "And mills?", "How many mills did Alder Paper employ in 2024?"),
        ("How many people work here?", "9", "2022?", "How many people work here in 2022?"),
        ("How many tonnes of Scope 1 emissions?", "5", "And Scope 2?", "How many tonnes of Scope 2 emissions?"),
        (ENERGY, "48,210 MWh", "And water withdrawal?", "What was water withdrawal in 2023?"),
        (ENERGY, "48,210 MWh", "What about the water use?", "What was water use in 2023?"),
        (ENERGY, "48,210 MWh", "Water use?", "What was Water use in 2023?"),
        ("What is the share of men in the mills?", "5%", "And of women?", "What is the share of women in the mills?"),
    ],
)
def test_a_part_is_exchanged_for_one_of_its_kind(earlier, value, question, resolved):
    assert resolve(question, earlier, answered(value)) == resolved


@pytest.mark.parametrize(
    ("earlier", "value", "question", "resolved"),
    [
        (MILL, "Birchtown", "What is its capacity?", "What is Birchtown's capacity?"),
        (MILL, "Birchtown", "How many people work there?", "How many people work at Birchtown?"),
        (MILL, "Fells", "What was their output?", "What was Fells' output?"),
        ("Who chairs the board?", "Anna Ferris", "When did she join?", "When did Anna Ferris join?"),
        ("What is Alder Paper's revenue?", "5", "What about its profit?", "Alder Paper's profit?"),
        (ENERGY, "48,210 MWh", "By how much did it fall?", "By how much did total energy consumption in 2023 fall?"),
        (
            ENERGY,
            "48,210 MWh",
            "How does that compare to 2024?",
            "How does total energy consumption in 2023 compare to 2024?",
        ),
    ],
)
def test_a_pronoun_is_filled(earlier, value, question, resolved):
    assert resolve(question, earlier, answered(value)) == resolved


def test_a_name_that_was_not_found_fills_nothing():
    assert resolve("What is its capacity?", MILL, answered("")) == "What is mill won the award's capacity?"


def test_a_count_without_a_noun_takes_the_one_before():
    assert resolve("And how many were sold?", "How many boats were built?", answered("9")) == (
        "how many were sold, boats built?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "How many people did Alder Paper employ?",
        "Is there a plan to cut waste?",
        "How many mills are there?",
        "There were how many accidents?",
        "What is the company's stance on this issue?",
        "Who chairs the board?",
    ],
)
def test_a_question_that_stands_on_its_own_is_left(question):
    assert not is_followup(question)
    assert resolve(question, PEOPLE, answered("1,284")) == question


def test_a_topic_is_the_question_without_its_asking_words():
    assert topic(PEOPLE) == "people Alder Paper employ in 2024"
    assert topic("What?") == "What"
