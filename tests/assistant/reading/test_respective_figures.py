import pytest

from assistant.reading.respective_figures import respective

RATE = "The rate as of December 31, 2021 and September 30, 2022 was 27% and 26%."
SALES = (
    "Revenue for the third quarter and first nine months of fiscal year 2024 was $18.12 billion and $38.82 billion, "
    "up 206% and 86%, respectively."
)
PAID = (
    "We paid $654 million and $885 million during Q3 2021 and Q3 2022, and $1.6 billion and $7.5 billion for the nine "
    "months ended September 30, 2021 and 2022."
)
ONE = "In 2022 it employed 12 people."


@pytest.mark.parametrize(
    ("question", "text", "read", "figure"),
    [
        ("What was the rate on 30 September 2022?", RATE, "27% and 26%", "26%"),
        ("What was the rate on 30 September 2022?", RATE, "27%", "26%"),
        ("What was the rate at the end of 2021?", RATE, "27% and 26%", "27%"),
        ("Revenue in the first nine months of fiscal 2024?", SALES, "$18.12 billion", "$38.82 billion"),
        ("Revenue in Q3 of fiscal 2024?", SALES, "$38.82 billion", "$18.12 billion"),
        ("By what percentage did revenue grow in the first nine months of fiscal 2024?", SALES, "206%", "86%"),
        ("What was paid in Q3 2022?", PAID, "$7.5 billion", "$885 million"),
        ("What was paid in the nine months to September 2021?", PAID, "$654 million", "$1.6 billion"),
        ("What was paid in the nine months to September 2022?", PAID, "$654 million", "$7.5 billion"),
    ],
)
def test_the_figure_of_the_time_is_taken(question, text, read, figure):
    start = text.index(read)
    found = respective(question, text, start, start + len(read), 12)
    assert found is not None
    assert text[slice(*found)] == figure


@pytest.mark.parametrize(
    ("question", "text", "read"),
    [
        ("What was paid?", PAID, "$885 million"),
        ("How many people did it employ in 2022?", ONE, "12"),
        ("Who was paid in 2022?", PAID, "We"),
        ("What was paid in 2022?", PAID, "We paid"),
    ],
)
def test_nothing_is_changed_where_nothing_tells(question, text, read):
    start = text.index(read)
    assert respective(question, text, start, start + len(read), 12) is None
