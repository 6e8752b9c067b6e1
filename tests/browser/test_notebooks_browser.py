"""The page of a notebook in Chromium: accessible in both schemes, never too wide, silent, no request elsewhere."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support.axe_page import CONTRAST, violations
from tests.support.notebooks import base64_png, code, failed, head, markdown, notebook, shown, stream
from tests.support.theme_site import Served, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
COLOURS = "".join(f"\x1b[{code}mcolour {code}\x1b[0m \x1b[1;{code + 60}mbright\x1b[0m\n" for code in range(30, 38))
ROWS = "".join(f"<tr><th>{row}</th>{'<td>0.123456789</td>' * 14}</tr>" for row in range(4))
FRAME = '<p>Map</p><iframe src="https://www.youtube.com/embed/abc" width="400" height="300"></iframe>'
CELLS = (
    head("A notebook", lang="en"),
    markdown("## One\n\nText and $x^2$."),
    code("print('a')", stream(COLOURS), stream("warning\n", "stderr")),
    code("x" * 200, stream("".join(f"line {number}\n" for number in range(60)))),
    code("df", shown({"text/html": f"<table><thead><tr><th></th>{'<th>c</th>' * 14}</tr></thead>{ROWS}</table>"})),
    code("plot()", shown({"image/png": base64_png(40, 20), "text/plain": "<Figure>"})),
    code("1 / 0", failed("\x1b[0;31m---------------------\x1b[0m", "\x1b[0;31mZeroDivisionError\x1b[0m: by zero")),
    code("film()", shown({"text/html": FRAME})),
    code("fig", shown({"application/vnd.plotly.v1+json": {}, "text/html": "<script>x</script>"})),
    code("hidden", stream("folded\n"), tags=["hide-input", "hide-output"]),
    code("sym", shown({"text/latex": r"$\displaystyle \frac{x}{2}$"})),
)


@pytest.fixture(scope="module")
def lab(browser: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a site of one notebook with every kind of output, and links to the notebook itself."""
    assert browser
    root = tmp_path_factory.mktemp("lab")
    (root / "content").mkdir()
    (root / "site.yaml").write_text("title: Lab\nbase_url: /\nnotebooks: {download: true}\n", "utf-8")
    (root / "content/n.ipynb").write_text(notebook(*CELLS), "utf-8")
    with served(build(root, root / "public", root / "cache")) as site:
        yield site


@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_on_the_page_of_a_notebook(page: "Page", lab: Served, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{lab.url}posts/n/")
    page.evaluate("for (const fold of document.querySelectorAll('.e-content details')) fold.open = true")
    assert page.evaluate(TOO_WIDE) <= 0
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, CONTRAST) == []


def test_a_frame_is_loaded_when_its_card_is_clicked_and_nothing_before(page: "Page", lab: Served) -> None:
    asked: list[str] = []
    page.route("https://**", lambda route: route.fulfill(body="<title>player</title>", content_type="text/html"))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{lab.url}posts/n/")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(lab.url) for url in asked)
    page.locator("a.film").click()
    page.locator("iframe.player").wait_for()
    assert page.locator("iframe.player").get_attribute("src") == "https://www.youtube-nocookie.com/embed/abc"
    assert page.locator("iframe.player").evaluate("frame => getComputedStyle(frame).aspectRatio") == "400 / 300"
