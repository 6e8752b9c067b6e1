"""The site's math font: one subset for the characters of all its formulas, cached by the set of these.

It takes half a second to make. Pages only need its URL, which is made of what goes into the font; so the font is made
in a process of its own while they are rendered.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from notegen.cache.context import Tools
from notegen.cache.memo import hold
from notegen.math_font.characters import with_base
from notegen.math_font.font import MathFont, default_font, font_key, make_font
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import OutputFile
from notegen.model.source import Asset
from notegen.system.pool import beside


class SiteFont(msgspec.Struct, frozen=True):
    """The font's path below the output folder, "" for none; `wait` returns its file, if any, and the diagnostics."""

    path: str
    wait: Callable[[], tuple[tuple[OutputFile, ...], tuple[Diagnostic, ...]]]


@contextlib.contextmanager
def math_font(glyphs: Iterable[str], chosen: Asset | None, tools: Tools) -> Iterator[SiteFont]:
    """Start to make the font for formulas that show these characters; there is none when they show none.

    `glyphs`: the characters of each note's formulas. `chosen`: the font that site.yaml names, which is made at once,
    because it may turn out to be none. Diagnostics: math-font.
    """
    (used,) = hold("glyphs", [""], [tuple(glyphs)], _code_points, tools.held)
    if not used:
        yield SiteFont("", lambda: ((), ()))
        return
    characters = with_base(used)
    key = font_key(f"{tools.engine} {chosen.digest if chosen else ''}", characters)
    path = f"fonts/math.{key[:12]}.woff2"
    data = tools.cache.get_many([key]).get(key)
    if data is not None:
        cached = msgspec.msgpack.decode(data, type=MathFont)
        yield SiteFont(path, lambda: (_files(path, cached), ()))
    elif chosen is not None:
        font, diagnostics = make_font(Path(chosen.location).read_bytes(), characters, chosen.path)
        _store(key, font, tools)
        yield SiteFont(path if font else "", lambda: (_files(path, font), diagnostics))
    else:
        with beside(_make_default, characters, tools.workers) as result:

            def wait() -> tuple[tuple[OutputFile, ...], tuple[Diagnostic, ...]]:
                font, diagnostics = result()
                _store(key, font, tools)
                return _files(path, font), diagnostics

            yield SiteFont(path, wait)


def _code_points(glyphs: tuple[str, ...]) -> frozenset[int]:
    """Return the code points of all notes."""
    return frozenset(map(ord, frozenset[str]().union(*glyphs)))


def _make_default(characters: frozenset[int]) -> tuple[MathFont | None, tuple[Diagnostic, ...]]:
    return make_font(default_font(), characters, "")


def _store(key: str, font: MathFont | None, tools: Tools) -> None:
    if font is not None:
        tools.cache.put_many({key: msgspec.msgpack.encode(font)})


def _files(path: str, font: MathFont | None) -> tuple[OutputFile, ...]:
    return (OutputFile(path, font.digest, font.data),) if font else ()
