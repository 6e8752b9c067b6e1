"""The search index, made in a thread of its own after a quiet moment: no edit waits for it, pages show an older one."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from notegen.app.profile import Profile
from notegen.app.session import moment
from notegen.app.toolbox import toolbox
from notegen.build import build
from notegen.model.source import Tree

QUIET = 3.0  # seconds without a change before the index is made


class Indexer:
    """Builds a tree as `notegen build` would, for what that leaves in the cache. `done` is called when it is there."""

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

    def make(self, tree: Tree) -> None:
        """Begin to make the index of a tree, unless another one is being made: then it is asked for again later."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._made = tree
        self._thread = threading.Thread(target=self._run, args=(tree,), name="indexer", daemon=True)
        self._thread.start()

    def _run(self, tree: Tree) -> None:
        with toolbox(self._state, self._given, lambda _stage, _done, _total: None, Profile()) as tools:
            build(tree, tools, moment(self._given["now"]))
        self._done()
