"""The bytes of a file of the site, also of one that stands in another: a picture in the JSON of a notebook."""

import binascii
from pathlib import Path
from typing import Any

import msgspec

from notegen.model.source import Asset
from notegen.notebooks.svg import clean_svg
from notegen.system.disk import Disk


def asset_bytes(asset: Asset, disk: Disk) -> bytes:
    """Return the bytes of a file that is copied; none where those of a picture in a notebook are gone.

    Raises OSError when the file cannot be read.
    """
    if not asset.end:
        return disk.read(Path(asset.location))
    return picture_bytes(stored_bytes(asset, disk), is_svg=asset.format == "svg") or b""


def stored_bytes(asset: Asset, disk: Disk) -> bytes:
    """Return the JSON value that a picture is in its notebook, whose SVG still says what made it.

    Raises OSError when the notebook cannot be read.
    """
    with disk.open(Path(asset.location)) as file:
        file.seek(asset.start)
        return file.read(asset.end - asset.start)


def picture_bytes(raw: bytes | memoryview, *, is_svg: bool) -> bytes | None:
    """Return the bytes of a picture, given the JSON value of it in a notebook: base64, of SVG its text, made harmless.

    None where it is no text, no base64 or no SVG.
    """
    try:
        value: Any = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if isinstance(value, list):
        value = "".join(item for item in value if isinstance(item, str))
    if not isinstance(value, str):
        return None
    if is_svg and value.lstrip().startswith("<"):
        return clean_svg(value)
    try:
        data = binascii.a2b_base64(value.encode("ascii"), strict_mode=False)
        data = data if _is_base64(value, len(data)) else b""
        return clean_svg(data.decode("utf-8")) if is_svg and data else data or None
    except (ValueError, UnicodeError):
        return None


def _is_base64(value: str, size: int) -> bool:
    """Return whether hardly a character was skipped as none of base64, which decoders do without a word."""
    written = len(value) - value.count("\n") - value.count("\r") - value.count(" ")
    return abs(written - (size + 2) // 3 * 4) <= 3  # noqa: PLR2004  missing padding
