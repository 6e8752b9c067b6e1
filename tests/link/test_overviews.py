"""The menu leads to the overviews that hold something: no archive without dates, no tags without tags."""

import pytest

from tests.support.html import elements
from tests.support.site import SiteTest


def menu(site: SiteTest, path: str = "index.html") -> list[str]:
    """Return the addresses of the menu."""
    links = elements(site.html(path), "a")
    return [link.attrs["href"] for link in links if any("site-nav" in around.classes for around in link.up())]


@pytest.mark.parametrize(
    ("front", "shown"),
    [
        ({"date": None}, []),
        ({}, ["/archives/"]),
        ({"date": None, "tags": ["t"]}, ["/tags/"]),
        ({"date": None, "category": "c"}, ["/categories/"]),
        ({"category": "c", "tags": ["t"]}, ["/archives/", "/categories/", "/tags/"]),
    ],
)
def test_the_menu_has_what_the_site_has(site: SiteTest, front: dict[str, object], shown: list[str]) -> None:
    site.note("a", "x", **front).build()
    assert menu(site) == menu(site, "posts/a/index.html") == shown
    assert ("/archives/" in site.html("404.html")) == ("/archives/" in shown)


def test_a_menu_of_the_authors_own_is_as_it_is_written(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nbase_url: /\nmenu: [Tags: /tags/, All: /archives/]\n")
    site.note("a", "x", date=None).build()
    assert menu(site) == ["/tags/", "/archives/"]
