from corpus.document import Line
from corpus.draft import Draft, Piece, RowDraft, TableDraft

BOX = (10.0, 20.0, 60.0, 30.0)


def test_sections_close_when_one_of_their_level_opens():
    draft = Draft()
    draft.block("paragraph", [Piece("Before.")])
    draft.heading([Piece("Energy")], 1, 2)
    draft.heading([Piece("Wind"), Piece(" power ")], 3, 2)
    draft.block("paragraph", [Piece("It blows.")], 2)
    draft.heading([Piece("Sun")], 2, 3)
    draft.heading([Piece("")], 1, 3)
    draft.heading([Piece("Water")], 1, 3)
    document = draft.document("abc")
    assert [(b.kind, b.section, b.page) for b in document.blocks] == [
        ("paragraph", (), None),
        ("heading", ("Energy",), 2),
        ("heading", ("Energy", "Wind power"), 2),
        ("paragraph", ("Energy", "Wind power"), 2),
        ("heading", ("Energy", "Sun"), 3),
        ("heading", ("Water",), 3),
    ]
    assert all(document.text[b.start : b.end].strip() for b in document.blocks)


def test_pieces_are_glued_and_keep_their_boxes():
    draft = Draft()
    draft.block("paragraph", [Piece("sustain", BOX, ""), Piece("ability", BOX), Piece("  "), Piece("pays")], 4)
    document = draft.document("abc")
    assert document.text == "sustainability pays"
    assert document.lines == (Line(0, 7, 4, BOX), Line(7, 14, 4, BOX))
    assert document.sha256 == "abc"


def test_a_table_is_written_line_by_line_with_exact_cells():
    draft = Draft()
    rows = (
        RowDraft(((Piece("Wind"), Piece("power")), (Piece("12"),), ()), ("Energy",)),
        RowDraft(((Piece("Sun"),), (), (Piece("7", BOX),))),
    )
    draft.table(TableDraft(("", "2021", "2022"), rows, (Piece("In GWh:"),)), 5)
    draft.table(TableDraft(("a",), ()))
    document = draft.document("abc")
    assert document.text == "In GWh:\n\t2021\t2022\nWind power\t12\t\nSun\t\t7"
    (block,) = document.blocks
    assert block.table is not None
    assert (block.table.caption, block.table.header) == ("In GWh:", ("", "2021", "2022"))
    assert [[document.text[c.start : c.end] for c in row.cells] for row in block.table.rows] == [
        ["Wind power", "12", ""],
        ["Sun", "", "7"],
    ]
    assert [row.group for row in block.table.rows] == [("Energy",), ()]
    assert [document.text[line.start : line.end] for line in document.lines] == ["7"]


def test_a_grid_that_is_no_table_is_a_paragraph():
    draft = Draft()
    draft.grid([["only", "one"]])
    draft.grid([["", ""]])
    draft.grid([["Metric", "2022"], ["Energy", "12"]], "In GWh")
    document = draft.document("abc")
    assert [(b.kind, b.table is not None) for b in document.blocks] == [("paragraph", False), ("table", True)]
    assert document.text == "only\tone\n\nIn GWh\nMetric\t2022\nEnergy\t12"
    table = document.blocks[1].table
    assert table is not None
    assert (table.caption, table.header) == ("In GWh", ("Metric", "2022"))
