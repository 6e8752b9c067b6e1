"""The font of the base characters, ready in the wheel: made when that was built, taken where it would be made alike.

A site whose formulas need no other character then loads no fontTools, and makes no font. `scripts/wheel_font.py` puts
the file into the wheel; a checkout and an editable install have none, and make the font as they did.
"""

from pathlib import Path

from notegen.math_font.characters import BASE
from notegen.math_font.font import MathFont, default_font, font_key, make_font
from notegen.model.digest import digest, digest_bytes
from notegen.system.engine import sources_digest, versions

FOLDER = Path(__file__).parent
_LIBRARIES = ("brotli", "fonttools", "ziamath")  # cuts, packs, and the font itself


def ready_font(characters: frozenset[int], folder: Path = FOLDER) -> MathFont | None:
    """Return the ready font for exactly these characters, byte for byte what `make_font` would make of STIX Two Math.

    None where there is none: for other characters, in a checkout, with other versions of the libraries than those of
    the build. The name of the file says what it was made of.
    """
    if characters != BASE:
        return None
    try:
        data = folder.joinpath(_name()).read_bytes()
    except FileNotFoundError:
        return None
    return MathFont(data, digest_bytes(data))


def write_ready_font(folder: Path) -> Path:
    """Make the font of the base characters in `folder`, under the name by which `ready_font` looks for it."""
    font, diagnostics = make_font(default_font(), BASE, "")
    if font is None:
        raise ValueError(diagnostics[0].message)
    path = folder / _name()
    path.write_bytes(font.data)
    return path


def _name() -> str:
    """Return a name made of what decides the bytes: our code, the libraries; not of Python's version."""
    installed = versions()
    made_of = digest(
        sources_digest(sorted(map(str, FOLDER.glob("*.py")))),
        {name: installed.get(name, "") for name in _LIBRARIES},
    )
    return f"base.{font_key(made_of, BASE)[:32]}.woff2"
