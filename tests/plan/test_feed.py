"""What machines read: atom.xml, sitemap.xml, robots.txt."""

from tests.support.html import ATOM, SITEMAP, elements, feed, values
from tests.support.pictures import png
from tests.support.site import SiteTest

MATHML = "http://www.w3.org/1998/Math/MathML"


def test_the_feed_is_atom_with_absolute_addresses(site: SiteTest) -> None:
    site.note("old", "x", date="2026-01-01").note(
        "new", "x", date="2026-02-01", updated="2026-03-01", category="C", tags=["t"]
    )
    site.note("pages/about", "About.").build("-b", "https://user.github.io/repo/").expect_clean()
    tree = feed(site.html("atom.xml"))
    links = {item.attrib["rel"]: item.attrib["href"] for item in tree.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://user.github.io/repo/",
        "self": "https://user.github.io/repo/atom.xml",
    }
    assert tree.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00+08:00"
    entries = tree.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["new", "old"]
    first = entries[0]
    assert first.findtext(f"{ATOM}id") == "https://user.github.io/repo/posts/new/"
    assert first.findtext(f"{ATOM}published") == "2026-02-01T00:00:00+08:00"
    assert first.findtext(f"{ATOM}updated") == "2026-03-01T00:00:00+08:00"
    assert [item.attrib["term"] for item in first.findall(f"{ATOM}category")] == ["C", "t"]


def content(site: SiteTest, number: int = 0) -> str:
    """Return the HTML of an entry of the feed."""
    entry = feed(site.html("atom.xml")).findall(f"{ATOM}entry")[number]
    found = entry.find(f"{ATOM}content")
    assert found is not None
    assert found.attrib["type"] == "html"
    return found.text or ""


def test_the_feed_holds_the_whole_note_with_mathml_and_absolute_addresses(site: SiteTest) -> None:
    body = (
        "First $a_1$.\n\n<!-- more -->\n\n## Part\n\n"
        "[up](#part) [about](pages/about.md#x) [tag](/tags/) ![i](i.png)\n\n"
        '$$\nE \\tag{1}\n$$\n\nFoot[^1]. <img src="i.png"> <a href="/archives/">a</a>\n\n'
        "```python\nx = 1\n```\n\n[^1]: Note.\n"
    )
    site.note("n", body).write("content/i.png", png()).note("pages/about", "## x")
    site.build("-b", "https://user.github.io/repo/").expect_clean()
    html = content(site)
    assert "math" in {item.name for item in elements(html)}
    assert "\\[" not in html
    urls = [url for name, key in (("a", "href"), ("img", "src")) for url in values(html, name, key)]
    assert urls
    assert all(url.startswith("https://user.github.io/repo/") for url in urls), urls
    assert "https://user.github.io/repo/posts/n/#part" in urls
    assert "https://user.github.io/repo/about/#x" in urls
    assert urls.count("https://user.github.io/repo/posts/n/i.png") == 2


def test_the_feed_is_xml_whatever_the_note_holds(site: SiteTest) -> None:
    site.note("n", "a & b < c ]]> \x0b\x1f é 😀 `<b>`\n\n<custom & attr>\n", title='A & <B> "C" ]]>', tags=["<t>&"])
    site.build()
    assert feed(site.html("atom.xml")).find(f"{ATOM}entry/{ATOM}title") is not None
    assert "😀" in content(site)


def test_limit_excerpts_and_file_names_of_the_feed_are_settings(site: SiteTest) -> None:
    settings = "feed:\n  limit: 2\n  full_content: false\n  filenames: [atom.xml, rss/old.xml, feed]\n"
    site.write("site.yaml", "title: T\nbase_url: https://example.org/\n" + settings)
    for number in range(4):
        site.note(f"n{number}", "Short.\n\n<!-- more -->\n\nLong.", date=f"2026-01-0{number + 1}")
    site.build().expect_clean()
    for path in ("atom.xml", "rss/old.xml", "feed"):
        entries = feed(site.html(path)).findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["n3", "n2"]
    assert "Short." in content(site)
    assert "Long." not in content(site)


def test_the_feed_never_says_the_time_of_the_build(site: SiteTest) -> None:
    site.note("n", "x", date="2026-01-01").build("--now", "2026-02-01T00:00Z")
    first = site.snapshot()
    site.build("--now", "2026-03-01T00:00Z")
    assert site.snapshot() == first


def test_every_page_names_the_feed(site: SiteTest) -> None:
    site.note("n", "x", tags=["t"]).build()
    for path in ("index.html", "posts/n/index.html", "tags/t/index.html", "404.html"):
        links = [item.attrs for item in elements(site.html(path), "link") if item.attrs["rel"] == "alternate"]
        assert [item["href"] for item in links] == ["/atom.xml", "/rss.xml", "/feed.json"]


def test_the_sitemap_holds_every_page_once_and_no_page_2(site: SiteTest) -> None:
    for number in range(13):
        site.note(f"n{number}", "x", category="机器学习", tags=["t"])
    site.note("upd", "x", updated="2026-03-01", date="2025-01-01", aliases=["/old/"]).note("pages/about", "x")
    site.build("-b", "https://user.github.io/repo/").expect_clean()
    rows = feed(site.html("sitemap.xml")).findall(f"{SITEMAP}url")
    found = {row.findtext(f"{SITEMAP}loc"): row.findtext(f"{SITEMAP}lastmod") for row in rows}
    root = "https://user.github.io/repo/"
    lists = ["", "archives/", "categories/", "tags/", "categories/%E6%9C%BA%E5%99%A8%E5%AD%A6%E4%B9%A0/", "tags/t/"]
    notes = [f"posts/n{number}/" for number in range(13)]
    assert sorted(filter(None, found)) == sorted(root + path for path in (*lists, *notes, "posts/upd/", "about/"))
    assert len(rows) == len(found)
    assert found[root + "posts/upd/"] == "2026-03-01T00:00:00+08:00"
    assert "page/2" in "".join(site.files())


def test_robots_names_the_sitemap(site: SiteTest) -> None:
    site.note("n", "x").build("-b", "https://user.github.io/repo/")
    lines = site.html("robots.txt").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "Sitemap: https://user.github.io/repo/sitemap.xml"]


def test_without_base_url_the_feed_is_still_well_formed_and_there_is_no_sitemap(site: SiteTest) -> None:
    """The sitemap protocol wants whole addresses."""
    for settings in ("title: T\n", "title: T\nbase_url: /repo/\n"):
        site.write("site.yaml", settings).note("n", "[x](#y) $z$\n\n## y").build("-v")
        site.expect_report("info[config-no-base-url]: ")
        feed(site.html("atom.xml"))
        assert "sitemap.xml" not in site.files()
        assert site.html("robots.txt").splitlines() == ["User-agent: *", "Allow: /"]
    site.build("-b", "https://user.github.io/repo/")
    assert "sitemap.xml" in site.files()


def test_a_sitemap_of_one_s_own_needs_no_host(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\n").write("static/sitemap.xml", "<urlset/>").note("n", "[map](/sitemap.xml)")
    assert site.build().html("sitemap.xml") == "<urlset/>"
