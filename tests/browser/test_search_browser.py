"""The search box in Chromium, by keyboard alone: what it finds, what it shows, and that nothing is loaded before."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from notegen.system.pagefind import indexer
from tests.support.axe_page import violations
from tests.support.profiles import new_profile
from tests.support.required import give_up
from tests.support.theme_site import Served, build, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SETTINGS = "title: 笔记\nbase_url: /repo/\nmenu: [{归档: /archives/}]\n"
NOTES = {
    "rope": "---\ntitle: 旋转位置编码 RoPE\ndate: 2026-01-03\ncategory: NLP\ntags: [注意力, RoPE]\n---\n\n"
    "自注意力分不清词序，位置编码必须另外给。\n\n"
    "## 损失\n\n设 $\\mathcal{L}_1 = 2$，即 <b>。\n",
    "attention": "---\ntitle: Attention is all you need\ndate: 2026-01-02\ncategory: NLP\nlang: en\n---\n\n"
    "Scaled dot products, and then "
    "$\\operatorname{softmax}(\\boldsymbol{Q}\\boldsymbol{K}^\\top)V$. Runs on GPUs, with `nn.Linear`.\n",
    "tabs": "---\ntitle: Installing\nlang: en\n---\n\n## How\n\n"
    '=== "Linux"\n\n    Ask your penguin.\n\n=== "macOS"\n\n    Ask your zebrafish.\n',
    "cnn": "---\ntitle: 卷积网络\ndate: 2026-01-01\ncategory: CV\ntags: [感受野]\n---\n\n"
    "没有注意力的网络，$\\mathcal D$。\n",
}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a site in three notes, served below /repo/."""
    if not indexer():
        give_up("pagefind_bin_extended is not installed")
    root = tmp_path_factory.mktemp("search")
    (root / "content").mkdir()
    (root / "site.yaml").write_text(SETTINGS, "utf-8")
    for name, text in NOTES.items():
        (root / "content" / f"{name}.md").write_text(text, "utf-8")
    build(root, root / "web" / "repo", root / "cache")
    with served(root / "web") as site:
        yield Served(site.folder, f"{site.url}repo/")


@pytest.fixture
def told(page: "Page") -> list[str]:
    """Return what the browser complains of, as it comes."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def box(page: "Page", blog: Served, told: list[str]) -> Iterator["Page"]:
    """Return a page with the search box open; nothing may have been said at the end."""
    page.goto(f"{blog.url}posts/rope/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog.search[open]")
    yield page
    assert told == []


def ask(page: "Page", query: str) -> list[str]:
    """Type a query; return the titles found."""
    status = page.locator(".search .status")
    status.evaluate("status => { status.textContent = 'waiting' }")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(query)
    # Nothing is said while nothing has been typed, which is when the index may come.
    page.wait_for_function(
        "!['', 'waiting', '最近的笔记'].includes(document.querySelector('.search .status').textContent)"
    )
    return [text.splitlines()[0] for text in hits(page)]


def hits(page: "Page") -> list[str]:
    script = "rows => rows.map(row => { row.querySelector('.about').remove(); return row.innerText })"
    found: list[str] = page.locator(".search .hits a").evaluate_all(script)
    return found


def marks(page: "Page") -> set[str]:
    return set(page.locator(".search .hits mark").all_inner_texts())


def test_nothing_of_search_is_loaded_before_it_is_opened(page: "Page", blog: Served) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(blog.url)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search/" in url or "/pagefind/" in url]
    page.locator(".search-open").click()
    page.wait_for_selector("dialog.search[open]")
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/pagefind/" in url]
    assert all(url.startswith(blog.url) for url in asked)


FOUND = (
    ("注意力", None, "注意力"),
    ("RoPE", "旋转位置编码 RoPE", "RoPE"),
    ("rope", "旋转位置编码 RoPE", "RoPE"),
    ("位置编码", "旋转位置编码 RoPE", "位置编码"),
    ("softmax(QK", "Attention is all you need", "softmax(QK"),
    (r"\mathcal{L}", "旋转位置编码 RoPE", r"\mathcal{L}"),
    (r"\mathcal L", "旋转位置编码 RoPE", r"\mathcal{L"),
    (r"\mathcal{D}", "卷积网络", r"\mathcal D"),
    (r"\operatorname{soft", "Attention is all you need", r"\operatorname{soft"),
    ("nn.Linear", "Attention is all you need", "nn.Linear"),
    ("<b>", None, None),
)  # query, title of the first hit, a word that is marked


def test_words_formulas_and_latex_are_found_and_marked(box: "Page") -> None:
    for query, first, marked in FOUND:
        found = ask(box, query)
        assert first is None or found[0] == first, query
        assert marked is None or marked in marks(box), query


def test_what_is_not_there_is_not_found(box: "Page") -> None:
    assert ask(box, "zzqqzzqq") == []
    assert box.locator(".search .status").inner_text() == "没有找到。"


def test_hits_in_formulas_lead_to_their_section(box: "Page", blog: Served) -> None:
    ask(box, r"\mathcal{L}")
    assert box.locator(".hits a").first.get_attribute("href") == "/repo/posts/rope/#%E6%8D%9F%E5%A4%B1"
    box.keyboard.press("Enter")
    box.wait_for_function("!document.querySelector('dialog.search').open")
    assert box.url == f"{blog.url}posts/rope/#%E6%8D%9F%E5%A4%B1"


def test_hits_in_a_tab_open_it_on_this_page_too(box: "Page", blog: Served) -> None:
    for query, shown in (("zebrafish", [False, True]), ("penguin", [True, False])):
        assert ask(box, query) == ["Installing"]
        box.keyboard.press("Enter")
        box.wait_for_url(f"{blog.url}posts/tabs/#how")
        box.wait_for_function("!document.querySelector('dialog.search').open")
        box.locator(".tab-body").nth(shown.index(True)).wait_for(state="visible")
        assert [body.is_visible() for body in box.locator(".tab-body").all()] == shown
        box.keyboard.press("/")
        box.wait_for_selector("dialog.search[open]")


def test_the_keyboard_is_enough(box: "Page", blog: Served) -> None:
    assert box.evaluate("document.activeElement.type") == "search"
    assert len(ask(box, "注意力")) >= 2
    for key, at in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", -1), ("ArrowDown", 0)):
        box.keyboard.press(key)
        links = "[...document.querySelectorAll('.hits a')].indexOf(document.activeElement)"
        assert box.evaluate(links) == at, key
    address = box.evaluate("document.activeElement.href")
    box.keyboard.press("Enter")
    box.wait_for_url(address)
    box.goto(f"{blog.url}posts/rope/")
    box.keyboard.press("/")
    box.wait_for_selector("dialog.search[open]")
    box.keyboard.press("Escape")
    assert box.evaluate("!document.querySelector('dialog.search').open")


def test_hits_are_limited_to_a_category_and_a_tag(box: "Page") -> None:
    assert set(ask(box, "注意力")) == {"旋转位置编码 RoPE", "卷积网络"}
    box.select_option('select[data-filter="category"]', label="CV (1)")
    box.wait_for_function("document.querySelectorAll('.hits a').length === 1")
    assert [text.splitlines()[0] for text in hits(box)] == ["卷积网络"]
    box.select_option('select[data-filter="tag"]', label="RoPE (1)")
    box.wait_for_function("document.querySelectorAll('.hits a').length === 0")
    box.select_option('select[data-filter="category"]', label="NLP (2)")
    box.wait_for_function("document.querySelectorAll('.hits a').length === 1")
    assert [text.splitlines()[0] for text in hits(box)] == ["旋转位置编码 RoPE"]


def test_chinese_is_found_from_an_english_page(page: "Page", blog: Served) -> None:
    page.goto(f"{blog.url}posts/attention/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog.search[open]")
    assert ask(page, "位置编码")[0] == "旋转位置编码 RoPE"
    assert "Attention is all you need" in ask(page, "attention")


@pytest.mark.parametrize("width", [360, 1000])
def test_the_box_fits_the_screen_and_reads_well(browser: "Browser", blog: Served, width: int) -> None:
    context = new_profile(browser, viewport={"width": width, "height": 700}, color_scheme="light")
    page = context.new_page()
    page.goto(f"{blog.url}posts/rope/")
    page.locator(".search-open").click()
    page.wait_for_selector("dialog.search[open]")
    ask(page, "注意力")
    frame = page.locator("dialog.search").bounding_box()
    assert frame is not None
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= width
    assert frame["y"] + frame["height"] <= 700
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(
        "document.querySelector('dialog.search').scrollWidth <= document.querySelector('dialog.search').clientWidth"
    )
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    ask(page, "zzqqzzqq")
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    assert violations(page) == []
    context.close()


def test_without_scripts_there_is_no_button(browser: "Browser", blog: Served) -> None:
    context = new_profile(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(blog.url)
    assert not page.locator("button.search-open").is_visible()
    assert page.locator("a.search-open").get_attribute("href") == "/repo/archives/"  # all notes, to be searched by eye
    assert not page.locator("dialog.search").is_visible()
    context.close()


def test_a_missing_index_is_told(page: "Page", blog: Served) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(blog.url)
    page.locator(".search-open").click()
    page.wait_for_selector("dialog.search[open]")
    page.wait_for_function("document.querySelector('.search .status').textContent === '搜索索引无法加载。'")


def test_the_box_is_small(blog: Served) -> None:
    import gzip

    folder = Path(blog.folder, "repo", "search")
    sizes = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in folder.iterdir()}
    assert sizes["search.js"] < 4500
    assert sizes["search.css"] < 1500
