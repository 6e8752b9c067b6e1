"""The site's math font: one subset for all its formulas, remembered by the set of their characters.

It takes a fifth of a second to make. Pages only need its address, which is made of what goes into the font; so it is
made beside them.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import hold
from notegen.math_font.characters import with_base
from notegen.math_font.font import MathFont, default_font, font_key, make_font
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import OutputFile
from notegen.model.source import Asset
from notegen.render.theme.assets import Reader, read_asset
from notegen.system.pool import beside

Made = tuple[MathFont | None, tuple[Diagnostic, ...]]


class FontInMaking(msgspec.Struct, frozen=True):
    """The font's path below the output folder, "" for none, and how to wait for its file and what is wrong with it."""

    path: str
    wait: Callable[[], tuple[tuple[OutputFile, ...], tuple[Diagnostic, ...]]]


@contextlib.contextmanager
def math_font(
    glyphs: Iterable[str], own: Asset | None, context: BuildContext, read: Reader = read_asset
) -> Iterator[FontInMaking]:
    """Give the font for formulas that show these characters, none when there are none.

    `own` is the font that site.yaml names; it is made at once, because it may turn out to be none. Diagnostics:
    math-font.
    """
    (used,) = hold("glyphs", [""], [tuple(glyphs)], _used, context.held)
    if not used:
        yield FontInMaking("", lambda: ((), ()))
        return
    characters = with_base(used)
    key = font_key(f"{context.engine} {own.digest if own else ''}", characters)
    path = f"fonts/math.{key[:12]}.woff2"
    data = context.cache.get_many([key]).get(key)
    if data is not None:
        known = msgspec.msgpack.decode(data, type=MathFont)
        yield FontInMaking(path, lambda: (_file(path, known), ()))
    elif own is not None:
        font, problems = make_font(read(own), characters, own.path)
        _keep(key, font, context)
        yield FontInMaking(path if font else "", lambda: (_file(path, font), problems))
    else:
        with beside(_make, characters, context.workers) as result:

            def wait() -> tuple[tuple[OutputFile, ...], tuple[Diagnostic, ...]]:
                font, problems = result()
                _keep(key, font, context)
                return _file(path, font), problems

            yield FontInMaking(path, wait)


def _used(glyphs: tuple[str, ...]) -> frozenset[int]:
    """Return the characters of all notes."""
    return frozenset(map(ord, frozenset[str]().union(*glyphs)))


def _make(characters: frozenset[int]) -> Made:
    return make_font(default_font(), characters, "")


def _keep(key: str, font: MathFont | None, context: BuildContext) -> None:
    if font is not None:
        context.cache.put_many({key: msgspec.msgpack.encode(font)})


def _file(path: str, font: MathFont | None) -> tuple[OutputFile, ...]:
    return (OutputFile(path, font.digest, font.data),) if font else ()
