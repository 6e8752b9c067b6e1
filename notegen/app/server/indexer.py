"""The search index, made in a thread of its own after a quiet moment: no edit waits for it, pages show an older one."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from notegen.app.profile import Profile
from notegen.app.toolbox import toolbox
from notegen.model.output import Build
from notegen.model.source import Tree
from notegen.site.search_index import search_index

QUIET = 3.0  # seconds without a change before the index is made


class Indexer:
    """Makes the index of a tree and leaves it in the cache for a build. `done` is called when it is there."""

    def __init__(self, given: Mapping[str, Any], state: Path, done: Callable[[], None]) -> None:
        self._given = {**given, "preview": False}
        self._state = state
        self._done = done
        self._made: Tree | None = None
        self._thread: threading.Thread | None = None

    def wants(self, tree: Tree) -> bool:
        """Return whether the index of this tree is still to be made."""
        possible = tree.config.search.enabled and tree.indexer and tree.notes and not self._given["no_cache"]
        return bool(possible) and tree is not self._made

    def make(self, tree: Tree, built: Build) -> None:
        """Begin to make the index of a build, unless another one is being made: then it is asked for again later."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._made = tree
        self._thread = threading.Thread(target=self._run, args=(tree, built), name="indexer", daemon=True)
        self._thread.start()

    def _run(self, tree: Tree, built: Build) -> None:
        with toolbox(self._state, self._given, lambda _stage, _done, _total: None, Profile()) as tools:
            if built.site:
                with search_index(built.site, built.notes, tree, tools) as wait:
                    wait()
        self._done()
