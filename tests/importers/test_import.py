"""`notegen import`: exports of WordPress, Notion and Medium become notes; formulas stay, nothing leads out."""

import io
import zipfile
from html import escape
from pathlib import Path

import pytest

from notegen.importers.archive import safe_path
from notegen.importers.html import as_markdown
from notegen.importers.imported import safe_name
from tests.support.cases import all_cases
from tests.support.site import SiteTest

PNG = b"\x89PNG\r\n\x1a\n"
SPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
ID = "0123456789abcdef0123456789abcdef"


def item(number: int, slug: str, html: str, **values: str) -> str:
    """Return a post of WordPress; `values` are elements of `wp:`."""
    known = {"post_type": "post", "status": "publish", "post_date": "2020-01-02 03:04:05", **values}
    rows = "".join(f"<wp:{name}>{escape(value)}</wp:{name}>" for name, value in known.items())
    return (
        f"<item><title>{slug.upper()}</title><link>https://blog.example.org/2020/01/{slug}/</link>"
        f"<content:encoded><![CDATA[{html}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_name>{slug}</wp:post_name>{rows}</item>"
    )


def wxr(*items: str) -> str:
    """Return an export of WordPress."""
    head = "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://blog.example.org</wp:base_blog_url>"
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}><channel>{head}{"".join(items)}</channel></rss>'


def zipped(files: dict[str, bytes | str]) -> bytes:
    """Return a zip."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Return the folder that exports are in."""
    folder = tmp_path / "export"
    folder.mkdir()
    return folder


def read(site: SiteTest, path: str) -> str:
    """Return a file that was written."""
    return (site.root / "content" / path).read_text(encoding="utf-8")


def started(site: SiteTest) -> SiteTest:
    """Return a site with an empty content folder."""
    (site.root / "content").mkdir(parents=True)
    return site.write("site.yaml", "language: en\nsearch: {enabled: false}\n")


MATHML = '<math><semantics><annotation encoding="application/x-tex">x_1</annotation></semantics></math>'
FORMULAS = [
    ("costs $5 and $latex x$", "costs $5 and $x$"),
    (r"$latex a_i &lt; b^2&amp;s=2$", r"$a_i < b^2$"),
    (r"[latex]x_1[/latex]", "$x_1$"),
    (r'[katex display="true"]\sum_i[/katex]', "$$\n\\sum_i\n$$"),
    (r"\(a_b*c\)", "$a_b*c$"),
    (r"\[a &amp;= b\]", "$$\na &= b\n$$"),
    (r"$x_i * y_i$", "$x_i * y_i$"),
    (r"$$a<br/>b$$", "$$\na\nb\n$$"),
    (r"\begin{align}a &amp; b\end{align}", r"\begin{align}a & b\end{align}"),
    ('<img class="latex" src="https://s0.wp.com/latex.php?latex=x" alt="x_1^2"/>', "$x_1^2$"),
    ('<script type="math/tex; mode=display">\\int</script>', "$$\n\\int\n$$"),
    (
        f'<span class="katex-display"><span class="katex">{MATHML}<b>x1</b></span></span>',
        "$$\nx_1\n$$",
    ),
    ("<code>$latex x$</code>", "`$latex x$`"),
    ("costs $5 and $6", "costs $5 and $6"),
]


@all_cases(("html", "markdown"), FORMULAS)
def test_formulas_stay_to_the_letter(html: str, markdown: str) -> None:
    assert as_markdown(f"<p>{html}</p>", lambda url, _kind: url).strip() == markdown


@all_cases(
    ("html", "markdown"),
    [
        ("<p>a_b *c* &lt;script&gt; `x` [t](u) [[n]]</p>", r"a\_b \*c\* \<script> \`x\` \[t](u) \[[n]]"),
        ("<p># no</p><p>1. no</p><p>- no</p>", "\\# no\n\n\\1. no\n\n\\- no"),
        ('<pre class="brush: python"><code>a\n\n\n```b</code></pre>', "````python\na\n\n\n```b\n````"),
        ('<pre><code class="language-c++">x</code></pre>', "```c++\nx\n```"),
        ('<figure><img src="a.png" alt=""/><figcaption>C</figcaption></figure>', "![C](a.png)"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "| 1 | 2 |\n| --- | --- |"),
    ],
)
def test_html_becomes_the_markdown_that_shows_the_same(html: str, markdown: str) -> None:
    assert as_markdown(html, lambda url, _kind: url).strip() == markdown


def test_bars_in_cells_end_no_cell() -> None:
    html = "<table><tr><th>a|b</th></tr><tr><td>1 | <code>x|y</code> $|x|$</td></tr></table>"
    cells = as_markdown(html, lambda address, _: address)
    assert cells == "| a\\|b |\n| --- |\n| 1 \\| `x\\|y` $|x|$ |\n"


def test_an_old_address_that_no_site_can_have_is_no_alias(site: SiteTest, export: Path) -> None:
    post = item(1, "a", "x").replace("/2020/01/a/", "/../../a/")
    (export / "blog.xml").write_text(wxr(post), encoding="utf-8")
    started(site).import_(export / "blog.xml")
    assert "aliases" not in read(site, "a.md")
    site.build()


def test_slashes_that_stand_together_are_one(site: SiteTest, export: Path) -> None:
    post = item(1, "a", "x").replace("org/2020/01/a/", "org//old//a/")
    (export / "blog.xml").write_text(wxr(post), encoding="utf-8")
    started(site).import_(export / "blog.xml")
    assert "aliases: [/old/a/]" in read(site, "a.md")
    site.build()


def test_deeply_nested_html_keeps_its_words() -> None:
    assert "word" in as_markdown("<div>" * 3000 + "word", lambda url, _kind: url)


def test_a_blog_of_wordpress(site: SiteTest, export: Path) -> None:
    two = '<a href="https://blog.example.org/2020/01/one/#x">1</a> <a href="/?p=1">2</a> [foo bar]'
    uploads = (
        '[caption id="c"]<img src="https://blog.example.org/wp-content/uploads/2020/01/a-300x200.png"/> W[/caption]'
    )
    one = f"<p>A.</p>\n<!--more-->\n{uploads}\n<img src='https://other.example/z.png' alt='z'/>"
    items = [
        item(1, "one", one),
        item(2, "two", f"Line\nline\n\n{two}", status="draft"),
        item(3, "me", "x", post_type="page"),
    ]
    locked = {"post_password": "x"}
    items += [item(4, "pw", "secret", **locked), item(5, "gone", "x", status="trash")]
    (export / "blog.xml").write_text(wxr(*items), encoding="utf-8")
    picture = export / "wp-content/uploads/2020/01/a.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(PNG)
    started(site).import_(export)
    assert sorted(path.name for path in (site.root / "content").glob("*.md")) == ["me.md", "one.md", "pw.md", "two.md"]
    assert "date: 2020-01-02 03:04:05\naliases: [/2020/01/one/]\n" in read(site, "one.md")
    assert "A.\n\n<!-- more -->\n\n![W](uploads/2020/01/a.png)\n\n![z](https://other.example/z.png)" in read(
        site, "one.md"
    )
    assert (site.root / "content/uploads/2020/01/a.png").read_bytes() == PNG
    assert "Line  \nline\n\n[1](one.md#x) [2](one.md) [foo bar]" in read(site, "two.md")
    assert "draft: true" in read(site, "two.md")
    assert "layout: page" in read(site, "me.md")
    assert "publish: false" in read(site, "pw.md"), "a note with a password goes public nowhere"
    site.expect_report(
        "4 notes (1 of them drafts) and 1 file written", "other.example/z.png", "plugins that stay as text: 1 (foo)"
    )
    site.build()
    assert "/posts/one/" in site.html("2020/01/one/index.html"), "the old address leads to the new one"


def test_nothing_is_overwritten_and_a_dry_run_writes_nothing(site: SiteTest, export: Path) -> None:
    source = export / "blog.xml"
    source.write_text(wxr(item(1, "one", "new"), item(2, "ONE", "b")), encoding="utf-8")
    started(site).import_(source, "--dry-run")
    assert "one.md  <- /2020/01/one/" in site.stdout
    assert list((site.root / "content").iterdir()) == []
    site.write("content/one.md", "mine").import_(source).expect_report("left as they are: 1 (one.md)")
    assert read(site, "one.md") == "mine"
    assert "b" in read(site, "ONE-2.md"), "names differ where case does not count"
    site.import_(source, "--to", "../../old/x")
    assert "new" in read(site, "old/x/one.md")


def test_entities_and_what_is_no_xml_are_refused(site: SiteTest, export: Path) -> None:
    source = export / "bomb.xml"
    entities = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    source.write_text(wxr(item(1, "one", "x")).replace("<rss", f"{entities}<rss", 1), encoding="utf-8")
    started(site).import_(source, expect=2).expect_report("defines entities")
    source.write_text("<rss><channel>", encoding="utf-8")
    site.import_(source, expect=2).expect_report("not well-formed XML")
    source.write_text("<rss/>", encoding="utf-8")
    site.import_(source, expect=2).expect_report("no export of WordPress")
    (export / "x.txt").write_text("x", encoding="utf-8")
    site.import_(export / "x.txt", expect=2).expect_report("say which one with --from")


def test_pages_and_databases_of_notion(site: SiteTest, export: Path) -> None:
    page = (
        "# 论文 A\n\nTags: 深度学习, NLP\nDate: January 2, 2024 3:04 PM\nStatus: Draft\nScore: 5\n\n正文 $x_1$。\n\n"
        f"<aside>\n💡 提示\n\n第二段\n</aside>\n\n![图](%E8%AE%BA%E6%96%87%20A%20{ID}/a%20b.png)\n\n"
        f"见 [另一页](../Other%20Page%20{ID}.md) 和 [x](https://example.org)。\n\n```\n[y](../Other%20Page%20{ID}.md)\n```\n"
    )
    inner = zipped(
        {
            f"Reading {ID}.csv": "Name,Tags,Date,Status,Score\n论文 A,深度学习,2024,Draft,5\nB | c,,,,\n",
            f"Reading {ID}/论文 A {ID}.md": page,
            f"Reading {ID}/论文 A {ID}/a b.png": PNG,
            f"Other Page {ID}.md": "# Other: Page\n\nKey: is text here\n",
            f"Other Page {ID.replace('0', '1')}.md": "# Other Page\n\nzweite\n",
        }
    )
    (export / "Export.zip").write_bytes(zipped({"ExportBlock-Part-1.zip": inner}))
    started(site).import_(export / "Export.zip")
    text = read(site, "Reading/论文 A.md")
    assert text.startswith(
        "---\ntitle: 论文 A\ntags: [深度学习, NLP]\ndate: 2024-01-02 15:04:00\ndraft: true\n---\n\n正文 $x_1$。"
    )
    assert "> [!note]\n> 提示\n>\n> 第二段" in text
    assert "![图](论文%20A/a%20b.png)" in text
    assert "[另一页](../Other%20Page.md) 和 [x](https://example.org)" in text
    assert f"[y](../Other%20Page%20{ID}.md)" in text, "code stays"
    assert (site.root / "content/Reading/论文 A/a b.png").read_bytes() == PNG
    assert "Key: is text here" in read(site, "Other Page.md")
    assert "zweite" in read(site, "Other Page-2.md")
    assert "| [论文 A](Reading/论文%20A.md) | 深度学习 |" in read(site, "Reading.md")
    assert "B \\| c" in read(site, "Reading.md")
    site.expect_report("properties that stay out: 1 (Score)", "pages without a date: 2")


def test_posts_of_medium(site: SiteTest, export: Path) -> None:
    post = (
        '<article class="h-entry"><h1 class="p-name">Title: one</h1><section class="p-summary">Sub</section>'
        '<section data-field="body" class="e-content"><div class="section-divider"><hr/></div>'
        '<h3 class="graf--h3 graf--title">Title: one</h3><h4 class="graf--h4 graf--subtitle">Sub</h4>'
        '<p>Text <a href="https://medium.com/@a/two-bbbbbbbbbbbb">2</a></p>'
        '<h3 class="graf--h3">Part</h3><pre class="graf--pre">a<br/>  b</pre><pre>c</pre>'
        '<figure><img src="https://cdn-images-1.medium.com/x.png"/><figcaption>Cap</figcaption></figure>'
        '<figure><script src="https://gist.github.com/a/0f.js"></script></figure></section>'
        '<a class="p-author h-card">Ann</a><time class="dt-published" datetime="2019-05-06T07:08:09.000Z"></time>'
        '<a href="https://me.example.org/one-aaaaaaaaaaaa" class="p-canonical">Canonical</a></article>'
    )
    canonical = '<a href="https://medium.com/@a/two-bbbbbbbbbbbb" class="p-canonical">c</a>'
    two = f'<h1 class="p-name">Two</h1><section class="e-content"><p>x</p></section>{canonical}'
    files: dict[str, bytes | str] = {
        "README.html": "x",
        "posts/2019-05-06_Title--one-aaaaaaaaaaaa.html": post,
        "posts/draft_Two-bbbbbbbbbbbb.html": two,
    }
    (export / "medium.zip").write_bytes(zipped(files))
    started(site).import_(export / "medium.zip")
    text = read(site, "Title-one.md")
    assert text.startswith('---\ntitle: "Title: one"\ndate: 2019-05-06 07:08:09.000+00:00\nauthors: [Ann]\n')
    assert "summary: Sub\naliases: [/one-aaaaaaaaaaaa]\n---\n" in text
    assert "Text [2](Two.md)\n\n## Part\n\n```\na\n  b\nc\n```\n\n![Cap](https://cdn-images-1.medium.com/x.png)" in text
    assert "Sub\n\n" not in text.partition("---\n\n")[2], "it is the summary"
    assert "(https://gist.github.com/a/0f)" in text or "<https://gist.github.com/a/0f>" in text
    assert "draft: true" in read(site, "Two.md")
    site.expect_report("addresses at medium.com, which cannot lead here: 1")
    site.build()


HOSTILE = [
    "../evil.md",
    "/etc/evil.md",
    "C:\\evil.md",
    "..\\evil.md",
    "a/../../evil.md",
    ".ssh/evil.md",
    "__MACOSX/a.md",
]


@all_cases("name", HOSTILE)
def test_paths_of_an_archive_stay_in_its_folder(name: str) -> None:
    assert safe_path(name) == ""
    assert safe_path("a/./b\\c.md") == "a/b/c.md"


def test_a_hostile_zip_writes_nothing_outside(site: SiteTest, export: Path) -> None:
    files: dict[str, bytes | str] = {f"{name[:-3]} {ID}.md": "# x" for name in HOSTILE}
    (export / "x.zip").write_bytes(zipped({**files, f"good {ID}.md": "# good"}))
    started(site).import_(export / "x.zip")
    assert [path.name for path in (site.root / "content").rglob("*.md")] == ["good.md"]
    assert [path.name for path in export.parent.rglob("*evil*")] == []


def test_what_unpacks_to_too_much_is_refused(site: SiteTest, export: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (export / "x.zip").write_bytes(zipped({f"a {ID}.md": "# a" + " " * 5_000}))
    monkeypatch.setattr("notegen.importers.archive.MAX_FILE", 1_000)
    started(site).import_(export / "x.zip", expect=2).expect_report("is larger than")
    monkeypatch.setattr("notegen.importers.archive.MAX_ALL", 100)
    site.import_(export / "x.zip", expect=2).expect_report("more than")


def test_a_link_among_the_folders_is_not_followed(site: SiteTest, export: Path) -> None:
    (export / "x.zip").write_bytes(zipped({f"sub/a {ID}.md": "# a"}))
    started(site)
    outside = export.parent / "outside"
    outside.mkdir()
    (site.root / "content/sub").symlink_to(outside)
    site.import_(export / "x.zip", expect=1).expect_report("a link leads out of")
    assert list(outside.iterdir()) == []


@all_cases(
    ("title", "name"),
    [
        ("a/b: c?", "a b c"),
        ("..", "note"),
        ("CON", "CON-"),
        ("x" * 200, "x" * 80),
        (" 中文 🎉 ", "中文 🎉"),
        ("[a]#b", "a b"),
    ],
)
def test_names_fit_every_system(title: str, name: str) -> None:
    assert safe_name(title) == name
