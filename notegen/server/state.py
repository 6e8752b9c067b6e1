"""Where the builder's thread and the server meet: what is wanted, what is there, and who waits for it.

Two counters, after mkdocs' live reload: a wake-up raises `wanted`, a finished look at the disk raises `done`. A request
that comes in between waits for the look that covers it.
"""

import asyncio
import threading
import time

import msgspec

from notegen.server.problem_page import Problem
from notegen.server.snapshot import Snapshot


class State(msgspec.Struct, frozen=True):
    """What browsers are shown: the last good snapshot, the problems of the last look, and whether to follow edits.

    `good` is False for a site that has had errors since the start: there is nothing better to show. `indexing`: an
    index for search is still to come.
    """

    snapshot: Snapshot | None = None
    problems: tuple[Problem, ...] = ()
    follow: bool = True
    good: bool = False
    indexing: bool = False


class Board:
    """Made in the event loop's thread; `wake`, `wanted`, `wait`, `publish` and `stop` may be called from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.state = State()
        self.stopped = False
        self._loop = loop
        self._changed = asyncio.Event()
        self._woken = threading.Condition()
        self._wanted = 1  # the first look
        self._done = 0
        self._last_wake = 0.0

    def wake(self) -> None:
        """Say that the disk may have changed."""
        with self._woken:
            self._wanted += 1
            self._last_wake = time.monotonic()
            self._woken.notify_all()

    def stop(self) -> None:
        """End all waiting, for good."""
        with self._woken:
            self.stopped = True
            self._woken.notify_all()
        self._loop.call_soon_threadsafe(self._announce)

    def wanted(self) -> int:
        """Return the number to give to `publish` after a look that begins now."""
        with self._woken:
            return self._wanted

    def wait(self, seconds: float) -> bool:
        """Wait until there is something to look at. Return False when nothing happened for so long."""
        with self._woken:
            return self._woken.wait_for(lambda: self.stopped or self._wanted > self._done, seconds)

    def settle(self, quiet: float, longest: float) -> None:
        """Wait until nobody has called `wake` for `quiet` seconds, or for `longest` in all."""
        end = time.monotonic() + longest
        with self._woken:
            while not self.stopped:
                left = min(self._last_wake + quiet, end) - time.monotonic()
                if left <= 0:
                    return
                self._woken.wait(left)

    def publish(self, number: int, state: State) -> None:
        """Show a new state; `number` is what `wanted` was before the look that it comes from."""
        with self._woken:
            self._done = max(self._done, number)
            self.state = state
        self._loop.call_soon_threadsafe(self._announce)

    def _announce(self) -> None:
        """Let everybody look again. Runs in the event loop."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def fresh(self, patience: float) -> State:
        """Return the state once it covers everything wanted by now; what there is after `patience` seconds."""
        number, end = self.wanted(), self._loop.time() + patience
        while not self.stopped and (self._done < number or self.state.snapshot is None):
            if self._loop.time() >= end or not await self.change(end - self._loop.time()):
                break
        return self.state

    async def change(self, seconds: float) -> bool:
        """Wait for the next state. Return False when there was none for so long."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return False
        return True
