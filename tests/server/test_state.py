"""How long the build loop waits for changes to be over, by a clock that goes on as soon as somebody waits."""

import asyncio
import threading
from collections.abc import Iterable
from contextlib import closing
from itertools import count

import pytest

from notegen.server.state import BuildState


class Changes(threading.Condition):
    """What the build loop waits with: nobody waits, the clock goes on to the next change, or to the end of the wait."""

    def __init__(self, moments: Iterable[float]) -> None:
        super().__init__()
        self.now = 0.0
        self._moments = iter(moments)
        self._next = next(self._moments, None)

    def clock(self) -> float:
        """Return the seconds that have passed."""
        return self.now

    def wait(self, timeout: float | None = None) -> bool:
        """Let time pass; a change wakes the loop."""
        end = self.now + (timeout or 0.0)
        if self._next is None or self._next > end:
            self.now = end
            return False
        self.now, self._next = self._next, next(self._moments, None)
        self.state.wake()
        return True

    def settled(self, quiet: float, longest: float) -> float:
        """Return when the loop that was woken at 0 has waited long enough."""
        with closing(asyncio.new_event_loop()) as loop:
            self.state = BuildState(loop, self, self.clock)
            self.state.wake()
            self.state.settle(quiet, longest)
        return self.now


def test_a_change_alone_is_followed_by_a_pause() -> None:
    assert Changes([]).settled(0.25, 2.0) == 0.25


def test_a_burst_of_changes_is_waited_for_until_it_is_over() -> None:
    assert Changes([0.125, 0.25, 0.375, 10.0]).settled(0.25, 2.0) == 0.625


def test_changes_without_end_are_not_waited_for() -> None:
    assert Changes(count(0.125, 0.125)).settled(0.25, 2.0) == pytest.approx(2.0)
