"""Photos without what they tell of their making: place, time, camera, names. Losslessly: no pixel is decoded.

Taken away are EXIF, XMP, IPTC and comments of JPEG, PNG and WebP files, previews in them, and whatever stands behind
the picture's end (the film of a motion photo, further pictures of the Multi-Picture Format, bytes that an editor cut
off). Colour profiles stay, and so does the orientation, as the only tag of an EXIF block of 26 bytes. Pillow can drop
metadata only by encoding the pixels again. AVIF and HEIC files are read in heif.py. Sources: ITU-T T.81 annex B, the
PNG specification (third edition), RFC 9649 (WebP), TIFF 6.0 for EXIF.
"""

import struct
import zlib
from collections.abc import Iterator

from notegen.system.photos.heif import is_heif, without_items
from notegen.text.patterns import lazy_regex

FORMATS = frozenset({"jpeg", "png", "apng", "webp", "avif", "heic"})  # those whose metadata can be taken away
VERSION = "1"  # of the bytes that are made: part of the digest of files
_PNG = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112
_UPRIGHT = 1
_MOST_TURNS = 8  # values of the orientation
_EXIF = b"Exif\0\0"
_ENTRIES = 1000  # of an EXIF directory that are looked at
# A marker in the entropy-coded data of a JPEG file: not a stuffed 0xFF, and no restart.
_MARKER = lazy_regex(rb"(?<!\xff)\xff++[^\xff\x00\xd0-\xd7]")
_SOI, _EOI, _SOS, _TEM, _COMMENT = 0xD8, 0xD9, 0xDA, 0x01, 0xFE
_APP0, _APP15 = 0xE0, 0xEF
# Of the application segments those that browsers need: how they begin, by their marker.
_KEPT_SEGMENTS = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
# Ancillary chunks that say how the pixels are shown; critical ones begin with a capital letter.
_KEPT_CHUNKS = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
_KEPT_RIFF = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_XMP_FLAG, _EXIF_FLAG = 0x04, 0x08


def without_metadata(data: bytes) -> bytes:
    """Return an image file without metadata; any other file as it is. Never raises: of a damaged file what shows stays.

    The same bytes give the same bytes, and what is returned is returned unchanged. Time is linear.
    """
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(_PNG):
        return _png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    return without_items(data) if is_heif(data) else data


def _jpeg(data: bytes) -> bytes:
    head: list[bytes] = [b"\xff\xd8"]
    tail: list[bytes] = []
    orientation = _UPRIGHT
    for marker, segment, coded in _segments(data):
        if marker == 0xE1 and segment[4:].startswith(_EXIF):  # noqa: PLR2004
            orientation = _orientation(segment[4 + len(_EXIF) :]) if orientation == _UPRIGHT else orientation
        elif _APP0 <= marker <= _APP15 or marker == _COMMENT:
            if segment[4:].startswith(_KEPT_SEGMENTS.get(marker, b"\0\0")):
                (head if marker == _APP0 else tail).append(_jfif(segment) if marker == _APP0 else segment)
        else:
            tail += [segment, coded]
    if orientation != _UPRIGHT:
        exif = _EXIF + _exif(orientation)
        head.append(struct.pack(">HH", 0xFFE1, len(exif) + 2) + exif)
    return b"".join((*head, *tail))


def _segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield the segments behind the first marker up to the end of the image: marker, bytes, entropy-coded data."""
    at = 2
    while (at := data.find(b"\xff", at)) >= 0:
        while data[at + 1 : at + 2] == b"\xff":  # fill bytes
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else _EOI
        if marker == _EOI:
            yield marker, data[at : at + 2], b""
            return
        if marker in {0, _SOI, _TEM} or 0xD0 <= marker <= 0xD7:  # noqa: PLR2004  without a length
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        segment, at = data[at:end], max(end, at + 2)
        coded = b""
        if marker == _SOS:
            following = _MARKER.search(data, at)
            stop = following.start() if following else len(data)
            coded, at = data[at:stop], stop
        yield marker, segment, coded


def _jfif(segment: bytes) -> bytes:
    """Return a JFIF segment without its preview."""
    fixed = segment[:16]
    return segment if len(fixed) < 16 else b"\xff\xe0\0\x10" + fixed[4:] + b"\0\0"  # noqa: PLR2004


def _png(data: bytes) -> bytes:
    chunks, orientation = [_PNG], _UPRIGHT
    at = len(_PNG)
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        end = at + length + 12
        if name == b"eXIf":
            orientation = _orientation(data[at + 8 : end - 4])
        elif name[:1].isupper() or name in _KEPT_CHUNKS:
            if orientation != _UPRIGHT and name == b"IDAT":
                chunks.append(png_chunk(b"eXIf", _exif(orientation)))
                orientation = _UPRIGHT
            chunks.append(data[at:end])
        if name == b"IEND":
            break
        at = end
    return b"".join(chunks)


def png_chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG file: its length, name, content and checksum."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _webp(data: bytes) -> bytes:
    size = int.from_bytes(data[4:8], "little") + 8
    chunks: list[tuple[bytes, bytes]] = []
    orientation = _UPRIGHT
    at = 12
    while at + 8 <= min(len(data), size):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        content = data[at + 8 : min(at + 8 + length, size)]
        if name == b"EXIF":
            orientation = _orientation(content.removeprefix(_EXIF))
        elif name in _KEPT_RIFF:
            chunks.append((name, content))
        at += 8 + length + length % 2
    turned = orientation != _UPRIGHT and bool(chunks) and chunks[0][0] == b"VP8X"
    if turned:
        chunks.append((b"EXIF", _exif(orientation)))
    body = b"".join(name + _riff_content(name, content, turned=turned) for name, content in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff_content(name: bytes, content: bytes, *, turned: bool) -> bytes:
    """Return length and content of a WebP chunk, the flags of the file's head made true."""
    if name == b"VP8X" and content:
        flags = content[0] & ~(_XMP_FLAG | _EXIF_FLAG) & 0xFF | (_EXIF_FLAG if turned else 0)
        content = bytes((flags,)) + content[1:]
    return struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _exif(orientation: int) -> bytes:
    """Return an EXIF block (TIFF) whose one tag is the orientation."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def _orientation(tiff: bytes) -> int:
    """Return the orientation in the first directory of an EXIF block, from 1 to 8; 1 where there is none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None or len(tiff) < 8:  # noqa: PLR2004  the head of a TIFF file
        return _UPRIGHT
    start = struct.unpack(f"{order}I", tiff[4:8])[0]
    entries = tiff[start + 2 : start + 2 + 12 * _ENTRIES]
    count = struct.unpack(f"{order}H", tiff[start : start + 2].ljust(2, b"\0"))[0]
    for at in range(0, min(12 * count, len(entries) - 11), 12):
        tag, kind, _, value = struct.unpack(f"{order}HHIH", entries[at : at + 10])
        if tag == _ORIENTATION and kind == 3:  # noqa: PLR2004  SHORT
            return value if _UPRIGHT <= value <= _MOST_TURNS else _UPRIGHT
    return _UPRIGHT
