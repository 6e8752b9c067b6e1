"""The words of a TikZ picture, unseen over the outlines that show them: to be selected, found and read aloud.

dvisvgm writes a picture twice: with outlines, which look the same everywhere, and with text and the fonts of TeX. The
texts of the latter, where they stand, are added to the former. Source: dvisvgm's manual, `--font-format`.
"""

import unicodedata
from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, ParseError, fromstring

from notegen.text.patterns import lazy_regex

_CLASS = lazy_regex(
    r"text\.(?P<name>\w{1,20}+)[ ]?\{font-family:(?P<family>[^;{}]{1,99}+);font-size:(?P<size>[\d.]{1,20}+)px"
)
_SPACE = 0.12  # of the size of letters: a gap between words; kerning moves letters by less
_SVG = "{http://www.w3.org/2000/svg}"


def with_text(outlines: str, written: str) -> str:
    """Return the SVG of a picture with its words as unseen text in it. `written`: the same picture with text."""
    try:
        root = fromstring(written)  # noqa: S314 - what dvisvgm has just made
    except ParseError:
        return outlines
    end = outlines.rfind("</svg>")
    texts = "".join(_groups(root, _Fonts(root)))
    return f"{outlines[:end]}<g fill-opacity='0'>{texts}</g>\n{outlines[end:]}" if texts and end >= 0 else outlines


class _Fonts:
    """What a picture says of its fonts: sizes by the class of texts, widths of letters in parts of the size."""

    def __init__(self, root: Element) -> None:
        style = "".join(element.text or "" for element in root.iter(f"{_SVG}style"))
        self._classes = {item["name"]: (item["family"], float(item["size"])) for item in _CLASS.finditer(style)}
        self._widths = {font.get("id", ""): dict(_widths(font)) for font in root.iter(f"{_SVG}font")}

    def size(self, text: Element) -> float:
        return self._classes.get(text.get("class", ""), ("", 10.0))[1]

    def width(self, text: Element, letters: str) -> float:
        """Return how wide letters of a text are."""
        family, size = self._classes.get(text.get("class", ""), ("", 10.0))
        widths = self._widths.get(family, {})
        return size * sum(widths.get(letter, 0.5) for letter in letters)


def _widths(font: Element) -> Iterator[tuple[str, float]]:
    face = font.find(f"{_SVG}font-face")
    units = float(face.get("units-per-em", "1000")) if face is not None else 1000.0
    for glyph in font.iter(f"{_SVG}glyph"):
        yield glyph.get("unicode", ""), float(glyph.get("horiz-adv-x", "0")) / units


def _groups(element: Element, fonts: _Fonts) -> Iterator[str]:
    """Yield the texts below an element, those of one group as one, inside what moves them."""
    texts = [child for child in element if child.tag == f"{_SVG}text"]
    inner = "".join(part for child in element if child.tag == f"{_SVG}g" for part in _groups(child, fonts))
    inner = (_line(texts, fonts) if texts else "") + inner
    moved = element.get("transform")
    if inner:
        yield f"<g transform='{escape(moved)}'>{inner}</g>" if moved else inner


def _line(texts: list[Element], fonts: _Fonts) -> str:
    """Return texts as one, each run of letters at its place, a space where there is a gap or another line."""
    parts: list[str] = []
    end: tuple[float, float] | None = None
    for text in texts:
        size = fonts.size(text)
        for x, y, letters in _runs(text):
            is_apart = end is not None and (x - end[0] > _SPACE * size or abs(y - end[1]) > size)
            words = unicodedata.normalize("NFKC", letters)  # of a ligature its letters
            parts.append(f"{' ' if is_apart else ''}</tspan>" if parts else "")
            parts.append(f"<tspan x='{x:g}' y='{y:g}' font-size='{size:g}'>{escape(words)}")
            end = (x + fonts.width(text, letters), y)
    return f"<text>{''.join(parts)}</tspan></text>" if parts else ""


def _runs(text: Element) -> Iterator[tuple[float, float, str]]:
    """Yield the runs of letters of a text with their places."""
    x, y = float(text.get("x", "0")), float(text.get("y", "0"))
    if text.text:
        yield x, y, text.text
    for span in text:
        x, y = float(span.get("x", x)), float(span.get("y", y))
        if span.text:
            yield x, y, span.text
