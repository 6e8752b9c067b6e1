"""What no linter knows of the source: sizes, first lines, residue, names of machines, words that nobody looks up."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.support.paths import ROOT
from tests.support.source import MODULES, TESTS, THEME, lines, name, nodes, parsed, walked

MAX_FILE, MAX_TEST_FILE, MAX_FUNCTION = 350, 550, 60  # lines

# Pieces, so that this file does not hold what it looks for.
MACHINE = re.compile(
    "|".join(("/wo" + "rk/", "/ho" + "me/[a-z]", "/ro" + "ot/", "/Us" + "ers/[A-Za-z]", r"[A-Z]:\\Us" + "ers"))
)
HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "pythonhos" + "ted", "npm" + "js", "proxy" + r"\.golang", "crates" + r"\.io"))
)
RESIDUE = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")

# Words that say nothing to a stranger: as a part of a name, and as a whole name.
BANNED_PARTS = frozenset("told tell tells telling said news held hold shop workshop seam seams".split())
BANNED_NAMES = frozenset("found made given wanted rest own look".split())


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    first = {name(path): (ast.get_docstring(parsed(path)) or "").split("\n")[0].rstrip() for path in MODULES}
    assert {path: line for path, line in first.items() if not line.endswith((".", ":", "?"))} == {}


def test_files_stay_small() -> None:
    beside = [path for folder in ("scripts", "bench") for path in (ROOT / folder).glob("*.py")]
    limits = {path: MAX_TEST_FILE if path in TESTS else MAX_FILE for path in (*MODULES, *TESTS, *THEME, *beside)}
    sizes = {name(path): len(lines(path)) - limit for path, limit in limits.items()}
    assert {path: over for path, over in sizes.items() if over > 0} == {}


def test_functions_stay_small() -> None:
    functions = [
        (path, node)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    sizes = {(name(path), node.name): (node.end_lineno or 0) - node.lineno + 1 for path, node in functions}
    assert {where: size for where, size in sizes.items() if size > MAX_FUNCTION} == {}


def test_modules_print_nothing() -> None:
    """`click.echo` writes to the terminal."""
    calls = [(path, node) for path in MODULES for node in nodes(path) if isinstance(node, ast.Call)]
    named = [(path, node.lineno, node.func.id) for path, node in calls if isinstance(node.func, ast.Name)]
    assert [f"{name(path)}:{line}" for path, line, called in named if called in {"print", "breakpoint"}] == []


def test_no_handler_swallows_every_exception() -> None:
    handlers = [
        (path, node)
        for path in MODULES
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node)
    ]
    caught = {f"{name(path)}:{node.lineno}": ast.unparse(node.type) if node.type else "" for path, node in handlers}
    assert {where: what for where, what in caught.items() if what in {"Exception", "BaseException", ""}} == {}


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
    naming = []
    for path in committed():
        for number, line in enumerate(lines(path), start=1):
            if MACHINE.search(line) or (HOSTS.search(line) and "content" not in path.parts):
                naming.append(f"{name(path)}:{number}: {line.strip()[:100]}")
    assert naming == []


def test_no_file_holds_notes_to_ourselves() -> None:
    residue = []
    for path in (*MODULES, *TESTS, *THEME):
        if not RESIDUE.search(path.read_text("utf-8", errors="replace")):
            continue
        if path.suffix == ".py":
            with path.open("rb") as file:
                words = [(token.start[0], token.string) for token in tokenize.tokenize(file.readline)]
        else:
            words = list(enumerate(lines(path), start=1))
        residue += [f"{name(path)}:{number}: {text.strip()[:80]}" for number, text in words if RESIDUE.search(text)]
    assert residue == []


def test_no_function_remembers_without_bound() -> None:
    """A server lives for days: `functools.cache` is for functions without arguments, others say how much they keep."""
    functions = [(path, node) for path in MODULES for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    unbound = [
        f"{name(path)}: {node.name}"
        for path, node in functions
        if {ast.unparse(decorator) for decorator in node.decorator_list} & {"cache", "functools.cache"}
        and ast.unparse(node.args)
    ]
    assert unbound == []


def test_no_test_measures_time() -> None:
    """A busy machine takes longer: tests count steps, or have a deadline that only ends a hang (support/limits.py)."""
    clocks = re.compile("perf_" + r"counter|process_" + r"time|thread_" + r"time|getload" + r"avg|time\.time\(")
    assert [name(path) for path in TESTS if clocks.search(path.read_text(encoding="utf-8"))] == []


# --- names


def defined(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of everything that a module names itself: not what it uses of others."""
    for node in walked(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr


def is_banned(identifier: str) -> bool:
    """Return whether a name, or a word of it, is one that nobody would look up."""
    words = [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", identifier)]
    return identifier.strip("_").lower() in BANNED_NAMES or bool(BANNED_PARTS.intersection(words))


def banned(paths: list[Path]) -> list[str]:
    """Return where these modules define a banned name."""
    return [
        f"{name(path)}:{line}: {identifier}"
        for path in paths
        for line, identifier in defined(parsed(path))
        if is_banned(identifier)
    ]


def test_names_are_words_that_one_would_look_up() -> None:
    assert banned(list(MODULES)) == []


def defined_by_scripts(text: str) -> Iterator[str]:
    """Yield the identifiers that a script declares, takes as arguments or sets on objects. By pattern: no parser."""
    code = re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL)
    for names in re.findall(r"\b(?:const|let|var|function|class)\s+([\[{][^=]*[\]}](?=\s*(?:=|of))|\w+)", code):
        yield from re.findall(r"[A-Za-z_]\w*", names)
    for names in re.findall(r"\(([\w\s,\[\]{}]*)\)\s*(?:=>|\{)|\b(\w+)\s*=>", code):
        yield from re.findall(r"[A-Za-z_]\w*", " ".join(names))
    yield from re.findall(r"\.(\w+)\s*=(?!=)", code)


def test_names_in_scripts_are_words_that_one_would_look_up() -> None:
    scripts = [path for path in THEME if path.suffix == ".js"] + sorted((ROOT / "notegen").rglob("*.js"))
    seen = {(name(path), one) for path in scripts for one in defined_by_scripts("\n".join(lines(path)))}
    assert {item for item in seen if is_banned(item[1])} == set()
    text = "const [found] = x; for (const made of y) a.given = (told, b) => 1; x.map((own) => { let {rest} = 1; })"
    names = {one for one in defined_by_scripts(text) if is_banned(one)}
    assert names == {"found", "made", "given", "told", "own", "rest"}


def test_banned_names_are_seen_in_every_form() -> None:
    text = "told = 1\nclass HeldThing: pass\ndef f(seam): self._rest = 1\nfor found in []: pass\nwith a as made: pass"
    seen = {identifier for _, identifier in defined(ast.parse(text)) if is_banned(identifier)}
    assert seen == {"told", "HeldThing", "found", "seam", "_rest", "made"}
    assert not any(map(is_banned, ("not_found", "foundry", "retell", "FileNotFoundError", "threshold", "workshops_x")))
