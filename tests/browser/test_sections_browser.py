"""A site of folders in Chromium: accessible, never too wide, its tree usable by keyboard and without scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.axe_page import violations
from tests.support.theme_site import Served, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SETTINGS = "title: A course\nlanguage: en\nsubtitle: Of everything\nbase_url: /\npermalink: /:path/\n"
NOTES = {
    "index": "# Welcome\n\nTo a *course*: $p(x)$.\n\n## A\n\n## B\n\n## C\n",
    "basics/README": "# Basics\n\nWhat a model is.\n\n## A\n\n## B\n\n## C\n",
    "basics/one": "# One and $x^2$\n\nText[^1].\n\n## A\n\n## B\n\n## C\n\n[^1]: A footnote.\n",
    "basics/deep/two": f"# {'A long title ' * 9}\n\nText.\n",
    "basics/deep/three": f"# {'w' * 90}\n\nText.\n",
    "glossary": "# Glossary\n\nWords.\n",
}
PATHS = ("", "basics/", "basics/deep/", "basics/one/", "basics/deep/two/", "basics/deep/three/")
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def course(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a site of folders."""
    assert browser
    root = tmp_path_factory.mktemp("course")
    for name, text in NOTES.items():
        file = root / f"content/{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "site.yaml").write_text(SETTINGS, "utf-8")
    with served(build(root, root / "public", root / "cache")) as site:
        yield site


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    page: "Page", course: Served, path: str, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(course.url + path)
    assert violations(page) == []
    assert page.evaluate(TOO_WIDE) <= 0


def test_the_tree_is_open_in_the_margin_and_folded_on_a_phone(page: "Page", course: Served) -> None:
    page.set_viewport_size({"width": 1440, "height": 800})
    page.goto(course.url + "basics/one/")
    tree, text, toc = (page.locator(name).bounding_box() for name in (".tree", ".e-content", ".toc"))
    assert tree is not None
    assert text is not None
    assert toc is not None
    assert tree["x"] + tree["width"] <= text["x"]
    assert text["x"] + text["width"] <= toc["x"]
    assert page.locator(".tree [aria-current=page]").is_visible()
    assert page.locator(".footnotes li").bounding_box()["x"] < toc["x"]  # type: ignore[index]
    page.set_viewport_size({"width": 360, "height": 800})
    assert not page.locator(".tree a").first.is_visible()
    page.locator(".tree summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tree') !== null")
    assert page.locator(".tree [aria-current=page]").is_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_the_tree_needs_no_script(browser: "Browser", course: Served, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 780})
    page = context.new_page()
    page.goto(course.url + "basics/deep/two/")
    if width < 1200:
        page.locator(".tree summary").click()
    assert page.locator(".tree [aria-current=page]").is_visible()
    page.locator(".crumbs a >> text=Basics").click()
    assert page.locator("h1").inner_text() == "Basics"
    context.close()


def test_paper_has_no_tree(page: "Page", course: Served) -> None:
    page.goto(course.url + "basics/one/")
    page.emulate_media(media="print")
    assert not page.locator(".tree").is_visible()
    assert not page.locator(".crumbs").is_visible()
