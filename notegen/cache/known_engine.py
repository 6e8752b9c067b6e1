"""The engine's identity, known from the last run where no file of notegen's code was changed since."""

from contextlib import suppress
from hashlib import sha256

from notegen.cache.user_cache import read_own, user_cache, write_own
from notegen.model.digest import digest
from notegen.system.engine import engine_digest, source_files, sources_digest

_MOST = 8  # installations that are remembered


def known_engine_digest() -> str:
    """Return `engine_digest` of the code that is installed.

    Six hundred files are not read for it again: what they came to is kept in the user's own folder, with the time and
    the size of each. By these Python decides whether to run what it compiled, so a change that they hide is not run.
    """
    files = source_files()
    folder = user_cache("engine")
    if folder is None:
        return engine_digest(sources_digest(files))
    state = digest(files)
    path = folder / sha256("\n".join(files).encode()).hexdigest()[:32]
    with suppress(OSError, ValueError):
        before, _, sources = read_own(path).decode("ascii").partition(" ")
        if before == state and sources:
            return engine_digest(sources)
    sources = sources_digest(files)
    with suppress(OSError):
        write_own(path, f"{state} {sources}".encode(), _MOST)
    return engine_digest(sources)
