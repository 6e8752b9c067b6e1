"""Diagnostics that tests of single functions know in every form, and that reach the author of a site too."""

import pytest

from tests.support.site import HEAD, SiteTest


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("site.yaml", "title: T\ntitle: U\n", "site.yaml:2:1: warning[config-duplicate-key]: "),
        ("site.yaml", "language: xx-nowhere-1\n", "site.yaml:1:11: warning[config-language]: "),
        ("content/a.md", "---\ntitle: a\ntitle: b\n---\n", "content/a.md:3:1: warning[front-matter-duplicate-key]: "),
        ("content/a.md", HEAD + "\n> [!theorem|thm:a]\n\n> [!lemma] x {#thm:a}\n", "warning[label-duplicate]: "),
        ("content/a.md", HEAD + "\n{% nothing.known %}\n", "content/a.md:6:1: warning[tag-unknown]: "),
    ],
)
def test_a_warning_reaches_the_author(site: SiteTest, path: str, text: str, line: str) -> None:
    site.write(path, text).build("--verbose", expect=None).expect_report(line)


def test_front_matter_without_an_end(built: SiteTest) -> None:
    built.write("content/a.md", "---\ntitle: a\n\ntext\n").build(expect=None)
    built.expect_report("content/a.md:1:1: ", "[front-matter-unclosed]: ")


def test_a_font_that_is_none(built: SiteTest) -> None:
    built.write("fonts/own.otf", b"no font").write("site.yaml", "math: {font: fonts/own.otf}\n").note("a", "$x$")
    built.build(expect=1).expect_report("fonts/own.otf: error[math-font]: ")


def test_a_command_of_an_algorithm_in_a_wrong_place(site: SiteTest) -> None:
    site.note("a", "```pseudocode\n\\begin{algorithmic}\n\\State $x$\n\\EndWhile\n\\end{algorithmic}\n```").build()
    site.expect_lines("content/a.md:9:1: warning[algorithm-syntax]: \\EndWhile closes no block")
