import ast
import json
import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "assistant": {"corpus", "index", "assistant"},
    "ui": {"corpus", "index", "assistant", "ui"},
    "eval": {"corpus", "index", "assistant", "eval"},
}
# Inside the assistant: each package imports those before it. A claim passes the figure gate as it is composed, so that
# grounding comes before composition.
ASSISTANT = "query reading calculation grounding composition generation".split()
LEAVES = {"answer", "progress"}
MAX_FILES = 8
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
# What takes long to import is imported where it is first used.
HEAVY = set(
    "accelerate datasets docx gradio matplotlib onnx onnxruntime openpyxl pandas pdfplumber pypdfium2 scipy "
    "sentence_transformers sklearn torch transformers".split()
)
MAX_LINES = 300
# Names and abbreviations that belong to no report in particular: places, times, measures, standards. Words that the
# standard library or a report writes in lower case somewhere need not stand here.
GENERAL_NAMES = set(
    "aaa ai april arabia asia august austria austrian bev british canada canadian cd ceo chile china chinese co cod "
    "croatia croatian csrd december denmark ebit ebitda epa esg esrs eur europe european ev february fte gaap gbp "
    "german germany ghg gri gwh hvo india indian ireland irish iso israel italy jan january japan jersey july june "
    "kingdom korea kwh luxembourg march may mr msci mw mwh mwp netherlands nev nevs nigeria norway november nox "
    "october phd poland ppm rmb romania romanian sasb saudi sept september serbia serbian slovenia slovenian suv "
    "sweden tcfd thailand uk unicef usa usd voc vocs yen".split()
)
# Ordinary words that reports tend to capitalise: in headings, titles and the rows of tables.
CAPITALISED_WORDS = set(
    "academy agency alliance ammonia appraisal association automation automobile bank benchmark brain bright calves "
    "chairman chamber champion charity chips commission community companion council county cup cybersecurity dear "
    "decades demonstration depreciation diesel director economy eighty elementary entrepreneurship ethernet executive "
    "federation finance focusing frontier fuel furthermore gasoline golden government grams guidelines guild hall "
    "happiness headquartered honors horizon hydrogen ice incinerated influential institute intellectual jury kerosene "
    "league lecture lithium love ltd magazine mainstream marathon meanwhile mini ministry moreover motor ocean "
    "particulate partner phosphates pilot pollutant portfolio pounds pricing pro prospect province psychology rental "
    "reputation reserve returnable ring roof scenario school sedans sickness silver sourcing southeast spreads "
    "sulphur summit surface targeting thermal tour university venture vets vocational wet".split()
)
RUN = 6


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import hides where it leads"
            yield node.module or ""


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run when a module is imported: no function bodies, no type-checking blocks."""
    for child in ast.iter_child_nodes(node):
        typing_only = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and not typing_only:
            yield child
            yield from at_import(child)


def test_there_is_a_module_in_each_folder() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in MODULES} == set(FOLDERS)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_to_the_house(path: Path) -> None:
    folder = path.relative_to(ROOT).parts[0]
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    tops = {name.partition(".")[0] for name in imported(tree)}
    assert "tests" not in tops
    assert not (tops & set(FOLDERS)) - FOLDERS[folder], "imports run one way: corpus <- index <- assistant <- ui, eval"
    first = [node for node in at_import(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    heavy = {name.partition(".")[0] for node in first for name in imported(node)} & HEAVY
    assert not heavy, "heavy libraries are imported where they are first used"
    assert ast.get_docstring(tree), "a module says what it is for"
    assert text.count("\n") <= MAX_LINES


def assistant_part(name: str) -> str:
    return name.split(".")[1] if name.startswith("assistant.") else ""


@pytest.mark.parametrize("place, part", list(enumerate(ASSISTANT)), ids=str)
def test_imports_run_one_way_inside_the_assistant(place: int, part: str) -> None:
    allowed = {"", *LEAVES, *ASSISTANT[: place + 1]}
    for path in (ROOT / "assistant" / part).rglob("*.py"):
        parts = set(map(assistant_part, imported(ast.parse(path.read_text("utf-8")))))
        assert parts <= allowed, f"{path.relative_to(ROOT)} imports {sorted(parts - allowed)}"


def test_leaves_and_the_command_line_keep_their_place() -> None:
    for leaf in LEAVES:
        assert not set(map(assistant_part, imported(ast.parse((ROOT / f"assistant/{leaf}.py").read_text("utf-8"))))) - {
            "",
            *LEAVES,
        }
    below = [path for path in (ROOT / "assistant").rglob("*.py") if path.parent.name != "cli"]
    assert not [path for path in below if "assistant.cli" in path.read_text("utf-8")]


@pytest.mark.parametrize("part", ASSISTANT)
def test_a_package_of_the_assistant_has_few_files(part: str) -> None:
    files = [path for path in (ROOT / "assistant" / part).glob("*.py") if path.name != "__init__.py"]
    assert len(files) <= MAX_FILES, sorted(path.name for path in files)


def spoken(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def sources() -> str:
    """Every text that the code may not know: the reports, the questions and their answers."""
    folders = (ROOT / "corpus/reports", ROOT / "eval/questions")
    reports = [path for folder in folders for path in folder.iterdir() if path.suffix in {".txt", ".md"}]
    rows = [
        json.loads(line)
        for path in (ROOT / "eval/questions").glob("*.jsonl")
        for line in path.read_text("utf-8").splitlines()
    ]
    asked = [part for row in rows for part in (row.get("question", ""), *row.get("turns", ()), *row.get("answers", ()))]
    return "\n".join([*(path.read_text("utf-8") for path in reports), *asked])


def test_no_name_of_a_report_or_question_stands_in_the_code() -> None:
    words = spoken(sources())
    library = " ".join(path.read_text("utf-8") for path in Path(sysconfig.get_path("stdlib")).glob("*.py"))
    ordinary = {word for word in words + spoken(library) if word.islower()}
    written = {word.lower() for word in words if word[0].isupper() and len(word) > 1}
    names = written - ordinary - GENERAL_NAMES - CAPITALISED_WORDS
    assert len(names) > 50, "the reports' names are found"
    for path in MODULES:
        found = names & {word.lower() for word in spoken(path.read_text("utf-8"))}
        assert not found, f"{path.relative_to(ROOT)} knows {sorted(found)}"


def test_no_wording_of_a_report_or_question_stands_in_the_code() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = [word.lower() for word in spoken(text)]
        return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}

    known = {run for line in sources().splitlines() for run in runs(line)}
    for path in MODULES:
        found = known & runs(path.read_text("utf-8"))
        assert not found, f"{path.relative_to(ROOT)} repeats {sorted(' '.join(run) for run in found)}"
