from decimal import Decimal
from pathlib import Path

import pytest

import corpus
from corpus.document import Document
from corpus.facts import facts
from corpus.figure import find_figures
from corpus.formats.text import read_blocks
from corpus.labels import box_label, clause_label, respective
from corpus.load import load_document
from corpus.passage import Fact
from corpus.split import split

REPORT = Path(corpus.__file__).parent / "reports" / "changan-esg-2023.txt"


def facts_of(text, year=2022):
    document = Document("made-up", "Made up", "0" * 64, text, read_blocks(text), year=year)
    return facts(document, split(document))


@pytest.fixture(scope="module")
def report():
    document = load_document(REPORT)
    return document, facts(document, split(document))


TABLE = (
    "Air and Sea\n\nArea\tIndicator\tUnit\tFY2022\tDec. 31, 2021\nAir\tFlights\tTimes\t12\t11\n\tFuel mix\t%\t\t\n"
    "\tKerosene ¹\t%\t80\t82\n\tOther\t%\t20\t18\nSea\tGifts to towns\tEUR 1,000\t1,044.5\tn/a\n\tOther\t/\t3\t(2)\n\n"
    "¹Without charter"
)


def test_cells_become_facts():
    found = {(f.metric, f.period): f for f in facts_of(TABLE)}
    assert len(found) == 9
    kerosene = found["Fuel mix > Kerosene", "FY2022"]
    assert (kerosene.figure.value, kerosene.figure.unit, kerosene.unit) == (Decimal(80), "%", "%")
    assert (kerosene.scope, kerosene.row, kerosene.column) == ("Without charter", "Kerosene ¹", "FY2022")
    gifts = found["Gifts to towns", "FY2022"]
    assert (gifts.figure.value, gifts.figure.unit) == (Decimal("1044500"), "EUR")
    assert (gifts.unit, gifts.scale, gifts.scope) == ("EUR 1,000", "1,000", "")
    # Two rows named alike are told apart by their labels.
    assert found["Air > Fuel mix > Other", "FY2022"].figure.value == 20
    other = found["Sea > Other", "Dec. 31, 2021"]
    assert (other.figure.value, other.unit, other.column) == (Decimal(-2), "", "Dec. 31, 2021")


def test_a_fact_stands_in_its_passage():
    for fact in facts_of(TABLE):
        start = int(fact.passage_id.split("#")[1])
        assert start <= fact.start
        assert TABLE[fact.start : fact.end] == fact.figure.text
        assert fact.id == f"made-up@{fact.start}"


@pytest.mark.parametrize(
    ("text", "metric", "value", "unit"),
    [
        ("Money\n\nEUR million\t2022\t2021\nSales\t4.1\t3.9\nCosts\t2.0\t1.8\n", "Sales", "4100000", "EUR"),
        (
            "Money\n\nItem\t2022\t2021\nSales (EUR million)\t4.1\t3.9\nStaff\t20\t18\n",
            "Sales (EUR million)",
            "4100000",
            "EUR",
        ),
        ("Money\n\nItem\t2022 (EUR million)\nSales\t4.1\nCosts\t2.0\n", "Sales", "4100000", "EUR"),
        (
            "Money\n\n(in EUR million)\n\nItem\t2022\t2021\nSales\t4.1\t3.9\nCosts\t2.0\t1.8\n",
            "Sales",
            "4100000",
            "EUR",
        ),
        (
            "Money\n\nTable 1: Sales by line, EUR million\n\nLine\t2022\nAurora\t4.1\nLund\t2.0\n",
            "Sales by line > Aurora",
            "4100000",
            "EUR",
        ),
        ("Air\n\nEmissions, kt CO2e\t2022\nScope 1²\t4.1\nScope 2\t2.0\n\n²Ships\n", "Scope 1", "4100", "t"),
        ("Air\n\nItem\t2022\nDust\t4.1 t\nSoot\t2.0 t\n", "Dust", "4.1", "t"),
    ],
)
def test_units_of_cells(text, metric, value, unit):
    first = facts_of(text)[0]
    assert (first.metric, first.figure.value, first.figure.unit) == (metric, Decimal(value), unit)
    assert first.period == "2022"


def test_rows_named_alike_in_two_tables_are_told_apart():
    text = (
        "Aurora\n\nItem\tUnit\t2022\nSeats\t/\t400\nCrew\t/\t40\n\nLund\n\nOne\tUnit\t2022\nSeats\t/\t3\nDeck\t/\t4\n"
    )
    assert [f.metric for f in facts_of(text)] == ["Aurora > Seats", "Crew", "Lund > Seats", "Deck"]


def test_numbers_of_rows_and_years_in_cells_are_no_facts():
    text = "Prizes\n\nNo.\tPrize\tYear\n1\tGolden Anchor\t2019\n2\tSilver Buoy\t2021\n"
    assert facts_of(text) == []


@pytest.mark.parametrize(
    ("box", "metric", "value", "unit"),
    [
        ("Nights at sea\n\n2,190", "Nights at sea", "2190", ""),
        ("2,190\n\nnights at sea", "nights at sea", "2190", ""),
        ("Cups of coffee amounted to\n\n1.2 million cups", "Cups of coffee", "1200000", "million cups"),
        ("Crews' share of women is\n\n40%", "Crews' share of women", "40", "%"),
        ("Total seats: **12,400**", "Total seats", "12400", ""),
        ("100% crew training coverage", "crew training coverage", "100", "%"),
        ("Serve **4,300** meals a day", "Serve meals a day", "4300", ""),
        ("Sales were **4.1** billion RMB", "Sales", "4100000000", "billion RMB"),
    ],
)
def test_key_figures_become_facts(box, metric, value, unit):
    (fact,) = facts_of(f"Facts\n\n{box}\n\nDone now.\n")
    assert (fact.metric, fact.figure.value, fact.unit) == (metric, Decimal(value), unit)
    assert fact.period == "2022"


def test_a_lead_gives_key_figures_their_year():
    text = "Facts\n\nIn 2019:\n\nNights at sea\n\n2,190\n\nPorts served\n\n31\n\nDone now.\n\n14 ships in service\n"
    assert [(f.metric, f.period) for f in facts_of(text)] == [
        ("Nights at sea", "2019"),
        ("Ports served", "2019"),
        ("ships in service", "2022"),
    ]


def test_bold_figures_in_sentences():
    text = (
        "Facts\n\nEmissions per seat are **0.4** t. Down **8%** from 2021. *Without Aurora Lines\n\n"
        "Sales of tickets and coffee reached RMB **3** million and RMB **1** million respectively, in **40** ports.\n"
    )
    found = facts_of(text)
    assert [(f.metric, f.figure.value, f.scope) for f in found] == [
        ("Emissions per seat", Decimal("0.4"), "Without Aurora Lines"),
        ("Emissions per seat: Down from 2021", Decimal(8), "Without Aurora Lines"),
        ("Sales of tickets", Decimal(3000000), ""),
        ("coffee", Decimal(1000000), ""),
        ("in ports", Decimal(40), ""),
    ]


def test_figures_that_are_not_bold_in_prose_are_no_facts():
    assert facts_of("Facts\n\nWe have 40 ports and 12,400 seats.\n") == []


def test_labels_of_clauses():
    text = "We ran 40 ships, with 12 of them new, and carried 9 million people."
    figures = find_figures(text)
    assert [clause_label(text, figure).metric for figure in figures] == [
        "We ran ships",
        "them new",
        "carried people",
    ]
    assert respective(text, figures[0], figures) == ""
    assert box_label("Ports\n\n31 harbours", find_figures("Ports\n\n31 harbours")[0], alone=True) == (
        "Ports",
        "harbours",
    )


def test_facts_of_the_bundled_report(report):
    document, found = report
    assert len(found) == 80
    assert len({f.id for f in found}) == 80
    by_metric: dict[str, list[Fact]] = {}
    for fact in found:
        assert document.text[fact.start : fact.end] == fact.figure.text
        by_metric.setdefault(fact.metric, []).append(fact)
    (voc,) = by_metric["Pollutant emission volume > Volatile organic compounds"]
    assert (voc.figure.value, voc.figure.unit, voc.scope) == (Decimal("146.04"), "t", "Organized emissions")
    (expenses,) = by_metric["Safe production expenses"]
    assert (expenses.figure.value, expenses.unit) == (Decimal("57662100"), "RMB 1,000")
    assert (expenses.scale, expenses.scope) == ("1,000", "Chongqing headquarters")
    (leave,) = by_metric["Average paid leave days per employee"]
    assert leave.scope == "Actual paid leave days for employees"
    assert by_metric["Vehicle sales"][0].figure.value == 2553000
    assert by_metric["NEV sales from Changan's Chinese brands"][0].figure.value == 474000
    assert by_metric["overseas sales"][0].figure.value == 358000
    assets = by_metric["Total assets"]
    assert [f.figure.value for f in assets] == [Decimal("190171000000"), Decimal("190171000000")]
    assert {f.period for f in found} == {"2023"}
    energy = [f for f in found if f.metric.startswith("Energy structure and proportion > ")]
    assert sum(f.figure.value for f in energy) == Decimal("100")
    (carbon,) = [f for f in found if f.figure.text == "**0.0590** tCO₂e"]
    assert (carbon.unit, carbon.scope) == ("tCO₂e", "Including joint ventures")


def test_a_scale_leaves_out_what_it_excepts(tmp_path):
    table = (
        "| (in millions, except per share data) | 2022 | 2023 |\n| --- | --- | --- |\n| Revenue | $26,974 | $60,922 |\n"
        "| Net income per share, basic | $1.76 | $12.05 |\n"
    )
    path = tmp_path / "filing.md"
    path.write_text(f"# Filing 2023\n\n## Income\n\n{table}", "utf-8")
    document = load_document(path)
    found = {(f.row, f.period): (f.figure.value, f.scale) for f in facts(document, split(document))}
    assert found["Revenue", "2023"] == (Decimal("60922000000"), "millions")
    assert found["Net income per share, basic", "2023"] == (Decimal("12.05"), "")


def test_a_scale_leaves_out_columns_and_cells_that_measure_otherwise(tmp_path):
    table = (
        "| (in millions, except shares, per share) | Number of shares purchased | Average price paid "
        "per share | Value | Yield |\n| --- | --- | --- | --- | --- |\n| Bought | 42,676 | $184.34 | $7,866 | 3.54% |\n"
        "| Sold | 12,676 | $84.34 | $1,066 | 2.5% |\n"
    )
    path = tmp_path / "filing.md"
    path.write_text(f"# Filing 2023\n\n## Shares\n\n{table}", "utf-8")
    document = load_document(path)
    found = {f.column: (f.figure.value, f.unit) for f in facts(document, split(document)) if f.row == "Bought"}
    assert found == {
        "Number of shares purchased": (Decimal("42676"), ""),
        "Average price paid per share": (Decimal("184.34"), "$"),
        "Value": (Decimal("7866000000"), "in millions, except shares, per share"),
        "Yield": (Decimal("3.54"), "%"),
    }
