from dataclasses import replace

import pytest

from assistant.composition.lists import as_much, distinct, items, miscounted, of_count, whole_list
from assistant.reading.extractor import Finding
from corpus.passage import Part, Passage
from index.hit import Hit


def finding(text, value, kind="prose"):
    passage = Passage("d#0", "d", (), None, 0, len(text), text, kind, (Part(text, 0),))
    start = text.index(value)
    return Finding(Hit(passage, 1.0, 1, ()), start, start + len(value), 0, len(text), value, 1.0, {})


@pytest.mark.parametrize(
    ("text", "read", "whole"),
    [
        (
            "It has sites in four countries, with each offering other skills, including Lyon, Porto, Bergen in Norway "
            "and Munich in Germany.",
            "Bergen in Norway",
            "Lyon, Porto, Bergen in Norway and Munich in Germany",
        ),
        ("We are known by three brands: Kestrel, Little Moor, and Oat.", "Kestrel", "Kestrel, Little Moor, and Oat"),
        ("Products cover cars, pickups, and light vans.", "pickups", "cars, pickups, and light vans"),
        ("Some lines run at night, an increase of 5%.", "lines", "lines"),
        ("The mill closed in May, and sales fell.", "mill", "mill"),
        (
            "Banks run in Oslo, Bergen (two of them), Lund and Porto.",
            "Oslo",
            "Oslo, Bergen (two of them), Lund and Porto",
        ),
        (
            'It has three: "Ash One", "Fell Two", and "Oak Three".',
            'Ash One", "Fell Two", and "Oak Three',
            '"Ash One", "Fell Two", and "Oak Three"',
        ),
        ("Cases were heard in Oslo, Lund, and Porto.", "in Oslo", "Oslo, Lund, and Porto"),
        ("It claims damages of 9 million, and seeks costs, fees and interest.", "9 million", "9 million"),
    ],
)
def test_an_item_is_widened_to_its_series(text, read, whole):
    found = whole_list(finding(text, read))
    assert found.value == whole
    assert found.passage.text[found.start : found.end] == whole


def test_the_items_of_a_list_are_told_without_what_joins_them():
    assert whole_list(finding("We use:\n- gas;\n- wood; and\n- sun.", "wood", "list")).value == "gas; wood; sun"


def test_the_items_of_a_list_are_told_without_the_line_that_leads_it_in():
    found = whole_list(finding("We use:\n- gas\n- wood\n- sun", "wood", "list"))
    assert (found.value, found.quote_start, found.quote_end) == ("gas; wood; sun", 0, len(found.passage.text))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("gas; wood, wet; sun", ["gas", "wood, wet", "sun"]),
        ("Lyon, Porto and Turin in Italy", ["Lyon", "Porto", "Turin in Italy"]),
        ("Lyon, Porto, and Bergen", ["Lyon", "Porto", "Bergen"]),
        ("Lyon", ["Lyon"]),
    ],
)
def test_items(value, expected):
    assert items(value) == expected


def test_a_place_that_holds_as_many_items_as_were_asked_for_is_told_alone():
    two, three = finding("gas and wood", "gas and wood"), finding("gas, wood and sun", "gas, wood and sun")
    assert of_count([two, three], 3) == [three]
    assert of_count([two, three], 4) == [two, three] == of_count([two, three], 0)


def test_a_place_that_repeats_others_items_or_adds_a_single_one_is_left_out():
    two, three, other = (finding(text, text) for text in ("gas and sun", "gas, wood, sun", "oil"))
    assert distinct([two, three, other]) == [three, other], "where the first is no series, another may be one of them"
    assert distinct([three, two, other]) == [three]
    assert distinct([three, three]) == [three]


def test_places_that_speak_less_of_what_is_asked_are_left_out():
    whole, less = (replace(finding("gas", "gas"), features={"shared": shared}) for shared in (1.0, 0.5))
    assert as_much("What is used?", [less, whole]) == [whole]
    assert as_much("What is used?", []) == []


def test_of_figures_those_are_told_of_which_the_question_is_said():
    claimed, awarded = finding("It claimed 9 million.", "9 million"), finding("It was awarded 4 million.", "4 million")
    assert as_much("What damages were awarded?", [claimed, awarded]) == [awarded]
    assert as_much("What damages were paid?", [claimed, awarded]) == [claimed, awarded]


def test_a_mismatch_is_said():
    assert miscounted(4, ["gas, wood", "sun"]) == "The question asks for 4; the report gives 3 here."
    assert miscounted(3, ["gas, wood", "sun", "Gas"]) == miscounted(0, ["gas"]) == ""
