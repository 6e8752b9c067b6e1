"""PNG files of bands: what Pillow reads of them is the canvas, whichever bands were compressed anew."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from notegen.social_cards.png import BAND, FILTER, compressed, encode, ramp
from tests.support.cases import all_cases

WIDTH, HEIGHT = 50, 2 * BAND + 7
PALETTE = bytes(range(48))


def blank() -> Image.Image:
    return Image.new("L", (FILTER + WIDTH, HEIGHT))


def opened(data: bytes) -> Image.Image:
    Image.open(BytesIO(data)).verify()  # checksums
    return Image.open(BytesIO(data))


def test_the_background_alone_is_a_picture() -> None:
    image = opened(encode(blank(), compressed(blank(), PALETTE), ()))
    assert (image.size, image.mode) == ((WIDTH, HEIGHT), "P")
    assert image.convert("RGB").getpixel((0, 0)) == (0, 1, 2)


@given(st.lists(st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1), st.integers(0, 15)), max_size=20))
def test_what_is_drawn_is_read_back(points: list[tuple[int, int, int]]) -> None:
    canvas = blank()
    for x, y, index in points:
        canvas.putpixel((FILTER + x, y), index)
    image = opened(encode(canvas, compressed(blank(), PALETTE), {y // BAND for _, y, _ in points}))
    assert image.tobytes() == canvas.crop((FILTER, 0, FILTER + WIDTH, HEIGHT)).tobytes()


@all_cases("steps", [1, 2, 15])
def test_a_ramp_ends_with_its_colour(steps: int) -> None:
    shades = ramp((0, 100, 255), (255, 100, 0), steps)
    assert (len(shades), tuple(shades[-3:])) == (3 * steps, (255, 100, 0))
    assert list(shades[::3]) == sorted(shades[::3])
