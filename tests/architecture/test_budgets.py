"""Size and style budgets: small enough to read, and checked so that they stay so."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("app.py", "web", "forms", "workflow")
EVERYTHING = (*PRODUCT, "deploy", "benchmarks", "tests", "migrations")
FIRST_PARTY = {"app", "web", "forms", "workflow"}

Function = ast.FunctionDef | ast.AsyncFunctionDef

NOQA = re.compile(r"#\s*noqa\b", re.IGNORECASE)
NOQA_WITH_REASON = re.compile(r"#\s*noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\W+\w{2,}.*\w")
MACRO = re.compile(r"{%-?\s*macro\s+(\w+).*?endmacro\s*-?%}", re.DOTALL)
OUTSIDE_DATA = re.compile(r"(?:^|[\"'\s(=]|\.\./|/work/)shared[/]\w", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?:^|[\"'\s(=:])/(?:home|root|Users|work)[/]\w", re.MULTILINE)
PINNED = re.compile(r"[a-z0-9][a-z0-9._-]*(?:\[[a-z0-9,_-]+\])?==[\w.!+]+(?: ; .+)?")


def python_files(*roots: str) -> Iterator[Path]:
    for root in roots:
        path = ROOT / root
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def templates() -> Iterator[Path]:
    yield from sorted((ROOT / "templates").rglob("*.html"))


def sources() -> Iterator[Path]:
    """Whatever runs: code, templates, catalogue packs and the commands that start them."""
    yield from python_files(*EVERYTHING)
    yield from templates()
    yield from sorted((ROOT / "workflow").rglob("*.toml"))
    for name in ("Makefile", ".ci/run", "pyproject.toml", ".importlinter"):
        if (ROOT / name).exists():
            yield ROOT / name


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def length(path: Path) -> int:
    return len(text(path).splitlines())


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, Function):
            yield node


def comments(path: Path) -> Iterator[tokenize.TokenInfo]:
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT:
                yield token


def is_first_party(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(alias.name.split(".")[0] in FIRST_PARTY for alias in names)
        case ast.ImportFrom(module=module, level=level):
            return level > 0 or (module or "").split(".")[0] in FIRST_PARTY
    return False


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{content.count(chr(10), 0, match.end()) + 1}"
        for path, content in ((path, text(path)) for path in sources())
        for match in pattern.finditer(content)
    ]


def test_a_file_has_at_most_250_lines():
    assert {name(p): length(p) for p in python_files(*EVERYTHING) if length(p) > 250} == {}


def test_a_function_has_at_most_40_lines():
    # A migration is a description, column by column: cut up it would only be harder to read.
    long = {
        f"{name(path)}:{function.lineno} {function.name}": lines
        for path in python_files(*(folder for folder in EVERYTHING if folder != "migrations"))
        for function in functions(path)
        if (lines := function.end_lineno - function.lineno + 1) > 40
    }
    assert long == {}


def test_the_wiring_stays_wiring():
    assert all(length(path) <= 120 for path in ROOT.glob("app.py"))


def test_a_conftest_has_at_most_150_lines():
    conftests = (ROOT / "tests").rglob("conftest.py")
    assert {name(p): length(p) for p in conftests if length(p) > 150} == {}


def test_no_function_hides_a_first_party_import():
    hidden = {
        f"{name(path)}:{node.lineno}"
        for path in python_files(*PRODUCT)
        for function in functions(path)
        for node in ast.walk(function)
        if is_first_party(node)
    }
    assert hidden == set()


def test_a_silenced_warning_says_why():
    silent = [
        f"{name(path)}:{comment.start[0]}"
        for path in python_files(*EVERYTHING)
        for comment in comments(path)
        if NOQA.search(comment.string) and not NOQA_WITH_REASON.search(comment.string)
    ]
    assert silent == []


def test_a_page_has_at_most_80_lines():
    pages = (path for path in templates() if "components" not in path.parts)
    assert {name(p): length(p) for p in pages if length(p) > 80} == {}


def test_a_macro_has_at_most_25_lines():
    long = {
        f"{name(path)} {macro[1]}": lines
        for path in templates()
        for macro in MACRO.finditer(text(path))
        if (lines := macro[0].count("\n") + 1) > 25
    }
    assert long == {}


def test_nothing_reads_the_data_the_catalogue_was_converted_from():
    assert lines_with(OUTSIDE_DATA) == []


def test_no_path_of_one_machine_is_written_down():
    assert lines_with(MACHINE_PATH) == []


def test_every_requirement_is_pinned():
    for listing in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in text(ROOT / listing).splitlines() if line.strip()]
        assert lines, listing
        assert [line for line in lines if not PINNED.fullmatch(line)] == []


def test_lazy_words_take_no_values():
    """Flask-Babel's lazy strings pass for safe HTML, so a value put into one is never escaped."""
    with_value = re.compile(r"(?:\b_l|lazy_gettext)\(\s*\"[^\"]*\",\s*\w+=")
    assert lines_with(with_value) == []
