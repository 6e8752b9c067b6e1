"""Syntax rules of extensions: each is watched, so that one that fails is a diagnostic and its text stays text."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

import msgspec

from notegen.extensions.load import FOREIGN_ERRORS, failed, load_extensions
from notegen.extensions.time_bound import bounded
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import ExtensionFile
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import Rule


def extension_rules(files: Iterable[ExtensionFile]) -> Iterator[Rule]:
    """Yield the rules of extensions, in their order."""
    for loaded in load_extensions(files):
        for rule in loaded.value.rules:
            yield msgspec.structs.replace(rule, fn=_watched(rule, loaded.file))


def _watched(rule: Rule, file: ExtensionFile) -> Callable[..., Any]:
    """Return the function of a rule which declines where that raises, or matches without going on."""
    function: Callable[..., Any] = rule.fn
    words = f"{file.path}: {rule.name}"

    @wraps(function)
    def call(state: Any, *arguments: Any) -> Any:
        start = (getattr(state, "pos", 0), getattr(state, "line", 0), getattr(state, "pending", ""), len(state.tokens))
        try:
            matched = bounded(words, function, state, *arguments)
        except FOREIGN_ERRORS as error:
            _report(state, failed(error, file, f"in the rule {rule.name}"))
        else:
            if rule.chain not in {"block", "inline"} or not matched:
                return bool(matched)
            if (state.pos > start[0]) if rule.chain == "inline" else (arguments[-1] or state.line > arguments[0]):
                return True
            message = f"the rule {rule.name} matches, and does not move on behind what it read"
            _report(state, diagnose("extension-value", message, path=file.path))
        if rule.chain in {"block", "inline"}:
            state.tokens[start[3] :] = []
            if rule.chain == "inline":
                state.pos, state.pending = start[0], start[2]
            else:
                state.line = start[1]
        return False

    return call


def _report(state: Any, item: Diagnostic) -> None:
    parse_state(state.env).problems[item] = None
