"""What the theme transmission promises of its looks: contrast, size, no foreign requests, complete labels."""

import gzip
import re

import msgspec
import pytest
import yaml

from notegen.cache.page_store import bytes_of
from notegen.model.config import Config, HighlightConfig
from notegen.model.theme import CodeColors, ThemeSettings
from notegen.render.theme.code_style import highlight_css
from notegen.render.theme.load import load_theme
from notegen.render.theme.settings import load_settings
from tests.support.paths import TRANSMISSION
from tests.support.theme import layer, transmission, tree

SHIPPED, _ = load_settings((transmission(),))
PAIR = re.compile(r"light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def mix(color: str, background: str, share: float) -> str:
    pairs = [(int(color[i : i + 2], 16), int(background[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def tokens() -> dict[str, tuple[str, str]]:
    text = (TRANSMISSION / "static/css/tokens.css").read_text("utf-8")
    found = re.findall(r"--([\w-]+): (light-dark\([^)]*\))", text)
    pairs = ((name, PAIR.fullmatch(value)) for name, value in found)
    return {name: (match[1], match[2]) for name, match in pairs if match}


@pytest.mark.parametrize("scheme", [0, 1])
def test_text_colours_have_contrast_on_every_ground(scheme: int) -> None:
    color = {name: pair[scheme] for name, pair in tokens().items()}
    tones = ("accent", "blue", "green", "violet", "red", "ink-soft")
    grounds = [color["bg"], color["code-bg"], color["raised"], *(mix(color[tone], color["bg"], 0.06) for tone in tones)]
    low = [
        (name, ground, round(contrast(color[name], ground), 2))
        for name in ("ink", "ink-strong", *tones)
        for ground in grounds
        if contrast(color[name], ground) < 4.5
    ]
    assert low == []
    assert contrast(color["ink"], color["mark"]) >= 4.5
    assert contrast(color["ink"], color["selection"]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1])
def test_code_colours_have_contrast_also_on_marked_lines(scheme: int) -> None:
    css, _ = highlight_css(HighlightConfig(), SHIPPED.highlight, "")
    ground = tokens()["code-bg"][scheme]
    marked = mix(tokens()["accent"][scheme], ground, 0.07)
    colors = {pair[scheme] for pair in PAIR.findall(css)}
    assert len(colors) >= 8
    assert {
        c: round(contrast(c, marked), 2) for c in colors if min(contrast(c, g) for g in (ground, marked)) < 4.5
    } == {}


def test_the_code_styles_stand_on_the_code_background() -> None:
    assert SHIPPED.highlight.background == tokens()["code-bg"]


def test_the_bar_of_the_browser_has_the_colours_of_the_page() -> None:
    head = (TRANSMISSION / "templates/parts/head.html").read_text("utf-8")
    assert tuple(re.findall(r'name="theme-color".*?content="(#\w+)"', head)) == tokens()["bg"]


def test_styles_and_scripts_are_small() -> None:
    shipped, _ = load_theme(tree(transmission()), Config())
    css, js = (len(gzip.compress(bytes_of(item.content) or b"", 9)) for item in shipped.files[:2])
    assert css <= 14_000
    assert js <= 6_500


def test_nothing_is_requested_from_elsewhere() -> None:
    schemas = ("http://www.w3.org/", "http://www.sitemaps.org/schemas/", "https://schema.org", "https://jsonfeed.org/")
    names = (*schemas, "http://purl.org/", "https://creativecommons.org/", "https://spdx.org/")  # the latter are links
    for path in TRANSMISSION.rglob("*"):
        if path.is_file():
            addresses = re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*", path.read_text("utf-8"))
            assert [item for item in addresses if not item.startswith(names)] == [], path


def test_templates_use_all_labels_and_no_others() -> None:
    labels = yaml.safe_load((TRANSMISSION / "i18n" / "en.yaml").read_text("utf-8"))
    templates = "".join(path.read_text("utf-8") for path in (TRANSMISSION / "templates").rglob("*.*"))
    assert set(re.findall(r"\bt\.(\w+)", templates)) == set(labels)


def test_an_unknown_highlight_style_says_what_was_meant() -> None:
    _, found = highlight_css(HighlightConfig(style="monokay"), SHIPPED.highlight, "site.yaml")
    assert [(item.code, item.path, item.hint) for item in found] == [
        ("config-value", "site.yaml", "did you mean monokai?")
    ]


def test_a_pygments_style_brings_its_background() -> None:
    css, found = highlight_css(HighlightConfig(style="friendly", dark_style="monokai"), SHIPPED.highlight, "")
    assert found == ()
    assert "background:light-dark(#f0f0f0,#272822)" in css


def test_a_theme_without_a_style_has_one_of_pygments() -> None:
    css, found = highlight_css(HighlightConfig(), CodeColors(), "")
    assert found == ()
    assert css == highlight_css(HighlightConfig(style="default", dark_style="github-dark"), SHIPPED.highlight, "")[0]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("highlight: {styles: {Keywords: bold}}", "Keywords is no token type of Pygments"),
        ("highlight: {styles: {Keyword: bold red}}", "red is neither a name in highlight.colors nor bold or italic"),
        ("highlight: {colors: {red: ['#f00', red]}}", "$.highlight.colors[...][1]"),
        ("social_card: {background: black}", "$.social_card.background"),
        ("social_card: {title_sizes: []}", "$.social_card.title_sizes"),
        ("social_card: {stars: many}", "$.social_card.stars"),
    ],
)
def test_what_is_wrong_in_theme_yaml_is_said(settings: str, message: str) -> None:
    merged, (problem,) = load_settings((layer("mine", settings=settings),))
    assert merged == ThemeSettings()
    assert (problem.code, problem.path) == ("theme-file", "themes/mine/theme.yaml")
    assert message in problem.message


def test_a_layer_sets_single_colours_anew() -> None:
    own = layer("mine", settings="highlight: {background: ['#fff', '#000']}\nsocial_card: {stars: 0, margin: 40}")
    merged, found = load_settings((own, transmission()))
    assert found == ()
    assert merged.highlight == msgspec.structs.replace(SHIPPED.highlight, background=("#fff", "#000"))
    assert merged.social_card == msgspec.structs.replace(SHIPPED.social_card, stars=0, margin=40)
