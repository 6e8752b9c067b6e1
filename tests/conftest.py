"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest
from site_test import SiteTest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """Return an empty site with a minimal site.yaml."""
    return SiteTest(tmp_path / "site").write("site.yaml", "title: Test\nbase_url: https://example.org/\n")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real posts: $NOTEGEN_CORPUS, else `shared/corpus` beside the checkout; skip without one."""
    folder = Path(os.environ.get("NOTEGEN_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"no corpus of real posts at {folder} (set NOTEGEN_CORPUS)")
    return folder
