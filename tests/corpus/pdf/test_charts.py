import pytest

from corpus.load import load_document
from corpus.split import split
from tests.pdf_files import Sheet, with_filler


def read(path, bars, title="Sales by market, EUR million", beside=()):
    """What a page with a bar chart reads as; `bars` are labels, figures and heights from the top of the page."""
    sheet = Sheet(path)
    with_filler(sheet, 80)
    sheet.text(60 + 35 * (len(bars) - 1), 260, title, centred=True)
    for place, (label, figure, height) in enumerate(bars):
        sheet.text(60 + 70 * place, height, figure, size=8, centred=True)
        sheet.text(60 + 70 * place, 420, label, size=8, centred=True)
    for x, y, words in beside:
        sheet.text(x, y, words, size=8, centred=True)
    sheet.save()
    return [passage.reading[len(passage.lead) :] for passage in split(load_document(path)) if "4,120" in passage.text]


def test_figures_on_bars_go_with_the_labels_under_them(tmp_path):
    bars = [("Norway", "4,120", 290), ("Germany", "2,870", 325), ("Japan", "1,640", 360)]
    title = "Sales by market, EUR million\n"
    assert read(tmp_path / "bars.pdf", bars) == [f"{title}Norway: 4,120; Germany: 2,870; Japan: 1,640"]


@pytest.mark.parametrize(
    ("heights", "beside"),
    [
        ((290, 290), ()),  # on one line
        ((290, 325), ((60, 380, "990"),)),  # stacked
    ],
)
def test_what_is_no_plain_bar_chart_is_left_as_it_stands(tmp_path, heights, beside):
    bars = [(label, figure, y) for label, figure, y in zip(("2022", "2023"), ("4,120", "2,870"), heights, strict=True)]
    assert not any("2022: 4,120" in text for text in read(tmp_path / "bars.pdf", bars, beside=beside))
