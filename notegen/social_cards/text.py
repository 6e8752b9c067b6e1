"""Which letters the fonts of social cards have, and how a title is broken into lines."""

import bisect
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from unicodedata import decomposition

import msgspec

from notegen.cache.context import BuildContext
from notegen.cache.memo import Memo, Request, lookup, store
from notegen.math_font.font import default_font
from notegen.model.source import Asset
from notegen.text.characters import INVISIBLE
from notegen.text.cjk import FULL_WIDTH, HALF_WIDTH, HAN, HANGUL, KANA, PUNCTUATION, SYMBOLS
from notegen.text.patterns import lazy_regex

CLUSTER = lazy_regex("[^\\S\n]|\\S[\u0300-\u036f\u20d0-\u20ff]*")  # a letter with the accents that stand over it
_UNSEEN = lazy_regex(f"[{INVISIBLE}]")
_HAN = HAN + KANA + HANGUL + PUNCTUATION + SYMBOLS + FULL_WIDTH + HALF_WIDTH
WORD = lazy_regex(rf"[^\S\n]+|[^\s{_HAN}]+|.")  # white space, a word, a Han character
_RAISED = {"<super>": 1, "<sub>": -1}
_CLOSING = frozenset("，。、：；！？）》】」』”’…％·,.:;!?)]}")
_OPENING = frozenset("（《【「『“‘([{")


class Coverage(msgspec.Struct, frozen=True):
    """The characters of a font, as ranges: where each begins, and where it ends."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def has(self, text: str) -> bool:
        """Return whether all characters are there."""
        for char in text:
            at = bisect.bisect_right(self.starts, ord(char)) - 1
            if at < 0 or ord(char) > self.ends[at]:
                return False
        return True


COVERAGE = Memo("coverage", Coverage)


def clean(text: str) -> str:
    """Return a text on one line, without characters that show nothing."""
    return " ".join(_UNSEEN.sub("", text).split())


def coverage(font: Asset | None, context: BuildContext) -> Coverage | None:
    """Return what a font file has (None for `font`: the math font that notegen brings); None when it is no font."""
    request = Request("font" if font else "math font", {"font": font.digest if font else ""})
    covered = lookup(COVERAGE, request, context)
    if covered is None:
        covered = _read(Path(font.location).read_bytes() if font else default_font())
        store(COVERAGE, request, covered, context)
    return covered if covered.starts else None


def _read(data: bytes) -> Coverage:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(BytesIO(data), fontNumber=0, lazy=True) as font:
            # Any names of glyphs will do: those that the font gives them take most of the time to read.
            font.setGlyphOrder([str(glyph) for glyph in range(font["maxp"].numGlyphs)])
            points = sorted(font.getBestCmap() or {})
    except (TTLibError, OSError, ValueError, LookupError, AssertionError):
        return Coverage()
    starts = [point for before, point in zip([-2, *points], points, strict=False) if point != before + 1]
    ends = [point for point, after in zip(points, [*points[1:], -2], strict=True) if after != point + 1]
    return Coverage(tuple(starts), tuple(ends))


class Run(msgspec.Struct, frozen=True):
    """A part of a text in one font: its number, -1 where none has the letters; `raised` by 1 or lowered by -1."""

    font: int
    text: str
    raised: int = 0


def runs(text: str, fonts: Sequence[Coverage]) -> Iterator[Run]:
    """Yield the parts of a text, each in the first font that has its letters.

    A superscript or subscript letter that no font has is the plain letter, raised or lowered.
    """
    pending: Run | None = None
    for cluster in CLUSTER.findall(text):
        run = _run(cluster, fonts)
        if pending and (pending.font, pending.raised) == (run.font, run.raised):
            run = Run(run.font, pending.text + run.text, run.raised)
        elif pending:
            yield pending
        pending = run
    if pending:
        yield pending


def _run(cluster: str, fonts: Sequence[Coverage]) -> Run:
    number = _font(cluster, fonts)
    if number < 0:
        kind, _, plain = decomposition(cluster[0]).partition(" ")
        letter = "".join(chr(int(point, 16)) for point in plain.split()) + cluster[1:]
        if kind in _RAISED and (other := _font(letter, fonts)) >= 0:
            return Run(other, letter, _RAISED[kind])
    return Run(number, cluster)


def _font(text: str, fonts: Sequence[Coverage]) -> int:
    return next((number for number, font in enumerate(fonts) if font.has(text)), -1)


def lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return a text in lines of at most `width` pixels, which `measure` returns for a piece of text.

    Han characters part anywhere, words do not, unless one is too long.
    No line begins with a closing mark or ends with an opening one.
    """
    broken: list[str] = [""]
    used = 0.0
    for piece in _unbreakable(text, width, measure):
        wide = measure(piece)
        if used + measure(piece.rstrip()) > width and broken[-1].strip():
            broken.append(piece)
            used = wide if piece.strip() else 0.0
        else:
            broken[-1] += piece
            used += wide if broken[-1].strip() else 0.0
    return [line.strip() for line in broken if line.strip()]


def _unbreakable(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Yield the parts of a text that stay together."""
    pending = ""
    for part in WORD.findall(text):
        for piece in [part] if measure(part) <= width else CLUSTER.findall(part):
            joins = piece[0] in _CLOSING or (pending and pending[-1] in _OPENING)
            if pending and not joins:
                yield pending
                pending = ""
            pending += piece
    if pending:
        yield pending
