import ast
import operator
import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from eval.question import CATEGORIES, Question, read_questions

ROOT = Path(__file__).parents[2]
REPORTS = {
    "changan-esg-2023": ROOT / "corpus" / "reports" / "changan-esg-2023.txt",
    "kestrelmoor-dairy-2024": ROOT / "eval" / "questions" / "kestrelmoor-dairy-2024.md",
}
SETS = {name: read_questions(ROOT / "eval" / "questions" / f"{name}.jsonl") for name in REPORTS}
TEXTS = {name: " ".join(path.read_text("utf-8").split()) for name, path in REPORTS.items()}
FORMULA = re.compile(r"([\d\s.,()+\-*×/]+)=\s*(-?[\d.,]*\d)")
OPERATIONS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
SCALES = {Decimal(number) for number in (1, 100, 1000, 1000000, 1000000000)}


def rows_where(condition: Callable[[Question], bool | None]) -> pytest.MarkDecorator:
    rows = [(name, row) for name, rows in SETS.items() for row in rows if condition(row)]
    return pytest.mark.parametrize(("name", "row"), rows, ids=[f"{name}-{row.id}" for name, row in rows])


def folded(text: str) -> str:
    return " ".join(text.split())


def computed(expression: str) -> Decimal:
    def value(node: ast.expr) -> Decimal:
        if isinstance(node, ast.BinOp):
            return OPERATIONS[type(node.op)](value(node.left), value(node.right))
        assert isinstance(node, ast.Constant)
        return Decimal(source[node.col_offset : node.end_col_offset])

    source = expression.replace(",", "").replace("×", "*").strip()
    return value(ast.parse(source, mode="eval").body)


def numbers(text: str) -> set[Decimal]:
    return {Decimal(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def answer_text(row: Question) -> str:
    return "\n".join(row.answers)


@pytest.mark.parametrize(
    ("name", "smallest", "each"), [("changan-esg-2023", 150, 13), ("kestrelmoor-dairy-2024", 90, 12)]
)
def test_a_set_has_enough_of_each_kind(name, smallest, each):
    rows = SETS[name]
    counts = Counter(row.category for row in rows)
    assert len(rows) >= smallest
    assert set(counts) <= set(CATEGORIES)
    assert all(
        counts[kind] >= each for kind in ("list", "compute", "ambiguous_or_conflict", "followup", "unanswerable")
    )
    assert len({(row.question, row.turns) for row in rows}) == len(rows)


def test_the_sets_together_have_25_of_each_hard_kind():
    counts = Counter(row.category for rows in SETS.values() for row in rows)
    near_misses = sum("near-miss" in row.notes.lower() for rows in SETS.values() for row in rows)
    assert min(counts[kind] for kind in ("list", "compute", "ambiguous_or_conflict", "followup")) >= 25
    assert near_misses >= 25


@rows_where(lambda row: True)
def test_evidence_stands_in_the_report_and_gold_matches_itself(name, row):
    for evidence in row.evidence:
        assert folded(evidence) in TEXTS[name]
    for pattern in row.must_include:
        assert re.search(pattern, answer_text(row), re.IGNORECASE), pattern
    assert bool(row.answers) == bool(row.evidence) == row.answerable


@rows_where(lambda row: row.answerable)
def test_a_question_does_not_give_its_answer_away(name, row):
    if row.category != "ambiguous_or_conflict":
        assert not all(re.search(pattern, row.question, re.IGNORECASE) for pattern in row.must_include)


@rows_where(lambda row: not row.answerable)
def test_an_unanswerable_question_says_why(name, row):
    why, _, absent = row.notes.partition("Absent from the report: ")
    assert "near-miss" in why.lower() or absent
    for pattern in filter(None, absent.split("; ")):
        assert not re.search(pattern, TEXTS[name], re.IGNORECASE), pattern


@rows_where(lambda row: "=" in row.notes)
def test_formulas_are_right_and_made_of_the_evidence(name, row):
    formula = FORMULA.match(row.notes)
    assert formula is not None
    result = formula[2].replace(",", "")
    places = Decimal(1).scaleb(-len(result.partition(".")[2]))
    assert abs(computed(formula[1]) - Decimal(result)) <= places / 2
    stated = numbers(" ".join([*row.evidence, row.question, row.notes.partition(";")[2]]))
    assert numbers(formula[1]) - SCALES <= stated


def test_every_computed_answer_shows_its_formula():
    assert all("=" in row.notes for rows in SETS.values() for row in rows if row.category == "compute")
