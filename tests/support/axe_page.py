"""axe-core on pages in the browser: what it complains of."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"]}


@cache
def _script() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page: "Page", options: object = None) -> list[str]:
    """Return what axe-core complains of, with the first element of each rule."""
    page.evaluate(_script())
    page.wait_for_timeout(400)  # page.js makes boxes that scroll focusable when the browser rests
    found = page.evaluate("options => axe.run(options)", options or {})
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found["violations"]]
