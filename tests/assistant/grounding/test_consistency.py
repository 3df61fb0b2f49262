import pytest

from assistant.grounding.consistency import denial, direction, rises, unknown_name, unstated_figures, wrong_period
from corpus.figure import cell_figure, find_figures
from corpus.passage import Fact


def figures(text):
    return [found.figure for found in find_figures(text)]


def fact(cell, period, unit="t"):
    figure = cell_figure(cell, unit)
    assert figure is not None
    return Fact("r#1", "r", "Waste", figure, unit, "", period, "", 0, len(cell))


def names(text, evidence, known="waste mills paper one"):
    return unknown_name(text, evidence, lambda word: word.lower() in known.split())


def test_figures_are_those_stated_in_value_and_scale():
    stated = figures("RMB 42.16 million went to 12 mills in 2024")
    assert unstated_figures("42,160,000 RMB in 2019 for twelve mills, one of them new", stated) == []
    assert [f.text for f in unstated_figures("13 mills and EUR 42.16 million", stated)] == ["13", "EUR 42.16 million"]
    assert [f.text for f in unstated_figures("12 thousand mills", stated)] == ["12 thousand"]


def test_a_figure_of_a_column_is_given_for_its_year():
    facts = [fact("83.5", "2023"), fact("71.2", "2024")]
    assert wrong_period("It fell from 83.5 t in 2023 to 71.2 t in 2024.", facts, set()) == ""
    assert wrong_period("It was 83.5 and 71.2 t in 2023 and 2024.", facts, set()) == ""
    assert wrong_period("It fell from 71.2 t in 2023 to 83.5 t in 2024.", facts, set()) == "71.2 t is of 2024"
    assert wrong_period("It was 83.5 t.", facts, {"2024"}) == "83.5 t is of 2023"
    assert wrong_period("It was 83.5 t.", facts, set()) == ""
    assert wrong_period("There was none in 2024.", [fact("0", "2023"), fact("1", "2024")], set()) == "none is of 2023"


def test_names_are_those_of_the_evidence():
    evidence = "Alder Paper\nThe chief executive closed the mill in Meerdorp in April."
    assert names("The CEO of Alder Paper closed the Meerdorp mill in April.", evidence) == "", "CEO stands for it"
    assert names("The mill in Tolverby was closed.", evidence) == "Tolverby"
    assert names("Waste fell at Alder Paper.", evidence) == "", "an ordinary first word is no name"
    assert names("Tolverby lost its mill.", evidence) == "Tolverby", "a first word that nobody knows is one"
    assert names("The mill was closed in march.", evidence) == "march"


@pytest.mark.parametrize(
    ("text", "evidence", "fits"),
    [
        ("No cars were recalled.", "No product recalls occurred.", True),
        ("Cars were recalled.", "No product recalls of cars occurred.", False),
        ("No cars were recalled.", "Cars were recalled in March.", False),
        ("There were no deaths.", "Fatal accidents | 2024: 0", True),
        ("Revenue rose by 5%.", "No site was closed, and revenue rose by 5%.", True),
        ("A site was closed.", "No site was closed, and revenue rose by 5%.", False),
        ("At least 5% goes to research.", "Not less than 5% goes to research.", True),
    ],
)
def test_a_no_stands_on_both_sides(text, evidence, fits):
    assert (denial(text, evidence) == "") is fits


def test_a_direction_is_that_of_the_evidence_and_of_its_own_figures():
    assert direction("Waste fell by 5%.", "Waste decreased by 5%.") == ""
    assert direction("Waste rose by 5%.", "Waste decreased by 5%.") == "its citation shows the other direction"
    assert direction("Waste rose from 8 to 5 t.", "Waste | 8 | 5") == "its own figures show the other direction"
    assert direction("Waste was 5 t.", "Waste fell to 5 t.") == ""
    assert (rises("It grew."), rises("It declined."), rises("It went up and down.")) == (True, False, None)
