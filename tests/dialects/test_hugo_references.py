"""Hugo's `ref` and `relref`: to notes, bundles, sections, places, in links, raw HTML and text."""

import pytest

from tests.support.html import e_content
from tests.support.site import SiteTest

WORDS = "Some words of English prose that a reader can read.\n"


def body(site: SiteTest, text: str) -> str:
    """Return the HTML of a note with this text beside others."""
    for name in ("site.yaml", "content/good.md"):
        (site.root / name).unlink(missing_ok=True)
    site.write("hugo.yaml", "title: T\nlanguageCode: en\n").write("content/docs/_index.md", "---\ntitle: Docs\n---\n")
    site.write("content/docs/one.md", f"---\ntitle: One\ndate: 2024-01-01\n---\n{WORDS}\n## The part\n")
    site.write("content/posts/pack/index.md", f"---\ntitle: Pack\ndate: 2024-01-01\n---\n{WORDS}")
    site.write("content/posts/v1.2.md", f"---\ntitle: V\ndate: 2024-01-01\n---\n{WORDS}")
    site.write("content/posts/a.md", f"---\ntitle: A\ndate: 2024-01-02\n---\n{text}\n\n## Here\n").init().build()
    return e_content(site.html("posts/a/index.html"))


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ('{{< ref "docs/one.md" >}}', "/docs/one/"),
        ('{{< ref "/docs/one" >}}', "/docs/one/"),
        ('{{% relref "docs/one#the-part" %}}', "/docs/one/#the-part"),
        ('{{< relref path="/posts/pack/index.md" lang="en" outputFormat="rss" >}}', "/posts/pack/"),
        ('{{< ref "posts/pack" >}}', "/posts/pack/"),
        ('{{< ref "pack" >}}', "/posts/pack/"),
        ('{{< ref "v1.2" >}}', "/posts/v1.2/"),
        ('{{<ref "docs/_index.md">}}', "/docs/"),
        ('{{< relref "#here" >}}', "#here"),
    ],
)
def test_a_reference_is_an_address(tag: str, address: str, site: SiteTest) -> None:
    html = body(site, f'[x]({tag}) and <a href="{tag}">y</a>.')
    assert html.count(f'href="{address}"') >= 2
    assert "{{" not in html
    assert "link-broken" not in site.stderr


def test_a_reference_in_a_text_is_a_link_with_the_title(site: SiteTest) -> None:
    assert '<a href="/docs/one/">One</a>' in body(site, 'See {{< ref "docs/one.md" >}}.')


def test_a_reference_to_nothing_is_told(site: SiteTest) -> None:
    body(site, '[x]({{< ref "nothing-like-it" >}})')
    site.expect_report("link-broken")


def test_quotes_in_quotes_of_raw_html_are_no_end_of_an_attribute(site: SiteTest) -> None:
    html = body(site, 'a <img src="{{ "/x.png" | relative_url }}" alt="p"> <i class="{{ .Page }}">z</i> <b>b</b>')
    assert 'src="/x.png"' in html
    assert "<b>b</b>" in html


def test_what_is_let_through_as_it_is_is_read_as_usual(site: SiteTest) -> None:
    html = body(site, "{{< rawhtml >}}\n$$\nx^2\n$$\n{{< /rawhtml >}}\n\na {{< rawhtml >}}<u>b</u>{{< /rawhtml >}} c")
    assert "rawhtml" not in html
    assert "<math" in html
    assert "<u>b</u>" in html
    assert "tag-unknown" not in site.stderr
