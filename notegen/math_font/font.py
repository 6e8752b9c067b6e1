"""The math font of a site: STIX Two Math, or the site's own, cut down to the glyphs that its formulas use."""

import struct
from importlib.util import find_spec
from pathlib import Path

import msgspec

from notegen.math_font.subset import cut_to_woff2, open_font
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Result
from notegen.model.digest import digest, digest_bytes

FAMILY = "Notegen Math"
_OF_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    ValueError,
)


class MathFont(msgspec.Struct, frozen=True):
    """A font for the site's formulas: a woff2 file and the digest of its bytes."""

    data: bytes
    digest: str


def font_face(url: str) -> str:
    """Return the `@font-face` rule (CSS) for the font at `url` (percent-encoded, as it stands in a stylesheet).

    `font-display: block`: until the font is there formulas are blank, for at most three seconds. Shown earlier they
    would be set with a text font, which has no MATH table: roots and braces that do not stretch, and then a second
    layout of the whole page. Pages with math preload the font, so the wait is short. No `unicode-range`: browsers take
    a formula's measures from the first font that has the space, and that must be this one.
    """
    return (
        f'@font-face {{\n  font-family: "{FAMILY}";\n  src: url("{url}") format("woff2");\n  font-display: block;\n}}\n'
    )


def default_font() -> bytes:
    """Return STIX Two Math, a ttf file, as it comes with the ziamath package.

    Copyright 2001-2020 The STIX Fonts Project Authors, SIL Open Font License 1.1: subsets may be embedded and passed on
    under the same licence, and no font name is reserved. The notices stay in the `name` table of each subset.
    """
    spec = find_spec("ziamath")  # importing the package would load its own renderer, and a warning with it
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package ziamath, which holds the math font, is not installed")
    return Path(spec.origin).with_name("fonts").joinpath("STIXTwoMath-Regular.ttf").read_bytes()


def font_key(source_digest: str, characters: frozenset[int]) -> str:
    """Return the key under which the subset of one font to one set of characters may be cached."""
    return digest("math-font", source_digest, tuple(sorted(characters)))


def make_font(source: bytes, characters: frozenset[int], path: str) -> Result[MathFont | None]:
    """Return a font with the glyphs of `characters` (code points) only, or None and the diagnostic `math-font`.

    `source`: a ttf, otf or woff2 file with a MATH table; `path` is where messages say that it is. Size variants and
    parts of stretchy signs, roots and accents come along; characters that the font lacks are left out. It takes half a
    second: cache it by `font_key`.
    """
    import brotli
    from fontTools.misc.psCharStrings import CharStringCompileError
    from fontTools.ttLib import TTLibError

    # fontTools has one exception for files that are no fonts; damaged tables end in these (found by damaging some).
    damage = (TTLibError, CharStringCompileError, brotli.error, struct.error, *_OF_DAMAGE)
    try:
        font = open_font(source)
        if "MATH" in font and font.getBestCmap():
            data = cut_to_woff2(font, characters)
            return Result(MathFont(data, digest_bytes(data)), ())
        message = "this font has no MATH table, so browsers cannot set formulas with it"
    except damage as error:
        detail = (str(error) or type(error).__name__).splitlines()[0]
        message = f"this is not a font that can be read: {detail[:80]}"
    hint = "name a .ttf, .otf or .woff2 file with a MATH table, such as STIX Two Math or Latin Modern Math"
    return Result(None, (diagnose("math-font", message, path=path, hint=hint),))
