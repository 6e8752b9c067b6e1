"""Takes pictures of every kind of page of a built site, at four widths, in light and dark, and lays them side by side.

`python -m scripts.look public /tmp/look` opens the pages in Chromium and writes one PNG a page, width and look, and a
sheet a page (`sheet-home.png`) with all of them. With `--media`, also as printed and with forced colours. The kinds are
found by what the folder holds: of notes those with the most formulas, code and figures, and one in another language.
With `--beside papermod=FOLDER`, once for each peer that the same notes were built with, its pages of the same
addresses stand on the same sheets (`beside-home.png`), ours first.
"""

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from PIL import Image

from bench.chromium import chromium, show
from bench.reading import notes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = (360, 768, 1440, 1920)  # CSS pixels: a phone, a tablet, a laptop, a desk
HEIGHTS = {360: 780, 768: 1024, 1440: 900, 1920: 1080}  # of the window
TALLEST = 3000  # CSS pixels of a page that are in its picture
ROW, SHEET, GAP = 700, 1900, 12  # pixels of a sheet: the height of a picture, the width of a row, between pictures
FIXED = {
    "home": "", "page-2": "page/2/", "about": "about/", "archives": "archives/", "categories": "categories/",
    "tags": "tags/", "series": "series/", "papers": "papers/", "search": "search/",
    "graph": "graph/", "404": "404.html",
}  # fmt: skip
FULLEST = {"category": "categories/", "tag": "tags/", "one-series": "series/", "paper": "papers/"}
MOST = {"note-formulas": "<math", "note-code": "<pre", "note-figures": "<figure"}
LAID_OUT = "* { content-visibility: visible !important }"  # also what no one has scrolled to
_LANGUAGE = re.compile(r'<html lang="([^"]*)"')


class Look(msgspec.Struct, frozen=True):
    """How a page is shown: a name for its file, and what the browser says of its reader."""

    name: str
    scheme: Literal["light", "dark"] = "light"
    forced: Literal["active", "none"] = "none"
    media: Literal["print", "screen"] = "screen"


SCHEMES = (Look("light"), Look("dark", scheme="dark"))
OTHERS = (Look("forced", forced="active"), Look("forced-dark", scheme="dark", forced="active"))
PRINT = Look("print", media="print")


def kinds(public: Path) -> dict[str, str]:
    """Return the address of a page of each kind, below the site's: those that the folder `public` has."""
    found = {name: path for name, path in FIXED.items() if (public / _file(path)).is_file()}
    for name, parent in FULLEST.items():
        if pages := [*_below(public, parent)]:
            found[name] = max(pages, key=lambda path: _size(public, path))
    texts = {path: (public / path / "index.html").read_text("utf-8") for path in notes(public)}
    for name, mark in MOST.items():
        if left := [path for path in texts if path not in found.values()]:
            found[name] = max(left, key=lambda path: texts[path].count(mark))
    home = _language((public / "index.html").read_text("utf-8"))
    if other := [path for path, text in texts.items() if _language(text) != home and path not in found.values()]:
        found["note-other-language"] = other[0]
    return found


def shared(public: Path, pages: Mapping[str, str]) -> dict[str, str]:
    """Return those of `pages` that the folder `public` of another generator has too, at its own addresses."""
    at = {file.parent.relative_to(public).as_posix().casefold(): file for file in public.rglob("index.html")}
    same = {name: at.get(path.rstrip("/").casefold() or ".") for name, path in pages.items()}
    return {name: file.parent.relative_to(public).as_posix() + "/" for name, file in same.items() if file}


def _file(path: str) -> str:
    return path if path.endswith(".html") else f"{path}index.html"


def _below(public: Path, parent: str) -> Iterator[str]:
    for file in sorted((public / parent).glob("*/index.html")):
        yield file.parent.relative_to(public).as_posix() + "/"


def _size(public: Path, path: str) -> int:
    return (public / path / "index.html").stat().st_size


def _language(text: str) -> str:
    match = _LANGUAGE.search(text)
    return match[1] if match else ""


def take(browser: "Browser", public: Path, pages: Mapping[str, str], look: Look, width: int, folder: Path) -> None:
    """Write a picture of each page to `folder`: NAME-WIDTH-LOOK.png."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme=look.scheme,
        forced_colors=look.forced,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.emulate_media(media=look.media)
    for name, path in pages.items():
        show(page, public, path)
        page.add_style_tag(content=LAID_OUT)
        tall = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        clip = {"x": 0, "y": 0, "width": width, "height": max(tall, HEIGHTS[width])}
        page.screenshot(path=folder / f"{name}-{width}-{look.name}.png", full_page=True, clip=clip)  # type: ignore[arg-type]
    context.close()


def write_sheet(pictures: Iterable[Path], sheet: Path, wide: int = SHEET) -> None:
    """Write the tops of the pictures in rows, all of one height and at most `wide` pixels wide."""
    shown = [_top(path) for path in pictures]
    places, left, top = [], 0, 0
    for image in shown:
        if left and left + image.width > wide:
            left, top = 0, top + ROW + GAP
        places.append((left, top))
        left += image.width + GAP
    made = Image.new("RGB", (wide, top + ROW), "#888")
    for image, place in zip(shown, places, strict=True):
        made.paste(image, place)
    made.save(sheet)


def _top(path: Path) -> Image.Image:
    """Return a little more than the first screen of a page, scaled to the height of a row."""
    with Image.open(path) as image:
        height = int(HEIGHTS[image.width] * 1.25)
        screen = Image.new("RGB", (image.width, height), "#888")
        screen.paste(image.crop((0, 0, image.width, min(height, image.height))))
        return screen.resize((image.width * ROW // height, ROW))


def main() -> None:
    """Take the pictures and lay out the sheets."""
    options = argparse.ArgumentParser(prog="python -m scripts.look")
    options.add_argument("public", type=Path, help="the output folder of a site with `base_url: /`")
    options.add_argument("folder", type=Path, help="where the pictures go")
    options.add_argument("--media", action="store_true", help="also with forced colours, and as printed")
    options.add_argument("--only", help="kinds of pages, with commas between")
    options.add_argument(
        "--beside", action="append", default=[], metavar="NAME=FOLDER", help="the notes' site of a peer"
    )
    chosen = options.parse_args()
    pages = kinds(chosen.public)
    if chosen.only:
        pages = {name: pages[name] for name in chosen.only.split(",")}
    chosen.folder.mkdir(parents=True, exist_ok=True)
    taken = [(look, width) for width in WIDTHS for look in SCHEMES]
    if chosen.media:
        taken += [*((look, width) for look in OTHERS for width in (360, 1440)), (PRINT, 768)]
        taken.sort(key=lambda pair: pair[1])
    peers = {name: Path(folder) for name, _, folder in (text.partition("=") for text in chosen.beside)}
    for name in peers:
        (chosen.folder / name).mkdir(exist_ok=True)
    with chromium() as browser:
        for look, width in taken:
            take(browser, chosen.public, pages, look, width, chosen.folder)
            for name, public in peers.items():
                take(browser, public, shared(public, pages), look, width, chosen.folder / name)
    for name in pages:
        pictures = [f"{name}-{width}-{look.name}.png" for look, width in taken]
        write_sheet([chosen.folder / picture for picture in pictures], chosen.folder / f"sheet-{name}.png")
        folders = [chosen.folder, *(chosen.folder / peer for peer in peers)]
        beside = [folder / picture for picture in pictures for folder in folders if (folder / picture).is_file()]
        if peers:
            write_sheet(beside, chosen.folder / f"beside-{name}.png", SHEET // 2 * len(folders))
    print(f"{len(pages)} kinds of pages, {len(pages) * len(taken)} pictures in {chosen.folder}")


if __name__ == "__main__":
    main()
