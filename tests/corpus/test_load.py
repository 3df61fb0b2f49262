import hashlib
import json
from pathlib import Path

import pytest

import corpus
from corpus.load import document_id, load_document

REPORT = Path(corpus.__file__).parent / "reports" / "changan-esg-2023.txt"
TEXT = (
    "Lund Paper plc | Sustainability Report | 2021\n\nContents\n\n3 Our Mills\n9 Our Woods\n\nOur Mills\n\nThey run.\n"
)


@pytest.fixture
def written(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_text_file_becomes_a_document(written):
    path = written("Lund_Paper 2021.txt", TEXT)
    document = load_document(path)
    assert document.id == "lund-paper-2021"
    assert document.title == "Lund Paper plc | Sustainability Report | 2021"
    assert (document.company, document.year, document.language) == ("Lund Paper plc", 2021, "en")
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.text == TEXT
    assert [(b.section, b.page) for b in document.blocks if b.kind == "paragraph"] == [(("Our Mills",), 3)]


def test_what_stands_beside_the_file_is_taken(written):
    path = written("lund.txt", TEXT.replace("3 Our Mills\n9 Our Woods\n", "Our Mills\nOur Woods\n"))
    about = {"title": "Lund 2021", "company": "Lund", "year": 2020, "language": "sv", "pages": {"Our mills": 4}}
    written("lund.json", json.dumps(about))
    document = load_document(path)
    assert (document.title, document.company, document.year, document.language) == ("Lund 2021", "Lund", 2020, "sv")
    assert document.blocks[-1].page == 4


@pytest.mark.parametrize("about", ["{", "[]", '{"author": "me"}', '{"year": "soon"}', '{"pages": {"A": null}}'])
def test_a_malformed_sidecar_is_refused(written, about):
    path = written("lund.txt", TEXT)
    written("lund.json", about)
    with pytest.raises(ValueError, match=r"^lund.json is malformed: it may give title, company"):
        load_document(path)


def test_a_year_is_found_in_the_name_of_the_file(written):
    assert load_document(written("harbour-2019.md", "# Harbour\n\nIt is deep.\n")).year == 2019
    assert load_document(written("harbour.md", "# Harbour\n\nIt is deep.\n")).year is None


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Lund Paper Annual Report 2021", "Lund Paper"),
        ("Lund Paper: Annual and Sustainability Report 2021", "Lund Paper"),
        ("Lund Paper's 2021 ESG Report", "Lund Paper"),
        ("Sustainability Report 2021", ""),
    ],
)
def test_a_company_is_found_in_the_title(written, title, company):
    assert load_document(written("report.txt", f"{title}\n\nHello there, reader.\n")).company == company


def test_line_ends_and_byte_order_marks_are_no_text(written):
    document = load_document(written("a.txt", b"\xef\xbb\xbfOur Mills\r\n\r\nThey run.\r\n"))
    assert document.text == "Our Mills\n\nThey run.\n"


def test_chinese_is_recognised(written):
    assert load_document(written("b.txt", "公司简介\n\n公司成立于一九八五年，总部位于杭州。\n")).language == "zh"


@pytest.mark.parametrize(
    ("name", "content", "error", "message"),
    [
        ("empty.txt", b"", ValueError, "empty.txt is empty: there is nothing to read"),
        ("blank.txt", b" \n\t\n", ValueError, "blank.txt is empty: there is nothing to read"),
        (
            "binary.txt",
            b"ab\0cd",
            ValueError,
            "binary.txt is a binary file, not text: save the report as text in UTF-8",
        ),
        ("latin.txt", "Café".encode("latin-1"), ValueError, "latin.txt is not UTF-8 (byte 3): save it again as UTF-8"),
    ],
)
def test_files_that_cannot_be_read(written, name, content, error, message):
    with pytest.raises(error) as refused:
        load_document(written(name, content))
    assert str(refused.value) == message


def test_no_such_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file: .*gone.txt$"):
        load_document(tmp_path / "gone.txt")
    with pytest.raises(FileNotFoundError, match="no such file"):
        load_document(tmp_path)


def test_a_kind_of_file_that_is_not_read(written):
    with pytest.raises(ValueError, match=r"^a.xyz: cannot read .xyz; give .*\.txt"):
        load_document(written("a.xyz", "words"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Annual Report_2021.txt", "annual-report-2021"), ("年报 2021.md", "年报-2021"), ("__.txt", "report")],
)
def test_document_ids(name, expected):
    assert document_id(Path(name)) == expected


def test_the_bundled_report():
    document = load_document(REPORT)
    assert document.id == "changan-esg-2023"
    assert document.title == "Changan Automobile Environmental, Social and Governance Report 2023"
    assert (document.company, document.year, document.language) == (
        "Chongqing Changan Automobile Co., Ltd.",
        2023,
        "en",
    )
    kinds = [block.kind for block in document.blocks]
    assert (kinds.count("table"), kinds.count("footnote"), kinds.count("key_figure")) == (7, 3, 19)
