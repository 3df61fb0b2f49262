from collections import defaultdict

import pytest

from assistant.calculation.figure_context import counted, described
from corpus.facts import facts
from corpus.figure import find_figures
from corpus.load import load_document
from corpus.passage import Part, Passage
from corpus.split import split


def prose(text):
    return Passage("d#0", "d", ("Our year",), None, 0, len(text), text, "prose", (Part(text, 0),))


def told(text):
    return {one.figure.text: " ".join(one.own.split()).strip(" ,.;") for one in described(prose(text), ())}


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("13 directors, of whom", "directors"),
        ("6 independent directors joined", "independent directors"),
        ("598 overseas sales and service outlets", "overseas sales and service outlets"),
        ("73 mills and 22 depots", "mills"),
        ("893 guests attending 6 talks", "guests"),
        ("6 training sessions took place", "training sessions"),
        ("417 completing the course", ""),
        ("342 tonnes of coal and a loss", "coal"),
        ("5-minute response rate", ""),
        ("9,300 dealers worldwide", "dealers"),
        ("300 individuals obtained a title", "individuals"),
    ],
)
def test_the_noun_that_follows_a_figure(text, noun):
    found = find_figures(text)[0]
    end = find_figures(text)[1].start if len(find_figures(text)) > 1 else len(text)
    assert counted(text[found.end : end], found.figure) == noun


def test_the_words_of_a_sentence_are_shared_out_among_its_figures():
    own = told("It saved 342 tonnes of coal and a further 3,135 tonnes of carbon; 57 talks reached 3,000 people.")
    assert own["342 tonnes"] == "It saved # of coal"
    assert own["3,135 tonnes"] == "and a further # of carbon"
    assert own["57"] == "# talks" and own["3,000"] == "reached # people"


def test_respectively_names_each_figure():
    own = told("Sales of pumps and exports came to 474,000 units and 358,000 units respectively.")
    assert own["474,000"] == "Sales of pumps"
    assert own["358,000"] == "exports came to"


@pytest.mark.parametrize(
    "text",
    ["In 2023, on October 29, our Scope 1 and Note 7.", "The model AXR 11 and Plan 4.0 run 24/7.", "The 7th report."],
)
def test_numbers_that_are_part_of_a_name_are_left_out(text):
    assert described(prose(text), ()) == []


def test_a_page_number_that_closes_a_line_of_contents_is_left_out():
    assert described(prose("Talks with our own workforce 62 2.3 Policies on pay 63"), ()) == []


def test_rows_are_named_by_row_and_column(tmp_path):
    path = tmp_path / "alder-2024.md"
    path.write_text(
        "# Alder 2024\n\n| Waste | Unit | 2023 | 2024 |\n| --- | --- | --- | --- |\n| Ash¹ | t | 80 | 70 |\n"
    )
    document = load_document(path)
    by_passage = defaultdict(list)
    for fact in facts(document, split(document)):
        by_passage[fact.passage_id].append(fact)
    rows = [one for p in split(document) for one in described(p, by_passage[p.id]) if one.column]
    assert [(one.figure.text, one.figure.unit, one.column, one.period) for one in rows] == [
        ("80", "t", "2023", "2023"),
        ("70", "t", "2024", "2024"),
    ]
    assert all("Ash" in one.own and "¹" not in one.own for one in rows)
    assert [document.text[one.start : one.end] for one in rows] == ["80", "70"]


def test_a_part_out_of_a_whole_counts_what_the_whole_does():
    (part, whole) = described(prose("3 positive decisions were reached out of 12 objections."), [])
    assert (part.figure.text, part.counted, whole.counted) == ("3", "objections", "objections")
    assert described(prose("A guarantee for tenants over 70 was kept."), []) == []
