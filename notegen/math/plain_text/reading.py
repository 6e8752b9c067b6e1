"""Reading tokens of LaTeX aloud, as it were: every construct becomes plain Unicode text.

Structure is read here; what a symbol is called comes from math-core, so text and page show the same characters.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

from math_core import LatexError, LatexToMathML

from notegen.math.alphabets import styled
from notegen.math.latex.row_spacing import read_break
from notegen.math.latex.tokens import Token, is_word, read_argument, read_bracket, skip_spaces, spell, tokenize
from notegen.math.plain_text.tables import (
    ACCENTS,
    ALPHABETS,
    ARROWS,
    BRACKETS,
    FENCES,
    FRACTIONS,
    READ,
    SILENT,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    TEXTS,
    WORDS,
)
from notegen.text.patterns import lazy_regex

MAX_DEPTH = 40  # of groups that are followed
EDGE = "\x1f"  # around words: becomes a space between letters, nothing elsewhere
_TAGS = lazy_regex(r"<[^<>]*>")
_SIMPLE = lazy_regex(r"√?[\w′″°ᵀ\u0300-\u036f\u20d7]+|\(.*\)")


def read(stack: list[Token], depth: int = 0) -> str:
    """Read everything on the stack (reversed tokens); words are between EDGEs."""
    parts: list[str] = []
    while stack:
        token = stack.pop()
        text = token.text
        if text in {"_", "^"}:
            _script(parts, text, stack, depth)
        elif text == "{":
            stack.append(token)
            parts.append(_argument(stack, depth))
        elif text in _READERS:
            parts.append(_READERS[text](text, stack, depth))
        else:
            parts.append(_symbol(text))
    return "".join(parts)


def _argument(stack: list[Token], depth: int) -> str:
    argument = read_argument(stack)
    if argument is None and stack and stack[-1].text == "{":  # it is never closed: a `$` in it closed a formula
        stack.pop()
    return "" if argument is None or depth > 2 * MAX_DEPTH else read(argument[::-1], depth + 1)


def _symbol(text: str) -> str:
    """Read one token that has no arguments."""
    if text in READ:
        return READ[text]
    if text.isspace() or text in {"{", "}"}:
        return ""
    if text[0] != "\\":
        return text
    known = _engine_symbol(text)
    return f"{EDGE}{known}{EDGE}" if len(known) > 1 and known.isalpha() else known


@lru_cache(maxsize=4096)
def _engine_symbol(command: str) -> str:
    r"""Return the characters that math-core shows for `\alpha` or `\sin`; an unknown command's name."""
    try:
        html = LatexToMathML(fancy_error=False).convert_with_local_state(command, displaystyle=False)
    except (LatexError, UnicodeEncodeError):
        return command[1:]
    return unescape(_TAGS.sub("", html)).strip() or ("" if not is_word(command) else " ")


def _script(parts: list[str], kind: str, stack: list[Token], depth: int) -> None:
    """Append a subscript or superscript."""
    _append_small(parts, kind, _argument(stack, depth))


def _append_small(parts: list[str], kind: str, inside: str) -> None:
    """Append what is raised or lowered, in small characters where Unicode has all of them."""
    inside = inside.replace(EDGE, "").strip()
    table = SUBSCRIPTS if kind == "_" else SUPERSCRIPTS
    if parts and parts[-1].endswith(EDGE):
        parts[-1] = parts[-1][:-1]
        edge = EDGE
    else:
        edge = ""
    if all(char in table for char in inside):
        parts.append("".join(table[char] for char in inside) + edge)
    elif len(inside) == 1 or (kind == "_" and inside.isascii() and inside.isalpha()):
        parts.append(f"{kind}{inside}{EDGE}")
    else:
        parts.append(f"{kind}({inside})")


def _not(_command: str, stack: list[Token], _depth: int) -> str:
    r"""`\not=` is one character."""
    argument = read_argument(stack)
    return _engine_symbol(rf"\not {argument[0].text}") if argument and len(argument) == 1 else ""


def _words(_command: str, stack: list[Token], depth: int) -> str:
    skip_spaces(stack)
    if stack and stack[-1].text == "*":
        stack.pop()
    return f"{EDGE}{_argument(stack, depth)}{EDGE}"


def _text(_command: str, stack: list[Token], depth: int) -> str:
    argument = read_argument(stack) or []
    if any(token.text == "$" for token in argument):
        pieces = spell(argument).split("$")
        shown = [
            read(tokenize(piece)[::-1], depth + 1) if odd % 2 else _plain(piece) for odd, piece in enumerate(pieces)
        ]
        return f"{EDGE}{''.join(shown)}{EDGE}"
    return f"{EDGE}{_plain(spell(argument))}{EDGE}"


def _plain(text: str) -> str:
    """Read text mode: escapes lose their backslash, commands their name."""
    return re.sub(r"\\(?:[a-zA-Z]+\s*|(.))", r"\1", text).replace("{", "").replace("}", "").replace("~", " ")


def _alphabet(command: str, stack: list[Token], depth: int) -> str:
    inside = _argument(stack, depth).replace(EDGE, "")
    return styled(inside, ALPHABETS[command])


def _accent(command: str, stack: list[Token], depth: int) -> str:
    inside = _argument(stack, depth)
    return inside + ACCENTS[command] if len(inside) == 1 else inside


def _group(text: str) -> str:
    """Put parentheses around what is more than one name or number."""
    text = text.replace(EDGE, "").strip()
    return text if not text or _SIMPLE.fullmatch(text) else f"({text})"


def _fraction(_command: str, stack: list[Token], depth: int) -> str:
    above = _argument(stack, depth)
    return f"{EDGE}{_group(above)}/{_group(_argument(stack, depth))}{EDGE}"


def _binomial(_command: str, stack: list[Token], depth: int) -> str:
    above = _argument(stack, depth)
    return f"C({above},{_argument(stack, depth)})"


def _root(_command: str, stack: list[Token], depth: int) -> str:
    index = "".join(token.text for token in read_bracket(stack) or ())
    small = "".join(SUPERSCRIPTS.get(char, "") for char in index)
    return f"{small}√{_group(_argument(stack, depth))}"


def _stacked(_command: str, stack: list[Token], depth: int) -> str:
    r"""`\overset{a}{b}` reads as its base."""
    _argument(stack, depth)
    return _argument(stack, depth)


def _prescript(_command: str, stack: list[Token], depth: int) -> str:
    r"""`\prescript{14}{6}{C}`: both in front, small."""
    above, below = _argument(stack, depth), _argument(stack, depth)
    raised = "".join(SUPERSCRIPTS.get(char, char) for char in above)
    return raised + "".join(SUBSCRIPTS.get(char, char) for char in below) + _argument(stack, depth)


def _arrow(command: str, stack: list[Token], depth: int) -> str:
    r"""`\xrightarrow[b]{a}`: the arrow, and its words raised and lowered."""
    below = read_bracket(stack) or []
    parts = [ARROWS[command]]
    for sign, words in (("^", _argument(stack, depth)), ("_", read(below[::-1], depth + 1))):
        if words.replace(EDGE, "").strip():
            _append_small(parts, sign, words)
    return "".join(parts)


def _bracketed(command: str, stack: list[Token], depth: int) -> str:
    return BRACKETS[command].format(_argument(stack, depth))


def _optional(_command: str, stack: list[Token], depth: int) -> str:
    r"""`\bbox[red]{x}` is read as x."""
    read_bracket(stack)
    return _argument(stack, depth)


def _silent(command: str, stack: list[Token], _depth: int) -> str:
    if stack and stack[-1].text == "*":
        stack.pop()
    for _ in range(SILENT[command]):
        read_argument(stack)
    return ""


def _fence(_command: str, stack: list[Token], _depth: int) -> str:
    r"""`\left.` and `\right.` show nothing."""
    skip_spaces(stack)
    if stack and stack[-1].text == ".":
        stack.pop()
    return ""


def _row(command: str, stack: list[Token], _depth: int) -> str:
    r"""`\\[3pt]` is read as `\\`."""
    read_break(Token(command, 0, 0), stack)
    return READ[r"\\"]


def _environment(command: str, stack: list[Token], _depth: int) -> str:
    name = spell(read_argument(stack) or ())
    if command == r"\begin" and name in {"array", "alignat", "alignedat", "subarray"}:
        read_argument(stack)
    left, right = FENCES.get(name, ("", ""))
    return left if command == r"\begin" else right


_READERS: dict[str, Callable[[str, list[Token], int], str]] = {
    **dict.fromkeys(SILENT, _silent),
    **dict.fromkeys(ALPHABETS, _alphabet),
    **dict.fromkeys(ACCENTS, _accent),
    **dict.fromkeys(WORDS, _words),
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(FRACTIONS, _fraction),
    **dict.fromkeys((r"\binom", r"\dbinom", r"\tbinom"), _binomial),
    **dict.fromkeys((r"\overset", r"\underset", r"\stackrel"), _stacked),
    **dict.fromkeys((r"\left", r"\right"), _fence),
    **dict.fromkeys((r"\begin", r"\end"), _environment),
    **dict.fromkeys((r"\\", r"\cr"), _row),
    **dict.fromkeys(ARROWS, _arrow),
    **dict.fromkeys(BRACKETS, _bracketed),
    r"\sqrt": _root,
    r"\bbox": _optional,
    r"\prescript": _prescript,
    r"\not": _not,
}
