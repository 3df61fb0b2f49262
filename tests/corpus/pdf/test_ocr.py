import io

import pytest

from corpus.document import Document
from corpus.load import load_document
from corpus.pdf import ocr
from tests.pdf_files import HEIGHT, WIDTH, Sheet, columns_pdf, filing_pdf, with_filler

needs_tesseract = pytest.mark.skipif(bool(ocr.missing()), reason=ocr.missing())


def scanned(path, source):
    """The pages of a PDF as pictures, after a page with text."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader

    sheet = Sheet(path)
    with_filler(sheet, 100)
    pdf = pypdfium2.PdfDocument(source)
    for page in pdf:
        picture = io.BytesIO()
        page.render(scale=150 / 72).to_pil().save(picture, "PNG")
        sheet.turn()
        sheet.canvas.drawImage(ImageReader(picture), 0, 0, WIDTH, HEIGHT)
    pdf.close()
    sheet.save()


@needs_tesseract
def test_a_scanned_table_is_read_with_its_places(tmp_path):
    filing_pdf(tmp_path / "filing.pdf")
    scanned(tmp_path / "scan.pdf", tmp_path / "filing.pdf")
    document = load_document(tmp_path / "scan.pdf")
    assert (document.ocr_pages, document.unread_pages) == ((2,), ())
    (table,) = [block.table for block in document.blocks if block.table]
    assert table.header[1:] == ("Three Months Ended > June 30, 2022", "Three Months Ended > June 30, 2021")
    rows = {document.text[row.cells[0].start : row.cells[0].end]: row for row in table.rows}
    cell = rows["Total current liabilities"].cells[1]
    assert document.text[cell.start : cell.end] == "1,560"
    ((page, box),) = document.boxes(cell.start, cell.end)
    written = load_document(tmp_path / "filing.pdf")
    start = written.text.index("1,560")
    assert page == 2
    assert box == pytest.approx(written.boxes(start, start + 5)[0][1], abs=3)


@needs_tesseract
def test_scanned_columns_are_read_one_after_the_other(tmp_path):
    columns_pdf(tmp_path / "columns.pdf", pages=2)
    scanned(tmp_path / "scan.pdf", tmp_path / "columns.pdf")
    document = load_document(tmp_path / "scan.pdf")
    assert document.ocr_pages == (2, 3)
    text = document.text
    assert text.index("what Alder works for") < text.index("Alder goes on with the re-use of fibre")
    assert "Our Alder River" in {block.section[-1] for block in document.blocks if block.page == 3}


def test_what_is_missing_is_said(monkeypatch):
    document = Document("scan", "Scan", "", "", (), unread_pages=(2, 4), ocr_pages=(3,))
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(ocr, "find_spec", lambda name: None)
    program = "install the program tesseract (Debian: apt install tesseract-ocr)"
    assert ocr.missing() == f"pip install 'reportqa[ocr]' and {program}"
    monkeypatch.setattr(ocr, "find_spec", lambda name: object())
    assert ocr.pages_note(document) == (
        f"no text on page 2, 4: only pictures; to read them, {program}; read by OCR: page 3"
    )
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/tesseract")
    assert ocr.missing() == ""
    assert ocr.pages_note(document) == "no text on page 2, 4: only pictures; read by OCR: page 3"
