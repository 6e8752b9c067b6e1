"""What the script of comments gives each system: its client's address, the page, the language, the colours.

The hosts are made up: what a page asks of them is answered here by a script that notes how it was called.
"""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.paths import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SCRIPT = (ROOT / "themes" / "transmission" / "static" / "extra" / "comments.js").read_text(encoding="utf-8")
# What the clients do, as their documentation says: each notes what it gets, and where the colours come from later.
CLIENTS = {
    "waline.js": "export const init = (x) => (called.push(x), { update: (y) => called.push(y) });",
    "twikoo.js": "window.twikoo = { init: (x) => called.push(x) };",
    "dist/Artalk.js": "window.Artalk = { init: (x) => (called.push(x), { setDarkMode: (y) => called.push(y) }) };",
    "client.js": """const pairs = [...document.currentScript.attributes].map(({ name, value }) => [name, value]);
        const own = Object.fromEntries(pairs.filter(([name]) => !/^data-/.test(name)));
        called.push({ ...document.currentScript.dataset, ...own });
        const frame = document.createElement("iframe");
        document.querySelector(".comments").append(frame);
        frame.contentWindow.postMessage = (message, to) => called.push([message, to]);""",
    "embed.min.js": "called.push({ ...document.currentScript.dataset });",
}
HOST = "https://c.example.org"


def show(page: "Page", attributes: str, address: str = "https://blog.test/posts/a/", scheme: str = "dark") -> list[str]:
    """Open a page with comments of these attributes; return the list that grows by the addresses that it asks for."""
    asked: list[str] = []
    section = f'<section class="comments" {attributes} hidden><p><button>Load</button></p></section>'
    start = (
        "<script>called = []; failed = []; addEventListener('unhandledrejection', (e) => failed.push(`${e.reason}`))"
    )

    def answer(route: "Route") -> None:
        url = route.request.url
        if url.startswith("https://blog.test/"):
            html = f'<!doctype html><html data-scheme="{scheme}"><title>T</title>{start}</script>{section}'
            route.fulfill(body=f"{html}<script>{SCRIPT}</script>", content_type="text/html; charset=utf-8")
            return
        asked.append(url)
        client = next((body for name, body in CLIENTS.items() if url.endswith("/" + name)), "")
        kind = "text/css" if url.endswith(".css") else "text/javascript"
        route.fulfill(body=client, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/*", answer)
    page.goto(address)
    return asked


def called(page: "Page", count: int) -> list[Any]:
    """Return what the client was called with, once there are so many calls."""
    page.wait_for_function("(count) => called.length >= count", arg=count)
    assert page.evaluate("failed") == []
    return list(json.loads(page.evaluate("JSON.stringify(called, (key, x) => x?.id || x)")))


SYSTEMS: dict[str, tuple[str, list[str], dict[str, Any], Any]] = {
    "giscus": (
        f'data-host="{HOST}" data-lang="zh-Hant-HK" data-repo="a/b" data-repo-id="R" data-strict="1"',
        [f"{HOST}/client.js"],
        {"repo": "a/b", "repoId": "R", "strict": "1", "lang": "zh-TW"}
        | {"theme": "dark", "reactionsEnabled": "1", "inputPosition": "bottom", "crossorigin": "anonymous"},
        [{"giscus": {"setConfig": {"theme": "light"}}}, HOST],
    ),
    "utterances": (
        f'data-host="{HOST}" data-lang="en" data-repo="a/b"',
        [f"{HOST}/client.js"],
        {"repo": "a/b", "issue-term": "pathname", "theme": "github-dark", "crossorigin": "anonymous"},
        [{"type": "set-theme", "theme": "github-light"}, HOST],
    ),
    "waline": (
        f'data-host="{HOST}" data-client="https://cdn.test/w" data-lang="ja"',
        ["https://cdn.test/w/waline.css", "https://cdn.test/w/waline.js"],
        {"el": "waline", "serverURL": HOST, "lang": "jp", "path": "/posts/a/", "dark": True},
        {"dark": False},
    ),
    "artalk": (
        f'data-host="{HOST}" data-site="My notes" data-lang="fr-CA"',
        [f"{HOST}/dist/Artalk.css", f"{HOST}/dist/Artalk.js", f"{HOST}/dist/i18n/fr.js"],
        {"el": "artalk", "server": HOST, "site": "My notes", "pageKey": "/posts/a/", "pageTitle": "T", "locale": "fr"}
        | {"darkMode": True},
        False,
    ),
    "twikoo": (
        'data-client="https://cdn.test/twikoo.js" data-env-id="e" data-region="ap-guangzhou" data-lang="zh-Hans"',
        ["https://cdn.test/twikoo.js"],
        {"envId": "e", "region": "ap-guangzhou", "el": "#twikoo", "lang": "zh-CN", "path": "/posts/a/"},
        None,
    ),
    "isso": (
        f'data-host="{HOST}" data-lang="zh-TW"',
        [f"{HOST}/js/embed.min.js"],
        {"isso": f"{HOST}/", "issoLang": "zh-TW"},
        None,
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_is_called_as_its_documentation_says(page: "Page", system: str) -> None:
    attributes, addresses, settings, lighter = SYSTEMS[system]
    asked = show(page, f'data-system="{system}" {attributes}')
    assert asked == [], "nothing is loaded before the click"
    page.get_by_role("button").click()
    (first,) = called(page, 1)
    assert settings.items() <= first.items()
    assert sorted(asked) == sorted(addresses)
    if lighter is not None:
        page.evaluate("document.documentElement.dataset.scheme = 'light'")
        assert called(page, 2)[1] == lighter


def test_who_comes_back_from_signing_in_sees_the_comments(page: "Page") -> None:
    """Else the ticket would stay in the address that a reader may share, until the next click."""
    asked = show(
        page, SYSTEMS["utterances"][0] + ' data-system="utterances"', "https://blog.test/posts/a/?utterances=t"
    )
    called(page, 1)
    assert asked == [f"{HOST}/client.js"]
