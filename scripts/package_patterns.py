"""All regular expressions of notegen and how each is used: those in globals and tables, and those in functions.

Nobody has to list them: modules are imported, their globals looked through, and the calls of `re` in their functions
found in the syntax trees. Of a pattern made at run time, what is not known yet stands as the letter x.

A pattern that is used as it may be at each position of a text is taken to be. Where that is wrong, a comment beside
(or above) it says why, which is read here: `tried once …` (a text, a line), or `bounded by NAME`, a constant beside it.
"""

import ast
import builtins
import copy
import importlib
import inspect
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

import notegen
from notegen.text.patterns import LazyPattern

_CALL = re.compile(r"\bre\.[a-z]")
_ONCE = re.compile(r"#.*\btried once\b")
_BOUNDED = re.compile(r"#.*\bbounded by ([A-Z_]+)\b")

Pattern = re.Pattern[Any]  # of text or bytes


class Use(NamedTuple):
    """A pattern, where it stands, its mode, and the most characters of a text it is used on, 0 for any number.

    The mode is "match" or "fullmatch" where it is tried from one position only, else "finditer", whatever the method.
    """

    name: str
    pattern: Pattern
    mode: str
    bound: int = 0


class Source(NamedTuple):
    """A module with its source: lines, and syntax tree."""

    module: ModuleType
    lines: list[str]
    tree: ast.Module


@cache
def uses() -> tuple[Use, ...]:
    """Return all patterns of notegen, each once, with the mode that costs most of those it is used in."""
    same: dict[tuple[Any, int], list[Use]] = {}
    for source in filter(None, map(_source, all_modules())):
        for use in (*_of_globals(source), *_of_functions(source)):
            same.setdefault((use.pattern.pattern, use.pattern.flags), []).append(use)
    return tuple(group[0]._replace(mode=min(use.mode for use in group)) for group in same.values())


@cache
def all_modules() -> tuple[ModuleType, ...]:
    """Import and return the modules of notegen, but those that run the program, and the one that makes patterns."""
    infos = pkgutil.walk_packages(notegen.__path__, "notegen.")
    names = [info.name for info in infos if not info.name.endswith(("__main__", ".text.patterns"))]
    return tuple(map(importlib.import_module, names))


def _source(module: ModuleType) -> Source | None:
    """Return a module with its source; None for one without patterns, whose syntax tree would take long for nothing."""
    text = inspect.getsource(module)
    if not _CALL.search(text) and not any(True for value in vars(module).values() for _ in _patterns_in(value)):
        return None
    return Source(module, text.split("\n"), ast.parse(text))


# --- in globals


def _of_globals(source: Source) -> Iterator[Use]:
    nodes = [*ast.walk(source.tree)]
    loads = Counter(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    calls: dict[str, list[ast.Call]] = {}
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        calls.setdefault(_global_of(call), []).append(call)
    for name, value in vars(source.module).items():
        patterns = list(_patterns_in(value))
        mode = _mode(loads[name], calls.get(name, [])) if patterns else ""
        if not mode:  # imported, and used elsewhere
            continue
        if getattr(value, "__name__", "") == "fullmatch":  # the method of a pattern
            mode = "fullmatch"
        comment = _comment(name, source)
        bounded = _BOUNDED.search(comment)
        bound = vars(source.module)[bounded[1]] if bounded else 0
        mode = "match" if mode == "finditer" and _ONCE.search(comment) else mode
        yield from (Use(f"{source.module.__name__}.{name}", pattern, mode, bound) for pattern in patterns)


def _patterns_in(value: Any) -> Iterator[Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LazyPattern):
        yield value.compiled
    elif isinstance(value, dict):
        yield from (pattern for item in value.values() for pattern in _patterns_in(item))
    elif isinstance(value, tuple | list):
        yield from (pattern for item in value for pattern in _patterns_in(item))
    elif isinstance(getattr(value, "__self__", None), re.Pattern):  # a method of one
        yield value.__self__


def _mode(loads: int, calls: Sequence[ast.Call]) -> str:
    """Return the mode of a global that is read so often in its module, and so called; "" where it is not used."""
    return "" if not loads else min(map(_mode_of, calls)) if len(calls) == loads else "finditer"


def _global_of(call: ast.Call) -> str:
    """Return `NAME` of `NAME.method(…)` and `NAME[…].method(…)`."""
    value = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    value = value.value if isinstance(value, ast.Subscript) else value
    return value.id if isinstance(value, ast.Name) else ""


def _mode_of(call: ast.Call) -> str:
    """Return the mode of `pattern.method(…)`: matching from a position on may be done at all of a text."""
    method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return method if method == "fullmatch" or (method == "match" and len(call.args) == 1) else "finditer"


def _comment(name: str, source: Source) -> str:
    """Return the lines of the statement that makes a global, with a comment right above."""
    for node in source.tree.body:
        if name in _names_of(node):
            above = source.lines[max(0, node.lineno - 2)]
            lines = source.lines[node.lineno - 1 : node.end_lineno]
            return "\n".join([above, *lines] if above.startswith("#") else lines)
    return ""


def _names_of(node: ast.stmt) -> set[str]:
    """Return the names that a statement assigns or imports."""
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


# --- in functions


# The functions of `re` that take a pattern -> how many arguments stand before the flags.
_FUNCTIONS = {
    **dict.fromkeys(("re.search", "re.match", "re.fullmatch", "re.findall", "re.finditer"), 2),
    "re.compile": 1,
    "re.split": 3,
    "re.sub": 4,
}


def _of_functions(source: Source) -> Iterator[Use]:
    if not any(name in line for line in source.lines if "re." in line for name in _FUNCTIONS):
        return  # most modules have patterns in globals only
    for function in (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef)):
        called = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        calls = [(call, name) for call in called if (name := _name_of(call)) in _FUNCTIONS]
        if not calls:
            continue
        names = _Names(vars(source.module), function)
        for call, name in calls:
            flags = [word.value for word in call.keywords if word.arg == "flags"]
            flags += call.args[_FUNCTIONS[name] :]
            pattern = re.compile(names.value(call.args[0]), names.value(flags[0]) if flags else 0)
            mode = name.removeprefix("re.") if name in {"re.match", "re.fullmatch"} else "finditer"
            yield Use(f"{source.module.__name__}.{function.name}", pattern, mode)


def _name_of(call: ast.Call) -> str:
    """Return `re.name` of a call of such a function; "" of another one."""
    if not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, ast.Name):
        return ""
    return f"re.{call.func.attr}" if call.func.value.id == "re" else ""


class _Names(ast.NodeTransformer):
    """The names that an expression in a function may use: globals, and the texts that its variables are given."""

    def __init__(self, known: dict[str, Any], function: ast.FunctionDef) -> None:
        self._known = {**vars(builtins), **known}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.JoinedStr | ast.Constant):
                for target in node.targets:
                    self._known[ast.unparse(target)] = self.value(node.value)

    def value(self, node: ast.expr) -> Any:
        """Return what an expression is worth."""
        expression = ast.fix_missing_locations(ast.Expression(self.visit(copy.deepcopy(node))))
        return eval(compile(expression, "<pattern>", "eval"), self._known)  # noqa: S307 (our own source)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Return "x" for what is not known."""
        return node if node.id in self._known else ast.Constant("x")

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        """Return "x" for what depends on something unknown."""
        names = [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]
        return node if all(name in self._known for name in names) else ast.Constant("x")
