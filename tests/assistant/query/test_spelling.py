import pytest

from assistant.query.spelling import Spelling
from corpus.document import Document

REPORTED = {"emisions": "emissions", "kestrelmor": "kestrelmoor", "profitt": "profit"}


@pytest.fixture(scope="module")
def spelling():
    said = {
        "apple-2023": ("Apple", "Apple sells telephones. www.apple.com"),
        "target-2023": ("Target", "Target sells groceries."),
        "kestrelmoor-2024": ("Kestrelmoor", "Kestrelmoor's target is half of its emissions."),
    }
    documents = {name: Document(name, name, "", text, (), company=company) for name, (company, text) in said.items()}
    names = {name: company for name, (company, _) in said.items()}
    tickers = {"apple-2023": "AAPL"}
    return Spelling(documents, names, tickers, lambda word: REPORTED.get(word, word))


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("Whats the emisions target?", "What is the emissions target?"),
        ("Emisions of Kestrelmor in 2023", "Emissions of Kestrelmoor in 2023"),
        ("What were Apples emisions?", "What were Apple's emissions?"),
        ("What were Apple's emissions?", "What were Apple's emissions?"),
        ("What is AAPL's debt?", "What is Apple's debt?"),
        ("aapl debt 2023", "Apple debt 2023"),
        ("kestrelmoors profitt", "Kestrelmoor's profit"),
        ("apple ipad sales 2022", "Apple ipad sales 2022"),
        ("target emissions 2022", "target emissions 2022"),
        ("Targets for 2030?", "Targets for 2030?"),
        ("What are Targets plans?", "What are Target's plans?"),
        ("How many apples did Kestrelmoor buy?", "How many apples did Kestrelmoor buy?"),
        ("EMISIONS in Kémisions", "EMISIONS in Kémisions"),
    ],
)
def test_a_question_is_spelled_as_the_reports_spell_it(spelling, question, corrected):
    assert spelling.corrected(question) == corrected
    assert spelling.corrected(corrected) == corrected
