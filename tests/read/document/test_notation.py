"""The notation of a site and of a note: in formulas, in its table, in the language of the note."""

import re

from tests.support.site import SiteTest

SITE = """language: en
notation:
  '\\theta': {zh: 参数, en: parameters}
  $q_\\phi$: the approximate posterior
"""


def meanings(site: SiteTest, slug: str) -> list[str]:
    """Return the meanings in the formulas of a note's body, in order."""
    return re.findall(r'data-meaning="([^"]*)"', site.body(slug))


def test_the_notes_own_goes_before_the_sites(site: SiteTest) -> None:
    site.write("site.yaml", SITE).note("a", r"$\theta$ and $q_\phi(z)$", notation={r"\theta": "angle"})
    site.note("b", r"$\theta$", lang="zh-TW").note("c", r"# On $\theta$" + "\n\n$$\n\\theta\n$$").build().expect_clean()
    assert meanings(site, "a") == ["angle", "the approximate posterior"]
    assert meanings(site, "b") == ["参数"]
    assert meanings(site, "c") == ["parameters"] * 2
    assert '<math aria-description="θ: angle">' in site.body("a")


def test_the_table_stands_where_it_is_asked_for(site: SiteTest) -> None:
    site.write("site.yaml", SITE).note("a", "Text.\n\n[[NOTATION]]\n\nSee [[NOTATION]].").build()
    site.expect_lines("content/a.md:10:5: warning[link-broken]: ")
    rows = re.findall(r"<td>(.*?)</td>", site.body("a"))
    assert [re.sub(r"<annotation.*?</annotation>|<[^>]*>", "", cell) for cell in rows] == [
        *("θ", "parameters", "qϕ", "the approximate posterior"),
    ]
    assert re.findall(r"<th>\s*(\w+)</th>", site.body("a")) == ["Symbol", "Meaning"]


def test_feeds_have_no_marks_that_need_a_script(site: SiteTest) -> None:
    site.write("site.yaml", SITE + "base_url: https://a.example/\n").note("a", r"On $\theta$ here.").build()
    assert "data-meaning" not in site.html("atom.xml")


def test_without_a_notation_nothing_changes(site: SiteTest) -> None:
    site.note("a", r"$\theta$ [[NOTATION]]").note("NOTATION", "x").build().expect_clean()
    assert meanings(site, "a") == []
    assert '<a href="/posts/NOTATION/">' in site.body("a")


def test_what_cannot_be_read_is_told(site: SiteTest) -> None:
    site.note("a", "[[NOTATION]]\n\n$x$", notation={r"\nope": "nothing", "x": "position", "y": ["a"]}).build()
    site.expect_lines(
        r"content/a.md:4: warning[math-notation]: the symbol \nope of notation is no formula",
        "content/a.md:4:55: warning[front-matter-value]: the meaning of y must be text, or a mapping of ",
    )
    assert meanings(site, "a") == ["position"] * 2
    site.write("site.yaml", "notation:\n  x: [a]\n").build(expect=2)
    site.expect_report("site.yaml:2:6: error[config-value]: notation must be a mapping of symbols to what they mean")


def test_a_meaning_may_have_formulas_and_a_symbol_must_show_something(site: SiteTest) -> None:
    notation = {"x_i": "the $i$-th input of $\\mathbb{R}^n$", "": "nothing", "{}": "nothing"}
    site.note("a", "[[NOTATION]]\n\nBy $x_i + y$.", notation=notation).build()
    assert site.stderr.count("warning[math-notation]") == 1, "front matter has no empty names"
    assert meanings(site, "a") == ["the i-th input of ℝⁿ"] * 2
    assert len(re.findall(r"<td>.*?the <math.*?-th input of <math.*?</td>", site.body("a"))) == 1
