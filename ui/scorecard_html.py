"""How a scorecard looks: the scores that matter in plain words, charts, and the questions that failed.

All text is escaped. This module does not know where scorecards come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ui.charts import Bar, Line, bars_html, lines_html
from ui.scorecards import Failure, Scorecard

NO_RUNS = (
    '<p class="none">No question set was run yet. <code>reportqa eval QUESTIONS.jsonl --out FOLDER</code> runs one, and'
    " its scorecard appears here. What the thumbs of the chat keep is such a set: <code>feedback.jsonl</code> in the"
    " library's folder.</p>"
)
_MOST_FAILURES, _POINTS = 300, 24
# Field of the scorecard, its name here, and what it means. Shares, but for the last.
_TILES = (
    ("strict_accuracy", "Strict accuracy", "right, and proved by a citation"),
    ("answer_accuracy", "Accuracy", "right, whatever is cited"),
    ("hit_at_5", "Hit at 5", "proof among the first five passages"),
    ("citation_precision", "Citation precision", "citations shown that prove"),
    ("citation_recall", "Citation recall", "proof that is cited"),
    ("abstention_precision", "Abstention precision", "“not disclosed”, and it is not"),
    ("abstention_recall", "Abstention recall", "not disclosed, and called so"),
)


def scorecard_html(card: Scorecard) -> str:
    """A scorecard: its main scores, charts, and what failed."""
    tiles = "".join(_tile(label, _percent(card.overall.get(field)), about) for field, label, about in _TILES)
    seconds = card.overall.get("p95_seconds")
    slow = "–" if seconds is None else f"{seconds:.2f} s"
    tiles += _tile("95th percentile", slow, "from question to answer")
    charts = _categories(card.categories) + _coverage(card)
    return f'<dl class="tiles">{tiles}</dl><div class="charts">{charts}</div>{_failures(card)}'


def _tile(label: str, value: str, about: str) -> str:
    return f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd><dd>{escape(about)}</dd></div>"


def _categories(categories: Mapping[str, Mapping[str, float | None]]) -> str:
    bars = [
        Bar(f"{name.replace('_', ' ')} ({scores['questions']:.0f})", accuracy * 100, f"{accuracy:.0%}")
        for name, scores in categories.items()
        if (accuracy := scores["strict_accuracy"]) is not None
    ]
    return bars_html("Strict accuracy by kind of question", "", bars) if bars else ""


def _coverage(card: Scorecard) -> str:
    """How often an answer is wrong as more questions are answered, the surest first."""
    points = card.risk_coverage
    if len(points) < 2:
        return ""
    every = max(1, len(points) // _POINTS)
    thinned = dict.fromkeys([*points[::every], points[-1]])
    drawn = tuple((coverage * 100, risk * 100, f"{risk:.0%}") for coverage, risk in thinned)
    about = "% of the questions answered, the surest first"
    return lines_html("Wrong answers as more is answered", "%", [Line("wrong of those answered", drawn)], about)


def _failures(card: Scorecard) -> str:
    count = len(card.failures)
    if not count:
        return '<h2 class="failed">No question failed</h2>'
    rows = "".join(map(_failure, card.failures[:_MOST_FAILURES]))
    more = f'<p class="note">The first {_MOST_FAILURES} are shown.</p>' if count > _MOST_FAILURES else ""
    asked = card.overall["questions"] or 0
    return f'<h2 class="failed">{count:,} of {asked:,.0f} questions failed</h2><ol class="failures">{rows}</ol>{more}'


def _failure(failure: Failure) -> str:
    expected = f"<p><b>Expected</b> {escape(failure.expected)}</p>" if failure.expected else ""
    return (
        f'<li><header><span class="pill">{escape(failure.category.replace("_", " "))}</span>'
        f'<span class="why">{escape(failure.why)}</span><span class="id">{escape(failure.id)}</span></header>'
        f"<h3>{escape(failure.question)}</h3>{expected}<p><b>Answered</b> {escape(failure.answer)}</p></li>"
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"
