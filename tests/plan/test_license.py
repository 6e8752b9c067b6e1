"""The licence of the notes: an address for machines and a link for readers, where its name says which one it is."""

import json
import re

import pytest

from tests.support.html import elements
from tests.support.site import SiteTest


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        ("cc-by-sa-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC 3.0 BY-SA", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC-BY-ND", "https://creativecommons.org/licenses/by-nd/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("mit", "https://spdx.org/licenses/MIT.html"),
        ("https://example.org/a?b&c", "https://example.org/a?b&c"),
        ("CC BY 9.9", ""),
        ("保留所有权利", ""),
        ("by", ""),
        ("</script>", ""),
    ],
)
def test_the_address_of_a_licence(site: SiteTest, words: str, address: str) -> None:
    site.write("site.yaml", f"title: Test\nbase_url: https://example.org/\nlicense: {json.dumps(words)}\n")
    site.note("a", "x").build()
    html = site.html("posts/a/index.html")
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
    assert data.get("license", "") == address
    links = [item for item in elements(html, "a") if item.attrs.get("rel") == "license"]
    assert [(item.attrs["href"], item.text) for item in links] == ([(address, words)] if address else [])
    (note,) = elements(html, "p", "colophon")
    assert words in note.text


def test_without_a_licence_nothing_is_said(site: SiteTest) -> None:
    site.note("a", "x").build()
    assert "license" not in site.html("posts/a/index.html")
