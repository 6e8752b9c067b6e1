"""The math font: which characters it gets, what is kept of the source, how accents are mended, what is no math font."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.otlLib.builder import buildMathTable
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.math_font.characters import BASE, formula_characters
from notegen.math_font.font import default_font, font_face, font_key, make_font
from notegen.model.diagnostic import Severity
from notegen.model.digest import digest_bytes
from tests.support.cases import all_cases
from tests.support.fonts import missing_characters, site_characters, subset_font
from tests.support.limits import assert_linear, ends
from tests.support.paths import ROOT

FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<!\\)\$(?!\s)([^$\n]+?)(?<!\s)\$", re.DOTALL)
FENCE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)

BASE_GLYPH, MARK = 1, 3  # classes of GDEF


def characters_of(*mathml: str) -> str:
    return "".join(map(chr, sorted(formula_characters(mathml))))


def opened(data: bytes) -> Any:
    return TTFont(BytesIO(data))


def advance_and_edges(font: Any, glyph: str) -> tuple[int, int, int]:
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return font["hmtx"][glyph][0], round(pen.bounds[0]), round(pen.bounds[2])


def formulas_below(folder: Path) -> list[str]:
    """Return every formula of the Markdown files below `folder` as HTML."""
    html = []
    for file in sorted(folder.rglob("*.md")):
        text = FENCE.sub("", file.read_text(encoding="utf-8", errors="replace"))
        snippets = [Snippet(found[1] or found[2], display=bool(found[1])) for found in FORMULA.finditer(text)]
        html += [rendered.html for rendered in render_formulas(snippets, {}).formulas]
    return html


# Characters


@all_cases(
    ("mathml", "expected"),
    [
        ("<mn>12</mn><mo>+</mo>", "+12"),
        ("<mi>h</mi>", "hℎ"),
        ("<mi>α</mi>", "α𝛼"),
        ("<mi>ı</mi>", "ı𝚤"),
        ("<mi>lim</mi>", "ilm"),
        ('<mi mathvariant="normal">d</mi>', "d"),
        ('<mi mathvariant="double-struck">R</mi>', "Rℝ"),
        ("<mo lspace='0'>&lt;</mo>", "<"),
        ("<mo>&ApplyFunction;</mo>", "\u2061"),
        ("<mo>-</mo>", "-−"),
        ("<mi>𝒩\ufe00</mi>", "𝒩"),
        ("<mi>e\u0301</mi>", "eé\u0301"),
        ("<mtext>words</mtext><ms>s</ms>", "s"),
        (r'<annotation encoding="application/x-tex">\Omega &lt;</annotation>', ""),
        ("<mi>\n  x\n</mi>", " x𝑥"),
        ("<p>no formula</p>", ""),
    ],
)
def test_characters_of_a_formula(mathml: str, expected: str) -> None:
    assert characters_of(mathml) == "".join(sorted(expected))


def test_base_makes_the_font_the_same_for_ordinary_formulas() -> None:
    """Adding an ordinary formula to a site changes neither the font nor its address."""
    ordinary = render_formulas(
        [Snippet(r"\nabla_\theta \mathcal{L} = \mathbb{E}_{x \sim p}\left[\|\mathbf{W}x\|^2\right] \to \infty", True)],
        {},
    ).formulas[0]
    assert "math-error" not in ordinary.html
    assert site_characters([ordinary.html]) == site_characters([]) == BASE


def test_unusual_letters_come_on_top_of_the_base() -> None:
    assert site_characters(["<mi>𝔤</mi>"]) - BASE == {ord("𝔤")}


def test_base_gives_way_when_a_site_needs_very_many_characters() -> None:
    many = "".join(f"<mo>{chr(code)}</mo>" for code in range(0x2A00, 0x2B00))
    needed = site_characters([many])
    assert set(range(0x2A00, 0x2B00)) <= needed
    assert set(map(ord, "√0123456789 ")) <= needed
    assert BASE - needed


def test_hostile_html_takes_linear_time() -> None:
    for piece in ("<mi ", "<mi>", '<mi mathvariant="'):
        assert_linear(lambda size, piece=piece: formula_characters([piece * size]), 500)  # type: ignore[misc]
        with ends():
            formula_characters([piece * 300_000])


# The example blog and real posts


@pytest.mark.slow
def test_example_blog_has_every_character_and_less_than_70_kb() -> None:
    html = formulas_below(ROOT / "content")
    assert len(html) > 1000
    assert not missing_characters(default_font(), formula_characters(html))
    font = subset_font(default_font(), site_characters(html))
    assert len(font.data) < 70_000
    assert not missing_characters(font.data, formula_characters(html))


@pytest.mark.slow
def test_corpus_lacks_nothing_but_east_asian_characters(corpus: Path) -> None:
    """Han characters that stand in formulas outside a text command come from the reader's own fonts."""
    html = formulas_below(corpus)
    assert len(html) > 5000
    missing = missing_characters(default_font(), formula_characters(html))
    assert not [char for char in map(chr, missing) if east_asian_width(char) not in "WF"]


# Subsets


@pytest.fixture(scope="module")
def stix() -> Any:
    return opened(subset_font(default_font(), frozenset(map(ord, "x(√→\u0302\u20d7\u0332\u0338"))).data)


def test_stretchy_signs_keep_their_variants_and_parts(stix: Any) -> None:
    variants = stix["MATH"].table.MathVariants
    upright = dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True))
    sideways = dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True))
    cmap, glyphs = stix.getBestCmap(), set(stix.getGlyphOrder())
    for sign in "(√":
        construction = upright[cmap[ord(sign)]]
        assert len(construction.MathGlyphVariantRecord) > 3
        assert glyphs >= {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
        assert glyphs >= {part.glyph for part in construction.GlyphAssembly.PartRecords}
    assert sideways[cmap[ord("→")]].GlyphAssembly is not None
    assert len(sideways[cmap[0x302]].MathGlyphVariantRecord) > 3


def test_constants_are_those_of_the_source(stix: Any) -> None:
    source = opened(default_font())["MATH"].table.MathConstants
    kept = stix["MATH"].table.MathConstants
    for name in ("ScriptPercentScaleDown", "DisplayOperatorMinHeight"):
        assert getattr(kept, name) == getattr(source, name)
    assert kept.AxisHeight.Value == source.AxisHeight.Value


def test_only_what_browsers_use_is_left(stix: Any) -> None:
    assert not {"GSUB", "fpgm", "prep", "cvt ", "DSIG"} & set(stix.keys())
    assert len(stix.getGlyphOrder()) < 70


def test_variants_chosen_by_a_selector_stay() -> None:
    r"""The slashed zero of `\emptyset` is U+2205 with a selector."""
    font = opened(subset_font(default_font(), formula_characters(["<mi>∅\ufe00</mi>"])).data)
    selected = [table.uvsDict for table in font["cmap"].tables if table.format == 14]
    assert [code for code, _ in selected[0][0xFE00]] == [0x2205]


def test_licence_and_copyright_stay(stix: Any) -> None:
    names = stix["name"]
    assert "The STIX Fonts Project Authors" in names.getDebugName(0)
    assert "SIL Open Font License" in names.getDebugName(13)
    assert names.getDebugName(14) == "https://scripts.sil.org/OFL"


@pytest.mark.slow
def test_same_input_gives_the_same_bytes_in_every_process() -> None:
    """Neither the hash seed nor the clock gets into the file."""
    script = (
        "from notegen.math_font.font import default_font, make_font\n"
        "print(make_font(default_font(), frozenset(map(ord, 'ab(√\u0302')), '')[0].digest)"
    )
    here = subset_font(default_font(), frozenset(map(ord, "√ba(\u0302"))).digest
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == here


def test_font_has_its_digest_and_rule() -> None:
    font = subset_font(default_font(), frozenset({ord("x"), ord("狗")}))
    assert font.digest == digest_bytes(font.data)
    assert font.data.startswith(b"wOF2")
    rule = font_face("/fonts/math.0123.woff2")
    assert 'font-family: "Notegen Math"' in rule
    assert 'src: url("/fonts/math.0123.woff2") format("woff2")' in rule
    assert "font-display: block" in rule


def test_key_depends_on_the_source_and_the_set_but_not_its_order() -> None:
    assert font_key("a", frozenset({1, 2})) == font_key("a", frozenset({2, 1}))
    assert len({font_key("a", frozenset({1})), font_key("b", frozenset({1})), font_key("a", frozenset({2}))}) == 3


# Accents


@all_cases("code", [0x302, 0x20D7, 0x332])
def test_accent_starts_at_zero_and_is_as_wide_as_its_outline(stix: Any, code: int) -> None:
    glyph = stix.getBestCmap()[code]
    advance, left, right = advance_and_edges(stix, glyph)
    assert (left, right) == (0, advance)
    assert advance > 0
    assert stix["GDEF"].table.GlyphClassDef.classDefs[glyph] == BASE_GLYPH


def test_attachment_moves_with_the_accent(stix: Any) -> None:
    source = opened(default_font())
    glyph = source.getBestCmap()[0x302]
    before, after = (attachment(font, glyph) for font in (source, stix))
    assert after - before == -advance_and_edges(source, glyph)[1]


def attachment(font: Any, glyph: str) -> int:
    info = font["MATH"].table.MathGlyphInfo.MathTopAccentAttachment
    return int(info.TopAccentAttachment[info.TopAccentCoverage.glyphs.index(glyph)].Value)


def test_strokes_over_the_letter_before_them_stay(stix: Any) -> None:
    glyph = stix.getBestCmap()[0x338]
    assert advance_and_edges(stix, glyph) == advance_and_edges(opened(default_font()), glyph)


@pytest.mark.parametrize("char", "éü¨˙")
def test_letters_with_an_accent_keep_their_outline(char: str) -> None:
    """They are put together from the letter and the accent, which moves."""
    source = opened(default_font())
    cut = opened(subset_font(default_font(), frozenset(map(ord, "éü¨˙\u0301\u0307\u0308"))).data)
    name = source.getBestCmap()[ord(char)]
    assert source["glyf"][name].isComposite()
    assert advance_and_edges(source, name) == advance_and_edges(cut, name)


# Fonts of the site's own


MARKS = {"hat", "stroke"}


def small_font(*, cff: bool, math: bool = True) -> bytes:
    """Return a font of x and, to the left of their origins and 200 wide, a combining circumflex and a stroke."""
    names = [".notdef", "x", "hat", "stroke"]
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("x"): "x", 0x302: "hat", 0x338: "stroke"})
    drawn = {name: outline(name, cff=cff) for name in names}
    if cff:
        builder.setupCFF("Small", {}, drawn, {})
    else:
        builder.setupGlyf(drawn)
    builder.setupHorizontalMetrics({".notdef": (500, 0), "x": (500, 0), "hat": (0, -300), "stroke": (0, -300)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Small", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    if math:
        buildMathTable(builder.font, constants={"AxisHeight": 250}, topAccentAttachments={"x": 250, "hat": -200})
    data = BytesIO()
    builder.save(data)
    return data.getvalue()


def outline(name: str, *, cff: bool) -> Any:
    left, width = (-300, 200) if name in MARKS else (0, 500)
    pen = T2CharStringPen(0 if name in MARKS else 500, None) if cff else TTGlyphPen(None)
    pen.moveTo((left, 0))
    for point in ((left + width, 0), (left + width, 100), (left, 100)):
        pen.lineTo(point)
    pen.closePath()
    return pen.getCharString() if cff else pen.glyph()


@pytest.mark.parametrize("cff", [False, True], ids=["ttf", "otf"])
def test_accents_of_other_fonts_are_mended_too(cff: bool) -> None:
    font, problems = make_font(small_font(cff=cff), frozenset({ord("x"), 0x302, 0x338}), "fonts/small")
    assert not problems
    assert font is not None
    result = opened(font.data)
    assert advance_and_edges(result, result.getBestCmap()[0x302]) == (200, 0, 200)
    assert advance_and_edges(result, result.getBestCmap()[ord("x")]) == (500, 0, 500)
    assert advance_and_edges(result, result.getBestCmap()[0x338]) == (0, -300, -100)
    assert result["GDEF"].table.GlyphClassDef.classDefs == {
        result.getBestCmap()[0x302]: BASE_GLYPH,
        result.getBestCmap()[0x338]: MARK,
    }


def test_woff2_is_a_source_too() -> None:
    font = subset_font(default_font(), frozenset(map(ord, "xy√(\u0302")))
    assert make_font(font.data, frozenset({ord("x")}), "own.woff2")[1] == ()
    again = opened(subset_font(font.data, frozenset(map(ord, "x\u0302"))).data)
    assert sorted(again.getBestCmap()) == [ord("x"), 0x302]
    assert advance_and_edges(again, again.getBestCmap()[0x302])[1] == 0


@all_cases(
    ("data", "message"),
    [
        (b"", "not a font"),
        (b"<!doctype html><p>404", "not a font"),
        (small_font(cff=False)[:300], "not a font"),
        (small_font(cff=False, math=False), "no MATH table"),
    ],
    ids=["empty", "html", "cut", "text-font"],
)
def test_what_is_no_math_font_is_an_error_of_the_author(data: bytes, message: str) -> None:
    font, (problem,) = make_font(data, BASE, "fonts/own.otf")
    assert font is None
    assert (problem.code, problem.severity, problem.path) == ("math-font", Severity.ERROR, "fonts/own.otf")
    assert message in problem.message


@pytest.mark.slow
@pytest.mark.parametrize(("cff", "tag"), [(True, b"CFF "), (False, b"glyf"), (False, b"loca"), (False, b"MATH")])
def test_a_damaged_font_is_never_an_exception(cff: bool, tag: bytes) -> None:
    """Each byte of a table in turn has another value, one of four: a font comes out, or what is wrong."""
    whole = small_font(cff=cff)
    entry = whole.index(tag)
    start, length = (int.from_bytes(whole[entry + at : entry + at + 4], "big") for at in (8, 12))
    for place in range(start, start + length):
        value = (0, 62, 255, whole[place] ^ 1)[place % 4]
        data = whole[:place] + bytes((value,)) + whole[place + 1 :]
        font, problems = make_font(data, frozenset(map(ord, "x(\u0302")), "fonts/own.otf")
        assert (font is None) == bool(problems)
