from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation
from corpus.document import Document
from corpus.passage import Part, Passage
from eval.evidence import find_evidence
from eval.judge import exact_match, is_correct, judge, token_f1
from eval.question import Question
from index.hit import Hit

TEXT = "We run 12 mills. We own 30 ships. The chair is Ann Lee."
DOCUMENT = Document("mill", "Mill", "0", TEXT, ())
QUESTION = Question("q", "fact_text", "How many mills?", ("12", "12 mills"), (r"\b12\b",), ("run 12 mills",), True)
SILENT = Question("u", "unanswerable", "How many mines?", answerable=False)


def cited(quote):
    start = TEXT.index(quote)
    return Citation(1, "mill", "Mill", (), None, "mill#0", start, start + len(quote), quote)


def answered(text, value="", quotes=(), verdict="answered"):
    return Answer("q", "q", verdict, text, value, (), tuple(map(cited, quotes)), None, 0.8, 0.25)


def hits(*quotes):
    spans = [(TEXT.index(quote), TEXT.index(quote) + len(quote)) for quote in quotes]
    passages = [Passage(f"mill#{s}", "mill", (), None, s, e, TEXT[s:e], "prose", (Part(TEXT[s:e]),)) for s, e in spans]
    return [Hit(passage, 1 / rank, rank, ("bm25",)) for rank, passage in enumerate(passages, 1)]


def judged(question, answer, found=()):
    return judge(question, answer, [find_evidence(text, [DOCUMENT]) for text in question.evidence], found)


def test_a_right_answer_with_its_place():
    result = judged(
        QUESTION,
        answered("12 [1]. We run 12 mills [1].", "12", ["12 mills", "30 ships"]),
        hits("We own 30 ships.", "We run 12 mills."),
    )
    assert (result.strict, result.correct, result.exact, result.f1) == (True, True, 1.0, 1.0)
    assert result.ranks == (2,)
    assert (result.citation_precision, result.citation_recall) == (0.5, 1.0)
    assert (result.confidence, result.seconds, result.answered) == (0.8, 0.25, True)


def test_a_right_answer_without_its_place_is_not_strict():
    result = judged(QUESTION, answered("12 mills [1]", "12", ["30 ships"]))
    assert (result.correct, result.strict) == (True, False)
    assert (result.citation_precision, result.citation_recall) == (0.0, 0.0)
    assert result.ranks == (None,)


def test_silence_on_an_answerable_question_is_wrong_and_its_nearest_passages_are_no_citations():
    result = judged(QUESTION, answered("Not disclosed. Nearest: 12 mills", "", ["12 mills"], "not_disclosed"))
    assert (result.strict, result.correct, result.exact, result.f1) == (False, False, 0.0, 0.0)
    assert (result.citation_precision, result.citation_recall, result.answered) == (None, 0.0, False)


@pytest.mark.parametrize(("verdict", "right"), [("not_disclosed", True), ("partial", False), ("answered", False)])
def test_an_unanswerable_question_wants_silence(verdict, right):
    result = judged(SILENT, answered("30 [1]", "30", ["30 ships"], verdict))
    assert (result.strict, result.correct, result.exact, result.f1) == (right, right, float(right), float(right))
    assert result.citation_precision == (None if right else 0.0)
    assert (result.ranks, result.citation_recall) == ((), None)


def test_every_piece_of_evidence_has_its_rank_and_counts_for_recall():
    question = replace(QUESTION, evidence=("run 12 mills", "30 ships", "Ann Lee"))
    result = judged(question, answered("12", "12", ["30 ships"]), hits("The chair is Ann Lee.", "We run 12 mills."))
    assert result.ranks == (2, None, 1)
    assert result.citation_recall == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("category", "words_before", "right"),
    [("fact_text", 89, True), ("fact_text", 90, False), ("list", 159, True), ("ambiguous_or_conflict", 160, False)],
)
def test_an_answer_is_read_up_to_its_limit_of_words(category, words_before, right):
    question = replace(QUESTION, category=category)
    assert is_correct(question, answered("well " * words_before + "12")) is right


def test_all_patterns_must_match_in_any_case_and_a_citation_mark_is_no_figure():
    question = replace(QUESTION, must_include=(r"\b2\b", "mills"))
    assert not is_correct(question, answered("Some MILLS [2]."))
    assert is_correct(question, answered("2 MILLS [1]."))
    assert not is_correct(question, answered("2 ships [1]."))


@pytest.mark.parametrize(
    ("predicted", "gold", "exact", "f1"),
    [
        ("RMB 42.16 million", "42,160,000 RMB", 1, 1),
        ("Seven", "7", 1, 1),
        ("57.6 million kWh", "57.6 GWh", 1, 1),
        ("18.3 t/a", "18.3 tonnes", 1, 1),
        ("18.3 kg", "18.3 tonnes", 0, 0),
        ("95%", "95", 1, 1),
        ("The Ann Lee!", "ann lee", 1, 1),
        ("12 mills", "12", 0, 2 / 3),
        ("12 mills in the north", "north: 12 mills", 0, 6 / 7),
        ("ships ships", "ships", 0, 2 / 3),
        ("博世集团", "博世", 0, 2 / 3),
        ("", "12", 0, 0),
        ("", "", 1, 1),
    ],
)
def test_texts_match_by_words_and_figures(predicted, gold, exact, f1):
    assert exact_match(predicted, gold) == exact
    assert token_f1(predicted, gold) == pytest.approx(f1)
    assert token_f1(gold, predicted) == pytest.approx(f1)


def test_the_text_without_marks_stands_in_for_a_missing_value():
    result = judged(QUESTION, answered("12 mills [1]", "", ["12 mills"]))
    assert (result.exact, result.f1) == (1.0, 1.0)
