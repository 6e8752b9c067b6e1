"""The environment of templates writes what Jinja's own would, and compiled templates are kept between builds."""

import pickle
from typing import Any

import jinja2
import pytest
from jinja2 import meta
from markupsafe import Markup

from notegen.model.pages import Page, PlainPage
from notegen.render import environment as own
from notegen.render.dependencies import analyse
from notegen.render.environment import make_environment
from notegen.render.render import render_page
from notegen.render.theme.load import Templates, Theme
from tests.support.site import SiteTest
from tests.support.theme import layer, load, source, transmission


class Html:
    """A value that brings its HTML along."""

    def __html__(self) -> str:
        return "<i>&</i>"


class Partly:
    """An object with an attribute, and another one as an item."""

    there = "attribute <"

    def __getitem__(self, name: str) -> str:
        if name != "item":
            raise KeyError(name)
        return "item <"


class Text(str):
    """A string of a kind that is none of ours."""

    __slots__ = ()


VALUES: dict[str, Any] = {
    "plain": "words, 字",
    "special": "<a href=\"x\">'&'</a>",
    "markup": Markup("<b>&amp;</b>"),
    "number": 3,
    "nothing": None,
    "html": Html(),
    "text": Text("<&>"),
    "label": {"items": "<1>", "copy": "2", "copied": "3 <", "get": "4"},
    "partly": Partly(),
    "names": ["a", "<b>"],
}
TEMPLATES = {
    "values": "{{ plain }}{{ special }}{{ markup }}{{ number }}{{ nothing }}{{ html }}{{ text }}{{ names }}",
    "filters": "{{ special | safe }}{{ special | upper }}{{ special ~ markup }}{{ names | join('&') }}",
    "json": "{{ label | tojson }}",
    "attributes": "{{ label.copied }}{{ label.items() | list }}{{ label.get('copy') }}",
    "items": "{{ partly.there }}{{ partly.item }}",
    "tools": "{% macro m(a, b='<', c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}",
    "macros": "{% macro m(a, b='<', c=a) %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
    "{% for n in names %}{{ m(n) }}{% endfor %}{{ m('<i>', c=markup) }}{{ m(markup, 1) | upper }}",
    "caller": "{% macro m() %}[{{ caller('<') }}{{ kwargs }}{{ varargs }}]{% endmacro %}"
    "{% call(x) m(1, y='&') %}{{ x }}{% endcall %}",
    "imported": '{% from "tools.html" import m %}{% import "tools.html" as all with context %}'
    "{{ m(special) }}{{ all.m(1) }}",
    "included": '{% for n in names %}{% set special = n %}{% include "values.html" %}{% endfor %}',
    "switched": "{% autoescape number > 4 %}{{ special }}{{ markup }}{% endautoescape %}",
    "kept": "{% set x %}{{ special }}{% endset %}{{ x }}",
    "blocks": '{% extends "base.html" %}{% block b %}{{ super() }}{{ special }}{{ self.c() }}{% endblock %}',
    "base": "{% block b %}<{{ plain }}>{% endblock %}{% block c scoped %}{{ names[1] }}{% endblock %}",
}
SOURCES = {
    f"{name}.{kind}": source(f"{name}.{kind}", text)
    for kind in ("html", "txt", "xml")
    for name, text in TEMPLATES.items()
}


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_templates_write_what_jinjas_own_environment_does(name: str) -> None:
    loader = jinja2.DictLoader({path: file.text for path, file in SOURCES.items()})
    escape = jinja2.select_autoescape(("html", "xml"), default_for_string=True, default=False)
    plain = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, autoescape=escape)  # noqa: S701 (it is)
    plain.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    wanted = plain.get_template(name).render(VALUES)
    assert make_environment(SOURCES, {}).get_template(name).render(VALUES) == wanted
    code = analyse(SOURCES, [name]).code
    assert make_environment(SOURCES, code).get_template(name).render(VALUES) == wanted


@pytest.mark.parametrize("text", ["{{ gone }}", "{{ label.gone }}", "{{ plain.gone }}", "{{ partly.gone }}"])
def test_what_is_not_there_stays_an_error(text: str) -> None:
    template = make_environment({"a.html": source("a.html", text)}, {}).get_template("a.html")
    with pytest.raises(jinja2.UndefinedError):
        template.render(VALUES)


def test_expressions_are_written_out_the_short_way() -> None:
    environment = make_environment({}, {})
    assert "environment.shown(" in environment.compile("{{ a }}", "a.html", raw=True)
    assert "environment.shown(" not in environment.compile("{{ a }}", "a.txt", raw=True)


def test_names_are_those_that_jinja_finds() -> None:
    sources = transmission().templates
    environment = make_environment(sources, {})
    for name, file in sources.items():
        generator = own.Generator(environment, name, file.path)
        generator.visit(environment.parse(file.text))
        assert generator.undeclared == meta.find_undeclared_variables(environment.parse(file.text)), name


# Code


def compiled(theme: Theme, *names: str) -> Theme:
    """The theme with the code of all that these templates can reach."""
    return Theme(Templates(theme.sources, analyse(theme.sources, names).code), theme.sources, theme.shared, ())


def page(template: str) -> Page:
    return Page("x/index.html", template, PlainPage("/x/", "", "Title", "About"), "content/x.md")


def test_code_is_that_of_all_templates_within_reach() -> None:
    theme, _ = load(layer("m", {"a.html": '{% include "b.html" %}', "b.html": "b", "c.html": "c", "d.html": "{% if"}))
    assert analyse(theme.sources, ["a.html"]).code.keys() == {"a.html", "b.html"}
    assert analyse(theme.sources, ["d.html"]).code.keys() == set()


def test_templates_with_code_are_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    theme, _ = load(layer("m", {"a.html": '{% include "b.html" %}', "b.html": "{{ page.title }}"}))
    theme = compiled(theme, "a.html")
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert render_page(theme, page("a.html"), {}) == (b"Title\n", ())


def test_an_error_in_compiled_code_has_its_place() -> None:
    theme, _ = load(layer("m", {"a.html": '\n{% include "b.html" %}', "b.html": "\n\n{{ page.gone }}"}))
    _, (found,) = render_page(compiled(theme, "a.html"), page("a.html"), {})
    assert (found.code, found.path, found.line) == ("template-error", "themes/m/templates/b.html", 3)


def test_a_template_too_deep_for_python_has_no_code_and_is_an_error() -> None:
    theme, _ = load(layer("m", {"a.html": "{% for a in [1] %}" * 30 + "x" + "{% endfor %}" * 30}))
    assert analyse(theme.sources, ["a.html"]).code == {}
    _, (found,) = render_page(theme, page("a.html"), {})
    assert (found.code, found.path) == ("template-syntax", "themes/m/templates/a.html")


def test_templates_go_to_another_process_with_their_code() -> None:
    theme, _ = load(layer("m", {"a.html": "{{ page.title }}"}))
    theme = compiled(theme, "a.html")
    assert theme.templates.environment
    other: Theme = pickle.loads(pickle.dumps(theme))  # noqa: S301 (our own)
    assert render_page(other, page("a.html"), {}) == (b"Title\n", ())


def test_an_edit_compiles_no_template(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    site.note("a", "one").build().note("a", "two")
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    monkeypatch.setattr(jinja2.Environment, "parse", None)
    assert "two" in site.build().html("posts/a/index.html")


def test_an_edited_template_is_compiled(site: SiteTest) -> None:
    site.note("a", "one").build().write("themes/transmission/templates/note.html", "{{ page.title }} 1").build()
    assert site.html("posts/a/index.html") == "a 1\n"
    site.write("themes/transmission/templates/note.html", "{{ page.title }} 2").build()
    assert site.html("posts/a/index.html") == "a 2\n"
