"""What a build is given to work with: the cache, the engine's identity, how many processes, whom to tell."""

from collections.abc import Callable

import msgspec

from notegen.tools.cache import Cache, NoCache

Progress = Callable[[str, int, int], None]  # stage, done, total
Explain = Callable[[str, str, str], None]  # what was done ("read", "render"), to what, why


class Tools(msgspec.Struct, frozen=True):
    """Tools change how fast a build is, never its result. `engine` is part of every cache key."""

    cache: Cache = NoCache()
    engine: str = ""
    workers: int = 1
    progress: Progress = lambda _stage, _done, _total: None
    explain: Explain | None = None
