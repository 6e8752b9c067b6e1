"""The words of a TikZ picture lie unseen over its outlines, where dvisvgm says that they stand."""

from notegen.diagrams.drawing import finish
from notegen.diagrams.svg.write import Drawing
from notegen.diagrams.tikz_text import with_text

OUTLINES = """<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 20'>
<g id='page1'><path d='M1 1L2 2'/></g>
</svg>
"""
WRITTEN = """<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 20'>
<defs><font id='cmr10'><font-face font-family='cmr10' units-per-em='1000'/>
<glyph unicode='a' horiz-adv-x='500'/><glyph unicode='ﬁ' horiz-adv-x='555'/></font></defs>
<style type='text/css'><![CDATA[text.f0 {font-family:cmr10;font-size:10px}
text.f1 {font-family:cmmi7;font-size:7px}]]></style>
<g id='page1'><path d='M1 1L2 2'/><g transform='translate(5,5)'>
<text class='f0' x='0' y='9'>ﬁa<tspan x='10.3'>a</tspan><tspan x='20'>a</tspan></text>
<text class='f1' x='25' y='11'>&lt;θ</text>
</g><g transform='scale(2)'><path d='M1 1L2 2'/></g></g>
</svg>
"""


def test_words_stand_unseen_where_they_are_drawn() -> None:
    svg = with_text(OUTLINES, WRITTEN)
    assert svg.startswith(OUTLINES.rpartition("</svg>")[0])
    assert "<g fill-opacity='0'><g transform='translate(5,5)'><text>" in svg
    assert "scale(2)" not in svg  # there are no words in it
    drawing = finish(svg)
    assert isinstance(drawing, Drawing)
    assert drawing.words == "fiaa a<θ"  # kerning is no space, a gap is one; a ligature is its letters
    assert '<tspan x="20" y="9" font-size="10">' in drawing.svg


def test_without_words_or_where_none_can_be_read_the_outlines_stay() -> None:
    assert with_text(OUTLINES, "") == OUTLINES
    assert with_text(OUTLINES, OUTLINES) == OUTLINES
