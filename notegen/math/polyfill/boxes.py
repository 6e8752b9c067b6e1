r"""Boxes that math-core does not know: sizes, colours behind, rules, what is shifted or takes no space.

The functions are rules of rules.py. A box is a group between marks; lengths are in em, colours six digits.
"""

from collections.abc import Sequence
from functools import lru_cache

from notegen.math.latex.colors import css_color, hex_digits
from notegen.math.latex.row_spacing import read_length
from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces, spell
from notegen.math.math_core import engine, to_mathml
from notegen.math.polyfill.marks import ATOM, grouped, mark, wrapped
from notegen.math.polyfill.text import as_text

# The sizes of LaTeX at ten points, as KaTeX has them.
SIZES = {
    r"\tiny": "0.5",
    r"\sixptsize": "0.6",
    r"\scriptsize": "0.7",
    r"\footnotesize": "0.8",
    r"\small": "0.9",
    r"\normalsize": "1",
    r"\large": "1.2",
    r"\Large": "1.44",
    r"\LARGE": "1.728",
    r"\huge": "2.074",
    r"\Huge": "2.488",
}
# How far each shifts its content, in hundredths of its width; and those that hold text.
LAPS = {
    r"\mathrlap": "0",
    r"\mathclap": "-50",
    r"\mathllap": "-100",
    r"\rlap": "0",
    r"\clap": "-50",
    r"\llap": "-100",
}
_TEXT_LAPS = frozenset({r"\rlap", r"\clap", r"\llap"})
_OPENERS = frozenset({"{", r"\left", r"\begin"})
_CLOSERS = frozenset({"}", r"\right", r"\end"})
# What ends the size of the letters on the same level of braces: cells, rows, tags, fractions, another size.
_INFIX = {r"\over", r"\atop", r"\choose", r"\brace", r"\brack", r"\above"}
_ENDS = frozenset({"&", r"\\", r"\tag*", r"\middle"}) | _INFIX | SIZES.keys()


def read_size(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\large` changes the size of what follows in its group."""
    content = _read_scope(stack)
    stack.extend(reversed(wrapped(token, content, "size", SIZES[token.text])))
    return []


def _read_scope(stack: list[Token]) -> list[Token]:
    """Take everything up to the end of the group or the cell."""
    content: list[Token] = []
    depth = 0
    while stack:
        name = stack[-1].text.partition("{")[0] or "{"
        if depth == 0 and (name in _CLOSERS or name in _ENDS):
            break
        depth += (name in _OPENERS) - (name in _CLOSERS)
        token = stack.pop()
        content += [token, *(_read_index(token, stack) if token.text == r"\sqrt" else ())]
    return content


def read_root(token: Token, stack: list[Token]) -> list[Token]:
    r"""The index of a root is a group, where a size ends."""
    stack.extend(reversed(_read_index(token, stack)))
    return [token]


def _read_index(token: Token, stack: list[Token]) -> list[Token]:
    index = read_bracket(stack)
    return [] if index is None else [token._replace(text="["), *grouped(token, index), token._replace(text="]")]


def read_smash(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\smash[t]{x}` has no height, `\smash[b]{x}` no depth."""
    sides = spell(read_bracket(stack) or ()).strip() or "tb"
    return _box(token, stack, "smash", "".join(side for side in "tb" if side in sides))


def read_lap(token: Token, stack: list[Token]) -> list[Token]:
    """Content that takes no width."""
    return _box(token, stack, "lap", LAPS[token.text], text=token.text in _TEXT_LAPS)


def read_circle(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\textcircled{a}`."""
    return _box(token, stack, "circle", text=True)


def read_strike(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\sout{x}`: math-core takes it in text only."""
    return _box(token, stack, "strike")


def read_raise(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\raisebox{0.5em}{text}`: math-core takes words only."""
    height = _length(read_argument(stack))
    return [token] if height is None else _box(token, stack, "raise", f"{height:.3g}", text=True)


def read_frame(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\fbox{text}`: math-core takes words only."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    stack.extend(reversed(grouped(token, as_text(token, argument))))
    return [token._replace(text=r"\boxed")]


def read_color_box(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\colorbox{yellow}{text}`, and `\fcolorbox{red}{yellow}{text}` with a border; unknown colours show nothing."""
    count = 2 if token.text == r"\fcolorbox" else 1
    colors = [spell(read_argument(stack) or ()).strip() for _ in range(count)]
    if not all(hex_digits(color) or (color.isascii() and color.isalpha()) for color in colors):
        return [token]
    digits = [hex_digits(color) or css_color(color).removeprefix("#") for color in reversed(colors)]
    return _box(token, stack, "box", *digits, text=True)


def read_color(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\textcolor{name}{x}` and `\color{name}`: a colour that math-core does not know, but CSS; or no colour."""
    if stack and stack[-1].text == "[":
        return [token]
    argument = read_argument(stack)
    name = spell(argument or ()).strip()
    if argument is None or not (name.isascii() and name.isalpha()) or _is_known(name):
        stack.extend(reversed(() if argument is None else grouped(token, argument)))
        return [token]
    color = css_color(name).removeprefix("#")
    switch = [token._replace(text=rf"\color[HTML]{{{color}}}")] if color else []
    content = read_argument(stack) if token.text == r"\textcolor" else None
    if content is None:
        return switch
    stack.extend(reversed([*content, token._replace(text="}")]))
    return [token._replace(text="{"), *switch]


@lru_cache(maxsize=256)
def _is_known(color: str) -> bool:
    """True for the name of a colour that math-core knows."""
    return isinstance(to_mathml(engine(), rf"\color{{{color}}}", display=False), str)


def read_rule(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\rule[shift]{width}{height}`."""
    option = read_bracket(stack)
    lengths = [_length(read_argument(stack)), _length(read_argument(stack)), 0.0 if option is None else _length(option)]
    known = [f"{length:.4g}" for length in lengths if length is not None]
    return [mark(token, ATOM, "rule", *known)] if len(known) == len(lengths) else [token]


def read_space(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\kern{1em}` and `\hspace*{1em}`: math-core knows neither the braces nor the star."""
    if stack and stack[-1].text == "*":
        stack.pop()
    skip_spaces(stack)
    if not stack or stack[-1].text != "{":
        return [token]
    length = spell(read_argument(stack) or ())
    name = r"\mspace" if length.strip().endswith("mu") else r"\hspace"
    return [token._replace(text=f"{name}{{{length}}}")]


def read_verbatim(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\verb|text|`, and `\verb*` where spaces are seen."""
    space = "\u00a0"
    if stack and stack[-1].text == "*":
        stack.pop()
        space = "␣"
    delimiter = stack.pop().text if stack else " "
    texts: list[str] = []
    while stack and stack[-1].text != delimiter:
        texts.append(stack.pop().text)
    if not stack or len(delimiter) > 1 or delimiter.isspace():
        return [token]
    stack.pop()
    text = "".join(texts).replace(" ", space)
    return [mark(token, ATOM, "verbatim", text.encode("utf-8", "replace").hex())]


def _box(token: Token, stack: list[Token], *words: str, text: bool = False) -> list[Token]:
    """Put the next argument, text or not, between marks."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    content = as_text(token, argument) if text else argument
    stack.extend(reversed(wrapped(token, content, *words)))
    return []


def _length(tokens: Sequence[Token] | None) -> float | None:
    """Return a length in em; None when it is none."""
    return None if tokens is None else read_length(spell(tokens))
