r"""Text of a formula that holds more than math-core's text mode: formulas, `\bf`, `\textcircled`.

It is cut where such things stand: `\textbf{a $x$ b}` becomes `{\textbf{a }{x}\textbf{ b}}`.
"""

from collections.abc import Sequence

from notegen.math.latex.tokens import Token, read_argument, read_bracket, skip_spaces
from notegen.math.polyfill.marks import grouped

TEXTS = {
    r"\text": r"\text",
    r"\textnormal": r"\text",
    r"\textmd": r"\text",
    r"\textup": r"\text",
    r"\textrm": r"\textrm",
    r"\textbf": r"\textbf",
    r"\textit": r"\textit",
    r"\textsf": r"\textsf",
    r"\texttt": r"\texttt",
    r"\emph": r"\emph",
}
# Commands that change the font of the rest of a group, and the command that sets a text in it.
_SWITCHES = {
    r"\bf": r"\textbf",
    r"\bfseries": r"\textbf",
    r"\it": r"\textit",
    r"\itshape": r"\textit",
    r"\em": r"\emph",
    r"\rm": r"\textrm",
    r"\sf": r"\textsf",
    r"\tt": r"\texttt",
}
WORDS = {r"\TeX": "TeX", r"\LaTeX": "LaTeX", r"\KaTeX": "KaTeX", r"\textcopyright": "©"}
# Commands that stand between texts, not in them: how many arguments they have, and whether the last one is text.
_BETWEEN = {
    r"\textcolor": (2, True),
    r"\phantom": (1, True),
    r"\hphantom": (1, True),
    r"\vphantom": (1, True),
    r"\smash": (1, True),
    r"\underline": (1, True),
    r"\colorbox": (2, False),
    r"\fcolorbox": (3, False),
    r"\raisebox": (2, False),
    r"\textcircled": (1, False),
    r"\llap": (1, False),
    r"\rlap": (1, False),
    r"\clap": (1, False),
    r"\rule": (2, False),
    r"\hspace": (1, False),
}
_IN_TEXT = {**WORDS, **TEXTS, r"\pounds": r"\textsterling", r"\copyright": "©", r"\enskip": r"\enspace"}
_CLOSERS = {"$": "$", r"\(": r"\)"}
_CUTS = _CLOSERS.keys() | _SWITCHES.keys() | _BETWEEN.keys()
_SPECIAL = frozenset("#$%&_{}")
# Large in displays, so the style of formulas in text is set; elsewhere it makes no difference.
_TALL = frozenset({r"\sum", r"\prod", r"\int", r"\frac", r"\lim", r"\max", r"\min", r"\begin", r"\binom", r"\mathop"})


def read_text(token: Token, stack: list[Token]) -> list[Token]:
    r"""Rewrite `\text{…}` and its relatives; a rule of rules.py."""
    argument = read_argument(stack)
    if argument is None:
        return [token]
    pieces = _split(argument, (TEXTS[token.text],)) if _needs_cuts(argument) else None
    if pieces is None:
        return [token._replace(text=TEXTS[token.text]), *grouped(token, _plain(argument))]
    stack.extend(reversed(grouped(token, pieces)))
    return []


def as_text(token: Token, argument: Sequence[Token]) -> list[Token]:
    r"""Return `argument` as the content of a `\text`."""
    return [token._replace(text=r"\text"), *grouped(token, argument)]


def escaped(char: str) -> str:
    """Return the LaTeX of one character of text."""
    names = {"\\": r"\textbackslash ", "^": r"\textasciicircum ", "~": r"\textasciitilde "}
    return names.get(char, "\\" + char if char in _SPECIAL else char)


def _needs_cuts(tokens: Sequence[Token]) -> bool:
    return any(token.text in _CUTS for token in tokens)


def _plain(tokens: Sequence[Token]) -> list[Token]:
    """Return text that needs no cuts in the words of math-core."""
    return [token._replace(text=_IN_TEXT.get(token.text, token.text)) for token in tokens]


def _split(tokens: Sequence[Token], fonts: tuple[str, ...]) -> list[Token] | None:
    """Return texts in `fonts`, and in groups what stands between them; None when a formula inside is not closed."""
    stack = list(reversed(tokens))
    pieces: list[Token] = []
    words: list[Token] = []
    while stack:
        token = stack.pop()
        if token.text in _SWITCHES:
            piece: list[Token] | None = []
        elif token.text in _CLOSERS:
            piece = _formula(token, stack)
        elif token.text in _BETWEEN:
            piece = _between(token, stack)
        else:
            inside = _inside(token, stack)
            if not _needs_cuts(inside):
                words += [token] if inside == [token] else _group(token, inside)
                continue
            piece = _split(inside, (*fonts, TEXTS[token.text]) if token.text in TEXTS else fonts)
        if piece is None:
            return None
        pieces += [*_in_fonts(words, fonts), *piece]
        words = []
        if token.text in _SWITCHES:
            fonts = (*fonts, _SWITCHES[token.text])
            skip_spaces(stack)
    return pieces + _in_fonts(words, fonts)


def _in_fonts(words: Sequence[Token], fonts: tuple[str, ...]) -> list[Token]:
    """Return text in commands of text, the first of `fonts` outermost; nothing for no text."""
    if not words:
        return []
    place = words[0]
    openers = [place._replace(text=f"{font}{{") for font in fonts]
    return [*openers, *_plain(words), *(place._replace(text="}") for _ in fonts)]


def _inside(token: Token, stack: list[Token]) -> list[Token]:
    """Take the content of a group or of a text that begins with `token`; else return the token."""
    if token.text in TEXTS:
        return read_argument(stack) or []
    if token.text != "{":
        return [token]
    stack.append(token)
    return read_argument(stack) or []


def _group(token: Token, inside: Sequence[Token]) -> list[Token]:
    """Return what `_inside` has taken apart."""
    return [*([token] if token.text in TEXTS else []), *grouped(token, inside)]


def _formula(token: Token, stack: list[Token]) -> list[Token] | None:
    """Take the rest of a formula inside text."""
    closer = _CLOSERS[token.text]
    content: list[Token] = []
    while stack and stack[-1].text != closer:
        content += _raw(stack)
    if not stack:
        return None
    stack.pop()
    tall = any(part.text in _TALL for part in content)
    style = [token._replace(text=r"\textstyle")] if tall else []
    return grouped(token, [*style, *content])


def _raw(stack: list[Token]) -> list[Token]:
    """Take one token, or a whole group with its braces: a `$` in it is none of ours."""
    if stack[-1].text != "{":
        return [stack.pop()]
    place = stack[-1]
    return grouped(place, read_argument(stack) or [])


def _between(token: Token, stack: list[Token]) -> list[Token]:
    """Take the arguments of a command of _BETWEEN."""
    count, is_text = _BETWEEN[token.text]
    pieces = [token]
    option = read_bracket(stack)
    if option is not None:
        pieces += [token._replace(text="["), *option, token._replace(text="]")]
    for number in range(count):
        argument = read_argument(stack)
        if argument is not None:
            text = is_text and number == count - 1
            pieces += grouped(token, as_text(token, argument) if text else argument)
    return grouped(token, pieces)
