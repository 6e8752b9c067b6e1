"""Fonts that need not be made: that of the base characters, ready in the wheel; others, made for an earlier build.

A site whose formulas need no other character then loads no fontTools. `scripts/wheel_font.py` puts the file into the
wheel; a checkout and an editable install have none. What a build has made is kept in the user's own folder, for when
the cache of its site is gone or another site shows the same characters: it takes a third of a second. Both are taken
only where the same bytes would be made again, as the name of the file says.
"""

from contextlib import suppress
from pathlib import Path

from notegen.cache.user_cache import read_own, user_cache, write_own
from notegen.math_font.characters import BASE
from notegen.math_font.font import MathFont, default_font, font_key, make_font
from notegen.model.digest import digest, digest_bytes
from notegen.system.engine import sources_digest, versions

FOLDER = Path(__file__).parent
MOST = 40  # fonts that are kept, of some 50 KB
_LIBRARIES = ("brotli", "fonttools", "ziamath")  # cuts, packs, and the font itself


def ready_font(characters: frozenset[int], folder: Path = FOLDER) -> MathFont | None:
    """Return the ready font for exactly these characters, byte for byte what `make_font` would make of STIX Two Math.

    None where there is none: for other characters, in a checkout, with other versions of the libraries than those of
    the build.
    """
    if characters != BASE:
        return None
    try:
        data = folder.joinpath(_name(characters)).read_bytes()
    except FileNotFoundError:
        return None
    return MathFont(data, digest_bytes(data))


def kept_font(characters: frozenset[int]) -> MathFont | None:
    """Return the font for these characters that an earlier build of this user has kept whole, or None."""
    folder = user_cache("fonts")
    if folder is None:
        return None
    try:
        digest, _, data = read_own(folder / _name(characters)).partition(b"\n")
    except OSError:
        return None
    return MathFont(data, digest_bytes(data)) if digest.decode("latin-1") == digest_bytes(data) else None


def keep_font(characters: frozenset[int], font: MathFont) -> None:
    """Keep a font that `make_font` has made of STIX Two Math, if this user has a folder for it."""
    folder = user_cache("fonts")
    if folder is not None:
        with suppress(OSError):
            write_own(folder / _name(characters), font.digest.encode() + b"\n" + font.data, MOST)


def write_ready_font(folder: Path) -> Path:
    """Make the font of the base characters in `folder`, under the name by which `ready_font` looks for it."""
    font, diagnostics = make_font(default_font(), BASE, "")
    if font is None:
        raise ValueError(diagnostics[0].message)
    path = folder / _name(BASE)
    path.write_bytes(font.data)
    return path


def _name(characters: frozenset[int]) -> str:
    """Return a name of what decides the bytes: characters, our code, the libraries; not Python's version."""
    installed = versions()
    made_of = digest(
        sources_digest(sorted(map(str, FOLDER.glob("*.py")))),
        {name: installed.get(name, "") for name in _LIBRARIES},
    )
    return f"{'base' if characters == BASE else 'math'}.{font_key(made_of, characters)[:32]}.woff2"
