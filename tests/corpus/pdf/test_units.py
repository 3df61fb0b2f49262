from corpus.facts import facts
from corpus.load import load_document
from corpus.split import split
from tests.pdf_files import lead_pdf


def test_a_sentence_on_tables_gives_each_its_unit_and_rows_say_their_date(tmp_path):
    lead_pdf(tmp_path / "lead.pdf")
    document = load_document(tmp_path / "lead.pdf")
    passages = split(document)
    found = {(fact.row, fact.period): fact for fact in facts(document, passages)}
    assert str(found["Logs", "2022"].figure.value) == "1637000000"
    assert (str(found["Saws", "2023"].figure.value), found["Saws", "2023"].figure.unit) == ("30000000", "USD")
    assert [found["Logs", "2022"].scale, found["Presses", "2022"].scale] == ["millions", "millions"]
    (saws,) = [passage for passage in passages if passage.text.endswith("Saws\t$20\t$30")]
    assert saws.reading.split("\n", 1)[1] == "(in millions)\nSaws | 2022: $20; 2023: $30"
    (table,) = [block.table for block in document.blocks if block.table and len(block.table.rows) == 3]
    assert table.header == ("", "Number of shares", "Price of a share")
    assert table.caption == "Shares of the company were granted as follows:"
    dated = [fact for fact in facts(document, passages) if fact.row.startswith("Balance")]
    assert [(fact.period, str(fact.figure.value)) for fact in dated] == [
        ("May 4, 2022", "201501"),
        ("May 4, 2022", "109.48"),
    ]
