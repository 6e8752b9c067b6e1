"""The constructs that notes on machine learning use, in Chromium with the theme's style and font, measured and painted.

NOTEGEN_LOOK=FOLDER keeps a picture of each section of the sheet there, every construct above what KaTeX makes of it.
"""

import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.support.katex_npm import katex_folder
from tests.support.math_page import show_site
from tests.support.profiles import new_profile
from tests.support.site import SiteTest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SHEET = Path(__file__).with_name("math_sheet.md")
LOOK = os.environ.get("NOTEGEN_LOOK", "")
DARK = 190  # grey level below which a pixel counts as painted; slanted strokes are thin
SCALE = 4  # device pixels to the CSS pixel where pixels are looked at

# Every box of a formula in em of its own font, [left, top, right, bottom], as a function `box` for the scripts below.
BOX = """const box = (part) => {
  const {left, top, right, bottom} = part.getBoundingClientRect();
  return {left, top, right, bottom, width: right - left, height: bottom - top, middle: (left + right) / 2};
};
const em = (part) => parseFloat(getComputedStyle(part).fontSize);
const name = (part) => part.closest("math").querySelector("annotation").textContent;
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output folder of a site whose one note is the sheet."""
    site = SiteTest(tmp_path_factory.mktemp("look")).write("site.yaml", "title: Look\nbase_url: https://example.org/\n")
    site.write("content/sheet.md", SHEET.read_bytes()).build().expect_clean()
    return site.root / "public"


@pytest.fixture(scope="module")
def sheet(browser: "Browser", public: Path) -> "Iterator[Page]":
    """Return the page with the sheet, for tests that only look at it."""
    yield from opened(browser, public, scale=1)


@pytest.fixture(scope="module")
def sharp(browser: "Browser", public: Path) -> "Iterator[Page]":
    """Return the sheet with many device pixels to one of CSS, for tests that only look at it."""
    yield from opened(browser, public, scale=SCALE)


@pytest.fixture
def own_sheet(page: "Page", public: Path) -> "Page":
    """Return the page with the sheet, for a test that changes it."""
    assert show_site(page, public, "posts/sheet/") == []
    return page


def opened(browser: "Browser", public: Path, scale: float) -> "Iterator[Page]":
    """Yield the page with the sheet, in `scale` device pixels to one of CSS."""
    context = new_profile(
        browser,
        viewport={"width": 1000, "height": 800},
        device_scale_factor=scale,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    assert show_site(page, public, "posts/sheet/") == []
    yield page
    context.close()


def measure(page: "Page", script: str) -> Any:
    """Run a function body in the page, with `box`, `em` and `name` at hand."""
    return page.evaluate(f"() => {{ {BOX} {script} }}")


def test_the_sheet_has_sixty_constructs_and_all_are_rendered(sheet: "Page") -> None:
    assert sheet.locator(".e-content .math-display, .e-content p:has(math)").count() >= 60
    assert sheet.locator(".math-error").count() == 0


def test_formulas_are_set_in_the_site_s_font(sheet: "Page") -> None:
    families = measure(sheet, "return [...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert "Notegen Math" in families
    assert measure(sheet, "return getComputedStyle(document.querySelector('math')).fontFamily").startswith(
        '"Notegen Math'
    )


def test_numbers_stand_at_the_right_edge_of_the_column(sheet: "Page") -> None:
    found = measure(
        sheet,
        """return [...document.querySelectorAll(".math-tag > *")].map((tag) =>
          [tag.textContent, box(tag.closest(".math-display")).right - box(tag).right]);""",
    )
    assert [text for text, _ in found] == ["(1)", "(2)", "(3)", "(E)", "(4)", "(5)", "(6)", "(7)"]
    assert [(text, gap) for text, gap in found if abs(gap) > 1] == []


def test_a_numbered_formula_stands_in_the_middle_of_the_column(sheet: "Page") -> None:
    gap = measure(
        sheet,
        """const cell = document.querySelector("#eq-gradient").previousElementSibling;
        const column = box(cell.closest(".math-display"));
        const parts = [...cell.children].map(box);
        return (parts.at(0).left + parts.at(-1).right) / 2 - column.middle;""",
    )
    assert abs(gap) < 8


def test_accents_stand_over_the_middle_of_their_letters(sheet: "Page") -> None:
    found = measure(
        sheet,
        """return [...document.querySelectorAll('mover[accent="true"], munder[accentunder="true"]')].map((part) => {
          const [base, accent] = part.children;
          return [name(part), accent.textContent, (box(accent).middle - box(base).middle) / em(part)];
        });""",
    )
    assert len(found) > 60
    assert [row for row in found if abs(row[2]) >= 0.1] == []


def test_accents_and_lines_keep_clear_of_their_letters(sheet: "Page") -> None:
    found = measure(
        sheet,
        """return [...document.querySelectorAll('mover[accent="true"], munder[accentunder="true"]')].map((part) => {
          const [base, accent] = part.children.length ? [...part.children].map(box) : [];
          const gap = part.tagName === "mover" ? base.top - accent.bottom : accent.top - base.bottom;
          return [name(part), part.lastElementChild.textContent, gap / em(part)];
        });""",
    )
    assert [row for row in found if not 0.04 < row[2] < 0.3] == []


def test_delimiters_are_as_tall_as_their_content_and_alike(sheet: "Page") -> None:
    """The first and the last child of a row that both stretch are its delimiters."""
    found = measure(
        sheet,
        """const stretches = (part) => part.tagName === "mo" && part.getAttribute("stretchy") !== "false"
          && /^[()\\[\\]{}|‖⌊⌋⌈⌉⟨⟩]$/.test(part.textContent);
        return [...document.querySelectorAll("mrow")].filter((row) => row.children.length > 2
          && stretches(row.firstElementChild) && stretches(row.lastElementChild)
          && !row.firstElementChild.hasAttribute("minsize")).map((row) => {
            const [open, close] = [box(row.firstElementChild), box(row.lastElementChild)];
            const inside = [...row.children].slice(1, -1).map(box);
            const content = Math.max(...inside.map((b) => b.bottom)) - Math.min(...inside.map((b) => b.top));
            return [name(row), open.height / em(row), close.height / em(row), content / em(row)];
          });""",
    )
    assert len(found) > 25
    assert [row for row in found if abs(row[1] - row[2]) > 0.03] == []
    assert [row for row in found if row[1] < row[3] - 0.1] == [], "a delimiter is less tall than what it encloses"


def test_sized_delimiters_are_alike_with_and_without_scripts(sheet: "Page") -> None:
    found = measure(
        sheet,
        """return [...document.querySelectorAll("mo[minsize]")].map((part) =>
          [name(part), part.getAttribute("minsize"), box(part).height / em(part)]);""",
    )
    assert len(found) > 40
    for latex, wanted, height in found:
        assert float(wanted.removesuffix("em")) - 0.1 <= height < float(wanted.removesuffix("em")) + 0.35, latex


def test_fraction_bars_cover_what_stands_above_and_below(sheet: "Page") -> None:
    """The bar is as wide as the content box of the fraction."""
    found = measure(
        sheet,
        """return [...document.querySelectorAll("mfrac")].map((part) => {
          const style = getComputedStyle(part);
          const [left, right] = [box(part).left + parseFloat(style.paddingLeft),
                                 box(part).right - parseFloat(style.paddingRight)];
          const parts = [...part.children].map(box);
          const [first, last] = [Math.min(...parts.map((b) => b.left)), Math.max(...parts.map((b) => b.right))];
          return [name(part), first - left, right - last];
        });""",
    )
    assert len(found) > 30
    assert [row for row in found if row[1] < -0.1 or row[2] < -0.1] == []


def test_formulas_stand_on_the_baseline_of_the_text(own_sheet: "Page") -> None:
    """An empty box in the formula and one in the text before it have the same bottom."""
    own_sheet.add_style_tag(content="p { white-space: nowrap }")
    found = measure(
        own_sheet,
        """return [...document.querySelectorAll(".e-content p math")].map((math) => {
          const inside = document.createElementNS("http://www.w3.org/1998/Math/MathML", "mspace");
          const row = document.createElementNS("http://www.w3.org/1998/Math/MathML", "mrow");
          const content = math.firstElementChild.firstElementChild;
          content.replaceWith(row);
          row.append(inside, content);
          const outside = document.createElement("span");
          outside.style.display = "inline-block";
          math.before(outside);
          return [name(math), (box(inside).bottom - box(outside).bottom) / em(math)];
        });""",
    )
    assert len(found) > 20
    assert [row for row in found if abs(row[1]) > 0.05] == []


def test_words_in_scripts_are_as_small_as_letters(sheet: "Page") -> None:
    """A font size of its own would undo that of the script."""
    sizes = measure(
        sheet,
        """return [...document.querySelectorAll("msub > mtext:last-child, mover > mtext:last-child")].map((part) =>
          [part.textContent, em(part) / em(part.parentElement)]);""",
    )
    assert {text for text, _ in sizes} >= {"最大", "total", "def", "i.i.d."}
    assert [row for row in sizes if row[1] > 0.8] == []


def test_only_displays_scroll_on_a_narrow_screen(own_sheet: "Page") -> None:
    own_sheet.set_viewport_size({"width": 360, "height": 700})
    assert measure(own_sheet, "return document.scrollingElement.scrollWidth") <= 360
    wide = measure(
        own_sheet,
        """return [...document.querySelectorAll(".e-content .math-display")].filter((part) =>
          part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX !== "auto").length;""",
    )
    assert wide == 0
    boxes = "[...document.querySelectorAll('.math-display')]"
    assert measure(own_sheet, f"return {boxes}.some((part) => part.scrollWidth > part.clientWidth + 1)")


def test_every_cell_inside_of_a_broken_display_shows_on_a_narrow_screen(own_sheet: "Page") -> None:
    """What is undone there is the table of an equation and its number, not those in it: matrices, cases."""
    own_sheet.set_viewport_size({"width": 360, "height": 700})
    cells = measure(
        own_sheet,
        """return [...document.querySelectorAll(".lines[display] mrow mtd")].map((cell) =>
          [name(cell), cell.textContent, getComputedStyle(cell).display]);""",
    )
    assert len(cells) > 5
    assert [cell for cell in cells if cell[2] == "none"] == []


def test_a_wide_space_that_a_line_ends_at_takes_no_room(own_sheet: "Page") -> None:
    own_sheet.set_viewport_size({"width": 240, "height": 700})
    spaces = measure(
        own_sheet,
        """return [...document.querySelectorAll('.lines[display] mspace[width="2em"]')].map((space) =>
          [box(space.nextElementSibling).left < box(space.previousElementSibling).right, box(space).width]);""",
    )
    assert [width for ended, width in spaces if ended and width > 1] == []
    assert {ended for ended, _ in spaces} == {True, False}


def test_rows_of_an_alignment_part_where_it_is_too_wide(own_sheet: "Page") -> None:
    apart = """const parts = document.querySelector(".rows > mtr:nth-child(2) > mtd:last-child").children;
      const display = parts[0].closest(".math-display");
      return [box(parts[1]).top - box(parts[0]).top, display.scrollWidth - display.clientWidth];"""
    own_sheet.set_viewport_size({"width": 1000, "height": 700})
    assert abs(measure(own_sheet, apart)[0]) < 5
    own_sheet.set_viewport_size({"width": 240, "height": 700})
    own_sheet.wait_for_selector(".parted .rows")
    lines, hidden = measure(own_sheet, apart)
    assert lines > 20
    assert hidden <= 1


# Painted


def picture(page: "Page", part: "Locator", around: float = 3) -> Image.Image:
    """Return what is painted in the box of an element and `around` it, in levels of grey."""
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    assert box
    clip = {
        "x": box["x"] - around,
        "y": box["y"] - around,
        "width": box["width"] + 2 * around,
        "height": box["height"] + 2 * around,
    }
    return Image.open(BytesIO(page.screenshot(clip=clip))).convert("L")  # type: ignore[arg-type] # a dict is a FloatRect


def painted(image: Image.Image) -> Image.Image:
    """Return black where something is painted, white elsewhere."""
    return image.point(lambda level: 0 if level < DARK else 255)


def bar_of(image: Image.Image, left: int, right: int) -> int:
    """Return the first row that is painted without a gap from column `left` to `right`; -1 without one."""
    rows = (row for row in range(image.height) if all(image.getpixel((x, row)) == 0 for x in range(left, right)))
    return next(rows, -1)


def test_the_bar_of_a_root_touches_the_root_and_covers_its_content(sharp: "Page") -> None:
    """Flooding the picture from the bar reaches the foot of the root sign; gaps below half a CSS pixel are no gaps."""
    roots = sharp.locator("msqrt")
    names = measure(sharp, "return [...document.querySelectorAll('msqrt')].map(name)")
    assert len(names) > 20
    for latex, root in zip(names, roots.all(), strict=True):
        image = painted(picture(sharp, root, around=0))
        start = root.evaluate("r => r.firstElementChild.getBoundingClientRect().left - r.getBoundingClientRect().left")
        left, right = round(start * SCALE) + 2, image.width - 3
        row = bar_of(image, left, right)
        assert row >= 0, f"no bar over the content of {latex}"
        assert row < image.height / 4, latex
        image = image.filter(ImageFilter.MinFilter(3))
        ImageDraw.floodfill(image, ((left + right) // 2, row), 100)
        foot = image.crop((0, image.height // 2, left, image.height))
        assert 100 in {colour for _, colour in foot.getcolors() or []}, f"the bar of {latex} does not touch the root"


def test_braces_are_painted_from_end_to_end(sharp: "Page") -> None:
    """Chromium paints only what lies where it thinks that a stretched sign ends, unless the style makes this large."""
    braces = sharp.locator("munder:has(> mo:text-is('⏟')), mover:has(> mo:text-is('⏞'))").all()
    assert len(braces) >= 6
    for number, brace in enumerate(braces):
        width, top, bottom = brace.evaluate(
            "b => { const [all, base, sign] = [b, ...b.children].map((p) => p.getBoundingClientRect());"
            " return [base.width, sign.top - all.top, sign.bottom - all.top] }"
        )
        image = painted(picture(sharp, brace, around=6))
        line = image.crop((0, round((top + 6) * SCALE), image.width, round((bottom + 6) * SCALE)))
        ink = Image.eval(line, lambda level: 255 - level).getbbox()
        assert ink, number
        assert ink[2] - ink[0] > 0.9 * width * SCALE, number


def test_formulas_have_the_colour_of_the_text(own_sheet: "Page") -> None:
    script = """const of = (part) => getComputedStyle(part).color;
        const text = of(document.querySelector(".e-content p"));
        const own = (part) => part.closest("[style*=color], [mathcolor]");
        return [text, [...document.querySelectorAll(".e-content mi")].every((part) => own(part) || of(part) === text)];
        """
    light, same = measure(own_sheet, script)
    assert same
    own_sheet.emulate_media(color_scheme="dark")
    dark, same = measure(own_sheet, script)
    assert same
    assert light != dark


@pytest.mark.skipif(not LOOK, reason="NOTEGEN_LOOK names no folder for pictures")
def test_pictures_beside_katex(browser: "Browser", public: Path) -> None:
    """Not a test of anything: it makes the pictures to look at."""
    context = new_profile(browser, viewport={"width": 1000, "height": 900}, device_scale_factor=2, color_scheme="light")
    page = context.new_page()
    show_site(page, public, "posts/sheet/", katex=katex_folder())
    page.add_style_tag(url="https://example.org/katex/katex.min.css")
    page.add_script_tag(url="https://example.org/katex/katex.min.js")
    page.add_style_tag(content=".katexed { background: #eef4ff } .toc, header, footer { display: none !important }")
    page.evaluate(BESIDE)
    page.evaluate("document.fonts.ready")
    folder = Path(LOOK)
    folder.mkdir(parents=True, exist_ok=True)
    heads = page.locator(".e-content h2").all()
    tops = [head.evaluate("h => h.getBoundingClientRect().top + scrollY") for head in heads]
    tops.append(page.evaluate("document.documentElement.scrollHeight"))
    for head, top, end in zip(heads, tops, tops[1:], strict=False):
        name = re.sub(r"\W+", "-", (head.get_attribute("id") or "section").lower())
        clip: Any = {"x": 0, "y": top, "width": 1000, "height": end - top}
        page.screenshot(path=folder / f"{name}.png", full_page=True, clip=clip)
    context.close()
    assert len(list(folder.glob("*.png"))) >= len(heads)


# KaTeX knows neither labels nor multline.
BESIDE = r"""() => {
  const render = (math, place, displayMode) => {
    const latex = math.querySelector("annotation").textContent;
    const bare = latex.replace(/\\label\{[^}]*\}/g, "").replace(/\\eqref\{[^}]*\}/g, "(3)");
    const known = bare.replace(/multline/g, "gather");
    katex.render(known, place, {displayMode, throwOnError: false, strict: "ignore"});
  };
  for (const box of document.querySelectorAll(".e-content div.math-display")) {
    const other = document.createElement("div");
    other.className = "katexed";
    render(box.querySelector("math"), other, true);
    box.after(other);
  }
  for (const line of document.querySelectorAll(".e-content p:has(math)")) {
    const other = line.cloneNode(true);
    other.className = "katexed";
    for (const math of other.querySelectorAll("math")) {
      const place = document.createElement("span");
      render(math, place, false);
      math.replaceWith(place);
    }
    line.after(other);
  }
}"""


def test_words_alone_in_a_cell_are_shown_whole_and_parts_in_parts_stand_in_one_line(sheet: "Page") -> None:
    width, *middles = measure(
        sheet,
        """const words = [...document.querySelectorAll("mtd > mtext")].find((part) => part.textContent.length === 5);
        const parts = [...document.querySelectorAll(".parts > .parts")].at(-1).children;
        const signs = [...parts].map((one) => box(one.querySelector("mo")).top / em(one));
        return [box(words).width / em(words), ...signs];""",
    )
    assert width > 4.5
    assert abs(middles[0] - middles[1]) < 0.5
