import csv
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from assistant.answer import Answer, Calculation, Citation
from ui.conversations import Conversation
from ui.export import Cell, markdown, write_conversation, write_csv, write_sheet
from ui.render import Turn

FIRST = Citation(1, "alder", "Alder", ("People",), 7, "alder#0", 0, 5, "=1+1")
SECOND = Citation(2, "alder", "Alder", (), None, "alder#9", 9, 12, "two")
ANSWER = Answer(
    "How *many*?",
    "How *many*?",
    "answered",
    "12 mills [1][2].\n- <b>",
    "12",
    (),
    (FIRST, SECOND),
    Calculation("6 + 6", "12", "mills"),
    0.912345,
    0.2,
)
SILENT = Answer("Ships?", "Ships?", "not_disclosed", "Not stated.", "", (), (), None, 0.4, 0.1)
CONVERSATION = Conversation(
    "0" * 16, "Mills", "2024-05-01T00:00:00+00:00", (Turn("How *many*?", ANSWER), Turn("Ships?", SILENT))
)


def test_markdown_shows_text_as_text():
    assert markdown(CONVERSATION) == (
        "# Mills\n\n## How \\*many\\*?\n\n**Computed** (91%)\n\n12 mills [1][2].\n\n- \\<b\\>\n\n6 \\+ 6 = 12 mills\n\n"
        "> =1\\+1\n>\n> [1] Alder › People, page 7\n\n> two\n>\n> [2] Alder\n\n"
        "## Ships?\n\n**Not disclosed in these reports** (40%)\n\nNot stated.\n"
    )


def test_markdown_tells_how_an_answer_was_worded():
    worded = replace(ANSWER, note="One *sentence* was cut.")
    shown = markdown(replace(CONVERSATION, turns=(replace(CONVERSATION.turns[0], answer=worded),)))
    assert "\n\n6 \\+ 6 = 12 mills\n\nOne \\*sentence\\* was cut.\n\n> =1" in shown


def test_json_holds_the_public_object_of_each_answer(tmp_path):
    write_conversation(CONVERSATION, tmp_path / "c.json")
    whole = json.loads((tmp_path / "c.json").read_text("utf-8"))
    assert whole["name"] == "Mills"
    assert whole["answers"] == [ANSWER.to_json(), SILENT.to_json()]


def test_a_workbook_has_a_row_a_citation_and_no_formula(tmp_path):
    write_conversation(CONVERSATION, tmp_path / "c.xlsx")
    sheet = load_workbook(tmp_path / "c.xlsx").active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Question", "Answer", "Value", "Verdict", "Confidence", "Calculation", "Quote", "Report", "Page")
    shown = ("How *many*?", ANSWER.text, "12", "Computed", 0.9123, "6 + 6 = 12 mills")
    assert rows[1] == (*shown, "=1+1", "Alder", 7)
    assert rows[2] == (*shown, "two", "Alder", None)
    assert rows[3][:4] == ("Ships?", "Not stated.", None, "Not disclosed in these reports")
    assert sheet["G2"].data_type == "s"


def test_csv_leaves_numbers_and_disarms_formulas(tmp_path):
    rows: list[list[Cell]] = [["=cmd()", "-5.2%", -3], ["@x", "+49 30", None], ["plain", "\tx", 1.5]]
    write_csv(("a", "b", "c"), rows, tmp_path / "f.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["a", "b", "c"],
            ["'=cmd()", "-5.2%", "-3"],
            ["'@x", "'+49 30", ""],
            ["plain", "'\tx", "1.5"],
        ]


def test_control_characters_do_not_break_a_workbook(tmp_path):
    write_sheet(("a",), [["x\x00y\x1f"]], tmp_path / "s.xlsx")
    assert load_workbook(tmp_path / "s.xlsx").active["A2"].value == "xy"


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"cannot export to '\.exe'"):
        write_conversation(CONVERSATION, tmp_path / "c.exe")
