"""A site below a path (GitHub's project pages): every local address that notegen writes begins with it."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from tests.support.html import addresses, elements, relations, values
from tests.support.pictures import png
from tests.support.site import SiteTest

pytestmark = pytest.mark.slow

BODY = """
[note](other.md) [anchor](other.md#部分) [own](#mine) [root](/archives/) [tag](/tags/t/) [file](data/数据.csv)
[elsewhere](https://a.example/x) [mail](mailto:a@b.c) [other site](//b.example/y) [[other]] [[other#部分|wiki]]

![image](<data/图 片.png>) ![static](/img/s.png)

<img src="data/a.png" alt="raw"> <a href='other.md'>raw</a> <a href=/tags/>raw</a>

<video src="data/v.mp4" poster="/img/s.png"></video>

## mine
"""


@pytest.fixture
def full(site: SiteTest) -> SiteTest:
    """Return a site with every kind of link."""
    site.write(
        "site.yaml",
        "title: T\nbase_url: https://user.github.io/repo/\nmenu:\n  - 关于: /about/\n  - Out: https://o.example/\n",
    )
    for name in ("数据.csv", "图 片.png", "a.png", "v.mp4"):
        site.write(f"content/data/{name}", png() if name.endswith(".png") else b"x")
    site.write("static/img/s.png", png()).note("other", "## 部分", title="Other", tags=["t"], category="类 别")
    return site.note("n", BODY, cover="data/a.png", tags=["t"], aliases=["/old/"]).note("pages/about", "About.")


def local(site: SiteTest) -> dict[str, list[str]]:
    """Return the addresses of every page that name no other host."""
    pages = [path for path in site.files() if path.endswith(".html")]
    return {path: [url for url in addresses(site.html(path)) if not re.match(r"[a-z]+:|//|#", url)] for path in pages}


@pytest.mark.parametrize("base", ["/repo/", "/a/b/", "/"])
def test_every_local_address_begins_with_the_base_path_and_exists(full: SiteTest, base: str) -> None:
    full.build("-b", "https://user.github.io" + base).expect_clean()
    found = local(full)
    assert sum(map(len, found.values())) > 100
    for path, urls in found.items():
        for url in urls:
            assert url.startswith(base), (path, url)
            target = unquote(urlsplit(url).path)[len(base) :]
            assert full.output(target + "index.html" if not target or target.endswith("/") else target).is_file(), (
                path,
                url,
            )


def test_the_links_of_a_note(full: SiteTest) -> None:
    full.build().expect_clean()
    body = full.body("n")
    links = [url for url in values(body, "a", "href") if url != "#mine"]
    other, part = "/repo/posts/other/", "/repo/posts/other/#部分"
    assert [unquote(url) for url in links] == [
        *(other, part, "/repo/archives/", "/repo/tags/t/", "/repo/posts/n/data/数据.csv"),
        *("https://a.example/x", "mailto:a@b.c", "//b.example/y", other, part),
        *(other, "/repo/tags/"),
    ]
    assert [unquote(url) for url in values(body, "img", "src")] == [
        "/repo/posts/n/data/图 片.png",
        "/repo/img/s.png",
        "/repo/posts/n/data/a.png",
    ]
    assert values(body, "video", "src") == ["/repo/posts/n/data/v.mp4"]
    assert values(body, "video", "poster") == ["/repo/img/s.png"]


def test_menu_stylesheet_feed_and_cover(full: SiteTest) -> None:
    full.build().expect_clean()
    page = full.html("posts/n/index.html")
    assert {"/repo/about/", "https://o.example/"} <= set(values(page, "a", "href"))
    sheets = [item.attrs["href"] for item in elements(page, "link") if item.attrs["rel"] == "stylesheet"]
    assert all(url.startswith(("/repo/css/", "/repo/extra/")) for url in sheets)
    images = [item.attrs["content"] for item in elements(page, "meta") if item.attrs.get("property") == "og:image"]
    assert images == ["https://user.github.io/repo/posts/n/data/a.png"]


def test_addresses_inside_css_are_found_from_any_base(full: SiteTest) -> None:
    """Stylesheets name fonts and images relative to themselves, or with the base path."""
    full.build()
    for path in (path for path in full.files() if path.endswith(".css")):
        for url in re.findall(r"url\(\s*['\"]?([^)'\"]+)", full.html(path)):
            if url.startswith("data:"):
                continue
            assert not url.startswith("/") or url.startswith("/repo/"), url
            target = url.removeprefix("/repo/") if url.startswith("/") else f"{path.rpartition('/')[0]}/{url}"
            assert full.output(target).resolve().is_file(), url


@pytest.mark.parametrize("given", ["https://x.example/y", "https://x.example/y/"])
def test_the_flag_overrides_site_yaml(full: SiteTest, given: str) -> None:
    full.build("-b", given).expect_clean()
    assert elements(full.html("index.html"), "a", "site-name")[0].attrs["href"] == "/y/"
    assert "https://x.example/y/posts/n/" in full.html("atom.xml")
    assert "user.github.io" not in "".join(full.html(path) for path in full.files() if path.endswith((".html", ".xml")))


def test_the_environment_overrides_site_yaml(full: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTEGEN_BASE_URL", "https://env.example/z/")
    full.build().expect_clean()
    assert "https://env.example/z/posts/n/" in full.html("sitemap.xml")


@pytest.mark.parametrize("given", ["example.org", "ftp://x/", "https://x/?q", "javascript:alert(1)", "https://"])
def test_a_base_url_that_is_none_is_a_usage_error(full: SiteTest, given: str) -> None:
    full.build("-b", given, expect=2)
    assert not full.output("index.html").exists()


def test_an_empty_flag_means_no_host(full: SiteTest) -> None:
    full.build("-b", "").build("-b", "/")
    assert elements(full.html("index.html"), "a", "site-name")[0].attrs["href"] == "/"
    assert "user.github.io" not in full.html("atom.xml")


def test_a_site_that_does_not_know_its_host_claims_no_address(site: SiteTest) -> None:
    """Search engines take a canonical address or a sitemap's only whole; a path alone is an error to them."""
    site.write("site.yaml", "title: T\nbase_url: /repo/\n").note("a", "x").build().expect_clean()
    assert "Sitemap" not in site.output("robots.txt").read_text("utf-8")
    for path in ("index.html", "posts/a/index.html"):
        assert "canonical" not in relations(site.html(path))
        assert "og:url" not in site.html(path)
    assert "mainEntityOfPage" not in site.html("posts/a/index.html")
