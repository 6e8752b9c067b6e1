"""Files of data: what templates get of each format, what is said of bad ones, and which are read at all."""

import json

import pytest

from tests.support.site import SiteTest

SHOW = "{{ data.d | tojson }}"


def shown(site: SiteTest) -> object:
    """Return what a shortcode gets as `data.d`."""
    site.write("shortcodes/d.html", "<code>" + SHOW + "</code>").note("a", "{{< d >}}").build().expect_clean()
    return json.loads(site.body("a").split("<code>")[1].split("</code>")[0])


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("d.yaml", "- a: 1\n  b: no\n- c", [{"a": 1, "b": "no"}, "c"]),
        ("d.yml", "x: {y: [1.5, true, null]}", {"x": {"y": [1.5, True, None]}}),
        ("d.json", '{"a": [1, 123456789012345678901], "b": "\\ud800"}', {"a": [1, "123456789012345678901"], "b": "?"}),
        ("d.toml", "[a]\nb = 1\nc = [true]", {"a": {"b": 1, "c": [True]}}),
        ("d.csv", 'n,y\nA,1\n"B, C",2\n\nD\n', [{"n": "A", "y": "1"}, {"n": "B, C", "y": "2"}, {"n": "D", "y": ""}]),
        ("d/e.yaml", "1", {"e": 1}),
    ],
)  # fmt: skip
def test_each_format(site: SiteTest, name: str, text: str, value: object) -> None:
    assert shown(site.write(f"data/{name}", text)) == value


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("d.yaml", "a: 1\nb: [", "data/d.yaml:2:5"),
        ("d.json", '{"a": 1,\n "b" 2}', "data/d.json:2:6"),
        ("d.toml", "a = 1\nb = ", "data/d.toml:2:4"),
        ("d.csv", "a,b\n1,2,3\n", "data/d.csv:2"),
        ("d.json", "[" * 5000 + "]" * 5000, "data/d.json"),
        ("d.json", "[" * 70 + "]" * 70, "data/d.json"),
    ],
)
def test_mistakes_are_told_at_their_line(site: SiteTest, name: str, text: str, line: str) -> None:
    site.write("shortcodes/d.html", SHOW).write(f"data/{name}", text).note("a", "Words.").build(expect=1)
    site.expect_lines(f"{line}: error[data-file]")


def test_two_files_of_one_name_are_told(site: SiteTest) -> None:
    site.write("shortcodes/d.html", SHOW).write("data/d.json", "1").write("data/d.yaml", "2").note("a", "A.")
    site.build(expect=1).expect_report("error[data-file]: another file is called d, too")


def test_what_no_template_reads_is_not_looked_at(site: SiteTest) -> None:
    site.write("shortcodes/d.html", '<i data-x="data">{{ args["data.e"] }}</i>').write("data/d.json", "{").note(
        "a", "A."
    )
    site.build().expect_clean()


def test_pages_depend_on_the_files_that_their_templates_read(site: SiteTest) -> None:
    site.write("site.yaml", "theme: [mine, transmission]\nlanguage: en\n").note("a", "A.")
    text = '{% extends "!transmission/archive.html" %}{% block main %}{{ data.friends[0].name }}{% endblock %}'
    site.write("themes/mine/templates/archive.html", text).write("data/friends.yaml", "- name: Ann\n").build()
    assert "Ann" in site.html("archives/index.html")
    site.write("data/friends.yaml", "- name: Bob\n").write("data/more.yaml", "1").build("--explain")
    rendered = [line for line in site.stderr.splitlines() if line.startswith("render ")]
    assert rendered == ["render archives/index.html because: shared data.friends"]
    assert "Bob" in site.html("archives/index.html")
