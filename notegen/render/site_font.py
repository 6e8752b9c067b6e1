"""The site's math font: one subset for all its formulas, remembered by the set of their characters.

It takes a fifth of a second to make. Pages only need its address, which is made of what goes into the font; so it is
made beside them.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, lookup, store
from notegen.math_font.characters import with_base
from notegen.math_font.font import MathFont, default_font, font_key, make_font
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import Inline, OutputFile
from notegen.model.result import Result
from notegen.model.source import Asset
from notegen.render.theme.assets import Reader, read_asset
from notegen.system.pool import beside

FONT = Memo("math font", MathFont)


class FontInMaking(msgspec.Struct, frozen=True):
    """The font's path below the output folder, "" for none, and how to wait for its file."""

    path: str
    wait: Callable[[], Result[tuple[OutputFile, ...]]]


@contextlib.contextmanager
def math_font(
    glyphs: Iterable[str], own: Asset | None, context: BuildContext, read: Reader = read_asset
) -> Iterator[FontInMaking]:
    """Give the font for formulas that show these characters, none when there are none.

    `glyphs`: the characters of each note. `own` is the font that site.yaml names; it is made at once, because it may
    turn out to be none. Diagnostics: math-font.
    """
    used = frozenset(map(ord, frozenset[str]().union(*glyphs)))
    if not used:
        yield FontInMaking("", lambda: Result(()))
        return
    characters = with_base(used)
    key = font_key(f"{context.engine} {own.digest if own else ''}", characters)
    path, request = f"fonts/math.{key[:12]}.woff2", Request("math font", {"font and characters": key})
    known = lookup(FONT, request, context)
    if known is not None:
        yield FontInMaking(path, lambda: Result(_file(path, known)))
    elif own is not None:
        font, diagnostics = make_font(read(own), characters, own.path)
        _store(request, font, context)
        yield FontInMaking(path if font else "", lambda: Result(_file(path, font), diagnostics))
    else:
        with beside(_make, characters, context.workers) as result:

            def wait() -> Result[tuple[OutputFile, ...]]:
                font, diagnostics = result()
                _store(request, font, context)
                return Result(_file(path, font), diagnostics)

            yield FontInMaking(path, wait)


def _make(characters: frozenset[int]) -> tuple[MathFont | None, tuple[Diagnostic, ...]]:
    return make_font(default_font(), characters, "")


def _store(request: Request, font: MathFont | None, context: BuildContext) -> None:
    if font is not None:
        store(FONT, request, font, context)


def _file(path: str, font: MathFont | None) -> tuple[OutputFile, ...]:
    return (OutputFile(path, font.digest, Inline(font.data)),) if font else ()
