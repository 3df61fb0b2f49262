import io

import pytest
from PIL import Image

from corpus.load import load_document
from corpus.pdf_picture import page_picture
from tests.pdf_files import WIDTH, filing_pdf


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("picture") / "filing.pdf"
    filing_pdf(path)
    return path


def test_a_page_is_drawn_with_a_box_around_what_is_quoted(path):
    document = load_document(path)
    start = document.text.index("1,560")
    ((page, box),) = document.boxes(start, start + 5)
    picture = Image.open(io.BytesIO(page_picture(path, page, [box], 600))).convert("RGB")
    assert picture.width == pytest.approx(600, abs=1)
    red = [
        (x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) == (220, 60, 30)
    ]
    scale = 600 / WIDTH
    assert min(x for x, _ in red) == pytest.approx((box[0] - 2) * scale, abs=3)
    assert max(x for x, _ in red) == pytest.approx((box[2] + 2) * scale, abs=3)
    assert min(y for _, y in red) == pytest.approx((box[1] - 2) * scale, abs=3)
    assert max(y for _, y in red) == pytest.approx((box[3] + 2) * scale, abs=3)


def test_a_page_that_is_not_there(path):
    with pytest.raises(ValueError, match=r"^filing.pdf: it has no page 2$"):
        page_picture(path, 2, [])
