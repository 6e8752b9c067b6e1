"""The theme stage: layers, options, labels, assets, errors and their places, and what a template reads."""

import re
from typing import Any

import pytest

from notegen.cache.page_store import bytes_of
from notegen.jinja.dependencies import SHARED, analyse
from notegen.jinja.templates import Reads
from notegen.model.config import Config, LanguageConfig
from notegen.model.pages import Page, PlainPage
from notegen.model.strings import Url
from notegen.render.render import render_page
from notegen.render.theme.assets import minify_css
from notegen.render.theme.load import Theme, load_theme
from tests.support.cases import all_cases
from tests.support.theme import layer, load, read_memory, transmission, tree


@pytest.fixture(scope="module", name="shipped")
def theme_transmission() -> Theme:
    theme, found = load_theme(tree(transmission()), Config(), base_path="/repo/")
    assert found == ()
    return theme


def plain(template: str) -> Page:
    return Page("x/index.html", template, PlainPage(Url("/x/"), Url(""), "Title", "About"), "content/x.md")


def text_of(theme: Theme, template: str, **shared: Any) -> str:
    data, found = render_page(theme, plain(template), shared)
    assert found == ()
    return data.decode()


# Layers


def test_the_first_layer_that_has_a_template_wins() -> None:
    theme, _ = load(layer("mine", {"a.html": "mine"}), layer("base", {"a.html": "base", "b.html": "only base"}))
    assert text_of(theme, "a.html") == "mine\n"
    assert text_of(theme, "b.html") == "only base\n"


def test_a_template_extends_the_one_it_shadows() -> None:
    mine = layer("mine", {"a.html": '{% extends "!base/a.html" %}{% block x %}new {{ super() }}{% endblock %}'})
    theme, _ = load(mine, layer("base", {"a.html": "<p>{% block x %}old{% endblock %}</p>"}))
    assert text_of(theme, "a.html") == "<p>new old</p>\n"


def test_html_and_xml_are_escaped_and_text_is_not() -> None:
    theme, _ = load(layer("m", dict.fromkeys(("a.html", "a.xml", "a.txt"), "{{ v }}")))
    assert [text_of(theme, name, v="<&>") for name in ("a.html", "a.xml", "a.txt")] == [
        "&lt;&amp;&gt;\n",
        "&lt;&amp;&gt;\n",
        "<&>\n",
    ]


def test_templates_have_no_source_of_chance() -> None:
    theme, _ = load(layer("m", {"a.html": "{{ [1, 2] | random }}", "b.html": "{{ lipsum() }}"}))
    _, random = render_page(theme, plain("a.html"), {})
    _, lipsum = render_page(theme, plain("b.html"), {})
    assert [item.code for item in (*random, *lipsum)] == ["template-syntax", "template-error"]


# Errors and their places


def test_a_syntax_error_is_at_its_line_of_the_layers_file() -> None:
    theme, _ = load(layer("mine", {"a.html": "one\ntwo\n{% if %}"}))
    data, (found,) = render_page(theme, plain("a.html"), {})
    assert (data, found.code, found.path, found.line) == (b"", "template-syntax", "themes/mine/templates/a.html", 3)


def test_a_syntax_error_in_an_included_template_is_at_that_template() -> None:
    theme, _ = load(layer("m", {"a.html": '{% include "parts/b.html" %}', "parts/b.html": "\n{% endfor %}"}))
    _, (found,) = render_page(theme, plain("a.html"), {})
    assert (found.code, found.path, found.line) == ("template-syntax", "themes/m/templates/parts/b.html", 2)


@all_cases(
    ("expression", "words"),
    [
        ("{{ nothing }}", "'nothing' is undefined"),
        ("{{ page.nothing }}", "no attribute 'nothing'"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ page.title | date }}", "year"),
        ("{{ t['gone'] }}", "gone"),
        ("{{ 'a' + 1 }}", "str"),
    ],
)
def test_a_runtime_error_is_at_the_line_of_the_template_that_failed(expression: str, words: str) -> None:
    theme, _ = load(layer("m", {"a.html": 'x\n{% include "b.html" %}', "b.html": f"\n\n{expression}"}))
    data, (found,) = render_page(theme, plain("a.html"), {})
    assert (data, found.code, found.path, found.line) == (b"", "template-error", "themes/m/templates/b.html", 3)
    assert words in found.message
    assert "content/x.md" in found.message


def test_templates_that_include_themselves_are_an_error_not_a_crash() -> None:
    theme, _ = load(layer("m", {"a.html": '{% include "a.html" %}'}))
    _, (found,) = render_page(theme, plain("a.html"), {})
    assert (found.code, found.path) == ("template-error", "themes/m/templates/a.html")


def test_a_missing_template_names_itself_and_who_needs_it() -> None:
    theme, _ = load(layer("m", {"a.html": '\n{% include ["no.html", "none.html"] %}'}))
    _, (page,) = render_page(theme, plain("gone.html"), {})
    _, (part,) = render_page(theme, plain("a.html"), {})
    assert (page.code, page.path) == ("template-missing", "")
    assert "gone.html" in page.message
    assert "content/x.md" in page.message
    assert (part.code, part.path, part.line) == ("template-missing", "themes/m/templates/a.html", 2)


# Options, labels, settings


def test_options_are_the_defaults_with_what_the_site_chose() -> None:
    own = layer("m", {"a.html": "{{ options.stars }} {{ options.words }}"}, "options: {stars: true, words: hi}")
    theme, found = load(own, config=Config(theme_options={"stars": False}))
    assert found == []
    assert text_of(theme, "a.html") == "False hi\n"


def test_an_unknown_option_says_what_was_meant_and_where() -> None:
    text = "title: x\ntheme_options:\n  star: false\n"
    config = Config(theme_options={"star": False})
    theme, found = load_theme(tree(layer("m", {}, "options: {stars: true}"), text=text), config)
    assert [(item.code, item.path, item.line, item.column, item.hint) for item in found] == [
        ("config-unknown-key", "site.yaml", 3, 3, "did you mean stars?")
    ]
    assert theme.shared["options"] == {"stars": True}


def test_an_option_of_another_type_keeps_its_default() -> None:
    theme, found = load(layer("m", {}, "options: {stars: true}"), config=Config(theme_options={"stars": "yes"}))
    assert [(code, message) for code, _, message in found] == [
        ("config-value", "theme_options.stars: expected bool, got str")
    ]
    assert theme.shared["options"] == {"stars": True}


@all_cases(("settings", "line"), [("a: [", 1), ("css: 5", 0), ("unknown: 1", 0), ("- x", 0), ("a: b\n\tc: d", 2)])
def test_a_theme_yaml_that_cannot_be_used_is_reported(settings: str, line: int) -> None:
    _, found = load(layer("m", {}, settings))
    assert [(code, at) for code, at, _ in found] == [("theme-file", line)]


@all_cases(
    ("language", "words"),
    [
        ("zh-CN", ["中文", "only en"]),
        ("zh-TW", ["中文", "only en"]),
        ("ZH-cn", ["中文", "only en"]),
        ("en-GB", ["english", "only en"]),
        ("de", ["english", "only en"]),
    ],
)
def test_labels_fall_back_one_by_one(language: str, words: list[str]) -> None:
    own = layer("m", {}, None, {"zh-CN": "a: 中文", "en": "a: english\nb: only en"})
    theme, _ = load(own, config=Config(language=language))
    assert [theme.shared["t"][key] for key in "ab"] == words


def test_a_higher_layer_changes_single_labels() -> None:
    mine, base = layer("m", {}, None, {"en": "a: mine"}), layer("b", {}, None, {"en": "a: base\nb: base"})
    theme, _ = load(mine, base, config=Config(language="en"))
    assert theme.shared["t"] == {"a": "mine", "b": "base"}


def test_a_label_file_that_cannot_be_read_is_reported() -> None:
    own = layer("m", {}, None, {"en": "a: 'x", "zh-CN": "a: {b: c}", "fr": "a: ["})
    _, found = load(own)
    assert [code for code, _, _ in found] == ["theme-file", "theme-file"]
    french = LanguageConfig("fr", path="fr")
    for config, languages in ((Config(languages=(LanguageConfig("zh-CN"), french)), ()), (Config(), ("fr",))):
        result = load_theme(tree(own), config, languages=languages, read=read_memory)
        assert [item.path[-7:] for item in result.diagnostics] == ["en.yaml", "CN.yaml", "fr.yaml"]


# Assets


def test_stylesheets_are_joined_in_the_order_of_the_layers_and_the_rest_is_copied() -> None:
    base = layer("b", {}, "css: [css/a.css, css/b.css]\njs: [js/a.js]", None, {
        "css/a.css": "a{}", "css/b.css": "b{}", "js/a.js": "one();", "js/lazy.js": "two();", "i.svg": "<svg/>"
    })  # fmt: skip
    mine = layer("m", {}, "css: [css/c.css]", None, {"css/c.css": "c{}", "css/0.css": "z{}", "css/a.css": "A{}"})
    theme, found = load(mine, base)
    css, js, *others = theme.files
    assert found == []
    assert re.sub(r"\n?\.highlight[^\n]*", "", (bytes_of(css.content) or b"").decode()) == "A{}\nb{}\nc{}\nz{}\n"
    assert bytes_of(js.content) == b'(() => {\n"use strict";\none();\n})();\n'
    assert [item.path for item in others] == ["i.svg", "js/lazy.js"]
    assert theme.shared["assets"]["js/lazy.js"] == "/js/lazy.js"


def test_a_listed_stylesheet_that_no_layer_has_is_reported() -> None:
    _, found = load(layer("m", {}, "css: [css/gone.css]"))
    assert found == [("theme-file", 0, "theme.yaml lists css/gone.css, which no layer has")]


def test_an_asset_that_cannot_be_read_is_reported() -> None:
    own = layer("m", {}, "css: [css/a.css]", None, {"css/a.css": "/does/not/exist.css"})
    _, found = load_theme(tree(own), Config())
    assert [(item.code, item.path) for item in found] == [("theme-file", "themes/m/static/css/a.css")]


def test_fingerprints_follow_the_bytes_and_nothing_else() -> None:
    def path(css: str) -> str:
        theme, _ = load(layer("m", {}, "css: [css/a.css]", None, {"css/a.css": css}))
        return theme.files[0].path

    assert path("a{}") == path("a{}")
    assert path("a{}") != path("b{}")
    assert re.fullmatch(r"css/main\.[0-9a-f]{12}\.css", path("a{}"))


def test_minifying_keeps_strings() -> None:
    assert minify_css('a {\n  content: "/* kept */  x";\n  /* gone */\n}\n') == 'a {\ncontent: "/* kept */  x";\n}\n'


def test_addresses_of_assets_begin_with_the_base_path(shipped: Theme) -> None:
    assert shipped.shared["assets"]["main.css"] == "/repo/" + shipped.files[0].path
    assert shipped.shared["assets"]["favicon.svg"] == "/repo/favicon.svg"


# What a template reads


def reads(theme: Theme, name: str) -> Reads:
    return analyse(theme.sources, [name])[name]


def test_reads_follows_extends_includes_and_imports() -> None:
    parts = {
        "a.html": '{% extends "base.html" %}{% from "m.html" import f %}{{ f(t) }}',
        "base.html": '{{ site.title }}{% include "part.html" %}{{ page.url }}',
        "part.html": "{% for tag in tags %}{{ tag.name }}{{ unknown }}{% endfor %}",
        "m.html": "{% macro f(x) %}{{ x }}{% endmacro %}",
        "other.html": "{{ categories }}",
    }
    theme, _ = load(layer("m", parts))
    assert reads(theme, "a.html") == (
        frozenset({"a.html", "base.html", "part.html", "m.html"}),
        frozenset({"t", "site", "tags"}),
    )


def test_a_computed_include_reads_every_template() -> None:
    theme, _ = load(layer("m", {"a.html": "{% include page.title %}", "b.html": "{{ tags }}"}))
    templates, shared = reads(theme, "a.html")
    assert templates == {"a.html", "b.html", "!m/a.html", "!m/b.html"}
    assert shared == {"tags"}


def test_a_template_that_cannot_be_parsed_may_read_anything() -> None:
    theme, _ = load(layer("m", {"a.html": '{% include "b.html" %}', "b.html": "{% if %}"}))
    templates, shared = reads(theme, "a.html")
    assert "!m/b.html" in templates
    assert shared == SHARED


def test_no_list_page_reads_all_tags(shipped: Theme) -> None:
    assert reads(shipped, "note.html")[1] == {"site", "assets", "t", "options", "inject", "stylesheets"}
    assert reads(shipped, "atom.xml")[1] == {"site"}
