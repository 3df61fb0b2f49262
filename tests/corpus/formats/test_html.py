import pytest

from corpus.load import load_document

PAGE = """<!doctype html><html lang="en-GB"><head><title>Lund Paper | Annual Report 2022</title>
<style>p { color: red }</style><script>alert("x")</script></head><body>
<nav>Home</nav><h1>Environment</h1><p>The mills <b>ran</b> on wind.<br>They still do.</p>
<div style="display: none">secret</div><p hidden>secret</p><!-- secret -->
<h2>Energy</h2><ul><li>Wind &amp; water</li><li>Sun <i>too</i></li></ul>
<div>Loose words <span>in a box</span><p>and a paragraph</p>after it</div>
<table>
<tr><td></td><td colspan="7">Year ended December 31,</td></tr>
<tr><td>(in millions)</td><td colspan="3">2022</td><td>&nbsp;</td><td colspan="3">2021</td></tr>
<tr><td>Revenue</td><td>$</td><td>1,200</td><td></td><td></td><td>$</td><td>1,100</td><td></td></tr>
<tr><td>Loss on exchange</td><td></td><td>(12</td><td>)</td><td></td><td></td><td>(10</td><td>)</td></tr>
</table></body></html>"""


def page(tmp_path, content, name="lund.html"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_web_page_becomes_a_document(tmp_path):
    document = load_document(page(tmp_path, PAGE))
    assert (document.title, document.company, document.year) == ("Lund Paper | Annual Report 2022", "Lund Paper", 2022)
    assert document.language == "en"
    shown = [(b.kind, b.section, document.text[b.start : b.end]) for b in document.blocks if b.table is None]
    assert shown == [
        ("heading", ("Environment",), "Environment"),
        ("paragraph", ("Environment",), "The mills ran on wind. They still do."),
        ("heading", ("Environment", "Energy"), "Energy"),
        ("list", ("Environment", "Energy"), "- Wind & water\n- Sun too"),
        ("paragraph", ("Environment", "Energy"), "Loose words in a box"),
        ("paragraph", ("Environment", "Energy"), "and a paragraph"),
        ("paragraph", ("Environment", "Energy"), "after it"),
    ]
    assert "secret" not in document.text
    assert "alert" not in document.text


def test_signs_in_cells_of_their_own_go_with_their_figures(tmp_path):
    document = load_document(page(tmp_path, PAGE))
    table = document.blocks[-1].table
    assert table is not None
    assert [[document.text[c.start : c.end] for c in row.cells] for row in table.rows] == [
        ["Revenue", "$1,200", "$1,100"],
        ["Loss on exchange", "(12)", "(10)"],
    ]
    assert [name.split(" > ")[-1] for name in table.header] == ["(in millions)", "2022", "2021"]


def test_rows_that_span(tmp_path):
    rows = "<tr><th>Area</th><th>Metric</th><th>2022</th></tr>"
    rows += "<tr><td rowspan=2>Water</td><td>Drawn</td><td>12</td></tr><tr><td>Given back</td><td>11</td></tr>"
    document = load_document(page(tmp_path, f"<p>Report</p><table>{rows}</table>"))
    table = document.blocks[-1].table
    assert table is not None
    assert [[document.text[c.start : c.end] for c in row.cells] for row in table.rows] == [
        ["Water", "Drawn", "12"],
        ["", "Given back", "11"],
    ]


def test_deep_nesting_and_broken_markup_are_read(tmp_path):
    assert "deep" in load_document(page(tmp_path, "<div>" * 200 + "deep<p>" + "</div></b>" * 5)).text
    deeper = load_document(page(tmp_path, "<p>words first</p>" + "<div>" * 50_000 + "deep", "deeper.htm"))
    assert deeper.text.startswith("words first")


@pytest.mark.parametrize("content", ["", "   ", "<html><script>x()</script></html>"])
def test_pages_without_text_are_refused(tmp_path, content):
    with pytest.raises(ValueError, match=r"^lund.html: it (is not a web page, or empty|has no text)$"):
        load_document(page(tmp_path, content))


def test_old_encodings(tmp_path):
    content = '<meta charset="iso-8859-1"><p>Der Fluß gab Wasser für die Mühlen.</p>'.encode("latin-1")
    assert load_document(page(tmp_path, content)).text == "Der Fluß gab Wasser für die Mühlen."
