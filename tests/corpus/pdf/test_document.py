import os
import subprocess
import sys
import time

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from corpus.figure import find_figures
from corpus.load import load_document
from corpus.pdf import document as pdf
from corpus.pdf import workers as pdf_workers
from corpus.pdf.workers import PdfWorkers
from tests.pdf_files import (
    HEIGHT,
    WIDTH,
    Sheet,
    columns_pdf,
    filing_pdf,
    pictures_pdf,
    strip_pdf,
    with_filler,
    words_pdf,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdfs")
    found = {}
    for make in (columns_pdf, filing_pdf, words_pdf, pictures_pdf):
        make(folder / f"{make.__name__}.pdf")
        found[make.__name__] = load_document(folder / f"{make.__name__}.pdf")
    return found


def blocks(document, kind):
    return [document.text[block.start : block.end] for block in document.blocks if block.kind == kind]


def cells(document, table):
    return [[document.text[cell.start : cell.end] for cell in row.cells] for row in table.rows]


def tables(document):
    return [block.table for block in document.blocks if block.table]


def test_columns_are_read_one_after_the_other_and_hyphens_joined(made):
    document = made["columns_pdf"]
    paragraphs = [block for block in document.blocks if block.page == 3 and block.kind == "paragraph"]
    assert [document.text[block.start : block.end] for block in paragraphs] == [
        "Birch begins here and the mills have reduced the water of Birch that they take from the river, so that "
        "sustainability is what Birch works for.",
        "Birch goes on with the re-use of fibre, which is in Birch long-term work. Sustainability of Birch is not "
        "re-use.",
    ]
    assert {block.section for block in paragraphs} == {("Our Birch River",)}


def test_what_runs_over_the_pages_is_no_text_but_gives_their_numbers(made):
    document = made["columns_pdf"]
    assert "Page 12" not in document.text
    assert document.text.count("Lund Paper Sustainability Report 2021") == 1
    assert document.page_labels == ("", "12", "13", "14", "15", "16")
    assert (document.title, document.company, document.year) == (
        "Lund Paper Sustainability Report 2021",
        "Lund Paper",
        2021,
    )


def test_lists(made):
    assert blocks(made["columns_pdf"], "list") == [
        f"• Wind power of {name}\n• Water power of {name}, a long-term work"
        for name in ("Alder", "Birch", "Cedar", "Dogwood", "Elm")
    ]


def test_a_table_of_a_filing(made):
    document = made["filing_pdf"]
    (table,) = tables(document)
    assert table.caption == "Debt was as follows (in millions):"
    assert table.header == ("", "Three Months Ended > June 30, 2022", "Three Months Ended > June 30, 2021")
    assert cells(document, table) == [
        ["Bank loans", "$1,250", "$1,100"],
        ["Leases of mills and of the land around them", "310", "295"],
        ["Total current liabilities", "1,560", "1,395"],
        ["Gain (loss) on exchange", "(42)", "—"],
    ]
    assert [row.group for row in table.rows] == [("Current liabilities",)] * 3 + [()]
    assert next(block.section for block in document.blocks if block.table) == ("Note 4 - Debt",)


def test_a_ruled_table_of_words(made):
    document = made["words_pdf"]
    (table,) = tables(document)
    assert table.header == ("Policy", "What it says", "Who keeps it")
    assert cells(document, table) == [
        ["Code of Conduct", "Bribes are neither given nor taken by anyone at all", "Compliance"],
        ["Water Policy", "The river is given back what is taken from it", "Mill managers"],
    ]


def test_key_figures(made):
    document = made["words_pdf"]
    assert blocks(document, "key_figure") == [
        "22%\nless water than in 2019",
        "€ 4.4 billion\nrevenue of the group",
    ]
    assert find_figures("€ 4.4 billion")[0].figure.unit == "EUR"


def test_figures_in_a_row_go_with_the_labels_far_below_them(tmp_path):
    strip_pdf(tmp_path / "strip.pdf")
    assert blocks(load_document(tmp_path / "strip.pdf"), "key_figure") == [
        "100 %\nPower from the river in all mills",
        "56,6 %\nWomen among the managers",
        "1,250\nTrees planted",
    ]


def test_pages_without_text_are_named(made):
    assert made["pictures_pdf"].unread_pages == (2,)
    assert {block.page for block in made["pictures_pdf"].blocks} == {1, 4}


def test_every_line_says_where_it_stands(made):
    for document in made.values():
        assert len(document.lines) > 4
        for line in document.lines:
            left, top, right, bottom = line.box
            assert 0 <= left < right <= WIDTH
            assert 0 <= top < bottom <= HEIGHT
            assert document.text[line.start : line.end].strip()
    document = made["filing_pdf"]
    value = document.text.index("1,560")
    (line,) = [line for line in document.lines if line.start <= value < line.end]
    assert line.box[2] == pytest.approx(364, abs=1)
    ((page, box),) = document.boxes(value + 2, value + 5)
    assert page == 1
    assert (box[1], box[3]) == (line.box[1], line.box[3])
    assert box[0] - line.box[0] == pytest.approx(0.4 * (line.box[2] - line.box[0]))
    assert box[2] == pytest.approx(line.box[2])
    caption = document.text.index("Debt was as follows")
    assert {page for page, _ in document.boxes(caption, value)} == {1}
    assert made["words_pdf"].boxes(0, 0) == ()


def test_marks_raised_above_the_line(tmp_path):
    sheet = Sheet(tmp_path / "marks.pdf")
    with_filler(sheet, 80)
    x = 60.0
    for words, size, lift in (
        ("Emissions fell to 4,230 t CO", 10, 0),
        ("2", 6, -2),
        (" in the mills", 10, 0),
        ("1)", 6, 4),
    ):
        sheet.text(x, 240 - lift, words, size)
        x += stringWidth(words, "Helvetica", size)
    sheet.save()
    assert "Emissions fell to 4,230 t CO2 in the mills¹" in load_document(tmp_path / "marks.pdf").text


def test_a_turned_page_is_read_as_it_is_shown(tmp_path):
    sheet = Sheet(tmp_path / "turned.pdf")
    sheet.canvas.setPageRotation(90)
    sheet.canvas.rotate(90)
    for number, line in enumerate(["Water was taken from", "the river by the mills."]):
        sheet.canvas.drawString(100, -200 - 13 * number, line)
    sheet.save()
    assert load_document(tmp_path / "turned.pdf").text == "Water was taken from the river by the mills."


def encrypted(path):
    from reportlab.lib.pdfencrypt import StandardEncryption

    sheet = Sheet(path, encrypt=StandardEncryption("secret"))
    with_filler(sheet, 100)
    sheet.save()


def truncated(path):
    columns_pdf(path)
    path.write_bytes(path.read_bytes()[:700])


def without_pages(path):
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def nested(path):
    path.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj" + b"[" * 200_000 + b"endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def only_a_picture(path):
    sheet = Sheet(path)
    sheet.fill(100, 100, 300, 300, (0, 1, 0))
    sheet.save()


def many_pages(path):
    sheet = Sheet(path)
    for _ in range(13):
        sheet.turn()
    sheet.save()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (encrypted, "bad.pdf: it is protected with a password: save it without one"),
        (truncated, "bad.pdf: it is not a PDF, or damaged: its data cannot be read"),
        (without_pages, "bad.pdf: it (has no pages|is not a PDF, or damaged: its data cannot be read)"),
        (nested, "bad.pdf: (it|reading).*(damaged|no pages).*"),
        (only_a_picture, "bad.pdf: it has no text, only pictures(: to read them, .*|, and none of them could be read)"),
        (many_pages, "bad.pdf: it has 13 pages, more than the 12 that are read"),
        (lambda path: path.write_bytes(b"%PDF"), "bad.pdf: it is not a PDF, or damaged: its data cannot be read"),
        (lambda path: path.write_bytes(b""), "bad.pdf: it is not a PDF, or damaged: its data cannot be read"),
    ],
)
def test_bad_files_are_one_clear_line(tmp_path, monkeypatch, make, said):
    monkeypatch.setattr(pdf, "MAX_PAGES", 12)
    path = tmp_path / "bad.pdf"
    make(path)
    with pytest.raises(ValueError, match=f"^{said}$") as error:
        load_document(path)
    assert "\n" not in str(error.value)


def test_a_file_too_large(tmp_path, monkeypatch):
    columns_pdf(tmp_path / "large.pdf")
    monkeypatch.setattr(pdf, "MAX_BYTES", 100)
    with pytest.raises(ValueError, match=r"^large.pdf: it is larger than 0 MB$"):
        load_document(tmp_path / "large.pdf")


def crash(document, number):
    os._exit(1)


def sleep(document, number):
    time.sleep(30)


def swell(document, number):
    return bytes(16 * 1024**3)


def double(document, number):
    return 2 * number


@pytest.mark.parametrize(
    ("task", "said"),
    [
        (crash, "columns.pdf: reading page 1 crashed; the file is damaged"),
        (sleep, "columns.pdf: page 1 took more than 1 seconds to read"),
        (swell, "columns.pdf: page 1: it needs more than 1024 MB of memory"),
    ],
)
def test_what_goes_wrong_with_a_page_is_one_clear_line(tmp_path, monkeypatch, task, said):
    columns_pdf(tmp_path / "columns.pdf")
    monkeypatch.setattr(pdf_workers, "MAX_PAGE_SECONDS", 1 if task is sleep else 30)
    with PdfWorkers(tmp_path / "columns.pdf", pdf.opened) as workers, pytest.raises(ValueError, match=f"^{said}$"):
        workers.map(task, [(1,)], lambda done: None)


def test_a_program_that_was_typed_in_reads_pdfs_too(tmp_path):
    columns_pdf(tmp_path / "columns.pdf")
    program = (
        "import sys; from pathlib import Path; from corpus.load import load_document\n"
        "print(len(load_document(Path(sys.argv[1])).page_labels))"
    )
    done = subprocess.run(
        [sys.executable, "-", str(tmp_path / "columns.pdf")], input=program, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("6\n", "")


def test_pages_are_shared_out_among_workers(tmp_path):
    columns_pdf(tmp_path / "columns.pdf")
    seen: list[int] = []
    with PdfWorkers(tmp_path / "columns.pdf", pdf.opened) as workers:
        assert workers.about == (6, "untitled")
        workers.grow(2)
        assert workers.map(double, [(n,) for n in range(9)], seen.append) == [2 * n for n in range(9)]
    assert seen == list(range(1, 10))
