"""Filters of extensions: what one raises is reported at its line."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import jinja2

from notegen.extensions.load import FOREIGN_ERRORS, failed, load_extensions
from notegen.extensions.time_bound import bounded
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import ExtensionFile


class FilterFailedError(jinja2.TemplateRuntimeError):
    """A filter of an extension has failed; `diagnostic` says where."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def extension_filters(files: Iterable[ExtensionFile]) -> dict[str, Callable[..., Any]]:
    """Return the filters of extensions by name."""
    return {
        name: _watched(name, function, loaded.file)
        for loaded in load_extensions(files)
        for name, function in loaded.value.filters.items()
    }


def _watched(name: str, function: Callable[..., Any], file: ExtensionFile) -> Callable[..., Any]:
    @wraps(function)
    def call(*values: Any, **named: Any) -> Any:
        try:
            return bounded(f"{file.path}: {name}", function, *values, **named)
        except FOREIGN_ERRORS as error:
            raise FilterFailedError(failed(error, file, f"in the filter {name}")) from error

    return call
