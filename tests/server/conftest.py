"""Served sites have no search: where a busy machine takes three seconds, its index would be another build."""

import pytest

from tests.support.site import SiteTest


@pytest.fixture
def site(site: SiteTest) -> SiteTest:
    """Return an empty site with a minimal site.yaml."""
    settings = "title: Test\nbase_url: https://example.org/\nlanguage: zh-CN\nsearch: {enabled: false}\n"
    return site.write("site.yaml", settings)
