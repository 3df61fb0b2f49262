import pytest

from assistant.query.wording.qualifiers import names_of, qualifiers
from index.words import stem, words


def short(question, reading, company=None, value="12"):
    """How a reading and its value fall short of a question."""
    return qualifiers(question, company).features(reading, set(map(stem, words(reading))), value)


def test_a_passage_that_has_all_falls_short_of_nothing():
    question = "How many women work at the mill in Birchtown?"
    assert short(question, "Birchtown\nThe mill employs 12 women.") == {
        "names_missing": 0.0,
        "names_missing_of_figure": 0.0,
        "echo": 0.0,
        "counted_missing": 0.0,
        "asked_missing": 0.0,
        "contrast": 0.0,
        "label": 0.0,
    }


def test_names_that_a_passage_lacks_are_counted_but_for_the_companys():
    question = "How many people does Alder Paper employ at Birchtown and Fell?"
    assert short(question, "Staff: 9", "Alder Paper Ltd")["names_missing"] == 2.0
    assert short(question, "Staff at Fell: 9", "Alder Paper Ltd")["names_missing"] == 1.0
    assert short(question, "Staff: 9")["names_missing"] == 4.0


@pytest.mark.parametrize(
    ("reading", "missing"),
    [("The Sprite 12 won.", 0.0), ("Sprite-12 won.", 0.0), ("The Sprite 120 won.", 1.0), ("It won.", 2.0)],
)
def test_a_name_goes_on_with_its_number(reading, missing):
    assert short("Did the Sprite 12 win?", reading)["names_missing"] == missing


def test_a_name_that_is_lacking_counts_apart_where_a_figure_is_asked_for():
    assert short("How many people work in Fell?", "Staff: 9")["names_missing_of_figure"] == 1.0
    assert short("Who works in Fell?", "Staff: 9")["names_missing_of_figure"] == 0.0


@pytest.mark.parametrize(
    ("question", "value", "echoes"),
    [
        ("Which firm audited Alder Paper?", "Alder Paper", 1.0),
        ("Which firm audited the mill?", "Alder Paper Ltd", 1.0),
        ("Which firm audited the mill?", "Birch & Fell", 0.0),
        ("What is the energy density of the cells?", "energy density and life", 1.0),
        ("What is the energy density of the cells?", "energy density of 200 Wh", 0.0),
        ("How many mills are there, two or three?", "three", 0.0),
        ("Was the mill built or bought?", "bought", 0.0),
    ],
)
def test_a_value_of_the_questions_own_words_answers_nothing(question, value, echoes):
    assert short(question, "The mill.", "Alder Paper Ltd", value)["echo"] == echoes


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many wood boats were built?", 0.5),
        ("number of boats built in Fell", 0.0),
        ("How many hectares do the farmers own?", 1.0),
        ("How many people came?", 0.0),
        ("Who built it?", 0.0),
    ],
)
def test_what_is_counted_must_be_spoken_of(question, missing):
    assert short(question, "It built 12 boats.")["counted_missing"] == missing


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What is the voltage of the panels?", 1.0),
        ("What was the total output in 2024?", 0.0),
        ("What was Alder's total output in 2024?", 0.0),
        ("What was Alder Paper's voltage?", 1.0),
        ("What was the award for?", 1.0),
        ("What is the name of the mill?", 0.0),
        ("Who runs it?", 0.0),
    ],
)
def test_what_is_asked_for_must_be_spoken_of(question, missing):
    assert short(question, "The panels had an output of 5 MWh.")["asked_missing"] == missing


def test_one_of_several_is_not_spoken_of_by_itself():
    several = "It has 40 shops in six countries, including Chile and Fell."
    assert short("How many shops are there in Fell?", several)["contrast"] == 1.0
    assert short("How many shops are there in Fell?", f"{several} In Fell there are 3.")["contrast"] == 0.0
    assert short("How many shops are there in six countries?", several)["contrast"] == 0.0


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("Who is the chief financial officer?", "Anna Ferris, Chief Executive Officer"),
        ("Who is the president?", "Anna Ferris, vice president"),
        ("What share of managers are women?", "Men hold 60% of the posts of managers."),
        ("How many contractors were hurt?", "12 employees were hurt."),
        ("What are market-based emissions?", "Location-based emissions: 5 t"),
        ("What is the target for water use?", "Water use fell by 5%."),
        ("How much hazardous waste arose?", "Non-hazardous waste: 5 t"),
    ],
)
def test_another_of_the_kind_is_a_contrast(question, reading):
    assert short(question, reading)["contrast"] == 1.0


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("Who is the chief financial officer?", "Anna Ferris, CFO; Jo Birch, Chief Executive Officer"),
        ("How many employees trained suppliers?", "12 suppliers were trained."),
        ("How many women are there?", "There are 12."),
        ("What was net income?", "Net income 5, gross income 9"),
        ("How many vice presidents are there?", "Vice presidents: 4"),
    ],
)
def test_no_contrast_where_the_one_asked_for_stands_too_or_no_other(question, reading):
    assert short(question, reading)["contrast"] == 0.0


def test_a_question_names_what_it_writes_with_a_capital_inside():
    assert names_of("Did Alder Paper buy Birch Shipping in January?") == ["Alder", "Paper", "Birch", "Shipping"]
    assert names_of("Birch is bought by whom? The board?") == []
    assert names_of("What was the margin in Q3 FY24 and H1?") == []


@pytest.mark.parametrize(
    ("question", "reading", "part"),
    [
        ("How many people work here?", "Staff\nNew employees\n12", True),
        ("How many people work here?", "Staff\nEmployees in all\n12", False),
        ("How many new employees came?", "Staff\nNew employees\n12", False),
        ("How much water was used?", "Water use per ton | 2023: 12", True),
        ("How much water was used?", "Water use | per ton: 12", False),
        ("water use 2023", "Water use per ton | 2023: 12", True),
        ("cost of water 2023", "Percent of sales > Cost of water | 2023: 12", True),
        ("What share of sales was the cost of water?", "Percent of sales > Cost of water | 2023: 12", False),
        ("How much water was used?", "In a new mill 12 m³ were used.", False),
        ("Who works here?", "Staff\nNew employees\n12", False),
    ],
)
def test_a_label_tells_a_part_where_the_whole_is_asked_for(question, reading, part):
    assert qualifiers(question, None).is_part(reading) is part


@pytest.mark.parametrize(
    ("reading", "share"),
    [
        ("People\nTotal employees on the payroll\n1,284", 1.0),
        ("People\nNumber of newly employed personnel\n96", 2 / 3),
        ("People > Staff > Total number of employees | Unit: person; 2024: 1,284", 1.0),
        ("Water > Withdrawal | 2024: 5", 0.0),
        ("Alder has 1,284 employees.", 0.0),
    ],
)
def test_how_much_of_a_label_is_asked_for(reading, share):
    assert qualifiers("How many people does Alder employ?", "Alder").named_alone(reading) == pytest.approx(share)
