from dataclasses import replace

from corpus.document import Block, Document
from ui.outline import reports_html

TEXT = "People\nJobs <b>\nMore"
DOCUMENT = Document(
    "alder",
    'Alder "Report"',
    "0",
    TEXT,
    (
        Block("heading", 0, 6, ("People",), 3),
        Block("heading", 7, 15, ("People", "Jobs <b>"), None),
        Block("paragraph", 16, 20, ("People", "Jobs <b>"), 4),
    ),
    "Alder & Sons",
    2024,
)


def test_a_report_is_shown_with_its_outline_and_pages():
    shown = reports_html({"alder": DOCUMENT})
    assert "<h3>Alder &quot;Report&quot;</h3><p>Alder &amp; Sons · 2024 · en</p>" in shown
    assert '<li class="depth-1">People <span>3</span></li><li class="depth-2">Jobs &lt;b&gt;</li></ol>' in shown
    assert 'data-action="remove" data-text="alder" data-confirm="Remove for good?"' in shown


def test_a_report_without_headings_says_so():
    assert "No headings were found." in reports_html({"alder": replace(DOCUMENT, blocks=())})
