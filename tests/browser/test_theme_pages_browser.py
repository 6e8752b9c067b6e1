"""Every kind of page in Chromium, folders too: accessible, silent, never too wide, readable without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tests.support.axe_page import CONTRAST, violations
from tests.support.profiles import new_profile
from tests.support.searching import SEARCHES
from tests.support.theme_site import KINDS, Served, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STRANGE = {
    "long": f"---\ntitle: {'很长的标题' * 60}\n---\n\n文字。\n",
    "word": f"---\ntitle: {'x' * 300}\ncategory: {'y' * 90}\ntags: [{'z' * 90}]\n---\n\n{'w' * 500}\n\n# {'v' * 99}\n",
    "formula": "---\ntitle: $\\frac{a}{b} + " + " + ".join("abcdefghijk") + "$\ncategory: ../x\n---\n",
    "tags": f"---\ntitle: 标签\ncategory: <b>\ntags: [{', '.join(f'标签 {n}' for n in range(40))}]\n---\n\nx\n",
    "hebrew": "---\ntitle: שלום עולם\nlang: he\n---\n\nשלום $x$ עולם. [קישור](long.md)\n\n![](i.png)\n",
}
HIDDEN_BOXES = "boxes => boxes.filter(box => !box.getBoundingClientRect().height).length"


def without_alike(site: Served) -> list[str]:
    """Return the paths of a site, but of tags and of papers, whose pages are alike, the three largest each.

    The weekly run opens them all.
    """
    paths = site.paths()
    for folder in ("tags/", "papers/"):
        alike = [path for path in paths if path.startswith(folder) and path != folder]
        alike.sort(key=lambda path: (site.folder / unquote(path) / "index.html").stat().st_size)
        paths = [path for path in paths if SEARCHES or path not in alike[:-3]]
    return paths


@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing_in_either_scheme(looking: "Page", kinds: Served, path: str) -> None:
    page = looking
    page.goto(kinds.url + path)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []


def test_axe_finds_nothing_on_a_phone(looking: "Page", kinds: Served) -> None:
    page = looking
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(kinds.url + "posts/everything/")
    assert violations(page) == []


def test_axe_finds_nothing_with_a_preview_open_in_either_scheme(page: "Page", kinds: Served) -> None:
    page.goto(kinds.url + "posts/everything/")
    for link in ("a.eqref", ".footnote-ref a", ".e-content a >> text=另一篇", ".e-content a >> text=一节"):
        page.emulate_media(color_scheme="light")
        page.locator(link).first.hover()
        page.locator(".preview:visible").wait_for()
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page, CONTRAST, ".preview") == []  # the rest was looked at in the dark without one
        page.keyboard.press("Escape")


@pytest.mark.parametrize("name", ["kinds", "example"])
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
    for path in without_alike(site):
        page.goto(site.url + path)
        if page.evaluate(TOO_WIDE) > 0:
            problems.append(f"{path} scrolls sideways")
    assert problems == []


def test_strange_notes_fit_a_phone(page: "Page", tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "site.yaml").write_text("title: T\nbase_url: /\n", "utf-8")
    for name, text in STRANGE.items():
        (tmp_path / "content" / f"{name}.md").write_text(text, "utf-8")
    Path(tmp_path, "content", "i.png").write_bytes(b"")
    page.set_viewport_size({"width": 360, "height": 780})
    with served(build(tmp_path, tmp_path / "public", tmp_path / "cache")) as site:
        for path in without_alike(site):
            page.goto(site.url + path)
            assert page.evaluate(TOO_WIDE) <= 0, path
            assert page.locator("h1").evaluate("title => title.scrollWidth > 0"), path


@pytest.mark.parametrize("path", KINDS)
def test_without_scripts_everything_can_be_read(plain_page: "Page", kinds: Served, path: str) -> None:
    page = plain_page
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(kinds.url + path)
    assert page.locator("h1").is_visible()
    assert page.locator("main").inner_text().strip()
    assert page.locator("button:visible").count() == 0
    for link in page.locator("nav a:visible").all():
        assert link.get_attribute("href")


def test_without_scripts_links_lead_where_previews_look(browser: "Browser", kinds: Served) -> None:
    context = new_profile(browser, java_script_enabled=False, viewport={"width": 800, "height": 700})
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
    for name in (".site-header", ".site-footer > :not(.print-source)", ".toc", ".copy", ".neighbours", ".preview"):
        assert page.locator(f"{name}:visible").count() == 0, name
    assert page.evaluate(TOO_WIDE) <= 0
    assert b"STIXTwoMath" in page.pdf(format="A4")


def test_paper_holds_long_formulas_and_long_lines_of_code(page: "Page", kinds: Served) -> None:
    page.goto(kinds.url + "posts/wide/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # what a browser does before it lays out the paper
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 660, "height": 900})  # A4 without its margins
    assert page.evaluate(TOO_WIDE) <= 0
    for name in (".math-display > math", "pre code"):
        for box in page.locator(name).all():
            assert box.evaluate("box => box.scrollWidth <= box.parentElement.clientWidth"), name
    assert page.locator(".math-display math").evaluate("math => parseFloat(getComputedStyle(math).fontSize)") > 6
    assert page.locator("pre code").first.evaluate("code => code.getClientRects()[0].height") > 30


# --- a site of folders


COURSE_SETTINGS = """\
title: A course
subtitle: Of everything
languages: {en: English, zh-CN: 中文}
base_url: /
permalink: /:path/
"""
COURSE = {
    "index": "# Welcome\n\nTo a *course*: $p(x)$.\n\n## A\n\n## B\n\n## C\n",
    "basics/README": "# Basics\n\nWhat a model is.\n\n## A\n\n## B\n\n## C\n",
    "basics/one": "# One and $x^2$\n\nText[^1].\n\n## A\n\n## B\n\n## C\n\n[^1]: A footnote.\n",
    "basics/deep/two": f"# {'A long title ' * 9}\n\nText.\n",
    "basics/deep/three": f"# {'w' * 90}\n\nText.\n",
    "glossary": "# Glossary\n\nWords.\n",
    "basics/one.zh": "---\ntitle: 一与 $x^2$\n---\n\n文字。\n",
}
COURSE_PATHS = ("", "basics/", "basics/deep/", "basics/one/", "basics/deep/two/", "basics/deep/three/")


@pytest.fixture(scope="module")
def course(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a site of folders."""
    assert browser
    root = tmp_path_factory.mktemp("course")
    for name, text in COURSE.items():
        file = root / f"content/{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "site.yaml").write_text(COURSE_SETTINGS, "utf-8")
    with served(build(root, root / "public", root / "cache")) as site:
        yield site


@pytest.mark.parametrize("path", COURSE_PATHS)
def test_axe_finds_nothing_and_nothing_is_too_wide(looking: "Page", course: Served, path: str) -> None:
    """On a phone, on a tablet, and with the tree in the margin; colours in the dark too."""
    page = looking
    page.goto(course.url + path)
    for width in (768, 360, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        page.locator(".tree details[open]" if width == 1440 else ".tree details:not([open])").wait_for(state="attached")
        assert page.evaluate(TOO_WIDE) <= 0, width
        assert width == 768 or violations(page) == [], width
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []


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
    page.locator(".tree a").first.wait_for(state="hidden")  # the script hears of the width with the next frame
    page.locator(".tree summary").focus()
    page.keyboard.press("Enter")
    page.locator(".tree [aria-current=page]").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.tree') !== null")


@pytest.mark.parametrize("width", [360, 1440])
def test_the_tree_needs_no_script(browser: "Browser", course: Served, width: int) -> None:
    context = new_profile(browser, java_script_enabled=False, viewport={"width": width, "height": 780})
    page = context.new_page()
    page.goto(course.url + "basics/deep/two/")
    if width < 1200:
        page.locator(".tree summary").click()
    assert page.locator(".tree [aria-current=page]").is_visible()
    page.locator(".crumbs a >> text=Basics").click()
    assert page.locator("h1").inner_text() == "Basics"
    page.goto(course.url + "basics/one/")
    page.locator(".languages a").click()
    assert page.locator("h1").inner_text().startswith("一与")
    assert page.locator(".languages a").inner_text() == "English"
    context.close()


def test_paper_has_no_tree(page: "Page", course: Served) -> None:
    page.goto(course.url + "basics/one/")
    page.emulate_media(media="print")
    assert not page.locator(".tree").is_visible()
    assert not page.locator(".crumbs").is_visible()
