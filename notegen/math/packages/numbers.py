r"""Numbers as siunitx and mhchem read them: `1.5e-3`, `12345.67`, `1.2(3)`, `3 \pm 0.1`, grouped in threes."""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token, spell
from notegen.math.packages.rule import Part
from notegen.text.patterns import lazy_regex

_LONGEST = 200  # characters of a number
_GROUPED_FROM = 5  # digits
_SIGNS = {"+-": r"\pm ", "-+": r"\mp ", r"\pm": r"\pm ", r"\mp": r"\mp ", "+": "+", "-": "-", "": ""}
_SIGN = r"(?:\+-|-\+|\\pm|\\mp|[-+]|)"
_DIGITS = r"[0-9]*+(?:[.,][0-9]*+)?"
_NUMBER = lazy_regex(
    rf"(?P<sign>{_SIGN})(?P<value>{_DIGITS})(?:\((?P<last>[0-9.,]++)\)|(?P<error>\\pm|\+-)(?P<plus>{_DIGITS}))?"
    r"(?:[eEdD](?P<power>[-+]?[0-9]++))?"
)
_QUANTITY = lazy_regex(r"(?:[<>~]|\\(?:approx|sim|leq?|geq?|pm|mp))?[-+]*[0-9.,].*|e[-+]?[0-9]+|[-+]?[0-9].*")


def is_number(tokens: Sequence[Token]) -> bool:
    """Return whether this begins as a number does."""
    return _QUANTITY.match("".join(spell(tokens).split())) is not None


def number(tokens: list[Token]) -> list[Part]:
    """Return a number as LaTeX: a product, a fraction or one number; what is none as it is written."""
    written = "".join(spell(tokens).split())
    if len(written) > _LONGEST:
        return [tokens]
    for sign, between in (("x", r"\times "), ("/", "/")):
        if sign in written:
            pieces = [_one(piece) for piece in written.split(sign)]
            return [tokens] if None in pieces else [between.join(piece for piece in pieces if piece is not None)]
    one = _one(written)
    return [tokens] if one is None else [one]


def _one(written: str) -> str | None:
    match = _NUMBER.fullmatch(written)
    if match is None or not (match["value"].strip(".,") or match["power"]):
        return None
    value = _grouped(match["value"])
    if match["last"]:
        value += f"({match['last']})"
    if match["plus"]:
        value += r"\pm " + _grouped(match["plus"])
    if match["power"] is None:
        return _SIGNS[match["sign"]] + value
    power = f"10^{{{match['power'].removeprefix('+')}}}"
    if match["plus"]:
        value = f"({value})"
    return _SIGNS[match["sign"]] + (rf"{value}\times {power}" if value else power)


def _grouped(value: str) -> str:
    """Return digits in groups of three, from five on; the decimal sign is a point."""
    whole, point, part = value.replace(",", ".").partition(".")
    if not value:
        return ""
    if len(whole) >= _GROUPED_FROM:
        first = len(whole) % 3
        groups = [whole[:first]] if first else []
        whole = r"\,".join(groups + [whole[index : index + 3] for index in range(first, len(whole), 3)])
    if len(part) >= _GROUPED_FROM:
        part = r"\,".join(part[index : index + 3] for index in range(0, len(part), 3))
    return (whole or "0") + (f".{part}" if point and part else "")
