import re
from pathlib import Path

import pytest

import corpus
from corpus.document import Document
from corpus.draft import Draft, Piece, RowDraft, TableDraft
from corpus.formats.contents import find_contents
from corpus.formats.text import read_blocks
from corpus.lines import read_lines
from corpus.load import load_document
from corpus.split import MAX_CHARS, split

REPORT = Path(corpus.__file__).parent / "reports" / "changan-esg-2023.txt"


def document_of(text):
    return Document("made-up", "Made up", "0" * 64, text, read_blocks(text), year=2022)


def passages_of(text):
    return split(document_of(text))


@pytest.fixture(scope="module")
def report():
    return load_document(REPORT)


def reading_at(document, words):
    at = document.text.index(words)
    return next(p.reading for p in split(document) if p.start <= at < p.end)


def test_a_paragraph_is_a_passage():
    text = "Our Ships\n\nThey are white.\n\nThey are slow.\n"
    first, second = passages_of(text)
    assert first.id == f"made-up#{text.index('They are white')}"
    assert (first.text, first.kind, first.section, first.page) == ("They are white.", "prose", ("Our Ships",), None)
    assert second.reading == "Our Ships\nThey are slow."


def test_a_long_paragraph_is_cut_at_sentences_into_even_passages():
    sentence = "The ferry leaves at nine and comes back at five, whatever the weather may be on that day."
    text = "Our Ships\n\n" + " ".join([sentence] * 24) + "\n"
    found = passages_of(text)
    assert [len(p.text) // len(sentence) for p in found] == [8, 8, 8]
    assert all(len(p.text) <= MAX_CHARS and p.text.endswith(".") for p in found)


def test_a_sentence_without_end_is_cut_at_a_space():
    text = "Our Ships\n\n" + "word " * 500 + "end.\n"
    found = passages_of(text)
    assert all(len(p.text) <= MAX_CHARS for p in found)
    assert "".join(p.text.replace(" ", "") for p in found) == "word" * 500 + "end."


def test_a_lead_stays_with_its_list():
    text = "Our Aims\n\nWe want three things:\n\n- less noise\n- less smoke\n- more calm\n\nThat is all.\n"
    first, second = passages_of(text)
    assert (first.kind, first.text) == ("list", text[text.index("We want") : text.index("\n\nThat")])
    assert first.reading == "Our Aims\nWe want three things:\n- less noise\n- less smoke\n- more calm"
    assert second.text == "That is all."


def test_a_long_list_is_cut_at_items_and_keeps_its_lead():
    items = [f"- the {n}th item has a good deal to say about ships and the people aboard them" for n in range(30)]
    found = passages_of("Our Aims\n\nWe want:\n\n" + "\n".join(items) + "\n")
    assert len(found) == 3
    assert all(p.reading.startswith("Our Aims\nWe want:\n- the ") for p in found)
    assert [item for p in found for item in p.text.removeprefix("We want:\n\n").split("\n")] == items


def test_key_figures_carry_their_lead():
    text = "Facts\n\nIn 2022:\n\nNights at sea\n\n2,190\n\nPorts served\n\n31\n\nDone now.\n"
    first, second, _ = passages_of(text)
    assert first.kind == second.kind == "key_figure"
    assert first.text == "In 2022:\n\nNights at sea\n\n2,190"
    assert first.reading == "Facts\nIn 2022:\nNights at sea\n2,190"
    assert second.text == "Ports served\n\n31"
    assert second.reading == "Facts\nIn 2022:\nPorts served\n31"


def test_bold_marks_are_not_read_but_quoted():
    text = "Facts\n\nWe gave RMB **3.5** million to **40** towns.\n"
    (passage,) = passages_of(text)
    assert passage.reading == "Facts\nWe gave RMB 3.5 million to 40 towns."
    start = passage.reading.index("RMB 3.5 million")
    found = passage.locate(start, start + len("RMB 3.5 million"))
    assert text[slice(*found)] == "RMB **3.5** million"


TABLE = (
    "Air and Sea\n\nArea\tIndicator\tUnit\tFY2022\tFY2021\nAir\tFlights\tTimes\t12\t11\n\tFuel mix\t%\t\t\n"
    "\tKerosene ¹\t%\t80\t82\nSea\tVoyages\t/\t1,044\t–\n\n¹Without charter"
)


def test_rows_read_with_their_headers_groups_and_footnotes():
    first, second, third, note = passages_of(TABLE)
    assert first.reading == "Air and Sea\nAir > Flights | Unit: Times; FY2022: 12; FY2021: 11"
    assert second.reading == (
        "Air and Sea\nAir > Fuel mix > Kerosene ¹ | Unit: %; FY2022: 80; FY2021: 82\n¹ Without charter"
    )
    assert third.reading == "Air and Sea\nSea > Voyages | FY2022: 1,044; FY2021: –"
    assert second.text == "Fuel mix\t%\t\t\n\tKerosene ¹\t%\t80\t82"
    assert (note.kind, note.text) == ("prose", "¹Without charter")


def test_a_span_of_a_row_is_found_in_the_text():
    second = passages_of(TABLE)[1]
    for words in ("Kerosene ¹", "80", "Fuel mix > Kerosene"):
        start = second.reading.index(words)
        found = second.locate(start, start + len(words))
        assert TABLE[slice(*found)].replace("\t%\t\t\n\t", " > ") == words
    start = second.reading.index("FY2022: ")
    assert second.locate(start, start + len("FY2022: ")) is None


def test_a_number_column_is_kept_as_a_column():
    text = "Prizes\n\nNo.\tPrize\tGiven by\n1\tGolden Anchor\tThe Guild\n2\tSilver Buoy\tThe Port\n"
    assert passages_of(text)[0].reading == "Prizes\nGolden Anchor | No.: 1; Given by: The Guild"


def test_entities_as_columns():
    text = "Fleet\n\n\tAURORA\tLUND\nTravellers\tFamilies\tLorry drivers\nBuilt for\tSummer nights\tAll weathers\n"
    assert [p.reading for p in passages_of(text)] == [
        "Fleet\nTravellers | AURORA: Families; LUND: Lorry drivers",
        "Fleet\nBuilt for | AURORA: Summer nights; LUND: All weathers",
    ]


def test_paragraphs_in_cells_are_passages_of_their_own():
    cells = [
        "Crews drill every month on every ship, and twice as often in the winter season.",
        "Towns are told a year ahead when a route is about to be changed or even closed down.",
    ]
    text = "How We Work\n\nSafety\tTowns\n" + "\t".join(cells) + "\n"
    assert [(p.text, p.reading) for p in passages_of(text)] == [
        (cells[0], f"How We Work\nSafety: {cells[0]}"),
        (cells[1], f"How We Work\nTowns: {cells[1]}"),
    ]


def test_a_caption_and_a_corner_with_a_unit_are_read_with_each_row():
    text = "Money\n\nTable 2: Sales by line\n\nEUR million\t2022\t2021\nAurora\t4.1\t3.9\nLund\t2.0\t1.8\n"
    first, second = passages_of(text)
    assert second.reading == "Money\nTable 2: Sales by line\nEUR million\nLund | 2022: 2.0; 2021: 1.8"
    assert first.text.startswith("Table 2: Sales by line")


def test_pipe_tables():
    text = "## Ports\n\n| Port | Nights |\n|---|---:|\n| Bergen | **120** |\n| Hull | |\n"
    assert [(p.text, p.reading) for p in passages_of(text)] == [
        ("Bergen | **120**", "Ports\nBergen | Nights: 120"),
        ("Hull", "Ports\nHull"),
    ]


def test_a_row_of_statements_is_prose():
    text = "Board\n\nWe have 9 directors\tof whom 4 are women\n--\t--\n"
    (passage,) = passages_of(text)
    assert (passage.kind, passage.reading) == ("prose", "Board\nWe have 9 directors\nof whom 4 are women")


def test_an_empty_document_has_no_passage():
    assert passages_of("Only a Heading\n") == []


def test_every_passage_is_a_place(report):
    passages = split(report)
    assert len({p.id for p in passages}) == len(passages)
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    for passage in passages:
        assert report.text[passage.start : passage.end] == passage.text
        for part in passage.parts:
            assert part.start is None or report.text.startswith(part.text, part.start)
            assert part.start is None or passage.start <= part.start <= passage.end - len(part.text)


def test_no_text_of_the_report_is_lost(report):
    """Every line is in a passage, but for the contents list, headings, table headers and rules."""
    lines = read_lines(report.text)
    contents = find_contents(lines)
    headings = [(b.start, b.end) for b in report.blocks if b.kind == "heading"]
    headers = {"\t".join(b.table.header) for b in report.blocks if b.table}
    kept = bytearray(len(report.text))
    for passage in split(report):
        kept[passage.start : passage.end] = bytes([1]) * len(passage.text)
    lost = [
        line.text
        for place, line in enumerate(lines)
        if not contents.start <= place < contents.end
        and not any(start <= line.start < end for start, end in headings)
        and report.text[line.raw_start : line.raw_end] not in headers
        and not re.fullmatch(r"[-\t]+", line.text)
        and not all(kept[at] or report.text[at].isspace() for at in range(line.start, line.end))
    ]
    assert lost == []


def test_passages_fit_the_embedder(report):
    longest = max(split(report), key=lambda p: len(p.reading))
    assert len(longest.reading) < 1100


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        (
            "Natural gas\t%",
            "Key Performance\nE Environmental Performance > Energy structure and proportion > Natural gas"
            " | Unit: %; Year 2023: 37.35",
        ),
        (
            "Ammonia nitrogen",
            "Key Performance\nE Environmental Performance > Pollutant emission volume > Ammonia nitrogen"
            " | Unit: t/a; Year 2023: 9.53",
        ),
        (
            "Volatile organic",
            "Key Performance\nE Environmental Performance > Pollutant emission volume > Volatile organic compounds ¹"
            " | Unit: t/a; Year 2023: 146.04\n¹ Organized emissions",
        ),
        (
            "ISO 14001",
            "Key Performance\nSocial Performance > Proportion of suppliers certified by ISO 14001"
            " | Unit: %; Year 2023: 95.1",
        ),
        (
            "Operating income",
            "Key Performance\nG Governance Performance > Operating income | Unit: RMB billion; Year 2023: 151.298",
        ),
        (
            "NEVO A07 set a",
            "Corporate Honors\nNEVO A07 set a Guinness World Record for crossing the largest altitude difference with"
            " 5,720.019 meters (electric vehicle). | No.: 26; Awarded by: Guinness World Record",
        ),
        ("66 hours", "Put People First > Value Employee Growth\nIn 2023:\nAverage training time\n66 hours"),
        (
            "Skilled employee satisfaction",
            "Put People First > Our Performance\nSkilled employee satisfaction rate is\n74.6%",
        ),
    ],
)
def test_readings_of_the_bundled_report(report, words, reading):
    assert reading_at(report, words) == reading


def test_brands_and_battery_of_the_bundled_report(report):
    assert "Brand Positioning | CHANGAN AUTO: Mainstream ICE Vehicle Series; NEVO: Digital" in reading_at(
        report, "Brand Positioning"
    )
    cycle = reading_at(report, "The cell cycle life exceeds")
    assert cycle.split("\n")[1].startswith("Cycle Life: The cell cycle life exceeds 2,000 cycles")


def test_a_row_too_long_is_cut_with_its_name_on_each_part():
    draft = Draft()
    said = " ".join(f"Mill {number} gives the river back what it takes from it." for number in range(30))
    draft.table(TableDraft(("Topic", "What is done"), (RowDraft(((Piece("Water"),), (Piece(said),))),)), 1)
    document = draft.document("")
    passages = split(document)
    assert len(passages) == 2
    assert all(passage.reading.startswith("Water | What is done: Mill ") for passage in passages)
    assert passages[0].text.startswith("Water\tMill 0 gives")
    assert passages[1].text == said[passages[1].start - len(document.text) + len(said) :]
    assert all(len(passage.reading) < 950 for passage in passages)
