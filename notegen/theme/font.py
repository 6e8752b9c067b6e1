"""The site's math font: one subset for all its formulas, remembered by the set of their characters."""

from collections.abc import Iterable

import msgspec

from notegen.math.font import MathFont, default_font, font_key, make_font
from notegen.math.font_chars import with_base
from notegen.model.diagnostic import Diagnostic
from notegen.model.source import Asset
from notegen.theme.assets import Reader, read_asset
from notegen.tools.tools import Tools


def math_font(
    glyphs: Iterable[str], own: Asset | None, tools: Tools, read: Reader = read_asset
) -> tuple[MathFont | None, tuple[Diagnostic, ...]]:
    """Return the font for formulas that show these characters; None when there are none.

    `own` is the font that site.yaml names. Diagnostics: math-font. It takes half a second to make, so it is cached.
    """
    used = frozenset(map(ord, frozenset[str]().union(*glyphs)))
    if not used:
        return None, ()
    characters = with_base(used)
    key = font_key(f"{tools.engine} {own.digest if own else ''}", characters)
    data = tools.cache.get_many([key]).get(key)
    if data is not None:
        return msgspec.msgpack.decode(data, type=MathFont), ()
    source = default_font() if own is None else read(own)
    font, problems = make_font(source, characters, own.path if own else "")
    if font is not None:
        tools.cache.put_many({key: msgspec.msgpack.encode(font)})
    return font, problems
