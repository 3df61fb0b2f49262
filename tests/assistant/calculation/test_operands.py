from collections import defaultdict

import pytest

from assistant.calculation.operand_match import Wanted
from assistant.calculation.operands import MAX_CANDIDATES, candidates
from assistant.calculation.report_rows import Reports
from assistant.reading.extractor import Finding
from corpus.facts import facts
from corpus.load import load_document
from corpus.split import split
from index.hit import Hit

REPORT = """# Alder Paper Report 2024

## Training

Fire drills were held 31 times, totalling 640 hours and covering 2,480 participants.

We hired 45 senior engineers and opened 12 depots.

In the third quarter of 2024, 19 vans were bought.

## Environment

| Indicator | Unit | 2023 | 2024 |
| --- | --- | --- | --- |
| Hazardous waste | t | 80 | 70 |
| Total waste | t | 500 | 350 |
| Average age | years | 41 | 42 |
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "alder-2024.md"
    path.write_text(REPORT, "utf-8")
    document = load_document(path)
    by_passage = defaultdict(list)
    for fact in facts(document, split(document)):
        by_passage[fact.passage_id].append(fact)
    reports = Reports(split(document), by_passage, {document.id: document}, lambda stemmed: 3.0)
    return split(document), reports


def place(report, opening, value, score):
    (passage,) = (p for p in report[0] if p.text.startswith(opening))
    start = passage.start + passage.text.index(value)
    hit = Hit(passage, 1.0, 1, ("bm25",))
    return Finding(hit, start, start + len(value), passage.start, passage.end, value, score, {})


def tried(report, question, found=(), pool=()):
    wanted = Wanted(question, rarity=lambda stemmed: 3.0)
    return candidates(wanted, found, pool, report[1], 0.1)


def test_the_figure_whose_noun_is_asked_for_comes_first(report):
    drill = place(report, "Fire", "640 hours", 2.0)
    best = tried(report, "How many participants in fire drills?", [drill])[0]
    assert (best.figure.text, best.weak) == ("2,480", False)
    assert best.finding is not None and best.finding.value == "2,480"
    assert [one.figure.text for one in tried(report, "How many fire drills?", [drill])][0] == "31"


def test_a_row_of_that_name_needs_no_reader(report):
    row = place(report, "Hazardous", "70", -5.0)
    (best,) = tried(report, "How much hazardous waste?", [row])
    assert (best.figure.text, best.period, best.dated, best.weak) == ("70", "2024", False, False)
    assert best.finding is not None and best.finding.confidence == pytest.approx(0.5)
    (best,) = tried(report, "How much hazardous waste in 2023?", [row])
    assert (best.figure.text, best.period, best.dated) == ("80", "2023", True)
    assert tried(report, "How much hazardous waste in 2019?", [row]) == []


def test_a_place_found_for_another_operand_is_read_too(report):
    drill = place(report, "Fire", "640 hours", 2.0)
    assert tried(report, "How many participants in fire drills?", pool=[drill])[0].figure.text == "2,480"


def test_what_counts_less_than_is_asked_is_weak(report):
    hired = place(report, "We hired", "45", 2.0)
    assert [one.weak for one in tried(report, "How many engineers were hired?", [hired])] == [True]
    assert [one.weak for one in tried(report, "How many senior engineers were hired?", [hired])] == [False]


@pytest.mark.parametrize(
    "question", ["How many shops?", "What is the age?", "How much plastic waste?", "How many senior pilots were hired?"]
)
def test_what_does_not_say_what_is_asked_is_none(report, question):
    places = [place(report, "We hired", "45", -4.0), place(report, "Average", "42", -4.0)]
    assert all(one.weak for one in tried(report, question, places))


def test_no_more_than_a_dozen_are_kept(report):
    drill = place(report, "Fire", "640 hours", 2.0)
    assert len(tried(report, "How many participants in fire drills?", [drill] * 30)) <= MAX_CANDIDATES


def test_a_sentence_of_a_quarter_is_not_of_nine_months(report):
    vans = place(report, "In the third", "19", 2.0)
    assert tried(report, "How many vans were bought in the first nine months of 2024?", [vans]) == []
    assert [one.figure.text for one in tried(report, "How many vans were bought in Q3 2024?", [vans])] == ["19"]
