"""Lines end inside formulas in browsers whose style sheets cannot make them: parts stand behind the whole."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.math_page import show_site
from tests.support.site import SiteTest

if TYPE_CHECKING:
    from playwright.sync_api import Page

LINES = (
    "x_1=y_1+z_1,\\quad y\\in X",
    "-a+b=-c+d",
    r"\color{red}a+b+c=d",
    r"\hat y=\operatorname{softmax}(Wx+b)\cdot\sum_i w_i-\log p",
    r"T>\frac{\log n}{2\gamma^2}",
    r"|a+b|\le cd \implies \max_i |a_i| \pm \epsilon \to 0",
)
SUM = "+".join(f"x_{{{number}}}" for number in range(30))
NOTE = "\n\n".join(
    [
        *(f"前面（${latex}$，后面 ${latex}$ 说明。" for latex in LINES),
        f"$$ yyyyyyyyyy={SUM} \\tag{{7}} $$",
        "| a | b |\n| --- | --- |\n| $k+l+m=n$ | 1 |",
        "最后。",
    ]
)
WIDTHS = "all => all.map((one) => one.getBoundingClientRect().width)"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site with one note."""
    site = SiteTest(tmp_path_factory.mktemp("pieces")).write("site.yaml", "title: T\nbase_url: https://example.org/\n")
    site.note("a", NOTE).build().expect_clean()
    return site.root / "public"


@pytest.fixture
def parted(page: "Page", public: Path) -> "Page":
    """Return the page of the note in a browser that says that it does not lay formulas out like words."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin="https://example.org")
    page.add_init_script("CSS.supports = () => false")
    assert show_site(page, public, "posts/a/") == []
    return page


def test_pieces_on_one_line_are_as_wide_as_the_whole(browser: Any, parted: "Page", public: Path) -> None:
    parted.set_viewport_size({"width": 1600, "height": 800})
    pieces = parted.locator("p .pieces").evaluate_all(WIDTHS)
    other = browser.new_page(viewport={"width": 1600, "height": 800})
    show_site(other, public, "posts/a/")
    whole = other.locator("p > .lines, p > .nowrap > .lines").evaluate_all(WIDTHS)
    other.close()
    assert len(pieces) == 2 * len(LINES)
    assert pieces == pytest.approx(whole, abs=0.5)


def test_lines_end_between_pieces_and_never_before_marks(parted: "Page") -> None:
    parted.set_viewport_size({"width": 120, "height": 800})
    line = parted.locator("p:has(.pieces)").first
    tops = "all => new Set(all.map((one) => Math.round(one.getBoundingClientRect().bottom / 9))).size"
    assert line.locator(".pieces").first.locator("math").evaluate_all(tops) > 1
    ends = line.evaluate(
        """line => {
          const marked = line.querySelectorAll(".nowrap")[0];
          const range = document.createRange();
          range.selectNode(marked.lastChild);
          const last = [...marked.querySelectorAll(".pieces math")].at(-1);
          return [last.getBoundingClientRect().right, range.getBoundingClientRect().left];
        }"""
    )
    assert ends[0] == pytest.approx(ends[1], abs=1)


def test_what_is_copied_is_the_source_of_the_whole_once(parted: "Page") -> None:
    copied = """async ([start, end]) => {
      const range = document.createRange();
      range.setStart(start, 0);
      range.setEndAfter(end);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy");
      return await navigator.clipboard.readText();
    }"""
    line = parted.locator("p:has(.pieces)").first
    first, last = (line.locator("xpath=.").element_handle(), line.locator(".pieces mi").last.element_handle())
    source = f"${LINES[0]}$"
    assert parted.evaluate(copied, [first, last]) == f"前面（{source}，后面 {source}"
    inner = line.locator(".pieces mi").nth(1).element_handle()
    assert parted.evaluate(copied, [inner, last]) == f"{source}，后面 {source}"
    assert parted.evaluate(copied, [inner, inner]) == LINES[0]
    inner.dblclick()
    parted.wait_for_selector(".toast.shown")
    assert parted.evaluate("navigator.clipboard.readText()") == LINES[0]


def test_the_whole_alone_is_read_aloud(parted: "Page") -> None:
    nodes = parted.context.new_cdp_session(parted).send("Accessibility.getFullAXTree")["nodes"]
    heard = [node for node in nodes if not node.get("ignored") and "ath" in str(node.get("role", {}).get("value"))]
    roots = [node for node in heard if str(node["role"]["value"]) in {"math", "MathMLMath"}]
    assert len(roots) == parted.locator("main math").count() - parted.locator(".pieces math").count()


def test_a_display_parts_where_it_is_too_wide(parted: "Page") -> None:
    box = parted.locator(".math-display")
    state = """([box, width]) => {
      box.style.width = width;
      dispatchEvent(new Event("resize"));
      const parted = [box.matches(".parted"), box.scrollWidth > box.clientWidth + 1];
      return [...parted, box.querySelectorAll(".pieces").length];
    }"""
    seen = [parted.evaluate(state, [box.element_handle(), width]) for width in ("300px", "2000px", "300px")]
    assert seen == [[True, False, 1], [False, False, 1], [True, False, 1]]
    assert box.locator(".pieces > .math-tag").text_content() == "(7)"


def test_a_cell_that_is_a_formula_stays_whole(parted: "Page") -> None:
    assert parted.locator("td .lines").count() == 1
    assert parted.locator("td .pieces").count() == 0
