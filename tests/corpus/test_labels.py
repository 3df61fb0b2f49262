import pytest

from corpus.figure import find_figures
from corpus.labels import box_label, clause_label, is_change, respective


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Nights at sea\n\n2,190", ("Nights at sea", "")),
        ("2,190\n\nnights at sea", ("nights at sea", "")),
        ("Ports\n\n31 harbours", ("Ports", "harbours")),
        ("Sales: 12 million seats", ("Sales", "seats")),
        ("Sales were 12 million euros", ("Sales", "")),
        ("100% crew training coverage", ("crew training coverage", "")),
        ("Cups of coffee amounted to a total of\n\n40", ("Cups of coffee", "")),
    ],
)
def test_labels_of_boxes(text, label):
    assert box_label(text, find_figures(text)[0], alone=True) == label


def test_labels_of_clauses():
    text = "We ran 40 ships, with 12 of them new; the fleet reached 9 million seats. Down 3% on 2021."
    figures = find_figures(text)
    assert [clause_label(text, figure) for figure in figures[:4]] == [
        ("We ran ships", ""),
        ("them new", ""),
        ("the fleet", "seats"),
        ("Down on 2021", ""),
    ]


def test_figures_listed_respectively():
    text = "Seats, cabins and cars reached 40, 12 and 9 respectively, in 3 ports. Ships reached 5."
    figures = find_figures(text)
    assert [respective(text, figure, figures) for figure in figures] == ["Seats", "cabins", "cars", "", ""]


@pytest.mark.parametrize(
    ("metric", "change"), [("Down on 2021", True), ("A decrease of waste", True), ("Waste", False)]
)
def test_changes(metric, change):
    assert is_change(metric) is change
