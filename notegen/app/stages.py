"""The stages of one run: each is timed, its value goes on, its diagnostics are joined with all others."""

import contextlib
from collections.abc import Callable
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from notegen.cache.context import BuildContext
from notegen.model.diagnostic import Diagnostic, Result, sort_key

P = ParamSpec("P")
T = TypeVar("T")


class Stages:
    """A context that calls the stages of a run. What was begun beside them ends with it."""

    def __init__(self, context: BuildContext) -> None:
        self._context = context
        self._beside = contextlib.ExitStack()
        self._diagnostics: list[Diagnostic] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beside.__exit__(kind, error, trace)

    def run(self, stage: str, function: Callable[P, Result[T]], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the value of `function(*args, **kwargs)`, its diagnostics kept; its time counts as that of `stage`."""
        with self._context.stage(stage):
            return self.take(function(*args, **kwargs))

    def take(self, result: Result[T]) -> T:
        """Return the value of a result, its diagnostics kept."""
        self._diagnostics += result.diagnostics
        return result.value

    def begin(self, work: contextlib.AbstractContextManager[T]) -> T:
        """Begin what goes on beside the stages, and give what `work` does; it ends with the run."""
        return self._beside.enter_context(work)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All diagnostics so far, each once, by place."""
        return tuple(sorted(dict.fromkeys(self._diagnostics), key=sort_key))
