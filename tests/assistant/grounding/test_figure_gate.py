from assistant.answer import Calculation
from assistant.grounding.figure_gate import unproved_figures

QUOTE = "Alder Paper employed 1,284 people at the end of 2024, in 12 mills."


def unproved(text, quotes=(QUOTE,), calculation=None):
    return [figure.text for figure in unproved_figures(text, quotes, calculation)]


def test_quoted_figures_pass_and_marks_are_no_figures():
    assert unproved("At the end of 2024 there were 1,284 people in twelve mills [1] [37].") == []


def test_a_figure_that_no_quote_states_is_named():
    assert unproved("1,285 people in 12 mills, 96 of them young [1].") == ["1,285", "96"]
    assert unproved("1,284 people", quotes=()) == ["1,284"]


def test_the_unit_must_agree_and_the_scale_may_be_written_otherwise():
    assert unproved("RMB 42,160,000 [1]", ["It cost RMB 42.16 million."]) == []
    assert unproved("EUR 42.16 million [1]", ["It cost RMB 42.16 million."]) == ["EUR 42.16 million"]
    assert unproved("42.16 [1]", ["It cost RMB 42.16 million."]) == []


def test_a_calculation_shows_its_result():
    shown = Calculation("358 / 2,553 × 100", "14.0", "%")
    quotes = ["358 hours of 2,553 in all"]
    assert unproved("14.0% = 358 / 2,553 × 100", quotes, shown) == []
    assert unproved("14.0%", quotes) == ["14.0%"]
    assert unproved("15.0%", quotes, shown) == ["15.0%"]
