"""A real Chromium for tests: one browser for the whole run, one page a test.

Without a browser these tests are skipped; with NOTEGEN_REQUIRE_BROWSER=1, as in CI, they fail instead.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.limits import DEADLINE
from tests.support.paths import ROOT
from tests.support.profiles import new_profile
from tests.support.required import give_up
from tests.support.shared import made_once
from tests.support.theme_site import Served, build, build_kinds, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # letters have the same places whatever the part of a font that is loaded
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder as slow."""
    folder = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(folder):
            item.add_marker(pytest.mark.slow)


def find_chromium() -> str | None:
    """Return the browser to use: $CHROMIUM, else the system's."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Return the one Chromium of this run."""
    path = find_chromium()
    if path is None:
        give_up(f"no Chromium: none of {', '.join(NAMES)} on the PATH, and CHROMIUM is not set")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        give_up("the package playwright is not installed")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, timeout=DEADLINE * 1000)
        yield chromium
        chromium.close()


@contextmanager
def profile(browser: "Browser", *, scripts: bool = True) -> Iterator["BrowserContext"]:
    """Give a fresh profile: 1000 × 800 pixels, light colours, neither cache nor storage."""
    fresh = new_profile(
        browser,
        viewport={"width": 1000, "height": 800},
        color_scheme="light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    yield fresh
    fresh.close()


@pytest.fixture
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    """Return a profile that no other test has used."""
    with profile(browser) as fresh:
        yield fresh


@pytest.fixture
def page(context: "BrowserContext") -> "Page":
    """Return an empty page in a fresh profile."""
    return context.new_page()


@pytest.fixture(scope="module")
def module_page(browser: "Browser") -> Iterator["Page"]:
    """Return the page of all tests of a file that only look: a new one has to read and compile all scripts anew."""
    with profile(browser) as fresh:
        yield fresh.new_page()


@pytest.fixture
def looking(module_page: "Page") -> "Page":
    """Return a page that tests before have looked at other addresses with."""
    module_page.set_viewport_size({"width": 1000, "height": 800})
    module_page.emulate_media(color_scheme="light", media="screen")
    return module_page


@pytest.fixture(scope="module")
def plain_page(browser: "Browser") -> Iterator["Page"]:
    """Return the page of all tests of a file that only look, without scripts."""
    with profile(browser, scripts=False) as fresh:
        yield fresh.new_page()


# The sites that several tests read, each built once


@pytest.fixture(scope="session")
def kinds_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site with every kind of page."""
    return made_once(tmp_path_factory, "kinds", build_kinds) / "public"


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of the example blog."""
    return made_once(tmp_path_factory, "example", lambda root: build(ROOT, root / "public", root / "cache")) / "public"


@pytest.fixture(scope="session")
def kinds(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Served]:
    """Return a site with every kind of page."""
    assert browser  # a run without one builds nothing
    with served(request.getfixturevalue("kinds_folder")) as site:
        yield site


@pytest.fixture(scope="session")
def example(browser: "Browser", request: pytest.FixtureRequest) -> Iterator[Served]:
    """Return the example blog."""
    assert browser
    with served(request.getfixturevalue("example_folder")) as site:
        yield site
