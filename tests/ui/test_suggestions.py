from decimal import Decimal

from assistant.answer import Answer, Citation
from corpus.figure import Figure
from corpus.passage import Fact
from ui.suggestions import example_questions, follow_ups


def fact(row, start, period="2024", document="alder", metric=""):
    figure = Figure("12", Decimal(12), Decimal(12), "")
    return Fact(f"{document}#{start}", document, metric or row, figure, "t", "", period, "", start, start + 2, row)


def answer(start, end, document="alder"):
    citation = Citation(1, document, "Alder", (), None, f"{document}#{start}", start, end, "x" * (end - start))
    return Answer("q", "q", "answered", "12 [1].", "12", (), (citation,), None, 0.9, 0.1)


def test_a_label_becomes_a_plain_question():
    rows = ["Total energy consumption", "Number of training sessions", "NOx emissions", "Proportion of women"]
    assert example_questions([fact(row, 10 * i) for i, row in enumerate(rows)]) == [
        "What was the total energy consumption in 2024?",
        "How many training sessions were there in 2024?",
        "What were the NOx emissions in 2024?",
        "What was the proportion of women in 2024?",
    ]
    assert example_questions([fact("Water use", 0, period="")]) == ["What was the water use?"]


def test_plurals_and_the_last_period_read_well():
    rows = [("Women in management", "2023"), ("Natural gas", "2024"), ("Women in management", "2024")]
    assert example_questions([fact(row, 10 * i, period) for i, (row, period) in enumerate(rows)]) == [
        "What were the women in management in 2024?",
        "What was the natural gas in 2024?",
    ]


def test_labels_that_make_no_question_are_left_out():
    rows = [
        "",
        "Total",
        "12 mills",
        "ALL CAPITALS HERE",
        "A" * 80,
        "<b>Waste</b> of water",
        "with units from abroad",
        "Alder Bank AD Birchtown",
        "Waste recycled or recovered",
    ]
    assert example_questions([fact(row, i) for i, row in enumerate(rows)]) == []


def test_examples_are_spread_and_differ():
    rows = [f"Waste of kind {'abcdefghij'[i]} of all" for i in range(10)]
    facts = [fact(row, i) for i, row in enumerate(rows)] + [fact("Water use per head", 99)] * 3
    found = example_questions(facts, 3)
    assert found[0] == "What was the waste of kind a of all in 2024?"
    assert "What was the water use per head in 2024?" in found
    assert len(set(found)) == 3


def test_what_may_follow_is_near_first_and_was_not_asked():
    facts = [
        fact("Water use", 100, "2023"),
        fact("Water use", 110, "2024"),
        fact("Energy use", 200),
        fact("Waste water", 300),
        fact("Paper use", 90_000),
        fact("Other report", 105, document="birch"),
    ]
    assert follow_ups(answer(95, 112), facts, ["What was the energy use in 2024?"]) == [
        "By how much did the water use change from 2023 to 2024?",
        "What was the waste water in 2024?",
        "What was the paper use in 2024?",
    ]


def test_an_answer_without_a_citation_suggests_nothing():
    silent = Answer("q", "q", "not_disclosed", "Not stated.", "", (), (), None, 0.2, 0.1)
    assert follow_ups(silent, [fact("Water use", 1)], []) == []
