"""What comes of a diagram's source: a drawing, or what its author has to mend."""

from types import MappingProxyType
from xml.etree.ElementTree import Element

import msgspec

from notegen.diagrams.svg.cascade import resolve_styles
from notegen.diagrams.svg.dark_colors import adapt_colors
from notegen.diagrams.svg.elements import SvgError, read_svg
from notegen.diagrams.svg.emphasis import Looks, emphasise
from notegen.diagrams.svg.labels import scale_letters, set_formulas
from notegen.diagrams.svg.markers import draw_markers
from notegen.diagrams.svg.write import Drawing, write_drawing
from notegen.diagrams.theme import TOKENS
from notegen.text.patterns import lazy_regex

MOST_TEXT = 100_000  # characters of a source
LARGEST = 2_000_000  # characters of a drawing
_NUMBER = lazy_regex(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_BOX = 4  # numbers of a view box


class Mistake(msgspec.Struct, frozen=True):
    """Why there is no drawing: a code of model/codes.py, its message, the line in the source from 1, a hint."""

    code: str
    message: str
    line: int = 0
    hint: str = ""


def finish(
    svg: str, scale: float = 1.0, letters: float = 1.0, looks: Looks = MappingProxyType({})
) -> Drawing | Mistake:
    """Return what a program has drawn as it stands in a page.

    `scale`: CSS pixels for a unit of its view box; `letters`: how large letters are, of the size that they were given;
    `looks`: labels with words in bold or italics.
    """
    try:
        root = read_svg(svg)
    except SvgError as error:
        return Mistake("diagram-syntax", f"a diagram could not be drawn: {error}")
    resolve_styles(root)
    scale_letters(root, letters)
    set_formulas(root)
    emphasise(root, looks)
    draw_markers(root)
    adapt_colors(root, TOKENS)
    width, height = _size(root)
    drawing = write_drawing(root, (width * scale, height * scale))
    if len(drawing.svg) > LARGEST:
        return Mistake("diagram-large", f"a diagram of {len(drawing.svg)} characters is more than a page holds")
    return drawing


def too_long(source: str) -> Mistake | None:
    """Return what is wrong with a source that is longer than any diagram that can be read."""
    if len(source) <= MOST_TEXT:
        return None
    return Mistake("diagram-large", f"a diagram of {len(source)} characters: at most {MOST_TEXT} are drawn")


def _size(root: Element) -> tuple[float, float]:
    """Return width and height of the view box, which is made where it is missing."""
    numbers = [float(number) for number in _NUMBER.findall(root.get("viewBox", ""))]
    if len(numbers) != _BOX:
        sides = [_NUMBER.match(root.get(name, "")) for name in ("width", "height")]
        numbers = [0.0, 0.0, *(float(side[0]) if side else 100.0 for side in sides)]
        root.set("viewBox", " ".join(f"{number:g}" for number in numbers))
    return max(numbers[2], 1.0), max(numbers[3], 1.0)
