"""What options say of how a shell completes their values. Imported by every run: it imports nothing heavy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def completed(name: str, *more: str) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """Return what completes a value in a shell: a function of cli.reference.completion, given the site's folder."""

    def values(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[Any]:
        from notegen.cli.reference import completion

        offered: list[Any] = getattr(completion, name)(Path(context.params.get("source") or "."), *more, incomplete)
        return offered

    return values
