"""The script that serve adds to every page it sends. A built site never holds it."""

from functools import cache
from html import escape
from pathlib import Path

from notegen.model.digest import digest_bytes

PREFIX = "/.notegen/"  # addresses of the server itself; no output path begins with that folder
SCRIPT = f"{PREFIX}client.js"
EVENTS = f"{PREFIX}events"
_END = b"</body>"


@cache
def client_script() -> bytes:
    """Return the script for the browser."""
    return (Path(__file__).parent / "client.js").read_bytes()


@cache
def client_version() -> str:
    """Return what changes with the script."""
    return digest_bytes(client_script())[:12]


def inject(page: bytes, epoch: int, fingerprint: str) -> bytes:
    """Return an HTML page with our script at the end of its body.

    It stands there without `defer`, so that it sees the page as sent, before the theme's scripts have changed it.
    """
    tag = (
        f'<script src="{SCRIPT}?{client_version()}" data-notegen data-epoch="{epoch}" '
        f'data-events="{EVENTS}" data-have="{escape(fingerprint)}" data-version="{client_version()}"></script>\n'
    ).encode()
    start = page.rfind(_END)
    return page + tag if start < 0 else page[:start] + tag + page[start:]
