import pytest

from assistant.calculation.figure_context import Described
from assistant.calculation.operand_match import Wanted
from corpus.figure import find_figures


def wanted(question, unit=""):
    return Wanted(question, rarity=lambda stemmed: 3.0, unit=unit)


def figure(text, own, counted="", around="", column="", period=""):
    return Described(0, len(text), find_figures(text)[0].figure, counted, own, "", around or own, column, period)


@pytest.mark.parametrize(
    ("question", "text", "own", "counted", "refused"),
    [
        ("How many exports?", "63", "exported to countries", "countries", True),
        ("How many countries?", "63", "exported to countries", "countries", False),
        ("How many units were sold?", "12,000", "sales reached units", "units", False),
        ("How many women are there?", "40%", "women hold of the posts", "", True),
        ("How many women are there?", "240", "men work here", "", True),
        ("What is the gross profit?", "EUR 5 million", "Net profit was", "", True),
        ("What is the gross profit?", "EUR 5 million", "Gross profit was", "", False),
        ("What is the revenue?", "12", "revenue grew in regions", "", True),
        ("What is the training time?", "66 hours", "Average training time", "", True),
        ("What is the average training time?", "66 hours", "Average training time", "", False),
        ("How much electricity was used?", "5,720 metres", "electric cars climbed", "", True),
        ("How many participants were there?", "861", "training was held times", "times", True),
        ("How many trainings were there?", "861", "training was held times", "times", False),
        ("How many hours did it take?", "3 t", "took", "", True),
    ],
)
def test_what_counts_or_measures_something_else_is_refused(question, text, own, counted, refused):
    assert wanted(question).refuses(figure(text, own, counted)) is refused


def test_a_word_proves_more_than_its_synonym_and_a_noun_more_than_a_verb():
    asked = wanted("How many workers joined?")
    assert asked.held("workers joined") == 1
    assert asked.held("employees joined") == pytest.approx((0.8 + 0.5) / 1.5)
    assert asked.held("workers") == pytest.approx(1 / 1.5)
    assert asked.held("nothing of it") == 0


def test_a_synonym_of_several_words_needs_all_of_them():
    assert wanted("How many hires?").held("newly employed personnel") == pytest.approx(0.8)
    assert wanted("How many hires?").held("employees") == 0


def test_a_figure_is_named_by_its_noun_or_its_currency():
    assert wanted("How many suppliers were audited?").names_noun(figure("90", "suppliers were audited"))
    assert not wanted("How many suppliers were audited?").names_noun(figure("90", "sites were audited"))
    assert wanted("How much money went to schools?").names_noun(figure("RMB 7 million", "given to schools"))
    assert not wanted("How much money went to schools?").names_noun(figure("7", "given to schools"))


def test_a_modifier_that_was_not_asked_for_makes_a_figure_narrower():
    assert wanted("How many engineers?").is_narrower("senior engineers were hired")
    assert not wanted("How many engineers?").is_narrower("the engineers were hired")
    assert not wanted("How many senior engineers?").is_narrower("senior engineers were hired")


def test_a_row_is_of_one_line_of_the_accounts():
    asked = wanted("What are the sales of packaging in 2023?")
    assert asked.is_other_line(figure("5", "Operating income > Packaging", column="2023"))
    assert not asked.is_other_line(figure("5", "Net sales > Packaging", column="2023"))
    assert not wanted("How many mills?").is_other_line(figure("5", "Operating income", column="2023"))


def test_a_scope_is_that_scope_alone():
    asked = wanted("What are the scope 2 emissions?")
    assert asked.refuses(figure("5", "Emissions (Scope 1, 2 and 3)", column="2023"))
    assert not asked.refuses(figure("5", "Location-based Scope 2 emissions", column="2023"))


def test_names_and_columns_tell_parts_apart():
    asked = wanted("How many employees in Norway?")
    assert asked.misses_name("employees in Finland") and not asked.misses_name("Oslo (Norway)")
    assert asked.is_narrower_column(figure("5", "Norway", column="female headcount"))
    assert not asked.is_narrower_column(figure("5", "Norway", column="Year 2023 > total"))


def test_what_is_spent_or_lost_has_no_sign():
    asked = wanted("What is the interest expense in 2023?")
    assert asked.is_outlay(figure("(63)", "Interest expense", column="2023"))
    assert not asked.is_outlay(figure("(63)", "Interest income (expense), net", column="2023"))


def test_what_a_name_says_of_how_it_was_measured_is_no_surplus():
    asked = wanted("What is the equipment on May 1, 2023?")
    assert asked.surplus("Equipment, net of accumulated depreciation of 12") == 0
    assert asked.surplus("Additions to equipment") == 0.5
