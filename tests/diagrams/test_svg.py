"""What a program has drawn, made fit for a page: harmless, without style sheets and markers, light and dark at once."""

import re
from xml.etree.ElementTree import fromstring

import pytest

from notegen.diagrams.drawing import Mistake, finish
from notegen.diagrams.svg.cascade import resolve_styles
from notegen.diagrams.svg.dark_colors import as_hex, dark, parse_color
from notegen.diagrams.svg.elements import SvgError, read_svg
from notegen.diagrams.svg.write import NAME, Drawing, named
from tests.support.cases import all_cases
from tests.support.limits import assert_linear

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">{}</svg>'


def drawn(inside: str) -> str:
    result = finish(SVG.format(inside))
    assert isinstance(result, Drawing), result
    return result.svg


@all_cases(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onclick="alert(1)" width="1" height="1"/>',
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<rect width="1" height="1" style="fill:url(https://example.org/x)"/>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://example.org"/></foreignObject>',
        "<style>@import url(https://example.org/x.css); rect{fill:url(//example.org/a)}</style><rect width='1'/>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<text style="font-family:x;background:url(https://example.org)">x</text>',
    ],
)
def test_what_acts_or_loads_is_left_out(inside: str) -> None:
    svg = drawn(inside + '<text x="1">kept</text>')
    assert "kept" in svg
    assert not re.search(r"script|alert|example\.org|iframe|onclick|<image|<animate", svg)


def test_links_to_sites_stay() -> None:
    assert '<a href="https://example.org/a?b=1&amp;c">' in drawn(
        '<a xlink:href="https://example.org/a?b=1&amp;c"><text>x</text></a>'
    )


@all_cases("text", ["", "no", "<svg><unclosed></svg>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'])
def test_what_is_no_svg_is_told(text: str) -> None:
    with pytest.raises(SvgError):
        read_svg(text)
    assert isinstance(finish(text), Mistake)


def test_style_sheets_are_resolved_by_rank_and_order() -> None:
    root = fromstring(  # noqa: S314 - ours
        "<svg id='m'><style>/* c */ #m .a rect{fill:#111} .a .b{fill:#222;stroke:red!important} rect{fill:#333}"
        " .a>rect:not(.b){stroke-width:2px} [data-look='neo'] rect{fill:#444}"
        " rect:hover{fill:#555} @media x{rect{fill:#666}}"
        "</style><g class='a'><rect class='b' style='stroke:blue;opacity:.5'/><rect/></g><rect/></svg>"
    )
    resolve_styles(root)
    first, second, third = root.iter("rect")
    assert (first.get("fill"), first.get("stroke"), first.get("opacity")) == ("#111", "red", ".5")
    assert (second.get("fill"), second.get("stroke-width")) == ("#111", "2px")
    assert third.attrib == {"fill": "#333"}
    assert root.find("style") is None


def test_markers_are_drawn_where_lines_end_and_no_id_is_left() -> None:
    marker = (
        '<defs><marker id="m" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="5" markerHeight="5" orient="auto"'
        ' markerUnits="userSpaceOnUse"><path d="M0 0L10 5L0 10z"/></marker></defs>'
    )
    svg = drawn(marker + '<path d="M0 0 L10 0 L10 10" marker-end="url(#m)" marker-start="url(#m)"/>')
    assert 'transform="translate(10.00 10.00) rotate(90.0) scale(0.5) translate(-10 -5)"' in svg
    assert 'transform="translate(0.00 0.00) scale(0.5) translate(-10 -5)"' in svg
    assert not re.search(r"marker| id=", svg)


def test_ids_that_are_needed_are_those_of_the_drawing_alone() -> None:
    gradient = (
        '<linearGradient id="g"><stop stop-color="red"/></linearGradient><rect width="1" height="1" fill="url(#g)"/>'
    )
    svg = drawn(gradient)
    name = re.search(r'<linearGradient id="(d[0-9a-f]{8}-g)"', svg)
    assert name is not None
    assert f'fill="url(#{name[1]})"' in svg


def test_colours_follow_the_page_and_have_a_plain_one_beside() -> None:
    svg = drawn(
        '<rect width="1" height="1" fill="#22262c" stroke="rgb(255, 0, 0)"/><text>x</text><path d="M0 0" fill="none"/>'
    )
    assert 'fill="#22262c" stroke="#ff0000" style="fill:var(--ink,#22262c);stroke:light-dark(#ff0000,#' in svg
    assert svg.startswith('<svg class="drawing" role="img"')
    assert 'fill="#000000"' in svg.partition(">")[0]  # of text that has no colour of its own
    assert 'fill="none"' in svg


@all_cases("written", ["#fff", "#ffffff", "white", "hsl(0, 0%, 100%)", "rgba(255,255,255,1)"])
def test_every_way_to_write_a_colour(written: str) -> None:
    color = parse_color(written)
    assert color is not None
    assert as_hex(color) == "#ffffff"


def test_dark_counterparts_keep_hue_and_turn_lightness() -> None:
    shades = [as_hex(dark(color)) for code in ("#ffffff", "#000000", "#ff9966") if (color := parse_color(code))]
    white, black, orange = shades
    assert white < "#303030"
    assert black > "#d0d0d0"
    red, green, blue = (int(orange[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue


@all_cases("code", ["#ff0000", "#ff00ff", "#ffa500", "#808080", "#000080", "#008000"])
def test_dark_lines_are_seen_and_dark_text_is_read(code: str) -> None:
    color = parse_color(code)
    assert color is not None
    for contrast in (3, 4.5):
        assert contrast <= _contrast_on_dark(as_hex(dark(color, contrast)))
    svg = drawn(f'<text fill="{code}">x</text><path d="M0 0" stroke="{code}" fill="{code}"/>')
    text, head, line = (_contrast_on_dark(other) for other in re.findall(r"light-dark\(#\w{6},(#\w{6})\)", svg))
    assert (text >= 4.5, head >= 3, line >= 3) == (True, True, True)


def test_pale_text_stays_dark_on_what_is_pale_on_dark_pages() -> None:
    white = parse_color("white")
    assert white is not None
    assert dark(white, 4.5) == dark(white)


def _contrast_on_dark(code: str) -> float:
    def luminance(code: str) -> float:
        values = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    return (luminance(code) + 0.05) / (luminance("#0b0e14") + 0.05)


def test_links_to_notes_stay_and_are_no_ids() -> None:
    svg = drawn(
        '<a href="./b.md#x"><text>x</text></a><a href="#fig:y"><text>y</text></a><a href="//e.org"><text>z</text></a>'
    )
    assert re.findall(r'href="([^"]*)"', svg) == ["./b.md#x", "#fig:y"]


def test_a_drawing_with_links_is_no_image() -> None:
    link = '<a href="https://example.org/"><text>x</text></a>'
    assert ' role="group" aria-label="' in drawn(link)
    assert ' role="img" aria-label="' in drawn(link.replace("https", "ftp"))


def test_a_drawing_says_what_it_is_called() -> None:
    result = finish(SVG.format("<title>A &amp; B</title><desc>more</desc><text>x</text>"))
    assert isinstance(result, Drawing)
    assert (result.title, result.words, result.svg.count(NAME)) == ("A & B more", "x", 1)
    assert 'aria-label="A &lt;b&gt;"' in named(result.svg, "A <b>")


def test_time_is_linear() -> None:
    assert_linear(lambda size: finish(SVG.format("<g class='a'>" * 5 + "<rect width='1'/>" * size + "</g>" * 5)), 300)
