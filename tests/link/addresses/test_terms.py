"""Addresses of categories and tags where another program made them otherwise."""

from tests.support.site import SiteTest

HEXO = "title: T\nbase_url: /\ndialect: hexo\ncontent_dir: content\npermalink: /:category/:filepath.html\n"


def test_signs_in_categories_and_tags_of_hexo(site: SiteTest) -> None:
    site.write("site.yaml", HEXO).note("_posts/a", "x", categories=["C++ & Node.js"], tags=["C++", "C", "C#", "a_b"])
    site.note("_posts/b", "x", categories=["C++ & Node.js"], tags=["A_B"]).build()
    assert site.output("C-Node-js/a.html").exists()
    assert site.output("categories/C-Node-js/index.html").exists()
    found = sorted(path.removeprefix("tags/") for path in site.files() if path.startswith("tags/"))
    assert found == ["C#/index.html", "C++/index.html", "C/index.html", "a-b/index.html", "index.html"]
