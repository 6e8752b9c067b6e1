"""Built sites shown in a browser without a server: requests to their address are answered from the output folder."""

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

ORIGIN = "https://example.org"


def show_site(page: "Page", public: Path, path: str, **folders: Path) -> list[str]:
    """Open a page of the site in `public`; `folders` are served below their names. Return the addresses not found."""
    missing: list[str] = []

    def answer(route: "Route") -> None:
        address = route.request.url.split("?")[0].split("#")[0]
        local = address.removeprefix(ORIGIN).lstrip("/")
        top, _, rest = local.partition("/")
        file = folders[top] / rest if top in folders else public / local
        file = file / "index.html" if file.is_dir() else file
        if not address.startswith(ORIGIN) or not file.is_file():
            missing.append(address)
            route.abort()
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(body=file.read_bytes(), content_type=kind)

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/{path}")
    page.evaluate("document.fonts.ready")
    return missing
