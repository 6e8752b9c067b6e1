"""A bound on how long a function of an extension runs: one that hangs raises, as if it had raised itself.

In the main thread of a process the system's alarm does it, which ends a wait for a socket or a sleep, too. In others (a
server's builds), and where there is no alarm, a thread looks at what is running: Python can be interrupted from there
between two of its own steps only, so what waits in C is named on stderr instead.
"""

import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import ParamSpec, TypeVar

import click
import msgspec

P = ParamSpec("P")
T = TypeVar("T")
LIMIT = 60.0  # seconds of one call: what an extension makes of a whole site may take a while
PATIENCE = 5.0  # seconds after which what could not be interrupted is named
_INTERVAL = 0.5  # seconds between two looks
_STEPS = 1000  # of Python, at one of which what was asked to be raised in a thread is raised


class ExtensionTimeoutError(BaseException):
    """A function of an extension did not come to an end. It is no Exception, which such a function may catch."""


class _Running(msgspec.Struct, eq=False):
    """A call: since when, of what, whether it was interrupted, has raised that, and was named."""

    since: float
    name: str
    interrupted: bool = False
    raised: bool = False
    is_named: bool = False


class _Watch:
    """The calls that are running, by their threads, innermost last."""

    def __init__(self) -> None:
        self._calls: dict[int, list[_Running]] = {}
        self._changing = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, name: str) -> _Running:
        """Note that a call begins in this thread."""
        call = _Running(time.monotonic(), name)
        with self._changing:
            self._calls.setdefault(threading.get_ident(), []).append(call)
            if self._thread is None or not self._thread.is_alive():  # of a forked process none is
                self._thread = threading.Thread(target=self._watch, name="extensions", daemon=True)
                self._thread.start()
        return call

    def end(self, call: _Running) -> None:
        """Note that a call has ended; an interruption that has not come yet comes here.

        To withdraw it instead would leave Python looking for one at each of its steps, in all threads, for ever.
        """
        try:
            self._forget(call)
            for _ in range(_STEPS if call.interrupted and not call.raised else 0):
                pass
        except ExtensionTimeoutError:
            self._forget(call)
            if not call.interrupted:  # it is meant for the call around this one
                raise

    def _forget(self, call: _Running) -> None:
        thread = threading.get_ident()
        with self._changing:
            calls = self._calls.get(thread, [])
            if call in calls:
                calls.remove(call)
            if not calls:
                self._calls.pop(thread, None)

    def _watch(self) -> None:
        while True:
            time.sleep(_INTERVAL)
            now = time.monotonic()
            with self._changing:
                for thread, calls in self._calls.items():
                    self._heed(thread, calls[0], now)

    @staticmethod
    def _heed(thread: int, call: _Running, now: float) -> None:
        if not call.interrupted and now - call.since > LIMIT:
            call.interrupted = True
            error = ctypes.py_object(ExtensionTimeoutError)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error)
        elif call.interrupted and not call.is_named and now - call.since > LIMIT + PATIENCE:
            call.is_named = True
            click.echo(f"waiting for the extension {call.name}, which does not end; Ctrl-C stops the build", err=True)


_WATCH = _Watch()


def bounded(name: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return `function(*args, **kwargs)`; raise ExtensionTimeoutError where that takes longer than LIMIT.

    `name`: of the extension and its function, for people.
    """
    is_main = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    with _alarm() if is_main else _watched(name):
        return function(*args, **kwargs)


@contextlib.contextmanager
def _alarm() -> Iterator[None]:
    """Bound what is inside by an alarm; inside of another one that one holds."""
    if signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise ExtensionTimeoutError(_words())


def _words() -> str:
    return f"it has not ended after {LIMIT:g} seconds"


@contextlib.contextmanager
def _watched(name: str) -> Iterator[None]:
    """Bound what is inside by the thread that looks at calls."""
    call = _WATCH.begin(name)
    try:
        yield
    except ExtensionTimeoutError as error:  # raised from outside, without words; it has the line
        call.raised = True
        raise ExtensionTimeoutError(_words()).with_traceback(error.__traceback__) from None
    finally:
        _WATCH.end(call)
