import re

import pytest

from assistant.assistant import Assistant
from assistant.reading.reader import Reading

RULES = [
    (r"(?:people|staff).*\bin total|people did|people work|employees", r"1,284 people"),
    (r"apprentice|young people", r"\b96\b"),
    (r"mills", r"12 mills"),
    (r"water withdrawal.*2023", r"Water withdrawal.*2023: ([\d,]+)"),
    (r"water withdrawal", r"Water withdrawal.*2024: ([\d,]+)"),
    (r"hazardous waste.*2023", r"Hazardous waste.*2023: ([\d.]+)"),
    (r"hazardous waste", r"Hazardous waste.*2024: ([\d.]+)"),
    (r"energy", r"energy consumption.*2024: ([\d,]+)"),
    (r"recycled", r"recycled fibre.*2024: ([\d.]+)"),
    (r"indicators", r"\n([^|\n]+) \| Unit"),
    (r"safety manual", r"<script>.*?</script>"),
]


class Rules:
    """Reads what the first rule for a question finds in a passage, and is sure of it or of its absence."""

    threshold = 0.5

    def __init__(self):
        self.asked = []

    def read(self, question, passages):
        self.asked.append(question)
        span = next((span for words, span in RULES if re.search(words, question, re.I)), "(?!)")
        return [self._reading(re.search(span, passage)) for passage in passages]

    def _reading(self, match):
        if match is None:
            return Reading(0, 0, -8.0, 0.01)
        start, end = match.span(match.re.groups and 1)
        return Reading(start, end, 8.0, 0.99)


@pytest.fixture
def reader():
    return Rules()


@pytest.fixture
def assistant(mill_index, reader):
    return Assistant(mill_index, reader)


@pytest.fixture
def ask(assistant):
    """Asks, and checks what holds of every answer."""

    def asked(question, *turns):
        answer = assistant.ask(question, turns)
        assert answer.question == question and answer.seconds > 0 and 0 <= answer.confidence <= 1
        assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        for citation in answer.citations:
            document = assistant.index.documents[citation.document]
            passage = assistant.index.passage(citation.passage_id)
            assert document.text[citation.start : citation.end] == citation.quote
            assert passage.start <= citation.start < citation.end <= passage.end
        for claim in answer.claims:
            assert claim.citations and all(f"[{n}]" in claim.text for n in claim.citations)
        return answer

    return asked


def quotes(answer):
    return [citation.quote for citation in answer.citations]


PEOPLE = "Alder Paper employed 1,284 people at the end of 2024, in 12 mills."


def test_a_figure_is_looked_up_in_prose(ask):
    answer = ask("How many people did Alder Paper employ?")
    assert (answer.verdict, answer.value, answer.calculation) == ("answered", "1,284 people", None)
    assert answer.text == f"1,284 people — {PEOPLE} [1]"
    assert quotes(answer) == [PEOPLE] and answer.citations[0].section == ("People",)
    assert answer.confidence > 0.9


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How high was water withdrawal in 2023?", "210,400 m³"),
        ("How high was water withdrawal in 2024?", "198,750 m³"),
        ("How much hazardous waste was there in 2024?", "71.2 t"),
        ("What percentage of fibre was recycled in 2024?", "64.5%"),
    ],
)
def test_a_figure_of_a_row_takes_its_unit(ask, question, value):
    answer = ask(question)
    assert (answer.verdict, answer.value) == ("answered", value)
    assert len(quotes(answer)) == 1 and quotes(answer)[0].count(" | ") == 3


def test_a_list_tells_every_place(ask):
    answer = ask("Which indicators are reported?")
    assert answer.verdict == "answered"
    assert set(answer.value.split("; ")) == {
        "Total energy consumption",
        "Water withdrawal",
        "Hazardous waste",
        "Share of recycled fibre",
    }
    assert len(answer.claims) == len(answer.citations) == 4


def test_a_yes_or_no_question_is_answered_so(ask):
    answer = ask("Does Alder Paper have mills?")
    assert (answer.verdict, answer.value, quotes(answer)) == ("answered", "Yes", [PEOPLE])


def test_a_calculation_shows_its_formula_and_cites_both_operands(ask):
    answer = ask("How much less hazardous waste was there in 2024 than in 2023?")
    assert answer.verdict == "answered" and answer.calculation is not None
    assert re.fullmatch(r"[-−]?12\.3", answer.calculation.result) and answer.calculation.unit == "t"
    assert set(re.findall(r"[\d.]+", answer.calculation.formula)) >= {"83.5", "71.2"}
    assert answer.value == f"{answer.calculation.result} t"
    assert quotes(answer) == ["Hazardous waste | t | 83.5 | 71.2"], "both stand in one row"
    assert answer.calculation.formula in answer.text


def test_operands_of_two_places_are_both_cited(ask):
    answer = ask("How much energy was used per employee in 2024?")
    assert answer.verdict == "answered" and answer.calculation is not None
    assert answer.calculation.formula.replace(" MWh", "").startswith("45,975 / 1,284")
    assert answer.calculation.result.startswith("35.8")
    assert answer.claims[0].citations == (1, 2)
    assert quotes(answer) == ["Total energy consumption | MWh | 48,210 | 45,975", PEOPLE]


def test_units_that_do_not_fit_give_no_result(ask):
    answer = ask("What is the difference between water withdrawal and hazardous waste in 2024?")
    assert (answer.verdict, answer.value, answer.calculation) == ("partial", "", None)
    assert answer.text.startswith("No result: ")
    assert quotes(answer) == ["Water withdrawal | m³ | 210,400 | 198,750", "Hazardous waste | t | 83.5 | 71.2"]


def test_an_operand_that_is_not_stated_is_named(ask):
    answer = ask("What is the difference between water withdrawal and revenue in 2024?")
    assert (answer.verdict, answer.value, answer.calculation) == ("not_disclosed", "", None)
    assert "the reports do not state “What is the revenue in 2024”" in answer.text
    assert quotes(answer) == ["Water withdrawal | m³ | 210,400 | 198,750"]


def test_silence_cites_what_was_looked_at(ask):
    answer = ask("How many patents were granted?")
    assert (answer.verdict, answer.value, answer.claims) == ("not_disclosed", "", ())
    assert answer.text.startswith("Not disclosed: the reports do not state this. Nearest passages looked at: [1]")
    assert len(answer.citations) == 3 and answer.confidence < 0.5


@pytest.mark.parametrize("year", ["2019", "2022", "2025"])
def test_another_year_is_refused(ask, year):
    assert ask(f"How many people did Alder Paper employ in {year}?").verdict == "not_disclosed"
    assert ask(f"How high was water withdrawal in {year}?").verdict == "not_disclosed"
    assert ask("How many people did Alder Paper employ in 2024?").verdict == "answered"


def test_the_nearest_fact_is_offered_as_such(ask):
    answer = ask("How high was water withdrawal in 2021?")
    assert (answer.verdict, answer.value) == ("not_disclosed", "")
    assert answer.text == (
        "Not disclosed: the reports do not state this. The report gives 2023 and 2024 only: "
        "Water withdrawal | Unit: m³; 2023: 210,400; 2024: 198,750 [1]"
    )
    assert quotes(answer)[0] == "Water withdrawal | m³ | 210,400 | 198,750"


def test_a_follow_up_is_completed(ask):
    first = "How high was water withdrawal in 2024?"
    answer = ask("And in 2023?", first)
    assert answer.resolved_question == "How high was water withdrawal in 2023?"
    assert (answer.verdict, answer.value) == ("answered", "210,400 m³")
    third = ask("And the hazardous waste?", first, "And in 2023?")
    assert third.resolved_question == "How high was hazardous waste in 2023?"
    assert third.value == "83.5 t"


def test_a_question_on_its_own_is_not_changed_by_its_conversation(ask, reader):
    alone = ask("How many people did Alder Paper employ?")
    later = ask("How many people did Alder Paper employ?", "How high was water withdrawal in 2024?")
    assert (later.resolved_question, later.text) == (alone.question, alone.text)
    asked = ["How many people did employ?", "How many people did Alder Paper employ?"]  # of rows and of prose
    assert reader.asked == asked, "an answer is remembered"


def test_a_preamble_is_no_part_of_the_question(ask):
    plain = ask("How many people did Alder Paper employ?")
    told = ask("Our model needs a headcount. How many people did Alder Paper employ?")
    assert (told.value, told.resolved_question) == (plain.value, "How many people did Alder Paper employ?")


def test_a_long_conversation_completes_each_turn_once(assistant, monkeypatch):
    from assistant.query.followup.resolution import resolve

    completed = []

    def counted(question, *rest):
        completed.append(question)
        return resolve(question, *rest)

    monkeypatch.setattr("assistant.query.analyzer.resolve", counted)
    turns = [f"And in {year}?" for year in range(2000, 2018)]
    answer = assistant.ask("And in 2023?", ["How high was water withdrawal in 2024?", *turns])
    assert answer.value == "210,400 m³"
    assert len(completed) == len(turns) + 1


def test_what_a_report_says_is_quoted_and_not_obeyed(ask):
    answer = ask("What does the safety manual say?")
    assert answer.verdict == "answered"
    assert "<script>window.hacked = 1</script>" in quotes(answer)[0]


def test_what_cannot_be_asked_is_refused(assistant):
    with pytest.raises(ValueError, match="the question is empty"):
        assistant.ask("  ")
    with pytest.raises(ValueError, match="has 10,000 characters"):
        assistant.ask("x" * 10_000)
    with pytest.raises(ValueError, match="the question is empty"):
        assistant.ask("How many people?", turns=[""])
    with pytest.raises(ValueError, match="no such report: none; indexed are alder-paper-2024"):
        assistant.ask("How many people?", documents=["none"])


def test_a_report_can_be_asked_alone(assistant):
    answer = assistant.ask("How many people did Alder Paper employ?", documents=["alder-paper-2024"])
    assert answer.value == "1,284 people"


def test_whoever_waits_is_told_each_stage_and_nobody_else(assistant):
    stages: list[str] = []
    assistant.ask("How many mills are there?", progress=stages.append)
    assert stages == ["searching", "reading", "checking"]
    assistant.ask("How many people did it employ in total?")
    assert len(stages) == 3
    assistant.ask("How many mills are there?", progress=stages.append)
    assert len(stages) == 3, "a remembered answer has no stages"
