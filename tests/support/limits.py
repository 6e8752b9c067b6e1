"""Bounds on work that a busy machine does not move: steps that are counted, and a deadline that only ends a hang."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

DEADLINE = 180.0  # seconds for what another process does in less than one on a quiet machine
HANG = 60.0  # seconds of processor time for what takes one or two; quadratic work on these inputs takes minutes
GROWTH = 6  # at most, for four times the input: linear work has 4, quadratic 16
SLACK = 2_000  # steps that do not depend on the input


def wait_until(true: Callable[[], object], what: str, said: Callable[[], str] = str) -> None:
    """Wait until something is true; without it by DEADLINE, fail with `what` and the text of `said`."""
    end = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < end, f"no {what} within {DEADLINE} s\n{said()}"
        time.sleep(0.02)


def steps(work: Callable[[], object]) -> int:
    """Return how many lines and calls of Python `work` runs in this thread: the same on every machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event != "return"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """Check that `work` of four times the size takes at most about four times the steps."""
    work(1)  # what is done once, such as imports and compiled patterns
    small, large = steps(lambda: work(size)), steps(lambda: work(4 * size))
    assert large <= GROWTH * small + SLACK, f"{small:,} steps for {size:,}, {large:,} for four times as much"


@contextmanager
def ends(seconds: float = HANG) -> Iterator[None]:
    """Fail when the block takes this much processor time: it would not have ended soon.

    For work that steps of Python do not show, such as that of regular expressions.
    """
    if not hasattr(signal, "setitimer"):  # Windows
        yield
        return

    def too_long(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"no end within {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
