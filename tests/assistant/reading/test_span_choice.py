import pytest

from assistant.query.wording.answer_type import asked
from assistant.reading.span_choice import Picker, respective
from corpus.facts import facts
from corpus.load import load_document
from corpus.split import split

REPORT = """# Alder Paper Report 2024

The margin fell in the first nine months of 2024 to 31.4%, as wood cost $12 million more.

| Indicator | 2023 | 2024 | Norway |
| --- | --- | --- | --- |
| Water used (m³) | 210,400 | 198,750 | – |
| Share of recycled fibre (%) | 61.0 | 64.5 | 70.1 |

The mill opened in May 1921. It makes paper, not board.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("reports") / "alder.md"
    path.write_text(REPORT, "utf-8")
    document = load_document(path)
    passages = split(document)
    return document, passages, facts(document, passages)


def pick(report, question, read):
    """The value picked, whether it suits, and what is missed, where the reader read `read`."""
    document, passages, known = report
    start = document.text.index(read)
    passage = next(p for p in passages if p.start <= start < p.end)
    here = [fact for fact in known if fact.passage_id == passage.id]
    found = Picker(question, asked(question), document).pick(
        passage, start, start + len(read), (passage.start, passage.end), here
    )
    return document.text[found.start : found.end], found.suits, found.missed


def test_the_cell_of_the_year_is_picked(report):
    assert pick(report, "How much water was used in 2023?", "198,750") == ("210,400", True, "")
    assert pick(report, "How much water was used?", "210,400") == ("198,750", True, "")
    assert pick(report, "How much water was used in 2023?", "Water used") == ("210,400", True, "")


def test_several_cells_that_were_read_are_one(report):
    text = REPORT[REPORT.index("61.0") : REPORT.index(" | 70.1")]
    document = report[0]
    read = document.text[document.text.index("61.0") : document.text.index("64.5") + 4]
    assert len(read) <= len(text)
    assert pick(report, "What share of the fibre was recycled in 2024?", read) == ("64.5", True, "")


def test_an_empty_cell_is_missed(report):
    assert pick(report, "How much water was used in Norway?", "198,750") == ("–", True, "Norway")


def test_the_one_figure_that_suits_is_picked_in_prose(report):
    assert pick(report, "What percentage was the margin?", "nine months") == ("31.4%", True, "")
    assert pick(report, "What percentage was the margin?", "31.4%") == ("31.4%", True, "")
    assert pick(report, "How many tonnes were made?", "nine months") == ("nine months", False, "")
    assert pick(report, "wood cost 2024", "the margin fell".capitalize()) == ("$12 million", True, "")


def test_a_table_that_leaves_out_what_is_per_share_says_nothing_of_its_rows(tmp_path):
    (tmp_path / "fir.md").write_text(
        "# Fir Report 2024\n\nAll sums are in millions, except per share data:\n\n"
        "| | 2023 | 2024 |\n|---|---|---|\n| Product sales | $54 | $59 |\n",
        "utf-8",
    )
    document = load_document(tmp_path / "fir.md")
    passages = split(document)
    found = document, passages, facts(document, passages)
    assert pick(found, "How much revenue came from product sales in 2023?", "$59") == ("$54", True, "")


def test_dates_and_names(report):
    assert pick(report, "When did the mill open?", "May 1921") == ("May 1921", True, "")
    assert pick(report, "When did the mill open?", "paper") == ("paper", False, "")
    assert pick(report, "Which product does it make?", "paper") == ("paper", True, "")
    assert pick(report, "Which product does it make?", "31.4%") == ("31.4%", False, "")


RATE = "The rate as of December 31, 2021 and September 30, 2022 was 27% and 26%."
SALES = (
    "Revenue for the third quarter and first nine months of fiscal year 2024 was $18.12 billion and $38.82 billion, "
    "up 206% and 86%, respectively."
)
PAID = (
    "We paid $654 million and $885 million during Q3 2021 and Q3 2022, and $1.6 billion and $7.5 billion for the nine "
    "months ended September 30, 2021 and 2022."
)
ONE = "In 2022 it employed 12 people."


@pytest.mark.parametrize(
    ("question", "text", "read", "figure"),
    [
        ("What was the rate on 30 September 2022?", RATE, "27% and 26%", "26%"),
        ("What was the rate on 30 September 2022?", RATE, "27%", "26%"),
        ("What was the rate at the end of 2021?", RATE, "27% and 26%", "27%"),
        ("Revenue in the first nine months of fiscal 2024?", SALES, "$18.12 billion", "$38.82 billion"),
        ("Revenue in Q3 of fiscal 2024?", SALES, "$38.82 billion", "$18.12 billion"),
        ("By what percentage did revenue grow in the first nine months of fiscal 2024?", SALES, "206%", "86%"),
        ("What was paid in Q3 2022?", PAID, "$7.5 billion", "$885 million"),
        ("What was paid in the nine months to September 2021?", PAID, "$654 million", "$1.6 billion"),
        ("What was paid in the nine months to September 2022?", PAID, "$654 million", "$7.5 billion"),
    ],
)
def test_the_figure_of_the_time_is_taken(question, text, read, figure):
    start = text.index(read)
    found = respective(question, text, start, start + len(read), 12)
    assert found is not None
    assert text[slice(*found)] == figure


@pytest.mark.parametrize(
    ("question", "text", "read"),
    [
        ("What was paid?", PAID, "$885 million"),
        ("How many people did it employ in 2022?", ONE, "12"),
        ("Who was paid in 2022?", PAID, "We"),
        ("What was paid in 2022?", PAID, "We paid"),
    ],
)
def test_nothing_is_changed_where_nothing_tells(question, text, read):
    start = text.index(read)
    assert respective(question, text, start, start + len(read), 12) is None
