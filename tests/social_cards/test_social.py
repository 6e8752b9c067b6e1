"""What others see of a page: Open Graph, JSON-LD, social cards; comments and statistics, off unless asked for."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from notegen.math_font.font import default_font
from notegen.model.source import Installed
from notegen.social_cards.text import Coverage, Run, clean, lines, runs
from notegen.system import system_fonts as fonts
from notegen.system.disk import Disk
from notegen.system.system_fonts import find_font
from tests.support.cases import all_cases
from tests.support.html import elements
from tests.support.limits import assert_linear, ends
from tests.support.pictures import picture
from tests.support.site import SiteTest

CHINESE = find_font(Disk())
NEEDS_FONT = pytest.mark.skipif(CHINESE is None, reason="no font with Chinese letters on this system")


@pytest.fixture
def carded(site: SiteTest) -> SiteTest:
    """Return a site whose cards are set in a font that has Latin letters only: the math font."""
    site.write("latin.otf", default_font())
    return site.write(
        "site.yaml",
        "title: Notes\nbase_url: https://example.org/repo/\nlanguage: en\nsocial_cards: {font: latin.otf}\n",
    )


def meta(site: SiteTest, path: str) -> dict[str, str]:
    """Return the properties and names of a head."""
    found = elements(site.html(path), "meta")
    return {item.attrs.get("property", item.attrs.get("name", "")): item.attrs.get("content", "") for item in found}


def linked_data(site: SiteTest, path: str) -> dict[str, object]:
    """Return the JSON-LD of a page."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.html(path), re.DOTALL)
    data: dict[str, object] = json.loads(text)
    return data


def test_a_note_has_a_card_that_its_page_names(carded: SiteTest) -> None:
    carded.note("a", "x", title="Loss $\\mathcal{L}_k$ & more", category="NLP").build().expect_clean()
    found = meta(carded, "posts/a/index.html")
    address = found["og:image"]
    assert re.fullmatch(r"https://example\.org/repo/cards/[0-9a-f]{16}\.png", address)
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:type"] == "image/png"
    assert found["og:image:alt"] == "Loss ℒₖ & more"
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:locale"] == "en"
    assert linked_data(carded, "posts/a/index.html")["image"] == address
    data = carded.output(address.removeprefix("https://example.org/repo/")).read_bytes()
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < 60_000
    assert ink(image.convert("RGB")) > 3000


def ink(image: Image.Image) -> int:
    """Return how many pixels of the title's place are as light as letters."""
    part = image.crop((84, 150, 1116, 490)).convert("L")
    return sum(count for value, count in enumerate(part.histogram()) if value > 180)


def test_lists_show_the_site_s_own_card(carded: SiteTest) -> None:
    carded.note("a", "x").build()
    first, second = meta(carded, "index.html"), meta(carded, "archives/index.html")
    assert first["og:image"] == second["og:image"] != meta(carded, "posts/a/index.html")["og:image"]
    assert len([path for path in carded.files() if path.startswith("cards/")]) == 2


def test_a_title_with_letters_that_no_font_has_gets_no_card(carded: SiteTest) -> None:
    carded.note("a", "x", title="Tea 茶").note("b", "x", title="Coffee").build("-v")
    carded.expect_report("content/a.md: info[card-glyph]: no social card: no font has 茶")
    assert meta(carded, "posts/a/index.html")["twitter:card"] == "summary_large_image", "the site's own"
    assert meta(carded, "posts/a/index.html")["og:image"] == meta(carded, "index.html")["og:image"]
    assert len([path for path in carded.files() if path.startswith("cards/")]) == 2


def test_a_cover_goes_before_a_card_but_for_svg(carded: SiteTest) -> None:
    carded.write("content/c.png", picture("PNG", 640, 320)).write(
        "content/d.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"
    )
    carded.note("a", "x", cover="c.png").note("b", "x", cover="d.svg").build()
    found = meta(carded, "posts/a/index.html")
    assert found["og:image"] == "https://example.org/repo/posts/a/c.png"
    assert (found["og:image:width"], found["og:image:height"], found["og:image:type"]) == ("640", "320", "image/png")
    assert "/cards/" in meta(carded, "posts/b/index.html")["og:image"]


def test_without_a_font_there_are_no_cards_and_a_hint(site: SiteTest) -> None:
    site.note("a", "x").build("-v").expect_report("info[card-no-font]: ", "fonts-noto-cjk")
    found = meta(site, "posts/a/index.html")
    assert "og:image" not in found
    assert found["twitter:card"] == "summary"


@pytest.mark.parametrize(("name", "data"), [("gone.ttf", None), ("bad.ttf", b"no font"), ("empty.ttf", b"")])
def test_a_font_that_is_none_is_reported(site: SiteTest, name: str, data: bytes | None) -> None:
    site.write("site.yaml", f"base_url: https://e.org/\nsocial_cards: {{font: {name}}}\n").note("a", "x")
    if data is not None:
        site.write(name, data)
    site.build().expect_lines(f"site.yaml: warning[card-font]: {name} is no font that can be read")
    assert not [path for path in site.files() if path.startswith("cards/")]


def test_cards_need_an_address_and_can_be_switched_off(carded: SiteTest) -> None:
    carded.note("a", "x").build("-b", "/repo/", "-v")
    assert not [path for path in carded.files() if path.startswith("cards/")]
    assert "card-" not in carded.stderr
    carded.write(
        "site.yaml", "base_url: https://example.org/\nsocial_cards: {enabled: false, font: latin.otf}\n"
    ).build("-v")
    assert "card-" not in carded.stderr
    assert not [path for path in carded.files() if path.startswith("cards/")]


def test_cards_are_remembered_and_follow_the_title(carded: SiteTest) -> None:
    carded.note("a", "x", title="One").note("b", "x", title="Two").build()
    before = carded.snapshot()
    carded.build()
    assert carded.snapshot() == before
    carded.note("a", "z", title="One").build("-v").expect_report("card 3 of 3")
    carded.note("a", "y", title="Other").build("-v").expect_report("card 2 of 3")
    cards = {path for path in carded.files() if path.startswith("cards/")}
    assert len(cards) == 3
    assert len(cards & set(before)) == 2


def test_cards_have_the_look_of_the_theme(carded: SiteTest) -> None:
    """A site's own layer over the shipped theme changes what it names, and with it the address of each card."""
    carded.note("a", "x").build()
    shipped = meta(carded, "posts/a/index.html")["og:image"]
    carded.write("themes/mine/theme.yaml", 'social_card: {background: "#e0e0e0", stars: 0, mark: [], line_y: 0}\n')
    config = carded.root / "site.yaml"
    config.write_text(config.read_text("utf-8") + "theme: [mine, transmission]\n", "utf-8")
    address = meta(carded.build().expect_clean(), "posts/a/index.html")["og:image"]
    assert address != shipped
    image = Image.open(carded.output(address.removeprefix("https://example.org/repo/"))).convert("RGB")
    assert {image.getpixel(point) for point in ((0, 0), (600, 500), (1100, 112), (1199, 629))} == {(224, 224, 224)}


@pytest.mark.slow
def test_cards_are_the_same_each_time(carded: SiteTest) -> None:
    for number in range(14):
        carded.note(f"n{number}", "x", title=f"Title {number} " * (number + 1))
    carded.build("--no-cache", "-j", "1")
    before = {path: data for path, (data, _) in carded.snapshot().items()}
    carded.run("clean").build("--no-cache", "-j", "2")
    assert {path: data for path, (data, _) in carded.snapshot().items()} == before


@pytest.mark.slow
@NEEDS_FONT
def test_chinese_cards_are_set_in_a_font_of_the_system(site: SiteTest) -> None:
    site.installed = Installed(card_font=lambda: find_font(Disk()))
    site.write("site.yaml", "title: 远方来信\nbase_url: https://example.org/\n")
    site.note("a", "x", title="旋转位置编码：从 $\\boldsymbol{q}^\\top$ 到 $\\mathcal{O}(n^2)$").note(
        "b", "x", title="长标题" * 200
    )
    site.build("-v")
    assert "card-" not in site.stderr
    cards = [path for path in site.files() if path.startswith("cards/")]
    assert len(cards) == 3
    assert all(ink(Image.open(site.output(path)).convert("RGB")) > 5000 for path in cards)


def test_fontconfig_is_asked_where_no_font_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "some.otf"
    font.write_bytes(default_font())
    program = tmp_path / "fc-match"
    program.write_text(f"#!/bin/sh\nprintf %s '{font}'\n")
    program.chmod(0o755)
    monkeypatch.setattr(fonts, "_PLACES", ())
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_font(Disk())
    assert found is not None
    assert found.location == str(font)
    program.write_text("#!/bin/sh\nexit 1\n")
    assert find_font(Disk()) is None


LATIN = Coverage((32,), (126,))
GREEK = Coverage((0x391,), (0x3C9,))


def test_letters_come_from_the_first_font_that_has_them() -> None:
    assert list(runs("a β茶b", (LATIN, GREEK))) == [Run(0, "a "), Run(1, "β"), Run(-1, "茶"), Run(0, "b")]


def test_raised_letters_that_no_font_has_are_plain_ones_raised() -> None:
    assert list(runs("xᵀₖy", (LATIN,))) == [Run(0, "x"), Run(0, "T", 1), Run(0, "k", -1), Run(0, "y")]


@all_cases(
    ("title", "expected"),
    [
        ("one two three", ["one two", "three"]),
        ("旋转位置编码方法总览", ["旋转位置编码方法", "总览"]),
        ("一二三四五六七八，九", ["一二三四五六七", "八，九"]),
        ("一二三四五六七（八）", ["一二三四五六七", "（八）"]),
        ("unbreakable", ["unbreaka", "ble"]),
        ("", []),
    ],
)
def test_lines_break_where_readers_expect(title: str, expected: list[str]) -> None:
    assert lines(title, 8, lambda text: float(len(text))) == expected


def test_a_long_title_is_broken_in_linear_time() -> None:
    for text in ("字", "x", "x ", "（", "，", "́"):
        assert_linear(lambda size, text=text: lines(clean(text * size), 10, len), 500)  # type: ignore[misc]
        with ends():
            lines(clean(text * 100_000), 10, len)


def test_json_ld_says_what_search_engines_ask_for(site: SiteTest) -> None:
    site.write("site.yaml", "title: T\nauthor: 甲\nlanguage: zh-CN\nbase_url: https://example.org/\n")
    site.note("a", "Words.", title='A "b" </script>', category="C", tags=["t"], updated="2026-02-01").build()
    data = linked_data(site, "posts/a/index.html")
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "BlogPosting"
    assert data["headline"] == 'A "b" </script>'
    assert data["datePublished"] == "2026-01-02T00:00:00+08:00"
    assert data["dateModified"] == "2026-02-01T00:00:00+08:00"
    assert data["author"] == [{"@type": "Person", "name": "甲"}]
    assert data["mainEntityOfPage"] == "https://example.org/posts/a/"
    assert not [value for value in data.values() if value in (None, "", [], {})]


GISCUS = "comments:\n  giscus: {repo: me/notes, repo_id: R1, category: Notes, category_id: C1}\n"


def test_comments_and_statistics_are_off_unless_asked_for(site: SiteTest) -> None:
    site.note("a", "x").build()
    html = site.html("posts/a/index.html")
    assert "giscus" not in html
    assert "visit.js" not in html
    assert not elements(html, "section", "comments")


def test_comments_wait_for_a_click(site: SiteTest) -> None:
    site.write("site.yaml", f"base_url: /repo/\nlanguage: en\n{GISCUS}").note("a", "x")
    site.note("b", "x", comments=False).note("pages/about", "x").build().expect_clean()
    html = site.html("posts/a/index.html")
    (section,) = elements(html, "section", "comments")
    assert "hidden" in section.attrs, "without scripts nothing is promised"
    assert section.attrs["data-repo"] == "me/notes"
    assert section.attrs["data-host"] == "https://giscus.app"
    scripts = [item["src"] for item in (element.attrs for element in script_elements(html)) if "src" in item]
    assert scripts
    assert all(src.startswith("/repo/") for src in scripts)
    assert "giscus.app" in section.text
    for path in ("posts/b/index.html", "about/index.html", "index.html"):
        assert not elements(site.html(path), "section", "comments")


def script_elements(html: str) -> "list[Script]":
    """Return the script elements of a page, which `elements` leaves out."""
    return [Script(tag) for tag in re.findall(r"<script\b([^>]*)>", html)]


class Script:
    """A script element: its attributes."""

    def __init__(self, tag: str) -> None:
        self.attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def test_a_counter_of_one_s_own_is_named_on_every_page(site: SiteTest) -> None:
    site.write("site.yaml", "base_url: /repo/\nstatistics: {goatcounter: https://stats.example.org/}\n").note("a", "x")
    site.build().expect_clean()
    for path in ("index.html", "posts/a/index.html", "404.html"):
        counters = [
            item.attrs["data-counter"] for item in script_elements(site.html(path)) if "data-counter" in item.attrs
        ]
        assert counters == ["https://stats.example.org"]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ("statistics:\n  goatcounter: stats.example.org", "statistics.goatcounter must be an address"),
        ("statistics:\n  goatcounter: 'https://x.org/\"><script>'", "statistics.goatcounter must be an address"),
        ("comments:\n  giscus:\n    repo: notes", "comments.giscus.repo must be owner/name"),
        ("comments:\n  giscus:\n    mapping: pathnme", "comments.giscus.mapping must be"),
        ("comments:\n  disqus: x", "comments.disqus"),
        ("social_cards: true", "social_cards must be a mapping"),
    ],
)
def test_mistakes_in_these_settings_are_told(site: SiteTest, settings: str, problem: str) -> None:
    site.write("site.yaml", settings + "\n").note("a", "x").build(expect=2).expect_report(problem)
