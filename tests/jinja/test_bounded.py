"""Templates that a folder of notes brings make nothing that is too large; the memory that a run takes is bounded."""

import tracemalloc

import jinja2
import pytest

from notegen.jinja.bounded import BoundedEnvironment
from notegen.jinja.environment import make_environment
from notegen.jinja.sizes import MOST_LENGTH
from notegen.model.source import SourceFile
from tests.support.cases import all_cases

VALUES = {"text": "ab" * 500, "items": [{"name": "a"}, {"name": "b"}], "number": 175_000_000_000, "share": 0.123}
MANY_MEGABYTES = 300_000_000  # bytes; what these templates ask for is at least a thousand million


def shown(template: str) -> str:
    """Return what a template of a folder writes."""
    environment = make_environment({"x.html": SourceFile("x.html", template, "")}, sandboxed=True)
    loaded = environment.get_template("x.html")
    assert isinstance(environment, BoundedEnvironment)
    environment.begin()
    return loaded.render(VALUES)


@pytest.mark.parametrize(
    "template",
    [
        *(f"{{{{ 'x'.{method}(10 ** 9) }}}}" for method in ("center", "ljust", "rjust", "zfill")),
        *(f"{{{{ 'x' | {name}(10 ** 9) }}}}" for name in ("center", "batch", "slice", "tojson")),
        "{{ '\t'.expandtabs(10 ** 9) }}",
        "{{ (5).to_bytes(10 ** 9, 'big') }}",
        "{{ 'x'.encode().ljust(10 ** 9) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ '{:{}}'.format(1, 10 ** 9) }}",
        "{{ '{:>{w}}'.format_map({'w': 10 ** 9}) }}",
        "{{ ('{:>1000000000}' | safe).format(1) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%-0*d' % (10 ** 9, 1) }}",
        "{{ '%.999999999f' % 1.5 }}",
        "{{ '%1000000000d' | format(1) }}",
        "{{ ('{0}' * 30000).format('x' * 40000) }}",
        "{{ ('%s' * 30000) % (('x' * 40000,) * 30000) }}",
        "{{ ('x' * 40000).replace('x', 'y' * 40000) }}",
        "{{ ('x' * 40000) | replace('x', 'y' * 40000) }}",
        "{{ ('x' * 40000).join('y' * 40000) }}",
        "{{ (['x' * 40000] * 40000) | join }}",
        "{{ ([[0] * 40000] * 40000) | sum(start=[]) }}",
        "{{ ('x' * 40000).translate({120: 'y' * 40000}) }}",
        "{{ ('x\n' * 40000) | indent(40000) }}",
        "{{ ('x ' * 40000) | wordwrap(1, True, 'y' * 40000) }}",
        "{{ ['x'] | map('center', 10 ** 9) | list }}",
        "{% filter center(10 ** 9) %}x{% endfilter %}",
        "{% set s = namespace(l=[]) %}{% for i in range(60) %}{% set s.l = [s.l, s.l] %}{% endfor %}{{ s.l }}",
        "{% set s = namespace(l=[]) %}{% for i in range(60) %}{% set s.l = [s.l, s.l] %}{% endfor %}{{ s.l ~ '' }}",
        "{% set s = namespace(l=[]) %}{% for i in range(60) %}{% set s.l = [s.l, s.l] %}{% endfor %}{{ '%s' % s.l }}",
        "{% for i in range(100000) %}" + "x" * 10_000 + "{% endfor %}",
        "{% macro f() %}" + "x" * 10_000 + "{% endmacro %}{% for i in range(90000) %}{{ f() }}{% endfor %}",
    ],
)
def test_what_would_be_too_large_is_not_made(template: str) -> None:
    with pytest.raises(jinja2.TemplateRuntimeError, match=r"too large|more than 1,000,000 steps"):
        shown(template)


@pytest.mark.parametrize(
    "template",
    [
        "{{ (['x' * 40000] * 40000) | map('upper') | join }}",
        "{% set x = 'x' * 4000000 %}{% for i in range(1000) %}{{ x }}{% endfor %}",
        "{% set s = namespace(l=[]) %}{% for i in range(1000) %}{% set s.l = s.l + ['x' * 4000000 ~ i] %}{% endfor %}",
    ],
)
def test_what_grows_step_by_step_ends_before_the_memory_does(template: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(jinja2.TemplateRuntimeError, match="more than 1,000,000 steps"):
            shown(template)
        assert tracemalloc.get_traced_memory()[1] < MANY_MEGABYTES
    finally:
        tracemalloc.stop()


@all_cases(
    ("template", "text"),
    [
        ("{{ 'x'.center(5) }}|{{ 'x' | center(5) }}", "  x  |  x  "),
        ("{{ '{:,}'.format(number) }}", "175,000,000,000"),
        ("{{ '175000000000 is {:>4}'.format(7) }}", "175000000000 is    7"),
        ("{{ '%.1f %%' % (share * 100) }}", "12.3 %"),
        ("{{ '%5.2f' | format(share) }}|{{ '%*d' % (4, 7) }}", " 0.12|   7"),
        ("{{ items | map(attribute='name') | join(', ') }}", "a, b"),
        ("{{ items | batch(2, 'x') | list | length }}", "1"),
        ("{{ text.replace('ab', 'c' * 1000) | length }}", "500000"),
        ("{{ items | tojson }}", '[{"name":"a"},{"name":"b"}]'),
        ("{{ number | default(0) + 1 }}", "175000000001"),
        ("{{ 'a\nb' | indent(2) }}", "a\n  b"),
        ("{{ ' '.join(items | map(attribute='name')) }}", "a b"),
        ("{{ 3.14159 | round(2) }}|{{ 7 % 4 }}", "3.14|3"),
        (
            "{% for i in range(1000) %}{{ i }}{{ 'x' * 100 }}{% endfor %}",
            "".join(f"{i}{'x' * 100}" for i in range(1000)),
        ),
    ],
)
def test_what_is_of_a_usual_size_is_made(template: str, text: str) -> None:
    assert shown(template) == text


def test_a_long_text_may_be_written() -> None:
    assert len(shown(f"{{{{ 'x' * {MOST_LENGTH} }}}}")) == MOST_LENGTH
