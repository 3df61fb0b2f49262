import pytest

from index.company import company_pattern, without_company


@pytest.mark.parametrize(
    ("company", "question", "expected"),
    [
        ("Kestrelmoor Dairy Group", "How much milk did Kestrelmoor collect?", "How much milk did the company collect?"),
        ("Kestrelmoor Dairy Group", "What is the Kestrelmoor Dairy Group's debt?", "What is the company's debt?"),
        ("Kestrelmoor Dairy Group", "how old is a kestrelmoor cow", "how old is the company cow"),
        ("Kestrelmoor Dairy Group", "Which dairy group is larger?", "Which dairy group is larger?"),
        ("Lundqvist Bremsøy Co., Ltd.", "Did Lundqvist Bremsøy Co., Ltd. grow?", "Did the company grow?"),
        ("Lundqvist Bremsøy Co., Ltd.", "Who ran the Lundqvist Marathon?", "Who ran the Lundqvist Marathon?"),
        ("Apple Inc.", "What did Apple sell?", "What did the company sell?"),
        ("Apple Inc.", "Is an apple sold?", "Is an apple sold?"),
    ],
)
def test_a_name_is_replaced(company, question, expected):
    pattern = company_pattern(company, "Bremsøy and Lundqvist and again Bremsøy")
    assert without_company(question, [pattern]) == expected


@pytest.mark.parametrize("company", ["", "The Company Ltd", "&"])
def test_a_name_without_a_word_of_its_own(company):
    assert company_pattern(company, "text") is None
