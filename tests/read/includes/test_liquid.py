"""Liquid of Jekyll's notes: values of the site, loops."""

import pytest

from notegen.read.includes.liquid import flat, with_values, without_loops

VALUES = {
    "photo": "/me.jpg",
    "year": 2024,
    "author": {"name": "张三", "links": {"mail": "a@b.example"}},
    "on": True,
    "words": "two\nlines\n",
    "tag": "<b>",
    "l": [1],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ site.photo }} {{site.year}} {{- site.author.name -}}", "/me.jpg 2024 张三"),
        ('<img src="{{ site.photo | relative_url }}">', '<img src="/me.jpg">'),
        ("[x]({{ site.author.links.mail }})", "[x](a@b.example)"),
        ("{{ site.unknown }} {{ site.author }} {{ site.on }} {{ site.l }}", None),
        ("{{ site.photo | replace: 'a', 'b' }} {{ page.photo }} {{ website.photo }}", None),
        ("{% raw %}{{ site.photo }}{% endraw %} {{ site.photo }}", "{% raw %}{{ site.photo }}{% endraw %} /me.jpg"),
        ("{% raw %}{{ site.photo }}", None),
        ("{{ site.words }}", "two lines"),
        ("{{ site.tag | escape }} {{ site.tag }}", "&lt;b&gt; <b>"),
    ],
)
def test_values_of_the_site_stand_in_the_text(text: str, expected: str | None) -> None:
    assert with_values(text, VALUES) == (text if expected is None else expected)


def test_mappings_in_mappings_end() -> None:
    deep: dict[str, object] = {"x": 1}
    for _ in range(99):
        deep = {"a": deep}
    assert flat(deep) == {}


@pytest.mark.parametrize(
    ("text", "expected", "lines"),
    [
        (
            "a\n{% for post in site.posts %}\n- {{ post.title }}\n{% endfor %}\nb",
            "a\n<!-- -->\n<!-- -->\n<!-- -->\nb",
            [2],
        ),
        ("- a\n  {% for x in y %}\n  {% endfor %}\n- b", "- a\n  <!-- -->\n  <!-- -->\n- b", [2]),
        ("T: {% for x in y %}\nx\n{% endfor %} and *c*", "T: \n<span></span>\n<span></span> and *c*", [1]),
        ("{% for x in y %}\nx\n{% endfor %} and *c*", "\n\n and *c*", [1]),
        (
            "```\n{% for x in y %}\n{% endfor %}\n```\n{% for x in y %}{% endfor %}",
            "```\n{% for x in y %}\n{% endfor %}\n```\n",
            [5],
        ),
        ("a {% for i in (1..3) %}{{ i }}{% endfor %} b", "a  b", [1]),
        (
            "{% for a in b %}{% for c in a %}x{% endfor %}y{% endfor %}z\n{%- tablerow x in y -%}{% endtablerow %}",
            "z\n",
            [1, 2],
        ),
        ("{%- assign x = y | default: '%Y-%m' -%}a", "a", []),
        ("{% for a in b %} never closed", None, []),
        ("{% endfor %} {% if x %}y{% endif %}", None, []),
        ("{% raw %}{% for a in b %}{% endfor %}{% endraw %}", None, []),
    ],
)
def test_loops_are_left_out_in_as_many_lines(text: str, expected: str | None, lines: list[int]) -> None:
    body, problems = without_loops(text, "a.md", 0)
    assert body == (text if expected is None else expected)
    assert [(problem.code, problem.line) for problem in problems] == [("tag-unknown", line) for line in lines]
