"""Readable plain text of tokens.

Derived from the parsed note, never from rendered HTML.
"""

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from notegen.math.plain_text.text import readable
from notegen.read.token_data import CITATION, READABLE, REFERENCE, RENDERED, WIKI_TARGET


def formula_text(token: Token) -> str:
    """Return a formula's readable text. It is made when first asked for: most formulas never are."""
    text = READABLE.of(token)
    if text is None:
        text = readable(token.content, RENDERED.of(token).macros)
        READABLE.set(token, text)
    return text


def inline_text(children: Iterable[Token], *, math: bool = True, code: bool = True) -> str:
    """Return the visible text of inline tokens.

    A formula gives its readable form, a footnote mark nothing, nor a citation that is no part of the sentence.
    """
    parts: list[str] = []
    for token in children:
        if token.type in {"text", "text_special", "emoji"} or (token.type == "code_inline" and code):
            parts.append(token.content)
        elif token.type in {"math_inline", "math_block"} and math:
            parts.append(formula_text(token))
        elif token.type == "cross_ref":
            parts.append(REFERENCE.of(token).text)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append(" ")
        elif token.type == "citation":
            text = CITATION.of(token).text
            if parts and not text:
                parts[-1] = parts[-1].rstrip(" ")  # before a mark that is left out
            parts.append(text)
        elif token.type == "image":
            parts.append(inline_text(token.children or (), math=math, code=code))
        elif token.type == "wikilink_open" and not WIKI_TARGET.of(token).has_text:
            parts.append(WIKI_TARGET.of(token).target)
    return "".join(parts)


def block_text(tokens: Sequence[Token], *, math: bool = True, code: bool = True) -> str:
    """Return the readable text of block tokens, one line a block, code blocks and raw HTML left out."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            text = " ".join(inline_text(token.children or (), math=math, code=code).split())
            if text:
                lines.append(text)
        elif token.type in {"math_block", "math_inline"} and math:
            lines.append(" ".join(formula_text(token).split()))
    return "\n".join(lines)


def compared(text: str) -> str:
    """Return a title as it is compared with another: without spaces, case and the marks of Markdown and formulas."""
    return "".join(char for char in text if not char.isspace() and char not in "$*_`").casefold()
