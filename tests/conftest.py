"""Fixtures shared by all tests."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from notegen.math_font.font import make_font
from notegen.render import site_font as font
from notegen.scan import scan
from tests.support.paths import ROOT
from tests.support.site import SiteTest


@pytest.fixture(scope="session", autouse=True)
def _fonts_are_made_once() -> Iterator[None]:
    """Remember subsets of the math font: most small sites need one of the same characters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(font, "make_font", cache(make_font))
        yield


@pytest.fixture(autouse=True)
def no_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide pagefind and the system's fonts, whether they are installed or not; tests of search and cards undo it."""
    monkeypatch.setattr(scan, "indexer", lambda: "")
    monkeypatch.setattr(scan, "find_font", lambda _disk: None)


@pytest.fixture
def site(tmp_path: Path) -> SiteTest:
    """Return an empty site with a minimal site.yaml."""
    return SiteTest(tmp_path / "site").write("site.yaml", "title: Test\nbase_url: https://example.org/\n")


@pytest.fixture
def built(site: SiteTest) -> SiteTest:
    """Return a site of one good note that has been built, so that a failure has something to lose."""
    return site.note("good", "The good note.").build().expect_clean()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of real posts: $NOTEGEN_CORPUS, else `shared/corpus` beside the checkout; skip without one."""
    folder = Path(os.environ.get("NOTEGEN_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip(f"no corpus of real posts at {folder} (set NOTEGEN_CORPUS)")
    return folder
