"""A progress bar on the terminal, for builds that take longer than a second."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DELAY = 1.0  # seconds before the bar appears
PAUSE = 0.1  # seconds between two looks of it
_WORDS = {"read": "reading notes", "render": "making pages"}


class Bar:
    """A context whose `advance` is told of every step; shows nothing where stderr is no terminal."""

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled and sys.stderr.isatty()
        self._started = time.perf_counter()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._drawn = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def advance(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of `stage` are finished."""
        if not self._enabled or (self._progress is None and time.perf_counter() - self._started < DELAY):
            return
        if self._progress is None:
            self._progress = self._start()
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(_WORDS.get(stage, stage), total=total)
        self._progress.update(self._tasks[stage], completed=done)
        if time.perf_counter() - self._drawn > PAUSE:
            self._drawn = time.perf_counter()
            self._progress.refresh()

    @staticmethod
    def _start() -> "Progress":
        """Start the bar without a thread of its own: processes may yet be forked."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        progress = Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False)
        progress.start()
        return progress
