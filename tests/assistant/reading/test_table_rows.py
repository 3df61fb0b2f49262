import pytest

from assistant.reading.reader import OnnxReader
from assistant.reading.table_rows import Part, table_parts

TABBED = "Environment\nTable 3: Water\nIndicator\tUnit\t2023\t2024\nWater\t\t\t\nWithdrawal\tm³\t210,400\t198,750"
DESCRIBED = "05 | Climate\nWater | 2023: 5; 2024: 6\nEnergy | 2023: 7\nAll sites are counted."


def read(passage):
    return [part.text for part in table_parts(passage)]


def test_a_row_has_the_lines_above_its_group_and_its_columns():
    assert read(TABBED) == ["Environment > Table 3: Water\nWater > Withdrawal | Unit: m³; 2023: 210,400; 2024: 198,750"]


def test_rows_that_name_their_columns_stay_and_the_text_around_them_is_a_part():
    assert read(DESCRIBED) == [
        "05 | Climate\nWater | 2023: 5; 2024: 6",
        "05 | Climate\nEnergy | 2023: 7",
        "05 | Climate\nAll sites are counted.",
    ]
    assert [part.is_row for part in table_parts(DESCRIBED)] == [True, True, False]


def test_a_label_that_stands_once_holds_for_the_rows_below():
    table = "Year\tIndicator\tGroup\n2023\tSales\t20\n\tCosts\t12\n\t8\t9"
    assert read(table) == [
        "2023 | Indicator: Sales; Group: 20",
        "2023 | Indicator: Costs; Group: 12",
        " | Indicator: 8; Group: 9",
    ]


def test_bars_may_have_a_header_or_none():
    assert read("Energy use\nin GJ | 2023 | 2022\nDiesel | 714 | –") == ["Energy use\nDiesel | 2023: 714; 2022: –"]
    assert read("other | 60\nrobbery | 65\nall | 9") == ["other | 60", "robbery | 65", "all | 9"]


def test_prose_before_a_table_is_a_part_of_its_own():
    prose = "\n".join(f"Sentence {number}." for number in range(5))
    *rows, around = table_parts(f"{prose}\nWater\t5\nWaste\t6")
    assert [row.text.split("\n")[-1] for row in rows] == ["Water | 5", "Waste | 6"] and around.text == prose


@pytest.mark.parametrize("passage", ["", "It has 12 mills.", "A | B\nIt has 12 mills.", "A\nWater | 2023: 5"])
def test_what_holds_no_table_is_not_cut(passage):
    assert table_parts(passage) == []


def test_places_lead_from_a_row_to_the_passage_and_back():
    (part,) = table_parts(TABBED)
    start, end = part.text.index("198,750"), part.text.index("198,750") + 7
    assert TABBED[slice(*part.in_passage(start, end))] == "198,750"
    assert part.in_text(*part.in_passage(start, end)) == (start, end)
    assert TABBED[slice(*part.in_passage(start - 17, end))] == "210,400", "two cells: the first that has the most"
    assert part.in_text(0, len(TABBED)) is None
    assert Part.whole("abc").in_passage(1, 3) == Part.whole("abc").in_text(1, 3) == (1, 3)


def test_the_reader_reads_a_whole_table_row_by_row():
    """Tabs are nothing to the model: read as one text, a value has lost its column."""
    rows = "".join(f"{name}\t{year},100\t{year},900\n" for name, year in zip("ABCDEF", range(10, 70, 10), strict=True))
    table = f"Water withdrawal by site\n\t2023\t2024\n{rows}".replace("C\t", "Birch mill\t")
    (reading,) = OnnxReader().read("How much water did the Birch mill withdraw in 2024?", [table])
    assert table[reading.start : reading.end] == "30,900"
