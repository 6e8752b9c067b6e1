"""Images: whole `<img>` elements with the size of their files, smaller copies, files that are damaged or too large."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, features

from notegen.link.bodies.images import image_html, variants_of
from notegen.model.body import ImageHole
from notegen.model.config import ImagesConfig
from notegen.model.source import Asset
from notegen.model.strings import SitePath, Url
from notegen.system.pictures.images import ImageHeader, read_header, webp_copies
from notegen.system.pictures.svg import svg_size
from tests.support.cases import all_cases
from tests.support.html import elements
from tests.support.pictures import picture, png
from tests.support.site import SiteTest

TURNED = Image.Exif()
TURNED[0x0112] = 6
FRAMES = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]


def img(site: SiteTest, slug: str = "n", number: int = 0) -> dict[str, str]:
    """Return the attributes of one image of a note."""
    return elements(site.body(slug), "img")[number].attrs


# --- headers


def header(data: bytes, name: str = "a.png") -> ImageHeader:
    return read_header(BytesIO(data), name)


@all_cases(
    ("data", "expected"),
    [
        (png(300, 200), (300, 200, "png")),
        (picture("JPEG", 31, 17), (31, 17, "jpeg")),
        (picture("JPEG", 31, 17, exif=TURNED), (17, 31, "jpeg")),
        (picture("GIF", 31, 17, "P"), (31, 17, "gif")),
        (picture("BMP", 31, 17), (31, 17, "bmp")),
        (picture("WEBP", 31, 17), (31, 17, "webp")),
        (picture("WEBP", 31, 17, lossless=True), (31, 17, "webp")),
        (picture("WEBP", 31, 17, exif=TURNED), (31, 17, "webp")),
        (picture("PNG", 30, 20, save_all=True, append_images=FRAMES), (30, 20, "apng")),
    ],
)
def test_a_header_tells_size_and_format_whatever_the_name(data: bytes, expected: tuple[int, int, str]) -> None:
    found = header(data)
    assert (found.width, found.height, found.format, found.problem) == (*expected, "")


def test_an_avif_header_is_read() -> None:
    box = b"\0\0\0\x1cftypavif\0\0\0\0" + b"x" * 40 + b"\0\0\0\x14ispe\0\0\0\0\0\0\x01\x2c\0\0\0\xc8" + b"x" * 9
    assert header(box) == ImageHeader(300, 200, "avif")
    assert header(box + b"\0\0\0\x09irot\x01") == ImageHeader(200, 300, "avif")


@pytest.mark.skipif(not features.check("avif"), reason="Pillow cannot write AVIF here")
@all_cases(("turn", "size"), [(1, (31, 17)), (3, (31, 17)), (6, (17, 31)), (8, (17, 31))])
def test_an_avif_of_an_encoder_has_its_size_as_it_is_shown(turn: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    assert header(picture("AVIF", 31, 17, exif=exif)) == ImageHeader(*size, "avif")


@all_cases(
    ("data", "name"),
    [
        (b"", "a.png"),
        (b"not an image", "a.jpg"),
        (b"\x89PNG\r\n\x1a\n", "a.png"),
        (b"\xff\xd8\xff", "a.jpg"),
        (b"GIF89a", "a.gif"),
        (b"RIFF\0\0\0\0WEBPVP8X", "a.webp"),
        (b"\0\0\0\x1cftypavif", "a.avif"),
        (b"<html><svg/></html>", "a.svg"),
    ],
)
def test_a_damaged_file_is_a_problem_not_an_error(data: bytes, name: str) -> None:
    found = header(data, name)
    assert found.problem
    assert (found.width, found.height, found.too_large) == (0, 0, False)


@given(st.sampled_from([png(), picture("JPEG", 3, 2), picture("GIF", 3, 2, "P"), picture("WEBP", 3, 2)]), st.data())
def test_no_damage_makes_reading_a_header_fail(data: bytes, draw: st.DataObject) -> None:
    changed = bytearray(data[: draw.draw(st.integers(0, len(data)))])
    for at, value in draw.draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 255)), max_size=4)):
        if at < len(changed):
            changed[at] = value
    found = header(bytes(changed))
    assert found.problem or (found.width and found.height)


@pytest.mark.parametrize("size", [(8000, 7000), (20_000, 20_000)])
def test_a_bomb_is_never_decoded(size: tuple[int, int]) -> None:
    found = header(png(*size, pixels=False))
    assert found.too_large
    assert (found.width, found.height) == size


@all_cases(
    ("svg", "size"),
    [
        ('<svg width="40" height="20">', (40, 20)),
        ('<svg width="40px" height="1in"/>', (40, 96)),
        ("<svg viewBox='0 0 40.4 20'>", (40, 20)),
        ('<svg width="100%" height="100%" viewBox="0,0,40,20">', (40, 20)),
        ('<svg width="80" viewBox="0 0 40 20">', (80, 40)),
        ('<svg height="10pt" viewBox="0 0 40 20">', (27, 13)),
        ('\ufeff<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg width="2" height="3">', (2, 3)),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa">]><s:svg xmlns:s="x" width="2" height="3">', (2, 3)),
        ('<svg stroke-width="9" data-height="9">', (0, 0)),
        ('<svg width="-4" height="NaN">', (0, 0)),
        ("<svg>", (0, 0)),
        ('<svg width="1e999" height="99999999999" viewBox="0 0 1e9 9">', (0, 0)),
        ('<!DOCTYPE svg [<!ENTITY a "9"><!ENTITY b "&a;&a;">]><svg width="&b;" height="3">', (0, 0)),
        ('<!DOCTYPE svg SYSTEM "http://localhost/a.dtd"><svg width="2" height="3">', (2, 3)),
    ],
)
def test_the_size_of_an_svg(svg: str, size: tuple[int, int]) -> None:
    """Entities are not expanded and nothing is fetched: no number, no size."""
    assert svg_size(svg.encode()) == size


@all_cases("before", [" ", "<!-- x -->", "<?x?>", "<!DOCTYPE x>", "<!--", "<!DOCTYPE [", '"'])
def test_only_the_beginning_of_an_svg_is_read(before: str) -> None:
    file = BytesIO(before.encode() * 1_000_000 + b'<svg width="2" height="3">')
    assert read_header(file, "a.svg").problem == "no SVG image"
    assert file.tell() < 100_000


# --- pages


def test_an_image_gets_the_size_of_its_file_and_the_first_one_is_not_lazy(site: SiteTest) -> None:
    site.write("content/a.png", png(300, 200)).note("n", "![一](a.png) ![二](a.png){.wide}").build().expect_clean()
    assert img(site) == {
        "src": "/posts/n/a.png",
        "alt": "一",
        "loading": "eager",
        "decoding": "async",
        "width": "300",
        "height": "200",
    }
    assert img(site, number=1) | {"class": "wide", "loading": "lazy"} == img(site, number=1)


@all_cases(
    ("given", "expected"),
    [
        ({}, {"width": "300", "height": "200"}),
        ({"width": "150"}, {"width": "150", "height": "100"}),
        ({"height": "50px"}, {"width": "75", "height": "50px"}),
        ({"width": "9", "height": "9"}, {"width": "9", "height": "9"}),
        ({"width": "50%"}, {"width": "50%", "style": "aspect-ratio:300/200"}),
        ({"style": "width:50%"}, {"style": "width:50%;aspect-ratio:300/200"}),
        ({"width": "50%", "height": "9"}, {"width": "50%", "height": "9"}),
        ({"style": "width:50%;height:3em"}, {"style": "width:50%;height:3em"}),
        ({"style": "width: 3em"}, {"style": "width: 3em"}),
        ({"style": "zoom:50%"}, {"style": "zoom:50%", "width": "300", "height": "200"}),
    ],
)
def test_sizes_keep_the_proportions_of_the_file(given: dict[str, str], expected: dict[str, str]) -> None:
    hole = ImageHole("a.png", attrs=tuple(given.items()))
    html = image_html(hole, Url("/a.png"), Asset("a.png", "", "", 1, 300, 200, "png"), (), ids=True)
    attrs = elements(html, "img")[0].attrs
    assert {key: attrs[key] for key in attrs if key in {"width", "height", "style"}} == expected


@all_cases(
    ("given", "sizes"),
    [
        ({}, "auto, (max-width: 720px) 100vw, 720px"),
        ({"width": "400"}, "auto, (max-width: 400px) 100vw, 400px"),
        ({"width": "50%"}, "(max-width: 720px) 50vw, 360px"),
        ({"width": "50%", "height": "50%"}, "(max-width: 720px) 50vw, 360px"),
        ({"style": "max-height: 3em; width: 62.5%"}, "(max-width: 720px) 62vw, 446px"),
        ({"style": "width: 9em"}, "(max-width: 720px) 100vw, 720px"),
        ({"height": "20em"}, "(max-width: 720px) 100vw, 720px"),
        ({"width": "50%", "loading": "eager"}, "(max-width: 720px) 50vw, 360px"),
        ({"width": "1000%"}, "(max-width: 720px) 100vw, 720px"),
    ],
)
def test_the_browser_chooses_a_copy_by_itself_only_where_it_knows_width_and_height(
    given: dict[str, str], sizes: str
) -> None:
    hole = ImageHole("a.png", attrs=tuple(given.items()))
    html = image_html(
        hole, Url("/a.png"), Asset("a.png", "", "", 1, 1600, 1200, "png"), [(Url("/b.webp"), 800)], ids=True
    )
    assert elements(html, "img")[0].attrs["sizes"] == sizes


def test_a_raw_image_has_one_style(site: SiteTest) -> None:
    site.write("content/a.png", png(300, 200))
    site.note("n", '<img src="a.png" style="width: 60%"> <img src="a.png" width="50%"> ![](a.png){width=40%}')
    site.build().expect_clean()
    assert [found.attrs["style"] for found in elements(site.body("n"), "img")] == [
        "width: 60%",
        "aspect-ratio:300/200",
        "width:40%;aspect-ratio:300/200",
    ]
    assert site.body("n").count("style=") == 3


def test_obsidians_width_is_kept_and_the_large_file_can_be_opened(site: SiteTest) -> None:
    site.write("content/att/a.png", png(300, 200)).note("n", "![[a.png|150]]").build().expect_clean()
    attrs = img(site)
    assert (attrs["width"], attrs["height"], attrs["data-full"]) == ("150", "100", "/posts/n/att/a.png")


def test_raw_images_get_what_they_lack_and_keep_every_other_byte(site: SiteTest) -> None:
    site.write("content/a.png", png(300, 200))
    site.note("n", "<IMG  class=x src='a.png'\n title=\"<$a$>\" />\n\nText <img src=a.png width=30 loading=eager>.")
    site.build().expect_clean()
    size = 'width="300" height="200" loading="eager" decoding="async"'
    assert f'<IMG  class=x src="/posts/n/a.png" {size}\n title="<$a$>" />' in site.body("n")
    assert '<img src="/posts/n/a.png" height="20" data-full="/posts/n/a.png" decoding="async" width=30' in site.body(
        "n"
    )


def test_pictures_with_sources_are_resolved(site: SiteTest) -> None:
    site.write("content/a.png", png()).write("content/b c.png", png())
    source = '<picture><source srcset="a.png 1x, b%20c.png 2x" media="(x)"><img alt="" src="a.png"></picture>'
    site.note("n", source).build().expect_clean()
    assert 'srcset="/posts/n/a.png 1x, /posts/n/b%20c.png 2x"' in site.body("n")


def test_images_elsewhere_keep_their_address(site: SiteTest) -> None:
    site.note("n", "![x](https://x.org/a.png) <img src='https://x.org/b.png'>").build().expect_clean()
    assert "<img src='https://x.org/b.png'>" in site.body("n")
    assert img(site) == {"src": "https://x.org/a.png", "alt": "x", "loading": "eager", "decoding": "async"}


def test_headings_and_their_contents_list_survive_images_and_links(site: SiteTest) -> None:
    site.write("content/a.png", png())
    site.note("n", "## A ![pic](a.png) <img src=a.png>\n\n## B [[n]] [x](n.md)\n\n## C <a href='n.md'>y</a>").build()
    page = site.html("posts/n/index.html")
    assert "\0" not in page
    toc = page[page.index('href="#b') :].partition('<div class="e-content')[0]
    assert "posts/n/" not in toc
    assert "<img" not in toc


def test_an_svg_is_copied_never_inlined(site: SiteTest) -> None:
    svg = '<svg viewBox="0 0 40 20"><script>alert(1)</script></svg>'
    site.write("content/d.svg", svg).note("n", "![](d.svg) ![[d.svg]]").build().expect_clean()
    assert "alert" not in site.html("posts/n/index.html")
    assert site.html("posts/n/d.svg") == svg
    assert (img(site)["width"], img(site)["height"]) == ("40", "20")


def test_damaged_and_huge_images_are_told_and_shown_as_they_are(site: SiteTest) -> None:
    site.write("content/empty.png", b"").write("static/x.jpg", b"text").write(
        "content/bomb.png", png(9000, 9000, pixels=False)
    )
    site.note("n", "![](bomb.png) ![](empty.png)").build().expect_lines(
        "content/bomb.png: warning[image-too-large]: 9000 x 9000 pixels",
        "content/empty.png: warning[image-unreadable]: an empty file",
        "static/x.jpg: warning[image-unreadable]: ",
    )
    assert (img(site)["width"], "srcset" in img(site)) == ("9000", False)
    assert [path for path in site.files() if path.endswith(".webp")] == []


# --- smaller copies


def photo(site: SiteTest) -> SiteTest:
    return site.write("content/图 1.jpg", picture("JPEG", 2000, 1000)).note("n", "![](图%201.jpg)")


def test_a_wide_photo_gets_smaller_copies(site: SiteTest) -> None:
    photo(site).build().expect_clean()
    small, large, whole = img(site)["srcset"].split(", ")
    assert whole == "/posts/n/%E5%9B%BE%201.jpg 2000w"
    assert small.startswith("/posts/n/%E5%9B%BE%201-800w.")
    made = sorted(path for path in site.files() if path.endswith(".webp"))
    sizes = [header(site.output(path).read_bytes()) for path in made]
    assert [(size.width, size.height) for size in sizes] == [(1600, 800), (800, 400)]
    assert large.split()[1] == "1600w"
    assert img(site)["sizes"] == "(max-width: 720px) 100vw, 720px"
    assert img(site)["data-full"] == img(site)["src"]


def test_copies_are_made_once(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    before = photo(site).build().snapshot()

    def fail(jobs: object) -> None:
        raise AssertionError(jobs)

    monkeypatch.setattr("notegen.system.pictures.images.webp_copies", fail)
    assert site.build().snapshot() == before
    for path in before:
        if path.endswith(".webp"):
            site.output(path).unlink()
    assert site.build().snapshot().keys() == before.keys()


def test_copies_that_no_build_uses_any_more_go(site: SiteTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notegen.emit.image_copies.KEEP", 2)
    kept = site.root / ".notegen/images"
    photo(site).build()
    names = {path.name for path in kept.iterdir()}
    assert len(names) == 2
    site.note("n", "x")
    (site.root / "content/图 1.jpg").unlink()
    site.build().build()
    assert {path.name for path in kept.iterdir()} == {*names, "unused.json"}
    photo(site).build()  # used again: counted anew
    assert {path.name for path in kept.iterdir()} == names
    site.note("n", "x")
    (site.root / "content/图 1.jpg").unlink()
    site.build().build().build()
    assert list(kept.iterdir()) == []


def test_a_damaged_count_of_unused_copies_is_none(site: SiteTest) -> None:
    photo(site).build().write(".notegen/images/unused.json", "[").write(".notegen/images/0a-1.webp", "x").build()
    assert (site.root / ".notegen/images/unused.json").read_text() == '{"0a-1.webp":1}'


def test_a_photo_that_breaks_off_is_told_and_still_answers(site: SiteTest) -> None:
    data = picture("PNG", 1300, 700)
    site.write("content/a.png", data[: len(data) // 2]).note("n", "![](a.png)").build()
    site.expect_lines("content/a.png: warning[image-unreadable]: no smaller copy can be made")
    place = img(site)["srcset"].split()[0].lstrip("/")
    assert site.output(place).read_bytes() == data[: len(data) // 2]


@pytest.mark.parametrize("images", ["{enabled: false}", "{variants: []}", "{variants: [2000, 3000]}"])
def test_copies_can_be_switched_off_and_are_never_larger(site: SiteTest, images: str) -> None:
    site.write("site.yaml", f"base_url: https://example.org/\nimages: {images}\n")
    photo(site).build().expect_clean()
    assert "srcset" not in img(site)


def test_which_images_get_copies() -> None:
    def widths(width: int, height: int, kind: str) -> list[int]:
        asset = Asset("a", "", "d", 1, width, height, kind)
        return [item.width for item in variants_of(SitePath("/x/a.b.jpg"), asset, ImagesConfig(), "1").values()]

    assert widths(1201, 10, "png") == [800]
    assert widths(1601, 10, "jpeg") == [800, 1600]
    assert (
        widths(1200, 10, "jpeg")
        == widths(1300, 10, "apng")
        == widths(1300, 10, "gif")
        == widths(9000, 9000, "jpeg")
        == []
    )


def test_the_name_of_a_copy_changes_with_what_it_is_made_of() -> None:
    asset = Asset("a.jpg", "", "d", 1, 1300, 10, "jpeg")
    other = Asset("a.jpg", "", "e", 1, 1300, 10, "jpeg")
    path = SitePath("/x/a.jpg")
    names = {
        *variants_of(path, asset, ImagesConfig(), "1"),
        *variants_of(path, other, ImagesConfig(), "1"),
        *variants_of(path, asset, ImagesConfig(quality=70), "1"),
        *variants_of(path, asset, ImagesConfig(), "2"),
    }
    assert len(names) == 4
    assert all(name.startswith("/x/a-800w.") for name in names)


@pytest.mark.parametrize(
    ("data", "mode", "size"),
    [
        (picture("JPEG", 64, 32, exif=TURNED), "RGB", (16, 32)),
        (picture("JPEG", 64, 32, "CMYK"), "RGB", (16, 8)),
        (picture("PNG", 64, 32, "RGBA"), "RGBA", (16, 8)),
        (picture("PNG", 64, 32, "LA"), "RGBA", (16, 8)),
        (picture("PNG", 64, 32, "P", transparency=0), "RGBA", (16, 8)),
        (picture("PNG", 64, 32, "I;16"), "RGB", (16, 8)),
        (png(64, 32), "RGB", (16, 8)),
    ],
)
def test_copies_of_all_kinds(tmp_path: Path, data: bytes, mode: str, size: tuple[int, int]) -> None:
    file = tmp_path / "a"
    file.write_bytes(data)
    (made,) = webp_copies([(file, 16, 80)])
    assert isinstance(made, bytes), made
    copy = Image.open(BytesIO(made))
    assert (copy.format, copy.mode, copy.size) == ("WEBP", mode, size)
