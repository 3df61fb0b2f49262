import pytest

from corpus.formats.contents import Contents, Entry, find_contents
from corpus.lines import read_lines

TEXT = """Lund Paper

Contents

03 A Letter

30 Tables

01

Our Woods

- 8 Plant Birch and Pine
- 9 Care for "Every Tree"

02

Our Mills

- 12 Save Water, Energy and Time

A Letter

Dear reader.
"""


def test_entries_levels_and_pages():
    lines = read_lines(TEXT)
    contents = find_contents(lines)
    assert contents.entries == (
        Entry("A Letter", 1, 3),
        Entry("Tables", 1, 30),
        Entry("Our Woods", 1, None),
        Entry("Plant Birch and Pine", 2, 8),
        Entry('Care for "Every Tree"', 2, 9),
        Entry("Our Mills", 1, None),
        Entry("Save Water, Energy and Time", 2, 12),
    )
    assert [lines[contents.start].text, lines[contents.end].text] == ["Contents", "A Letter"]


@pytest.mark.parametrize(
    ("title", "entry"),
    [
        ("A letter", "A Letter"),
        ("OUR WOODS 01", "Our Woods"),
        ("01 Our Woods", "Our Woods"),
        ("Planting Birch and Pine", "Plant Birch and Pine"),
        ("Care for  “every tree”", 'Care for "Every Tree"'),
        ("Focus on Save Water, Energy and Time", "Save Water, Energy and Time"),
        ("Our Aims", None),
        ("Our Words and Deeds in the Year", None),
        ("", None),
    ],
)
def test_titles_that_differ_slightly(title, entry):
    found = find_contents(read_lines(TEXT)).match(title)
    assert (found and found.title) == entry


def test_numbered_entries_give_levels():
    text = "Contents\n1 Air ..... 3\n1.1 Dust ..... 4\n1.2 Soot ..... 5\n2 Sea ..... 9\n\nText follows here.\n"
    assert [(e.title, e.level, e.page) for e in find_contents(read_lines(text)).entries] == [
        ("1 Air", 1, 3),
        ("1.1 Dust", 2, 4),
        ("1.2 Soot", 2, 5),
        ("2 Sea", 1, 9),
    ]


def test_links_have_no_pages():
    text = "## Contents\n\n- [Air](#air)\n- [Sea](#sea)\n\n## Air\n\nIt is thin.\n"
    contents = find_contents(read_lines(text))
    assert [(e.title, e.page) for e in contents.entries] == [("Air", None), ("Sea", None)]
    assert contents.end == 3


@pytest.mark.parametrize(
    "text", ["", "No list here.\n", "Contents\n\nA box of things.\n", "Contents\n\n3 Only One\n\nText.\n"]
)
def test_no_list(text):
    assert find_contents(read_lines(text)) == Contents()


def test_pages_from_elsewhere_fill_gaps_only():
    contents = find_contents(read_lines(TEXT)).paged({"our woods": 6, "A Letter": 99, "Imprint": 40})
    pages = {entry.title: entry.page for entry in contents.entries}
    assert (pages["Our Woods"], pages["A Letter"], pages["Imprint"]) == (6, 3, 40)
