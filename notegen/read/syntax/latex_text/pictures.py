r"""The pictures of a figure of LaTeX, `\includegraphics`, alone or each in a `subfigure` or `minipage` with a caption.

Source: the documentation of graphicx, subcaption and subfig.
"""

from collections.abc import Iterator

import msgspec

from notegen.read.syntax.latex_text.groups import argument, group_end
from notegen.text.patterns import lazy_regex

_GRAPHIC = lazy_regex(r"\\includegraphics(?:\[([^\[\]\n]{0,200})\])?\{([^{}\n]{1,300})\}")
_WIDTH = lazy_regex(r"width\s{0,3}=\s{0,3}(\d?\.?\d{1,3})\\(?:text|line|column)width")
_PART_WIDTH = lazy_regex(r"\{(\d?\.?\d{1,3})\\(?:text|line|column)width\}")
_PART = lazy_regex(r"\\begin\{(?:subfigure|minipage)\}(?:\[[^\[\]\n]{0,20}\]){0,3}")
_END = lazy_regex(r"\\end\{(?:subfigure|minipage)\}")
_OLD = lazy_regex(r"\\sub(?:float|figure)\[([^\[\]\n]{0,500})\](?=\{)")


class Picture(msgspec.Struct, frozen=True):
    """A picture: its file, the share of the width of lines that it takes (0: not given), its caption and label."""

    path: str
    width: float = 0
    caption: str = ""
    label: str = ""


def take_pictures(body: str) -> tuple[list[Picture], str]:
    """Return the pictures in the body of a figure, and what else is in it."""
    first, *parts = _PART.split(body)
    pictures: list[Picture] = []
    others = [first]
    for part in parts:
        inside, *behind = _END.split(part, maxsplit=1)
        pictures += _part(inside, width_of(inside)) if behind else ()
        others.append(behind[0] if behind else inside)
    text = "".join(others)
    old, text = _old_parts(text)
    pictures += old
    pictures += [_picture(options, path) for options, path in _GRAPHIC.findall(text)]
    return pictures, text


def width_of(group: str) -> float:
    r"""Return the share of the width of lines that `{0.45\textwidth}` at the beginning of a text is; 0 for none."""
    width = _PART_WIDTH.match(group)
    return float(width[1]) if width else 0


def _part(inside: str, width: float) -> Iterator[Picture]:
    caption, label, inside = named(inside)
    for options, path in _GRAPHIC.findall(inside):
        yield msgspec.structs.replace(_picture(options, path), width=width, caption=caption, label=label)


def _old_parts(text: str) -> tuple[list[Picture], str]:
    r"""Take `\subfloat[caption]{\includegraphics{…}}` of subfig out of a text."""
    pictures: list[Picture] = []
    kept: list[str] = []
    at = 0
    for part in _OLD.finditer(text):
        close = group_end(text, part.end(), len(text))
        if part.start() < at or close < 0:
            continue
        caption, label, _ = named(r"\caption{" + part[1] + "}" + text[part.end() : close])
        graphics = [_picture(*graphic) for graphic in _GRAPHIC.findall(text[part.end() : close])]
        pictures += [msgspec.structs.replace(one, caption=caption, label=label) for one in graphics]
        kept.append(text[at : part.start()])
        at = close + 1
    return pictures, "".join((*kept, text[at:]))


def _picture(options: str, path: str) -> Picture:
    size = _WIDTH.search(options)
    return Picture(path.strip(), float(size[1]) if size else 0)


def named(body: str) -> tuple[str, str, str]:
    """Return the caption and the label in the body of a float, and what else is in it."""
    caption, body = argument(body, "caption")
    label, body = argument(body, "label")
    inner, caption = argument(caption, "label")
    return caption.strip(), (label or inner).strip(), body


def as_markdown(picture: Picture, *, sized: bool = True) -> str:
    """Return a picture as Markdown; `sized`: with its width."""
    width = f" width={round(picture.width * 100)}%" if sized and 0 < picture.width <= 1 else ""
    attributes = f"{f'#{picture.label}' if picture.label else ''}{width}".strip()
    words = " ".join(picture.caption.split())
    title = "" if picture.label or not words else ' "' + words.replace('"', r"\"") + '"'
    return f"![{words}]({picture.path}{title})" + (f"{{{attributes}}}" if attributes else "")


def columns_of(pictures: list[Picture]) -> int:
    """Return how many pictures stand in a row."""
    widest = max(picture.width for picture in pictures)
    return max(1, min(len(pictures), int(1 / widest + 0.05))) if widest else min(len(pictures), 3)
