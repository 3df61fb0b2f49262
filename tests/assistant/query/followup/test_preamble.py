import pytest

from assistant.query.followup.preamble import without_preamble


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("We score boards, among others. How many directors are women?", "How many directors are women?"),
        ("I am new here. It is for a slide. What was the profit? In percent.", "What was the profit? In percent."),
        ("For the annex. List the mills. Thanks.", "List the mills. Thanks."),
        ("我们在做研究。董事会开了几次会？", "董事会开了几次会？"),
    ],
)
def test_what_is_said_before_the_question_is_left_out(text, asked):
    assert without_preamble(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "How many mills are there? And where?",
        "Alder Paper sold a mill. Who bought it?",  # the question points back
        "net profit 2023. in million",
        "Sales of Alder Paper Co. in 2023?",
        "",
    ],
)
def test_all_else_stays_as_it_is(text):
    assert without_preamble(text) == text
