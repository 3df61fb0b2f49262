from ui.beside import passage_beside


def test_the_next_passage_is_shown_in_its_surroundings(mill_index):
    first, second = mill_index.passages[:2]
    found = passage_beside(mill_index, first.id, 1)
    assert found is not None
    assert (found["section"], found["page"]) == ("People", "")
    assert "<mark>The safety manual says: &lt;script&gt;window.hacked = 1&lt;/script&gt;" in found["around"]
    before = passage_beside(mill_index, second.id, -1)
    assert before is not None
    assert "<mark>Alder Paper employed" in before["around"]


def test_a_report_ends_where_it_ends(mill_index):
    first, last = mill_index.passages[0], mill_index.passages[-1]
    assert passage_beside(mill_index, first.id, -1) is None
    assert passage_beside(mill_index, last.id, 1) is None
    assert passage_beside(mill_index, first.id, 10**9) is None
    assert passage_beside(mill_index, "gone#1", 1) is None


def test_no_step_leads_to_another_report(mill_index, tmp_path):
    from corpus.load import load_document
    from index.passage_index import PassageIndex

    path = tmp_path / "birch-2023.md"
    path.write_text("# Birch Shipping Report 2023\n\n## Fleet\n\nBirch Shipping owns 30 ships.\n", "utf-8")
    documents = [*mill_index.documents.values(), load_document(path)]
    both = PassageIndex.build(documents, mill_index.embedder)
    ships = next(passage for passage in both.passages if passage.document_id == "birch-2023")
    assert passage_beside(both, ships.id, -1) is None
    assert passage_beside(both, ships.id, 0) is not None
