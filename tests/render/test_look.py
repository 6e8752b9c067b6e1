"""What the theme transmission promises of its looks: contrast, size, no foreign requests, complete labels."""

import gzip
import re

import msgspec
import pytest
import yaml

from notegen.cache.page_store import bytes_of
from notegen.model.config import Config, HighlightConfig
from notegen.model.theme import CodeColors, ThemeSettings
from notegen.render.theme.code_style import highlight_css, uncoloured_classes
from notegen.render.theme.load import load_theme
from notegen.render.theme.settings import load_settings
from tests.support.cases import all_cases
from tests.support.paths import TRANSMISSION
from tests.support.site import SiteTest
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


def test_the_bar_of_the_browser_has_the_colours_of_the_page(site: SiteTest) -> None:
    assert SHIPPED.schemes["transmission"]["bg"] == tokens()["bg"]
    for scheme, colors in SHIPPED.schemes.items():
        site.write("site.yaml", f"theme_options: {{scheme: {scheme}}}\n").note("n", "Text.").build()
        found = re.findall(r'name="theme-color".*?content="(#\w+)"', site.html("index.html"))
        assert tuple(found) == colors["bg"]


@all_cases("scheme", SHIPPED.schemes)
@all_cases("dark", [0, 1], ids=["light", "dark"])
def test_text_is_readable_in_every_scheme(scheme: str, dark: int) -> None:
    colors = tokens() | SHIPPED.schemes[scheme]
    texts = ["ink", "ink-strong", "ink-soft", "accent", "blue", "green", "violet", "red"]
    grounds = ["bg", "code-bg", "raised"]
    pairs = {(text, ground): contrast(colors[text][dark], colors[ground][dark]) for text in texts for ground in grounds}
    pairs |= {
        ("ink-strong", mark): contrast(colors["ink-strong"][dark], colors[mark][dark]) for mark in ("mark", "selection")
    }
    pairs |= {
        (name, "code"): contrast(pair[dark], colors["code-bg"][dark]) for name, pair in SHIPPED.highlight.colors.items()
    }
    night = colors["night"][1] if "night" in colors else "#080b11"
    glow = colors["glow"][1] if "glow" in colors else "#1b2536"
    pairs |= {(text, ground): contrast(colors[text][1], ground) for text in texts[:4] for ground in (night, glow)}
    assert {pair: round(value, 2) for pair, value in pairs.items() if value < 4.5} == {}


@pytest.mark.parametrize("scheme", [name for name in SHIPPED.schemes if name != "transmission"])
def test_a_scheme_and_a_type_are_one_option_each(site: SiteTest, scheme: str) -> None:
    site.write("site.yaml", f"theme_options: {{scheme: {scheme}, type: serif}}\n").note("n", "Text.").build()
    css = next(site.html(path) for path in site.files() if path.startswith("css/main"))
    light, dark = SHIPPED.schemes[scheme]["accent"]
    assert f"--accent: light-dark({light}, {dark});" in css
    assert '--font-text: "Source Serif 4"' in css


def test_a_scheme_that_the_theme_has_not_is_told(site: SiteTest) -> None:
    site.write("site.yaml", "theme_options:\n  scheme: forrest\n").note("n", "Text.").build(expect=None)
    site.expect_report("site.yaml:2:3", "the theme has no scheme forrest", "did you mean forest?")


def test_each_script_is_a_module_that_takes_what_others_give() -> None:
    texts = {path.name: path.read_text("utf-8") for path in (TRANSMISSION / "static/js").glob("*.js")}
    given = {
        name: set(re.findall(r"^export (?:async )?(?:function|const|let) (\w+)", text, re.MULTILINE))
        for name, text in texts.items()
    }
    for name, text in texts.items():
        takes = re.findall(r'^import \{ ([\w, ]+) \} from "\./([\w.]+)";$', text, re.MULTILINE)
        taken = {word for words, source in takes for word in words.split(", ") if word in given[source]}
        assert taken == {word for words, _ in takes for word in words.split(", ")}, name
        others = set().union(*(words for other, words in given.items() if other != name))
        assert {word for word in others if re.search(rf"(?<![\w.'\"-]){word}[(.]", text)} <= taken, name


def test_styles_and_scripts_are_small() -> None:
    shipped, _ = load_theme(tree(transmission()), Config())
    css, js = (len(gzip.compress(bytes_of(item.content) or b"", 9)) for item in shipped.files[:2])
    assert css <= 12_000
    assert js <= 8_000


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


def test_tokens_have_no_class_where_the_styles_of_the_site_have_no_colour_for_them() -> None:
    own = uncoloured_classes(HighlightConfig(), SHIPPED.highlight)
    assert {"n", "o", "nn"} <= {*own}
    assert {"k", "nf", "gp", "go"}.isdisjoint(own)
    assert "o" not in uncoloured_classes(HighlightConfig(dark_style="monokai"), SHIPPED.highlight)


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


@all_cases(
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
