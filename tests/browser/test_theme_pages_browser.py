"""Every kind of page in Chromium: accessible in both schemes, silent, never too wide, readable without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from theme_site import KINDS, REPOSITORY, Served, build, build_kinds, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HIDDEN_BOXES = "boxes => boxes.filter(box => !box.getBoundingClientRect().height).length"


@pytest.fixture(scope="module", name="kinds")
def kinds_site(tmp_path_factory: pytest.TempPathFactory, browser: "Browser") -> Iterator[Served]:
    assert browser  # a run without one builds nothing
    with served(build_kinds(tmp_path_factory.mktemp("kinds"))) as site:
        yield site


@pytest.fixture(scope="module", name="blog")
def example_blog(tmp_path_factory: pytest.TempPathFactory, browser: "Browser") -> Iterator[Served]:
    assert browser
    root = tmp_path_factory.mktemp("blog")
    with served(build(REPOSITORY, root / "public", root / "cache")) as site:
        yield site


@pytest.fixture(scope="module", name="axe")
def axe_script() -> str:
    package = pytest.importorskip("axe_playwright_python")
    return (Path(package.__file__).parent / "axe.min.js").read_text("utf-8")


def violations(page: "Page", script: str, options: object = None) -> list[str]:
    """Return what axe-core complains of, with the first element of each rule."""
    page.evaluate(script)
    page.wait_for_timeout(400)  # page.js makes boxes that scroll focusable when the browser rests
    found = page.evaluate("options => axe.run(options)", options or {})
    return [f"{item['id']}: {item['nodes'][0]['html'][:200]}" for item in found["violations"]]


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_in_either_scheme(page: "Page", kinds: Served, axe: str, path: str) -> None:
    page.goto(kinds.url + path)
    assert violations(page, axe) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, axe, CONTRAST) == []


def test_axe_finds_nothing_on_a_phone(page: "Page", kinds: Served, axe: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(kinds.url + "posts/everything/")
    assert violations(page, axe) == []


@pytest.mark.parametrize("name", ["kinds", "blog"])
def test_no_page_is_too_wide_talks_or_calls_elsewhere(
    context: "BrowserContext", name: str, request: pytest.FixtureRequest
) -> None:
    site: Served = request.getfixturevalue(name)
    page = context.new_page()
    problems: list[str] = []

    def told(text: str) -> None:
        problems.append(f"{page.url}: {text}")

    def answered(got: "Response") -> None:
        if got.status >= 400 or not got.url.startswith((site.url, "data:")):
            told(f"{got.status} {got.url}")

    page.set_viewport_size({"width": 360, "height": 780})
    page.on("console", lambda message: told(message.text))
    page.on("pageerror", lambda error: told(str(error)))
    page.on("response", answered)
    page.on("requestfailed", lambda failed: None if failed.url.startswith(site.url) else told(failed.url))
    for path in site.paths():
        page.goto(site.url + path)
        if page.evaluate(TOO_WIDE) > 0:
            problems.append(f"{path} scrolls sideways")
    assert problems == []


@pytest.mark.parametrize("path", KINDS)
def test_without_scripts_everything_can_be_read(browser: "Browser", kinds: Served, path: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(kinds.url + path)
    assert page.locator("h1").is_visible()
    assert page.locator("main").inner_text().strip()
    assert page.locator("button:visible").count() == 0
    for link in page.locator("nav a:visible").all():
        assert link.get_attribute("href")
    context.close()


def test_without_scripts_links_lead_where_previews_look(browser: "Browser", kinds: Served) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 800, "height": 700})
    page = context.new_page()
    page.goto(kinds.url + "posts/everything/")
    page.click(".footnote-ref a")
    assert page.url.endswith("#fn1")
    page.click("a.eqref")
    assert page.url.endswith("#eq-a")
    page.click(".toc summary")
    page.click(".toc a >> nth=0")
    assert "#" in page.url
    page.click(".e-content a >> text=一节")
    assert page.url.startswith(kinds.url + "posts/plain/#")
    context.close()


def test_print_keeps_the_math_and_drops_the_furniture(page: "Page", kinds: Served) -> None:
    page.goto(kinds.url + "posts/everything/")
    page.emulate_media(media="print")
    assert page.locator(".e-content math").evaluate_all(HIDDEN_BOXES) == 0
    for name in (".site-header", ".site-footer", ".toc", ".copy", ".neighbours", ".preview"):
        assert page.locator(f"{name}:visible").count() == 0, name
    assert page.evaluate(TOO_WIDE) <= 0
    assert b"STIXTwoMath" in page.pdf(format="A4")
