"""Math fonts, made once while a process of tests runs: a hundred small sites have formulas of the same characters."""

from notegen.math_font.font import MathFont, make_font
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest_bytes

_Made = tuple[MathFont | None, tuple[Diagnostic, ...]]


class MadeFonts:
    """Makes fonts as notegen does; one that has been made already is not made again."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, frozenset[int], str], _Made] = {}

    def make_font(self, source: bytes, characters: frozenset[int], path: str) -> _Made:
        """Return the font for these characters, as `make_font` of notegen/math_font/font.py."""
        key = (digest_bytes(source), characters, path)
        if key not in self._made:
            self._made[key] = make_font(source, characters, path)
        return self._made[key]
