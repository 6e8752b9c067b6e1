"""Work shared among processes, and how many: one function over many items, results in the order of the items.

Workers get values and return values; they touch neither files nor cache. The output does not depend on their number.
A worker ends when its parent does, however that ends.

Why not concurrent.futures: a cold build of 1,000 notes takes the same processor time with its ProcessPoolExecutor
(within 3 %) and the same memory, but it waits for ever when a worker is killed while it sends a result (seen with
Python 3.11 to 3.13): all its workers share one pipe for results. Here each has its own, which ends when it does.
"""

import contextlib
import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from notegen.system.stopping import REQUESTS, uninterrupted

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")
PIECES = 24  # for each worker: enough to even out, few enough to be cheap
AHEAD = 2  # pieces that a forked worker has at a time, so that it never waits for the next
LISTEN = 0.2  # seconds: a signal that comes just before a wait begins is not heeded until the wait ends

Make = Callable[[S], Callable[[T], R]]


def worker_count(limit: int = 8) -> int:
    """Return how many processes are worth starting on this machine."""
    available = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(limit, available))


def run(
    make: Make[S, T, R], state: S, items: Sequence[T], workers: int, context: "BaseContext | None" = None
) -> Iterator[R]:
    """Yield `make(state)(item)` for each item, in order, computed by `workers` processes (here when fewer than two).

    `make` is a function of a module, called once, or in each process; `state`, items and results are picklable. The
    work of a worker that dies is done here instead, once; so an exception of the function is raised here. Closing the
    iterator, as Ctrl-C does, kills the workers. `context` says how processes are started. Where they are forked, the
    first item is done here: what it loads (modules, patterns, dictionaries) is there for all workers, and so is the
    function that has done it.
    """
    if workers < 2 or len(items) < 2:  # noqa: PLR2004 (one needs no pool)
        yield from map(make(state), items)
        return
    context = context or _context()
    if context.get_start_method() != "fork":
        with _Crew(make, state, items, min(workers, len(items)), context) as crew:
            yield from crew.results()
        return
    function, others = make(state), items[1:]
    first = function(items[0])
    with _Crew(_itself, function, others, min(workers, len(others)), context) as crew:
        yield first
        yield from crew.results()


def _itself(function: Callable[[T], R]) -> Callable[[T], R]:
    return function


@contextlib.contextmanager
def beside(function: Callable[[T], R], argument: T, workers: int) -> Iterator[Callable[[], R]]:
    """Begin `function(argument)` in a process of its own, and give what waits for the result.

    `function` is one of a module. Where no process can be forked, or with fewer than two workers, or when the process
    dies, it is called here when its result is wanted. Leaving the context ends the process.
    """
    if workers < 2 or (context := _context()).get_start_method() != "fork":  # noqa: PLR2004 (one needs no pool)
        yield lambda: function(argument)
        return
    ours, theirs = context.Pipe()
    process: BaseProcess = context.Process(  # type: ignore[attr-defined]  # every context has one
        target=_work_once, args=(theirs, function, argument), daemon=True
    )
    with uninterrupted():  # Python forgets what is raised in its own functions around a fork
        process.start()
    theirs.close()

    def result() -> R:
        try:
            while not ours.poll(LISTEN):
                pass
            received: R = ours.recv()
        except (EOFError, OSError):
            return function(argument)
        return received

    try:
        yield result
    finally:
        ours.close()
        process.kill()
        process.join()


class _Crew(Generic[S, T, R]):
    """The workers of one `run`, and what is still to be done. A piece of work is a range of the items' numbers."""

    def __init__(self, make: Make[S, T, R], state: S, items: Sequence[T], workers: int, context: "BaseContext") -> None:
        self._job = (make, state, items)
        self._sent = context.get_start_method() != "fork"  # a piece's items with it, or all are there from the fork
        self._count = workers
        self._context = context
        size = max(1, -(-len(items) // (workers * PIECES)))
        self._waiting = deque(range(start, min(start + size, len(items))) for start in range(0, len(items), size))
        self._processes: list[BaseProcess] = []
        self._busy: dict[Connection, deque[range]] = {}
        self._done: dict[int, list[R]] = {}

    def __enter__(self) -> Self:
        make, state, items = self._job
        for _ in range(self._count):
            ours, theirs = self._context.Pipe()
            process: BaseProcess = self._context.Process(  # type: ignore[attr-defined]  # every context has one
                target=_work, args=(theirs, make, state, () if self._sent else items), daemon=True
            )
            with uninterrupted():
                process.start()
            theirs.close()  # now the pipe ends when the worker does
            self._processes.append(process)
            self._busy[ours] = deque()
        # A large piece is taken once its worker is there: two at a time could wait for each other's pipes.
        for pipe in list(self._busy) * (1 if self._sent else AHEAD):
            self._give(pipe)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._busy:
            pipe.close()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()

    def results(self) -> Iterator[R]:
        """Yield the results in the order of the items."""
        following = 0
        while following < len(self._job[2]):
            while following not in self._done:
                self._receive()
            piece = self._done.pop(following)
            following += len(piece)
            yield from piece

    def _receive(self) -> None:
        """Wait for a piece of work to be done, or do one where no worker lives."""
        if not self._busy:
            self._do(self._waiting.popleft())
            return
        from multiprocessing.connection import wait

        ready = set(wait(self._busy, LISTEN))
        for pipe in [pipe for pipe in self._busy if pipe in ready]:
            try:
                results = pipe.recv()
            except (EOFError, OSError):
                self._bury(pipe)
            else:
                self._done[self._busy[pipe].popleft().start] = results
                self._give(pipe)

    def _give(self, pipe: "Connection") -> None:
        """Give a worker one more piece; when there is none and it has done all it had, it ends."""
        if pipe not in self._busy or (self._busy[pipe] and not self._waiting):
            return
        piece = self._waiting[0] if self._waiting else None
        try:
            pipe.send(list(self._job[2][piece.start : piece.stop]) if piece and self._sent else piece)
        except OSError:
            self._bury(pipe)
            return
        if piece is None:
            del self._busy[pipe]
            pipe.close()
        else:
            self._busy[pipe].append(self._waiting.popleft())

    def _bury(self, pipe: "Connection") -> None:
        """Do here what a worker that has died was doing, its first piece; the others wait for whoever is next."""
        pieces = self._busy.pop(pipe)
        pipe.close()
        first = pieces.popleft() if pieces else None
        self._waiting.extendleft(reversed(pieces))
        if first is not None:
            self._do(first)

    def _do(self, piece: range) -> None:
        make, state, items = self._job
        self._done[piece.start] = list(map(make(state), items[piece.start : piece.stop]))


def _work(pipe: "Connection", make: Make[S, T, R], state: S, items: Sequence[T]) -> None:
    """Do pieces of work until there is none. Ctrl-C is left to the parent, which kills its workers."""
    _become_worker()
    gc.freeze()
    function = make(state)
    try:
        while (piece := _next(pipe)) is not None:
            mine = items[piece.start : piece.stop] if isinstance(piece, range) else piece
            pipe.send(list(map(function, mine)))
    except OSError:  # the parent has gone
        return


def _work_once(pipe: "Connection", function: Callable[[T], R], argument: T) -> None:
    _become_worker()
    with contextlib.suppress(OSError):  # the parent has gone
        pipe.send(function(argument))


def _become_worker() -> None:
    """Let this process, a child by `multiprocessing`, ignore Ctrl-C, and end within moments of its parent.

    A thread waits for that: a pipe that only the parent, and children that it forked later, keep open. These end first.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for request in REQUESTS:
        signal.signal(request, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _next(pipe: "Connection") -> Any:
    """Return the next piece: the numbers of its items, or these themselves; None when there is none."""
    try:
        piece: Any = pipe.recv()
    except EOFError:
        return None
    return piece


def _context() -> "BaseContext":
    """Return how processes are started.

    By fork on Linux, where it is quick and shares the items; anew elsewhere, and where threads make a fork unsafe.
    """
    from multiprocessing import get_context  # takes 3 ms, and most builds start no process

    forks = sys.platform == "linux" and threading.active_count() == 1
    return get_context("fork" if forks else "spawn")
