"""Reading a note in Chromium: contents list, previews, copying, pictures, keys, light and dark."""

from typing import TYPE_CHECKING

import pytest

from tests.support.profiles import new_profile
from tests.support.theme_site import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

SCHEME = "getComputedStyle(document.documentElement).colorScheme"
WIDE: "ViewportSize" = {"width": 1440, "height": 700}
FIRST_PAINT = """
new PerformanceObserver(() => { window.painted ??= getComputedStyle(document.body).backgroundColor; })
  .observe({type: "paint", buffered: true});
"""


@pytest.fixture(name="note")
def open_note(context: "BrowserContext", kinds: Served) -> "Page":
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(kinds.url + "posts/everything/")
    page.evaluate("document.fonts.ready")
    return page


def clipboard(page: "Page") -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


# Contents list, progress, footnotes


def test_the_contents_list_marks_the_section_in_view(note: "Page") -> None:
    note.set_viewport_size(WIDE)
    note.locator(".toc details[open]").wait_for()
    current = note.locator(".toc [aria-current]")
    assert current.count() == 0
    for number in (0, 1, 0):
        heading = note.locator(".e-content > h2").nth(number)
        heading.evaluate("heading => heading.scrollIntoView()")
        note.wait_for_function(
            "id => decodeURIComponent(document.querySelector('.toc [aria-current]')?.hash ?? '') === '#' + id",
            arg=heading.get_attribute("id"),
        )
    note.evaluate("scrollTo(0, 0)")
    note.wait_for_function("!document.querySelector('.toc [aria-current]')")


@pytest.mark.parametrize("asked", ["", "#%E4%B8%89%E7%BA%A7"])
def test_the_contents_list_marks_the_last_section_at_the_end_of_the_page(
    note: "Page", kinds: Served, asked: str
) -> None:
    note.set_viewport_size({"width": 1440, "height": 1000})
    note.goto(kinds.url + "posts/short/" + asked)
    note.wait_for_function("scrollTo(0, document.documentElement.scrollHeight) ?? scrollY > 0")
    current = "document.querySelector('.toc [aria-current]')"
    note.wait_for_function(f"{current} === [...document.querySelectorAll('.toc a')].at({-2 if asked else -1})")
    note.evaluate("scrollTo(0, 0)")
    note.wait_for_function(f"{current} === document.querySelector('.toc a')")


def test_the_bar_at_the_top_shows_how_far_one_is(note: "Page") -> None:
    width = "new DOMMatrix(getComputedStyle(document.body, '::before').transform).a"
    assert note.evaluate(width) == pytest.approx(0, abs=0.01)
    note.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    note.wait_for_function(f"{width} > 0.99")


def test_footnotes_stand_in_the_margin_of_a_wide_screen_only(note: "Page") -> None:
    note.set_viewport_size(WIDE)
    note.wait_for_function("document.querySelector('.sidenotes .footnotes li')")
    place = note.locator(".footnotes li").bounding_box()
    mark = note.locator(".footnote-ref a").bounding_box()
    column = note.locator(".e-content").bounding_box()
    assert place
    assert mark
    assert column
    assert place["x"] > column["x"] + column["width"]
    assert abs(place["y"] - mark["y"]) < 30
    note.set_viewport_size({"width": 800, "height": 700})
    note.wait_for_function("!document.querySelector('.sidenotes')")


# Previews


@pytest.mark.parametrize(
    ("selector", "words", "formulas"),
    [
        ("a.eqref", "", 1),
        (".footnote-ref a", "脚注的内容", 1),
        (".e-content a >> text=另一篇", "第一段的文字", 0),
        (".e-content a >> text=一节", "第二节的文字", 1),
        (".e-content a >> text=式子", "", 1),
        (".e-content a >> text=表 1", "一张表", 0),
    ],
)
def test_a_link_shows_what_it_leads_to(note: "Page", selector: str, words: str, formulas: int) -> None:
    note.hover(selector)
    preview = note.locator(".preview")
    preview.wait_for(state="visible")
    assert words in preview.inner_text()
    assert (preview.locator("math").count() > 0) is bool(formulas)
    assert preview.locator("[id]").count() == 0
    box = preview.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1000
    note.mouse.move(2, 2)
    preview.wait_for(state="hidden")


def test_a_preview_comes_with_keyboard_focus_and_goes_with_escape(note: "Page") -> None:
    note.locator("a.eqref").evaluate("link => link.previousElementSibling.querySelector('a')?.focus()")
    note.keyboard.press("Tab")
    preview = note.locator(".preview")
    preview.wait_for(state="visible")
    link = note.locator("a.eqref")
    assert link.get_attribute("aria-describedby") == preview.get_attribute("id")
    note.keyboard.press("Escape")
    preview.wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None
    note.keyboard.press("Enter")
    assert note.url.endswith("#eq-a")


def test_the_pointer_may_rest_on_a_preview(note: "Page") -> None:
    note.hover("a.eqref")
    preview = note.locator(".preview")
    preview.wait_for(state="visible")
    preview.hover()
    note.wait_for_timeout(500)
    assert preview.is_visible()


def test_a_tap_shows_a_box_with_a_way_to_the_page(browser: "Browser", kinds: Served) -> None:
    context = new_profile(browser, has_touch=True, viewport={"width": 360, "height": 780})
    page = context.new_page()
    page.goto(kinds.url + "posts/everything/")
    at = page.url
    for mark in (".footnote-ref a", "a.eqref", "a >> text=另一篇"):
        page.tap(f".e-content {mark}")
        page.locator(".preview.sheet").wait_for(state="visible")
        assert page.url == at
        page.tap(".preview-ways button")
        page.locator(".preview").wait_for(state="hidden")
    page.tap(".e-content a >> text=另一篇")
    page.tap(".preview-ways a")
    page.wait_for_url(kinds.url + "posts/plain/")
    context.close()


def test_single_keys_are_listed_and_can_be_turned_off(page: "Page", kinds: Served) -> None:
    page.goto(kinds.url + "posts/everything/")
    scheme = "() => document.documentElement.dataset.scheme ?? ''"
    page.keyboard.press("?")
    page.locator("dialog.keys[open]").wait_for()
    page.locator("dialog.keys input").uncheck()
    page.keyboard.press("Escape")
    before = page.evaluate(scheme)
    page.keyboard.press("t")
    assert page.evaluate(scheme) == before
    page.reload()
    page.keyboard.press("t")
    assert page.evaluate(scheme) == before
    page.locator(".keys-open").click()
    page.locator("dialog.keys input").check()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.evaluate(scheme) != before


def test_previews_ask_this_site_only_and_only_once(note: "Page", kinds: Served) -> None:
    asked: list[str] = []
    note.on("request", lambda request: asked.append(request.url))
    for text in ("另一篇", "一节", "式子"):
        note.hover(f".e-content a >> text={text}")
        note.locator(".preview").wait_for(state="visible")
        note.mouse.move(2, 2)
        note.locator(".preview").wait_for(state="hidden")
    assert [address for address in asked if not address.endswith(".svg")] == [kinds.url + "posts/plain/"]


# Copying


def test_a_heading_copies_its_link(note: "Page") -> None:
    note.hover("h2 >> nth=0")
    note.click("h2 >> nth=0 >> .anchor")
    note.locator(".toast.shown").wait_for()
    assert clipboard(note) == note.url
    assert "#" in note.url


def test_an_equation_number_copies_its_link(note: "Page") -> None:
    note.click(".math-display mtd[id]")
    note.locator(".toast.shown").wait_for()
    assert clipboard(note).endswith("/posts/everything/#eq-a")


def test_links_of_headings_and_equations_are_copied_by_keyboard_and_the_copy_is_announced(note: "Page") -> None:
    number = note.get_by_role("link", name="复制链接 (1)")
    note.wait_for_function("!document.querySelector('.math-display').hasAttribute('tabindex')")  # the browser rested
    heading = note.locator(".e-content h2").first
    heading.locator(".anchor").focus()
    said = "link => link === document.activeElement"
    assert note.get_by_role("link", name=f"复制链接 {heading.inner_text()}", exact=True).evaluate(said)
    note.keyboard.press("Tab")
    assert note.get_by_role("heading", name=f"{heading.inner_text()}#", exact=True).count(), "heard once"
    assert number.evaluate("number => number === document.activeElement")
    assert number.evaluate("number => getComputedStyle(number).opacity") == "1"
    note.keyboard.press("Enter")
    toast = note.get_by_role("status")
    note.locator(".toast.shown").wait_for()
    assert toast.inner_text() == "已复制链接"
    assert clipboard(note).endswith("/posts/everything/#eq-a")
    assert note.url.endswith("#eq-a")


def test_code_is_copied_without_numbers_prompts_and_output(note: "Page") -> None:
    note.click(".copy >> nth=0")
    note.locator(".toast.shown").wait_for()
    assert clipboard(note) == "import torch\nprint(torch.nn.Linear(1, 2))\n"
    note.click(".copy >> nth=1")
    note.wait_for_function("navigator.clipboard.readText().then(text => text === 'notegen build\\n')")


# Pictures


def test_a_picture_opens_in_full_by_pointer_and_keyboard(note: "Page") -> None:
    button = note.locator("figure button.zoom")
    button.click()
    dialog = note.locator("dialog.album")
    dialog.wait_for(state="visible")
    assert dialog.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 1400
    note.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert button.evaluate("button => button === document.activeElement")
    note.keyboard.press("Enter")
    dialog.wait_for(state="visible")
    dialog.click()
    dialog.wait_for(state="hidden")


# Keys, light and dark


def test_t_switches_light_and_dark_and_the_next_page_paints_so_at_once(note: "Page", kinds: Served) -> None:
    light = note.evaluate("getComputedStyle(document.body).backgroundColor")
    note.keyboard.press("t")
    assert note.evaluate(SCHEME) == "dark"
    dark = note.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    note.add_init_script(FIRST_PAINT)
    note.goto(kinds.url + "posts/plain/")
    note.wait_for_function("window.painted")
    assert note.evaluate("window.painted") == dark
    note.click(".scheme-switch")
    assert note.evaluate(SCHEME) == "light dark"
    note.reload()
    assert note.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_j_and_k_walk_a_list_and_enter_opens(page: "Page", kinds: Served) -> None:
    page.goto(kinds.url)
    titles = page.locator(".entry-title a")
    for key, expected in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        assert titles.nth(expected).evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url(kinds.url + "posts/everything/")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_text(note: "Page") -> None:
    note.keyboard.press("Tab")
    assert note.locator(":focus").get_attribute("class") == "skip"
    note.keyboard.press("Enter")
    assert note.locator(":focus").evaluate("element => element.id") == "Main"


# Tabs


def test_tabs_switch_by_keyboard_and_are_remembered(note: "Page", kinds: Served) -> None:
    tabs, bodies = note.locator(".tab-title input"), note.locator(".tab-body")
    assert (bodies.nth(0).is_visible(), bodies.nth(1).is_visible()) == (True, False)
    tabs.nth(0).focus()
    note.keyboard.press("ArrowRight")
    assert (bodies.nth(0).is_visible(), bodies.nth(1).is_visible()) == (False, True)
    note.goto(kinds.url + "posts/formula/")  # which embeds it
    assert (tabs.nth(1).is_checked(), bodies.nth(1).is_visible()) == (True, True)


def test_tabs_of_one_title_open_one_by_one_and_high_code_scrolls_by_keyboard(page: "Page", kinds: Served) -> None:
    page.goto(kinds.url + "posts/wide/")
    titles, bodies = page.locator(".tab-title"), page.locator(".tab-body")
    for index in (1, 0, 1):
        titles.nth(index).click()
        assert [body.is_visible() for body in bodies.all()] == [index == 0, index == 1]
    page.reload()  # the name was kept
    assert [body.is_visible() for body in bodies.all()] == [True, False]
    page.wait_for_function("!document.querySelector('.tab-body pre').hasAttribute('tabindex')")  # the browser rested
    assert page.locator("pre[style]").get_attribute("tabindex") == "0"


def test_tabs_open_at_an_address_and_print_whole(note: "Page") -> None:
    bodies = note.locator(".tab-body")
    bodies.nth(1).evaluate("body => body.id = 'place'")
    note.evaluate("location.hash = 'place'")
    bodies.nth(1).wait_for(state="visible")
    assert not bodies.nth(0).is_visible()
    note.emulate_media(media="print")
    assert [body.is_visible() for body in bodies.all()] == [True, True]


def test_tabs_work_without_scripts(browser: "Browser", kinds: Served) -> None:
    bare = new_profile(browser, java_script_enabled=False)
    page = bare.new_page()
    page.goto(kinds.url + "posts/everything/")
    bodies = page.locator(".tab-body")
    page.locator(".tab-title").nth(1).click()
    assert (bodies.nth(0).is_visible(), bodies.nth(1).is_visible()) == (False, True)
    bare.close()
