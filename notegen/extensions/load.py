"""Extensions loaded: the one place that runs code which is not ours, and the diagnostics where that fails.

A module is loaded once in a process for each text that it has: a server that sees it change loads it anew, and other
processes, which are given its text, load it themselves.
"""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from types import ModuleType
from typing import Any

import msgspec

from notegen.extensions.api import EXTENSION_API, Extension
from notegen.extensions.time_bound import ExtensionTimeoutError, bounded
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import ExtensionFile

GROUP = "notegen.extensions"  # of entry points
FOREIGN_ERRORS = (
    Exception,
    SystemExit,
    ExtensionTimeoutError,
)  # whatever code that is not ours may raise, but what asks us to stop
_RULE_FIELDS = ("chain", "name", "fn", "starts", "before")


class LoadedExtension(msgspec.Struct, frozen=True):
    """An extension, and what is wrong with it; one that cannot be used adds nothing."""

    file: ExtensionFile
    value: Extension
    diagnostics: tuple[Diagnostic, ...] = ()


def load_extensions(files: Iterable[ExtensionFile]) -> tuple[LoadedExtension, ...]:
    """Return the extensions. Diagnostics of each: extension-error, extension-value."""
    return tuple(map(_loaded, files))


@lru_cache(maxsize=32)
def _loaded(file: ExtensionFile) -> LoadedExtension:
    try:
        value = bounded(f"{file.path}: extension()", _called, file)
    except FOREIGN_ERRORS as error:
        return LoadedExtension(file, Extension(0), (failed(error, file, "while it was loaded"),))
    problems = tuple(_problems(value))
    if not problems:
        return LoadedExtension(file, value)
    diagnostics = tuple(diagnose("extension-value", problem, path=file.path) for problem in problems)
    return LoadedExtension(file, Extension(0), diagnostics)


def _called(file: ExtensionFile) -> Any:
    """Return what the function `extension` of a module returns."""
    return _function(file)()


def _function(file: ExtensionFile) -> Callable[[], Any]:
    """Return the function `extension` of a module."""
    if file.entry:
        from importlib.metadata import EntryPoint

        installed: Callable[[], Any] = EntryPoint(file.name, file.entry, GROUP).load()
        return installed
    module = ModuleType(f"notegen_extension_{file.name}")
    module.__file__ = file.path
    sys.modules[module.__name__] = module  # where the types of its own classes are looked up
    exec(compile(file.text, file.path, "exec"), module.__dict__)  # noqa: S102 - site.yaml names it
    function: Callable[[], Any] = module.__dict__["extension"]
    return function


def _problems(value: object) -> Iterator[str]:
    """Yield what is wrong with what an extension returned."""
    if not isinstance(value, Extension):
        yield f"extension() returns {_kind(value)}; it is to return an Extension of notegen.extensions.api"
        return
    if value.api != EXTENSION_API:
        yield f"it is written for version {value.api!r} of the contract; this notegen has {EXTENSION_API}"
    if not isinstance(value.rules, tuple) or not all(
        all(hasattr(rule, key) for key in _RULE_FIELDS) for rule in value.rules
    ):
        yield f"rules: {_kind(value.rules)}; expected a tuple of notegen.read.syntax.rule.Rule"
    filters = value.filters
    if not isinstance(filters, dict) or not all(isinstance(name, str) and callable(filters[name]) for name in filters):
        yield f"filters: {_kind(filters)}; expected a dict of names and functions"
    if value.pages is not None and not callable(value.pages):
        yield f"pages: {_kind(value.pages)}; expected a function"
    if not isinstance(value.checks, tuple) or not all(map(callable, value.checks)):
        yield f"checks: {_kind(value.checks)}; expected a tuple of functions"


def _kind(value: object) -> str:
    return "None" if value is None else f"a value of the type {type(value).__name__}"


def failed(error: BaseException, file: ExtensionFile, occasion: str) -> Diagnostic:
    """Return the diagnostic of what an extension raised, at the last line of its own that was run."""
    line = error.lineno or 0 if isinstance(error, SyntaxError) and error.filename == file.path else 0
    frames = traceback.extract_tb(error.__traceback__)
    line = line or next((item.lineno or 0 for item in reversed(frames) if item.filename.endswith(file.path)), 0)
    words = str(error).partition("\n")[0]
    if isinstance(error, KeyError) and words == "'extension'":
        words, kind = "it has no function `extension`", ""
    else:
        kind = f"{type(error).__name__}: " if words else type(error).__name__
    return diagnose("extension-error", f"{kind}{words} ({occasion})", path=file.path, line=line)
