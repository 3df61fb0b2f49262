import pytest
import typer
from typer.testing import CliRunner

from assistant.cli.library import register, show_report
from corpus.pdf.ocr import missing
from index import library as library_module
from tests.pdf_files import pictures_pdf

LUND = "# Lund Paper Annual Report 2021\n\n## Energy\n\nThe mills used 412 GWh of electricity.\n\n## Water\n\nNone.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a library that begins with one small report."""
    (tmp_path / "bundled").mkdir()
    (tmp_path / "bundled" / "oslo.md").write_text("# Oslo Shipping Annual Report 2022\n\nThe fleet counts 37 ships.\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "lund.md").write_text(LUND)
    monkeypatch.setattr(library_module, "_BUNDLED", tmp_path / "bundled")
    monkeypatch.setenv("REPORTQA_HOME", str(tmp_path / "home"))
    app = typer.Typer()
    register(app)

    def invoke(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return invoke


def test_reports_are_added_listed_shown_and_removed(run, tmp_path, capsys):
    assert run("list").output.count("Annual Report") == 1
    (tmp_path / "reports" / "bad.docx").write_bytes(b"no")
    pictures_pdf(tmp_path / "reports" / "pictures.pdf")
    added = run("add", tmp_path / "reports")
    hint = f"; to read them, {missing()}" if missing() else ""
    assert added.exit_code == 0
    assert added.stdout.splitlines() == [
        f"{tmp_path / 'reports' / 'pictures.pdf'}: no text on page 2: only pictures" + hint,
        "2 added, 1 failed",
    ]
    assert "bad.docx: it is not a Word file, or damaged" in added.stderr
    assert run("add", tmp_path / "reports" / "lund.md").stdout == "1 unchanged\n"
    assert (
        run("add", tmp_path / "reports" / "lund.md", "--company", "Lund AB", "--year", "2020").stdout == "1 replaced\n"
    )
    listed = run("list").output
    assert [word in listed for word in ("oslo", "lund", "Lund AB", "2020", "pictures", "4 pages")] == [True] * 6
    show_report("lund")
    assert capsys.readouterr().out.splitlines() == [
        "Lund Paper Annual Report 2021",
        "Lund AB · 2020 · en",
        "Energy",
        "Water",
    ]
    assert run("remove", "lund", "pictures").stdout == "2 removed\n"
    assert "Lund" not in run("list").output


def test_what_cannot_be_done_is_one_line_and_exit_code_2(run, tmp_path):
    for words, said in (
        (("add", tmp_path / "none.pdf"), "reportqa: no such file or folder"),
        (("remove", "lund"), "reportqa: no report 'lund': `reportqa list` names them"),
    ):
        result = run(*words)
        assert result.exit_code == 2
        assert result.stderr.startswith(said)
        assert result.stderr.count("\n") == 1
    (tmp_path / "empty.txt").write_text("")
    result = run("add", tmp_path / "empty.txt")
    assert (result.exit_code, result.stdout) == (2, "1 failed\n")
    with pytest.raises(ValueError, match="no report 'nix': `reportqa list` names them"):
        show_report("nix")
