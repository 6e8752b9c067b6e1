"""The house's rules that no linter knows: sizes, residue, codes and settings all used, dependencies, a quick start."""

import ast
import json
import re
import subprocess
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import msgspec
import pytest

from notegen.model.codes import CODES
from notegen.model.config import Config
from tests.support.paths import ROOT

MODULES = sorted((ROOT / "notegen").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
THEME = sorted(
    path for path in (ROOT / "themes").rglob("*") if path.suffix in {".html", ".css", ".js", ".xml", ".yaml"}
)
MAX_FILE, MAX_TEST_FILE, MAX_FUNCTION = 350, 550, 60  # lines

# Pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(("/wo" + "rk/", "/ho" + "me/[a-z]", "/ro" + "ot/", "/Us" + "ers/[A-Za-z]", r"[A-Z]:\\Us" + "ers"))
)
HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "pythonhos" + "ted", "npm" + "js", "proxy" + r"\.golang", "crates" + r"\.io"))
)
RESIDUE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")

# What `notegen --help` must not pay for.
HEAVY = {
    *(
        "asyncio",
        "concurrent",
        "difflib",
        "email",
        "fontTools",
        "html",
        "http",
        "jinja2",
        "json",
        "linkify_it",
        "logging",
    ),
    *("markdown_it", "math_core", "mdit_py_plugins", "msgspec", "multiprocessing", "PIL", "pygments", "pykatex"),
    *("pylatexenc", "rich", "socket", "sqlite3", "ssl", "starlette", "unicodedata", "uvicorn", "watchfiles", "xml"),
    *("yaml", "zoneinfo"),
}
# Dependencies that no module of ours imports.
INDIRECT = {
    "linkify-it-py": "markdown-it-py imports it",
    "tzdata": "zoneinfo falls back on it",
    "watchfiles": "for `notegen serve`",
    "ziamath": "only its font file is read",
}


def name(path: Path) -> str:
    """Return a path below the root, for test ids."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    """Return the number of lines."""
    return len(path.read_text(encoding="utf-8").splitlines())


def parsed(path: Path) -> ast.Module:
    """Return the syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is_for_and_stays_small(path: Path) -> None:
    tree = parsed(path)
    docstring = ast.get_docstring(tree)
    assert docstring, "no docstring"
    assert docstring.split("\n")[0].rstrip().endswith((".", ":", "?")), "its first line is a sentence"
    assert lines(path) <= MAX_FILE
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {node.name: size for node in functions if (size := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION}
    assert long == {}


@pytest.mark.parametrize("path", [*TESTS, *THEME], ids=name)
def test_tests_and_theme_files_stay_small(path: Path) -> None:
    assert lines(path) <= (MAX_TEST_FILE if path in TESTS else MAX_FILE)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_keeps_no_residue(path: Path) -> None:
    tree = parsed(path)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [(node.func.id, node.lineno) for node in calls if isinstance(node.func, ast.Name)]
    assert [line for called, line in names if called in {"print", "breakpoint"}] == [], (
        "click.echo writes to the terminal"
    )
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and not _raises_again(node)]
    caught = {ast.unparse(node.type) if node.type else "everything" for node in handlers}
    assert caught & {"Exception", "BaseException", "everything"} == set()


def _raises_again(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None


def committed() -> Iterator[Path]:
    """Yield the text files of the project: what people write, not what is built."""
    folders = ("notegen", "tests", "scripts", "bench", "themes", "content", "static", ".github", ".ci")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")] + list(ROOT.iterdir())
    for path in sorted(files):
        binary = path.suffix in {".png", ".jpg", ".woff2", ".otf", ".webp", ".ico", ".pyc"}
        if path.is_file() and path.name != ".git" and not binary and "__pycache__" not in path.parts:
            yield path


def test_no_file_names_this_machine_or_a_registry() -> None:
    found = []
    for path in committed():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            if MACHINE.search(line) or (HOSTS.search(line) and "content" not in path.parts):
                found.append(f"{name(path)}:{number}: {line.strip()[:100]}")
    assert found == []


def test_no_file_holds_notes_to_ourselves() -> None:
    found = []
    for path in (*MODULES, *TESTS, *THEME):
        if path.suffix == ".py":
            with path.open("rb") as file:
                words = [(token.start[0], token.string) for token in tokenize.tokenize(file.readline)]
        else:
            words = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
        found += [f"{name(path)}:{number}: {text.strip()[:80]}" for number, text in words if RESIDUE.search(text)]
    assert found == []


def strings(paths: list[Path]) -> set[str]:
    """Return every string constant of these modules."""
    nodes = (node for path in paths for node in ast.walk(parsed(path)))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


CODE_STRINGS = strings([path for path in MODULES if path.name != "codes.py"])
# Test modules and the fixtures they read; this file names no code.
TEST_TEXT = "\n".join(
    path.read_text(encoding="utf-8", errors="replace")
    for path in (ROOT / "tests").rglob("*")
    if path.suffix in {".py", ".md", ".yaml", ".txt"} and path != Path(__file__)
)


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_diagnostic_code_is_used_and_tested(code: str) -> None:
    assert code in CODE_STRINGS, "no module reports it"
    assert re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", TEST_TEXT), "no test provokes it"


def test_diagnose_is_called_with_codes_of_the_registry() -> None:
    calls = [node for path in MODULES for node in ast.walk(parsed(path)) if isinstance(node, ast.Call)]
    named = [
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Name) and node.func.id in {"diagnose", "Problem"} and node.args
        if isinstance(node.args[0], ast.Constant)
    ]
    assert len(named) > 20
    assert set(named) <= set(CODES)


def settings() -> Iterator[tuple[str, str]]:
    """Yield (section, field) of every setting; the section of a top-level one is "". Lists of structs are one."""
    for field in msgspec.structs.fields(Config):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from ((field.name, inner.name) for inner in msgspec.structs.fields(field.type))
        else:
            yield "", field.name


def reads(section: str, field: str, path: Path) -> bool:
    """Return whether a module (or a template) reads a setting.

    As `config.field`, as `config.section.field`, or as any `.field` where the section's struct is named.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return bool(re.search(rf"\b{section}\.{field}\b", text)) if section else False
    struct = f"{section.capitalize()}Config"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Attribute) or node.attr != field:
            continue
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
        if not section and owner in {"config", "settings"}:
            return True
        if section and (owner == section or struct in text):
            return True
    return False


@pytest.mark.parametrize(("section", "field"), list(settings()), ids=lambda part: part or "top")
def test_a_setting_is_read_somewhere(section: str, field: str) -> None:
    files = [path for path in MODULES if path.name != "config.py" or path.parent.name != "model"]
    assert any(reads(section, field, path) for path in (*files, *THEME)), "a setting that does nothing"


def dependencies() -> Iterator[tuple[str, bool]]:
    """Yield (distribution, whether a comment explains it) of every requirement in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    rows = text.splitlines()
    groups = [item for group in project["dependency-groups"].values() for item in group if isinstance(item, str)]
    for requirement in (*project["project"]["dependencies"], *groups):
        numbers = [index for index, row in enumerate(rows) if f'"{requirement}"' in row]
        comments = [rows[number].rpartition('",')[2] for number in numbers] + [rows[numbers[0] - 1]]
        yield re.split(r"[ <>=;\[]", requirement)[0], any(comment.strip().startswith("#") for comment in comments)


@pytest.mark.parametrize(("distribution", "explained"), list(dependencies()))
def test_a_dependency_says_what_it_is_for(distribution: str, explained: bool) -> None:
    assert explained, f"{distribution} needs a comment"


def imported() -> set[str]:
    """Return the top-level names that our modules import."""
    found = set()
    for node in (node for path in MODULES for node in ast.walk(parsed(path))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_dependencies_are_those_that_are_imported() -> None:
    modules = packages_distributions()
    owners = {_plain(owner) for module in imported() for owner in modules.get(module, ())} - {"notegen"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_plain(re.split(r"[ <>=;\[]", item)[0]) for item in project["dependencies"]}
    assert owners - declared == set(), "imported but not declared"
    assert declared - owners - {"pykatex"} <= set(INDIRECT), (
        "declared but never imported"
    )  # pykatex: not on every platform
    assert "pykatex" in imported()


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["build", "--help"]])
def test_the_command_line_starts_without_heavy_modules(arguments: list[str]) -> None:
    script = f"""
import sys
import notegen.cli.main as cli
try:
    {arguments!r} and cli.main({arguments!r})
except SystemExit as error:
    assert not error.code, error.code
print("@", *sorted({{module.partition(".")[0] for module in sys.modules}}))
"""
    ran = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.rpartition("@")[2].split())
    assert {"click", "notegen"} <= loaded
    assert loaded & HEAVY == set()


def test_the_heavy_modules_exist() -> None:
    """A misspelt name in HEAVY would prove nothing."""
    third_party = {module for module in HEAVY if module not in sys.stdlib_module_names}
    optional = {"pykatex", "pylatexenc", "starlette", "uvicorn"}
    assert third_party - optional <= set(packages_distributions()), json.dumps(sorted(third_party))
