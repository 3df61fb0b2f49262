"""Evidence cards: where a citation stands, with its quote highlighted in its surroundings.

Everything that comes from a report is escaped: it is shown as text and never interpreted. This module knows documents
and citations, not how an answer was found nor what shows the cards.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from html import escape

from assistant.answer import Answer, Citation
from corpus.document import Block, Document, Table

_NEIGHBOUR_CHARS = 320
_QUOTED_CHARS = 900
_NEIGHBOUR_ROWS = 2
_PICTURED = 3
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_HASHES = re.compile(r"#{1,6}\s+")
_ELLIPSIS = '<span class="cut" aria-hidden="true">…</span>'


def card_id(turn: int, n: int) -> str:
    """The HTML id of the card that the mark `[n]` of a turn points to."""
    return f"evidence-{turn}-{n}"


def evidence_html(
    answer: Answer,
    documents: Mapping[str, Document],
    turn: int,
    current: bool,
    pictured: Collection[str] = (),
) -> str:
    """All cards of one answer.

    Args:
        answer: The answer whose citations are shown.
        documents: The index's documents by id; a document that is gone is shown by its quote alone.
        turn: The answer's place in its conversation, counted from 0.
        current: Whether the cards are shown; those of other turns wait, hidden, for a click on their marks.
        pictured: Ids of the documents whose pages can be shown as printed; the first few cards offer it.
    """
    cards = "".join(
        _card(citation, documents.get(citation.document), turn, place < _PICTURED and citation.document in pictured)
        for place, citation in enumerate(answer.citations)
    )
    title = "Nearest passages looked at" if answer.verdict == "not_disclosed" else "Evidence"
    if not cards:
        cards = '<p class="none">No passage came near this question.</p>'
    hidden = "" if current else " hidden"
    return (
        f'<section class="evidence-set" data-turn="{turn}" aria-label="{title}"{hidden}>'
        f'<h2>{title}</h2><p class="asked">{escape(answer.question)}</p>{cards}</section>'
    )


def _card(citation: Citation, document: Document | None, turn: int, pictured: bool) -> str:
    path, page = section_label(citation.section), page_label(citation.page)
    printed = steps = ""
    place = ", ".join(part for part in (citation.title, path, page) if part)
    if document is None or document.text[citation.start : citation.end] != citation.quote:
        body = (
            f'<p><mark>{escape(citation.quote)}</mark></p><p class="none">This report is no longer in the library.</p>'
        )
    else:
        body = surroundings(document, citation.start, citation.end)
        printed = _printed(citation, document) if pictured else ""
        steps = steps_html(citation.passage_id)
    return (
        f'<article class="card" id="{card_id(turn, citation.n)}" tabindex="-1"'
        f' aria-label="Citation {citation.n}: {escape(place)}">'
        f'<header><span class="number" aria-hidden="true">{citation.n}</span>'
        f'<div class="place"><h3>{escape(citation.title)}</h3><p class="section">{escape(path)}</p></div>'
        f'<span class="page">{page}</span></header>'
        f'<div class="around">{body}</div>{printed}{steps}'
        f"<footer>{_quiet('back', card_id(turn, citation.n), 'Back to the answer')}"
        f"{_quiet('copy', citation.quote, 'Copy quote')}</footer></article>"
    )


def _printed(citation: Citation, document: Document) -> str:
    """What is opened to see the page itself: the picture is asked for then, see `ui.parts.reading`."""
    boxes = document.boxes(citation.start, citation.end)
    if not boxes:
        return ""
    place = f"{citation.document} {citation.start} {citation.end}"
    return (
        f'<details class="printed" data-place="{escape(place)}"><summary>Page {boxes[0][0]} as printed</summary>'
        '<p class="none" role="status">Drawing the page…</p></details>'
    )


def section_label(section: Sequence[str]) -> str:
    """The headings above a passage in one line, outermost first."""
    return " › ".join(section)


def page_label(page: int | None) -> str:
    """The page, counted from 1; empty where it is unknown."""
    return "" if page is None else f"Page {page}"


def steps_html(passage_id: str) -> str:
    """Buttons to the passages before and after; what they do is `ui.parts.reading`."""
    buttons = ((-1, "Previous passage"), (1, "Next passage"))
    steps = "".join(f'<button type="button" class="quiet" data-step="{by}">{label}</button>' for by, label in buttons)
    back = '<button type="button" class="quiet" data-step="0" hidden>Back to the quote</button>'
    return f'<div class="steps" data-passage="{escape(passage_id)}">{steps}{back}<span role="status"></span></div>'


def _quiet(what: str, data: str, label: str) -> str:
    return f'<button type="button" class="quiet" data-{what}="{escape(data)}">{label}</button>'


def surroundings(document: Document, start: int, end: int) -> str:
    """The blocks around a span of a document as HTML, the span in `<mark>`.

    Args:
        document: Where the span stands.
        start: Start of the span in the document's text.
        end: End of the span in the document's text.
    """
    starts = [block.start for block in document.blocks]
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_right(starts, end - 1) - 1, 0)
    quoted = document.blocks[first : last + 1]
    if not quoted or quoted[0].start > start or quoted[-1].end < end:  # between blocks: the text itself
        low, high = max(0, start - _NEIGHBOUR_CHARS), min(len(document.text), end + _NEIGHBOUR_CHARS)
        return _paragraph(document.text, low, high, start, end)
    before, after = document.blocks[max(0, first - 1) : first], document.blocks[last + 1 : last + 2]
    shown = (*_neighbours(before, quoted[0]), *quoted, *_neighbours(after, quoted[-1]))
    return "".join(_block(document.text, block, start, end) for block in shown)


def _neighbours(blocks: Sequence[Block], quoted: Block) -> Iterator[Block]:
    """Those that help to read the quoted block: of its own section, and no table of their own."""
    return (block for block in blocks if block.section == quoted.section and block.table is None)


def _block(text: str, block: Block, start: int, end: int) -> str:
    """One block; a long one is cut down to what is near the quote."""
    if block.table is not None and block.table.rows:
        return _table(text, block, block.table, start, end)
    if block.kind == "heading":
        hashes = _HASHES.match(text, block.start)
        low = hashes.end() if hashes and not (block.start < end and start < hashes.end()) else block.start
        return f'<div class="heading">{_paragraph(text, low, block.end, start, end)}</div>'
    low, high = _near(text, block, start, end)
    before, after = _ELLIPSIS if low > block.start else "", _ELLIPSIS if high < block.end else ""
    return f'<div class="{block.kind}">{before}{_paragraph(text, low, high, start, end)}{after}</div>'


def _near(text: str, block: Block, start: int, end: int) -> tuple[int, int]:
    """The span of a block that is shown, cut between words."""
    low, high = block.start, block.end
    if high <= start:
        return _word_start(text, max(low, high - _NEIGHBOUR_CHARS), low), high
    if low >= end:
        return low, _word_end(text, min(high, low + _NEIGHBOUR_CHARS), high)
    if high - low <= _QUOTED_CHARS:
        return low, high
    first = _word_start(text, max(low, start - _NEIGHBOUR_CHARS), low)
    return first, _word_end(text, min(high, end + _NEIGHBOUR_CHARS), high)


def _word_start(text: str, place: int, lowest: int) -> int:
    while place > lowest and not text[place - 1].isspace():
        place -= 1
    return place


def _word_end(text: str, place: int, highest: int) -> int:
    while place < highest and not text[place].isspace():
        place += 1
    return place


def _paragraph(text: str, low: int, high: int, start: int, end: int) -> str:
    """`text[low:high]` as lines; runs of lines with tabs become a table."""
    parts: list[str] = []
    for tabbed, begin, stop in _runs(text, low, high):
        if tabbed:
            lines = (_split(text, *line, "\t") for line in _split(text, begin, stop, "\n"))
            rows = "".join(
                f"<tr>{''.join(f'<td>{marked(text, *cell, start, end)}</td>' for cell in line)}</tr>" for line in lines
            )
            parts.append(f'<div class="rows" tabindex="0"><table>{rows}</table></div>')
        else:
            parts.append(f"<p>{marked(text, begin, stop, start, end)}</p>")
    return "".join(parts)


def _runs(text: str, low: int, high: int) -> Iterator[tuple[bool, int, int]]:
    """Runs of lines that all have a tab, or all have none: (has tabs, start, end)."""
    run: tuple[bool, int, int] | None = None
    for begin, stop in _split(text, low, high, "\n"):
        tabbed = "\t" in text[begin:stop]
        if run is not None and run[0] == tabbed:
            run = (tabbed, run[1], stop)
        else:
            if run is not None:
                yield run
            run = (tabbed, begin, stop)
    if run is not None:
        yield run


def _split(text: str, low: int, high: int, separator: str) -> Iterator[tuple[int, int]]:
    """The spans between separators."""
    while True:
        found = text.find(separator, low, high)
        yield low, high if found < 0 else found
        if found < 0:
            return
        low = found + 1


def _table(text: str, block: Block, table: Table, start: int, end: int) -> str:
    """The rows near the quote under the table's header."""
    quoted = [i for i, row in enumerate(table.rows) if row.start < end and start < row.end]
    if not quoted and block.start < end and start < block.end:  # the quote is the header or the caption
        return _paragraph(text, *_near(text, block, start, end), start, end)
    middle = quoted or ([len(table.rows) - 1] if block.end <= start else [0])
    first, last = max(0, middle[0] - _NEIGHBOUR_ROWS), middle[-1] + _NEIGHBOUR_ROWS
    rows: list[str] = []
    group: tuple[str, ...] = ()
    for row in table.rows[first : last + 1]:
        if row.group and row.group != group:
            rows.append(f'<tr class="group"><th colspan="{len(row.cells)}">{escape(" › ".join(row.group))}</th></tr>')
        group = row.group
        cells = "".join(f"<td>{marked(text, cell.start, cell.end, start, end)}</td>" for cell in row.cells)
        quoted_row = ' class="quoted"' if row.start < end and start < row.end else ""
        rows.append(f"<tr{quoted_row}>{cells}</tr>")
    return (
        f'<div class="rows" tabindex="0"><table>{_caption(table)}{_header(table.header)}'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _caption(table: Table) -> str:
    return f"<caption>{escape(table.caption)}</caption>" if table.caption else ""


def _header(header: Sequence[str]) -> str:
    if not any(header):
        return ""
    return "<thead><tr>" + "".join(f'<th scope="col">{escape(column)}</th>' for column in header) + "</tr></thead>"


def marked(text: str, low: int, high: int, start: int, end: int) -> str:
    """`text[low:high]` escaped, with what lies in `[start, end)` inside `<mark>`."""
    begin, stop = max(low, start), min(high, end)
    if begin >= stop:
        return _shown(text[low:high])
    return f"{_shown(text[low:begin])}<mark>{_shown(text[begin:stop])}</mark>{_shown(text[stop:high])}"


def _shown(text: str) -> str:
    """Escaped, without blank lines; the asterisks of `**bold**` stay in the page's text but out of sight."""
    return escape(_BLANK_LINES.sub("\n", text)).replace("**", '<span class="asterisks">**</span>')
