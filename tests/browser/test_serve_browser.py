"""A real browser on a real server: what is saved appears, the reader's place stays, mistakes are shown and go."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notegen.system.pagefind import indexer
from tests.support.limits import DEADLINE
from tests.support.required import give_up
from tests.support.serve import Kept, Server, kept, serving
from tests.support.site import SiteTest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

FILLER = "\n\n".join(f"Paragraph {number}. " + "Words that fill the line. " * 12 for number in range(40))
LONG = (
    "## First\n\nThe opening words with $x^2$.\n\n<details><summary>More</summary>Hidden words</details>\n\n"
    f"{FILLER}\n\n```python\nprint(1)\n```\n\nThe closing words.\n"
)
OVERLAY = "document.querySelector('notegen-overlay')?.shadowRoot"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, warm: Path) -> Iterator[Kept]:
    """Return the server of a site with a long note and a short one, which most tests change."""
    site = SiteTest(tmp_path_factory.mktemp("serve") / "site").take_cache(warm)
    site.write("site.yaml", "title: Test\nbase_url: https://example.org/repo/\ntheme: [mine, transmission]\n")
    site.write("themes/mine/theme.yaml", "name: mine\n").write("themes/mine/static/css/own.css", "h1 { color: red }")
    site.note("long", LONG).note("short", "Short.")
    with kept(site) as server:
        yield server


@pytest.fixture
def server(running: Kept) -> Server:
    """Return the server with the two notes."""
    return running.fresh()


@pytest.fixture
def reader(page: "Page", server: Server) -> Iterator["Page"]:
    """Return a page on the long note, marked so that a reload shows; at the end it has nothing to complain of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    visit(page, server, "posts/long/")
    yield page
    assert [text for text in said if "ERR_" not in text and "404" not in text] == [], server.output


def visit(page: "Page", server: Server, path: str) -> None:
    """Open a page and wait until it hears of changes."""
    page.goto(server.url + path)
    page.wait_for_load_state()
    page.evaluate("window.marked = true")
    page.wait_for_timeout(150)


def edit(server: Server, path: str, old: str, new: str) -> None:
    file = server.root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def until(page: "Page", server: Server, expression: str) -> None:
    """Wait until an expression is true in the page; the page may be loaded anew meanwhile."""
    end = time.monotonic() + DEADLINE
    while not _holds(page, expression):
        assert time.monotonic() < end, f"never: {expression}\n{page.url}\n{server.output}"
        page.wait_for_timeout(30)


def _holds(page: "Page", expression: str) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate(expression))
    except Error as error:
        if "Execution context was destroyed" in error.message or "of null" in error.message:
            return False  # the page is being loaded
        raise


def shows(page: "Page", server: Server, text: str) -> None:
    until(page, server, f"document.body.innerText.includes({text!r})")


def test_an_edited_paragraph_is_patched_in(reader: "Page", server: Server) -> None:
    """No reload: scroll position, open details and a focused element stay."""
    reader.evaluate("document.querySelector('.e-content details').open = true")
    reader.evaluate("document.querySelector('.skip').focus()")
    reader.evaluate("scrollTo(0, 300)")
    before = reader.evaluate("scrollY")
    edit(server, "content/long.md", "The opening words", "The very first words")
    shows(reader, server, "The very first words")
    assert reader.evaluate("window.marked"), "the page was loaded anew"
    assert reader.evaluate("document.querySelector('.e-content details').open")
    assert reader.evaluate("document.activeElement.className") == "skip"
    assert abs(reader.evaluate("scrollY") - before) < 60
    assert reader.locator(".highlight .copy").count() == 1, "what scripts added is still there"


def test_a_changed_formula_and_new_blocks(reader: "Page", server: Server) -> None:
    edit(server, "content/long.md", "$x^2$", "$y^3$")
    until(reader, server, "document.querySelector('.e-content annotation').textContent === 'y^3'")
    added = "The closing words.\n\n- a new list\n- of two\n\nThe very end."
    edit(server, "content/long.md", "The closing words.", added)
    shows(reader, server, "The very end.")
    edit(server, "content/long.md", "- a new list\n- of two\n\n", "")
    until(reader, server, "!document.body.innerText.includes('a new list')")
    assert reader.evaluate("window.marked")
    texts = reader.locator(".e-content > p").all_inner_texts()
    assert texts[-2:] == ["The closing words.", "The very end."]


def test_the_view_goes_to_what_was_edited(reader: "Page", server: Server) -> None:
    edit(server, "content/long.md", "The closing words", "The last words of all")
    shows(reader, server, "The last words of all")
    place = reader.get_by_text("The last words of all").bounding_box()
    assert place
    assert 0 <= place["y"] < 800
    builds = server.builds
    edit(server, "site.yaml", "title: Test", "title: Tested\nserve: {follow: false}")
    server.until(lambda: server.builds > builds, "build with the setting")
    page_y = reader.evaluate("scrollY")
    edit(server, "content/long.md", "The opening words", "Quite other words")
    shows(reader, server, "Quite other words")
    assert abs(reader.evaluate("scrollY") - page_y) < 60, "the setting is off"


def test_code_is_loaded_anew_and_the_view_stays(reader: "Page", server: Server) -> None:
    """Scripts give code its copy button when a page loads, so the page is loaded; the reader notices nothing else."""
    reader.evaluate("document.querySelector('.e-content details').open = true")
    reader.evaluate("scrollTo(0, 900)")
    edit(server, "content/long.md", "print(1)", "print(2)")
    shows(reader, server, "print(2)")
    reader.wait_for_load_state()
    assert reader.locator(".highlight .copy").count() == 1
    assert reader.evaluate("document.querySelector('.e-content details').open")
    until(reader, server, "Math.abs(scrollY - 900) < 5")


def test_a_title_and_a_setting(reader: "Page", server: Server) -> None:
    edit(server, "content/long.md", 'title: "long"', 'title: "Longer"')
    until(reader, server, "document.querySelector('h1').innerText === 'Longer' && document.title.startsWith('Longer')")
    edit(server, "site.yaml", "title: Test", "title: Renamed")
    until(reader, server, "document.title.endsWith('Renamed')")


def test_a_style_sheet_is_swapped_without_reload(reader: "Page", server: Server) -> None:
    assert reader.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(255, 0, 0)"
    reader.evaluate("scrollTo(0, 500)")
    edit(server, "themes/mine/static/css/own.css", "red", "rgb(0, 0, 200)")
    until(reader, server, "getComputedStyle(document.querySelector('h1')).color === 'rgb(0, 0, 200)'")
    until(reader, server, "document.querySelectorAll('link[rel=stylesheet]').length === 1")
    assert reader.evaluate("window.marked")
    assert reader.evaluate("scrollY") == 500


def test_a_template(reader: "Page", server: Server) -> None:
    server.site.write("themes/mine/templates/parts/footer.html", "<footer>A footer of my own</footer>")
    shows(reader, server, "A footer of my own")


def test_other_pages_are_left_alone(reader: "Page", server: Server, context: "BrowserContext") -> None:
    other = context.new_page()
    asked: list[str] = []
    visit(other, server, "posts/short/")
    other.on("request", lambda request: asked.append(request.url))
    edit(server, "content/long.md", "The opening words", "New words")
    shows(reader, server, "New words")
    other.wait_for_timeout(300)
    assert asked == []


def test_an_image_is_shown_anew(page: "Page", server: Server) -> None:
    image = "<svg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{0}'/>"
    server.site.write("static/i.svg", image.format(10)).note("pic", "<img src='/i.svg'>")
    server.shows("posts/pic/", "i.svg")
    visit(page, server, "posts/pic/")
    until(page, server, "document.querySelector('.e-content img').naturalWidth === 10")
    server.site.write("static/i.svg", image.format(40))
    until(page, server, "document.querySelector('.e-content img').naturalWidth === 40")


def test_a_deleted_page_says_so_and_comes_back(page: "Page", server: Server) -> None:
    visit(page, server, "posts/short/")
    text = (server.site.root / "content/short.md").read_bytes()
    (server.site.root / "content/short.md").unlink()
    until(page, server, "document.body.classList.contains('lost-page')")
    server.site.write("content/short.md", text)
    shows(page, server, "Short.")


def test_an_error_appears_and_goes(reader: "Page", server: Server) -> None:
    edit(server, "site.yaml", "title: Test", "titel: Test")
    until(reader, server, f"!!{OVERLAY}?.querySelector('[role=alert]')")
    text = reader.evaluate(f"{OVERLAY}.querySelector('[role=alert]').innerText")
    assert "site.yaml:1:1 error[config-unknown-key]" in text
    assert "    1 | titel: Test\n      | ^^^^^ did you mean title?" in text
    href = reader.evaluate(f"{OVERLAY}.querySelector('article a').href")
    assert href == f"vscode://file{(server.root / 'site.yaml').as_posix()}:1:1"
    assert "The opening words" in reader.inner_text("main"), "the last good page stays below"
    reader.keyboard.press("Escape")
    until(reader, server, f"!{OVERLAY}.querySelector('[role=alert]')")
    assert reader.evaluate(f"{OVERLAY}.querySelector('.badge').textContent") == "1 problem"
    edit(server, "site.yaml", "titel: Test", "title: Test")
    until(reader, server, "!document.querySelector('notegen-overlay')")
    assert reader.evaluate("window.marked")


def test_words_of_a_note_are_never_html_in_the_overlay(reader: "Page", server: Server) -> None:
    edit(server, "content/long.md", "The opening", "\0<img src=x onerror='window.hurt=1'> The opening")
    until(reader, server, f"!!{OVERLAY}?.querySelector('[role=alert]')")
    assert reader.evaluate(f"{OVERLAY}.querySelectorAll('img').length") == 0
    assert "<img src=x" in reader.evaluate(f"{OVERLAY}.querySelector('pre').textContent")
    assert reader.evaluate("window.hurt") is None


def test_a_warning_is_a_badge_that_opens(reader: "Page", server: Server) -> None:
    edit(server, "content/long.md", "$x^2$", "$\\sofmax x$")
    until(reader, server, f"!!{OVERLAY}?.querySelector('.badge')")
    reader.evaluate(f"{OVERLAY}.querySelector('.badge').click()")
    assert "warning[math-undefined-command]" in reader.evaluate(f"{OVERLAY}.querySelector('article').innerText")


def test_a_server_that_was_killed_and_comes_back(reader: "Page", server: Server) -> None:
    port = server.port
    server.kill()
    edit(server, "content/long.md", "The opening words", "Words of the night")
    server.close()
    server.start(port)
    shows(reader, server, "Words of the night")


def test_a_page_of_another_site_reads_nothing(page: "Page", server: Server) -> None:
    """As a hostile tab would: by fetch, as a script, in a frame, as an event stream."""
    with_body = "<!doctype html><title>evil</title><body></body>"
    page.route("http://evil.test/", lambda route: route.fulfill(body=with_body, content_type="text/html"))
    page.goto("http://evil.test/")
    tried = page.evaluate(
        """async (url) => {
          const found = [];
          for (const options of [{}, {mode: "no-cors"}])
            found.push(await fetch(url, options).then((answer) => answer.text(), () => ""));
          found.push(await new Promise((done) => {
            const source = new EventSource(url + ".notegen/events?page=/repo/");
            source.onmessage = (event) => done(event.data);
            source.onerror = () => done("");
          }));
          const frame = document.createElement("iframe");
          frame.src = url + "repo/";
          document.body.append(frame);
          await new Promise((done) => (frame.onload = done));
          try { found.push(frame.contentDocument?.body.innerText ?? ""); } catch { found.push(""); }
          return found;
        }""",
        server.url.removesuffix("repo/"),
    )
    assert tried == ["", "", "", ""]


def test_an_open_page_finds_the_search_index_once_it_is_there(page: "Page", site: SiteTest) -> None:
    """On the very first start, and again when another index has taken its place."""
    if not indexer():
        give_up("pagefind_bin_extended is not installed")
    site.note("one", "Attention and words.")
    with serving(site.root, "--no-cache", installed=True) as server:
        visit(page, server, "posts/one/")
        page.keyboard.press("/")
        page.wait_for_selector("dialog.search[open]")
        page.keyboard.insert_text("attention")
        until(page, server, "document.querySelector('.search .status').textContent.includes('being made')")
        until(page, server, "document.querySelector('.search .hits a')")
        page.evaluate("document.querySelector('dialog.search').close()")
        site.note("two", "More attention.")
        server.until(lambda: '"page_count":2' in server.get("/pagefind/pagefind-entry.json").text, "new index")
        page.keyboard.press("/")
        until(page, server, "document.querySelectorAll('.search .hits a').length == 2")
        assert page.evaluate("window.marked"), "the page was not loaded again"
