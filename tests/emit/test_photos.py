"""Photos on the site without their metadata: everywhere, once, and again when a setting changes."""

from io import BytesIO

import pytest
from PIL import Image

from tests.support.pictures import exif, picture
from tests.support.serve import serving
from tests.support.site import SiteTest

TURNED = picture("JPEG", 1400, 700, exif=exif(6), icc_profile=b"a profile")


def test_no_file_of_the_site_says_where_a_photo_was_taken(site: SiteTest) -> None:
    site.write("content/a.jpg", TURNED).write("static/b.JPG", TURNED).write("content/c.png", TURNED)
    site.write("static/d.webp", picture("WEBP", 9, 9, exif=exif()))
    site.note("n", "![](a.jpg) ![](c.png) ![](/b.JPG) ![](/d.webp)", cover="a.jpg").build()
    assert [path for path in site.files() if b"GPSHERE" in site.output(path).read_bytes()] == []
    shown = Image.open(BytesIO(site.output("posts/n/a.jpg").read_bytes()))
    assert dict(shown.getexif()) == {0x0112: 6}
    assert shown.info["icc_profile"] == b"a profile"
    assert (site.root / "content/a.jpg").read_bytes() == TURNED


def test_a_photo_is_written_once(site: SiteTest) -> None:
    site.write("static/a.jpg", TURNED).note("n", "x").build()
    before = site.snapshot()
    site.note("n", "y").build()
    assert site.snapshot()["a.jpg"] == before["a.jpg"]
    site.output("a.jpg").write_bytes(TURNED)
    assert b"GPSHERE" not in site.build().output("a.jpg").read_bytes()


def test_the_setting_keeps_the_bytes_and_takes_them_away_again(site: SiteTest) -> None:
    site.write("static/a.jpg", TURNED).note("n", "x")
    site.write("site.yaml", "title: T\nbase_url: /\nimages: {metadata: keep}\n").build()
    assert site.output("a.jpg").read_bytes() == TURNED
    site.write("site.yaml", "title: T\nbase_url: /\n").build()
    assert b"GPSHERE" not in site.output("a.jpg").read_bytes()


def test_a_damaged_photo_that_stands_in_for_its_smaller_copy(site: SiteTest) -> None:
    wide = picture("JPEG", 1400, 700, exif=exif())
    site.write("content/a.jpg", wide[: wide.index(b"\xff\xda")]).note("n", "![](a.jpg)").build()
    assert "image-unreadable" in site.stderr
    assert [path for path in site.files() if b"GPSHERE" in site.output(path).read_bytes()] == []
    assert any("800w." in path for path in site.files())


@pytest.mark.slow
def test_a_preview_shows_what_a_build_would(site: SiteTest) -> None:
    site.write("content/a.jpg", TURNED).note("n", "![](a.jpg)").build()
    with serving(site.root) as server:
        assert server.get("/posts/n/a.jpg").data == site.output("posts/n/a.jpg").read_bytes()
