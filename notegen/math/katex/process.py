"""KaTeX in a child process: one for each process that asks, started with the first formula and kept.

So it may die of a formula: pykatex 0.1 frees a string twice when KaTeX fails with an error that is no parse error of
its own, and the fourth such error ends its process with a corrupted heap. The worker (worker.py) ends itself
before that, and after a formula that takes too long; the next formula starts another one.
"""

import atexit
import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from notegen.math.katex.worker import FAILED
from notegen.system.children.script_process import ScriptProcess


class KatexProcess:
    """KaTeX for one process, from any of its threads. The worker ends when this is closed, or its owner dies."""

    def __init__(self) -> None:
        self._process = ScriptProcess(Path(__file__).with_name("worker.py"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, latex: str, *, display: bool) -> str | None:
        """Return `=` and HTML, or `!` and a message; None when KaTeX is not installed."""
        if find_spec("pykatex") is None:
            return None
        answered, answer = self._process.ask({"latex": latex, "display": display})
        return answer if answered else FAILED

    def close(self) -> None:
        """End the worker, if there is one; another question starts another one."""
        self._process.close()


def katex_process() -> KatexProcess:
    """Return the one of this process; a forked process gets its own."""
    return _katex_process(os.getpid())


@lru_cache(maxsize=1)
def _katex_process(_process: int) -> KatexProcess:
    process = KatexProcess()
    atexit.register(process.close)
    return process
