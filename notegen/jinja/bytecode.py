"""The code that Jinja makes of templates, kept from one run to the next in a folder of this user's own.

Compiling takes a tenth of an edit's build. Code that is stored is run: so it is never in the site's folder, where a
restored cache or somebody else may have put it. Where there is no such folder, templates are compiled from their texts.
"""

import io
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from notegen.cache.user_cache import read_own, user_cache, write_own

MOST = 400  # files; a theme has some forty templates


class UserBytecodeCache(jinja2.BytecodeCache):
    """Code of templates, a file each: named by the template's name and path, and by what compiles it.

    Jinja checks by itself that the code is of the same text, and of this version of Python.
    """

    def __init__(self, folder: Path, compiler: str) -> None:
        self._folder = folder
        self._compiler = compiler

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template, if there is any."""
        with suppress(OSError):
            bucket.load_bytecode(io.BytesIO(read_own(self._path(bucket))))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        file = io.BytesIO()
        bucket.write_bytecode(file)
        with suppress(OSError):
            write_own(self._path(bucket), file.getvalue(), MOST)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / sha256(f"{bucket.key} {self._compiler}".encode()).hexdigest()


def bytecode_cache(kind: type[jinja2.Environment]) -> UserBytecodeCache | None:
    """Return the cache for an environment; None where this user has no folder that can be trusted, see `user_cache`."""
    folder = user_cache("templates")
    return UserBytecodeCache(folder, _compiler(kind.__name__)) if folder else None


@lru_cache(maxsize=2)
def _compiler(kind: str) -> str:
    """Return a digest of what else decides over the code: Jinja, and how we have it compile."""
    names = ("environment.py", "bounded.py")
    ours = [Path(__file__).with_name(name).read_bytes() for name in names]
    return sha256(b"\0".join((jinja2.__version__.encode(), kind.encode(), *ours))).hexdigest()
