"""What a reader does with formulas: scroll a wide one, reach it by keyboard, copy it, print it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.math_page import show_site
from tests.support.profiles import new_profile
from tests.support.site import SiteTest

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE = " + ".join(f"x_{{{number}}}" for number in range(60))
NOTE = rf"""A line with $a < b$ and \(c_1\), then words.

$$
x = \frac{{a}}{{b}}
$$

The wide one:

$$ {WIDE} $$

\begin{{equation}} e = mc^2 \label{{eq:e}} \end{{equation}}

| a | $\|x\|$ |
| --- | --- |
| 1 | $y$ |

The last words.
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site with one note."""
    site = SiteTest(tmp_path_factory.mktemp("reading")).write("site.yaml", "title: T\nbase_url: https://example.org/\n")
    site.note("a", NOTE).build().expect_clean()
    return site.root / "public"


@pytest.fixture
def note(page: "Page", public: Path) -> "Page":
    """Return the page of the note, allowed to write to and read from the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin="https://example.org")
    assert show_site(page, public, "posts/a/") == []
    return page


def test_only_what_scrolls_is_a_stop_for_the_keyboard(note: "Page") -> None:
    boxes = note.locator(".e-content .math-display, .e-content .table-scroll")
    wide = boxes.evaluate_all("all => all.map((box) => box.scrollWidth > box.clientWidth + 1)")
    assert wide == [False, True, False, False]
    stops = (
        "count => document.querySelectorAll('.e-content :is(.math-display, .table-scroll)[tabindex]').length === count"
    )
    note.wait_for_function(stops, arg=1)  # when the browser rests
    assert boxes.evaluate_all("all => all.map((box) => box.tabIndex === 0)") == wide
    note.add_style_tag(content=".math-display { font-size: 2px }")
    note.evaluate("dispatchEvent(new Event('resize'))")
    note.wait_for_function(stops, arg=0)


def test_without_scripts_all_boxes_can_be_reached(browser: Any, public: Path) -> None:
    context = new_profile(browser, java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content((public / "posts/a/index.html").read_text(encoding="utf-8"), wait_until="commit")
    assert page.locator(".e-content .math-display[tabindex='0']").count() == 3
    context.close()


def test_a_wide_formula_scrolls_in_its_box_by_keyboard(note: "Page") -> None:
    box = note.locator(".math-display").nth(1)
    box.focus()
    assert box.evaluate("box => document.activeElement === box")
    note.keyboard.press("ArrowRight")
    note.wait_for_function("document.querySelectorAll('.math-display')[1].scrollLeft > 0")
    assert note.evaluate("scrollX") == 0


def copied(page: "Page", start: str, end: str) -> str:
    """Select from the element `start` to the element `end`, press Ctrl-C, return what the clipboard has then."""
    page.evaluate(
        "([start, end]) => { const range = document.createRange();"
        " range.setStartBefore(document.querySelector(start)); range.setEndAfter(document.querySelector(end));"
        " getSelection().removeAllRanges(); getSelection().addRange(range) }",
        [start, end],
    )
    page.keyboard.press("Control+c")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_copied_text_has_formulas_as_latex_with_delimiters(note: "Page") -> None:
    text = copied(note, ".e-content > p", ".e-content > .math-display")
    assert text.split("\n") == ["A line with $a < b$ and $c_1$, then words.", "", "$$", r"x = \frac{a}{b}", "$$"]


def test_a_copied_formula_alone_is_its_latex(note: "Page") -> None:
    assert copied(note, "math mi", "math mi") == "a < b"


def test_copied_text_without_formulas_is_the_browser_s(note: "Page") -> None:
    last = ".e-content > p:last-of-type"
    assert copied(note, last, last).strip() == "The last words."


def test_a_double_click_copies_one_formula(note: "Page") -> None:
    note.locator("math").first.dblclick()
    note.wait_for_selector(".toast.shown")
    assert note.evaluate("navigator.clipboard.readText()") == "a < b"


def test_a_number_copies_the_address_of_its_equation(note: "Page") -> None:
    note.locator("#eq-e").click()
    note.wait_for_selector(".toast.shown")
    assert note.evaluate("navigator.clipboard.readText()") == "https://example.org/posts/a/#eq-e"


def test_screen_readers_get_mathml(note: "Page") -> None:
    """The tree that assistive technology is given holds formulas, and not their LaTeX."""
    session = note.context.new_cdp_session(note)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    roles = [node.get("role", {}).get("value") for node in nodes if not node.get("ignored")]
    assert roles.count("MathMLMath") + roles.count("math") >= 5
    names = " ".join(str(node.get("name", {}).get("value", "")) for node in nodes if not node.get("ignored"))
    assert r"\frac" not in names


def test_printed_formulas_are_black_and_whole(note: "Page") -> None:
    note.emulate_media(media="print", color_scheme="dark")
    look = (
        note.locator(".math-display")
        .nth(2)
        .evaluate(
            "box => [getComputedStyle(box.querySelector('mi')).color, getComputedStyle(box).overflowX,"
            " getComputedStyle(box).maskImage]"
        )
    )
    assert look == ["rgb(0, 0, 0)", "visible", "none"]
