"""`redirects:` of site.yaml: pages, links, the file for hosts; circles and missing targets are told at their lines."""

import pytest

from tests.support.html import elements, values
from tests.support.site import SiteTest

HEAD = "title: T\nbase_url: https://example.org/\n"


def target(site: SiteTest, path: str) -> str:
    """Return where the page of an old address leads."""
    (meta,) = (item for item in elements(site.html(path), "meta") if item.attrs.get("http-equiv"))
    return (meta.attrs["content"] or "").removeprefix("0; url=")


def test_redirects_are_pages_and_a_file(site: SiteTest) -> None:
    rows = ("/old/: /posts/x/", "/2019/a.html: /posts/x#part", "/旧/: https://elsewhere.example/", "/t: /tags/")
    site.write("site.yaml", HEAD + "redirects:\n" + "".join(f"  {row}\n" for row in rows))
    site.note("x", "## Part\n\nText.").note("y", "[one](/old/) [two](/t/)").build().expect_clean()
    assert target(site, "old/index.html") == "https://example.org/posts/x/"
    assert target(site, "2019/a.html") == "https://example.org/posts/x/#part"
    assert target(site, "旧/index.html") == "https://elsewhere.example/"
    assert target(site, "t/index.html") == "https://example.org/tags/"
    assert values(site.body("y"), "a", "href") == ["/posts/x/", "/t/"]
    assert site.html("_redirects").splitlines() == [
        "/old/ /posts/x/ 301",
        "/2019/a.html /posts/x/#part 301",
        "/%E6%97%A7/ https://elsewhere.example/ 301",
        "/t/ /tags/ 301",
    ]


def test_a_site_below_a_path_has_no_file_of_redirects(site: SiteTest) -> None:
    site.write("site.yaml", HEAD + "redirects: {/old/: /posts/x/}\n").note("x", "Text.")
    site.build("-b", "https://example.org/repo/")
    assert target(site, "old/index.html") == "https://example.org/repo/posts/x/"
    assert "_redirects" not in site.files()


def test_a_file_of_redirects_of_the_author_stays(site: SiteTest) -> None:
    site.write("site.yaml", HEAD + "redirects: {/old/: /posts/x/}\n").note("x", "Text.")
    site.write("static/_redirects", "/a /b 302\n").build()
    assert site.html("_redirects") == "/a /b 302\n"


def test_chains_end_at_the_page(site: SiteTest) -> None:
    site.write("site.yaml", HEAD + "redirects: {/a/: /b/, /b: /alias/, /c/: /a/}\n")
    site.note("x", "Text.", aliases=["/alias/"]).build().expect_clean()
    assert {target(site, f"{name}/index.html") for name in ("a", "b", "c")} == {"https://example.org/posts/x/"}


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("  /a/: /b/\n  /b/: /a/\n", "site.yaml:4:3: warning[redirect-loop]: the redirect of /a/ leads back to itself"),
        ("  /a/: /a/\n", "site.yaml:4:3: warning[redirect-loop]: the redirect of /a/ leads back to itself"),
        ("  /a/: /gone/\n", "site.yaml:4:3: warning[redirect-broken]: the redirect of /a/ leads to /gone/"),
        ("  /posts/x/: /tags/\n", "site.yaml: warning[url-taken]: no redirect from /posts/x/: content/x.md is there"),
    ],
)
def test_what_leads_nowhere_is_told(site: SiteTest, table: str, problem: str) -> None:
    site.write("site.yaml", HEAD + "redirects:\n" + table).note("x", "Text.").build().expect_report(problem)
    assert "Text." in site.body("x")


def test_redirects_to_files(site: SiteTest) -> None:
    site.write("site.yaml", HEAD + "redirects: {/paper/: /p.pdf, /b/: /c.txt}\n").note("x", "[c](c.txt)")
    site.write("static/p.pdf", "x").write("content/c.txt", "x").build().expect_clean()
    assert target(site, "paper/index.html") == "https://example.org/p.pdf"


def test_an_address_that_a_page_has_leads_nowhere_else(site: SiteTest) -> None:
    site.write("site.yaml", HEAD + "redirects: {/posts/x/: /tags/, /old/: /tags/}\n").note("x", "Text.").build()
    assert site.html("_redirects") == "/old/ /tags/ 301\n"


@pytest.mark.parametrize(("key", "value"), [("redirect_to", "https://elsewhere.example/"), ("redirect", "/posts/x/")])
def test_a_note_that_only_leads_on(site: SiteTest, key: str, value: str) -> None:
    site.note("x", "Text.").note("y", "", **{key: value}).build("-b", "https://example.org/")
    assert target(site, "posts/y/index.html") == (value if "://" in value else f"https://example.org{value}")
