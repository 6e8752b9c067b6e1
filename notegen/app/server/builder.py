"""The builder: one thread that looks at the disk when it is woken, builds, and publishes what it made.

Events only wake it: what changed is found by scanning. So lost, doubled or reordered events cannot corrupt anything.
"""

import gc
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import click
import msgspec

from notegen.app.profile import Profile
from notegen.app.report import as_text, shown, summary
from notegen.app.server.board import Board, State
from notegen.app.server.memory import RememberingDisk
from notegen.app.server.problems import problems_of
from notegen.app.server.snapshot import changed_pages, make_snapshot
from notegen.app.session import Flags, Session, look, moment, open_site, source_lines
from notegen.app.toolbox import state_folder, toolbox
from notegen.build import build
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import Build
from notegen.model.source import Tree
from notegen.tools.tools import Tools

QUIET = 0.03  # seconds without a change before the first look: editors write in several steps
BURST = 0.25  # the same, while changes follow one another
BURST_WITHIN = 0.6  # seconds after a build in which a change counts as following
LONGEST = 1.5  # seconds a look is put off for at most
MISSING = 0.12  # seconds a note that has vanished or become empty is given to come back
RESCAN = 30.0  # seconds without any event after which the builder looks all the same
ANEW = 10  # every how many of those looks reads every file again


class Options(msgspec.Struct, frozen=True):
    """What the command line says. `given`: the flags of the tools, quiet, verbose and now."""

    flags: Flags
    given: Mapping[str, Any]
    poll: float = 0.0  # seconds between looks without any event; 0: wait for events


class Builder(threading.Thread):
    """Runs until the board is stopped. `opened` is told of every session, so that the right folders are watched."""

    def __init__(self, options: Options, board: Board, opened: Callable[[Session], None]) -> None:
        super().__init__(name="builder", daemon=True)
        self.failure: BaseException | None = None
        self._options = options
        self._board = board
        self._opened = opened
        self._disk = RememberingDisk()
        self._seen: tuple[Session, Tree] | None = None
        self._said: tuple[Diagnostic, ...] = ()
        self._idle = 0

    def run(self) -> None:
        """Look and build until stopped. A failure of ours is kept for the main thread, and ends the server."""
        try:
            session = open_site(self._options.flags, self._disk)
            given = self._options.given
            state, _ = state_folder(session, given["cache_dir"])
            with toolbox(state, given, lambda _stage, _done, _total: None, Profile()) as tools:
                self._loop(tools)
        except BaseException as error:
            self.failure = error
            raise
        finally:
            self._board.stop()

    def _loop(self, tools: Tools) -> None:
        ended = 0.0
        while True:
            woken = self._board.wait(self._options.poll or RESCAN)
            if woken and ended:
                following = time.monotonic() - ended < BURST_WITHIN
                self._board.settle(BURST if following else QUIET, LONGEST)
            if self._board.stopped:
                return
            self._idle = 0 if woken else self._idle + 1
            if not woken and not self._options.poll:
                gc.collect()  # builds put it off
            if self._round(tools):
                ended = time.monotonic()

    def _round(self, tools: Tools) -> bool:
        """Look once; build and publish when anything is different. Return whether it was."""
        number, started = self._board.wanted(), time.perf_counter()
        try:
            session, tree = self._look(anew=self._idle % ANEW == ANEW - 1)
            if self._seen and _went_missing(self._seen[1], tree):
                time.sleep(MISSING)
                session, tree = self._look()
        except OSError as error:  # the site's folder is being moved, or its drive is gone: the next look may be luckier
            click.echo(f"cannot look at the site: {error}", err=True)
            self._board.publish(number, self._board.state)
            return False
        self._opened(session)
        if self._seen == (session, tree):
            self._board.publish(number, self._board.state)
            return False
        self._seen = (session, tree)
        built = _unbuilt(session) if session.unusable else build(tree, tools, moment(self._options.given["now"]))
        self._show(number, session, tree, built, started)
        return True

    def _look(self, *, anew: bool = False) -> tuple[Session, Tree]:
        """Return the site as it is on the disk now."""
        self._disk.begin(anew=anew)
        session = open_site(self._options.flags, self._disk)
        return session, look(session, self._disk)

    def _show(self, number: int, session: Session, tree: Tree, built: Build, started: float) -> None:
        """Publish a build: all of it, or only its problems while an earlier one without errors stays below them."""
        before = self._board.state
        lines = source_lines(session, tree)
        serve = session.config.serve
        problems = problems_of(built.diagnostics, lines.__getitem__, session.place.root, serve.editor)
        keep = built.failed and before.snapshot is not None
        snapshot = before.snapshot if keep else None
        if snapshot is None and built.files:
            snapshot = make_snapshot(built, session.config.base_url, before.snapshot)
        self._board.publish(number, State(snapshot, problems, serve.follow))
        pages = 0 if keep or snapshot is None else changed_pages(snapshot, before.snapshot)
        self._report(built, lines.__getitem__, pages, time.perf_counter() - started, kept=keep)

    def _report(self, built: Build, lines: Any, changed: int, seconds: float, *, kept: bool) -> None:
        """Tell the terminal: the problems, where they differ from those told last, and a line about the build."""
        given = self._options.given
        found = tuple(shown(built.diagnostics, quiet=given["quiet"], verbose=given["verbose"]))
        if found != self._said:
            self._said = found
            for item in found:
                click.echo(as_text(item, lines, colour=given["colour"]), err=True, color=given["colour"])
        if given["quiet"]:
            return
        notes = len(built.notes)
        text = summary(notes, built.page_count, built.diagnostics, seconds)
        tail = "; the last good site stays" if kept else f"; {changed} files changed"
        click.echo(f"{time.strftime('%H:%M:%S')} {text}{tail}", err=True)


def _unbuilt(session: Session) -> Build:
    """Return the build of a site whose configuration is wrong: nothing but what is wrong with it."""
    return Build((), session.problems)


def _went_missing(before: Tree, now: Tree) -> bool:
    """Return whether a note is gone, or empty, that was not: an editor may be in the middle of writing it."""
    texts = {file.path: file.text for file in now.notes}
    return any(file.text and not texts.get(file.path) for file in before.notes)
