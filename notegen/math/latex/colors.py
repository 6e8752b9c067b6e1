r"""Colours with names of their own, as LaTeX's xcolor and MathJax have them, and colours as the engines want them."""

import re

from notegen.math.latex.tokens import Token, read_argument, skip_spaces, spell
from notegen.text.patterns import lazy_regex

# Commands with colours among their arguments: how many come first.
COLOR_COMMANDS = {r"\color": 1, r"\textcolor": 1, r"\colorbox": 1, r"\fcolorbox": 2}
_NUMBERS = lazy_regex(r"\d*\.?\d+")
_HEX = lazy_regex(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_SCALES = {"rgb": 255.0, "RGB": 1.0, "gray": 255.0}


def read_color(stack: list[Token]) -> tuple[str, str] | str:
    """Take the three arguments of a colour's definition: its name and `#rrggbb`, or the fault in words."""
    name, model, value = (spell(read_argument(stack) or ()).strip() for _ in range(3))
    color = _hex(model, value)
    return (name, color) if name and color else r"a colour is defined as in \definecolor{brand}{RGB}{192,57,43}"


def _hex(model: str, value: str) -> str:
    if model == "HTML":
        return f"#{value.lower()}" if re.fullmatch("[0-9a-fA-F]{6}", value) else ""
    numbers = [float(number) for number in _NUMBERS.findall(value[:100])]
    if model == "gray":
        numbers = numbers[:1] * 3
    if model not in _SCALES or len(numbers) != len("rgb"):
        return ""
    levels = (min(255, round(number * _SCALES[model])) for number in numbers)
    return "#" + "".join(f"{level:02x}" for level in levels)


def css_color(name: str) -> str:
    """Return a colour of CSS as `#rrggbb`; what begins with `#` as it is, empty for a name that no browser knows."""
    from PIL import ImageColor

    if name.startswith("#"):
        return name
    if name.lower() not in ImageColor.colormap:
        return ""
    red, green, blue = ImageColor.getrgb(name)[:3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def spell_color(token: Token, stack: list[Token]) -> list[Token]:
    r"""Rewrite a colour command: math-core wants `#f00` as `\color[HTML]{ff0000}`; other colours are left alone.

    As all rules of rewrite.py: returns what to put out, takes from `stack` what is done with.
    """
    result = [token]
    for _ in range(COLOR_COMMANDS[token.text]):
        skip_spaces(stack)
        color = read_argument(stack) if stack and stack[-1].text == "{" else None
        if color is None:
            continue
        opener, closer = Token("{", token.start, token.end), Token("}", token.start, token.end)
        switch = Token(rf"\color[HTML]{{{hex_digits(spell(color))}}}", token.start, token.end)
        if hex_digits(spell(color)) and token.text == r"\color":
            return [switch]
        content = read_argument(stack) if hex_digits(spell(color)) and token.text == r"\textcolor" else None
        if content is not None:
            stack.extend(reversed([*content, closer]))
            return [opener, switch]
        result += [opener, *color, closer]
    return result


def hex_digits(color: str) -> str:
    """Return the six digits of a colour such as `#f00` or `#ff0000`; empty for another kind."""
    match = _HEX.fullmatch(color.strip())
    if match is None:
        return ""
    return match[1] if len(match[1]) == len("rrggbb") else "".join(2 * digit for digit in match[1])
