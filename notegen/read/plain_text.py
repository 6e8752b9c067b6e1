"""Readable plain text of tokens.

Derived from the parsed note, never from rendered HTML.
"""

from collections.abc import Sequence

from markdown_it.token import Token

from notegen.math.plain_text.text import readable
from notegen.read.token_data import CITATION, READABLE, REFERENCE, RENDERED, WIKI_TARGET
from notegen.text.addresses import is_external
from notegen.text.html import citation_mark, reference_mark

_FORMULAS = frozenset({"math_inline", "math_block"})
_REFERENCES = frozenset({"cross_ref", "wikilink_open", "link_open", "citation"})


def formula_text(token: Token) -> str:
    """Return a formula's readable text. It is made when first asked for: most formulas never are."""
    text = READABLE.of(token)
    if text is None:
        text = readable(token.content, RENDERED.of(token).macros)
        READABLE.set(token, text)
    return text


def inline_text(children: Sequence[Token], *, math: bool = True, code: bool = True, marked: bool = False) -> str:
    """Return the visible text of inline tokens.

    A formula gives its readable form, a footnote mark nothing, nor a citation that is no part of the sentence.
    `marked`: a mark stands for what is known when notes are linked, see `has_open_references`.
    """
    parts: list[str] = []
    for index, token in enumerate(children):
        kind = token.type
        if kind == "text":
            parts.append(token.content)
        elif marked and (mark := mark_of(children, index)):
            parts.append(mark)
        elif kind == "citation":
            text = CITATION.of(token).text
            if parts and not text:
                parts[-1] = parts[-1].rstrip(" ")  # before a mark that is left out
            parts.append(text)
        elif kind == "image":
            parts.append(inline_text(token.children or (), math=math, code=code, marked=marked))
        else:
            parts.append(_text_of(token, math=math, code=code))
    return "".join(parts)


def _text_of(token: Token, *, math: bool, code: bool) -> str:
    """Return the visible text of an inline token that depends on no other."""
    kind = token.type
    if kind in {"softbreak", "hardbreak"}:
        return " "
    if kind in _FORMULAS:
        return formula_text(token) if math else ""
    if kind in {"text_special", "emoji"} or (kind == "code_inline" and code):
        return token.content
    if kind == "cross_ref":
        return REFERENCE.of(token).text
    return WIKI_TARGET.of(token).target if kind == "wikilink_open" and not WIKI_TARGET.of(token).has_text else ""


def has_open_references(children: Sequence[Token]) -> bool:
    """Return whether there is, among inline tokens, what names others without words of its own.

    A reference to a part of another note, or a citation with its authors' names.
    """
    return any(token.type in _REFERENCES and mark_of(children, index) for index, token in enumerate(children))


def mark_of(children: Sequence[Token], index: int) -> str:
    """Return the mark of such a reference; "" for any other token."""
    token = children[index]
    if token.type == "citation":
        cited = CITATION.of(token)
        return citation_mark([work.key for work in cited.works], narrative=True) if cited.text else ""
    wiki = WIKI_TARGET.of(token)
    if token.type == "link_open":
        path, _, fragment = str(token.attrs.get("href", "")).partition("#")
        empty = fragment and children[index + 1].type == "link_close" and not is_external(path)
        return reference_mark(path, fragment, "", "") if empty else ""
    if wiki.label if token.type == "cross_ref" else wiki.fragment and not wiki.has_text:
        return reference_mark(wiki.target, wiki.fragment, wiki.label, wiki.form)
    return ""


def block_text(tokens: Sequence[Token], *, math: bool = True, code: bool = True, marked: bool = False) -> str:
    """Return the readable text of block tokens, one line a block, code blocks and raw HTML left out."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            text = " ".join(inline_text(token.children or (), math=math, code=code, marked=marked).split())
            if text:
                lines.append(text)
        elif token.type in {"math_block", "math_inline"} and math:
            lines.append(" ".join(formula_text(token).split()))
    return "\n".join(lines)


def compared(text: str) -> str:
    """Return a title as it is compared with another: without spaces, case and the marks of Markdown and formulas."""
    return "".join(char for char in text if not char.isspace() and char not in "$*_`").casefold()
