import pytest

from assistant.calculation.grammars.accounts import is_expense, line_of, lines, same_line


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("net sales > europe", "revenue"),
        ("europe > operating income (loss)", "profit"),
        ("operating income > net sales > europe", "revenue"),
        ("cost of sales > services", "cost"),
        ("sales volume", ""),
        ("ash", ""),
    ],
)
def test_a_row_belongs_to_the_last_line_that_a_label_ends_in(path, line):
    assert line_of(path) == line


def test_names_of_one_line_stand_for_each_other():
    assert lines(["sale", "ash"]) == {"revenue"}
    assert {"turnov", "revenu"} <= same_line(["sale"]) and "profit" not in same_line(["sale"])
    assert "expens" in same_line(["research"]) and "cost" not in same_line(["research"])
    assert same_line(["ash"]) == set()


def test_what_is_spent_on_is_an_expense():
    assert is_expense("R&D") and is_expense("research and development")
    assert not is_expense("cloud services")
