"""A script of ours in a child process that answers questions, one JSON text a line: for what cannot be interrupted.

One for each script and process that asks, started with the first question and kept. It ends when its input does, so
with whoever started it. When it dies, of a question or of its bound on time, the next question starts another one.
A script that is about to end closes its input before its last answer: a question that comes then is for the next one.
"""

import atexit
import json
import os
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess


class ScriptProcess:
    """The process of one script, from any thread of its owner."""

    def __init__(self, script: Path, arguments: tuple[str, ...] = ()) -> None:
        self._command = [sys.executable, "-P", str(script), *arguments]  # -P: our folders are off the child's path
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def ask(self, question: object) -> tuple[bool, Any]:
        """Return whether the script answered and what JSON makes of its answer; False when it died of the question."""
        request = json.dumps(question)
        with self._lock:
            if not self._send(request):  # it has ended between two questions
                self._end()
                self._send(request)
            line = self._receive()
        return bool(line), json.loads(line) if line else None

    def close(self) -> None:
        """End the process, if there is one; another question starts another one."""
        if self._child is not None:
            self._child.kill()  # before the lock: who holds it waits for an answer
        with self._lock:
            self._end()

    def _send(self, request: str) -> bool:
        """Return whether the process, which is started where there is none, takes a request."""
        child = self._child = self._child or self._start()
        try:
            if child.stdin is not None:  # always: it is a pipe
                child.stdin.write(request + "\n")
                child.stdin.flush()
        except OSError:
            return False
        return True

    def _receive(self) -> str:
        """Return the line that answers a request; empty when the process has ended, which leaves none."""
        child, line = self._child, ""
        try:
            if child is not None and child.stdout is not None:
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

    def _start(self) -> "subprocess.Popen[str]":
        import subprocess  # takes 3 ms, and most builds start no script

        return subprocess.Popen(  # noqa: S603 - our own script
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )


def script_process(script: Path) -> ScriptProcess:
    """Return the one of this process for a script; a forked process gets its own."""
    return _script_process(script, os.getpid())


@lru_cache(maxsize=8)
def _script_process(script: Path, _process: int) -> ScriptProcess:
    process = ScriptProcess(script)
    atexit.register(process.close)
    return process
