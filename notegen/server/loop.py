"""The build loop: one thread that scans the disk when it is woken, builds, and publishes the site.

Events only wake it: what changed is found by scanning. So lost, doubled or reordered events cannot corrupt anything.
"""

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

import click
import msgspec

from notegen.app.context import RunOptions, open_context, state_folder
from notegen.app.grouping import condensed
from notegen.app.notebook_places import in_cells
from notegen.app.profile import Profile
from notegen.app.report import as_text, shown, summary
from notegen.app.site_location import Flags, OpenedSite, moment, open_site, scan_site, source_lines
from notegen.build import make_files
from notegen.cache.context import BuildContext
from notegen.cache.memory import MemoryCache
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.output import Build, OutputFile
from notegen.model.source import Tree
from notegen.read import cached_notes
from notegen.render import cached_pages
from notegen.search.index import FOLDER, preview_index
from notegen.server.disk import RememberingDisk
from notegen.server.indexer import INDEX_AFTER, Indexer
from notegen.server.overlay import overlay_entries
from notegen.server.snapshot import changed_pages, make_snapshot
from notegen.server.state import BuildState, SiteState

QUIET = 0.01  # seconds without a change before the first scan: editors write in several steps
BURST = 0.25  # the same, while changes follow one another
BURST_WITHIN = 0.6  # seconds after a build in which a change counts as following
LONGEST = 1.9  # seconds a scan is put off for at most
MISSING = 0.12  # seconds a note that has vanished or become empty is given to come back
ANSWER = 0.005  # seconds in which requests that waited for a build have the processor to themselves
TIDY_AFTER = 0.3  # seconds without a change after which garbage is looked for
LITTER = 5_000  # objects made since the last time from which on it is
HEAP = 20_000  # the same, while changes leave no pause
RESCAN = 30.0  # seconds without any event after which the disk is scanned all the same
ANEW = 300.0  # seconds after which a scan reads every file again
MEMORY = 1_000_000_000  # bytes of notes and pages, as they are encoded, that stay in memory, where requests find them


class ServeOptions(msgspec.Struct, frozen=True):
    """What the command line says: of the site, of each build, and how long a scan without any event is put off."""

    flags: Flags
    run: RunOptions
    now: str | None = None  # see site_location.moment
    colour: bool = False  # whether diagnostics are printed in colours
    poll: float = 0.0  # seconds between scans without any event; 0: wait for events


class BuildLoop(threading.Thread):
    """Runs until the state of builds is stopped. `opened` is called with every site: its folders are to be watched."""

    def __init__(self, options: ServeOptions, build_state: BuildState, opened: Callable[[OpenedSite], None]) -> None:
        super().__init__(name="build loop", daemon=True)
        self.failure: BaseException | None = None
        self._options = options
        self._build_state = build_state
        self._opened = opened
        self._disk = RememberingDisk()
        self._memory = MemoryCache(MEMORY)
        self._scanned: tuple[OpenedSite, Result[Tree]] | None = None
        self._built = Build((), ())
        self._printed: tuple[Diagnostic, ...] = ()
        self._anew = time.monotonic()
        self._indexer: Indexer | None = None
        self._new_index: tuple[OutputFile, ...] | None = None

    def run(self) -> None:
        """Scan and build until stopped. A failure of ours is kept for the main thread, and ends the server."""
        try:
            site = open_site(self._options.flags, self._disk)
            run = self._options.run
            state, _ = state_folder(site, run.cache_dir)
            self._indexer = Indexer(run, state, self._indexed)
            with open_context(state, run, Profile()) as context:
                self._loop(msgspec.structs.replace(context, memory=self._memory))
        except BaseException as error:
            self.failure = error
            raise
        finally:
            self._build_state.stop()

    def _loop(self, context: BuildContext) -> None:
        ended = 0.0
        while True:
            tidy(paused=not self._build_state.wait(TIDY_AFTER))
            woken = self._build_state.wait(self._patience() - TIDY_AFTER)
            if woken and ended:
                following = time.monotonic() - ended < BURST_WITHIN
                self._build_state.settle(BURST if following else QUIET, LONGEST)
            if self._build_state.stopped:
                return
            if self._round(context, woken=woken):
                first, ended = not ended, time.monotonic()
                if first and self._scanned:
                    self._warm_up(self._scanned[1].value, context)
                    gc.freeze()  # the first build's values stay, most of them: none is looked at again

    @staticmethod
    def _warm_up(tree: Tree, context: BuildContext) -> None:
        """Do what the next build will need and the first has not: it should not wait for it."""
        cached_notes.warm_up(tree)
        cached_pages.warm_up(context)

    def _patience(self) -> float:
        """Return how long to wait for an event: less while a search index is still to be made."""
        waiting = (
            self._indexer is not None and self._scanned is not None and self._indexer.wants(self._scanned[1].value)
        )
        return self._options.poll or (INDEX_AFTER if waiting else RESCAN)

    def _indexed(self, files: tuple[OutputFile, ...]) -> None:
        """Build again with the new search index, from the cache or of these files. Runs in the indexer's thread."""
        self._new_index = files
        self._build_state.wake()

    def _round(self, context: BuildContext, *, woken: bool) -> bool:
        """Scan once; build and publish when anything is different. Return whether it was."""
        number, started = self._build_state.requested(), time.perf_counter()
        try:
            site, scanned = self._scan()
            if self._scanned and _went_missing(self._scanned[1].value, scanned.value):
                time.sleep(MISSING)
                site, scanned = self._scan()
        except OSError as error:  # the site's folder is being moved, or its drive is gone: the next scan may be luckier
            click.echo(f"cannot look at the site: {error}", err=True)
            self._build_state.publish(number, self._build_state.current)
            return False
        self._opened(site)
        same = self._scanned == (site, scanned)
        site, scanned = self._scanned if same and self._scanned else (site, scanned)
        tree = scanned.value
        index, self._new_index = self._new_index, None
        if same and index is None:
            self._build_state.publish(number, self._build_state.current)
            if not woken and self._indexer is not None and self._indexer.wants(tree):
                self._indexer.make(tree, self._built)
            return False
        self._scanned = (site, scanned)
        if site.unusable:
            self._built = _unbuilt(site)
        else:
            self._built = Build((), ())  # the new one does not need it: values are freed as others take their place
            self._memory.begin()
            if index:
                preview_index(index, self._memory)
            self._built = make_files(scanned, moment(self._options.now), context)
            self._memory.end()
        self._show(number, site, tree, self._built, started)
        return True

    def _scan(self) -> tuple[OpenedSite, Result[Tree]]:
        """Return the site as it is on the disk now; every few minutes without trust in the memory of it."""
        anew = time.monotonic() - self._anew > ANEW
        self._disk.begin(anew=anew)
        self._anew = time.monotonic() if anew else self._anew
        site = open_site(self._options.flags, self._disk)
        return site, scan_site(site, self._disk)

    def _show(self, number: int, site: OpenedSite, tree: Tree, built: Build, started: float) -> None:
        """Publish a build: all of it, or only its problems while an earlier one without errors stays below them."""
        before = self._build_state.current
        lines = source_lines(site, tree)
        serve = site.config.serve
        built = msgspec.structs.replace(built, diagnostics=in_cells(built.diagnostics, tree))
        problems = overlay_entries(built.diagnostics, lines.__getitem__, site.location.root, serve.editor)
        keep = not built.files or (built.failed and before.good)
        snapshot = before.snapshot if keep else make_snapshot(built, site.config.base_url, before.snapshot)
        good = before.good if keep else not built.failed
        has_index = snapshot is not None and f"{FOLDER}/filters.json" in snapshot.files
        indexing = not has_index and self._indexer is not None and self._indexer.expects(tree)
        self._build_state.publish(number, SiteState(snapshot, problems, serve.follow, good, indexing))
        time.sleep(ANSWER)
        pages = 0 if keep or snapshot is None else changed_pages(snapshot, before.snapshot)
        kept = keep and snapshot is not None
        self._report(built, lines.__getitem__, pages, time.perf_counter() - started, kept=kept)

    def _report(self, built: Build, lines: Any, changed: int, seconds: float, *, kept: bool) -> None:
        """Print the diagnostics, where they differ from those printed last, and a line about the build."""
        run, colour = self._options.run, self._options.colour
        diagnostics = tuple(shown(built.diagnostics, quiet=run.quiet, verbose=run.verbose))
        same = diagnostics == self._printed
        if same and not changed and not kept:
            return  # a new search index, or an edit that no page shows
        if not same:
            self._printed = diagnostics
            for item in diagnostics if run.verbose else condensed(diagnostics):
                click.echo(as_text(item, lines, colour=colour), err=True, color=colour)
        if run.quiet:
            return
        notes = len(built.notes)
        text = summary(notes, built.page_count, built.diagnostics, seconds)
        tail = "; the last good site stays" if kept else f"; {changed} files changed"
        click.echo(f"{time.strftime('%H:%M:%S')} {text}{tail}", err=True)


def tidy(*, paused: bool) -> None:
    """Look for garbage where there is much: builds put it off, and browsers that wait for one come first."""
    if gc.get_count()[0] > (LITTER if paused else HEAP):
        gc.collect()


def _unbuilt(site: OpenedSite) -> Build:
    """Return the build of a site whose configuration is wrong: nothing but what is wrong with it."""
    return Build((), site.diagnostics)


def _went_missing(before: Tree, now: Tree) -> bool:
    """Return whether a note is gone, or empty, that was not: an editor may be in the middle of writing it."""
    there = {file.path for file in now.notes if file.text}
    return any(file.path not in there and file.text for file in before.notes)
