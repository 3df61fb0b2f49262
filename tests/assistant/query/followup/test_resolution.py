import pytest

from assistant.answer import Answer, Claim
from assistant.query.followup.antecedent import topic
from assistant.query.followup.resolution import is_followup, resolve


def answered(value):
    return Answer("q", "q", "answered" if value else "not_disclosed", value, value, (), (), None, 0.9, 0.1)


PEOPLE = "How many people did Alder Paper employ in 2024?"
ENERGY = "What was total energy consumption in 2023?"
MILL = "Which mill won the award?"
BOATS = "How many boats did the yard in Fell build?"


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
        ("What did the old mill save?", "5 t", "And the new mill?", "What did the new mill save?"),
        ("How much coal did better timing save?", "5 t", "And new pumps?", "How much coal did new pumps save?"),
        (
            "How many people became junior foresters?",
            "9",
            "Senior foresters?",
            "How many people became Senior foresters?",
        ),
        ("What were expenses for repair in 2023?", "5", "And planned repair?", "What were planned repair in 2023?"),
        (ENERGY, "48,210 MWh", "per employee?", "What was total energy consumption in 2023 per employee?"),
        (ENERGY, "48,210 MWh", "a year earlier?", "What was total energy consumption in 2022?"),
        (
            "What were sales in Fell for the three months to July 1, 2023?",
            "5",
            "and Birchtown?",
            "What were sales in Birchtown for the three months to July 1, 2023?",
        ),
        ("What is Fell's net income in Q3 2023?", "5", "And gross margin?", "What is Fell's gross margin in Q3 2023?"),
        ("What was Fell's boat revenue in May?", "5", "And timber?", "What was Fell's timber revenue in May?"),
        ("What was Fell's accident rate?", "5", "And road?", "What was Fell's road accident rate?"),
        ("How much tax did Fell's Ships pay?", "5", "And mills?", "How much tax did Fell's mills pay?"),
        ("What is Birch paying for Ash Mill?", "5", "And for iFell?", "What is Birch paying for iFell?"),
        (
            "What did Birch invest in its mills in 2020?",
            "5",
            "In Fell?",
            "What did Birch invest in its mills in Fell in 2020?",
        ),
        ("How many won the forester title?", "5", "And junior forester?", "How many won the junior forester title?"),
        ("What did the Ash mill buy?", "5", "And what did the Fell one sell?", "what did the Fell mill sell?"),
        (
            "What was Fell's profit in Q3 2023?",
            "5",
            "So what was the gross margin?",
            "What was Fell's gross margin in Q3 2023?",
        ),
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
        (PEOPLE, "1,284", "Does it publish a tax report?", "Does Alder Paper publish a tax report?"),
        ("Does Alder Paper report its water use?", "Yes", "How much is it?", "How much is Alder Paper's water use?"),
        (
            "How many boats did Alder Paper buy?",
            "9",
            "How much did it pay for them?",
            "How much did Alder Paper pay for boats?",
        ),
        ("How many boats does Alder Paper own in Fell?", "9", "Are they new?", "Are Alder Paper's boats in Fell new?"),
        (BOATS, "9", "How big is it?", "How big is yard in Fell?"),
        (ENERGY, "48,210 MWh", "How many people worked here that year?", "How many people worked here in 2023?"),
        (ENERGY, "48,210 MWh", "Who ran the mill in that year?", "Who ran the mill in 2023?"),
        (MILL, "Birchtown", "Who ran the mill in that year?", "Who ran the mill in that year?"),
        (BOATS, "9", "How many people work there?", "How many people work in Fell?"),
        (
            "What is the area of the mills?",
            "5",
            "How many people do they employ?",
            "How many people do the mills employ?",
        ),
        ("How much coal did new pumps save?", "5 t", "how much carbon is that?", "how much carbon did new pumps save?"),
        (
            "How much did sales of boats rise?",
            "5%",
            "How many mills does it own?",
            "How many mills does the company own?",
        ),
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


@pytest.mark.parametrize(
    ("earlier", "question", "resolved"),
    [
        ("When was the fair held?", "where?", "where was the fair held?"),
        ("Which mills did the strike stop?", "For how long?", "For how long did the strike stop mills?"),
        ("Who runs the mill?", "Since when?", "Since when, the one who runs the mill?"),
        (
            "How many trainings were there in 2023?",
            "how many hours in all?",
            "how many hours in all, trainings in 2023?",
        ),
        (
            "how many hours in all, trainings in 2023?",
            "And how many people came?",
            "how many people came to the trainings in 2023?",
        ),
        ("When was the fair held?", "Who came?", "Who came to the fair?"),
        (
            "How many sessions of fire training were held?",
            "How many took part?",
            "How many people took part in the fire training?",
        ),
        ("Where did the tour start?", "With how many boats?", "With how many boats, tour?"),
    ],
)
def test_a_question_without_its_end_takes_it_from_the_one_before(earlier, question, resolved):
    assert is_followup(question)
    assert resolve(question, earlier, answered("")) == resolved


@pytest.mark.parametrize(
    ("question", "resolved"),
    [
        ("and the year before?", "What was Fell's profit in the third quarter of fiscal 2022?"),
        ("And in the quarter before that?", "What was Fell's profit in the second quarter of fiscal 2023?"),
        ("And the same quarter a year earlier?", "What was Fell's profit in the third quarter of fiscal 2022?"),
        ("In the first nine months?", "What was Fell's profit in the first nine months of fiscal 2023?"),
        ("What about fiscal 2021?", "What was Fell's profit in the third quarter of fiscal 2021?"),
        ("and at the end of June 2022?", "What was Fell's profit at the end of June 2022?"),
    ],
)
def test_a_time_is_exchanged_and_what_it_leaves_out_is_kept(question, resolved):
    assert resolve(question, "What was Fell's profit in the third quarter of fiscal 2023?", answered("5")) == resolved


def test_a_quarter_before_the_first_is_of_the_year_before():
    assert resolve("the quarter before?", "What was profit in Q1 2023?", answered("5")) == "What was profit in Q4 2022?"


@pytest.mark.parametrize(
    ("earlier", "question", "resolved"),
    [
        (
            "How much did Fell sell in the Americas in 2023?",
            "By what percentage did that fall compared with the year before?",
            "By what percentage did Fell's sales in the Americas in 2023 fall compared with the year before?",
        ),
        (
            "How much did Fell spend on repair?",
            "What was behind the increase?",
            "Why did Fell's spending on repair increase?",
        ),
        ("What was Fell's profit?", "Was the drop caused by rain?", "Was the drop in Fell's profit caused by rain?"),
        (
            "How much revenue did Fell's River business make in Q1 2023?",
            "And what was its operating profit?",
            "what was Fell's River operating profit in Q1 2023?",
        ),
        (
            "What did Fell pay for Ash?",
            "How much debt did it take over with it?",
            "How much debt did Fell take over with Ash?",
        ),
        (
            "How many smiths work in Fell's mill?",
            "How many of them are women?",
            "How many of the smiths that work in Fell's mill are women?",
        ),
        ("What was Fell's profit in Q1 2023?", "And what was Ash's revenue?", "what was Ash's revenue in Q1 2023?"),
        (
            "What was Fell's water use in 2023?",
            "And how much was it in 2021?",
            "how much was Fell's water use in 2021?",
        ),
    ],
)
def test_a_follow_up_keeps_the_part_the_time_and_what_was_counted(earlier, question, resolved):
    assert resolve(question, earlier, answered("5")) == resolved


def test_a_change_after_two_times_is_the_one_between_them():
    first, second = "What was Fell's profit in 2021?", "What was Fell's profit at the end of 2019?"
    asked = "By how much did it fall?"
    assert resolve(asked, second, answered("5"), before=first) == (
        "By how much did Fell's profit fall between the end of 2019 and 2021?"
    )
    other = "What was Ash's profit in 2021?"
    assert resolve(asked, second, answered("5"), before=other) == (
        "By how much did Fell's profit at the end of 2019 fall?"
    )


def test_the_whole_is_asked_after_a_part():
    earlier = "How many boats did Fell build in Norway in 2020?"
    assert (
        resolve("And two years earlier in total?", earlier, answered("5")) == "How many boats did Fell build in 2018?"
    )
    assert resolve("Of which in Oslo?", "How many boats did Fell build in 2020?", answered("5")) == (
        "How many boats did Fell build in Oslo in 2020?"
    )


def test_a_name_takes_the_place_of_a_company_only_where_it_is_one():
    companies = {"Fell", "Ash"}
    earlier = "What was Fell's boat revenue in 2023?"
    assert resolve("And Ash?", earlier, answered("5"), companies.__contains__) == "What was Ash's boat revenue in 2023?"
    assert resolve("And Timber?", earlier, answered("5"), companies.__contains__) == (
        "What was Fell's Timber revenue in 2023?"
    )


def test_the_year_before_is_read_off_what_was_told():
    told = Answer("q", "q", "answered", "", "5", (Claim("Water | 2024: 5; 2023: 7 [1]", (1,)),), (), None, 0.9, 0.1)
    assert resolve("A year earlier?", "What is water use?", told) == "What is water use in 2023?"


def test_thanks_do_not_lean_on_anything():
    assert not is_followup("Thanks. How many mills are there?")


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
