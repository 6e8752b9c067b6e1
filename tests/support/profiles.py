"""Profiles of the browser that wait as long as all tests do: a busy machine may take more than Playwright's 30 s."""

from typing import TYPE_CHECKING, Any

from tests.support.limits import DEADLINE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext


def new_profile(browser: "Browser", **options: Any) -> "BrowserContext":
    """Return a new profile with Playwright's options of a context; whoever asks for it closes it."""
    fresh = browser.new_context(**options)
    fresh.set_default_timeout(DEADLINE * 1000)
    return fresh
