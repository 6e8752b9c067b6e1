r"""What KaTeX knows and math-core lacks, said in math-core's words, so that nearly no formula needs KaTeX.

Only formulas that math-core rejects come here, after the rewriting of rewrite.py and numbering. One small function a
rule, all in the table RULES: it takes the command and the stack of what follows (reversed), and returns the tokens to
put out; what it leaves on the stack is rewritten in its turn. What LaTeX cannot say to math-core stands between marks
(marks.py), in whose place fill.py puts MathML. Every token keeps its place in the author's formula.
"""

from collections.abc import Callable, Sequence

from notegen.math.alphabets import styled
from notegen.math.latex.tokens import Token, read_argument, skip_spaces
from notegen.math.polyfill.boxes import (
    LAPS,
    SIZES,
    read_circle,
    read_color,
    read_color_box,
    read_frame,
    read_lap,
    read_raise,
    read_root,
    read_rule,
    read_size,
    read_smash,
    read_space,
    read_strike,
    read_verbatim,
)
from notegen.math.polyfill.marks import grouped, spell_marks
from notegen.math.polyfill.operators import (
    COMPOSED,
    read_composed,
    read_integral,
    read_name,
    read_operator,
    read_small_integral,
)
from notegen.math.polyfill.tables import BEGINNINGS, ENDINGS, read_substack
from notegen.math.polyfill.text import TEXTS, WORDS, as_text, escaped, read_text

_ALIASES = {
    r"\mathellipsis": r"\ldots",
    r"\centerdot": r"\cdot",
    r"\sdot": r"\cdot",
    r"\shortmid": r"\mid",
    r"\shortparallel": r"\parallel",
    r"\nshortmid": r"\nmid",
    r"\nshortparallel": r"\nparallel",
    r"\smallfrown": r"\frown",
    r"\smallsmile": r"\smile",
    r"\smallsetminus": r"\setminus",
    r"\thickapprox": r"\approx",
    r"\varpropto": r"\propto",
    r"\overlinesegment": r"\overbracket",
    r"\underlinesegment": r"\underbracket",
    r"\bgroup": r"\begingroup",
    r"\egroup": r"\endgroup",
    r"\enskip": r"\enspace",
    r"\ordinarycolon": ":",
    "\\\n": r"\ ",
    "\\\t": r"\ ",
    "∅": r"\emptyset",
    "√": r"\surd",
    "∠": r"\angle",
    "∡": r"\measuredangle",
    "∢": r"\sphericalangle",
    "∴": r"\therefore",
    "∵": r"\because",
    "⊤": r"\top",
    "⊥": r"\bot",
}
_SILENT = (r"\nobreak", r"\allowbreak")
_LINES = (r"\hline", r"\hdashline")
_BACK = (r"\!", r"\negthinspace")
_DELIMITERS = {"<": r"\langle", ">": r"\rangle", r"\lt": r"\langle", r"\gt": r"\rangle"}
_FENCES = (r"\left", r"\middle", r"\right")
_BIG = tuple(rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
_BASES = {'"': 16, "'": 8}
_DIGITS = "0123456789abcdef"
_MOST_DIGITS = 8
_LAST = 0x10FFFF  # code point

Rule = Callable[[Token, list[Token]], list[Token]]


def polyfill(tokens: Sequence[Token], marker: str) -> list[Token]:
    """Return `tokens` in math-core's words; its MathML is for `fill_polyfills`. `marker` occurs nowhere in them."""
    stack = list(reversed(tokens))
    output: list[Token] = []
    while stack:
        token = stack.pop()
        if token.text in SIZES and _continues(output, stack):
            stack += [token._replace(text="}"), token._replace(text="{")]
        rule = RULES.get(token.text)
        output.extend(rule(token, stack) if rule else (token,))
    return spell_marks(output, marker)


def _continues(output: Sequence[Token], stack: list[Token]) -> bool:
    r"""True between an operand and what may be an operator: the `=` of `a \large = b` must keep its space."""
    previous = next((token.text for token in reversed(output) if not token.text.isspace()), "")
    skip_spaces(stack)
    following = stack[-1].text if stack else "}"
    is_operand = previous.isalnum() or previous in {"}", ")", "]", "'"}
    return is_operand and not following.isalnum() and following not in {"{", "}"}


def _alias(token: Token, _stack: list[Token]) -> list[Token]:
    return [token._replace(text=_ALIASES[token.text])]


def _silent(_token: Token, _stack: list[Token]) -> list[Token]:
    return []


def _word(token: Token, _stack: list[Token]) -> list[Token]:
    return as_text(token, [token._replace(text=WORDS[token.text])])


def _group(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\vcenter{x}` and `\mathnormal{x}` look like `{x}`."""
    argument = read_argument(stack)
    stack.extend(reversed(grouped(token, argument or [])))
    return []


def _slanted(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\mathsfit{x}`: the letters of Unicode."""
    argument = read_argument(stack) or []
    letters = [part._replace(text=styled(part.text, "sans-serif-italic")) for part in argument if len(part.text) == 1]
    stack.extend(reversed(grouped(token, letters if len(letters) == len(argument) else argument)))
    return []


def _fence(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\left<` and `\left\lt` are angle brackets."""
    skip_spaces(stack)
    if stack and stack[-1].text in _DELIMITERS:
        delimiter = stack.pop()
        stack.append(delimiter._replace(text=_DELIMITERS[delimiter.text]))
    return [token]


def _big(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\bigl.` shows nothing."""
    skip_spaces(stack)
    if stack and stack[-1].text == ".":
        return grouped(token, []) if stack.pop() else []
    return _fence(token, stack)


def _line(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\hline\hline` is drawn as one line, as KaTeX's MathML is."""
    return _without(_LINES, token, stack)


def _not(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\not\!\perp` is `\not\perp`: a stroke that is one character with its symbol cannot be moved."""
    return _without(_BACK, token, stack)


def _without(commands: tuple[str, ...], token: Token, stack: list[Token]) -> list[Token]:
    """Return the token, behind which such commands go."""
    skip_spaces(stack)
    while stack and stack[-1].text in commands:
        stack.pop()
        skip_spaces(stack)
    return [token]


def _char(token: Token, stack: list[Token]) -> list[Token]:
    r"""`\char"263a` is the character with this number: hexadecimal, `\char'101` octal, `\char65` decimal."""
    base = _BASES.get(stack[-1].text, 10) if stack else 10
    if base != 10:  # noqa: PLR2004 (what numbers without a sign have)
        stack.pop()
    digits = ""
    while stack and stack[-1].text.lower() in _DIGITS[:base] and len(digits) < _MOST_DIGITS:
        digits += stack.pop().text
    number = int(digits, base) if digits else _LAST + 1
    if number > _LAST or chr(number).isspace() or not chr(number).isprintable():
        return [token]
    return as_text(token, [token._replace(text=escaped(chr(number)))])


RULES: dict[str, Rule] = {
    **dict.fromkeys(_ALIASES, _alias),
    **dict.fromkeys(_SILENT, _silent),
    **dict.fromkeys(WORDS, _word),
    **dict.fromkeys(TEXTS, read_text),
    **dict.fromkeys(SIZES, read_size),
    **dict.fromkeys(LAPS, read_lap),
    **dict.fromkeys((r"\kern", r"\mkern", r"\hskip", r"\mskip", r"\hspace"), read_space),
    **dict.fromkeys((r"\color", r"\textcolor"), read_color),
    **dict.fromkeys((r"\colorbox", r"\fcolorbox"), read_color_box),
    **dict.fromkeys((r"\vcenter", r"\mathnormal"), _group),
    **dict.fromkeys((r"\operatorname", r"\operatornamewithlimits"), read_name),
    **dict.fromkeys(COMPOSED, read_composed),
    **dict.fromkeys(_FENCES, _fence),
    **dict.fromkeys(_BIG, _big),
    **dict.fromkeys(_LINES, _line),
    **BEGINNINGS,
    **ENDINGS,
    r"\mathop": read_operator,
    r"\intop": read_integral,
    r"\smallint": read_small_integral,
    r"\substack": read_substack,
    r"\mathsfit": _slanted,
    r"\sqrt": read_root,
    r"\smash": read_smash,
    r"\sout": read_strike,
    r"\textcircled": read_circle,
    r"\raisebox": read_raise,
    r"\fbox": read_frame,
    r"\rule": read_rule,
    r"\verb": read_verbatim,
    r"\char": _char,
    r"\not": _not,
}
