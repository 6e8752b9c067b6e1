"""The outlines of a TrueType font as woff2 has them: each step from point to point in as few bytes as it takes.

The W3C's "WOFF File Format 2.0", sections 5.1 to 5.4.
"""

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

_ON_CURVE, _SHORT_X, _SHORT_Y, _REPEAT, _SAME_X, _SAME_Y, _OVERLAP = (1 << bit for bit in range(7))  # a point's flags
_HEAD = 10  # bytes of a glyph before its points: the number of its contours and its box
_QUADRATIC = b"\0\0"  # curves of the second degree
_NO_BEARINGS = 0b11
_FAR = 1 << 15
_STRAIGHT, _SHORT, _MIDDLE, _LONG = 1280, 64, 768, 4096  # from which on a step takes more bytes


class _Glyph(NamedTuple):
    """What each stream gets of a glyph, whether its contours overlap, and where they begin on the left."""

    contours: int = 0
    points: bytes = b""
    marks: bytes = b""
    steps: bytes = b""
    overlaps: bool = False
    left: int = 0


def pack_outlines(tables: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the tables `glyf` and `loca` in their transformed form, `hmtx` too where it has one.

    Every glyph must have an outline of its own, without hints. A font with curves of the third degree, for which there
    is no such form, gives nothing.
    """
    if tables["head"][52:54] != _QUADRATIC:
        return {}
    long = tables["head"][51]
    kind, unit = ("L", 1) if long else ("H", 2)
    places = [unit * place for (place,) in struct.iter_unpack(f">{kind}", tables["loca"])]
    glyphs = [_glyph(tables["glyf"][start:end]) for start, end in pairwise(places)]
    streams = (
        struct.pack(f">{len(glyphs)}H", *(glyph.contours for glyph in glyphs)),
        b"".join(glyph.points for glyph in glyphs),
        b"".join(glyph.marks for glyph in glyphs),
        b"".join(glyph.steps for glyph in glyphs),
        b"",  # glyphs put together from others
        bytes(-(-len(glyphs) // 32) * 4),  # which glyphs bring a box
        b"",  # hints
    )
    overlaps = _overlaps(glyphs)
    header = struct.pack(">HHHH7L", 0, bool(overlaps), len(glyphs), long, *map(len, streams))
    return {"glyf": header + b"".join(streams) + overlaps, "loca": b""} | _metrics(tables, glyphs)


def _overlaps(glyphs: Sequence[_Glyph]) -> bytes:
    """Return one bit a glyph, the first one highest; nothing where no contours overlap."""
    bits = "".join("01"[glyph.overlaps] for glyph in glyphs)
    size = -(-len(bits) // 8)
    return int(bits.ljust(size * 8, "0"), 2).to_bytes(size, "big") if "1" in bits else b""


def _metrics(tables: Mapping[str, bytes], glyphs: Sequence[_Glyph]) -> dict[str, bytes]:
    """Return `hmtx` without left side bearings when all say where the outlines begin, so that decoders can tell."""
    count, table = int.from_bytes(tables["hhea"][34:36], "big"), tables["hmtx"]
    advances, lefts = zip(*struct.iter_unpack(">Hh", table[: 4 * count]), strict=True)
    lefts += struct.unpack(f">{len(glyphs) - count}h", table[4 * count :])
    if any(glyph.contours and glyph.left != left for glyph, left in zip(glyphs, lefts, strict=True)):
        return {}
    return {"hmtx": struct.pack(f">B{count}H", _NO_BEARINGS, *advances)}


def _glyph(data: bytes) -> _Glyph:
    """Return the streams of a glyph as it stands in `glyf`."""
    contours = int.from_bytes(data[:2], "big")
    if not contours:
        return _Glyph()
    from fontTools.ttLib.woff2 import pack255UShort

    body = _HEAD + 2 * contours
    ends = struct.unpack(f">{contours}H", data[_HEAD:body])
    flags, xs, ys = _points(data, body, ends[-1] + 1)
    points = b"".join(pack255UShort(end - before) for before, end in pairwise((-1, *ends)))
    marks, steps = zip(*map(_triplet, flags, xs, ys), strict=True)
    left, right, low, top = (end(accumulate(line)) for line in (xs, ys) for end in (min, max))
    if min(left, low) < -_FAR or max(right, top) >= _FAR:
        raise ValueError("the points of a glyph are further away than a font can say")
    no_hints = pack255UShort(0)
    return _Glyph(contours, points, bytes(marks), b"".join(steps) + no_hints, bool(flags[0] & _OVERLAP), left)


def _points(data: bytes, at: int, count: int) -> tuple[bytearray, list[int], list[int]]:
    """Return each point's flags and its steps to the right and upwards from the one before it."""
    at += 2 + int.from_bytes(data[at : at + 2], "big")
    flags = bytearray()
    while len(flags) < count:
        flag = data[at]
        at += 1
        if flag & _REPEAT:
            flags += bytes((flag,)) * (data[at] + 1)
            at += 1
        else:
            flags.append(flag)
    if len(flags) != count:
        raise ValueError("the points of a glyph are not as many as its contours say")
    xs, at = _steps(data, at, flags, _SHORT_X, _SAME_X)
    ys, at = _steps(data, at, flags, _SHORT_Y, _SAME_Y)
    return flags, xs, ys


def _steps(data: bytes, at: int, flags: bytearray, short: int, same: int) -> tuple[list[int], int]:
    """Return one coordinate's steps, and where they end; `same` is the sign of a short one."""
    steps = []
    for flag in flags:
        if flag & short:
            steps.append(data[at] if flag & same else -data[at])
            at += 1
        elif flag & same:
            steps.append(0)
        else:
            steps.append(((data[at] << 8 | data[at + 1]) ^ 0x8000) - 0x8000)
            at += 2
    return steps, at


def _triplet(flags: int, x: int, y: int) -> tuple[int, bytes]:
    """Return the step to a point as a mark, which says how long a step it is and where to, and its other bytes."""
    mark = 0 if flags & _ON_CURVE else 128
    wide, high, right, up = abs(x), abs(y), x >= 0, y >= 0
    if x == 0 and high < _STRAIGHT:
        return mark + (high >> 8) * 2 + up, bytes((high & 0xFF,))
    if y == 0 and wide < _STRAIGHT:
        return mark + 10 + (wide >> 8) * 2 + right, bytes((wide & 0xFF,))
    mark += right + 2 * up
    a, b = wide - 1, high - 1
    if a < _SHORT and b < _SHORT:
        return mark + 20 + (a >> 4) * 16 + (b >> 4) * 4, bytes(((a & 0xF) << 4 | b & 0xF,))
    if a < _MIDDLE and b < _MIDDLE:
        return mark + 84 + (a >> 8) * 12 + (b >> 8) * 4, bytes((a & 0xFF, b & 0xFF))
    if wide < _LONG and high < _LONG:
        return mark + 120, (wide << 12 | high).to_bytes(3, "big")
    return mark + 124, struct.pack(">HH", wide, high)
