"""`<img>` elements: the size of the real file, so that pages do not jump, and smaller copies for small screens."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import PurePosixPath

from notegen.model.body import ImageHole
from notegen.model.config import ImagesConfig
from notegen.model.digest import digest
from notegen.model.source import MAX_PIXELS, Asset, ImageVariant
from notegen.model.strings import SitePath, Url
from notegen.text.html import attributes_html
from notegen.text.patterns import lazy_regex

COLUMN = 720  # CSS pixels: the widest that themes show an image
WIDE = 1200  # pixels; narrower images have no smaller copies
_SIZED = lazy_regex(r"(?:^|[\s;])(?:width|height)\s*:", re.IGNORECASE)

_HEIGHT = lazy_regex(r"(?:^|[\s;])(?:height|aspect-ratio)\s*:", re.IGNORECASE)
_SHARE = lazy_regex(r"(?:^|[\s;])width\s*:\s*(\d{1,3})(?:\.\d{1,9})?%", re.IGNORECASE)
_DECIDED = frozenset({"photo", "plot", "only-light", "only-dark"})
_MOST_DIGITS = 3
_WHOLE = 100  # per cent

Copies = Sequence[tuple[Url, int]]  # URL and width of each smaller copy


def variants_of(path: SitePath, asset: Asset, settings: ImagesConfig, encoder: str) -> dict[SitePath, ImageVariant]:
    """Return the smaller copies of an image by site path: of wide JPEG and PNG files that do not move.

    `path` is the site path of the image; a copy is named after it, its width and what it is made of.
    """
    large = asset.width * asset.height > MAX_PIXELS
    if not settings.enabled or asset.format not in {"jpeg", "png"} or asset.width <= WIDE or large:
        return {}
    place = PurePosixPath(path)
    variants: dict[SitePath, ImageVariant] = {}
    for width in sorted(set(settings.variants)):
        if width < asset.width:
            content = digest("webp", asset.digest, width, settings.quality, encoder)
            name = f"{place.stem}-{width}w.{content[:8]}.webp"
            variants[SitePath(str(place.with_name(name)))] = ImageVariant(asset, width, settings.quality, content)
    return variants


def image_html(hole: ImageHole, url: Url, asset: Asset | None, copies: Copies, *, ids: bool) -> str:
    """Return the whole `<img>` element. `asset` is None when the file is not known; `ids`: whether it keeps its id."""
    attrs = dict(hole.attrs)
    added = _added(attrs, url, asset, copies, raw=hole.raw is not None)
    if hole.raw is not None:
        id_attribute = f' id="{escape(attrs["id"])}"' if ids and attrs.get("id") else ""
        return f'{hole.raw[0]}{escape(url)}"{id_attribute}{attributes_html(added)}{hole.raw[1]}'
    if not ids:
        attrs.pop("id", None)
    return f'<img src="{escape(url)}" alt="{escape(hole.alt)}"{attributes_html(attrs | added)}>'


def _added(attrs: dict[str, str], url: Url, asset: Asset | None, copies: Copies, *, raw: bool) -> dict[str, str]:
    """Return what the file adds to the attributes that the author gave; to a `raw` tag nothing that it has."""
    plot = {"class": f"{attrs.get('class', '')} plot".strip()} if _is_turned(attrs, asset, raw=raw) else {}
    if asset is None or not asset.width or not asset.height:
        return plot
    added = plot | (_size(attrs, asset) or _ratio(attrs, asset, raw=raw))
    width, height = (_pixels((attrs | added).get(name, "")) for name in ("width", "height"))
    share = _share(attrs)
    shown = round(COLUMN * share / 100) if share else min(width or asset.width, COLUMN)
    if copies and "srcset" not in attrs:
        places = [*copies, (url, asset.width)]
        added["srcset"] = ", ".join(f"{place} {width}w" for place, width in places)
        if "sizes" not in attrs:
            sizes = f"(max-width: {COLUMN if share else shown}px) {share or 100}vw, {shown}px"
            # Before its file is there, an image with sizes="auto" that lacks width or height is 300 by 150 pixels, and
            # stays so in Chromium (HTML standard, "sizes attributes"; CSS: contain-intrinsic-size).
            auto = width and height and attrs.get("loading", "lazy") == "lazy"
            added["sizes"] = f"auto, {sizes}" if auto else sizes
    if shown < asset.width:
        added["data-full"] = url
    return added


def _is_turned(attrs: dict[str, str], asset: Asset | None, *, raw: bool) -> bool:
    """Return whether an image is a plot that no class of its own says anything of."""
    if asset is None or not asset.plot or (raw and "class" in attrs):
        return False
    return not _DECIDED.intersection(attrs.get("class", "").split())


def _size(attrs: dict[str, str], asset: Asset) -> dict[str, str]:
    """Return the missing ones of width and height, in the file's proportions."""
    width, height = attrs.get("width"), attrs.get("height")
    if (width is not None and height is not None) or _SIZED.search(attrs.get("style", "")):
        return {}
    if width is None and height is None:
        return {"width": str(asset.width), "height": str(asset.height)}
    if width is not None:
        pixels = _pixels(width)
        return {"height": str(max(1, round(pixels * asset.height / asset.width)))} if pixels else {}
    pixels = _pixels(height or "")
    return {"width": str(max(1, round(pixels * asset.width / asset.height)))} if pixels else {}


def _ratio(attrs: dict[str, str], asset: Asset, *, raw: bool) -> dict[str, str]:
    """Return the file's proportions as a style where only the width is given, as a share: nothing jumps when it loads.

    A raw tag keeps the style that it has.
    """
    style = attrs.get("style", "")
    if not _share(attrs) or "height" in attrs or _HEIGHT.search(style) or (raw and style):
        return {}
    return {"style": f"{style};aspect-ratio:{asset.width}/{asset.height}".lstrip(";")}


def _share(attrs: dict[str, str]) -> int:
    """Return the width in per cent of what is around it; 0 where it is none, or no whole number up to 100."""
    styled = _SHARE.search(attrs.get("style", ""))
    digits = styled[1] if styled else attrs.get("width", "").strip().removesuffix("%")
    is_share = styled is not None or attrs.get("width", "").strip().endswith("%")
    share = int(digits) if is_share and digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else 0
    return share if share <= _WHOLE else 0


def _pixels(length: str) -> int:
    """Return a length in CSS pixels; 0 for a share or anything else."""
    text = length.strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004  a screen's width
