from dataclasses import replace

import pytest

from assistant.composition.refusal import near_miss
from assistant.reading.answerability import Confidence
from assistant.reading.extractor import Extractor
from assistant.reading.reader import Reading

SURE = Confidence({"reader": 1.0, "contrast": -9.0}, 0.0, 0.5)


class Lookup:
    """Finds a passage that speaks of people or water, and nothing where the question has a name or a year too many."""

    threshold = 0.5

    def read(self, question, passages):
        wrong = any(word in question for word in ("2021", "Fell", "Scope 3"))
        topic = "1,284" if "people" in question or "directors" in question else "210,400"
        found = [passage.find(topic) for passage in passages]
        return [
            Reading(0, 0, -6.0, 0.0) if wrong or at < 0 else Reading(at, at + len(topic), 6.0, 0.99) for at in found
        ]


@pytest.fixture
def near(mill_index):
    extractor = Extractor(mill_index, Lookup(), SURE, 8)

    def asked_of(question):
        def find(wording):
            return extractor.extract(extractor.analyzer.lookup(wording))

        found = near_miss(question, find(question), find, mill_index.documents, SURE)
        return found and (found[0], found[1].value)

    return asked_of


def test_another_year_is_offered_as_the_one_that_is_given(near):
    assert near("How high was water withdrawal in 2021?") == ("The report gives 2023 and 2024 only: ", "198,750")
    assert near("How many people did it employ in 2021?") == ("The report gives 2024 only: ", "1,284")


def test_what_is_left_out_of_the_question_is_said(near):
    assert near("How many people work in Fell?") == ("Nearest, without “in Fell”: ", "1,284")
    assert near("What was Scope 3 water withdrawal?") == ("Nearest, without “Scope 3”: ", "198,750")


def test_another_of_its_kind_is_offered(mill_index):
    extractor = Extractor(mill_index, Lookup(), SURE, 8)
    found = extractor.extract(extractor.analyzer.lookup("How many directors work here?"))
    rival = next(place for place in found if place.value == "1,284")
    short = replace(rival, score=rival.score - 9.0, features=rival.features | {"contrast": 1.0})
    told = near_miss("How many directors work here?", [short], lambda wording: (), mill_index.documents, SURE)
    assert told == ("Nearest: ", short)


def test_nothing_is_offered_where_nothing_is_near(near):
    assert near("Who is the auditor of Fell and Scope 3 in 2021?") is None
