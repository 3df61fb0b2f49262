import pytest

from corpus.load import load_document
from eval.proof_calibration import Scored, best, cases, rates, scored, statement
from eval.question import Question
from index.embedder import load_embedder
from tests.conftest import MILL_REPORT


@pytest.mark.parametrize(
    ("question", "answer", "said"),
    [
        ("What is the share of recycled fibre?", "64.5%", "the share of recycled fibre is 64.5%."),
        ("How many people did the company employ?", "1,284", "the company employ 1,284 people."),
        ("How many mills?", "12", "12 mills."),
        ("When did it open?", "2019", "it open: 2019."),
        ("Who runs it?", "Ada", "Ada runs it."),
        ("In which town?", "Elm", "town: Elm."),
        ("hazardous waste", "71.2 t", "hazardous waste: 71.2 t."),
    ],
)
def test_a_question_becomes_a_statement(question, answer, said):
    assert statement(question, answer) == said


def question(id, text, answer, evidence, category="fact_text"):
    return Question(id, category, text, (answer,), (answer,), (evidence,), True)


def test_statements_are_made_true_wrong_and_miscited(mill_index, mill_report):
    document = load_document(mill_report)
    people, young, waste = (
        question("1", "How many people were employed?", "1,284", "employed 1,284 people"),
        question("2", "How many young people joined the programme?", "96", "took in 96 young people"),
        question("3", "How much hazardous waste was there?", "71.2", "Hazardous waste | t | 83.5 | 71.2"),
    )
    given = cases([people, young, waste, question("4", "Sum?", "1", "96", "compute")], document)
    assert [(case.question, case.answer) for case in given] == [
        (people.question, "1,284"),
        (young.question, "96"),
        (waste.question, "71.2"),
    ]
    found = scored(mill_index, load_embedder(), given)
    assert [one.kind for one in found] == ["true", "wrong", "true", "wrong", "true", "wrong"]
    true, wrong = ([one.support for one in found if one.kind == kind] for kind in ("true", "wrong"))
    assert min(true) > 0.5 and sum(wrong) / 3 < sum(true) / 3
    assert "Hazardous waste" in MILL_REPORT


def test_the_thresholds_that_keep_enough_and_refuse_the_most_are_best():
    found = [Scored("true", 0.5, 0.0, 0.0)] * 19 + [Scored("true", 0.1, 0.0, 0.0), Scored("wrong", 0.3, 0.0, 0.0)]
    found += [Scored("wrong", 0.6, -0.2, 0.0), Scored("wrong", 0.6, 0.0, -0.2)]
    thresholds = best(found)
    assert thresholds == (0.31, 0.02, 0.02)
    assert rates(found, *thresholds) == {"true": 0.95, "wrong": 0.0}
