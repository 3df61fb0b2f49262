import pytest

from corpus.about import company_in, find_language, find_title, find_year, legal_name


@pytest.mark.parametrize(
    ("candidates", "title"),
    [
        (["Growing Together", "Lund Paper Sustainability Report 2021"], "Lund Paper Sustainability Report 2021"),
        (["Growing Together", "Lund Paper"], "Growing Together"),
        (["This report was printed on paper.", "Annual Review 2020"], "Annual Review 2020"),
        (["FORM 10-Q LUND CORPORATION"], "FORM 10-Q LUND CORPORATION"),
        (["", "  "], ""),
    ],
)
def test_the_title_is_the_line_that_names_a_kind_of_report(candidates, title):
    assert find_title(candidates) == title


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Lund Paper’s Sustainability Report 2021", "Lund Paper"),
        ("FORM 10-Q LUND CORPORATION 2023", "LUND CORPORATION"),
        ("Lund Inc. | Q3 2023 Form 10-Q", "Lund Inc."),
        ("Lund, Inc. Form 10-Q for the quarter", "Lund, Inc"),
        ("Sustainability Report 2021", ""),
    ],
)
def test_a_title_names_its_company(title, company):
    assert company_in(title).rstrip(".") == company.rstrip(".")


def test_the_company_with_a_legal_form_that_is_named_most():
    text = "Oslo Shipping ASA carries paper for Lund Paper AB. Lund Paper AB was founded in 1902.\nLund  Paper AB"
    assert legal_name(text) == "Lund Paper AB"
    assert legal_name("nobody in particular") == ""


def test_the_year_is_the_last_of_the_first_place_that_has_one():
    assert find_year(["Report", "2020 to 2021", "2019"]) == 2021
    assert find_year(["Report 12021", ""]) is None
    assert find_year(["Annual Report 2021/22"]) == 2022


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mills of the company are in the north and the people are proud.", "en"),
        ("Die Mühlen der Firma stehen im Norden und das Papier ist für die Welt.", "de"),
        ("Les moulins de la société sont dans le nord et le papier est pour une nation.", "fr"),
        ("公司的工厂位于北方。", "zh"),
        ("412 398", "en"),
    ],
)
def test_the_language(text, language):
    assert find_language(text) == language
