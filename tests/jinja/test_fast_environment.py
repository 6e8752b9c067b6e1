"""Templates give the same text, and fail in the same way, with Jinja's own environment and with the fast one."""

from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from notegen.jinja.environment import make_environment
from notegen.jinja.fast_environment import FastEnvironment
from notegen.model.config import Config
from notegen.render.theme.load import Theme, load_theme
from tests.support.theme import source, transmission, tree
from tests.support.theme_values import PAGES, site_info

TEXTS = (
    "{{ value }}|{{ value | string }}|{{ value ~ value }}|{{ value | safe }}|{{ value | e }}",
    "{% autoescape false %}{{ value }}{% endautoescape %}{{ value }}",
    "{% set block %}<i>{{ value }}</i>{% endset %}{{ block }}{{ block | upper }}",
    "{% macro m(a, b=value) %}{{ a }}{{ b }}{{ kwargs }}{{ varargs }}{% endmacro %}{{ m(value) }}{{ m(1, 2, 3, c=4) }}",
    "{% macro m(a) %}<b>{{ a }}{{ caller() }}</b>{% endmacro %}{% call m('&') %}{{ value }}{% endcall %}",
    "{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{{ [m(value)] | join }}{{ m(m(value)) | length }}",
    "{% macro m() %}{{ value }}{% endmacro %}{% for value in '<>' %}{{ m() }}{{ loop.index }}{% endfor %}",
    "{% block a %}{% macro m() %}{{ value }}{% endmacro %}{{ m() }}{% endblock %}{{ self.a() }}",
    "{{ words.copied }}{{ words.items() | list }}{{ words['items'] }}{{ words.get('copied') }}",
    "{{ words.gone is defined }}{{ words.gone | default('<') }}{{ none.x is defined }}{{ value.title }}",
    "{{ dict(a=value).a }}{{ namespace(a=value).a }}{{ cycler('<').next() }}{{ range(3) | list }}",
    "{% include 'part.html' %}{% with value = 2 %}{% include 'part.html' %}{% endwith %}",
    "{% from 'part.html' import shown with context %}{{ shown(value) }}",
    "{{ words.gone }}",
    "{{ gone }}",
    "{{ m() }}{% macro m(a) %}{{ a }}{% endmacro %}",
    "{% macro m() %}{% endmacro %}{{ m(1) }}",
)
PART = "{% macro shown(x) %}{{ x }}{{ value }}{% endmacro %}{{ value }}{{ dict() }}{{ shown('<') }}"
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.text().map(Markup), st.lists(st.text()))


@pytest.fixture(scope="module", name="shipped")
def theme_transmission() -> Theme:
    return load_theme(tree(transmission()), Config(), base_path="/repo/").value


@pytest.fixture(params=["1", ""], ids=["plain", "fast"], name="environment_class")
def environment_classes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type[jinja2.Environment]:
    monkeypatch.setenv("NOTEGEN_PLAIN", request.param)
    return jinja2.Environment if request.param else FastEnvironment


def environments(sources: dict[str, Any]) -> tuple[jinja2.Environment, jinja2.Environment]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOTEGEN_PLAIN", "1")
        plain = make_environment(sources)
        patch.delenv("NOTEGEN_PLAIN")
        return plain, make_environment(sources)


def outcome(environment: jinja2.Environment, name: str, values: dict[str, Any]) -> str:
    try:
        return environment.get_template(name).render(values)
    except (jinja2.TemplateError, TypeError) as error:
        return f"{type(error).__name__}: {error}"


def test_the_switch_chooses(environment_class: type[jinja2.Environment]) -> None:
    assert type(make_environment({})) is environment_class


def test_both_give_the_same_text() -> None:
    part = source("part.html", PART)
    pairs = [environments({"a.html": source("a.html", text), "part.html": part}) for text in TEXTS]

    @given(VALUES)
    def same(value: Any) -> None:
        values = {"value": value, "words": {"items": "1 <", "copied": "&"}}
        for text, (plain, fast) in zip(TEXTS, pairs, strict=True):
            assert outcome(fast, "a.html", values) == outcome(plain, "a.html", values), text

    same()


def test_both_give_the_same_pages(shipped: Theme) -> None:
    plain, fast = environments(dict(shipped.sources))
    for name, value in PAGES:
        values = {**shipped.shared, "site": site_info(), "categories": (), "tags": (), "page": value}
        assert fast.get_template(name).render(values) == plain.get_template(name).render(values)
