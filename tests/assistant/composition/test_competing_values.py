from collections import defaultdict
from dataclasses import replace

import pytest

from assistant.composition.competing_values import counting, named, several
from assistant.reading.extractor import Finding
from corpus.facts import facts
from corpus.load import load_document
from corpus.split import split
from index.hit import Hit

REPORT = """# Birch Boats report 2024

## Work

Birch Boats runs 12 yards. Of these, 7 yards build boats for lakes. It has 40 suppliers.

## Goals

We hold 30 yards in reserve. Some 55 ships lie in them, 6 tugs and 14 barges. In all
we sold 300 units, of which 90 units abroad.

Abroad we sold 90 units.

## Energy

Solar panels saved 500 tonnes of carbon. Heat pumps saved a further 80 tonnes of carbon. Each boat holds 9 tonnes.

## Tables

| Item | 2024 |
|---|---|
| Yards at year-end | 11 |
| Boats sold | 300 |

## Sales

| Item | 2024 |
|---|---|
| Boats sold | 310 |
"""
SURE = {"reader": 6.0, "shared": 1.0}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    path = tmp_path_factory.mktemp("boats") / "birch-boats-2024.md"
    path.write_text(REPORT, "utf-8")
    return load_document(path)


@pytest.fixture(scope="module")
def all_facts(document):
    return facts(document, split(document))


@pytest.fixture
def place(document):
    """Makes the finding of a value, proved by a quote."""

    def made(quote, value, **features):
        low = document.text.index(quote)
        (passage,) = (p for p in split(document) if p.start <= low < p.end)
        start = document.text.index(value, low)
        high = low + len(quote)
        return Finding(Hit(passage, 1.0, 1, ()), start, start + len(value), low, high, value, 1.0, SURE | features)

    return made


@pytest.fixture
def told(all_facts):
    by_passage = defaultdict(list)
    for fact in all_facts:
        by_passage[fact.passage_id].append(fact)

    def values(question, *found, likely=()):
        others = several(question, found[0], found, by_passage, lambda one: one.value in likely, lambda word: 1.0)
        return [other.value for other in others]

    return values


def test_figures_that_count_the_same_noun_are_told(place, told):
    best = place("Birch Boats runs 12 yards.", "12")
    row = place("Yards at year-end | 11", "11", reader=-6.0)
    assert told("How many yards are there?", best, row, place("We hold 30 yards in reserve.", "30")) == [
        "11",
        "30",
        "7",
    ]
    assert told("How many suppliers are there?", place("It has 40 suppliers.", "40"), row) == []


def test_the_noun_may_stand_in_the_value(place, told):
    assert told("How many yards are there?", place("We hold 30 yards in reserve.", "30 yards")) == []
    assert told("How many yards are there?", place("Birch Boats runs 12 yards.", "12 yards")) == ["7"]


def test_another_figure_before_the_same_word_is_told_where_its_sentence_speaks_of_it(place, told):
    best = place("Abroad we sold 90 units.", "90")
    whole = place("Some 55 ships lie in them,", "55", reader=-6.0)
    assert told("What was sold?", best, whole) == ["300"]
    assert told("What was sold in boxes?", best, whole) == []


def test_a_place_with_fewer_of_the_questions_words_is_not_told(place, told):
    best = place("Birch Boats runs 12 yards.", "12")
    reserve = place("We hold 30 yards in reserve.", "30", shared=0.6)
    assert told("How many yards does it run?", best, reserve) == ["7"]
    assert told("How many yards does it run?", best, reserve, likely={"30"}) == ["30", "7"], "it may be the answer"
    lacking = place("We hold 30 yards in reserve.", "30", contrast=1.0)
    assert told("How many yards does it run?", best, lacking) == ["7"]


def test_another_sentence_with_a_figure_of_the_same_unit_is_told(place, told):
    best = place("Solar panels saved 500 tonnes of carbon.", "500 tonnes")
    assert told("How much carbon was saved?", best) == ["80 tonnes"]


def test_a_bare_number_of_something_else_is_told_only_when_the_reader_is_sure(place, told):
    best = place("Birch Boats runs 12 yards.", "12")
    assert told("What does it have?", best, place("It has 40 suppliers.", "40", reader=2.0)) == []
    assert told("What does it have?", best, place("Some 55 ships lie in them,", "55", reader=5.0)) == ["55"]


def test_words_are_told_when_the_reader_prefers_them(place, told):
    best = place("Birch Boats runs 12 yards.", "Birch Boats", reader=4.0)
    assert told("Who builds boats?", best, place("Solar panels saved 500", "Solar panels", reader=5.0)) == [
        "Solar panels"
    ]
    assert told("Who builds boats?", best, place("Solar panels saved 500", "Solar panels", reader=3.5)) == []


def test_a_value_moves_to_the_figure_that_counts_what_is_asked_for(place):
    best = place("It has 40 suppliers.", "40")
    assert counting("How many suppliers are there?", best) is best
    assert counting("How many wooden lakes are there?", best) is best, "no figure counts them"
    assert counting("How many yards are there?", best) is best, "two do"
    barges = counting("How many barges are there?", place("We hold 30 yards in reserve.", "30"))
    assert barges.value == "14", "of 6 tugs and 14 barges"
    ships = counting("How many ships lie there?", place("We hold 30 yards in reserve.", "30"))
    assert (ships.value, ships.passage.text[ships.quote_start - ships.passage.start :][:25]) == (
        "55",
        "Some 55 ships lie in them",
    )


def test_a_row_that_lacks_a_word_of_the_question_is_no_alternative(place, told):
    boats, yards = place("Boats sold | 300", "300"), place("Yards at year-end | 11", "11")
    assert told("How many boats were sold?", boats, yards, likely={"11"}) == []
    assert told("What was counted?", boats, yards, likely={"11"}) == ["11"]


def test_a_part_is_not_told_beside_the_whole_but_beside_a_part(place, told):
    boats, yards = place("Boats sold | 300", "300"), place("Yards at year-end | 11", "11")
    part = replace(yards, is_part=True)
    assert told("What was counted?", boats, part, likely={"11"}) == []
    assert told("What was counted?", replace(boats, is_part=True), part, likely={"11"}) == ["11"]


def test_the_row_that_the_words_name_more_fully_answers(place):
    boats, yards = place("Boats sold | 300", "300"), place("Yards at year-end | 11", "11")
    assert named("How many yards at the end of the year?", boats, [boats, yards], lambda other: False) is yards
    assert named("How many boats were sold?", boats, [boats, yards], lambda other: False) is boats
    doubtful = place("Yards at year-end | 11", "11", reader=-3.0)
    assert named("How many yards at the end of the year?", boats, [boats, doubtful], lambda other: True) is boats
