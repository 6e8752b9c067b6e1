"""The engine's identity: a digest of notegen's own source and of the versions of everything that shapes its output.

It is part of every cache key, so nobody ever bumps a version by hand: another notegen, or another library, finds an
empty cache.
"""

import sys
from importlib import metadata
from pathlib import Path

import notegen
from notegen.model.digest import digest

LIBRARIES = (
    "brotli",
    "fonttools",
    "jinja2",
    "linkify-it-py",
    "markdown-it-py",
    "math-core",
    "mdit-py-plugins",
    "msgspec",
    "pygments",
    "pykatex",
    "pyyaml",
    "ziamath",
)


def engine_digest() -> str:
    """Return the digest of notegen's modules, its libraries' versions, and Python's."""
    package = Path(notegen.__file__).parent
    sources = sorted(path for path in package.rglob("*.py") if "themes" not in path.parts)
    texts = {path.relative_to(package).as_posix(): path.read_bytes() for path in sources}
    return digest(texts, {name: _version(name) for name in LIBRARIES}, sys.version)


def _version(name: str) -> str:
    """Return a library's version; "" when it is not installed, as pykatex may be."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
