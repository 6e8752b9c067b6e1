r"""Chemical formulas and reactions: what `\ce` takes, as LaTeX.

It is read from left to right. A number is an amount where a formula begins, an index behind an element; a sign is a
charge behind a formula, a bond between elements, and an operator between spaces; `v` and `^` between spaces are a
precipitate and a gas. Source: the manual of mhchem (version 4), whose examples are the test's.
"""

from collections.abc import Callable, Sequence

import msgspec

from notegen.math.latex.commands import ARITY
from notegen.math.latex.tokens import Token, is_word, spell
from notegen.math.packages.chemistry.arrows import arrow, take_arrow
from notegen.math.packages.chemistry.cursor import Cursor
from notegen.math.packages.chemistry.scripts import (
    DIGITS,
    ends_here,
    grouped_text,
    take_script,
    upright,
    with_arguments,
)
from notegen.math.packages.numbers import number
from notegen.math.packages.rule import Fault, Meaning, Part, take_group
from notegen.text.patterns import lazy_regex

_DEEPEST = 12  # formulas inside formulas
_LONGEST_AMOUNT = 30  # tokens
# What may stand before a formula: a number, a fraction, a variable; mhchem's pattern "amount".
_AMOUNT = lazy_regex(
    r"\(?[+-]?(?:[0-9]++|\$[a-z]\$|[a-z])/[0-9]++\)?(?:[a-z](?=\s*+[A-Z]))?|[+-]?[0-9]*+[.,]?[0-9]++(?:[a-z](?=\s*+[A-Z(]))?"
    r"|[a-z](?=\s*+[A-Z\[])"
)
_BONDS = {
    "-": "{-}",
    "=": "{=}",
    "#": r"{\equiv}",
    "1": "{-}",
    "2": "{=}",
    "3": r"{\equiv}",
    "~": r"{\cdots}",
    "~-": r"{\overset{\cdots}{-}}",
    "-~": r"{\underset{\cdots}{-}}",
    "~--": r"{\overset{\cdots}{=}}",
    "~=": r"{\overset{\cdots}{=}}",
    "-~-": r"{\overset{-}{\underset{-}{\cdots}}}",
    "...": r"{\cdot}{\cdot}{\cdot}",
    "....": r"{\cdot}{\cdot}{\cdot}{\cdot}",
    "->": r"{\rightarrow}",
    "<-": r"{\leftarrow}",
}
_OPERATORS = {"+": "+", "-": "-", "=": "=", r"\pm": r"\pm ", "<": "<", ">": ">", r"\approx": r"\approx "}
_STATES = frozenset(
    {"aq", "g", "l", "s", "cr", "aq,$\\infty$", "am", "ads", "vit", "lc", "sln", "mon", "c", "pol", "cd"}
)
_MIRRORED = (r"\underset", r"\overset", r"\underbrace", r"\overbrace", r"\textcolor")


class _State(msgspec.Struct):
    """What was read: the parts, and of the last base its scripts, which come when it is whole."""

    parts: list[Part]
    fresh: bool = True  # a formula begins: numbers are amounts
    based: bool = False  # the last thing may carry scripts
    lowered: list[Part] = []
    raised: list[Part] = []

    def flush(self) -> None:
        """Set the scripts of the last base, the raised one behind the lowered one as chemists do."""
        if self.lowered:
            self.parts += ["_{", *self.lowered, "}"]
        if self.raised:
            self.parts += [r"{\vphantom{A}}" if self.lowered else "", "^{", *self.raised, "}"]
        self.lowered, self.raised = [], []

    def add(self, *parts: Part, based: bool = False, fresh: bool = False) -> None:
        """Begin something new behind the last base."""
        self.flush()
        self.parts += parts
        self.based, self.fresh = based, fresh


def chemical(stack: list[Token]) -> Meaning | Fault | None:
    r"""`\ce{…}`; a rule. Faults: a bracket of an arrow that is not closed."""
    inside = take_group(stack)
    if inside is None:
        return None
    read = _formula(inside, 0)
    return read if isinstance(read, Fault) else ["{", *read, "}"]


def _formula(tokens: Sequence[Token], depth: int) -> list[Part] | Fault:
    cursor, state = Cursor(tokens), _State([])
    if depth > _DEEPEST:
        return [list(tokens)]
    cursor.skip_spaces()
    while not cursor.done:
        fault = _step(cursor, state, depth)
        if fault is not None:
            return fault
    state.flush()
    return state.parts


def _step(cursor: Cursor, state: _State, depth: int) -> Fault | None:
    """Read one thing."""
    if cursor.peek().isspace():
        _gap(cursor, state)
        return None
    command = take_arrow(cursor)
    if command:
        return _arrow(command, cursor, state, depth)
    if (state.fresh and _amount(cursor, state)) or _simple(cursor, state):
        return None
    if cursor.peek() == r"\bond":
        return _bond(cursor, state)
    return _command(cursor, state, depth)


def _simple(cursor: Cursor, state: _State) -> bool:
    """Read what is no command: scripts, numbers, letters, signs, brackets."""
    text = cursor.peek()
    rule = _RULES.get(text) or (_letters if text.isalpha() else _digits if text in DIGITS else None)
    if rule is not None:
        rule(cursor, state)
    return rule is not None


def _digits(cursor: Cursor, state: _State) -> None:
    """A number is an index behind a base, itself elsewhere."""
    digits = cursor.take_while(DIGITS)
    if state.based:
        state.lowered += [digits]
    else:
        state.add(digits, based=True)


def _addition(cursor: Cursor, state: _State) -> None:
    r"""`KCr(SO4)2*12H2O`: an addition compound."""
    cursor.take()
    state.add(r"\,{\cdot}\, ", fresh=True)


def _prime(cursor: Cursor, state: _State) -> None:
    cursor.take()
    state.raised += ["'"]


def _closing(cursor: Cursor, state: _State) -> None:
    state.add([cursor.take()], based=True)


def _text(cursor: Cursor, state: _State) -> None:
    state.add(*grouped_text(cursor), based=True)


def _math(cursor: Cursor, state: _State) -> None:
    inside = cursor.take_math()
    if inside is None:
        cursor.take()
    state.add("{", inside or [], "}", based=True)


def _gap(cursor: Cursor, state: _State) -> None:
    """White space: before an operator, a precipitate, an arrow, or between two formulas."""
    cursor.skip_spaces()
    text, after = cursor.peek(), cursor.peek(1)
    ends = after == "" or after.isspace()
    if text in _OPERATORS and ends:
        cursor.take()
        cursor.skip_spaces()
        state.add(f"{{}}{_OPERATORS[text]}{{}}", fresh=True)
    elif text in {"v", "^"} and ends:
        cursor.take()
        state.add(r"\downarrow " if text == "v" else r"\uparrow ")
    elif text and not (state.fresh or text in "<→←⇌↔⟶" or cursor.run(2) == "->"):
        state.add("" if text == "(" and _is_state(cursor) else r"\; ", fresh=True)
    else:
        state.flush()
        state.based, state.fresh = False, True


def _amount(cursor: Cursor, state: _State) -> bool:
    """Take an amount where a formula begins."""
    match = _AMOUNT.match(cursor.run(_LONGEST_AMOUNT))
    if match is None:
        return False
    end, length = cursor.index, 0
    while length < match.end():
        length += len(cursor.tokens[end].text)
        end += 1
    taken = list(cursor.tokens[cursor.index : end])
    cursor.index = end
    upright = spell(taken).replace("$", "")
    whole, slash, part = upright.strip("()").partition("/")
    letter = part[-1:] if part[-1:].isalpha() else ""
    shown: list[Part] = [taken]
    if slash:
        shown = [rf"\tfrac{{{whole}}}{{{part.removesuffix(letter)}}}{letter}"]
        shown = ["(", *shown, ")"] if upright.startswith("(") else shown
    elif upright[-1].isdigit():
        shown = number(taken)
    state.add(*shown, r"\,")
    cursor.skip_spaces()
    state.fresh = False
    return True


def _scripted(cursor: Cursor, state: _State) -> None:
    r"""`^` or `_`: at the base before, or in front of the element that follows."""
    raised = cursor.take().text == "^"
    if not raised or cursor.peek() not in {"", ")"}:
        script = take_script(cursor, raised=raised)
    else:
        state.add(r"\uparrow ")
        return
    if not raised and state.raised and state.lowered:  # `CO3^2-_{(aq)}`: behind both
        state.flush()
        state.parts.append(r"{\vphantom{A}}")
    if raised:
        state.raised += script
    else:
        state.lowered += script
    if not state.based and cursor.peek() not in {"^", "_"}:
        _in_front(cursor, state)


def _in_front(cursor: Cursor, state: _State) -> None:
    """Set the numbers of an isotope in front of the element that follows."""
    letters: list[Token] = []
    while cursor.peek().isalpha() and not (letters and cursor.peek().isupper()):
        letters.append(cursor.take())
    parts: list[Part] = [r"\prescript{", *state.raised, "}{", *state.lowered, "}"]
    state.raised, state.lowered = [], []
    base: list[Part] = ["{", *upright(letters), "}"] if letters else [r"{\vphantom{A}}"]
    state.add(*parts, *base, based=bool(letters))


def _letters(cursor: Cursor, state: _State) -> None:
    """Elements stand upright; a small letter by itself is a variable."""
    letters = [cursor.take()]
    while cursor.peek().isalpha():
        letters.append(cursor.take())
    if len(letters) == 1 and letters[0].text.islower() and letters[0].text.isascii() and not state.based:
        state.add(letters, based=True)
    else:
        state.add(*upright(letters), based=True)


def _sign(cursor: Cursor, state: _State) -> None:
    """A charge, a bond, or what has no formula before it."""
    sign = cursor.take().text
    following = cursor.peek()
    state_follows = following == "(" and _is_state(cursor)
    ends = ends_here(cursor) or state_follows or following == "^"
    if state.based and sign == "+":
        state.raised += ["+"]
    elif state.based and sign == "-" and (ends or following == "+"):
        state.raised += ["-"]
    else:
        state.add(_BONDS.get(sign, sign), fresh=sign == "+")


def _is_state(cursor: Cursor) -> bool:
    """Return whether a state of aggregation comes next, such as `(aq)`."""
    ahead = Cursor(cursor.tokens, cursor.index)
    inside = ahead.take_pair()
    return inside is not None and spell(inside).strip() in _STATES


def _opening(cursor: Cursor, state: _State) -> None:
    """A bracket: of a state of aggregation, of a precipitate, of a part of the formula."""
    if cursor.peek() == "(":
        if cursor.run(3) in {"(v)", "(^)"}:
            state.add(r"\downarrow " if cursor.peek(1) == "v" else r"\uparrow ")
            cursor.index += 3
            return
        if _is_state(cursor) and (state.based or state.parts):
            inside = cursor.take_pair() or []
            words = spell(inside).strip().partition(",")
            more = f",{words[2].strip('$')}" if words[1] else ""
            state.add(rf"\,({{\rm {words[0]}}}{more})", based=True)
            return
    state.add([cursor.take()])


def _bond(cursor: Cursor, state: _State) -> Fault | None:
    place = cursor.take()
    written = spell(cursor.take_pair() or ()).strip()
    if written not in _BONDS:
        return Fault(rf"\bond has no bond {written or 'without a name'}", rf"known are {' '.join(_BONDS)}", place)
    state.add(_BONDS[written])
    return None


def _command(cursor: Cursor, state: _State, depth: int) -> Fault | None:
    r"""Commands: `\underset{above}{formula}` holds formulas, others stand with their arguments as they are."""
    token = cursor.tokens[cursor.index]
    if token.text not in _MIRRORED:
        parts = with_arguments(cursor)
        state.add(*parts, based=is_word(token.text) and token.text not in {r"\quad", r"\qquad"})
        return None
    cursor.take()
    shown: list[Part] = [[token]]
    for place in range(ARITY.get(token.text, 1)):
        inside = cursor.take_pair() if cursor.peek() == "{" else None
        if inside is None:
            break
        read = [inside] if place == 0 and token.text == r"\textcolor" else _formula(inside, depth + 1)
        if isinstance(read, Fault):
            return read
        shown += ["{", *read, "}"]
    state.add(*shown, based=True)
    return None


def _arrow(command: str, cursor: Cursor, state: _State, depth: int) -> Fault | None:
    """Take the words above and below an arrow."""
    words: list[list[Part]] = []
    while cursor.peek() == "[" and len(words) < 2:  # noqa: PLR2004 (above and below)
        place = cursor.tokens[cursor.index]
        inside = cursor.take_pair()
        if inside is None:
            return Fault("the bracket behind an arrow is never closed", "write ->[above][below]", place)
        read = _formula(inside, depth + 1)
        if isinstance(read, Fault):
            return read
        words.append(read)
    words += [[], []]
    state.add(*arrow(command, words[0], words[1]), fresh=True)
    cursor.skip_spaces()
    return None


_RULES: dict[str, Callable[[Cursor, _State], None]] = {
    **dict.fromkeys("^_", _scripted),
    **dict.fromkeys("+-=#", _sign),
    **dict.fromkeys("*.", _addition),
    **dict.fromkeys(("(", "[", r"\{"), _opening),
    **dict.fromkeys((")", "]", r"\}"), _closing),
    "'": _prime,
    "{": _text,
    "$": _math,
}
