"""The environment of templates is Jinja's own, and compiles only what the pages that are made need, from its text."""

import pickle

import jinja2
import pytest

from notegen.jinja import environment
from notegen.jinja.dependencies import analyse
from notegen.jinja.environment import make_environment
from notegen.model.pages import Page, PlainPage
from notegen.model.strings import Url
from notegen.render.render import render_page
from tests.support.cases import all_cases
from tests.support.site import SiteTest
from tests.support.theme import layer, load, source


@pytest.fixture(autouse=True)
def _no_code_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what makes other tests, and builds, quick: a user without a folder of their own."""
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr(environment, "make_environment", make_environment)


class Partly:
    """An object with an attribute, and another one as an item."""

    there = "attribute <"

    def __getitem__(self, name: str) -> str:
        if name != "item":
            raise KeyError(name)
        return "item <"


@all_cases(
    ("text", "html"),
    [
        ("{{ special }}{{ special | safe }}", "&lt;a&gt;<a>"),
        ("{{ label.copied }}{{ label.items() | list | length }}", "3 &lt;2"),
        ("{{ partly.there }}{{ partly.item }}", "attribute &lt;item &lt;"),
        ("{% macro m(a, b='<') %}{{ a }}{{ b }}{% endmacro %}{{ m(special) }}{{ m(1) | upper }}", "&lt;a&gt;&lt;1&LT;"),
        ("{{ label | tojson }}", '{"copied":"3 \\u003c","items":"1"}'),
    ],
)
def test_values_are_escaped_and_found(text: str, html: str) -> None:
    values = {"special": "<a>", "label": {"items": "1", "copied": "3 <"}, "partly": Partly()}
    template = make_environment({"a.html": source("a.html", text)}).get_template("a.html")
    assert template.render(values) == html


def test_other_files_than_html_and_xml_are_not_escaped() -> None:
    names = ("a.html", "a.xml", "a.txt")
    environment = make_environment({name: source(name, "{{ x }}") for name in names})
    assert [environment.get_template(name).render(x="<") for name in names] == ["&lt;", "&lt;", "<"]


@all_cases("text", ["{{ gone }}", "{{ label.gone }}", "{{ plain.gone }}", "{{ partly.gone }}"])
def test_what_is_not_there_is_an_error(text: str) -> None:
    template = make_environment({"a.html": source("a.html", text)}).get_template("a.html")
    with pytest.raises(jinja2.UndefinedError):
        template.render(label={}, plain="", partly=Partly())


# When templates are compiled


def page(template: str) -> Page:
    return Page("x/index.html", template, PlainPage(Url("/x/"), Url(""), "Title", "About"), "content/x.md")


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the name of each template of the theme that is compiled in this process from now on."""
    names: list[str] = []
    real = jinja2.Environment.compile

    def compile_one(self: jinja2.Environment, text: str, name: str, path: str) -> object:
        names.append(name)
        return real(self, text, name, path)

    monkeypatch.setattr(jinja2.Environment, "compile", compile_one)
    return names


def test_what_templates_reach_and_read_is_learned_without_compiling_them(compiled: list[str]) -> None:
    theme, _ = load(layer("m", {"a.html": '{% include "b.html" %}', "b.html": "{{ site.title }}{{ x }}", "c.html": ""}))
    assert analyse(theme.sources, ["a.html"]) == {"a.html": (frozenset({"a.html", "b.html"}), frozenset({"site"}))}
    assert compiled == []


def test_an_error_in_an_included_template_has_its_place() -> None:
    theme, _ = load(layer("m", {"a.html": '\n{% include "b.html" %}', "b.html": "\n\n{{ page.gone }}"}))
    _, (found,) = render_page(theme, page("a.html"), {})
    assert (found.code, found.path, found.line) == ("template-error", "themes/m/templates/b.html", 3)


def test_a_template_too_deep_for_python_is_an_error() -> None:
    theme, _ = load(layer("m", {"a.html": "{% for a in [1] %}" * 30 + "x" + "{% endfor %}" * 30}))
    assert analyse(theme.sources, ["a.html"]).keys() == {"a.html"}
    _, (found,) = render_page(theme, page("a.html"), {})
    assert (found.code, found.path) == ("template-syntax", "themes/m/templates/a.html")


def test_templates_go_to_another_process_as_texts() -> None:
    theme, _ = load(layer("m", {"a.html": "{{ page.title }}"}))
    assert render_page(theme, page("a.html"), {}) == (b"Title\n", ())
    assert render_page(pickle.loads(pickle.dumps(theme)), page("a.html"), {}) == (b"Title\n", ())  # noqa: S301 (our own)


def test_a_build_of_an_unchanged_site_compiles_nothing(site: SiteTest, compiled: list[str]) -> None:
    site.note("a", "one").build()
    assert compiled
    compiled.clear()
    site.build("--explain").build()  # --explain goes through all stages
    assert compiled == []


def test_an_edit_compiles_only_what_its_pages_need(site: SiteTest, compiled: list[str]) -> None:
    site.note("a", "Short.\n\n<!-- more -->\n\none").build()
    assert {"note.html", "archive.html", "home.html"} <= set(compiled)
    compiled.clear()
    assert "two" in site.note("a", "Short.\n\n<!-- more -->\n\ntwo").build().html("posts/a/index.html")
    assert "note.html" in compiled
    assert not {"archive.html", "home.html"} & set(compiled)
    assert len(compiled) == len(set(compiled)), "each once"


def test_an_edited_template_is_compiled(site: SiteTest) -> None:
    site.note("a", "one").build().write("themes/transmission/templates/note.html", "{{ page.title }} 1").build()
    assert site.html("posts/a/index.html") == "a 1\n"
    site.write("themes/transmission/templates/note.html", "{{ page.title }} 2").build()
    assert site.html("posts/a/index.html") == "a 2\n"


@pytest.mark.slow
def test_workers_find_templates_compiled(site: SiteTest, compiled: list[str]) -> None:
    """They are forked from this process, where each template that their pages can reach is compiled once."""
    for number in range(210):
        site.note(f"n{number}", "x")
    site.build("-j2")
    assert {"note.html", "archive.html"} <= set(compiled)
    assert len(compiled) == len(set(compiled))
