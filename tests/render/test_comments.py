"""Comments and counters: nothing is loaded that site.yaml does not ask for; comments only on a click."""

import re

import pytest

from tests.support.site import SiteTest

SYSTEMS = [
    ("utterances: a/b", "utterances", "https://utteranc.es"),
    ("waline: https://w.example.org", "waline", "https://w.example.org"),
    ("twikoo: https://t.example.org", "twikoo", "https://t.example.org"),
    ("artalk: https://a.example.org/", "artalk", "https://a.example.org"),
    ("isso: https://i.example.org", "isso", "https://i.example.org"),
]
COUNTERS = [
    ("umami: x-1", '<script defer src="https://cloud.umami.is/script.js" data-website-id="x-1"'),
    ("plausible: pa-X1", '<script defer src="https://plausible.io/js/pa-X1.js"></script>'),
    ("plausible: pa-x.org", 'data-domain="pa-x.org">'),
    ("plausible: a.org", '<script defer src="https://plausible.io/js/script.js" data-domain="a.org">'),
    ("cloudflare: abc", 'data-cf-beacon="{&#34;token&#34;:&#34;abc&#34;}"'),
]


@pytest.mark.parametrize(("setting", "system", "host"), SYSTEMS)
def test_comments_wait_for_a_click(site: SiteTest, setting: str, system: str, host: str) -> None:
    site.write("site.yaml", f"language: en\ncomments:\n  {setting}\n").note("a", "A.").note("b", "B.", comments=False)
    html = site.build().html("posts/a/index.html")
    assert f'data-system="{system}" data-host="{host}"' in html
    assert not re.search(r'(?:src|href)="https?://', html)
    assert "comments.js" not in site.html("posts/b/index.html")
    assert "comments.js" not in site.html("index.html")


def test_twikoo_in_the_cloud_needs_the_client_that_reaches_it(site: SiteTest) -> None:
    html = site.write("site.yaml", "comments: {twikoo: env-1}\n").note("a", "A.").build().html("posts/a/index.html")
    assert 'twikoo.all.min.js" data-env-id="env-1"' in html


def test_giscus_goes_first(site: SiteTest) -> None:
    setting = "comments: {giscus: {repo: a/b}, isso: 'https://i.example.org'}\n"
    html = site.write("site.yaml", setting).note("a", "A.").build().html("posts/a/index.html")
    assert 'data-system="giscus"' in html
    assert "isso" not in html


def test_isso_has_the_colours_of_the_page(site: SiteTest) -> None:
    html = (
        site.write("site.yaml", "comments: {isso: 'https://i.example.org'}\n")
        .note("a", "A.")
        .build()
        .html("posts/a/index.html")
    )
    assert 'href="/extra/isso.css"' in html


@pytest.mark.parametrize(("setting", "script"), COUNTERS)
def test_a_counter_is_loaded_where_one_is_named(site: SiteTest, setting: str, script: str) -> None:
    site.note("a", "A.").build()
    assert "more-" not in site.html("index.html")
    assert site.write("site.yaml", f"statistics:\n  {setting}\n").build().html("index.html").count(script) == 1


@pytest.mark.parametrize("setting", ["comments: {waline: x}", "statistics: {cloudflare: 'a b'}"])
def test_bad_values_are_told(site: SiteTest, setting: str) -> None:
    site.write("site.yaml", setting).note("a", "A.").build(expect=2).expect_report("config-value")
