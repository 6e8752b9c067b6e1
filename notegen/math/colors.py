r"""Colours with names of their own: `\\definecolor{name}{model}{numbers}`, as LaTeX's xcolor and MathJax have it."""

import re

from notegen.math.tokens import Token, read_argument, spell

# Commands with colours among their arguments: how many come first.
COLOR_COMMANDS = {r"\color": 1, r"\textcolor": 1, r"\colorbox": 1, r"\fcolorbox": 2}
_NUMBERS = re.compile(r"\d*\.?\d+")
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
