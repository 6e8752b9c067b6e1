"""axe-core on pages in the browser: what it complains of."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

# page.js makes boxes that scroll focusable when the browser rests. If it never does, axe is to say so.
_RESTED = """async () => {
  const scrolls = (box) => box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).overflowX === "auto";
  const waits = () => [...document.querySelectorAll("main *")].some((box) => box.tabIndex < 0 && scrolls(box));
  for (let turns = 0; turns < 500 && waits(); turns++) await new Promise((done) => setTimeout(done, 20));
}"""
# The rest of what axe could tell takes a third of its time.
_RUN = "([within, options]) => axe.run(within ?? document, {...options, resultTypes: ['violations'], selectors: false})"
CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"]}


@cache
def _script() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page: "Page", options: object = None, within: str | None = None) -> list[str]:
    """Return what axe-core complains of, with the first element of each rule; `within` selects a part of the page."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    page.evaluate(_RESTED)
    found = page.evaluate(_RUN, [within, options or {}])
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found["violations"]]
