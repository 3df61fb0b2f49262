import pytest

from corpus.document import Cell
from corpus.tables import group_columns, read_table


def table_of(text, previous=None):
    """Read tab-separated text as a table."""
    rows, at = [], 0
    for line in text.split("\n"):
        cells = []
        for cell in line.split("\t"):
            cells.append(Cell(at, at + len(cell)))
            at += len(cell) + 1
        rows.append(cells)
    return read_table(text, rows, previous)


def words_of(text, table):
    return [[text[cell.start : cell.end] for cell in row.cells] for row in table.rows]


INDICATORS = (
    "Area\tIndicator\tUnit\tFY2022\n"
    "Air\tFlights\tTimes\t12\n"
    "\tFuel mix\t%\t\n"
    "\tKerosene\t%\t80\n"
    "\tOther fuels\t%\t20\n"
    "\tNoise events\tTimes\t3\n"
    "\tLosses to air\tt/a\t\n"
    "\tDust\tt/a\t1.5\n"
    "Soot ¹\tt/a\t0.2\t\n"
    "Sea\tVoyages\tTimes\t1,044\n"
    "Spills\tTimes\t0"
)


def test_groups_sub_headers_and_rows_that_lost_their_first_cell():
    table = table_of(INDICATORS)
    assert table.header == ("Area", "Indicator", "Unit", "FY2022")
    assert [(row.group, words[1:]) for row, words in zip(table.rows, words_of(INDICATORS, table), strict=True)] == [
        (("Air",), ["Flights", "Times", "12"]),
        (("Air", "Fuel mix"), ["Kerosene", "%", "80"]),
        (("Air", "Fuel mix"), ["Other fuels", "%", "20"]),
        (("Air",), ["Noise events", "Times", "3"]),
        (("Air", "Losses to air"), ["Dust", "t/a", "1.5"]),
        (("Air", "Losses to air"), ["Soot ¹", "t/a", "0.2"]),
        (("Sea",), ["Voyages", "Times", "1,044"]),
        (("Sea",), ["Spills", "Times", "0"]),
    ]
    assert group_columns(table, INDICATORS) == 1


def test_a_row_starts_at_its_sub_header():
    row = table_of(INDICATORS).rows[1]
    assert INDICATORS[row.start : row.end] == "Fuel mix\t%\t\n\tKerosene\t%\t80"


def test_a_part_that_goes_on_keeps_header_and_group():
    first = table_of(INDICATORS)
    text = "Area\tIndicator\tUnit\tFY2022\n\tHarbour days\tDay\t90\nLand\tTrips\tTimes\t7"
    table = table_of(text, first)
    assert [row.group for row in table.rows] == [("Sea",), ("Land",)]


def test_a_part_without_its_header():
    first = table_of("No.\tShip\tYard\n1\tAurora\tLund\n2\tBorealis\tLund")
    text = "3\tCorona\tHull"
    table = table_of(text, first)
    assert table.header == ("No.", "Ship", "Yard")
    assert words_of(text, table) == [["3", "Corona", "Hull"]]


def test_repeated_headers_are_no_rows():
    text = "Port\tNights\nBergen\t12\nPort\tNights\nHull\t9"
    assert words_of(text, table_of(text)) == [["Bergen", "12"], ["Hull", "9"]]


def test_a_title_row_and_an_empty_corner():
    text = "SHIPS\t\t\n\tAURORA\tLUND\nTravellers\tFamilies\tLorry drivers\nBuilt for\tSummer nights\tAll weathers"
    table = table_of(text)
    assert table.caption == "SHIPS"
    assert table.header == ("", "AURORA", "LUND")
    assert words_of(text, table)[1] == ["Built for", "Summer nights", "All weathers"]


def test_header_rows_under_spanning_cells():
    text = "Staff\t2022\t\t2021\t\n\tWomen\tMen\tWomen\tMen\nDeck\t40\t60\t38\t61\nKitchen\t20\t10\t22\t9"
    table = table_of(text)
    assert table.header == ("Staff", "2022 > Women", "2022 > Men", "2021 > Women", "2021 > Men")
    assert len(table.rows) == 2


def test_a_table_without_a_header():
    text = "Revenue\t100\nCosts\t80"
    table = table_of(text)
    assert table.header == ("", "")
    assert words_of(text, table) == [["Revenue", "100"], ["Costs", "80"]]


def test_sub_headers_without_a_unit_and_stacked():
    text = (
        "\t2022\t2021\nASSETS:\t\t\nCurrent:\t\t\nCash\t5\t4\nStock\t2\t2\nFixed:\t\t\nShips\t90\t95\n"
        "DEBTS:\t\t\nShort:\t\t\nLoans\t7\t8"
    )
    assert [row.group for row in table_of(text).rows] == [
        ("ASSETS", "Current"),
        ("ASSETS", "Current"),
        ("ASSETS", "Fixed"),
        ("DEBTS", "Short"),
    ]


def test_parts_of_a_row_stand_under_it():
    text = "Energy\tUnit\t2022\nPower\tMWh\t90\nof which wind\tMWh\t30\nof which sun\tMWh\t9\nGas\tMWh\t8"
    assert [row.group for row in table_of(text).rows] == [(), ("Power",), ("Power",), ()]


def test_a_row_without_a_value_is_no_sub_header_where_the_unit_changes():
    text = "Item\tUnit\t2022\nSpills\tTimes\t\nDust\tt\t4\nSoot\tt\t2"
    table = table_of(text)
    assert [row.group for row in table.rows] == [(), (), ()]
    assert words_of(text, table)[0] == ["Spills", "Times", ""]


@pytest.mark.parametrize("text", ["We have 9 directors\tof whom 4 are women\n--\t--", "A lone\trow", "A\tB\n---\t---"])
def test_no_table(text):
    assert table_of(text) is None


def test_a_rule_below_the_header():
    text = "Port\tNights\n---\t---:\nBergen\t12"
    table = table_of(text)
    assert table.header == ("Port", "Nights")
    assert words_of(text, table) == [["Bergen", "12"]]
