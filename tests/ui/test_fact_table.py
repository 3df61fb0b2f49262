import json

import pytest
from openpyxl import load_workbook

from ui.fact_table import FactTable


def test_the_table_shows_each_fact_without_empty_columns(mill_index):
    table = FactTable(mill_index)
    assert table.columns == ("Metric", "As written", "Unit", "Period", "Section")
    assert len(table) == 8
    assert table.search("")[0] == ["Total energy consumption", "48,210", "MWh", "2023", "Environment"]


def test_a_search_wants_every_word_in_any_column(mill_index):
    table = FactTable(mill_index)
    assert table.search("WATER 2024") == [["Water withdrawal", "198,750", "m³", "2024", "Environment"]]
    assert table.search("water oil") == []


def test_a_row_shows_its_place(mill_index):
    table = FactTable(mill_index)
    card = table.evidence(table.search("water 2024")[0])
    assert "<mark>198,750</mark>" in card
    assert '<th scope="col">2024</th>' in card
    assert '<h3>Alder Paper Sustainability Report 2024</h3><p class="section">Environment</p>' in card
    assert table.evidence(["no", "such", "row"]) == ""


def test_what_was_found_is_exported_whole(mill_index):
    table = FactTable(mill_index)
    facts = table.facts("hazardous")
    rows = list(load_workbook(table.export(facts, ".xlsx")).active.iter_rows(values_only=True))
    assert rows[0][:4] == ("Report", "Metric", "Value", "Unit")
    assert [row[1:4] for row in rows[1:]] == [("Hazardous waste", 83.5, "t"), ("Hazardous waste", 71.2, "t")]
    assert table.export(facts, ".csv").read_text("utf-8-sig").count("\n") == 3


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx"])
def test_facts_are_written_with_their_ids(mill_index, tmp_path, suffix):
    path = tmp_path / f"kpis{suffix}"
    count = FactTable(mill_index).write("", path)
    assert count == len(mill_index.facts) > 0
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    if suffix == ".json":
        rows = json.loads(path.read_text("utf-8"))
        assert [row["Id"] for row in rows] == [fact.id for fact in mill_index.facts]
        assert rows[0]["As written"] == mill_index.facts[0].figure.text.replace("**", "")
