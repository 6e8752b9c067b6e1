"""Packages are layers: an import goes to a lower layer or stays in its own package. Read with `ast`, nothing is run."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from graphlib import CycleError, TopologicalSorter

from tests.support.cases import all_cases
from tests.support.source import MODULES, PACKAGE, imports, module_name, packages, parsed, subpackages

LAYERS = {
    "__init__": 0,  # the version
    "model": 0,
    "text": 0,
    "routes": 1,
    "yaml": 1,
    "system": 1,
    "cache": 2,
    "dialects": 2,
    "extensions": 2,
    "jinja": 3,
    "math": 2,
    "notebooks": 2,
    "diagrams": 3,
    "math_font": 3,
    "bibliography": 4,
    "scan": 4,
    "read": 4,
    "link": 4,
    "plan": 4,
    "search": 4,
    "social_cards": 4,
    "render": 4,
    "emit": 4,
    "init": 5,
    "new": 5,
    "rename": 5,
    "reference": 5,
    "app": 6,
    "export": 6,
    "importers": 6,
    "check": 6,
    "build": 7,
    "rebuild": 8,
    "server": 8,
    "lsp": 9,
    "cli": 10,
    "__main__": 11,
}
# Inside a package, the packages that it holds, lowest first: each may import those before it.
ORDER = {
    "notegen.cli": ("export", "init", "reference", "writing"),
    "notegen.link": ("addresses", "targets", "sections", "files", "bodies", "relations"),
    "notegen.dialects": ("front_matter", "programs"),
    "notegen.math": ("mathml", "latex", "packages", "katex", "numbering", "plain_text", "polyfill"),
    "notegen.math.packages": ("chemistry", "diagrams"),
    "notegen.read": (
        "code",
        "front_matter",
        "includes",
        "syntax",
        "notebooks",
        "shortcodes",
        "html",
        "document",
        "diagrams",
        "foreign",
    ),
    "notegen.read.syntax": (
        *("raw_html", "math", "links", "callouts", "attributes", "cross_references", "diagrams", "algorithms"),
        *("cjk", "tabs", "latex_text", "shortcodes", "citations", "programs", "templated"),
    ),
    "notegen.read.syntax.programs": ("mdx", "myst", "quarto", "pandoc", "mkdocs", "obsidian", "several"),
    "notegen.read.syntax.shortcodes": ("themes", "media"),
    "notegen.system": ("children", "photos", "pictures"),
    "notegen.scan": ("config", "citations", "added"),
}
DATA = frozenset({"themes"})  # what a wheel puts into the package
Graph = Mapping[str, AbstractSet[str]]


def folder_of(name: str) -> str:
    """Return the layer's folder (or file) of a dotted name."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def violations(text: str | ast.Module, own: str, *, is_package: bool = False) -> list[str]:
    """Return what a module with this text and dotted name imports against the layers."""
    here = folder_of(own)
    wrong = []
    for line, name in imports(ast.parse(text) if isinstance(text, str) else text, own, is_package=is_package):
        if name == "?":
            wrong.append(f"{own}:{line} imports a name made at run time")
        if name.partition(".")[0] != "notegen":
            continue
        there = folder_of(name)
        there = there if there in LAYERS else "__init__"  # `from notegen import __version__`
        if there != here and LAYERS[there] >= LAYERS[here] and there != "__init__":
            wrong.append(f"{own}:{line} imports {name}: layer {LAYERS[there]} from layer {LAYERS[here]}")
    return wrong


def test_imports_go_down_or_stay_in_their_folder() -> None:
    wrong = [violations(parsed(file), module_name(file), is_package=file.name == "__init__.py") for file in MODULES]
    assert [line for lines in wrong for line in lines] == []


def test_every_folder_and_file_at_the_top_has_a_layer() -> None:
    found = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert found - DATA == set(LAYERS), "a new folder needs a layer here and in ARCHITECTURE.md"


def test_the_package_itself_imports_nothing_of_its_own() -> None:
    tree = parsed(PACKAGE / "__init__.py")
    assert [name for _, name in imports(tree, "notegen", is_package=True) if name.startswith("notegen")] == []


# --- packages inside packages


@cache
def module_imports() -> frozenset[tuple[str, str]]:
    """Return (importing, imported) of every two of our modules; a package counts as the module of its `__init__`."""
    known = {module_name(file) for file in MODULES}
    return frozenset(_module_imports(known))


def _module_imports(known: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    for file in MODULES:
        own = module_name(file)
        for _, name in imports(parsed(file), own, is_package=file.name == "__init__.py"):
            there = name if name in known else name.rpartition(".")[0]  # the module of an imported function
            if there in known and there != own:
                yield own, there


def siblings(package: str, pairs: AbstractSet[tuple[str, str]]) -> Graph:
    """Return which modules and packages right below a package import which of their siblings."""
    graph = defaultdict(set)
    start = f"{package}."
    for own, there in pairs:
        if own.startswith(start) and there.startswith(start):
            here, target = (name.removeprefix(start).split(".")[0] for name in (own, there))
            if here != target:
                graph[here].add(target)
    return graph


def circle(graph: Graph) -> list[str]:
    """Return the names of one circle of a graph, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        names: list[str] = error.args[1]
        return names
    return []


def test_no_package_and_no_module_imports_in_a_circle() -> None:
    graphs = {module_name(folder / "__init__.py"): folder for folder in packages()}
    circles = {package: circle(siblings(package, module_imports())) for package in graphs}
    assert {package: names for package, names in circles.items() if names} == {}


def test_a_circle_is_seen() -> None:
    pairs = {("notegen.a.x", "notegen.b"), ("notegen.b.y.z", "notegen.c"), ("notegen.c.w", "notegen.a.v")}
    assert sorted(set(circle(siblings("notegen", pairs)))) == ["a", "b", "c"]
    assert circle(siblings("notegen", pairs - {("notegen.c.w", "notegen.a.v")})) == []
    assert circle(siblings("notegen.a", pairs)) == []


def test_packages_inside_a_package_import_in_their_order() -> None:
    wrong = []
    for package, order in ORDER.items():
        for own, targets in siblings(package, module_imports()).items():
            later = targets & set(order[order.index(own) + 1 :]) if own in order else set()
            wrong += [f"{package}.{own} imports {package}.{target}" for target in sorted(later)]
    assert wrong == []


def test_every_package_that_holds_packages_declares_their_order() -> None:
    inside = {module_name(folder / "__init__.py"): subpackages(folder) for folder in packages() if folder != PACKAGE}
    assert {package: sorted(order) for package, order in ORDER.items()} == {
        package: names for package, names in inside.items() if len(names) > 1
    }


@all_cases(
    "text",
    [
        "import notegen.plan.plan",
        "from notegen.link import published_notes",
        "from notegen.link.published_notes import published",
        "from notegen import link",
        "from ..link import published_notes",
        "def f():\n    from notegen.cli.commands import main",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from notegen.render.render import render_page",
        "import importlib\nimportlib.import_module('notegen.build')",
        "import importlib\nimportlib.import_module(name)",
    ],
)
def test_a_wrong_import_in_any_form_is_seen(text: str) -> None:
    assert len(violations(text, "notegen.read.read")) == 1


@all_cases(
    "text",
    [
        "from notegen.read.document.headings import slugify",
        "from notegen.math.render import render_formulas",
        "from . import text",
        "from ..model.note import Note",
        "from notegen import __version__",
        "import yaml, markdown_it.token",
    ],
)
def test_a_right_import_is_allowed(text: str) -> None:
    assert violations(text, "notegen.read.read") == []
