"""Text as a terminal shows it, as HTML: colours as classes, lines that were written over in their last state.

Source: ECMA-48, 8.3.117 (SGR); xterm's control sequences.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

import msgspec

from notegen.text.characters import C1_CONTROL, CONTROL_IN_TEXT
from notegen.text.patterns import lazy_regex

_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
# A control sequence, an operating system command (a title, a link), or another escape of two characters.
_SEQUENCE = lazy_regex(
    r"\x1b(?:\[(?P<parameters>[0-9;:<=>?]{0,200})[ -/]{0,9}(?P<final>[@-~])|\][^\x07\x1b]{0,2000}(?:\x07|\x1b\\)?"
    r"|[()*+][ -~]|[ -~])"
)
_CONTROL = lazy_regex(f"[{CONTROL_IN_TEXT}{C1_CONTROL}\r]")
_BOLD, _FAINT, _ITALIC, _UNDERLINE, _INVERSE = 1, 2, 3, 4, 7
_STYLES = {_BOLD: "bold", _FAINT: "faint", _ITALIC: "italic", _UNDERLINE: "underline", _INVERSE: "inverse"}
_OFF = {22: (_BOLD, _FAINT), 23: (_ITALIC,), 24: (_UNDERLINE,), 27: (_INVERSE,)}
_EXTENDED, _BACKGROUND = 38, 48
_LONGEST_LINE = 20_000  # characters of a line that are shown


class _Style(msgspec.Struct, frozen=True):
    """The style of text: the name of its colour, of the one behind it, and the numbers of its styles."""

    colour: str = ""
    behind: str = ""
    styles: frozenset[int] = frozenset()

    @property
    def classes(self) -> str:
        names = [f"ansi-{self.colour}"] if self.colour else []
        names += [f"ansi-on-{self.behind}"] if self.behind else []
        return " ".join([*names, *(f"ansi-{_STYLES[number]}" for number in sorted(self.styles))])


_PLAIN = _Style()


def written(text: str) -> str:
    r"""Return the text that stays: of a line that was written over (`\r`, as progress bars do) its last state."""
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(map(_last_state, text.replace("\r\n", "\n").split("\n")))


def _last_state(line: str) -> str:
    states = [state for state in line.split("\r") if state.strip() and _SEQUENCE.sub("", state).strip()]
    last = states[-1] if states else line.replace("\r", "")
    if "\b" not in last:
        return last
    kept: list[str] = []
    for character in last:
        if character != "\b":
            kept.append(character)
        elif kept:
            kept.pop()
    return "".join(kept)


def ansi_html(text: str) -> str:
    """Return text with escape sequences as HTML: `<span class="ansi-red ansi-bold">`. Linear in time."""
    if "\x1b" not in text and not _CONTROL.search(text):
        return escape(text, quote=False)
    parts: list[str] = []
    style, at = _PLAIN, 0
    for match in _SEQUENCE.finditer(text):
        parts.append(_span(text[at : match.start()], style))
        at = match.end()
        if match["final"] == "m":
            style = _changed(style, match["parameters"])
    parts.append(_span(text[at:], style))
    return "".join(parts)


def _span(text: str, style: _Style) -> str:
    if not text:
        return ""
    html = escape(_CONTROL.sub("", text), quote=False)
    return f'<span class="{style.classes}">{html}</span>' if style != _PLAIN else html


def _changed(style: _Style, parameters: str) -> _Style:
    """Return the style behind a sequence that sets it."""
    numbers = [int(part) if part.isdecimal() and len(part) <= 3 else 0 for part in re.split("[;:]", parameters)]  # noqa: PLR2004
    codes = iter(numbers)
    for code in codes:
        style = _with(style, code, codes)
    return style


def _with(style: _Style, code: int, following: Iterator[int]) -> _Style:
    if code == 0:
        return _PLAIN
    if code in _STYLES:
        return msgspec.structs.replace(style, styles=style.styles | {code})
    if code in _OFF:
        return msgspec.structs.replace(style, styles=style.styles - {*_OFF[code]})
    if code in {_EXTENDED, _BACKGROUND}:
        name = _extended(following)
        return msgspec.structs.replace(style, **{"colour" if code == _EXTENDED else "behind": name})
    tens, number = divmod(code, 10)
    if tens in {3, 9, 4, 10} and (number < len(_NAMES) or number == 9):  # noqa: PLR2004  39 and 49: none
        name = _NAMES[number] if number < len(_NAMES) else ""
        return msgspec.structs.replace(style, **{"colour" if tens in {3, 9} else "behind": name})
    return style


def _extended(following: Iterator[int]) -> str:
    """Return the name of the nearest colour to one of 256 (`5;n`), or to one of red, green and blue (`2;r;g;b`)."""
    kind = next(following, 0)
    if kind == 5:  # noqa: PLR2004
        return _of_256(next(following, 0))
    if kind == 2:  # noqa: PLR2004
        return _nearest([next(following, 0) for _ in range(3)])
    return ""


def _of_256(number: int) -> str:
    if number < 2 * len(_NAMES):
        return _NAMES[number % len(_NAMES)]
    if number < 232:  # noqa: PLR2004  a cube of 6 x 6 x 6
        levels = (0, 95, 135, 175, 215, 255)
        red, others = divmod(number - 16, 36)
        return _nearest([levels[red], levels[others // 6], levels[others % 6]])
    return _nearest([8 + 10 * (number - 232)] * 3)


def _nearest(rgb: Sequence[int]) -> str:
    """Return the name of the colour with the hue of one: where a part is more than the half of the largest."""
    largest, smallest = max(rgb), min(rgb)
    if largest - smallest < 40:  # noqa: PLR2004  grey
        return "white" if largest > 127 else "black"  # noqa: PLR2004
    middle = (largest + smallest) / 2
    return _NAMES[sum(1 << index for index, part in enumerate(rgb) if part > middle)]


def cut_lines(text: str) -> list[str]:
    """Return the lines of a text, very long ones cut."""
    return [line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + "…" for line in text.split("\n")]
