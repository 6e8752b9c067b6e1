"""What overrides a library's private parts: a file `fast_*.py` with its gain, its test of equality and its switch."""

import ast
import re
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.source import MODULES, imports, module_name, name, nodes, parsed

FAST = [path for path in MODULES if path.name.startswith("fast_")]


def test_every_fast_path_says_its_gain_its_test_and_its_switch() -> None:
    assert len(FAST) > 1
    for path in FAST:
        text = ast.get_docstring(parsed(path)) or ""
        assert re.search(r"^Gain: [\d.]+ % of the processor time of a cold build", text, re.MULTILINE), name(path)
        tests = re.findall(r"^Equality: `(tests/[\w/]+\.py)`", text, re.MULTILINE)
        assert len(tests) == 1, name(path)
        assert (ROOT / tests[0]).is_file(), tests[0]
        assert "Off with NOTEGEN_PLAIN=1." in text, name(path)
        assert re.search(r"\bIt\s+(?:overrides|uses)\s+`", text), name(path)


def test_whoever_takes_a_fast_path_asks_for_the_switch() -> None:
    fast = {module_name(path) for path in FAST}
    for path in MODULES:
        if path in FAST or "fast_" not in path.read_text("utf-8"):
            continue
        modules = {module for _, imported in imports(parsed(path), module_name(path)) for module in _parents(imported)}
        if modules & fast:
            assert "notegen.system.plain.use_fast_paths" in modules, name(path)


def _parents(imported: str) -> tuple[str, str]:
    return imported, imported.rpartition(".")[0]


def test_no_other_module_imports_a_private_part_of_a_library() -> None:
    ours = [path for path in MODULES if path not in FAST]
    named = {(name(path), imported) for path in ours for _, imported in imports(parsed(path), module_name(path))}
    private = re.compile(r"(?!notegen)\w[\w.]*[.]_(?!_)")
    assert {item for item in named if private.match(item[1])} == {
        ("notegen/read/code/spans.py", "pygments.token._TokenType"),  # a type, for the checker alone
    }


def test_no_other_module_sets_an_attribute_of_a_library() -> None:
    """`library.part = …` in a module that is not a fast path."""
    setting = [f"{name(path)}:{line}" for path in MODULES if path not in FAST for line in _set_of_imported(path)]
    assert setting == []


def _set_of_imported(path: Path) -> list[int]:
    """Return the lines that assign to an attribute of an imported name."""
    names = {
        (alias.asname or alias.name).partition(".")[0]
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    targets = (node for node in nodes(path) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store))
    return [node.lineno for node in targets if isinstance(node.value, ast.Name) and node.value.id in names]
