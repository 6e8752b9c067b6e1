"""LaTeX to readable Unicode text, for titles, slugs, descriptions and search."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from notegen.math.latex.expand import expand
from notegen.math.latex.macro_table import read_macros
from notegen.math.latex.macros import DEFINES, MAX_BODY
from notegen.math.latex.tokens import Token, tokenize
from notegen.math.packages.expand import expand_packages
from notegen.math.plain_text.reading import EDGE, MAX_DEPTH, read
from notegen.math.types import Problem
from notegen.text.patterns import lazy_regex

_MAX_LENGTH = 20_000  # characters that are read
_INVISIBLE = lazy_regex(r"[\u2061-\u2064\ufe00\ufe01\u200b]")
_COMMAND = lazy_regex(r"\\([a-zA-Z]+|.)", re.DOTALL)
_BETWEEN_WORDS = lazy_regex(rf"(?<=[^\W_]){EDGE}+(?=[^\W_])")


def readable(latex: str, macros: Mapping[str, str]) -> str:
    r"""Return `latex` as plain text: `\mathcal{O}(n^2)` gives `𝒪(n²)`, `x_i^2` `xᵢ²`, `\frac{a}{b}` `a/b`.

    `macros` are those of render_formulas. Never fails: what is not understood is read by its name. Time is linear.
    """
    latex = latex[:_MAX_LENGTH]
    table, _ = read_macros(_used(latex, macros))
    tokens = _balanced(tokenize(latex))
    if table or DEFINES.search(latex):
        tokens = _balanced(expand(tokens, table).tokens)
    meant = expand_packages(tokens)
    text = read((tokens if isinstance(meant, Problem) else _balanced(meant))[::-1])
    text = _BETWEEN_WORDS.sub(" ", text).replace(EDGE, "")
    text = _INVISIBLE.sub("", text).replace("\\", "")
    return normalize("NFC", " ".join(text.split()).strip(" ;"))


def _balanced(tokens: list[Token]) -> list[Token]:
    """Return `tokens`, without any braces when they do not balance or nest too deeply to be followed."""
    depth = deepest = 0
    for token in tokens:
        depth += {"{": 1, "}": -1}.get(token.text, 0)
        deepest = max(deepest, depth, -MAX_DEPTH * depth)
    if depth == 0 and deepest < MAX_DEPTH:
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
