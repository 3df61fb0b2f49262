import re

import pytest

from corpus.load import load_document
from index.passage_index import PassageIndex
from ui.fact_chart import FactSeries

BIRCH = """# Birch Paper Sustainability Report 2024

## Environment

| Indicator | Unit | 2022 | 2023 | 2024 |
| --- | --- | --- | --- | --- |
| Total energy consumption | MWh | 30,100 | 29,800 | 28,400 |
"""


@pytest.fixture(scope="module")
def index(mill_index, tmp_path_factory):
    """Two reports that give one metric, in years that differ."""
    path = tmp_path_factory.mktemp("reports") / "birch-paper-2024.md"
    path.write_text(BIRCH, "utf-8")
    return PassageIndex.build([*mill_index.documents.values(), load_document(path)], mill_index.embedder)


def ids(index, metric):
    return [fact.id for fact in index.facts if fact.metric == metric]


def test_a_fact_brings_the_other_years_of_its_row(index):
    series = FactSeries(index)
    first, second = ids(index, "Water withdrawal")
    picked = series.with_facts([], [second])
    assert picked == [first]
    assert [fact.figure.text for fact in series.facts(picked)] == ["210,400", "198,750"]
    assert series.with_facts(picked, [first, second, "gone@1"]) == picked
    assert series.with_facts(["gone@1"], []) == []


def test_a_metric_of_several_years_is_a_line(index):
    series = FactSeries(index)
    shown = series.html(series.with_facts([], ids(index, "Water withdrawal")))
    assert "<figcaption>Water withdrawal by year" in shown
    assert 'aria-label="Water withdrawal: 2023 210,400, 2024 198,750"' in shown
    assert 'class="bars"' not in shown
    assert 'aria-label="Remove Water withdrawal"' in shown


def test_reports_are_compared_by_their_last_year(index):
    series = FactSeries(index)
    shown = series.html(series.with_facts([], ids(index, "Total energy consumption")))
    assert shown.count("<polyline") == 2
    assert re.findall(r'class="what">(.*?)<.*?class="figure">(.*?)<', shown) == [
        ("Alder Paper 2024", "45,975"),
        ("Birch Paper 2024", "28,400"),
    ]


def test_each_unit_has_a_chart_of_its_own(index):
    series = FactSeries(index)
    both = series.with_facts([], [*ids(index, "Water withdrawal"), *ids(index, "Hazardous waste")])
    assert re.findall(r'<figcaption>(.*?) by year <span class="unit">(.*?)<', series.html(both)) == [
        ("Water withdrawal", "m³"),
        ("Hazardous waste", "t"),
    ]
    assert series.html([]) == ""
