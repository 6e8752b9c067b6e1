"""Being asked to end: SIGTERM and SIGHUP end a process in good order, as Ctrl-C does, once what must be whole is."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

REQUESTS = tuple(signal.Signals[name] for name in ("SIGTERM", "SIGHUP") if name in signal.Signals.__members__)


@contextlib.contextmanager
def stopping_in_order() -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise SystemExit in the main thread, with 128 + their number, as shells number such ends.

    Those that come later are ignored: GNU timeout sends two, and the second must not cut short what the first began. A
    signal that is ignored already stays so: nohup wants that.
    """

    def stop(number: int, _frame: FrameType | None) -> None:
        for request in REQUESTS:
            signal.signal(request, signal.SIG_IGN)
        raise SystemExit(128 + number)

    before = {request: signal.getsignal(request) for request in REQUESTS}
    heeded = {request: handler for request, handler in before.items() if handler is not signal.SIG_IGN}
    if threading.current_thread() is not threading.main_thread():
        heeded = {}
    for request in heeded:
        signal.signal(request, stop)
    try:
        yield
    finally:
        for request, handler in heeded.items():
            if signal.getsignal(request) is stop:
                signal.signal(request, handler)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C, SIGTERM and SIGHUP until the context is left, but for a second Ctrl-C.

    Does nothing in a thread that is not the main one: none of these comes there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []

    def wait(number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and number in waiting:
            raise KeyboardInterrupt
        waiting.append(number)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, *REQUESTS)}
    heeded = {number: handler for number, handler in before.items() if handler not in {signal.SIG_IGN, None}}
    for number in heeded:
        signal.signal(number, wait)
    try:
        yield
    finally:
        for number, handler in heeded.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])
