r"""The package siunitx: `\qty{9.81}{\metre\per\second\squared}`, `\SI`, `\num`, `\unit`, `\ang`, ranges and lists.

Numbers are grouped and units set upright as the package does by itself; of its options `per-mode` is heard. What is
no number is shown as it is written. Source: the manual of siunitx, version 3.
"""

from collections.abc import Sequence

import msgspec

from notegen.math.latex.commands import engine_knows
from notegen.math.latex.tokens import Token, is_word, read_argument, read_bracket, skip_spaces, spell
from notegen.math.packages import physics
from notegen.math.packages.numbers import is_number, number
from notegen.math.packages.rule import Fault, Meaning, Part, Rule, named, plain, take_group, take_groups, take_option
from notegen.math.packages.units import ABBREVIATIONS, POWERS, PREFIXES, UNITS
from notegen.text.suggestions import close_matches

_THIN = r"\,"
_TO = r"\text{ to }"
_CLOSE: tuple[Part, ...] = (UNITS["degree"], UNITS["arcminute"], UNITS["arcsecond"])
_ANGLE_SIGNS = (r"^{\circ}", "'", "''")


class _Factor(msgspec.Struct):
    """One unit of a product: its sign, its power, whether it stands below the line."""

    sign: list[Part] = []
    power: list[Part] = []
    below: bool = False


def _unit(tokens: list[Token], options: str = "") -> list[Part] | Fault:
    r"""Return a unit, written in commands (`\kilo\gram`) or in letters (`kg.m/s^2`), as LaTeX."""
    if not any(is_word(token.text) for token in tokens):
        return _literal(tokens)
    factors = _factors(tokens)
    return factors if isinstance(factors, Fault) else _product(factors, options)


def _literal(tokens: Sequence[Token]) -> list[Part]:
    parts: list[Part] = [r"\mathrm{"]
    for token in tokens:
        if token.text in {".", "~"}:
            parts.append("}" + _THIN + r"\mathrm{")
        elif not token.text.isspace():
            parts.append([token])
    return [*parts, "}"]


def _factors(tokens: list[Token]) -> list[_Factor] | Fault:
    """Read the units of a product, each with what is written before and behind it."""
    stack = tokens[::-1]
    factors: list[_Factor] = []
    factor = _Factor()
    while stack:
        token = stack.pop()
        if token.text.isspace() or token.text in {".", "~"} or _before(token, stack, factor):
            continue
        if factors and not factor.sign and _behind(token, stack, factors[-1]):
            continue
        sign = _sign(token, stack)
        if isinstance(sign, Fault):
            return sign
        factor.sign += sign
        factors.append(factor)
        factor = _Factor()
    return [*factors, factor] if factor.sign else factors


def _before(token: Token, stack: list[Token], factor: _Factor) -> bool:
    r"""Take what stands before a unit: `\per`, `\kilo`, `\square`."""
    name = token.text[1:]
    if token.text == r"\per":
        factor.below = True
    elif token.text == r"\raiseto":
        factor.power = [read_argument(stack) or []]
    elif token.text in {r"\square", r"\cubic"}:
        factor.power = [POWERS[name]]
    elif token.text[0] == "\\" and name in PREFIXES:
        factor.sign += [PREFIXES[name]]
    else:
        return False
    return True


def _behind(token: Token, stack: list[Token], factor: _Factor) -> bool:
    r"""Take what stands behind a unit: `\squared`, `\tothe{4}`, `^4`, `\of{x}`."""
    name = token.text[1:]
    if token.text[0] == "\\" and name in POWERS:
        factor.power = [POWERS[name]]
    elif token.text in {r"\tothe", "^"}:
        factor.power = [read_argument(stack) or []]
    elif token.text == r"\of":
        factor.sign += ["_{", read_argument(stack) or [], "}"]
    else:
        return False
    return True


def _sign(token: Token, stack: list[Token]) -> list[Part] | Fault:
    """Return the sign of a unit that is named by a command, or written in letters."""
    name = token.text[1:]
    if not is_word(token.text):
        letters = [token]
        if token.text == "{":
            stack.append(token)
            letters = read_argument(stack) or []
        while stack and stack[-1].text.isalpha() and token.text.isalpha():
            letters.append(stack.pop())
        return [letters]
    if name in UNITS:
        return [UNITS[name]]
    if name in ABBREVIATIONS:
        return [ABBREVIATIONS[name]]
    if engine_knows(name):
        argument = take_group(stack)
        return [[token]] if argument is None else [[token], "{", argument, "}"]
    close = close_matches(name, (*UNITS, *PREFIXES), n=1)
    hint = f"did you mean \\{close[0]}?" if close else rf"define it: \DeclareSIUnit{{{token.text}}}{{…}}"
    return Fault(f"siunitx has no unit {token.text}", hint, token)


def _product(factors: Sequence[_Factor], options: str) -> list[Part]:
    """Return the product of units; by the options what stands below the line is so, or has a negative power."""
    mode = options.partition("per-mode")[2].lstrip(" =").partition(",")[0].strip()
    above = [factor for factor in factors if not factor.below]
    below = [factor for factor in factors if factor.below]
    if below and mode in {"fraction", "symbol", "repeated-symbol", "symbol-or-fraction", "single-symbol"}:
        numerator, denominator = _joined(above) or ["1"], _joined(below)
        if mode in {"fraction", "symbol-or-fraction"}:
            return [r"\frac{", *numerator, "}{", *denominator, "}"]
        if len(below) > 1:
            denominator = ["(", *denominator, ")"]
        return [*numerator, "/", *denominator]
    return _joined(factors, negative=True)


def _joined(factors: Sequence[_Factor], *, negative: bool = False) -> list[Part]:
    parts: list[Part] = []
    for number_of, factor in enumerate(factors):
        minus = "-" if negative and factor.below else ""
        power = factor.power or (["1"] if minus else [])
        sign: list[Part] = [r"\mathrm{", *factor.sign, "}"]
        raised: list[Part] = ["^{", minus, *power, "}"] if power else []
        parts += [*([_THIN] if number_of else []), *sign, *raised]
    return parts


def _with_unit(written: list[Token], unit: Sequence[Part]) -> list[Part]:
    """Return a number with its unit; degrees and minutes of an angle stand close."""
    close = len(unit) > 1 and unit[1] in _CLOSE
    return [*number(written), *([] if close or not unit else [_THIN]), *unit]


def _number(stack: list[Token]) -> Meaning | None:
    take_option(stack)
    groups = take_groups(stack, 1)
    return None if groups is None else number(groups[0])


def _unit_alone(stack: list[Token]) -> Meaning | Fault | None:
    options, groups = spell(take_option(stack)), take_groups(stack, 1)
    return None if groups is None else _unit(groups[0], options)


def _quantity(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\qty{1.5}{\kilo\gram}` or `\SI[per-mode=symbol]{1.5}[pre]{kg}`."""
    options = spell(take_option(stack))
    value = take_group(stack)
    before = [] if value is None else take_option(stack)
    unit_tokens = take_group(stack) if value is not None else None
    if value is None or unit_tokens is None:
        return None
    unit = _unit(unit_tokens, options)
    return unit if isinstance(unit, Fault) else [before, *_with_unit(value, unit)]


def _either_quantity(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\qty{1}{m}` is siunitx's, `\qty(x)` and `\qty{x}` are of physics: the arguments tell."""
    skip_spaces(stack)
    option = read_bracket(stack) if stack and stack[-1].text == "[" else None
    value = take_group(stack) if stack and stack[-1].text == "{" else None
    if value is not None and stack and stack[-1].text == "{" and is_number(value):
        unit_tokens = read_argument(stack) or []
        unit = _unit(unit_tokens, spell(option or ()))
        return unit if isinstance(unit, Fault) else _with_unit(value, unit)
    if value is not None:
        _put_back(stack, "{", value, "}")
    if option is not None:
        _put_back(stack, "[", option, "]")
    return physics.quantity(stack)


def _put_back(stack: list[Token], opening: str, inside: list[Token], closing: str) -> None:
    edge = inside[0] if inside else Token("", 0, 0)
    stack.extend(reversed([edge._replace(text=opening), *inside, edge._replace(text=closing)]))


def _range(stack: list[Token], *, units: bool) -> Meaning | Fault | None:
    options, groups = spell(take_option(stack)), take_groups(stack, 3 if units else 2)
    if groups is None:
        return None
    unit = _unit(groups[2], options) if units else []
    if isinstance(unit, Fault):
        return unit
    return [*_with_unit(groups[0], unit), _TO, *_with_unit(groups[1], unit)]


def _list(stack: list[Token], *, units: bool, product: bool = False) -> Meaning | Fault | None:
    options, groups = spell(take_option(stack)), take_groups(stack, 2 if units else 1)
    if groups is None:
        return None
    unit = _unit(groups[1], options) if units else []
    if isinstance(unit, Fault):
        return unit
    items = _split(groups[0], "x" if product else ";")
    parts: list[Part] = []
    for place, item in enumerate(items):
        last = place == len(items) - 1
        between = r"\times " if product else (r"\text{ and }" if len(items) == 2 else r",\text{ and }")  # noqa: PLR2004
        parts += [] if place == 0 else [between if last or product else r",\; "]
        parts += _with_unit(item, unit)
    return parts


def _split(tokens: Sequence[Token], sign: str) -> list[list[Token]]:
    pieces: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == sign:
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def _angle(stack: list[Token]) -> Meaning | None:
    r"""`\ang{30.5}`, `\ang{6;30;12}`: degrees, minutes, seconds, of which some may be missing."""
    take_option(stack)
    groups = take_groups(stack, 1)
    if groups is None:
        return None
    parts: list[Part] = []
    for item, sign in zip(_split(groups[0], ";"), _ANGLE_SIGNS, strict=False):
        if spell(item).strip():
            parts += ["{", *number(item), "}", sign]
    return parts


def _setup(stack: list[Token]) -> Meaning | None:
    return None if take_group(stack) is None else []


RULES: dict[str, Rule] = {
    **named("num", _number),
    **named("unit si", _unit_alone),
    **named("SI", _quantity),
    **named("qty", _either_quantity),
    **named("ang", _angle),
    **named("numrange", lambda stack: _range(stack, units=False)),
    **named("qtyrange SIrange", lambda stack: _range(stack, units=True)),
    **named("numlist", lambda stack: _list(stack, units=False)),
    **named("qtylist SIlist", lambda stack: _list(stack, units=True)),
    **named("numproduct", lambda stack: _list(stack, units=False, product=True)),
    **named("qtyproduct", lambda stack: _list(stack, units=True, product=True)),
    **named("sisetup", _setup),
    **named("degreeCelsius celsius", plain(r"{}^{\circ}\mathrm{C}")),
}
