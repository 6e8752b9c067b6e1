"""Images: size and format from a file's first bytes, and smaller WebP copies. Pillow is imported on first use.

Pillow reads the headers of PNG, JPEG, GIF and BMP files. Those of WebP and AVIF are read here, because Pillow decodes
such a file when it opens it, and SVG sizes in `svg`. The library `imagesize` (2.0.1) would not do: it knows no size of
a turned AVIF file nor of most SVG files, and 164 bytes of a hostile AVIF file keep it busy for ten seconds.
"""

import os
import struct
import warnings
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from notegen.model.source import MAX_PIXELS
from notegen.system.pictures.svg import svg_size

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_THREADS = 4  # each holds one decoded image
_HEAD = 65_536  # bytes; enough for everything that stands before the pixels of WebP, AVIF and SVG files
_FORMATS = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "GIF": "gif", "BMP": "bmp"}
_LOADED = ("PNG", "JPEG", "GIF", "BMP")  # MPO is found by the JPEG reader
_ORIENTATION = 0x0112  # the EXIF tag; from 5 on the image is shown turned by a quarter
_FIRST_TURNED = 5


class ImageHeader(msgspec.Struct, frozen=True):
    """What an image file says of itself: size in pixels as it is shown, 0 where unknown, and format (see Asset).

    `problem` says in words why the file is no image, or one that is not decoded; `too_large`: it has over MAX_PIXELS.
    """

    width: int = 0
    height: int = 0
    format: str = ""
    problem: str = ""
    too_large: bool = False


def read_header(file: BinaryIO, name: str) -> ImageHeader:
    """Return the header of an image file that is open at its beginning; no pixel is decoded.

    The format is that of its bytes, whatever its name, but for SVG. Raises OSError when the file cannot be read.
    """
    head = file.read(32)
    if not head:
        return ImageHeader(problem="an empty file")
    if name.lower().endswith(".svg"):
        size = svg_size(head + file.read(_HEAD))
        return ImageHeader(problem="no SVG image") if size is None else ImageHeader(*size, "svg")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        header = _sized(_webp_size(head), "webp")
    elif head[4:8] == b"ftyp":
        header = _sized(_avif_size(head + file.read(_HEAD)), "avif" if b"avi" in head[8:] else "heic")
    else:
        width, height = _png_size(head)
        header = ImageHeader(width, height, "png") if width * height > MAX_PIXELS else _pillow_header(file)
    if header.width * header.height > MAX_PIXELS or header.too_large:
        measure = f"{header.width} x {header.height} pixels: " if header.width else ""
        problem = f"{measure}more than {MAX_PIXELS // 1_000_000} million"
        return msgspec.structs.replace(header, too_large=True, problem=problem)
    return header


def _sized(size: tuple[int, int], kind: str) -> ImageHeader:
    return ImageHeader(*size, kind) if size[0] and size[1] else ImageHeader(problem=f"no {kind.upper()} image")


def _pillow_header(file: BinaryIO) -> ImageHeader:
    """Return the header of a PNG, JPEG, GIF or BMP file."""
    from PIL import Image, UnidentifiedImageError

    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about size, which is looked at here, and about broken metadata
            image = Image.open(file, formats=_LOADED)
            kind = _FORMATS.get(image.format or "", "")
            if kind == "jpeg" and int(image.getexif().get(_ORIENTATION, 1)) >= _FIRST_TURNED:
                return ImageHeader(image.height, image.width, kind)
            if kind == "png" and getattr(image, "is_animated", False):
                kind = "apng"
    except OSError as error:
        if error.errno is not None:
            raise  # the disk's
        known = isinstance(error, UnidentifiedImageError)
        return ImageHeader(problem="no image, or a damaged one" if known else f"a damaged image: {error}")
    except Image.DecompressionBombError:
        return ImageHeader(too_large=True)
    except _damage() as error:
        return ImageHeader(problem=f"a damaged image: {error}")
    return ImageHeader(image.width, image.height, kind)


def _png_size(head: bytes) -> tuple[int, int]:
    """Return the size in a PNG header; Pillow refuses to tell that of a bomb."""
    if head[12:16] != b"IHDR" or len(head) < 24:  # noqa: PLR2004  where the size ends
        return 0, 0
    width, height = struct.unpack(">II", head[16:24])
    return width, height


def _damage() -> tuple[type[Exception], ...]:
    """Return the exceptions that Pillow raises for damaged files, besides OSError."""
    from PIL.Image import DecompressionBombError

    return DecompressionBombError, ValueError, TypeError, SyntaxError, LookupError, struct.error


def _webp_size(head: bytes) -> tuple[int, int]:
    """Return the size in a WebP header (RFC 9649); (0, 0) when there is none."""
    chunk = head[12:16]
    if len(head) < 30:  # noqa: PLR2004  the longest of the three headers
        return 0, 0
    if chunk == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    return 0, 0


def _avif_size(head: bytes) -> tuple[int, int]:
    """Return the largest size among the `ispe` boxes of an AVIF file (ISO/IEC 23008-12), turned if it is shown so."""
    sizes = [(0, 0)]
    at = head.find(b"ispe")
    while 0 <= at <= len(head) - 16:
        width, height = struct.unpack(">II", head[at + 8 : at + 16])
        sizes.append((width, height))
        at = head.find(b"ispe", at + 16)
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    turn = head.find(b"irot")
    turned = 0 <= turn < len(head) - 4 and head[turn + 4] % 2 == 1
    return (height, width) if turned else (width, height)


def encoder() -> str:
    """Return the names and versions of what encodes WebP: other versions may make other bytes."""
    from PIL import __version__, features

    return f"Pillow {__version__}, libwebp {features.version('webp')}"


def webp_copies(jobs: Sequence[tuple[Path | bytes, int, int]]) -> Iterator[bytes | str]:
    """Yield for each (JPEG or PNG file, width in pixels, quality from 1 to 100) the bytes of a WebP copy of that width.

    Or, where the file cannot be decoded, the reason in words. A file is given by its place or its bytes. Turned as its
    EXIF data say. In threads: Pillow lets others run while it works.
    """
    from concurrent.futures import ThreadPoolExecutor

    pool = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about broken metadata
        try:
            yield from pool.map(_webp_copy, jobs)
        finally:
            pool.shutdown(cancel_futures=True)


def _webp_copy(job: tuple[Path | bytes, int, int]) -> bytes | str:
    from PIL import Image, ImageOps

    source, width, quality = job
    try:
        with Image.open(BytesIO(source) if isinstance(source, bytes) else source, formats=_LOADED) as opened:
            profile = opened.info.get("icc_profile", b"")
            opened.draft("RGB", (2 * width, 2 * width))  # JPEG only: decodes at a half, a quarter, an eighth
            image = _plain(ImageOps.exif_transpose(opened))
        size = width, max(1, round(image.height * width / image.width))
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
        data = BytesIO()
        small.save(data, "WEBP", quality=quality, icc_profile=profile)
    except OSError as error:
        return error.strerror or f"a damaged image: {error}"
    except _damage() as error:
        return f"a damaged image: {error}"
    return data.getvalue()


def _plain(image: "Image") -> "Image":
    """Return the image in a mode that scales well and that WebP has: RGB, or RGBA where it is transparent."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    transparent = "A" in image.getbands() or "transparency" in image.info
    return image.convert("RGBA" if transparent else "RGB")
