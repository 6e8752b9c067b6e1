"""Where the build loop's thread and the server meet: what is requested, what is there, and who waits for it.

Two counters, after mkdocs' live reload: a wake-up raises `requested`, a finished scan of the disk raises `done`. A
request that comes in between waits for the scan that covers it.
"""

import asyncio
import threading
import time
from collections.abc import Callable

import msgspec

from notegen.server.overlay import OverlayEntry
from notegen.server.snapshot import Snapshot


class SiteState(msgspec.Struct, frozen=True):
    """What browsers are shown: the last good snapshot, the problems of the last scan, and whether to follow edits.

    `good` is False for a site that has had errors since the start: there is nothing better to show. `indexing`: an
    index for search is still to come.
    """

    snapshot: Snapshot | None = None
    problems: tuple[OverlayEntry, ...] = ()
    follow: bool = True
    good: bool = False
    indexing: bool = False


class BuildState:
    """Made in the event loop's thread; `wake`, `requested`, `wait`, `publish`, `stop` may be called from any thread.

    `woken`, `clock`: what threads wait with, and the seconds by which they do.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        woken: threading.Condition | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.current = SiteState()
        self.stopped = False
        self._loop = loop
        self._changed = asyncio.Event()
        self._woken = woken or threading.Condition()
        self._clock = clock
        self._requested = 1  # the first scan
        self._done = 0
        self._last_wake = 0.0

    def wake(self) -> None:
        """Say that the disk may have changed."""
        with self._woken:
            self._requested += 1
            self._last_wake = self._clock()
            self._woken.notify_all()

    def stop(self) -> None:
        """End all waiting, for good."""
        with self._woken:
            self.stopped = True
            self._woken.notify_all()
        self._loop.call_soon_threadsafe(self._announce)

    def requested(self) -> int:
        """Return the number to give to `publish` after a scan that begins now."""
        with self._woken:
            return self._requested

    def wait(self, seconds: float) -> bool:
        """Wait until there is something to scan. Return False when nothing happened for so long."""
        with self._woken:
            return self._woken.wait_for(lambda: self.stopped or self._requested > self._done, seconds)

    def settle(self, quiet: float, longest: float) -> None:
        """Wait until nobody has called `wake` for `quiet` seconds, or for `longest` in all."""
        end = self._clock() + longest
        with self._woken:
            while not self.stopped:
                left = min(self._last_wake + quiet, end) - self._clock()
                if left <= 0:
                    return
                self._woken.wait(left)

    def publish(self, number: int, state: SiteState) -> None:
        """Show a new state; `number` is what `requested` was before the scan that it comes from."""
        with self._woken:
            self._done = max(self._done, number)
            self.current = state
        self._loop.call_soon_threadsafe(self._announce)

    def _announce(self) -> None:
        """Let everybody read the state again. Runs in the event loop."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def fresh(self, patience: float) -> SiteState:
        """Return the state once it covers everything requested by now; what there is after `patience` seconds."""
        number, end = self.requested(), self._loop.time() + patience
        while not self.stopped and (self._done < number or self.current.snapshot is None):
            if self._loop.time() >= end or not await self.change(end - self._loop.time()):
                break
        return self.current

    async def change(self, seconds: float) -> bool:
        """Wait for the next state. Return False when there was none for so long."""
        try:
            await asyncio.wait_for(self._changed.wait(), seconds)
        except TimeoutError:
            return False
        return True
