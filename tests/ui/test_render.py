import html
import re
from dataclasses import replace

from assistant.answer import Answer, Calculation, Citation, Claim
from corpus.document import Block, Cell, Document, Row, Table
from ui.evidence import card_id, evidence_html, surroundings
from ui.render import (
    Turn,
    answer_html,
    chips,
    confidence_label,
    conversation_html,
    head_html,
    list_html,
    turn_html,
    verdict_label,
)

PROSE = "The mills employ 1,284 people. <b>Bold</b> & more."
ROWS = "Indicator\tUnit\t2024\nEnergy\tMWh\t45,975\nWater\tm3\t198,750\nWaste\tt\t71.2\nFibre\t%\t64.5"
TEXT = f"## People\n\n{PROSE}\n\n{ROWS}\n\nKilled at\n\n**12** mills\n\n{'word ' * 400}end"


def span(quote):
    start = TEXT.index(quote)
    return start, start + len(quote)


def cells(line):
    start, _ = span(line)
    found = []
    for part in line.split("\t"):
        found.append(Cell(start, start + len(part)))
        start += len(part) + 1
    return tuple(found)


def row(line, group=()):
    start, end = span(line)
    return Row(start, end, cells(line), group)


TABLE = Table(
    ("Indicator", "Unit", "2024"),
    (row("Energy\tMWh\t45,975"), row("Water\tm3\t198,750"), row("Waste\tt\t71.2", ("Waste",)), row("Fibre\t%\t64.5")),
    "All mills",
)


def block(kind, quote, page=None, table=None):
    start, end = span(quote)
    return Block(kind, start, end, ("People",), page, table)


DOCUMENT = Document(
    "alder",
    "Alder <i>Report</i>",
    "0",
    TEXT,
    (
        block("heading", "## People"),
        block("paragraph", PROSE, 7),
        block("table", ROWS, 8, TABLE),
        block("key_figure", "Killed at\n\n**12** mills", 8),
        block("paragraph", "word " * 400 + "end", 9),
    ),
)


def citation(n, quote, page: int | None = 7):
    start, end = span(quote)
    return Citation(n, "alder", DOCUMENT.title, ("People", "Jobs"), page, "alder#0", start, end, quote)


ANSWER = Answer(
    "How many people?",
    "How many people?",
    "answered",
    "The mills employ 1,284 people [1].",
    "1,284",
    (),
    (citation(1, "1,284 people"),),
    None,
    0.97,
    0.12,
)


def text_of(markup):
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def marks(markup):
    return [text_of(mark) for mark in re.findall(r"<mark>(.*?)</mark>", markup, re.DOTALL)]


def test_the_verdict_is_said_in_plain_words():
    assert verdict_label(ANSWER) == "Stated"
    assert verdict_label(replace(ANSWER, calculation=Calculation("1 + 1", "2", ""))) == "Computed"
    assert verdict_label(replace(ANSWER, verdict="partial")) == "Partly stated"
    assert verdict_label(replace(ANSWER, verdict="not_disclosed")) == "Not disclosed in these reports"


def test_confidence_is_said_in_words_and_percent():
    def said(confidence, verdict="answered"):
        return confidence_label(replace(ANSWER, confidence=confidence, verdict=verdict))

    assert said(0.97) == "Very likely right · 97%"
    assert said(0.75) == "Likely right · 75%"
    assert said(0.5) == "Probably right · 50%"
    assert said(0.12) == "Uncertain · 12%"
    assert said(0.12, "not_disclosed") == "Nearest passage: 12% likely to answer"


def test_the_value_is_not_said_twice():
    shown = answer_html(replace(ANSWER, text="1,284 — The mills employ 1,284 people [1]."), 0)
    assert '<div class="sentences"><p>The mills employ' in shown


def test_each_claim_has_a_line():
    claims = (Claim("The mills employ 1,284 people [1].", (1,)), Claim("Also: 12 mills [1].", (1,)))
    text = "1,284 — The mills employ 1,284 people [1]. Also: 12 mills [1]."
    shown = answer_html(replace(ANSWER, text=text, claims=claims), 0)
    assert shown.count("<p>") == 2
    assert "<p>Also: 12 mills<button" in shown
    assert shown.count("<p>The mills") == 1


def test_a_mark_becomes_a_button_that_points_to_its_card():
    shown = answer_html(ANSWER, 3)
    assert '<p class="value large">1,284</p>' in shown
    assert 'data-card="evidence-3-1" aria-label="Citation 1">1</button>.</p>' in shown
    assert f'id="{card_id(3, 1)}"' in evidence_html(ANSWER, {"alder": DOCUMENT}, 3, True)


def test_a_mark_without_a_citation_stays_text():
    shown = answer_html(replace(ANSWER, text="As [7] says [1] [12]."), 0)
    assert shown.count('class="mark"') == 1
    assert "As [7] says" in shown
    assert "</button> [12]." in shown


def test_lines_become_paragraphs_and_lists():
    shown = answer_html(replace(ANSWER, text="Two brands [1]:\n- Alder\n- Birch [1]\nThat is all."), 0)
    assert re.search(r"<p>Two brands<button[^>]*>1</button>:</p><ul><li>Alder</li><li>Birch<button", shown)
    assert shown.endswith("</li></ul><p>That is all.</p></div>")


def test_a_long_value_is_left_to_the_sentences():
    assert 'class="value medium"' in answer_html(replace(ANSWER, value="Alder, Birch, Cedar, Douglas fir and Elm"), 0)
    assert 'class="value' not in answer_html(replace(ANSWER, value="x" * 91), 0)
    assert 'class="value' not in answer_html(replace(ANSWER, value=""), 0)


def test_a_note_is_shown_as_text():
    shown = answer_html(replace(ANSWER, note="Worded without the model: <b>no</b> server."), 0)
    assert '<p class="note">Worded without the model: &lt;b&gt;no&lt;/b&gt; server.</p>' in shown
    assert "note" not in answer_html(ANSWER, 0)


def test_a_calculation_is_unfolded():
    shown = answer_html(replace(ANSWER, calculation=Calculation("358 / 2,553 × 100", "14.0", "%")), 0)
    assert '<span class="formula">358 / 2,553 × 100</span><span class="result">= 14.0 %</span>' in shown


def test_a_follow_up_shows_how_it_was_understood():
    assert "Understood as" not in turn_html(Turn("How many people?", ANSWER), 0)
    follow_up = replace(ANSWER, question="And mills?", resolved_question="How many mills?")
    assert 'data-edit="How many mills?"' in turn_html(Turn("And mills?", follow_up), 1)


def test_everything_of_a_question_and_an_answer_is_escaped():
    bad = '<img src=x onerror="alert(1)">'
    answer = replace(ANSWER, question=bad, resolved_question=bad + "?", text=bad, value=bad)
    answer = replace(answer, calculation=Calculation(bad, bad, bad))
    shown = conversation_html([Turn(bad, answer, suggestions=(bad,)), Turn(bad, None, bad)])
    shown += head_html("0", bad) + list_html([("0", bad)], "0") + chips([bad], bad)
    assert "<img" not in shown
    assert 'onerror="' not in shown
    assert shown.count("&lt;img") > 10


def test_only_the_last_turn_suggests_what_may_follow():
    turns = [Turn("a", ANSWER, suggestions=("first?",)), Turn("b", ANSWER, suggestions=("second?",))]
    assert "first?" not in conversation_html(turns)
    assert 'data-action="ask" data-text="second?"' in conversation_html(turns)
    assert 'data-text="example?"' in conversation_html([], ["example?"])


def test_a_question_in_the_making_shows_its_stage():
    assert '<p class="stage"><span class="dots"' in turn_html(Turn("a", None, "Reading…"), 0)
    assert '<p class="message">No luck.</p>' in turn_html(Turn("a", None, "No luck."), 0)


def test_a_card_names_its_place_and_marks_its_quote():
    card = evidence_html(ANSWER, {"alder": DOCUMENT}, 0, True)
    assert '<h3>Alder &lt;i&gt;Report&lt;/i&gt;</h3><p class="section">People › Jobs</p>' in card
    assert '<span class="page">Page 7</span>' in card
    assert marks(card) == ["1,284 people"]
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more." in card
    assert 'data-copy="1,284 people"' in card
    assert "Page" not in evidence_html(replace(ANSWER, citations=(citation(1, PROSE, None),)), {}, 0, True)


def test_cards_of_other_turns_wait_hidden():
    assert ' data-turn="0" aria-label="Evidence" hidden>' in evidence_html(ANSWER, {"alder": DOCUMENT}, 0, False)
    assert ' data-turn="0" aria-label="Evidence">' in evidence_html(ANSWER, {"alder": DOCUMENT}, 0, True)
    silent = replace(ANSWER, verdict="not_disclosed")
    assert "<h2>Nearest passages looked at</h2>" in evidence_html(silent, {"alder": DOCUMENT}, 0, True)
    nothing = evidence_html(replace(silent, citations=()), {"alder": DOCUMENT}, 0, True)
    assert "No passage came near this question." in nothing


def test_a_report_that_is_gone_leaves_its_quote():
    card = evidence_html(ANSWER, {}, 0, True)
    assert marks(card) == ["1,284 people"]
    assert "no longer in the library" in card
    assert "Next passage" not in card, "there is nowhere to go"
    changed = replace(DOCUMENT, text=TEXT.replace("1,284", "1,285"))
    assert "no longer in the library" in evidence_html(ANSWER, {"alder": changed}, 0, True)


def test_a_quote_stands_between_its_neighbours():
    shown = surroundings(DOCUMENT, *span("1,284 people"))
    assert text_of(shown) == f"People{PROSE}"
    assert "<table>" not in shown, "a neighbouring table is left out"


def test_a_table_row_is_shown_under_its_header():
    shown = surroundings(DOCUMENT, *span("Waste\tt\t71.2"))
    assert marks(shown) == ["Waste", "t", "71.2"]
    assert "<caption>All mills</caption>" in shown
    assert '<th scope="col">2024</th>' in shown
    assert '<tr class="group"><th colspan="3">Waste</th></tr><tr class="quoted"><td><mark>Waste</mark></td>' in shown
    assert "45,975" in shown
    assert "64.5" in shown


def test_a_quote_in_a_table_header_shows_the_lines_as_cells():
    shown = surroundings(DOCUMENT, *span("Indicator\tUnit"))
    assert marks(shown) == ["Indicator", "Unit"]
    assert "<tr><td>Energy</td><td>MWh</td><td>45,975</td></tr>" in shown


def test_a_quote_over_several_blocks_is_marked_in_each():
    start, end = span(PROSE)[0], span("Energy\tMWh\t45,975")[1]
    assert marks(surroundings(DOCUMENT, start, end)) == [PROSE, "Energy", "MWh", "45,975"]


def test_a_key_figure_loses_blank_lines_and_hides_asterisks():
    shown = surroundings(DOCUMENT, *span("Killed at\n\n**12** mills"))
    assert '<mark>Killed at\n<span class="asterisks">**</span>12<span class="asterisks">**</span> mills</mark>' in shown


def test_a_long_paragraph_is_cut_between_words():
    start = span("word " * 400)[0] + 1000
    shown = surroundings(DOCUMENT, start, start + 4)
    assert marks(shown) == ["word"]
    assert shown.count('class="cut"') == 2
    assert 600 < len(text_of(shown)) < 1100
    assert set(text_of(shown).split("…")[1].split()) == {"word"}


def test_a_quote_outside_every_block_is_still_shown():
    bare = replace(DOCUMENT, blocks=())
    assert marks(surroundings(bare, *span("1,284"))) == ["1,284"]


def test_the_head_and_the_list_name_conversations():
    assert head_html("12ab", "") == ""
    assert 'value="Mills"' in head_html("12ab", "Mills")
    assert 'data-action="export" data-text=".xlsx"' in head_html("12ab", "Mills")
    shown = list_html([("12ab", "Mills"), ("34cd", "Waste")], "34cd")
    assert '<button type="button" data-action="open" data-text="34cd" aria-current="true">Waste</button>' in shown
    assert list_html([], "") == ""
