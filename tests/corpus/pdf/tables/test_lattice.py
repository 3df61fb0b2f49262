import pytest

from corpus.facts import facts
from corpus.load import load_document
from corpus.split import split
from tests.pdf_files import grid_pdf, units_pdf


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("grids")
    found = {}
    for make in (grid_pdf, units_pdf):
        make(folder / f"{make.__name__}.pdf")
        found[make.__name__] = load_document(folder / f"{make.__name__}.pdf")
    return found


def cells(document, table):
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in table.rows]


def tables(document):
    return [block.table for block in document.blocks if block.table]


def test_cells_of_prose_between_lines(made):
    document = made["grid_pdf"]
    table = tables(document)[0]
    assert table.header == ("Measure", "What it leaves out", "Why it is given")
    assert cells(document, table) == [
        [
            "Adjusted profit",
            "Costs of mills that were closed and those of the people who left the company with them.",
            "It shows what the mills that are still run have earned.",
        ],
        [
            "Free cash",
            "Loans that were given to mills and what was paid back of them.",
            "It shows what could be paid out to those who own the company or could be spent on mills.",
        ],
    ]


def test_columns_where_lines_break_and_a_title_over_them(made):
    document = made["grid_pdf"]
    table = tables(document)[1]
    assert table.header == ("Description", "Owner", "Due")
    assert cells(document, table) == [
        ["Electric cars in all of the towns where mills stand", "Mill managers", "Spring of 2024"],
        ["Fish ladders at the dams", "", "2025"],
    ]
    assert [row.group for row in table.rows] == [(), ()]
    assert document.text.count("TARGETS") == 1


def test_units_stand_in_their_own_column(made):
    document = made["units_pdf"]
    (table,) = tables(document)
    assert table.header == ("Key figures", "Unit", "2022", "2023")
    assert [row.group for row in table.rows] == [
        ("Energy taken from the grid in all of the towns",),
        ("Energy taken from the grid in all of the towns",),
        ("Heat sold to the towns around the mills",),
        ("Heat sold to the towns around the mills",),
    ]
    assert cells(document, table) == [
        ["Energy", "MWh", "3,565", "4,318"],
        ["of which own", "number", "approx. 18,000", "14,229"],
        ["Heat¹", "MWh", "166.1", "0,5²"],
        ["Intensity", "kWh/m²", "2.4", "2.6"],
    ]


def test_hanging_footnotes_of_the_same_page(made):
    document = made["units_pdf"]
    notes = [document.text[block.start : block.end] for block in document.blocks if block.kind == "footnote"]
    assert notes == ["¹ Without the heat of the paper mill in the valley.", "² From August.", "¹ Of another page."]
    found = {(fact.row, fact.period): fact for fact in facts(document, split(document))}
    heat = found["Heat¹", "2023"]
    assert (str(heat.figure.number), heat.figure.unit, heat.unit) == ("0.5", "kWh", "MWh")
    assert heat.scope == "Without the heat of the paper mill in the valley.; From August."
    assert found["Energy", "2022"].scope == ""
