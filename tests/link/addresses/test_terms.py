"""Addresses of categories and tags where another program made them otherwise."""

from pathlib import Path

from tests.support.site import SiteTest

HEXO = "title: T\nbase_url: /\ndialect: hexo\ncontent_dir: content\npermalink: /:category/:filepath.html\n"


def test_signs_in_categories_and_tags_of_hexo(site: SiteTest) -> None:
    site.write("site.yaml", HEXO).note("_posts/a", "x", categories=["C++ & Node.js"], tags=["C++", "C", "C#", "a_b"])
    site.note("_posts/b", "x", categories=["C++ & Node.js"], tags=["A_B"]).build()
    assert site.output("C-Node-js/a.html").exists()
    assert site.output("categories/C-Node-js/index.html").exists()
    found = sorted(path.removeprefix("tags/") for path in site.files() if path.startswith("tags/"))
    assert found == ["C#/index.html", "C++/index.html", "C/index.html", "a-b/index.html", "index.html"]


def hugo(folder: Path) -> SiteTest:
    """Return a site of Hugo with a note that links to its terms as Hugo's pages have them."""
    links = "[t](/tags/deep-learning/) [c](/categories/notes/) [s](/series/vae/)"
    tags = ["Deep Learning", "C++", "C#", "A & B", "深度 学习"]
    site = SiteTest(folder).write("hugo.yaml", "title: T\nlanguageCode: en\n")
    return site.note("posts/a", links, tags=tags, categories=["Notes"], series=["VAE"])


def test_terms_of_hugo_are_in_small_letters_without_signs(tmp_path: Path) -> None:
    site = hugo(tmp_path).init().build()
    assert "link-broken" not in site.stderr
    found = sorted(path.removeprefix("tags/") for path in site.files() if path.startswith("tags/"))
    names = ("a-b", "c#", "c++", "deep-learning", "index.html", "深度-学习")
    assert found == [name if "." in name else f"{name}/index.html" for name in names]
    assert site.output("categories/notes/index.html").exists()
    assert site.output("series/vae/index.html").exists()
    assert ">Deep Learning<" in site.html("posts/a/index.html")


def test_addresses_of_an_old_site_of_hugo_are_those_of_terms_here(tmp_path: Path) -> None:
    site = hugo(tmp_path).write("old/tags/deep-learning/index.html", "<title>Deep Learning</title>")
    site.write("old/series/vae/index.html", "<title>VAE</title>").init("--old-site", str(site.root / "old"))
    assert "redirects:" not in (site.root / "site.yaml").read_text("utf-8")
    site.build()


def test_capitals_stay_where_hugo_keeps_them(tmp_path: Path) -> None:
    site = hugo(tmp_path).write("hugo.yaml", "title: T\nlanguageCode: en\ndisablePathToLower: true\n")
    site.write("content/posts/a.md", "---\ndate: 2024-01-01\ntags: [Deep Learning]\n---\nx\n").init().build()
    assert site.output("tags/Deep-Learning/index.html").exists()


def test_a_nested_tag_of_quartz_is_at_the_address_of_its_parts(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\ndialect: quartz\ncontent_dir: content\nlanguage: en\n")
    site.note("a", "x", tags=["ml/vae", "/"]).build()
    assert site.output("tags/ml/vae/index.html").exists()
    assert ">ml/vae<" in site.html("a/index.html")
