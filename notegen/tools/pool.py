"""Work shared among processes: the same function over many items, results in the order of the items.

Workers get values and return values; they touch neither files nor cache. The output does not depend on their number.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")
CHUNKS = 6  # pieces of work for each worker: enough to even out, few enough to be cheap


def worker_count(limit: int = 8) -> int:
    """Return how many processes are worth starting on this machine."""
    available = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(limit, available))


def run(make: Callable[[S], Callable[[T], R]], state: S, items: Sequence[T], workers: int) -> Iterator[R]:
    """Yield `make(state)(item)` for each item, in order, computed by `workers` processes (here when fewer than two).

    `make` is a function of a module, `state`, items and results are picklable. The work of a worker that dies is done
    here instead, once. An exception of the function is raised here.
    """
    if workers < 2 or len(items) < 2:  # noqa: PLR2004 (one is no company)
        yield from _chunk(make, state, items)
        return
    size = max(1, -(-len(items) // (workers * CHUNKS)))
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    with ProcessPoolExecutor(workers, mp_context=_context(), initializer=_ignore_interrupts) as pool:
        futures = [_submit(pool, make, state, chunk) for chunk in chunks]
        try:
            for chunk, future in zip(chunks, futures, strict=True):
                yield from _result(future, make, state, chunk)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _submit(
    pool: ProcessPoolExecutor, make: Callable[[S], Callable[[T], R]], state: S, chunk: Sequence[T]
) -> "Future[list[R]] | None":
    try:
        return pool.submit(_chunk, make, state, chunk)
    except BrokenProcessPool:
        return None


def _result(
    future: "Future[list[R]] | None", make: Callable[[S], Callable[[T], R]], state: S, chunk: Sequence[T]
) -> list[R]:
    """Return a chunk's results; when its worker died, compute them here."""
    if future is not None:
        try:
            return future.result()
        except BrokenProcessPool:
            pass
    return _chunk(make, state, chunk)


def _chunk(make: Callable[[S], Callable[[T], R]], state: S, chunk: Sequence[T]) -> list[R]:
    function = make(state)
    return [function(item) for item in chunk]


def _context() -> "multiprocessing.context.BaseContext":
    """Return how processes are started: by fork on Linux, where it is quick and we have no threads, else anew."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends the pool."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
