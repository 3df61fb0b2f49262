"""The library's reports as HTML: what each is, and its outline with pages. All text of a report is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from corpus.document import Document

_MOST_HEADINGS = 400


def reports_html(documents: Mapping[str, Document]) -> str:
    """Every report with its outline, folded, and a button that removes it."""
    return "".join(_report(document) for document in documents.values())


def _report(document: Document) -> str:
    known = (document.company, "" if document.year is None else str(document.year), document.language)
    about = " · ".join(escape(part) for part in known if part)
    remove = (
        f'<button type="button" class="quiet danger" data-action="remove" data-text="{escape(document.id)}"'
        f' data-confirm="Remove for good?" aria-label="Remove {escape(document.title)}">Remove</button>'
    )
    return (
        f'<article class="report"><header><div class="place"><h3>{escape(document.title)}</h3><p>{about}</p></div>'
        f"{remove}</header><details><summary>Outline</summary>{_outline(document)}</details></article>"
    )


def _outline(document: Document) -> str:
    """Headings in reading order, set in by their depth."""
    headings = [block for block in document.blocks if block.kind == "heading" and block.section]
    lines = "".join(
        f'<li class="depth-{min(len(block.section), 4)}">{escape(block.section[-1])}'
        f"{'' if block.page is None else f' <span>{block.page}</span>'}</li>"
        for block in headings[:_MOST_HEADINGS]
    )
    return f"<ol>{lines}</ol>" if lines else '<p class="none">No headings were found.</p>'
