import io
from base64 import b64decode
from dataclasses import replace

import pytest
from PIL import Image

from assistant.answer import Answer, Citation
from index.embedder import load_embedder
from index.library import Library
from tests.pdf_files import filing_pdf
from tests.ui.test_live import Titles
from ui.evidence import evidence_html
from ui.live import Live
from ui.pictures import Pictures


@pytest.fixture(scope="module")
def live(mill_index, tmp_path_factory):
    """An assistant with a report in Markdown, and one in a PDF that was added."""
    folder = tmp_path_factory.mktemp("pictures")
    library = Library(folder / "home")
    mill_index.save(library.index_folder)
    live = Live(Titles(mill_index), library, load_embedder(), lambda index, _: Titles(index))
    path = folder / "filing.pdf"
    filing_pdf(path)
    list(live.add([path]))
    return live


def place(live, quote):
    start = live.index.documents["filing"].text.index(quote)
    return start, start + len(quote)


def test_the_page_of_a_quote_is_a_picture_with_the_quote_boxed(live):
    pictures = Pictures(live)
    uri = pictures.picture("filing", *place(live, "1,560"))
    head, _, data = uri.partition(",")
    picture = Image.open(io.BytesIO(b64decode(data))).convert("RGB")
    assert head == "data:image/png;base64"
    assert picture.width == pytest.approx(900, abs=1) and picture.height > 1000
    assert (220, 60, 30) in {color for _, color in picture.getcolors(1 << 24) or []}
    assert pictures.picture("filing", *place(live, "1,560")) is uri, "a page is drawn once"


def test_where_there_is_no_page_there_is_no_picture(live):
    pictures = Pictures(live)
    assert pictures.picture("alder-paper-2024", 0, 10) == pictures.picture("gone", 0, 10) == ""
    assert pictures.picture("filing", 10**9, 10**9 + 1) == ""
    assert pictures.documents() == {"filing"}


def test_a_file_that_cannot_be_drawn_leaves_the_picture_out(live, tmp_path, monkeypatch):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    monkeypatch.setattr(live, "file", lambda document: broken)
    assert Pictures(live).picture("filing", *place(live, "1,560")) == ""


def test_the_first_three_cards_of_a_pdf_offer_their_page(live):
    start, end = place(live, "1,560")
    one = Citation(1, "filing", "Filing", (), 1, "filing#0", start, end, "1,560")
    cited = tuple(replace(one, n=n) for n in (1, 2, 3, 4))
    answer = Answer("q", "q", "answered", "1,560", "1,560", (), cited, None, 0.9, 0.1)
    documents = live.index.documents
    shown = evidence_html(answer, documents, 0, True, {"filing"})
    assert shown.count(f'<details class="printed" data-place="filing {start} {end}">') == 3
    assert shown.count("<summary>Page 1 as printed</summary>") == 3
    assert "as printed" not in evidence_html(answer, documents, 0, True)
    assert "as printed" not in evidence_html(answer, {}, 0, True, {"filing"})
