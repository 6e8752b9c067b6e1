"""Calling pykatex without being brought down by it.

pykatex 0.1 frees a string twice when KaTeX fails with an error that is no parse error of its own (an internal check, an
exhausted stack); the fourth such error ends the process with a corrupted heap. And its JavaScript engine belongs to
the thread that used it first. So it is used in this process, which is quick, from one thread and until the second
such error; after that in a child process, which may die.
"""

import json
import re
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

# Parse errors say where, or are sentences of KaTeX's; pykatex cuts the first 19 characters off all others.
_PARSE_ERROR = re.compile(r"\A![A-Z\\{$]| at (?:position|end of input)")
_BEARABLE = 2  # other errors in one process
_CRASHED = "!KaTeX failed on this formula"


class _Health:
    """How pykatex is in this process. Its state is global to the process, so this is too."""

    def __init__(self) -> None:
        self.errors = 0
        self.thread = threading.get_ident()

    def allows(self) -> bool:
        """True when pykatex may be called here and now."""
        return self.errors < _BEARABLE and self.thread == threading.get_ident()


@cache
def _health() -> _Health:
    return _Health()


def _is_internal(answer: str) -> bool:
    """True for an answer that cost pykatex some of its health."""
    return answer.startswith("!") and not _PARSE_ERROR.search(answer)


class KatexProcess:
    """KaTeX for one note: asked in this process as long as that is safe, else in a child that ends with the note."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._errors = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def ask(self, latex: str, *, display: bool) -> str | None:
        """Return `=` and HTML, or `!` and a message; None when pykatex is not installed."""
        try:
            from notegen.math.katex_worker import answer
        except ImportError:
            return None
        health = _health()
        if not health.allows():
            return self._ask_child(latex, display=display)
        result = answer(latex, display=display)
        health.errors += _is_internal(result)
        return result

    def _ask_child(self, latex: str, *, display: bool) -> str:
        child = self._child or self._start()
        request = json.dumps({"latex": latex, "display": display})
        if child.stdin is None or child.stdout is None:  # never: both are pipes
            return _CRASHED
        try:
            child.stdin.write(request + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except OSError:
            line = ""
        result: str = json.loads(line) if line.endswith("\n") else _CRASHED
        self._errors += _is_internal(result)
        if self._errors >= _BEARABLE or result == _CRASHED:
            self._stop()
        return result

    def _start(self) -> "subprocess.Popen[str]":
        # -P keeps this folder, whose types.py is not the standard library's, off the child's path.
        command = [sys.executable, "-P", str(Path(__file__).with_name("katex_worker.py"))]
        self._errors = 0
        self._child = subprocess.Popen(  # noqa: S603 - our own script
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
        return self._child

    def _stop(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None
