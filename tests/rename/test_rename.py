"""`notegen rename`: links in every form follow, code and comments stay, what cannot be mended is told."""

from pathlib import Path

import pytest

from tests.support.site import SiteTest


def text(site: SiteTest, path: str) -> str:
    """Return the text of a file of the site."""
    return (site.root / path).read_bytes().decode()


def body(site: SiteTest, path: str) -> str:
    """Return a note without its front matter."""
    return text(site, path).split("---\n\n")[1].strip()


LINKS = [
    ("[t](b.md)", "[t](sub/new%20one.md)"),
    ('[t](<b.md#h> "b.md")', '[t](<sub/new%20one.md#h> "b.md")'),
    ("[t](./b.md)", "[t](./sub/new%20one.md)"),
    ("[t](/posts/b/)", "[t](/posts/new-one/)"),
    ("[b.md](b.md)", "[b.md](sub/new%20one.md)"),
    ("[[b]]", "[[new one]]"),
    ("[[b#h|b]]", "[[new one#h|b]]"),
    ("![[b]]", "![[new one]]"),
    ("x [t][r]\n\n[r]: b.md", "x [t][r]\n\n[r]: sub/new%20one.md"),
    ("{% post_link b words %}", '{% post_link "new one" words %}'),
    ("[t]({% post_url b %})", "[t]({% post_url sub/new%20one %})"),
    ('[t]({{< ref "b.md" >}})', '[t]({{< ref "sub/new%20one.md" >}})'),
    ('<a href="b.md">t</a>', '<a href="sub/new%20one.md">t</a>'),
    ("`[t](b.md)` and\n\n```\n[[b]]\n```\n\n<!-- [[b]] -->", None),
    ("[t](https://example.org/b.md)", None),
    ("> - [t](b.md)", "> - [t](sub/new%20one.md)"),
]


@pytest.mark.parametrize(("before", "after"), LINKS)
def test_links_follow_a_note(site: SiteTest, before: str, after: str | None) -> None:
    site.note("b", "## H {#h}").note("a", before).run("rename", "b", "sub/new one")
    assert body(site, "content/a.md") == (after if after is not None else before)
    assert not (site.root / "content/b.md").exists()
    site.build().expect_report("2 notes")
    assert "link-broken" not in site.stderr


def test_lines_that_include_it_follow_and_so_do_its_own(site: SiteTest) -> None:
    site.note("a", '{{< include b.md >}}\n\n--8<-- "./b.md"\n\n<<< @/content/b.md\n\n`b.md`')
    site.note("b", "B\n\n{{< include parts/x.txt >}}").write("content/parts/x.txt", "Words of x.")
    site.run("rename", "content/b.md", "sub/c.md")
    lines = '{{< include sub/c.md >}}\n\n--8<-- "./sub/c.md"\n\n<<< @/content/sub/c.md\n\n`b.md`'
    assert body(site, "content/a.md") == lines
    assert "{{< include ../parts/x.txt >}}" in text(site, "content/sub/c.md")
    assert "Words of x." in site.build().body("a")


def test_tags_of_jekyll_follow(tmp_path: Path) -> None:
    site = SiteTest(tmp_path).write("_config.yml", "title: J\n").write("about.md", "---\ntitle: Me\n---\nx")
    site.write("_posts/2020-01-02-first.md", "---\ntitle: A\n---\nx")
    links = "[a]({% post_url 2020-01-02-first %}) [b]({% link _posts/2020-01-02-first.md %}) [c]({% link about.md %})"
    site.write("_posts/2020-02-02-b.md", f"---\ntitle: B\n---\n\n{links} 2020-01-02-first\n")
    site.run("rename", "_posts/2020-01-02-first.md", "_posts/2020-01-02-start.md").run("rename", "about.md", "me.md")
    after = links.replace("-first", "-start").replace("about.md", "me.md")
    assert body(site, "_posts/2020-02-02-b.md") == f"{after} 2020-01-02-first"


def test_its_own_relative_links_lead_where_they_led(site: SiteTest) -> None:
    site.note("a", "A.").note("b", "[a](a.md) [[a]] [self](b.md#x) ![p](img/p.svg)\n\n## X {#x}")
    site.write("content/img/p.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>').run("rename", "content/b.md", "s/b.md")
    assert body(site, "content/s/b.md").startswith("[a](../a.md) [[a]] [self](b.md#x) ![p](../img/p.svg)")


def test_what_was_broken_in_a_note_before_it_moved_is_no_loss(site: SiteTest) -> None:
    site.note("b", "See \\eqref{eq:nowhere}.").run("rename", "b", "c")
    assert "eq:nowhere" not in site.stderr


def test_a_published_note_keeps_its_old_address(site: SiteTest) -> None:
    site.note("b", "B.").run("rename", "b", "c").build()
    assert "/posts/c/" in site.html("posts/b/index.html")
    assert "aliases: [/posts/b/]" in text(site, "content/c.md")
    site.run("rename", "c", "d", "--no-alias")
    assert "aliases: [/posts/b/]\n" in text(site, "content/d.md")
    site.run("rename", "d", "e")
    assert "aliases: [/posts/d/, /posts/b/]" in text(site, "content/e.md")


def test_drafts_and_pages_with_an_address_of_their_own_need_none(site: SiteTest) -> None:
    site.note("b", "B.", draft=True).note("c", "C.", slug="x").run("rename", "b", "d").run("rename", "c", "e")
    assert "aliases" not in text(site, "content/d.md") + text(site, "content/e.md")


def test_drafts_and_navigation_follow(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\nnav: [a.md, {B: b.md}] # b.md\n").note("a", "[[b]]", draft=True).note(
        "b", "B."
    )
    site.run("rename", "b", "c")
    assert text(site, "site.yaml") == "language: en\nnav: [a.md, {B: c.md}] # b.md\n"
    assert body(site, "content/a.md") == "[[c]]"


def test_a_dry_run_shows_a_diff_and_writes_nothing(site: SiteTest) -> None:
    site.note("a", "[[b]]").note("b", "B.").run("rename", "b", "c", "--dry-run")
    assert "-[[b]]\n+[[c]]" in site.stdout
    assert "rename content/b.md -> content/c.md" in site.stdout
    assert (site.root / "content/b.md").exists()
    assert body(site, "content/a.md") == "[[b]]"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("b", "a", "content/a.md is there already"),
        ("b", "../x", "is no path below the content folder"),
        ("b", "sub/../../x", "is no path below the content folder"),
        ("b", ".hidden", "is no path below the content folder"),
        ("nope", "x", "there is no note, label or tag nope"),
        ("eq:one", "eq:two", "the label eq:two is there already"),
    ],
)
def test_what_cannot_be_is_refused(site: SiteTest, old: str, new: str, message: str) -> None:
    site.note("a", "$$x \\label{eq:one}$$\n\n$$y \\label{eq:two}$$").note("b", "B.")
    site.run("rename", old, new, expect=2).expect_report(message)
    assert sorted(path.name for path in (site.root / "content").iterdir()) == ["a.md", "b.md"]


def test_line_ends_and_marks_of_windows_stay(site: SiteTest) -> None:
    site.write("content/a.md", b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2026-01-01\r\n---\r\n[[b]]\r\n").note("b", "B.")
    site.run("rename", "b", "c")
    data = (site.root / "content/a.md").read_bytes()
    assert data == b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2026-01-01\r\n---\r\n[[c]]\r\n"


def test_a_label_gets_another_name_wherever_it_is_one(site: SiteTest) -> None:
    site.note(
        "a",
        "$$x \\label{eq:a}$$\n\n\\eqref{eq:a}, \\cref{eq:b,eq:a}, [[#eq:a]], @eq:a, eq:a `\\ref{eq:a}`\n\n"
        "$$y \\label{eq:b}$$",
    )
    site.note("c", "[[a#eq:a]] and \\eqref{eq:a}; \\ref{eq:ab}").run("rename", "eq:a", "eq:energy")
    a, c = body(site, "content/a.md"), body(site, "content/c.md")
    assert "\\label{eq:energy}" in a
    assert "\\eqref{eq:energy}, \\cref{eq:b,eq:energy}, [[#eq:energy]], @eq:energy, eq:a `\\ref{eq:a}`" in a
    assert c == "[[a#eq:energy]] and \\eqref{eq:energy}; \\ref{eq:ab}"


def test_a_tag_gets_another_name(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\nmarkdown: {hashtags: true}\n")
    site.note("a", "About #ml and #mlx `#ml` [x](#ml).", tags=["ml", "ml/deep", "mlx", "x"])
    site.write("content/b.md", "---\ntitle: ml\ndate: 2026-01-01\ntags:\n- ml\n- 'ml'\n---\nB.\n")
    site.write("content/c.md", '+++\ntitle = "ml"\ndate = 2026-01-01\ntags = ["ml", "x"]\n+++\nC.\n')
    site.run("rename", "#ml", "machine learning", expect=1)
    site.expect_report("content/a.md:7: #ml stays: no hashtag can be 'machine learning'")
    assert 'tags: ["machine learning", "machine learning/deep", "mlx", "x"]' in text(site, "content/a.md")
    assert "#mlx `#ml` [x](#ml)" in text(site, "content/a.md")
    assert "title: ml\ndate: 2026-01-01\ntags:\n- machine learning\n- 'machine learning'\n" in text(
        site, "content/b.md"
    )
    assert 'title = "ml"' in text(site, "content/c.md")
    assert 'tags = ["machine learning", "x"]' in text(site, "content/c.md")


def test_a_note_goes_before_a_tag_of_its_name(site: SiteTest) -> None:
    site.note("ml", "M.", tags=["ml"]).run("rename", "ml", "dl", "--as", "tag")
    assert 'tags: ["dl"]' in text(site, "content/ml.md")
    site.run("rename", "ml", "dl")
    assert (site.root / "content/dl.md").exists()


def test_hashtags_follow_where_the_name_can_be_one(site: SiteTest) -> None:
    site.write("site.yaml", "language: en\nmarkdown: {hashtags: true}\n").note("a", "About #ml, `#ml` and #ml/deep.")
    site.run("rename", "#ml", "dl")
    assert body(site, "content/a.md") == "About #dl, `#ml` and #dl/deep."


def test_links_in_included_files_follow(site: SiteTest) -> None:
    site.write("content/_part.md", "See [[b]] and [t](b.md); `[[b]]`.\n").note("b", "B.")
    site.note("a", "{{< include _part.md >}}\n\n[own](b.md)").run("rename", "b", "c")
    assert text(site, "content/_part.md") == "See [[c]] and [t](c.md); `[[b]]`.\n"
    assert body(site, "content/a.md").endswith("[own](c.md)")


def test_a_link_of_a_file_that_two_folders_include_is_left_to_its_author(site: SiteTest) -> None:
    site.write("content/_part.md", "See [t](/b.md) and [u](b.md).\n").note("b", "B.").note("sub/b", "other")
    site.note("a", "{{< include _part.md >}}").note("sub/a", "{{< include ../_part.md >}}")
    site.run("rename", "content/b.md", "c", expect=None)
    assert "[t](/c.md)" in text(site, "content/_part.md")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aliases:\n  - /old/\n  - /older/", "aliases:\n  - /posts/b/\n  - /old/\n  - /older/"),
        ("aliases:\n- /old/", "aliases:\n- /posts/b/\n- /old/"),
        ("aliases: [/old/]", "aliases: [/posts/b/, /old/]"),
        ("aliases: []", "aliases: [/posts/b/]"),
        ("aliases: /old/", "aliases: [/posts/b/, /old/]"),
        ("aliases:", "aliases: [/posts/b/]"),
        ("redirect_from:\n  - /old/", "redirect_from:\n  - /posts/b/\n  - /old/"),
        ("tags: [x]", "tags: [x]\naliases: [/posts/b/]"),
    ],
)
def test_an_old_address_joins_the_others_however_they_are_written(site: SiteTest, before: str, after: str) -> None:
    site.write("content/b.md", f"---\ntitle: B\ndate: 2026-01-01\n{before}\n---\n\nB.\n").run("rename", "b", "c")
    assert text(site, "content/c.md") == f"---\ntitle: B\ndate: 2026-01-01\n{after}\n---\n\nB.\n"
    assert "/posts/c/" in site.build().html("posts/b/index.html")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('title = "B"\n', 'aliases = ["/posts/b/"]\ntitle = "B"\n'),
        ('title = "B"\naliases = ["/old/"]\n', 'title = "B"\naliases = ["/posts/b/", "/old/"]\n'),
        ('aliases = []\ntitle = "B"\n[extra]\nx = 1\n', 'aliases = ["/posts/b/"]\ntitle = "B"\n[extra]\nx = 1\n'),
    ],
)
def test_an_old_address_stands_in_toml_too(site: SiteTest, before: str, after: str) -> None:
    date = "date = 2026-01-01\n"
    site.write("content/b.md", f"+++\n{before.replace('title', date + 'title', 1)}+++\nB.\n").run("rename", "b", "c")
    assert text(site, "content/c.md") == f"+++\n{after.replace('title', date + 'title', 1)}+++\nB.\n".replace(
        f'aliases = ["/posts/b/"]\n{date}', f'aliases = ["/posts/b/"]\n{date}'
    )
    assert "/posts/c/" in site.build().html("posts/b/index.html")


def test_a_note_without_front_matter_gets_some_for_its_old_address(site: SiteTest) -> None:
    site.write("content/b.md", "# B\n").run("rename", "b", "c")
    assert text(site, "content/c.md") == "---\naliases: [/posts/b/]\n---\n\n# B\n"


LABELS = [
    ("{eq}`eq:a` and {ref}`words <eq:a>`", "{eq}`eq:b` and {ref}`words <eq:b>`"),
    ("```{note}\n\\eqref{eq:a}\n```", "```{note}\n\\eqref{eq:b}\n```"),
    ("```python\n\\eqref{eq:a}\n```", "```python\n\\eqref{eq:a}\n```"),
    ("`\\eqref{eq:a}` \\eqref{eq:a}", "`\\eqref{eq:a}` \\eqref{eq:b}"),
]


@pytest.mark.parametrize(("before", "after"), LABELS)
def test_labels_in_roles_and_directives_follow(site: SiteTest, before: str, after: str) -> None:
    site.note("a", f"$$x \\label{{eq:a}}$$\n\n{before}").run("rename", "eq:a", "eq:b")
    assert body(site, "content/a.md") == f"$$x \\label{{eq:b}}$$\n\n{after}"


ALGORITHM = (
    "```algorithm\n\\begin{algorithm}\n\\caption{C}\\label{alg:a}\n\\begin{algorithmic}\n\\State x\n"
    "\\end{algorithmic}\n\\end{algorithm}\n```\n\n\\ref{alg:a}"
)
DEFINITIONS = [
    ("```{math}\n:label: eq:a\nx\n```\n\n\\eqref{eq:a}", "```{math}\n:label: eq:b\nx\n```\n\n\\eqref{eq:b}"),
    ("```python {#lst-a lst-cap=C}\nlst-a\n```\n\n@lst-a", "```python {#lst-b lst-cap=C}\nlst-a\n```\n\n@lst-b"),
    ("![C](p.svg){#fig-a}\n\n[[#fig-a]] @fig-a", "![C](p.svg){#fig-b}\n\n[[#fig-b]] @fig-b"),
    (ALGORITHM, ALGORITHM.replace("alg:a", "alg:b")),
]


@pytest.mark.parametrize(("before", "after"), DEFINITIONS)
def test_labels_follow_where_fences_give_them(site: SiteTest, before: str, after: str) -> None:
    site.write("content/p.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>').note("a", before)
    old = next(label for label in ("eq:a", "lst-a", "fig-a", "alg:a") if label in before)
    site.run("rename", old, old[:-1] + "b")
    assert body(site, "content/a.md") == after
