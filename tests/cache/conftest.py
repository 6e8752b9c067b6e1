"""Sites of tests of the cache start without one."""

import pytest

from tests.support.site import SiteTest


@pytest.fixture
def site(cold: SiteTest) -> SiteTest:
    """Return an empty site with a minimal site.yaml, and without a cache."""
    return cold
