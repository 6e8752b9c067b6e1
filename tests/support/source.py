"""The project's own source, for tests of its rules: files, syntax trees, imports."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.paths import ROOT

PACKAGE = ROOT / "notegen"
MODULES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
THEME = sorted(
    path for path in (ROOT / "themes").rglob("*") if path.suffix in {".html", ".css", ".js", ".xml", ".yaml"}
)


def name(path: Path) -> str:
    """Return a file's path below the checkout, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    """Return the lines of a file."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def walked(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return all nodes of a syntax tree; the tree itself is the key."""
    return tuple(ast.walk(tree))


def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all nodes of the syntax tree of a module."""
    return walked(parsed(path))


def module_name(file: Path) -> str:
    """Return a file's dotted name: `notegen/build.py` is notegen.build, `__init__.py` is its package."""
    parts = ("notegen", *file.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(tree: ast.Module, module: str, *, is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) of every import of `module`, also inside functions and under TYPE_CHECKING.

    `from notegen.link import toc` names notegen.link.toc. A name computed at run time is reported as "?".
    """
    for node in walked(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: len(module.split(".")) - node.level + is_package]
                base = ".".join([*parents, base]).rstrip(".")
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _imports_by_name(node.func):
            first = node.args[0] if node.args else None
            yield node.lineno, first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else "?"


def _imports_by_name(function: ast.expr) -> bool:
    called = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return called in {"import_module", "__import__"}


def packages() -> Iterator[Path]:
    """Yield every package's folder, notegen's own first."""
    yield from (file.parent for file in MODULES if file.name == "__init__.py")


def subpackages(folder: Path) -> list[str]:
    """Return the names of the packages right below a package."""
    return sorted(path.parent.name for path in folder.glob("*/__init__.py"))
