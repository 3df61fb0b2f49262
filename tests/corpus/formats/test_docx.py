import zipfile

import docx
import pytest

from corpus.load import load_document


@pytest.fixture
def report(tmp_path):
    word = docx.Document()
    word.add_heading("Lund Paper Annual Report 2022", 0)
    word.add_heading("Environment", 1)
    word.add_heading("Energy", 2)
    word.add_paragraph("The mills ran on wind:")
    word.add_paragraph("in the north", style="List Bullet")
    word.add_paragraph("in the south", style="List Bullet")
    table = word.add_table(4, 3)
    rows = [
        ["Metric", "2021", "2022"],
        ["Energy", "", ""],
        ["Electricity (GWh)", "412", "398"],
        ["Steam (GWh)", "96", "91"],
    ]
    for row, words in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, words, strict=True):
            cell.text = said
    table.cell(1, 0).merge(table.cell(1, 2))
    word.add_heading("Water", 1)
    word.add_paragraph("The river gave 9 million m³.")
    word.save(tmp_path / "lund.docx")
    return tmp_path / "lund.docx"


def test_a_word_file_becomes_a_document(report):
    document = load_document(report)
    assert (document.id, document.title) == ("lund", "Lund Paper Annual Report 2022")
    assert (document.company, document.year, document.language) == ("Lund Paper", 2022, "en")
    assert [(b.kind, b.section, b.page) for b in document.blocks] == [
        ("paragraph", (), None),
        ("heading", ("Environment",), None),
        ("heading", ("Environment", "Energy"), None),
        ("paragraph", ("Environment", "Energy"), None),
        ("list", ("Environment", "Energy"), None),
        ("table", ("Environment", "Energy"), None),
        ("heading", ("Water",), None),
        ("paragraph", ("Water",), None),
    ]
    assert "- in the north\n- in the south" in document.text
    table = document.blocks[5].table
    assert table is not None
    assert table.header == ("Metric", "2021", "2022")
    assert [[document.text[c.start : c.end] for c in row.cells] for row in table.rows] == [
        ["Electricity (GWh)", "412", "398"],
        ["Steam (GWh)", "96", "91"],
    ]
    assert [row.group for row in table.rows] == [("Energy",), ("Energy",)]


def garbled(path):
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types")
        parts.writestr("word/document.xml", "<w:document")


def inflated(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for number in range(4):
            parts.writestr(f"word/{number}.xml", bytes(80 * 1024 * 1024))


def locked(path):
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99))


def empty(path):
    docx.Document().save(path)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_bytes(b"words"), "it is not a Word file, or damaged"),
        (lambda path: path.write_bytes(b""), "it is not a Word file, or damaged"),
        (
            lambda path: path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(99)),
            "it is protected with a password",
        ),
        (garbled, "it is not a Word file, or damaged"),
        (inflated, "unpacked it is larger than 300 MB"),
        (empty, "it has no text"),
    ],
)
def test_bad_files_are_one_clear_line(tmp_path, make, said):
    path = tmp_path / "bad.docx"
    make(path)
    with pytest.raises(ValueError, match=f"^bad.docx: {said}") as error:
        load_document(path)
    assert "\n" not in str(error.value)
