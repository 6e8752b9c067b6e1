"""AVIF and HEIC photos without what they tell of their making, in place: what is taken away becomes zeros.

In these files metadata are items beside those of the picture: EXIF is one of the type `Exif`, XMP one of the type
`mime`. Where items lie says the box `iloc`, by offsets in the file; so nothing is moved, no offset changes and no pixel
is decoded. How the picture is turned is not said by EXIF here, but by properties (`irot`, `imir`). What stands behind
the last box that belongs to the picture, such as the film of a motion photo, is cut off.

Sources: ISO/IEC 14496-12 (8.11, the boxes meta, iloc, iinf), ISO/IEC 23008-12 (A.2, Exif), AV1 Image File Format.
"""

import struct
from collections.abc import Iterator

import msgspec

_META_BOXES = frozenset({b"Exif", b"mime", b"uri "})  # types of items that are no part of a picture
_PICTURE = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"styp", b"sidx"})  # boxes that a picture needs
_EMPTY_EXIF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"  # offset of the TIFF head, a TIFF file with an empty directory
_IN_FILE, _IN_META = 0, 1  # construction methods: where offsets of an item count from


class Box(msgspec.Struct, frozen=True):
    """A box: its type, where its content begins and ends in the file."""

    kind: bytes
    start: int
    end: int


def is_heif(data: bytes) -> bool:
    """Return whether bytes are those of an AVIF or HEIC file, or another one of boxes."""
    return data[4:8] == b"ftyp"


def without_items(data: bytes) -> bytes:
    """Return an AVIF or HEIC file without metadata. Never raises; a file that is not understood stays as it is."""
    boxes = list(_boxes(data, 0, len(data)))
    ends = {box.kind: box.end for box in boxes if box.kind in _PICTURE}
    is_whole = b"mdat" in ends and not ends.keys().isdisjoint({b"meta", b"moov"})
    cleaned = bytearray(data[: max(ends.values())] if is_whole else data)
    for box in boxes:
        if box.kind == b"meta":
            try:
                _clear(cleaned, list(_boxes(data, box.start + 4, box.end)), data)
            except (struct.error, IndexError):  # cut off in the middle of a box
                continue
    return bytes(cleaned)


def _boxes(data: bytes, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places."""
    while start + 8 <= end:
        size, head = int.from_bytes(data[start : start + 4], "big"), 8
        kind = data[start + 4 : start + 8]
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        stop = end if size == 0 else start + size
        if stop < start + head or stop > end:
            return
        yield Box(kind, start + head, stop)
        start = stop


def _clear(cleaned: bytearray, boxes: list[Box], data: bytes) -> None:
    """Overwrite the items of a `meta` box that are metadata."""
    by_kind = {box.kind: box for box in boxes}
    if b"iinf" not in by_kind or b"iloc" not in by_kind:
        return
    kinds = dict(_item_kinds(data, by_kind[b"iinf"]))
    inside = by_kind[b"idat"].start if b"idat" in by_kind else 0
    ranges: list[tuple[int, int, bytes]] = []
    for item, method, start, length in _extents(data, by_kind[b"iloc"]):
        kind = kinds.get(item, b"")
        if kind in _META_BOXES and method in {_IN_FILE, _IN_META}:
            ranges.append((start + (inside if method == _IN_META else 0), length, kind))
    done = 0  # what is behind it is not yet overwritten: extents may name the same bytes many times
    for start, length, kind in sorted(ranges):
        stop = min(start + length if length else len(cleaned), len(cleaned))
        first = max(start, done)
        if first < stop:
            content = _EMPTY_EXIF if kind == b"Exif" and first == start and stop - start >= len(_EMPTY_EXIF) else b""
            cleaned[first:stop] = content + bytes(stop - first - len(content))
            done = stop


def _item_kinds(data: bytes, box: Box) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each item and its type, of the box `iinf`."""
    head = 6 if data[box.start] == 0 else 8  # version, flags, count
    for entry in _boxes(data, box.start + head, box.end):
        version = data[entry.start]
        if entry.kind == b"infe" and version == 2:  # noqa: PLR2004
            item, _, kind = struct.unpack(">HH4s", data[entry.start + 4 : entry.start + 12])
            yield item, kind
        elif entry.kind == b"infe" and version == 3:  # noqa: PLR2004
            item, _, kind = struct.unpack(">IH4s", data[entry.start + 4 : entry.start + 14])
            yield item, kind


def _extents(data: bytes, box: Box) -> Iterator[tuple[int, int, int, int]]:
    """Yield the parts of items: item, construction method, offset, length (0: to the end), of the box `iloc`."""
    at = box.start
    version = data[at]
    offset_size, length_size = data[at + 4] >> 4, data[at + 4] & 15
    base_size, index_size = data[at + 5] >> 4, data[at + 5] & 15 if version else 0
    number_size = 4 if version == 2 else 2  # noqa: PLR2004
    at += 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > box.end:
            raise IndexError
        at += size
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(number(number_size)):
        item = number(number_size)
        method = number(2) & 15 if version else _IN_FILE
        number(2)  # of the file with the data: this one
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            offset = number(offset_size)
            yield item, method, base + offset, number(length_size)
