"""Image files for tests, made of as few bytes as they need."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def png(width: int = 2, height: int = 1, *, pixels: bool = True) -> bytes:
    """Return a black PNG. Without `pixels` only its header is true: any size takes a few bytes."""
    row = b"\0" + bytes((width + 7) // 8)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(row * height if pixels else b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(chunk: tuple[bytes, bytes]) -> bytes:
    name, data = chunk
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def picture(kind: str, width: int, height: int, mode: str = "RGB", **options: object) -> bytes:
    """Return an image with a left half that is red, made by Pillow. `kind`: its name for a format."""
    image = Image.new(mode, (width, height))
    image.paste("red" if mode.startswith("RGB") else 200, (0, 0, width // 2, height))
    made = BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def exif(turn: int = 1) -> bytes:
    """Return an EXIF block with an orientation, a camera, a time and a place."""
    tags = Image.Exif()
    tags[0x0112] = turn
    tags[0x010F] = "Ada's camera"
    tags[0x0132] = "2026:01:02 03:04:05"
    tags.get_ifd(0x8825)[0x001D] = "GPSHERE"
    return tags.tobytes()
