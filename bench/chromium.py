"""A built site in Chromium, for who counts or pictures its pages: no server, and no other host answers."""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ORIGIN = "https://example.org/"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]


@contextmanager
def chromium() -> Iterator["Browser"]:
    """Give the system's Chromium ($CHROMIUM, else the one on the PATH)."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
        yield browser
        browser.close()


def show(page: "Page", public: Path, path: str) -> None:
    """Open a page of the site in `public`; every request is answered from there."""

    def answer(route: "Route") -> None:
        file = public / unquote(route.request.url.removeprefix(ORIGIN).split("?")[0].split("#")[0])
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            route.fulfill(body=file.read_bytes(), content_type=kind)
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(ORIGIN + path)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(150)  # scripts that wait until the browser rests
