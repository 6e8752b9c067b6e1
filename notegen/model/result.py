"""What a stage returns: a value, and what the author should hear of."""

from typing import Generic, NamedTuple, TypeVar

from notegen.model.diagnostic import Diagnostic

T = TypeVar("T")


class Result(NamedTuple, Generic[T]):
    """A value and the diagnostics of making it. `app.stages.Stages` takes the value out and keeps the diagnostics."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def take(result: Result[T], diagnostics: list[Diagnostic]) -> T:
    """Return the value of a result, and add its diagnostics to a list."""
    diagnostics.extend(result.diagnostics)
    return result.value
