"""LaTeX to readable Unicode text, for titles, slugs, descriptions and search.

Structure is read here; what a symbol is called comes from math-core, so text and page show the same characters.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape

from math_core import LatexError, LatexToMathML

from notegen.math.alphabets import styled
from notegen.math.expand import expand
from notegen.math.macros import DEFINES, MAX_BODY, read_macros
from notegen.math.text_tables import (
    ACCENTS,
    ALPHABETS,
    FENCES,
    FRACTIONS,
    READ,
    SILENT,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    TEXTS,
    WORDS,
)
from notegen.math.tokens import Token, is_word, read_argument, read_bracket, skip_spaces, spell, tokenize

_MAX_LENGTH = 20_000  # characters that are read
_MAX_DEPTH = 40  # of groups; what is deeper is read without structure
_EDGE = "\x1f"  # around words: becomes a space between letters, nothing elsewhere
_TAGS = re.compile(r"<[^<>]*>")
_INVISIBLE = re.compile(r"[\u2061-\u2064\ufe00\ufe01\u200b]")
_COMMAND = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
_SIMPLE = re.compile(r"√?[\w′″°ᵀ\u0300-\u036f\u20d7]+|\(.*\)")


def readable(latex: str, macros: Mapping[str, str]) -> str:
    r"""Return `latex` as plain text: `\mathcal{O}(n^2)` gives `𝒪(n²)`, `x_i^2` `xᵢ²`, `\frac{a}{b}` `a/b`.

    `macros` are those of render_formulas. Never fails: what is not understood is read by its name. Time is linear.
    """
    latex = latex[:_MAX_LENGTH]
    table, _ = read_macros(_used(latex, macros))
    tokens = _balanced(tokenize(latex))
    if table or DEFINES.search(latex):
        tokens = _balanced(expand(tokens, table).tokens)
    text = _read(tokens[::-1], 0)
    text = re.sub(rf"(?<=[^\W_]){_EDGE}+(?=[^\W_])", " ", text).replace(_EDGE, "")
    text = _INVISIBLE.sub("", text).replace("\\", "")
    return " ".join(text.split()).strip(" ;")


def _balanced(tokens: list[Token]) -> list[Token]:
    """Return `tokens`, without any braces when they do not balance or nest too deeply to be followed."""
    depth = deepest = 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        deepest = max(deepest, depth, -_MAX_DEPTH * depth)
    if depth == 0 and deepest < _MAX_DEPTH:
        return tokens
    return [token for token in tokens if token.text not in {"{", "}"}]


def _used(latex: str, macros: Mapping[str, str]) -> dict[str, str]:
    """Return the macros that `latex` uses, and those that they use."""
    used: dict[str, str] = {}
    pending = [latex] if macros else []
    while pending:
        for name in _COMMAND.findall(pending.pop()):
            if name in macros and name not in used:
                used[name] = macros[name]
                pending.append(macros[name][:MAX_BODY])
    return used


def _read(stack: list[Token], depth: int) -> str:
    """Read everything on the stack."""
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
    return "" if argument is None or depth > 2 * _MAX_DEPTH else _read(argument[::-1], depth + 1)


def _symbol(text: str) -> str:
    """Read one token that has no arguments."""
    if text in READ:
        return READ[text]
    if text.isspace() or text in {"{", "}"}:
        return ""
    if text[0] != "\\":
        return text
    known = _engine_symbol(text)
    return f"{_EDGE}{known}{_EDGE}" if len(known) > 1 and known.isalpha() else known


@lru_cache(maxsize=4096)
def _engine_symbol(command: str) -> str:
    r"""Return the characters that math-core shows for `\alpha` or `\sin`; an unknown command's name."""
    try:
        html = LatexToMathML(fancy_error=False).convert_with_local_state(command, displaystyle=False)
    except (LatexError, UnicodeEncodeError):
        return command[1:]
    return unescape(_TAGS.sub("", html)).strip() or ("" if not is_word(command) else " ")


def _script(parts: list[str], kind: str, stack: list[Token], depth: int) -> None:
    """Append a subscript or superscript, in small characters where Unicode has all of them."""
    inside = _argument(stack, depth).replace(_EDGE, "").strip()
    table = SUBSCRIPTS if kind == "_" else SUPERSCRIPTS
    if parts and parts[-1].endswith(_EDGE):
        parts[-1] = parts[-1][:-1]
        edge = _EDGE
    else:
        edge = ""
    if all(char in table for char in inside):
        parts.append("".join(table[char] for char in inside) + edge)
    elif len(inside) == 1 or (kind == "_" and inside.isascii() and inside.isalpha()):
        parts.append(f"{kind}{inside}{_EDGE}")
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
    return f"{_EDGE}{_argument(stack, depth)}{_EDGE}"


def _text(_command: str, stack: list[Token], depth: int) -> str:
    argument = read_argument(stack) or []
    if any(token.text == "$" for token in argument):
        pieces = spell(argument).split("$")
        read = [
            _read(tokenize(piece)[::-1], depth + 1) if odd % 2 else _plain(piece) for odd, piece in enumerate(pieces)
        ]
        return f"{_EDGE}{''.join(read)}{_EDGE}"
    return f"{_EDGE}{_plain(spell(argument))}{_EDGE}"


def _plain(text: str) -> str:
    """Read text mode: escapes lose their backslash, commands their name."""
    return re.sub(r"\\(?:[a-zA-Z]+\s*|(.))", r"\1", text).replace("{", "").replace("}", "").replace("~", " ")


def _alphabet(command: str, stack: list[Token], depth: int) -> str:
    inside = _argument(stack, depth).replace(_EDGE, "")
    return styled(inside, ALPHABETS[command])


def _accent(command: str, stack: list[Token], depth: int) -> str:
    inside = _argument(stack, depth)
    return inside + ACCENTS[command] if len(inside) == 1 else inside


def _group(text: str) -> str:
    """Put parentheses around what is more than one name or number."""
    text = text.replace(_EDGE, "").strip()
    return text if not text or _SIMPLE.fullmatch(text) else f"({text})"


def _fraction(_command: str, stack: list[Token], depth: int) -> str:
    above = _argument(stack, depth)
    return f"{_EDGE}{_group(above)}/{_group(_argument(stack, depth))}{_EDGE}"


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
    r"\sqrt": _root,
    r"\not": _not,
}
