"""A font that is packed quickly is the font that fontTools packs."""

from io import BytesIO
from typing import Any

import pytest
from fontTools.ttLib import TTFont, woff2

from notegen.math_font.font import default_font, make_font
from notegen.math_font.subset import cut_to_woff2, open_font

CHARACTERS = frozenset(map(ord, "x∑√()→𝑎"))


def packed() -> bytes:
    return cut_to_woff2(open_font(default_font()), CHARACTERS)


def tables(data: bytes) -> dict[str, bytes]:
    font: Any = TTFont(BytesIO(data))
    return {tag: font.reader[tag] for tag in font.reader.tables}


def test_both_ways_give_the_same_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTEGEN_PLAIN", raising=False)
    quick = packed()
    monkeypatch.setenv("NOTEGEN_PLAIN", "1")
    plain = packed()
    assert tables(quick) == tables(plain)
    assert len(plain) < len(quick) < 1.1 * len(plain)


def test_fonttools_is_as_before_when_a_font_is_made_and_when_one_is_damaged() -> None:
    import brotli

    packed()
    assert woff2.brotli is brotli
    font, problems = make_font(default_font()[:100_000], CHARACTERS, "damaged.ttf")
    assert font is None
    assert problems
    assert woff2.brotli is brotli
