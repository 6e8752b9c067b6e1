"""The search index, made in a thread of its own after a quiet moment: no edit waits for it, pages show an older one."""

import threading
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from notegen.app.context import RunOptions, open_context
from notegen.app.profile import Profile
from notegen.model.output import Build, InCache, OutputFile
from notegen.model.source import Tree
from notegen.search.index import search_index

INDEX_AFTER = 3.0  # seconds without a change before the index is made


class Indexer:
    """Makes the index of a tree and leaves it in the cache for a build.

    `done` is called when it is there, with the files whose bytes no cache holds.
    """

    def __init__(self, options: RunOptions, state: Path, done: Callable[[tuple[OutputFile, ...]], None]) -> None:
        self._options = msgspec.structs.replace(options, preview=False)
        self._state = state
        self._done = done
        self._indexed: Tree | None = None
        self._busy = False

    def wants(self, tree: Tree) -> bool:
        """Return whether the index of this tree is still to be made."""
        return bool(tree.config.search.enabled and tree.indexer and tree.notes) and tree is not self._indexed

    def expects(self, tree: Tree) -> bool:
        """Return whether there will be an index, of this tree or the one before."""
        return self._busy or self.wants(tree)

    def make(self, tree: Tree, built: Build) -> None:
        """Begin to make the index of a build, unless another one is being made: then it is asked for again later."""
        if self._busy:
            return
        self._indexed, self._busy = tree, True
        threading.Thread(target=self._run, args=(tree, built), name="indexer", daemon=True).start()

    def _run(self, tree: Tree, built: Build) -> None:
        files: tuple[OutputFile, ...] = ()
        try:
            with open_context(self._state, self._options, Profile()) as opened:
                if built.site:
                    context = msgspec.structs.replace(opened, background=True)
                    with search_index(built.site, built.notes, tree, context) as wait:
                        files, diagnostics = wait()
                    for diagnostic in diagnostics:
                        click.echo(diagnostic.message, err=True)
        finally:
            self._busy = False
        self._done(tuple(file for file in files if not isinstance(file.content, InCache)))
