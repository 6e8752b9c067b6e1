r"""Commands of small packages: cancel, tensor, gensymb, upgreek, ulem, unicode-math, and MathJax's `\enclose`.

Sources: the manuals of the packages; MathJax docs, "enclose". What is near to a command stands for it.
"""

from notegen.math.latex.tokens import Token, read_argument, spell
from notegen.math.packages.rule import Fault, Meaning, Part, Rule, named, plain, take_groups, take_option, take_star

_GREEK_NAMES = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega
"""
_GREEK = dict(zip(_GREEK_NAMES.split(), "αβγδεζηθικλμνξπρστυφχψω", strict=True))
_SIGNS = {
    "textdegree": r"{}^{\circ}",
    "permil": "‰",
    "perthousand": "‰",
    "textperthousand": "‰",
    "textmu": "µ",
    "textohm": r"\Omega ",
    "ohm": r"\Omega ",
    "boldmath": "",
    "strut": "",
    "dotfill": r"\dots ",
    "bigast": r"\mathop{\ast}",
    "arccot": r"\operatorname{arccot}",
    "arcsec": r"\operatorname{arcsec}",
    "arccsc": r"\operatorname{arccsc}",
    "sech": r"\operatorname{sech}",
    "csch": r"\operatorname{csch}",
}
# Fonts under other names: of bbm, unicode-math, mathpazo.
_FONTS = {
    "mathbbmss": r"\mathbb",
    "mathbbmtt": r"\mathbb",
    "mathpzc": r"\mathcal",
    "mathup": r"\mathrm",
    "symup": r"\mathrm",
    "symit": r"\mathit",
    "symcal": r"\mathcal",
    "symscr": r"\mathscr",
    "symfrak": r"\mathfrak",
    "symbb": r"\mathbb",
    "symsf": r"\mathsf",
    "symtt": r"\mathtt",
    "mathsmaller": r"\textstyle",
    "medmath": r"\textstyle",
    "uline": r"\underline",
    "uwave": r"\underline",
    "undertilde": r"\underset{\sim}",
}
_ENCLOSURES = {
    "box": r"\boxed",
    "roundedbox": r"\boxed",
    "circle": r"\textcircled",
    "updiagonalstrike": r"\cancel",
    "downdiagonalstrike": r"\bcancel",
    "horizontalstrike": r"\sout",
    "top": r"\overline",
    "bottom": r"\underline",
    "radical": r"\sqrt",
    "actuarial": r"\angl",
    "phasorangle": r"\phase",
    "left": r"\left|",
    "right": r"\left.",
}


def _enclose(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\enclose{circle,box}{x}`: each notation around what the ones before it made."""
    groups_before = len(stack)
    notation = read_argument(stack)
    take_option(stack)
    content = read_argument(stack)
    if notation is None or content is None or groups_before == len(stack):
        return None
    parts: list[Part] = ["{", content, "}"]
    for name in spell(notation).replace(",", " ").split():
        if name not in _ENCLOSURES:
            known = ", ".join(name for name in _ENCLOSURES if name not in {"left", "right"})
            place = notation[0] if notation else None
            return Fault(rf"\enclose has no notation {name} here", f"known are {known}", place)
        closing = {"left": r"\right.", "right": r"\right|"}.get(name, "")
        parts = ["{", _ENCLOSURES[name], *parts, closing, "}"]
    return parts


def _cancel_to(stack: list[Token]) -> Meaning | None:
    r"""`\cancelto{0}{x}`: the new value at the end of the stroke."""
    groups = take_groups(stack, 2)
    return None if groups is None else [r"{\cancel{", groups[1], "}}^{", groups[0], "}"]


def _font(name: str) -> Rule:
    def rule(stack: list[Token]) -> Meaning | None:
        argument = read_argument(stack)
        return None if argument is None else ["{", name, "{", argument, "}}"]

    return rule


def _script(sign: str) -> Rule:
    def rule(stack: list[Token]) -> Meaning | None:
        argument = read_argument(stack)
        return None if argument is None else ["{}" + sign + r"{\text{", argument, "}}"]

    return rule


def _bold_calligraphic(stack: list[Token]) -> Meaning | None:
    argument = read_argument(stack)
    return None if argument is None else [r"\boldsymbol{\mathcal{", argument, "}}"]


def _indices(stack: list[Token]) -> Meaning | None:
    r"""`\indices{^a_b^c}`: each index behind the ones before it."""
    take_star(stack)
    groups = take_groups(stack, 1)
    return None if groups is None else _staggered(groups[0])


def _tensor(stack: list[Token]) -> Meaning | None:
    r"""`\tensor{T}{^a_b}`, with indices in front `\tensor[^a_b]{T}{_c}`."""
    take_star(stack)
    before = take_option(stack)
    groups = take_groups(stack, 2)
    return None if groups is None else [*_staggered(before), "{", groups[0], "}", *_staggered(groups[1], first=True)]


def _staggered(tokens: list[Token], *, first: bool = False) -> list[Part]:
    stack = tokens[::-1]
    parts: list[Part] = []
    while stack:
        token = stack.pop()
        index = read_argument(stack) if token.text in {"^", "_"} else None
        if index is None:
            parts.append([token])
        else:
            parts += ["" if first and not parts else r"{\vphantom{A}}", token.text + "{", index, "}"]
    return parts


def _first_of_two(stack: list[Token]) -> Meaning | None:
    r"""MathJax's `\mathtip{x}{what it is}`."""
    groups = take_groups(stack, 2)
    return None if groups is None else ["{", groups[0], "}"]


def _space(stack: list[Token]) -> Meaning | None:
    take_star(stack)
    return None if take_groups(stack, 1) is None else []


RULES: dict[str, Rule] = {
    **{rf"\{name}": plain(latex) for name, latex in _SIGNS.items()},
    **{rf"\{name}": _font(font) for name, font in _FONTS.items()},
    **{rf"\up{name}": plain(rf"\mathrm{{{letter}}}") for name, letter in _GREEK.items()},
    **{rf"\Up{name}": plain(rf"\mathrm{{{letter.upper()}}}") for name, letter in _GREEK.items()},
    **named("enclose", _enclose),
    **named("cancelto", _cancel_to),
    **named("textsuperscript", _script("^")),
    **named("textsubscript", _script("_")),
    **named("mathbfcal", _bold_calligraphic),
    **named("indices", _indices),
    **named("tensor", _tensor),
    **named("mathtip texttip", _first_of_two),
    **named("vspace", _space),
}
