"""Photos lose what they tell of their making, and nothing else: the same pixels, colours and orientation."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from notegen.system.photos.metadata import without_metadata
from tests.support.cases import all_cases
from tests.support.pictures import exif, picture, png

SECRETS = (b"Ada's camera", b"GPSHERE", b"2026:01:02 03:04:05", b"a comment", b"xmp-secret", b"Photoshop 3.0")
KINDS = ("JPEG", "PNG", "WEBP")


def photo(kind: str, turn: int = 1) -> bytes:
    """Return a photo with every kind of metadata and a colour profile."""
    options: dict[str, Any] = {"exif": exif(turn), "icc_profile": PROFILE}
    if kind == "JPEG":
        options |= {"comment": b"a comment", "xmp": b"xmp-secret", "progressive": True, "quality": 90}
    if kind == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Author", "a comment")
        info.add_text("Long", "Ada's camera", zip=True)
        info.add_itxt("XML:com.adobe.xmp", "xmp-secret")
        options["pnginfo"] = info
    if kind == "WEBP":
        options |= {"xmp": b"xmp-secret", "lossless": True}
    data = picture(kind, 33, 17, **options)
    if kind == "JPEG":  # what Photoshop adds, and a film behind the picture
        data = data[:2] + b"\xff\xed\0\x12Photoshop 3.0\0\0\0" + data[2:] + b"GPSHERE"
    return data + b"a comment" if kind == "PNG" else data


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def opened(data: bytes) -> Image.Image:
    """Return an image, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


@all_cases("turn", [1, 3, 6, 8])
@all_cases("kind", KINDS)
def test_only_the_metadata_goes(kind: str, turn: int) -> None:
    data = photo(kind, turn)
    assert b"GPSHERE" in data
    stripped = without_metadata(data)
    before, after = opened(data), opened(stripped)
    assert after.tobytes() == before.tobytes(), "the pixels"
    assert ImageOps.exif_transpose(after).tobytes() == ImageOps.exif_transpose(before).tobytes(), "as they are shown"
    assert after.info["icc_profile"] == PROFILE
    assert dict(after.getexif()) == ({} if turn == 1 else {0x0112: turn})
    assert [secret for secret in SECRETS if secret in stripped] == []
    assert not {"comment", "Author", "Long", "xmp", "XML:com.adobe.xmp"} & after.info.keys()
    assert without_metadata(stripped) == stripped


@all_cases("kind", KINDS)
def test_a_picture_without_metadata_stays_to_the_byte(kind: str) -> None:
    plain = picture(kind, 33, 17)
    assert without_metadata(plain) == plain


def test_other_files_stay() -> None:
    for data in (b"", b"text", b"%PDF-1.7", b"GIF89a", b"\xff", b"RIFF\0\0\0\0WAVEfmt "):
        assert without_metadata(data) == data


def test_films_of_pictures_stay_films() -> None:
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue", "green")]
    for kind in ("PNG", "WEBP"):
        made = BytesIO()
        options: dict[str, Any] = {
            "save_all": True,
            "append_images": frames[1:],
            "duration": 100,
            "exif": exif(),
            "lossless": True,
        }
        frames[0].save(made, kind, **options)
        stripped = without_metadata(made.getvalue())
        assert b"GPSHERE" not in stripped
        image = Image.open(BytesIO(stripped))
        assert getattr(image, "n_frames", 1) == 3
        for number, frame in enumerate(frames):
            image.seek(number)
            assert image.convert("RGB").getpixel((4, 4)) == frame.getpixel((4, 4))


def test_previews_inside_a_jpeg_go() -> None:
    data = picture("JPEG", 16, 16)
    assert data[2:4] == b"\xff\xe0"
    thumbnail = struct.pack(">BB", 2, 2) + b"PREVIEW-RGB."
    jfif = b"\xff\xe0" + struct.pack(">H", 14 + len(thumbnail)) + data[6:18] + thumbnail
    jfxx = b"\xff\xe0\0\x10JFXX\0\x10PREVIEW!"
    multi = b"\xff\xe2\0\x0aMPF\0PREV"
    stripped = without_metadata(b"\xff\xd8" + jfif + jfxx + multi + data[20:] + data)
    assert stripped == data


def test_an_unknown_chunk_of_a_png_goes() -> None:
    plain = png(5, 3)
    secret = struct.pack(">I", 6) + b"caBXsecret" + struct.pack(">I", zlib.crc32(b"caBXsecret"))
    assert without_metadata(plain[:33] + secret + plain[33:]) == plain


@pytest.mark.parametrize("order", ["II", "MM"])
def test_a_strange_exif_block_turns_nothing(order: str) -> None:
    sign = "<" if order == "II" else ">"
    for block in (
        order.encode() + struct.pack(f"{sign}HI", 42, 4_000_000_000),
        order.encode() + struct.pack(f"{sign}HIH", 42, 8, 65535),
        order.encode() + struct.pack(f"{sign}HIHHHIHH", 42, 8, 1, 0x0112, 3, 1, 99, 0),
        b"??*\0",
    ):
        data = picture("JPEG", 8, 8)
        segment = b"\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block
        assert without_metadata(data[:2] + segment + data[2:]) == data


@given(st.sampled_from(KINDS), st.data())
def test_no_damage_is_too_much(kind: str, data: st.DataObject) -> None:
    whole = bytearray(photo(kind, 6))
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(2, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    stripped = without_metadata(cut)
    assert len(stripped) <= len(cut) + 60
    assert without_metadata(stripped) == stripped


def avif() -> bytes:
    """Return an AVIF photo with EXIF and XMP, with a film behind it as Samsung's motion photos have it."""
    return picture("AVIF", 33, 17, exif=exif(1), xmp=b"xmp-secret") + b"\0\0\0\x0fmpvdGPSHERE"


@pytest.mark.parametrize("brand", [b"avif", b"heic"])
def test_items_of_avif_and_heic_files_are_emptied_in_place(brand: bytes) -> None:
    data = avif()
    stripped = without_metadata(data.replace(b"ftypavif", b"ftyp" + brand))
    assert b"xmp-secret" in data
    assert [secret for secret in SECRETS if secret in stripped] == []
    assert without_metadata(stripped) == stripped
    after = opened(stripped.replace(b"ftyp" + brand, b"ftypavif"))
    assert after.tobytes() == opened(data).tobytes()
    assert dict(after.getexif()) == {}


@given(st.data())
def test_damaged_avif_files_never_raise_and_keep_their_length(data: st.DataObject) -> None:
    photo_bytes = bytearray(avif())
    for at in data.draw(st.lists(st.integers(8, len(photo_bytes) - 1), max_size=8)):
        photo_bytes[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(8, len(photo_bytes)))
    assert len(without_metadata(bytes(photo_bytes[:cut]))) <= cut


def test_an_avif_file_that_is_cut_off_stays_as_it_is() -> None:
    data = avif()
    assert len(without_metadata(data[: data.index(b"mdat") + 8])) == data.index(b"mdat") + 8
