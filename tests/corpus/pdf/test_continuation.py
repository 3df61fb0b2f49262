from corpus.load import load_document
from corpus.split import split
from tests.pdf_files import FILLER, parted_pdf


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(tmp_path):
    parted_pdf(tmp_path / "parted.pdf")
    document = load_document(tmp_path / "parted.pdf")
    texts = [document.text[block.start : block.end] for block in document.blocks]
    whole = (
        f"The people of the mills have written down what they know of the river, {FILLER[2]} too and their words go on "
        "here until the sentence ends."
    )
    assert whole in texts
    assert (
        "• Wind power that is bought from the towns where mills stand, and the power that comes from the river itself."
        in texts
    )
    assert "Water is what the mills live from." in texts
    start = document.text.index(whole)
    assert (document.page_at(start), document.page_at(start + len(whole) - 1)) == (1, 2)
    (passage,) = [passage for passage in split(document) if passage.start == start]
    assert passage.page == 1
