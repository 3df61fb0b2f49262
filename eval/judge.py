"""Judges one answer against its question's gold, without a judge model.

Numbers are compared as numbers, value and unit, as `corpus.figure` reads them. This module does not know how
judgements add up to a score.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Verdict
from corpus.figure import Figure, find_figures
from eval.evidence import Evidence
from eval.question import Question
from index.hit import Hit

_MAX_WORDS = 90
_MAX_WORDS_OF = {"list": 160, "ambiguous_or_conflict": 160}
_MARK = re.compile(r"\s*\[\d+\]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_ARTICLES = frozenset({"a", "an", "the"})

Token = str | Figure


@dataclass(frozen=True, slots=True)
class Judgement:
    """How one answer did.

    Attributes:
        id: The question's id.
        category: The question's category.
        answerable: Whether the report answers it.
        verdict: What the answer says of that.
        strict: Right by strict attributed accuracy: `correct`, and where answerable a citation overlaps an evidence.
        correct: Right whatever is cited: verdict and `must_include`.
        exact: 1.0 when the short value equals a gold answer, else 0.0; see `exact_match`.
        f1: Token F1 in [0, 1] of the short value with the gold answer nearest to it; see `token_f1`.
        ranks: For each evidence, the rank of the first hit that overlaps it, None when none does.
        citation_precision: Share of the citations shown that overlap an evidence, None when nothing was answered.
        citation_recall: Share of the evidence that a citation overlaps, None when there is no evidence.
        confidence: The answer's own.
        seconds: The answer's own.
    """

    id: str
    category: str
    answerable: bool
    verdict: Verdict
    strict: bool
    correct: bool
    exact: float
    f1: float
    ranks: tuple[int | None, ...]
    citation_precision: float | None
    citation_recall: float | None
    confidence: float
    seconds: float

    @property
    def answered(self) -> bool:
        """Whether an answer was given at all."""
        return self.verdict != "not_disclosed"


def judge(question: Question, answer: Answer, evidence: Sequence[Evidence], hits: Sequence[Hit]) -> Judgement:
    """Judge an answer.

    Args:
        question: A question with gold.
        answer: What was answered.
        evidence: The question's evidence, found in the indexed reports.
        hits: What the search gave for the question as resolved, best first.
    """
    answered = answer.verdict != "not_disclosed"
    shown = answer.citations if answered else ()
    supported = [any(piece.supports(citation) for piece in evidence) for citation in shown]
    covered = [any(piece.supports(citation) for citation in shown) for piece in evidence]
    correct = is_correct(question, answer)
    value = (answer.value or _MARK.sub("", answer.text)) if answered else ""
    golds = question.answers if question.answerable else ("",)
    return Judgement(
        id=question.id,
        category=question.category,
        answerable=bool(question.answerable),
        verdict=answer.verdict,
        strict=correct and (any(supported) or not question.answerable),
        correct=correct,
        exact=max((exact_match(value, gold) for gold in golds), default=0.0),
        f1=max((token_f1(value, gold) for gold in golds), default=0.0),
        ranks=tuple(next((hit.rank for hit in hits if piece.is_in(hit.passage)), None) for piece in evidence),
        citation_precision=sum(supported) / max(1, len(supported)) if answered else None,
        citation_recall=sum(covered) / len(covered) if covered else None,
        confidence=answer.confidence,
        seconds=answer.seconds,
    )


def is_correct(question: Question, answer: Answer) -> bool:
    """Answer accuracy: strict attributed accuracy without its demand for a citation.

    Answerable: the verdict is not `not_disclosed`, and every `must_include` matches the answer's first 90 words, 160
    for lists and conflicts. Unanswerable: the verdict is `not_disclosed`. Citation marks count as words but match
    nothing, so that "[1]" is never taken for the figure 1.
    """
    if not question.answerable:
        return answer.verdict == "not_disclosed"
    if answer.verdict == "not_disclosed":
        return False
    limit = _MAX_WORDS_OF.get(question.category, _MAX_WORDS)
    text = _MARK.sub("", " ".join(answer.text.split()[:limit]))
    return all(re.search(pattern, text, re.IGNORECASE) for pattern in question.must_include)


def exact_match(predicted: str, gold: str) -> float:
    """Exact match after SQuAD's normalisation (Rajpurkar et al. 2016): case, punctuation and articles do not count.

    Figures match as figures: "RMB 42.16 million" is "42,160,000 RMB", "seven" is "7".
    """
    left, right = _tokens(predicted), _tokens(gold)
    return float(len(left) == len(right) and all(_same(a, b) for a, b in zip(left, right, strict=True)))


def token_f1(predicted: str, gold: str) -> float:
    """Token F1 (Rajpurkar et al. 2016): harmonic mean of the shares of either side's tokens found in the other.

    A figure with its unit is one token and matches as a figure. Two empty texts match, as in SQuAD 2.0: silence is
    right where the gold is silent.
    """
    left, right = _tokens(predicted), _tokens(gold)
    if not left or not right:
        return float(left == right)
    rest = list(right)
    shared = 0
    for token in left:
        place = next((place for place, other in enumerate(rest) if _same(token, other)), None)
        if place is not None:
            del rest[place]
            shared += 1
    return 2 * shared / (len(left) + len(right))


def _tokens(text: str) -> list[Token]:
    """Words in lower case and figures, in order; a Chinese character is a word."""
    tokens: list[Token] = []
    end = 0
    for found in find_figures(text):
        tokens += [*_words(text[end : found.start]), found.figure]
        end = found.end
    return tokens + _words(text[end:])


def _words(text: str) -> list[Token]:
    return [word for word in _WORD.findall(text.lower()) if word not in _ARTICLES]


def _same(left: Token, right: Token) -> bool:
    if isinstance(left, Figure) and isinstance(right, Figure):
        return left.same(right)
    return left == right
