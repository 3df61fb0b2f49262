import pytest

from assistant.query.entities import (
    Entities,
    company_pattern,
    scope,
    short_name,
    ticker,
    without_company,
    without_report,
)
from corpus.document import Document


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
    pattern = company_pattern(company, short_name(company, "Bremsøy and Lundqvist and again Bremsøy"))
    assert pattern is not None
    assert without_company(question, [pattern]) == expected


def test_nothing_instead_of_a_name_takes_what_ties_it_along():
    pattern = company_pattern("Apple Inc.", "Apple")
    assert pattern is not None
    questions = ["What is Apple's tax rate?", "How many people work at Apple?", "Apple iPad sales"]
    assert [without_company(question, [pattern], "") for question in questions] == [
        "What is tax rate?",
        "How many people work?",
        "iPad sales",
    ]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Title of each class\nTrading Symbol(s)\nCommon Stock, $0.001 par value\nALDR\nName of each exchange", "ALDR"),
        ("Alder is listed (NASDAQ: ALDR) since 1999.", "ALDR"),
        ("The trading symbol of Alder is not told. It sells PAPER.", ""),
        ("Alder sells paper in the US.", ""),
    ],
)
def test_the_symbol_that_shares_are_traded_under(text, symbol):
    assert ticker(text) == symbol


@pytest.mark.parametrize("company", ["", "The Company Ltd", "&"])
def test_a_name_without_a_word_of_its_own(company):
    assert short_name(company, "text") == ""
    assert company_pattern(company, "") is None


@pytest.mark.parametrize(
    ("company", "name"),
    [
        ("Kestrelmoor Dairy Group", "Kestrelmoor"),
        ("Lundqvist Bremsøy Co., Ltd.", "Bremsøy"),
        ("Apple Inc.", "Apple"),
        ("The Lakeland Bank AG", "Lakeland"),
    ],
)
def test_the_word_that_a_company_is_called_by(company, name):
    assert short_name(company, "Bremsøy and Lundqvist and again Bremsøy") == name


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was the gross margin in the latest 10-Q report?", "What was the gross margin ?"),
        (
            "How much water was drawn, as stated in the company's 2023 sustainability report?",
            "How much water was drawn ?",
        ),
        ("In its annual report, which risks are named?", "which risks are named?"),
        ("How many people report to the board?", "How many people report to the board?"),
        ("Which topics are in the report on salaries?", "Which topics are in the report on salaries?"),
        ("Who is in the report?", "Who is in the report?"),
    ],
)
def test_that_it_is_a_report_is_left_out(question, expected):
    assert without_report(question) == expected


def test_a_question_is_about_the_reports_that_it_names():
    said = {"apple-2022": ("Apple Inc.", 2022), "apple-2023": ("Apple Inc.", 2023)}
    said["intel-2023"] = ("INTEL CORPORATION", 2023)
    documents = {
        name: Document(name, name, "", "Apple and Intel", (), company=company, year=year)
        for name, (company, year) in said.items()
    }
    patterns = {
        name: company_pattern(document.company, short_name(document.company, document.text))
        for name, document in documents.items()
    }

    def asked(question):
        return scope(question, documents, patterns)

    assert asked("How many people are employed?") == ()
    assert asked("How many people does Intel employ?") == ("intel-2023",)
    assert asked("How many people does Apple employ?") == ("apple-2022", "apple-2023")
    assert asked("How many people did Apple employ in 2022?") == ("apple-2022",)
    assert asked("How many people did Apple employ in 2019?") == ("apple-2022", "apple-2023")
    assert asked("Did Apple or Intel employ more people in 2023?") == ("apple-2023", "intel-2023")
    assert asked("Is an apple sold?") == ()


def report(name, company, year=None):
    return Document(name, "", "", f"{company} sails ferries.", (), company=company, year=year)


def entities(*reports):
    return Entities({one.id: one for one in reports}, lambda word: {"birhc": "birch"}.get(word, word))


def test_the_reports_that_a_question_names():
    known = entities(report("ships", "Harbour Lines"), report("mills", ""))
    assert known.reports("How many ferries has Harbour?") == ("ships",)
    assert known.reports("How many ferries are there?") == ()
    assert known.reports("How many are there?", ["How many ferries has Harbour?", "Who steers them?"]) == ("ships",)
    assert known.spelled("How much birhc, whats more?") == "How much birch, what is more?"
    assert not known.is_one_company()
    assert known.is_one_company(["ships"])


def test_a_question_without_what_names_its_report():
    known = entities(report("ships", "Harbour Lines"), report("mills", ""))
    assert known.plain("What did Harbour sell in Q3 2022?", (), "the company") == "What did the company sell 2022?"
    assert known.plain("What did Harbour sell in 2022?", ["mills"]) == "What did Harbour sell in 2022?"
    assert known.plain("What did Harbour sell?", ["ships"]) == "What did sell?"


def test_a_followup_stays_with_the_company_of_the_conversation():
    reports = [report(f"ships-{year}", "Harbour Lines", year) for year in (2022, 2023)]
    known = entities(*reports, report("mills", ""))
    earlier = ["How many ferries had Harbour in 2022?"]
    assert known.reports("How old are they?", earlier) == ("ships-2022",)
    assert known.reports("And in 2023?", earlier) == ("ships-2023",)
    assert known.reports("And in 2019?", earlier) == ("ships-2022", "ships-2023")
    assert known.reports("Who made paper?", ["Who steers?"]) == ()
