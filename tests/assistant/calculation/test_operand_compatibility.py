import pytest

from assistant.answer import Calculation
from assistant.calculation.grammars.operation import Operation
from assistant.calculation.operand_compatibility import apart, is_plausible, is_unshown, together
from assistant.calculation.operands import Candidate
from assistant.reading.extractor import Finding
from corpus.figure import find_figures
from corpus.passage import Part, Passage
from index.hit import Hit


def candidate(
    start, passage="d#0", section=("Waste",), row="", period="", column="", dated=False, sentence=0, weak=False
):
    text = "some text that is long enough for this " * 3
    held = Passage(passage, "d", section, None, 0, len(text), text, "prose", (Part(text, 0),))
    place = Finding(Hit(held, 1.0, 1, ()), start, start + 2, 0, len(text), "so", 1.0, {})
    return Candidate(place, find_figures("12")[0].figure, 0.0, period, column, dated, row, sentence, weak)


SUM = Operation("sum", ("What is ash?", "What is slag?"), (None, None), "", False)
OVER_TIME = Operation("growth", ("What is ash in 2023?", "What is ash in 2024?"), (None, None), "%", False)


def test_figures_of_one_sentence_are_likelier_meant_than_of_one_passage_and_of_one_section():
    one = candidate(0)
    near = [candidate(9), candidate(9, sentence=40), candidate(9, "d#7"), candidate(9, "d#7", ("Water",))]
    odds = [together([one, other]) for other in near]
    assert odds == sorted(odds, reverse=True) and odds[-1] == 0 < odds[-2] < odds[0]
    assert together([one]) == 0


def test_rows_whose_names_are_alike_are():
    one = candidate(0, row="waste > number of fire drills")
    alike = candidate(9, "d#7", row="waste > hours of fire drills")
    assert together([one, alike]) > together([one, candidate(9, "d#7", row="waste > number of vans")])


@pytest.mark.parametrize(
    ("operation", "one", "other", "why"),
    [
        (SUM, candidate(0), candidate(1), "the figures found do not belong together"),
        (
            SUM,
            candidate(0, row="ash", period="2023"),
            candidate(9, row="slag", period="2024"),
            "the figures are of different periods: 2023 and 2024",
        ),
        (SUM, candidate(0, row="ash", period="2023"), candidate(9, row="slag", period="2024", dated=True), ""),
        (
            OVER_TIME,
            candidate(0, row="ash"),
            candidate(9, row="slag"),
            "the figures of the two periods are not of one row",
        ),
        (OVER_TIME, candidate(0, row="ash", period="2023"), candidate(9, row="ash", period="2024"), ""),
        (
            SUM,
            candidate(0, row="ash", section=("North mill",)),
            candidate(9, "d#7", row="ash", section=("South mill",)),
            "the report gives this under one name in two tables",
        ),
    ],
)
def test_what_keeps_figures_apart(operation, one, other, why):
    assert apart(operation, [one, other]) == why


def test_rows_of_one_name_are_told_apart_by_the_words_above_them():
    asked = Operation(
        "sum", ("What is ash of the north mill?", "What is ash of the south mill?"), (None, None), "", False
    )
    north = candidate(0, row="ash", section=("North mill",))
    south = candidate(9, "d#7", row="ash", section=("South mill",))
    assert apart(asked, [north, south]) == ""


def test_a_figure_that_is_shown_only_beside_another_does_not_stand_alone():
    assert not is_unshown([candidate(0), candidate(9, weak=True)])
    assert is_unshown([candidate(0), candidate(9, "d#7", weak=True)])
    assert not is_unshown([candidate(0), candidate(9, "d#7")])
    assert is_unshown([candidate(0, weak=True), candidate(9, weak=True)])


def test_a_share_lies_between_nothing_and_all():
    share = Operation("share", ("a", "b"), (None, None), "%", True)
    one, loss = find_figures("EUR 5 million")[0].figure, find_figures("EUR -4 million")[0].figure
    assert is_plausible(share, Calculation("", "14.0", "%"), [one, one])
    assert is_plausible(share, Calculation("", "0", "%"), [one, one])
    assert is_plausible(share, Calculation("", "-80", "%"), [loss, one]), "a margin may be negative"
    assert not is_plausible(share, Calculation("", "118", "%"), [one, one])
    assert not is_plausible(share, Calculation("", "0.0000088", "%"), [one, one]), "the scales must differ"
    assert is_plausible(SUM, Calculation("", "1,180", ""), [one, one])
    small = find_figures("EUR 5")[0].figure
    assert not is_plausible(SUM, Calculation("", "5,000,005", ""), [one, small]), "the scales must differ"
