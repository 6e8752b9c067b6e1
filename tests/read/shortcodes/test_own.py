"""Shortcodes with a template of the site: what they are given, what they show, what is said where one fails."""

import pytest

from tests.support.cases import check_each
from tests.support.site import SiteTest

PAPER = '<aside class="paper" id="{{ args.id }}">{{ args.get(0, "") }}{{ body }}</aside>\n'
FORMS = (
    "{{< paper Words id=x1 >}}",
    "{{% paper Words id=x1 %}}",
    '{% paper "Words" id="x1" %}',
    "::: paper Words id=x1\n:::",
    "::: {paper Words id=x1}\n:::",
    "::: {.paper #x1} Words\n:::",
    "::: paper {Words id=x1}\n:::",
    "{{< paper\n  Words\n  id=x1\n>}}",
    "{{< paper Words id=x1 >}}{{< /paper >}}",
)


def test_every_form_calls_the_template(site: SiteTest) -> None:
    site.write("shortcodes/paper.html", PAPER)
    for number, written in enumerate(FORMS):
        site.note(f"a{number}", written)
    site.build().expect_clean()

    def check(number: int, _written: str) -> None:
        assert site.body(f"a{number}").strip() == '<aside class="paper" id="x1">Words</aside>'

    check_each(zip(FORMS), check)


@pytest.mark.parametrize(
    "written",
    ["{{< box >}}\n…\n{{< /box >}}", "{% box %}\n…\n{% endbox %}", "::: box\n…\n:::", "::: {.box}\n…\n:::"],
)
def test_the_body_is_finished_html_with_links_that_lead(site: SiteTest, written: str) -> None:
    site.write("shortcodes/box.html", "<div>{{ body }}</div>")
    site.note("b", "B.").note("a", written.replace("…", "**bold** $x$ [[b]] [c](b.md)")).build().expect_clean()
    html = site.body("a").strip()
    assert html.startswith("<div><p><strong>bold</strong> <math>")
    assert html.count('<a href="/posts/b/">') == 2


def test_in_a_sentence_it_stays_in_the_sentence(site: SiteTest) -> None:
    site.write("shortcodes/key.html", "<kbd>{{ body or args[0] }}</kbd>\n")
    site.note("a", "Press {{< key >}}*Ctrl*{{< /key >}} and {% key C %} now.\n\n## With {{< key K >}}\n\n- {% key L %}")
    html = site.build().expect_clean().body("a")
    assert "<p>Press <kbd><em>Ctrl</em></kbd> and <kbd>C</kbd> now.</p>" in html
    assert "With <kbd>K</kbd>" in html
    assert "<kbd>L</kbd>" in html


def test_alone_on_its_line_it_is_a_block_but_ends_no_paragraph(site: SiteTest) -> None:
    site.write("shortcodes/x.html", "<hr>")
    html = site.note("a", "{{< x >}}\n{{< x >}}\nwords\n{{< x >}}\nmore").build().body("a")
    assert html.strip() == "<hr>\n<hr>\n<p>words\n<hr>\nmore</p>"


def test_values_are_text_and_no_markdown(site: SiteTest) -> None:
    site.write("shortcodes/x.html", "<p>{{ args[0] }}|{{ note.title }}|{{ number }}|{{ inline }}|**no**</p>")
    html = site.note("a", '{{< x "<b> & *c*" >}}\n\n{{< x d >}}', title="T & U").build().body("a")
    assert "<p>&lt;b&gt; &amp; *c*|T &amp; U|1|False|**no**</p>" in html
    assert "|2|False" in html


def test_what_it_writes_has_links_and_pictures_like_the_note(site: SiteTest) -> None:
    site.write("shortcodes/x.html", '<a href="b.md">B</a><a href="nope.md">N</a>').note("b", "B.")
    site.note("a", "Words.\n\n{{< x >}}").build()
    assert '<a href="/posts/b/">B</a>' in site.body("a")
    site.expect_report("content/a.md:8: warning[link-broken]", "nope.md")


def test_ids_that_it_writes_can_be_linked_to(site: SiteTest) -> None:
    site.write("shortcodes/x.html", '<p id="here">H</p>').note("a", "{{< x >}}\n\n[to](#here)").build().expect_clean()
    assert '<p id="here">' in site.body("a")


def test_data_of_the_site_is_there(site: SiteTest) -> None:
    site.write("data/papers.yaml", "x1: {title: Attention}\n").write("data/other.json", "{broken")
    site.write("shortcodes/paper.html", "<cite>{{ data.papers[args.id].title }}</cite>")
    assert "<cite>Attention</cite>" in site.note("a", "See {% paper id=x1 %}.").build().expect_clean().body("a")


def test_excerpts_have_the_words_around_it(site: SiteTest) -> None:
    site.write("shortcodes/box.html", "<div>BOX {{ body }}</div>").write(
        "shortcodes/k.html", "<kbd>{{ args[0] }}</kbd>"
    )
    site.note("a", "One {% k K %} two.\n\n{{< box >}}\ninside\n{{< /box >}}\n\nThree.").build()
    home = site.html("index.html")
    assert "One K two." in home
    assert "BOX" not in home


def test_a_template_goes_before_what_notegen_knows(site: SiteTest) -> None:
    site.write("shortcodes/figure.html", "<b>mine</b>").write("shortcodes/note.html", "<i>{{ body }}</i>")
    html = site.note("a", "{{< figure src=a.png >}}\n\n{% note %}\nx\n{% endnote %}").build().expect_clean().body("a")
    assert "<b>mine</b>" in html
    assert "<i><p>x</p>\n</i>" in html


def test_of_the_theme_those_of_the_site_shadow(site: SiteTest) -> None:
    site.write("site.yaml", "theme: [mine, transmission]\nlanguage: en\n")
    site.write("themes/mine/shortcodes/x.html", "theme").write("themes/mine/shortcodes/y.html", "theme y")
    site.write("shortcodes/x.html", "site")
    html = site.note("a", "{% x %} {% y %} and").build().body("a")
    assert "<p>site theme y and</p>" in html


def test_in_code_and_raw_it_is_text(site: SiteTest) -> None:
    site.write("shortcodes/x.html", "<b>no</b>")
    html = site.note("a", "`{{< x >}}`\n\n```\n{{< x >}}\n```\n\n{% raw %}{{< x >}}{% endraw %}").build().body("a")
    assert "<b>no</b>" not in html


def test_templates_reach_nothing_of_python(site: SiteTest) -> None:
    site.write("shortcodes/x.html", "{{ args.__class__.__mro__ }}").note("a", "{{< x >}}").build(expect=1)
    site.expect_report("shortcodes/x.html:1: error[template-error]", "is unsafe", "content/a.md:6")


FAILING = (
    ("<p>\n{{ args.missing }}", "shortcodes/x.html:2: error[template-error]: 'dict object' has no attribute"),
    ("\n{% if %}", "shortcodes/x.html:2: error[template-syntax]"),
    ('{% include "y.html" %}', "shortcodes/x.html:1: error[template-missing]: shortcodes/ has no y.html"),
    ('{% include "x.html" %}', "shortcodes/x.html:1: error[template-error]: it includes or calls itself"),
    ("{% for i in range(10 ** 9) %}{% endfor %}", "shortcodes/x.html:1: error[template-error]: Range too big"),
    (
        "\n{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
        "shortcodes/x.html:2: error[template-error]: more than 1,000,000 steps",
    ),
    (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "shortcodes/x.html:1: error[template-error]: more than 1,000,000 steps",
    ),
    ("{{ 9 ** 9 ** 99999 }}", "shortcodes/x.html:1: error[template-error]: a number that is too large"),
    ("{{ 'x' * 10 ** 9 }}", "shortcodes/x.html:1: error[template-error]: a text or list that is too large"),
    (
        "{% set s = namespace(t='ab') %}{% for i in range(60) %}{% set s.t = s.t ~ s.t %}{% endfor %}",
        "shortcodes/x.html:1: error[template-error]: more than 1,000,000 steps",
    ),
    ("{{ data.nope }}", "shortcodes/x.html:1: error[template-error]"),
)


@pytest.mark.slow
def test_what_fails_is_told_at_the_line_of_the_template(site: SiteTest) -> None:
    for number, (template, _) in enumerate(FAILING):
        site.write(f"shortcodes/x{number}.html", template.replace("x.html", f"x{number}.html"))
        site.note(f"a{number}", f"{{{{< x{number} >}}}}")
    site.build("-v", expect=1)

    def check(number: int, _template: str, line: str) -> None:
        place = line.replace("shortcodes/x.html:", f"shortcodes/x{number}.html:")
        told = [row for row in site.stderr.splitlines() if row.startswith(f"shortcodes/x{number}.html:")]
        assert len(told) == 1
        assert told[0].startswith(place)

    check_each(FAILING, check)


def test_a_changed_body_is_told(site: SiteTest) -> None:
    site.write("shortcodes/x.html", "<b>{{ body | upper }}</b>").note("b", "B.")
    site.note("a", "A {{< x >}}[b](b.md){{< /x >}}.").build().expect_report("content/a.md:6: warning[shortcode-body]")


def test_an_unknown_one_says_which_file_would_show_it(site: SiteTest) -> None:
    site.note("a", "{{< paper id=1 >}}").build().expect_report(
        "tag-unknown", "a template shortcodes/paper.html would show it"
    )


def test_a_reserved_name_is_told(site: SiteTest) -> None:
    site.write("shortcodes/raw.html", "x").note("a", "{% raw %}*x*{% endraw %}").build()
    site.expect_lines("shortcodes/raw.html: warning[shortcode-name]")
    assert "<em>x</em>" in site.body("a")


def test_a_changed_template_is_a_reason_to_read_its_notes_only(site: SiteTest) -> None:
    site.write("shortcodes/x.html", '{% include "y.html" %}').write("shortcodes/y.html", "1{{ data.d.a }}")
    site.write("shortcodes/z.html", "z").write("data/d.json", '{"a": 1}').write("data/e.json", "{}")
    site.note("a", "{% x %} and").note("b", "{% z %} and").note("c", "plain").build()
    assert _read_again(site.write("shortcodes/y.html", "2{{ data.d.a }}")) == ["content/a.md because: shortcode x"]
    assert "<p>21 and" in site.body("a")
    assert _read_again(site.write("data/d.json", '{"a": 3}')) == ["content/a.md because: shortcode x"]
    assert "<p>23 and" in site.body("a")
    assert _read_again(site.write("data/e.json", '{"a": 3}')) == []
    assert _read_again(site.write("shortcodes/new.html", "n")) == []
    (site.root / "shortcodes" / "z.html").unlink()
    assert _read_again(site) == ["content/b.md because: shortcode z"]


def _read_again(site: SiteTest) -> list[str]:
    site.build("--explain")
    return [line.removeprefix("read ") for line in site.stderr.splitlines() if line.startswith("read ")]


def test_places_in_included_files_stay_those_of_the_template(site: SiteTest) -> None:
    site.write("shortcodes/x.html", "\n\n{{ nope }}").write("content/_part.qmd", "one\n\ntwo\n")
    site.note("a", "{{< include _part.qmd >}}\n\n{{< x >}}").build(expect=1)
    site.expect_report("shortcodes/x.html:3: error[template-error]")
