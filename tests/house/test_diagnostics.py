"""No stage loses diagnostics: whoever calls what returns a `Result` keeps both its parts, or is named here."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.support.source import MODULES, PACKAGE, nodes

STAGES = ("scan", "read", "link", "plan", "render", "emit", "math_font", "search", "social_cards", "bibliography")
# Who leaves diagnostics to another: which function does, of which call.
LEFT = {
    ("with_code_style", "load_settings"),  # `make_files` takes those of theme.yaml
    # `scan_note` is for one note: what is wrong with the theme is no matter of it.
    ("scan_note", "theme_layers"),
    ("scan_note", "shortcodes"),
    ("scan_note", "data_files"),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(paths: Sequence[Path]) -> Iterator[Function]:
    """Yield all functions of modules."""
    yield from (node for path in paths for node in nodes(path) if isinstance(node, Function))


def returning(paths: Sequence[Path]) -> frozenset[str]:
    """Return the names of the functions that return a `Result`, but for those that other functions have, too."""
    results = {function: ast.unparse(function.returns or ast.Constant(None)) for function in functions(paths)}
    others = {function.name for function, kind in results.items() if not kind.startswith("Result[")}
    return frozenset(function.name for function in results) - others


def called(node: ast.AST | None, results: frozenset[str]) -> str:
    """Return the name of the function that a node calls, if it returns a `Result`."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return function if function in results else ""


def losing(function: ast.AST, results: frozenset[str]) -> Iterator[str]:
    """Yield the calls in a function of whose result a part is dropped: `f().value`, `f()[0]`, `x, _ = f()`, `f()`."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute | ast.Subscript | ast.Expr):
            yield called(node.value, results)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            names = [getattr(item, "id", "") for item in node.targets[0].elts]
            yield called(node.value, results) if "_" in names else ""


def test_no_stage_drops_diagnostics() -> None:
    results = returning(MODULES)
    assert len(results) > 30
    paths = [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in STAGES]
    lost = {(function.name, call) for function in functions(paths) for call in losing(function, results) if call}
    assert lost == LEFT


def test_what_is_dropped_is_seen() -> None:
    calls = "a.f().value\nf()[0]\nx, _ = f()\nf()\nx = f()\nx, y = f()\ntake(f(), y)\n"
    assert list(filter(None, losing(ast.parse(calls), frozenset({"f"})))) == ["f", "f", "f", "f"]
