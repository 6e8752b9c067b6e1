"""The site's math font: one subset for the characters of all its formulas, cached by the set of these.

It takes a third of a second to make, unless it is ready (`ready.py`). Pages only need its URL, which is made of
what goes into the font; so the font is made in a process of its own while they are rendered.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, lookup, store
from notegen.math_font.characters import with_base
from notegen.math_font.font import MathFont, default_font, font_key, make_font
from notegen.math_font.ready import keep_font, kept_font, ready_font
from notegen.model.diagnostic import Result
from notegen.model.output import Inline, OutputFile
from notegen.model.source import Asset
from notegen.system.pool import beside

FONT = Memo("math font", MathFont)


class SiteFont(msgspec.Struct, frozen=True):
    """The font's path below the output folder, "" for none; `wait` returns its file, if there is one."""

    path: str
    wait: Callable[[], Result[tuple[OutputFile, ...]]]


@contextlib.contextmanager
def math_font(glyphs: Iterable[str], chosen: Asset | None, context: BuildContext) -> Iterator[SiteFont]:
    """Start to make the font for formulas that show these characters; there is none when they show none.

    `glyphs`: the characters of each note's formulas. `chosen`: the font that site.yaml names, which is made at once,
    because it may turn out to be none. Diagnostics: math-font.
    """
    used = frozenset(map(ord, frozenset[str]().union(*glyphs)))
    if not used:
        yield SiteFont("", lambda: Result(()))
        return
    characters = with_base(used)
    key = font_key(f"{context.engine} {chosen.digest if chosen else ''}", characters)
    path, request = f"fonts/math.{key[:12]}.woff2", Request("math font", {"font and characters": key})
    cached = lookup(FONT, request, context)
    if cached is None and chosen is None:
        cached = ready_font(characters) or kept_font(characters)
        _store(request, cached, context)
    if cached is not None:
        yield SiteFont(path, lambda: Result(_files(path, cached)))
    elif chosen is not None:
        font, diagnostics = make_font(Path(chosen.location).read_bytes(), characters, chosen.path)
        _store(request, font, context)
        yield SiteFont(path if font else "", lambda: Result(_files(path, font), diagnostics))
    else:
        with beside(_make_default, characters, context.workers) as result:

            def wait() -> Result[tuple[OutputFile, ...]]:
                font, diagnostics = result()
                if font is not None:
                    keep_font(characters, font)
                _store(request, font, context)
                return Result(_files(path, font), diagnostics)

            yield SiteFont(path, wait)


def _make_default(characters: frozenset[int]) -> Result[MathFont | None]:
    return make_font(default_font(), characters, "")


def _store(request: Request, font: MathFont | None, context: BuildContext) -> None:
    if font is not None:
        store(FONT, request, font, context)


def _files(path: str, font: MathFont | None) -> tuple[OutputFile, ...]:
    return (OutputFile(path, font.digest, Inline(font.data)),) if font else ()
