"""Folders are layers: an import goes to a lower layer or stays in its own folder. Read with `ast`, nothing is run."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT

PACKAGE = ROOT / "notegen"
LAYERS = {
    "__init__": 0,  # the version
    "model": 0,
    "text": 0,
    "routes": 1,
    "yaml": 1,
    "system": 1,
    "cache": 2,
    "math": 2,
    "math_font": 2,
    "scan": 3,
    "read": 3,
    "link": 3,
    "plan": 3,
    "search": 3,
    "social_cards": 3,
    "render": 3,
    "emit": 3,
    "build": 4,
    "app": 5,
    "server": 6,
    "cli": 7,
    "__main__": 8,
}
DATA = frozenset({"themes"})  # what a wheel puts into the package
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(file: Path) -> str:
    """Return a file's dotted name: `notegen/routes.py` is notegen.routes, `__init__.py` is its package."""
    parts = ("notegen", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def folder_of(name: str) -> str:
    """Return the layer's folder (or file) of a dotted name."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(tree: ast.Module, own: str, *, is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import, also inside functions and under TYPE_CHECKING.

    `from notegen.link import toc` names notegen.link.toc. A name computed at run time is reported as "?".
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = own.split(".")[: len(own.split(".")) - node.level + is_package]
                base = ".".join([*parents, base]).rstrip(".")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _imports_by_name(node.func):
            first = node.args[0] if node.args else None
            yield node.lineno, first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else "?"


def _imports_by_name(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"import_module", "__import__"}


def violations(text: str, own: str, *, is_package: bool = False) -> list[str]:
    """Return what a module with this text and dotted name imports against the layers."""
    here = folder_of(own)
    wrong = []
    for line, name in imports(ast.parse(text), own, is_package=is_package):
        if name == "?":
            wrong.append(f"{own}:{line} imports a name made at run time")
        if name.partition(".")[0] != "notegen":
            continue
        there = folder_of(name)
        there = there if there in LAYERS else "__init__"  # `from notegen import __version__`
        if there != here and LAYERS[there] >= LAYERS[here] and there != "__init__":
            wrong.append(f"{own}:{line} imports {name}: layer {LAYERS[there]} from layer {LAYERS[here]}")
    return wrong


@pytest.mark.parametrize("file", MODULES, ids=module_name)
def test_imports_go_down_or_stay_in_their_folder(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert violations(text, module_name(file), is_package=file.name == "__init__.py") == []


def test_every_folder_and_file_at_the_top_has_a_layer() -> None:
    found = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert found - DATA == set(LAYERS), "a new folder needs a layer here and in ARCHITECTURE.md"


def test_the_package_itself_imports_nothing_of_its_own() -> None:
    text = (PACKAGE / "__init__.py").read_text(encoding="utf-8")
    assert [
        name for _, name in imports(ast.parse(text), "notegen", is_package=True) if name.startswith("notegen")
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "import notegen.plan.plan",
        "from notegen.link import select",
        "from notegen.link.select import published",
        "from notegen import link",
        "from ..link import select",
        "def f():\n    from notegen.cli.main import main",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from notegen.render.render import render_page",
        "import importlib\nimportlib.import_module('notegen.build')",
        "import importlib\nimportlib.import_module(name)",
    ],
)
def test_a_wrong_import_in_any_form_is_seen(text: str) -> None:
    assert len(violations(text, "notegen.read.read")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from notegen.read.plain_text import slugify",
        "from notegen.math.render import render_formulas",
        "from . import text",
        "from ..model.note import Note",
        "from notegen import __version__",
        "import yaml, markdown_it.token",
    ],
)
def test_a_right_import_is_allowed(text: str) -> None:
    assert violations(text, "notegen.read.read") == []
