from pathlib import Path

import pytest

import corpus
from corpus.formats.text import read_blocks

REPORT = Path(corpus.__file__).parent / "reports" / "changan-esg-2023.txt"

# A made-up report with what conversions of PDFs do to headings.
HARBOUR = """

NORTHWIND FERRIES

Northwind Ferries | Sustainability Report | 2022

Contents

04 A Word from the Bridge

40 Outlook

42 Performance Tables

01

Safe Passage

- 10 Train Our Crews
- 12 Look After "Every Passenger"

02

Clean Waters

- 20 Cut Emissions At Sea

03

Strong Harbours

- 30 Work with Ports and Communities



A Word from the Bridge

Ferries are slow, and that is their charm. We carried more people than ever.

Looking Back at a Stormy Year

The winter was hard on ships and crews.



Focus on

Safe Passage 01

Our Aims



Our Answer

Nobody shall be hurt on board.

Our Results

Drills held

312

Train our crews

Crews train every month.



Look after "every  passenger"

Passengers are counted twice.

Life Jackets For All

Each seat has one.

02

Clean Waters

Our Aims

Our Answer

Ships burn less.

Cutting Emissions at Sea

Slow steaming saves fuel.

The Hybrid Ferry Aurora at Her Berth



Strong harbours

03

Our Aims

Our Answer

Ports are partners.

Work with Ports & Communities

We talk with towns.

1. Clean Beaches

Crews pick litter in spring.

2. Open Ships

Schools may visit.

Outlook

Next year two ships join.
"""


def blocks_of(text, kind=None):
    return [block for block in read_blocks(text) if kind is None or block.kind == kind]


def written(text, kind):
    return [text[block.start : block.end] for block in blocks_of(text, kind)]


def section_of(text, words, pages=None):
    at = text.index(words)
    block = next(b for b in read_blocks(text, pages) if b.start <= at < b.end)
    return block.section


def page_of(text, words, pages=None):
    at = text.index(words)
    return next(b.page for b in read_blocks(text, pages) if b.start <= at < b.end)


@pytest.mark.parametrize(
    ("words", "section", "page"),
    [
        ("Ferries are slow", ("A Word from the Bridge",), 4),
        ("The winter was hard", ("A Word from the Bridge", "Looking Back at a Stormy Year"), 4),
        ("Nobody shall be hurt", ("Safe Passage", "Our Answer"), None),
        ("Drills held", ("Safe Passage", "Our Results"), None),
        ("Crews train every month", ("Safe Passage", "Train Our Crews"), 10),
        ("Passengers are counted", ("Safe Passage", 'Look After "Every Passenger"'), 12),
        ("Each seat has one", ("Safe Passage", 'Look After "Every Passenger"', "Life Jackets For All"), 12),
        ("Ships burn less", ("Clean Waters", "Our Answer"), None),
        ("Slow steaming", ("Clean Waters", "Cut Emissions At Sea"), 20),
        ("Ports are partners", ("Strong Harbours", "Our Answer"), None),
        ("Crews pick litter", ("Strong Harbours", "Work with Ports and Communities", "1. Clean Beaches"), 30),
        ("Schools may visit", ("Strong Harbours", "Work with Ports and Communities", "2. Open Ships"), 30),
        ("Next year two ships", ("Outlook",), 40),
    ],
)
def test_sections_and_pages_follow_the_contents_list(words, section, page):
    assert section_of(HARBOUR, words) == section
    assert page_of(HARBOUR, words) == page


def test_what_only_looks_like_a_heading_is_not_lost():
    assert "The Hybrid Ferry Aurora at Her Berth" in written(HARBOUR, "paragraph")
    assert section_of(HARBOUR, "The Hybrid Ferry") == ("Clean Waters", "Cut Emissions At Sea")


def test_the_contents_list_is_no_block():
    listed = HARBOUR.index("Contents"), HARBOUR.index("- 30 Work with Ports")
    assert not [b for b in blocks_of(HARBOUR) if listed[0] <= b.start <= listed[1]]


def test_a_page_that_the_list_lacks_is_taken_from_beside_the_file():
    assert page_of(HARBOUR, "Nobody shall be hurt", {"Safe passage": 8}) == 8
    assert page_of(HARBOUR, "Crews train every month", {"Train Our Crews": 99}) == 10


def test_pages_by_form_feed():
    text = "First Part\n\nOne sentence here.\n\f\nSecond Part\n\nAnother sentence there.\n"
    assert page_of(text, "One sentence") == 1
    assert page_of(text, "Another sentence") == 2


@pytest.mark.parametrize(
    "contents",
    [
        "Table of Contents\n\nOur People ........ 3\nOur Planet ........ 17\n",
        "CONTENTS\nOur People\t3\nOur Planet\t17\n",
        "Contents\n\nOur People\n\n3\n\nOur Planet\n\n17\n",
        "Contents\n\n3\nOur People\n17\nOur Planet\n",
        "目录\n\nOur People  3\nOur Planet  17-21\n",
    ],
)
def test_contents_lists_of_other_shapes(contents):
    text = f"{contents}\nOur People\n\nThey are many.\n\nOur Planet\n\nIt is one.\n"
    assert [(b.section, b.page) for b in blocks_of(text, "paragraph")] == [(("Our People",), 3), (("Our Planet",), 17)]


def test_the_word_contents_without_a_list_is_a_heading():
    text = "Contents\n\nThe box held three things, all of them broken.\n\nAfterwards\n\nIt was empty.\n"
    assert section_of(text, "The box held") == ("Contents",)


def test_section_numbers_give_depth():
    text = "1.1 Water\n\nWe use little.\n\n1.1.1 Rivers\n\nThey run.\n\n1.2 Air\n\nIt is clean.\n"
    assert section_of(text, "They run") == ("1.1 Water", "1.1.1 Rivers")
    assert section_of(text, "It is clean") == ("1.2 Air",)


def test_without_a_contents_list_headings_are_siblings():
    text = "Our Energy\n\nWe buy it.\n\nOur Water\n\nWe pump it.\n\nOur Waste\n\nWe sort it.\n"
    assert [b.section for b in blocks_of(text, "paragraph")] == [("Our Energy",), ("Our Water",), ("Our Waste",)]


def test_markdown_headings_and_title():
    text = "# Annual Report\n\nHello, reader.\n\n## Work\n\n### Pay\n\nIt rose.\n\nBare Line Here\n\n## Rest\n\nNone.\n"
    assert [b.section for b in blocks_of(text, "paragraph")] == [(), ("Work", "Pay"), ("Work", "Pay"), ("Rest",)]


def test_underlined_headings():
    text = "Work\n====\n\nIt rose.\n\nPay\n---\n\nIt fell.\n"
    assert [b.section for b in blocks_of(text, "paragraph")] == [("Work",), ("Work", "Pay")]


def test_label_then_figure():
    text = "Facts\n\nIn 2022:\n\nNights at sea\n\n2,190\n\nCups of coffee poured came to\n\n1.2 million cups\n\nDone.\n"
    assert written(text, "key_figure") == [
        "Nights at sea\n\n2,190",
        "Cups of coffee poured came to\n\n1.2 million cups",
    ]


def test_figure_then_label():
    text = "Highlights\n\n2,190\n\nnights at sea\n\nover 40%\n\nof seats sold online\n\nNext Chapter\n\nMore text.\n"
    assert written(text, "key_figure") == ["2,190\n\nnights at sea", "over 40%\n\nof seats sold online"]
    assert section_of(text, "2,190") == ("Highlights",)


def test_label_and_figure_without_a_blank_line():
    text = "Highlights\n\nNights at sea\n2,190\n\nPorts served\n31\n\nSome sentence.\n"
    assert written(text, "key_figure") == ["Nights at sea\n2,190", "Ports served\n31"]


def test_a_label_that_fills_two_lines():
    text = "Highlights\n\nShare of crews trained in\nfirst aid and rescue\n97%\n\nSome sentence.\n"
    assert written(text, "key_figure") == ["Share of crews trained in\nfirst aid and rescue\n97%"]


def test_a_heading_after_boxes_belongs_to_its_text():
    text = "Facts\n\nNights at sea\n\n2,190\n\nOur Harbours\n\nThey are deep.\n"
    assert written(text, "key_figure") == ["Nights at sea\n\n2,190"]
    assert section_of(text, "They are deep") == ("Our Harbours",)


@pytest.mark.parametrize(
    "line",
    [
        "100% crew training coverage",
        "Run **41** ships daily",
        "31 ports in summer",
        "Total seats: 12,400",
        "Serve 4,300 meals a day",
    ],
)
def test_a_figure_with_its_label_on_one_line(line):
    assert written(f"Facts\n\n{line}\n\nSome sentence.\n", "key_figure") == [line]


@pytest.mark.parametrize("line", ["2022 Fleet Overview", "Scope 3 Emissions", "ISO 14001 at Sea", "Vision 2030"])
def test_a_title_with_a_number_is_no_figure(line):
    assert section_of(f"{line}\n\nSome sentence.\n", "Some sentence") == (line,)


def test_sentences_with_bold_figures_stay_prose():
    text = "Facts\n\nWe gave RMB **3.5** million to towns. Up **8%** on 2021. *Without Aurora Lines\n"
    assert written(text, "paragraph") == [text[7:].strip()]


def test_lists_and_their_continuation_lines():
    text = "Aims\n\nWe want:\n\n- less noise\n- less\n  smoke\n• more calm\n\n1) first\n\n2) second\n\nThe end came.\n"
    assert written(text, "list") == ["- less noise\n- less\n  smoke\n• more calm\n\n1) first\n\n2) second"]


def test_footnotes_stuck_to_their_marks():
    text = "Facts\n\nWe sail.\n\n¹Without charter\n\n²Since May\n\n*Aurora only"
    assert written(text, "footnote") == ["¹Without charter", "²Since May", "*Aurora only"]


def test_italics_are_no_footnote():
    assert written("Facts\n\n*Aurora sails only in the summer.*\n", "footnote") == []


def test_a_table_of_one_row_and_a_rule_is_prose():
    text = "Board\n\nWe have 9 directors\tof whom 4 are women\n--\t--\n\nThey met often.\n"
    assert written(text, "table") == []
    assert written(text, "paragraph") == ["We have 9 directors\tof whom 4 are women", "They met often."]


def test_parts_of_a_table_and_the_running_header_between_them():
    header = "No.\tShip\tBuilt"
    text = (
        f"Our Fleet\n\n{header}\n1\tAurora\tby Halvorsen\n2\tBorealis\tby Lund\n\n{header}\n3\tCorona\tby Lund\n\n\n"
        f"Our Routes\n\n{header}\n4\tDelphi\tby Lund\n\nPort\tNights\nBergen\t120\nHull\t80\n"
    )
    tables = blocks_of(text, "table")
    assert [b.section for b in tables] == [("Our Fleet",), ("Our Fleet",), ("Our Fleet",), ("Our Routes",)]
    assert [[text[r.start : r.end] for r in b.table.rows] for b in tables[1:]] == [
        ["3\tCorona\tby Lund"],
        ["4\tDelphi\tby Lund"],
        ["Bergen\t120", "Hull\t80"],
    ]


def test_tables_alike_under_headings_of_their_own_stay_apart():
    text = "Air\n\nItem\tUnit\t2022\nDust\tt\t4\nSoot\tt\t2\n\nWater\n\nItem\tUnit\t2022\nOil\tt\t1\nSalt\tt\t9\n"
    assert [b.section for b in blocks_of(text, "table")] == [("Air",), ("Water",)]


def test_a_caption_and_a_unit_line_go_with_their_table():
    text = "Money\n\nTable 2: Sales by line\n\n(in EUR million)\n\nLine\t2022\t2021\nAurora\t4.1\t3.9\nLund\t2.0\t1.8\n"
    (table,) = blocks_of(text, "table")
    assert table.table.caption == "Table 2: Sales by line (in EUR million)"
    assert table.start == text.index("Table 2")


def test_a_line_that_closes_a_table_is_no_heading():
    text = (
        "Fleet\n\nShip\tSeats\nAurora\t400\nLund\t300\n\nShips and Their Seats\n\n\n\nThe press came aboard in May.\n"
    )
    assert section_of(text, "The press came") == ("Fleet",)
    assert "Ships and Their Seats" in written(text, "paragraph")


def test_blocks_do_not_overlap_and_stand_in_order():
    text = REPORT.read_text("utf-8")
    for made in (text, HARBOUR):
        blocks = read_blocks(made)
        assert all(a.end <= b.start for a, b in zip(blocks, blocks[1:], strict=False))
        assert all(made[b.start : b.end] == made[b.start : b.end].strip() for b in blocks if b.kind != "table")


@pytest.mark.parametrize(
    ("words", "section", "page"),
    [
        ("Since its founding", ("Foster Shared Development with Four Decades of Ingenuity",), 10),
        ("598 overseas sales", ("Witness Transformation along the Belt and Road",), 14),
        ("13 directors", ("Corporate Governance", "Improve corporate governance"), 18),
        ("on the ground and in the cloud", ("Innovation as the Drive", "Drive Digital Intelligent Development"), 24),
        ("49,117\n\nNumber", ("Put People First", "Our Performance"), None),
        ("588,780 participants", ("Put People First", "Value Employee Growth"), 40),
        ("delivering proactive services", ("Products and Services", 'Customer Care Program-"withU"'), 37),
        (
            "donated materials worth RMB7.3 million",
            ("Community Construction", "Devotion to Public Welfare and Charity", "1. Protect Children"),
            48,
        ),
        ("Guinness World Record for", ("Corporate Honors",), 52),
        ("Volatile organic compounds", ("Key Performance",), 55),
        ("49,117\n\tNumber", ("Key Performance",), 55),
        ("³Chongqing headquarters", ("Key Performance",), 55),
    ],
)
def test_sections_and_pages_of_the_bundled_report(words, section, page):
    text = REPORT.read_text("utf-8")
    assert section_of(text, words) == section
    assert page_of(text, words) == page


def test_key_figures_of_the_bundled_report():
    text = REPORT.read_text("utf-8")
    found = written(text, "key_figure")
    assert len(found) == 19
    assert "Total employees on the payroll\n\n49,117" in found
    assert "Online and offline training sessions attracted a total of\n\n588,780 participants" in found
    assert found[-1] == "100% employee training coverage"
