"""KaTeX in a child process: one for each process that asks, started with the first formula and kept.

So it may die of a formula: pykatex 0.1 frees a string twice when KaTeX fails with an error that is no parse error of
its own, and the fourth such error ends its process with a corrupted heap. The worker (worker.py) ends itself
before that, and after a formula that takes too long; the next formula starts another one.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self

from notegen.math.katex.worker import FAILED


class KatexProcess:
    """KaTeX for one process, from any of its threads. The worker ends when this is closed, or its owner dies."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

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
        request = json.dumps({"latex": latex, "display": display})
        with self._lock:
            fresh = self._child is None
            line = self._exchange(request)
            if not line and not fresh:  # it had ended before
                line = self._exchange(request)
        answer: str | None = json.loads(line) if line else FAILED
        return answer

    def close(self) -> None:
        """End the worker, if there is one; another question starts another one."""
        if self._child is not None:
            self._child.kill()  # before the lock: who holds it waits for an answer
        with self._lock:
            self._end()

    def _exchange(self, request: str) -> str:
        """Return the line that answers a request; empty when the worker has ended, which leaves none."""
        child = self._child = self._child or _start()
        line = ""
        try:
            if child.stdin is not None and child.stdout is not None:  # always: both are pipes
                child.stdin.write(request + "\n")
                child.stdin.flush()
                line = child.stdout.readline()
        except OSError:
            line = ""
        finally:
            if not line.endswith("\n"):  # it died, or this was interrupted: what it says next is no answer
                self._end()
                line = ""
        return line

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


def katex_process() -> KatexProcess:
    """Return the one of this process; a forked process gets its own."""
    return _katex_process(os.getpid())


@lru_cache(maxsize=1)
def _katex_process(_process: int) -> KatexProcess:
    process = KatexProcess()
    atexit.register(process.close)
    return process


def _start() -> "subprocess.Popen[str]":
    # -P keeps this folder, whose types.py is not the standard library's, off the child's path.
    command = [sys.executable, "-P", str(Path(__file__).with_name("worker.py"))]
    return subprocess.Popen(  # noqa: S603 - our own script
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
    )
