"""What a command loads at its start: bounded by what is imported and compiled, not by the time that it takes."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import MODULES, name, parsed

# Patterns that every build uses thousands of times, or that a dispatcher looks through.
COMPILED_AT_IMPORT = {
    "notegen/model/output.py",
    "notegen/read/fast_dispatch.py",
}
# What a build without changes needs nothing of, and the libraries that these stages use.
OF_CHANGES = (
    *("notegen.build", "notegen.read", "notegen.link", "notegen.plan", "notegen.render", "notegen.math"),
    *("notegen.math_font", "notegen.search", "notegen.social_cards", "notegen.bibliography", "notegen.init"),
    *("notegen.check", "notegen.server", "jinja2", "markdown_it", "pygments", "fontTools", "PIL"),
    *("difflib", "subprocess", "shutil", "json.encoder", "importlib.resources"),
)
LOADED = (
    "import sys; from notegen.cli.commands import cli; cli(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
)


def test_patterns_of_modules_are_compiled_when_they_are_used() -> None:
    early = {name(path) for path in MODULES if any(_compiles(node) for node in parsed(path).body)}
    assert early - COMPILED_AT_IMPORT == set()


def _compiles(statement: ast.stmt) -> bool:
    """Return whether a statement of a module compiles a pattern when the module is imported."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return False
    calls = (node for node in ast.walk(statement) if isinstance(node, ast.Call))
    return any(ast.unparse(call.func) == "re.compile" for call in calls)


@pytest.mark.slow
def test_a_build_without_changes_loads_nothing_that_makes_a_site(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("# A\n\n$x$\n", encoding="utf-8")
    (tmp_path / "site.yaml").write_text("title: T\nsearch: {enabled: false}\n", encoding="utf-8")
    assert "notegen.read.parser" in _modules("build", tmp_path)
    assert _of(OF_CHANGES, _modules("build", tmp_path)) == []


def test_help_loads_no_part_of_a_build(tmp_path: Path) -> None:
    names = ("commands", "exit_codes", "shared_options")
    known = ("notegen", "notegen.cli", *(f"notegen.cli.{name}" for name in names))
    loaded = [module for module in _modules("--help", tmp_path) if module.startswith("notegen")]
    assert sorted(loaded) == sorted(known)


def _modules(command: str, folder: Path) -> list[str]:
    """Return the modules that a process has loaded when it has run a command in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, command], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.split("\n")[-2].split()


def _of(packages: tuple[str, ...], modules: list[str]) -> list[str]:
    return [module for module in modules if f"{module}.".startswith(tuple(f"{package}." for package in packages))]
