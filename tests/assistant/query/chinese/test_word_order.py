import pytest

from assistant.query.chinese.glossary import Word
from assistant.query.chinese.word_order import english, joined, question, singular

COMPANY = Word("the company", "actor")
OF = Word("", "link")
HOW_MANY = Word("how many", "question")


def test_owners_measures_and_heads():
    assert english([COMPANY, OF, Word("revenue", "noun")]) == "the company's revenue"
    assert english([Word("suppliers", "actor"), OF, Word("audits", "noun")]) == "suppliers audits"
    assert english([Word("3", "number"), Word("people", "measure"), Word("engineers", "noun")]) == "3 engineers"
    assert english([Word("3", "number"), Word("people", "measure")]) == "3 people"
    assert english([Word("male", "noun"), Word("number of employees", "noun")]) == "number of male employees"
    assert english([COMPANY, OF, Word("patents", "noun"), Word("number of", "head")]) == (
        "number of the company's patents"
    )
    assert english([Word("tonnes", "unit"), Word("steel", "noun")]) == "tonnes of steel"


WORDS = {
    "company": COMPANY,
    "employees": Word("employees", "actor"),
    "dealers": Word("dealers", "actor"),
    "awards": Word("awards", "noun"),
    "energy": Word("energy consumption", "noun"),
    "waste": Word("waste", "noun"),
    "women": Word("women", "noun"),
    "dividends": Word("dividends", "noun"),
    "pay": Word("pay", "verb"),
    "have": Word("have", "verb"),
    "win": Word("win", "verb"),
    "listed": Word("listed", "verb"),
    "is": Word("is", "copula"),
    "占": Word("of", "portion"),
    "percentage": Word("percentage", "share"),
    "tonnes": Word("tonnes", "unit"),
    "吗": Word("", "yesno"),
    "which": Word("which", "question"),
    "when": Word("when", "question"),
    "多少": Word("how many", "question"),
}


@pytest.mark.parametrize(
    ("found", "past", "asked"),
    [
        ("company have 多少 dealers", False, "how many dealers does the company have"),
        ("company win which awards", True, "which awards did the company win"),
        ("company when listed", False, "when was the company listed"),
        ("energy is 多少", False, "how much is energy consumption"),
        ("employees have 多少", False, "how many employees"),
        ("多少 tonnes waste", False, "how many tonnes of waste"),
        ("women 占 employees percentage", False, "what percentage of employees is women"),
        ("company pay dividends 吗", True, "did the company pay dividends"),
        ("energy", False, None),
    ],
)
def test_questions(found, past, asked):
    assert question([WORDS[word] for word in found.split()], past) == asked


def test_a_word_said_twice_is_said_once():
    assert joined("how many tonnes of", "", "tonnes of of waste") == "how many tonnes of tonnes of waste"
    assert joined("what is the", "the company") == "what is the company"


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("employees", "employee"),
        ("companies", "company"),
        ("branches", "branch"),
        ("process", "process"),
        ("staff", "staff"),
    ],
)
def test_singular(plural, one):
    assert singular(plural) == one
