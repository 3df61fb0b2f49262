import pytest

from corpus.pdf.content import Look, Word
from corpus.pdf.lines import text_lines
from corpus.pdf.tables.cells import bands, is_value

PLAIN = Look(10.0, False, 0)


def words(*placed, base=100.0, size=10.0):
    """Words at their left edges, five points a letter."""
    look = Look(size, False, 0)
    return [Word(text, x, base - size, x + 5 * len(text), base, base, look) for text, x in placed]


@pytest.mark.parametrize(
    "text",
    [
        "42",
        "1,250",
        "(42)",
        "$1,250",
        "(1.5)%",
        "12 %",
        "—",
        "n/a",
        "3.4 million",
        "11.3 years",
        "~2,700",
        "€ 4.4",
        "7¹",
        "-3",
    ],
)
def test_values(text):
    assert is_value(text)


@pytest.mark.parametrize(
    "text", ["Revenue", "5G", "ISO 14001", "29,", "3 of 4", "Q1 results", "12 mills in Norway", ""]
)
def test_no_values(text):
    assert not is_value(text)


def test_signs_far_from_their_figures_are_one_cell_with_them():
    (band,) = bands(
        text_lines(
            words(("Revenue", 20), ("$", 200), ("1,250", 260), ("(42", 340), (")", 356), ("12", 420), ("%", 436))
        )
    )
    assert [cell.text for cell in band.cells] == ["Revenue", "$1,250", "(42)", "12%"]
    assert [cell.text for cell in band.values] == ["$1,250", "(42)", "12%"]


def test_years_are_no_values_and_marks_go_with_their_notes():
    (years,) = bands(text_lines(words(("2022", 200), ("2021", 300))))
    assert years.values == []
    (note,) = bands(text_lines(words(("(1)", 20), ("Restated", 60), ("figures", 104))))
    assert [cell.text for cell in note.cells] == ["(1) Restated figures"]


def test_words_spread_over_a_line_are_one_cell():
    spread = [(word, 20 + 45 * place) for place, word in enumerate("these words fill their whole line".split())]
    (band,) = bands(text_lines([w for text, x in spread for w in words((text, x + 25 - 5 * len(text)))]))
    assert len(band.cells) == 6
    even, x = [], 20.0
    for text in "these words fill their whole line".split():
        even += words((text, x))
        x += 5 * len(text) + 12
    (band,) = bands(text_lines(even))
    assert [cell.text for cell in band.cells] == ["these words fill their whole line"]
