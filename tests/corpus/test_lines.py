import pytest

from corpus.lines import bullet, footnote, is_label, is_sentence, is_statement, is_title, is_value, read_lines


def test_lines_with_their_places():
    text = "One\r\n\n  \t\n  two \n\tthree\tcells\t\n\n\ffour"
    lines = read_lines(text)
    assert [line.text for line in lines] == ["One", "two", "three\tcells", "four"]
    assert [text[line.start : line.end] for line in lines] == ["One", "two", "three\tcells", "four"]
    assert text[lines[2].raw_start : lines[2].raw_end] == "\tthree\tcells\t"
    assert [line.gap for line in lines] == [0, 2, 0, 1]
    assert [line.indent for line in lines] == [0, 2, 0, 1]
    assert [line.page for line in lines] == [1, 1, 1, 2]


@pytest.mark.parametrize(
    "text", ["49,117", "over 66 hours", "RMB 3.2 billion", "588,780 participants", "**12**", "~40%", "98.4%", "€12m"]
)
def test_values(text):
    assert is_value(text)
    assert not is_title(text)


@pytest.mark.parametrize(
    "text", ["2023", "1. Protect", "3.2 Water", "12 of our 40 ships", "It is 12.", "ISO 14001", "Ten"]
)
def test_what_is_no_value(text):
    assert not is_value(text)


@pytest.mark.parametrize(
    "text",
    ["Hold **932** patents", "Assets: 12 million", "100% training coverage", "5 growing markets", "Gave €3 million"],
)
def test_statements(text):
    assert is_statement(text)
    assert not is_title(text)


@pytest.mark.parametrize(
    "text", ["Scope 3 Emissions", "Vision 2030", "2023 Portfolio", "One of ten. Two of 20", "49,117"]
)
def test_what_is_no_statement(text):
    assert not is_statement(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our Ships",
        "How We Reduce Emissions of Dust and Soot",
        "Energy use",
        "“Open Doors” Day",
        "1. Clean Sea",
        "公司简介",
    ],
)
def test_titles(text):
    assert is_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "our ships",
        "It rains.",
        "In 2023:",
        "The crew visited the school of the town to read to the children there",
        "Down 8% from 2021",
        "12",
        "—",
        "",
    ],
)
def test_what_is_no_title(text):
    assert not is_title(text)


@pytest.mark.parametrize(
    ("text", "label"), [("Nights at sea", True), ("In all:", True), ("It rains.", False), ("12", False)]
)
def test_labels(text, label):
    assert is_label(text) is label


@pytest.mark.parametrize(
    ("text", "sentence"), [("It rains.", True), ('He said "no."', True), ("Rain", False), ("下雨了。", True)]
)
def test_sentence_ends(text, sentence):
    assert is_sentence(text) is sentence


@pytest.mark.parametrize(
    ("text", "length"),
    [("- item", 2), ("• item", 2), ("12) item", 4), ("(a) item", 4), ("-5 degrees", 0), ("a item", 0)],
)
def test_bullets(text, length):
    assert bullet(text) == length


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("¹Without charter", ("¹", "Without charter")),
        ("¹² Two marks", ("¹²", "Two marks")),
        ("*Aurora only", ("*", "Aurora only")),
        ("* an item", None),
        ("**Bold** words", None),
        ("*Italic words.*", None),
        ("Words ¹", None),
    ],
)
def test_footnotes(text, found):
    assert footnote(text) == found
