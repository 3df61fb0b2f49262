from corpus.load import load_document
from corpus.split import split
from tests.pdf_files import Sheet, with_filler


def rows(path):
    return [
        passage.reading[len(passage.lead) :] for passage in split(load_document(path)) if passage.kind == "table_row"
    ]


def test_years_name_the_rows_of_a_schedule_with_one_column(tmp_path):
    sheet = Sheet(tmp_path / "rents.pdf")
    with_filler(sheet, 80)
    sheet.lines(60, 300, ["The rents that the company has agreed to pay for its mills, quays and the land", "are:"])
    rents = (("2022 (last quarter)", "$1,260"), ("2023", "3,417"), ("2024", "1,990"), ("2025", "3,079"))
    for place, (label, value) in enumerate((*rents, ("Total", "$9,746"))):
        sheet.text(60, 340 + 13 * place, label)
        sheet.text(500, 340 + 13 * place, value, right=True)
    for y in (328, 396, 409):  # lines over and under the figures alone
        sheet.rule(455, 505, y)
    sheet.save()
    said = "The rents that the company has agreed to pay for its mills, quays and the land are:\n"
    labelled = ("2022 (last quarter) | $1,260", "2023 | 3,417", "2024 | 1,990", "2025 | 3,079", "Total | $9,746")
    assert rows(tmp_path / "rents.pdf") == [said + row for row in labelled]


def test_a_single_row_under_the_names_of_its_columns(tmp_path):
    sheet = Sheet(tmp_path / "vesting.pdf")
    with_filler(sheet, 80)
    for x, year, value in (
        (260, "2022", "44.0"),
        (320, "2023", "137.2"),
        (380, "2024", "133.0"),
        (440, "Total", "314"),
    ):
        sheet.text(x, 300, year, centred=True)
        sheet.text(x + 18, 315, value, right=True)
    sheet.text(60, 315, "Shares that vest")
    sheet.save()
    assert rows(tmp_path / "vesting.pdf") == ["Shares that vest | 2022: 44.0; 2023: 137.2; 2024: 133.0; Total: 314"]


def test_years_that_come_again_under_each_country_are_that_countrys(tmp_path):
    sheet = Sheet(tmp_path / "waste.pdf")
    with_filler(sheet, 80)
    sheet.text(360, 300, "Norway", right=True)
    sheet.text(500, 300, "Scotland", right=True)
    for x, year in zip((290, 360, 430, 500), ("2023", "2024") * 2, strict=True):
        sheet.text(x, 313, year, right=True)
    for place, (label, *figures) in enumerate((("Nets", "390", "411", "77", "69"), ("Ropes", "58", "49", "12", "13"))):
        sheet.text(60, 330 + 14 * place, label)
        for x, figure in zip((290, 360, 430, 500), figures, strict=True):
            sheet.text(x, 330 + 14 * place, figure, right=True)
    sheet.save()
    assert rows(tmp_path / "waste.pdf")[1] == (
        "Ropes | Norway > 2023: 58; Norway > 2024: 49; Scotland > 2023: 12; Scotland > 2024: 13"
    )
