import io

import pytest
from PIL import Image

from corpus.load import load_document
from corpus.pdf.picture import pages_picture
from tests.pdf_files import WIDTH, filing_pdf, parted_pdf


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("picture") / "filing.pdf"
    filing_pdf(path)
    return path


def test_a_page_is_drawn_with_a_box_around_what_is_quoted(path):
    document = load_document(path)
    start = document.text.index("1,560")
    ((page, box),) = document.boxes(start, start + 5)
    picture = Image.open(io.BytesIO(pages_picture(path, [(page, box)], 600))).convert("RGB")
    assert picture.width == pytest.approx(600, abs=1)
    red = [
        (x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) == (220, 60, 30)
    ]
    scale = 600 / WIDTH
    assert min(x for x, _ in red) == pytest.approx((box[0] - 2) * scale, abs=3)
    assert max(x for x, _ in red) == pytest.approx((box[2] + 2) * scale, abs=3)
    assert min(y for _, y in red) == pytest.approx((box[1] - 2) * scale, abs=3)
    assert max(y for _, y in red) == pytest.approx((box[3] + 2) * scale, abs=3)


def test_a_quote_that_runs_over_two_pages_shows_both(tmp_path):
    parted_pdf(tmp_path / "parted.pdf")
    document = load_document(tmp_path / "parted.pdf")
    start = document.text.index("and their words go on")
    boxes = document.boxes(start - 30, start + 30)
    assert [page for page, _ in boxes] == [1, 2]
    picture = Image.open(io.BytesIO(pages_picture(tmp_path / "parted.pdf", boxes, 600)))
    one = Image.open(io.BytesIO(pages_picture(tmp_path / "parted.pdf", boxes[:1], 600)))
    assert (picture.width, picture.height) == (one.width, 2 * one.height + 8)


def test_a_page_that_is_not_there(path):
    with pytest.raises(ValueError, match=r"^filing.pdf: it has no page 2$"):
        pages_picture(path, [(2, (0.0, 0.0, 9.0, 9.0))])
