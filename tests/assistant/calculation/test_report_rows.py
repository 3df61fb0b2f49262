from collections import defaultdict

import pytest

from assistant.calculation.report_rows import Reports
from corpus.facts import facts
from corpus.load import load_document
from corpus.split import split

REPORT = """# Alder Paper Report 2024

## Costs

| EUR million | 2023 | 2024 |
| --- | --- | --- |
| Pulp | 12 | 14 |
| Power | 6 | 5 |
| Total cost of sales | 18 | 19 |
| Freight | 3 | 4 |

Power was cheap.
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "alder-2024.md"
    path.write_text(REPORT, "utf-8")
    document = load_document(path)
    passages, found = split(document), defaultdict(list)
    for fact in facts(document, passages):
        found[fact.passage_id].append(fact)
    return Reports(passages, found, {document.id: document}, lambda stemmed: 3.0)


def test_rows_are_found_by_a_word_of_their_names(reports):
    (document_id,) = reports.documents
    rows = list(reports.rows({"power", "freight"}, {document_id}))
    assert [name for _, name in rows] == ["Power", "Freight"]
    assert all(passage.kind == "table_row" for passage, _ in rows)
    assert list(reports.rows({"power"}, {"another"})) == []


def test_a_row_is_a_part_of_the_total_below_it(reports):
    (document_id,) = reports.documents
    totals = {name: reports.total_of(passage) for passage, name in reports.rows({"pulp", "freight"}, {document_id})}
    assert totals == {"Pulp": "Total cost of sales", "Freight": ""}
