"""The sites that an editor's files belong to; of each the thread that reads it, and what it came to last."""

import asyncio
import contextlib
import gc
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillBusyError
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec

from notegen.app.context import RunOptions
from notegen.app.site_location import Flags
from notegen.lsp.analysis import Analysis, Analyst
from notegen.lsp.positions import Positions
from notegen.lsp.symbols import Reader
from notegen.scan.config.load import find_config
from notegen.server.watch import Watcher

T = TypeVar("T")
GRACE = 2.0  # seconds that a site is given to end


class LspOptions(msgspec.Struct, frozen=True):
    """What the command line says: of sites and their builds; where the manual explains each code."""

    flags: Flags
    run: RunOptions
    source: Path | None = None  # the one site; None: the nearest folder with a site.yaml above a file
    now: str | None = None
    explained: dict[str, str] = {}


def site_root(file: Path, folders: Iterable[Path], source: Path | None) -> Path | None:
    """Return the root of the site that a file belongs to; None for a file of none.

    That is `source`, else the nearest folder above it with a configuration, but not above the editor's `folders`; else
    the one of these that it is in.
    """
    if source is not None:
        root = source.resolve()
        return root if file.is_relative_to(root) else None
    inside = [folder for folder in folders if file.is_relative_to(folder)]
    top = max(inside, key=lambda folder: len(folder.parts), default=None)
    for folder in file.parents:
        if has_configuration(folder):
            return folder
        if folder == top:
            return top
    return None


def has_configuration(folder: Path) -> bool:
    """Return whether a folder has a site.yaml."""
    try:
        return bool(find_config([path.name for path in folder.iterdir()]))
    except OSError:
        return False


class SiteSession:
    """A site that is read while it is edited. Its methods are called in the event loop; the reading is in a thread."""

    def __init__(self, root: Path, options: LspOptions, disk_changed: Callable[["SiteSession"], None]) -> None:
        self.root = root
        self.buffers: dict[Path, str] = {}
        self.latest: Analysis | None = None
        self.published: dict[str, object] = {}  # the diagnostics that the editor has of each file
        self._flags = msgspec.structs.replace(options.flags, source=root)
        self._options = options
        self._thread = ThreadPoolExecutor(1, "analysis")
        self._analyst: Analyst | None = None
        self._reading = asyncio.Lock()
        self._changes, self._covered = 1, 0
        loop = asyncio.get_running_loop()
        self._watcher = Watcher(partial(self._heard, loop, disk_changed))

    def _heard(self, loop: asyncio.AbstractEventLoop, disk_changed: Callable[["SiteSession"], None]) -> None:
        """Pass on that the disk has changed; in the watcher's thread, which may outlive the loop."""
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(disk_changed, self)

    @property
    def changes(self) -> int:
        """How often anything has changed."""
        return self._changes

    def touch(self) -> None:
        """Say that a buffer or a file has changed."""
        self._changes += 1

    async def analysis(self) -> Analysis:
        """Return the site as it is once all changes up to now are in it."""
        goal = self._changes
        async with self._reading:
            if self.latest is None or self._covered < goal:
                number, buffers = self._changes, dict(self.buffers)
                self.latest = await self.run(lambda: self._opened().analyse(buffers))
                if not self._covered:
                    gc.freeze()  # most of what the first reading makes stays
                self._covered = number
                self._watcher.follow(self.latest.site)
            return self.latest

    async def ask(self, path: str, text: str, encoding: str, question: Callable[[Reader], T]) -> T | None:
        """Return the answer to a question about a note, with all changes in it; None for a site that has errors."""
        analysis = await self.analysis()
        tree = analysis.tree
        if tree is None:
            return None

        def answer() -> T:
            linking = self._opened().linking(tree)
            return question(Reader(path, Positions.of(text, encoding), analysis, linking, self._opened()))

        return await self.run(answer)

    async def run(self, work: Callable[[], T]) -> T:
        """Return what is worked out in the site's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> Analyst:
        if self._analyst is None:
            self._analyst = Analyst(self._flags, self._options.run, self._options.now)
        return self._analyst

    def close(self) -> bool:
        """End the thread; return whether it has ended."""
        self._watcher.stop()
        closing = self._thread.submit(self._analyst.close) if self._analyst else None
        self._thread.shutdown(wait=False)
        try:
            if closing is not None:
                closing.result(GRACE)
        except StillBusyError:
            return False
        return closing is not None or not self._reading.locked()
