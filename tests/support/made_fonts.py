"""Math fonts, made once in a run of the tests: a hundred small sites have formulas of the same characters."""

from notegen.math_font.font import MathFont, make_font
from notegen.math_font.ready import keep_font, kept_font
from notegen.model.diagnostic import Result
from notegen.model.digest import digest_bytes


class MadeFonts:
    """Makes fonts as notegen does; those of its own font once for all processes of a run, others once in each."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, frozenset[int], str], Result[MathFont | None]] = {}

    def make_font(self, source: bytes, characters: frozenset[int], path: str) -> Result[MathFont | None]:
        """Return the font for these characters, as `make_font` of notegen/math_font/font.py."""
        key = (digest_bytes(source), characters, path)
        if key not in self._made:
            self._made[key] = make_font(source, characters, path) if path else _default_font(source, characters)
        return self._made[key]


def _default_font(source: bytes, characters: frozenset[int]) -> Result[MathFont | None]:
    font = kept_font(characters)
    if font is not None:
        return Result(font)
    result = make_font(source, characters, "")
    if result.value is not None:
        keep_font(characters, result.value)
    return result
