"""Pictures of few colours as PNG files over a background that is compressed once.

A row of the canvas begins with a column of zeros, the filter type `None` of PNG: so its bytes are what PNG compresses.
Rows are compressed in bands, each by itself; of a picture only the bands that differ from the background are.

Source: PNG Specification (Third Edition), "Filtering" and "Datastream structure"; RFC 1950 and 1951 (zlib, deflate).
"""

import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from PIL.Image import Image

BAND = 30  # rows
FILTER = 1  # columns in front of the picture
_HEADER, _LAST_BLOCK = b"\x78\x9c", b"\x03\x00"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INDEXED = (8, 3, 0, 0, 0)  # bits, colour type, compression, filter, interlace


class Background(msgspec.Struct, frozen=True):
    """What pictures have in common: colours (three bytes each), and the compressed bands of the canvas."""

    palette: bytes
    bands: tuple[bytes, ...]


def compressed(canvas: "Image", palette: bytes) -> Background:
    """Return the background of pictures: `canvas` is of mode L, a column wider than they are, of palette indices."""
    rows, size = canvas.tobytes(), BAND * canvas.width
    bands = tuple(
        _deflate(rows[start : start + size], 9, zlib.Z_DEFAULT_STRATEGY) for start in range(0, len(rows), size)
    )
    return Background(palette, bands)


def encode(canvas: "Image", background: Background, changed: Iterable[int]) -> bytes:
    """Return the PNG file of a canvas. `changed`: the numbers of the bands in which it is not the background."""
    rows, size = canvas.tobytes(), BAND * canvas.width
    bands = list(background.bands)
    for number in set(changed):
        bands[number] = _deflate(
            rows[number * size : (number + 1) * size], 1, zlib.Z_RLE
        )  # five times as fast, a fifth larger
    data = b"".join((_HEADER, *bands, _LAST_BLOCK, struct.pack(">I", zlib.adler32(rows))))
    size_of_picture = struct.pack(">IIBBBBB", canvas.width - FILTER, canvas.height, *_INDEXED)
    chunks = ((b"IHDR", size_of_picture), (b"PLTE", background.palette), (b"IDAT", data), (b"IEND", b""))
    return b"".join((_SIGNATURE, *(_chunk(*chunk) for chunk in chunks)))


def ramp(ground: Sequence[int], color: Sequence[int], steps: int) -> bytes:
    """Return the colours from one to another, three bytes each; the last of `steps` is the other."""
    return bytes(
        round(start + (end - start) * step / steps)
        for step in range(1, steps + 1)
        for start, end in zip(ground, color, strict=True)
    )


def _deflate(data: bytes, level: int, strategy: int) -> bytes:
    """Return blocks of deflate that need nothing in front of them, and that others may follow."""
    packer = zlib.compressobj(level, wbits=-zlib.MAX_WBITS, strategy=strategy)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
