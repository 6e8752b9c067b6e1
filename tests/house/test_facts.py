"""A fact stands in one module: what it is made of is found in no other; and a function is written once."""

import ast
import re
from collections import defaultdict

import pytest

from tests.support.paths import ROOT
from tests.support.source import MODULES, name, nodes

PACKAGE = ROOT / "notegen"


@pytest.mark.parametrize(
    ("what", "pattern", "owner"),
    [
        ("ranges of CJK", r"\\u(?:2e80|3040|3400|4e00|9fff|ac00)", "text/cjk.py"),
        ("control characters", r"\\x00-|\\ud800-", "text/characters.py"),
        ("suffixes of notes", r"[.]mdown\b", "text/paths.py"),
        (
            "addresses of lists",
            r"""f?["']/(?:archives|categories|tags|series|\{kind\}|\{name\})/["']""",
            "routes/lists.py",
        ),
        ("the page after the first", r"""page/\{""", "routes/lists.py"),
        ("characters of a URL", r"!\$&", "routes/urls.py"),
        ("pixels of an image", r"MAX_PIXELS =", "model/source.py"),
        ("links of a page alone", r"class=\"footnote-back\"\)", "text/html.py"),
        ("the address of a DOI", r"https://doi[.]org/", "text/addresses.py"),
        ("blocks that end others", r'"paragraph", "reference", "blockquote", "list"', "read/syntax/rule.py"),
        ("the slash behind base_url", r"""rstrip[(]"/"[)] [+] "/\"""", "routes/urls.py"),
        ("months of BibTeX", r'"jan", "feb"', "text/scholarly.py"),
        ("suffixes of films", r"[.]webm\b.*[.]mov\b", "text/media_files.py"),
        ("suffixes of pictures in patterns", r"jpe[?]g[|]gif[|]svg", "text/media_files.py"),
        ("elements without an end", r"\bcol\b.*\bhr\b.*\blink\b.*\bsource\b", "text/html.py"),
        ("classes of pages alone", r'"code-head", "paper-link"', "text/html.py"),
        ("pictures inside addresses", r"data:image/[(]", "notebooks/svg.py"),
        ("the places of TOML's errors", r"end of document", "yaml/toml_errors.py"),
        ("dates in names", r"(?:\\d|\[0-9\])\{4\}-", "text/paths.py"),
    ],
)
def test_each_fact_has_one_owner(what: str, pattern: str, owner: str) -> None:
    files = [path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py")]
    owners = [file for file in files if re.search(pattern, (PACKAGE / file).read_text("utf-8"))]
    assert owners == [owner], f"{what} stand in {owner} alone"


SHORT = 400  # characters of a syntax tree, as `ast.dump` writes it: below, two functions may well be alike


def shape(function: ast.FunctionDef) -> str:
    """Return the body of a function without its docstring; what it names itself has numbers for names."""
    inside = list(ast.walk(function))
    named = {node.arg for node in inside if isinstance(node, ast.arg)}
    named |= {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    numbers: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], str(len(numbers))) if match[0] in named else match[0]

    return re.sub(r"(?<=id=')\w+", renamed, "".join(map(ast.dump, statements(function))))


def statements(function: ast.FunctionDef) -> list[ast.stmt]:
    """Return the body of a function without its docstring."""
    first = function.body[0]
    return function.body[isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) :]


def kinds(function: ast.FunctionDef) -> tuple[type[ast.AST], ...]:
    """Return the kinds of all nodes of a body, which are told sooner than its shape."""
    return tuple(type(node) for statement in statements(function) for node in ast.walk(statement))


def test_no_function_is_written_twice() -> None:
    candidates = defaultdict(list)
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) > node.lineno + 1:
                candidates[kinds(node)].append((path, node))
    alike = defaultdict(list)
    for path, node in (item for group in candidates.values() if len(group) > 1 for item in group):
        alike[shape(node)].append(f"{name(path)}: {node.name}")
    assert [places for body, places in alike.items() if len(places) > 1 and len(body) > SHORT] == []


def test_functions_that_differ_in_names_alone_are_alike() -> None:
    one, other, third = ast.parse(
        "def a(x):\n    'Words.'\n    y = f(x)\n    return y\n\ndef b(u):\n    v = f(u)\n    return v\n\n"
        "def c(u):\n    v = g(u)\n    return v\n"
    ).body
    assert isinstance(one, ast.FunctionDef)
    assert isinstance(other, ast.FunctionDef)
    assert isinstance(third, ast.FunctionDef)
    assert shape(one) == shape(other) != shape(third)
