"""Pictures in Chromium: each is as wide as its author says and keeps the proportions of its file."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.support.theme_site import build, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTHS = [
    '<img src="a.png" width="50%">',
    '<img src="a.png" style="width: 50%">',
    "![](a.png){width=50%}",
    '<img src="a.png" width="50%" height="50%">',
    '<img src="a.png" width="300">',
    "![](a.png)",
    '<img src="s.png" width="50%">',
]


def test_pictures_with_a_width_in_per_cent_keep_their_proportions(page: "Page", tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    for name, size in (("a", (1600, 1200)), ("s", (400, 300))):
        Image.new("RGB", size, "#246").save(tmp_path / "content" / f"{name}.png")
    first = "---\ntitle: n\ndate: 2026-01-01\n---\n![](a.png)\n\n"  # the first one of a page is not lazy
    (tmp_path / "content" / "n.md").write_text(first + "\n\n".join(WIDTHS) + "\n", "utf-8")
    with served(build(tmp_path, tmp_path / "public", tmp_path / "cache")) as site:
        page.goto(site.url + "posts/n/")
        for image in page.locator(".e-content img").all():
            image.scroll_into_view_if_needed()
            image.evaluate("image => image.decode()")
        column = page.locator(".e-content p").first.bounding_box()
        boxes = [image.bounding_box() for image in page.locator(".e-content img").all()][1:]
    assert column is not None
    sizes = [(round(box["width"]), box["width"] / box["height"]) for box in boxes if box]
    half = round(column["width"] / 2)
    assert [width for width, _ in sizes] == pytest.approx([half, half, half, half, 300, column["width"], half], abs=1)
    assert [ratio for _, ratio in sizes] == pytest.approx([4 / 3] * 7, rel=0.02)
