import pytest

from assistant.calculation.arithmetic import calculate, parse
from corpus.figure import find_figures


def given(*texts):
    return [find_figures(text)[0].figure for text in texts]


def test_a_share_that_is_not_stated_is_what_the_stated_one_leaves():
    asked = parse("What share of suppliers is not audited?")
    assert asked is not None and asked.otherwise is not None
    assert asked.operands == ("100%", "What share of suppliers is audited?")
    done = calculate(asked, given("100%", "95.1%"))
    assert (done.formula, done.result, done.unit) == ("100% − 95.1%", "4.9", "%")
    assert asked.otherwise.operands == ("How many suppliers in total?", "How many suppliers is audited?")
    done = calculate(asked.otherwise, given("40", "30"))
    assert (done.formula, done.result, done.unit) == ("(40 − 30) / 40 × 100", "25", "%")


def test_what_goes_by_a_name_is_stated_only_where_the_name_is():
    asked = parse("How many non-executive directors are there?")
    assert asked is not None and (asked.kind, asked.direct, asked.says) == ("rest", True, "non-executive")
    assert asked.operands == ("How many directors are there?", "How many executive directors are there?")
    done = calculate(asked, given("13", "6"))
    assert (done.formula, done.result) == ("13 − 6", "7")


@pytest.mark.parametrize("figures", [("6", "13"), ("100%", "120%")])
def test_a_part_is_no_more_than_its_whole(figures):
    asked = parse("How many of the managers are not women?")
    assert asked is not None
    with pytest.raises(ValueError, match="is no part of"):
        calculate(asked, given(*figures))
