"""Code blocks: a fence's info string and text to highlighted HTML with CSS classes, by Pygments."""

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pygments.lexer import Lexer

PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "mermaid", "output"})
MAX_HIGHLIGHTED = 200_000  # characters; longer code is shown without colours


class CodeBlock(msgspec.Struct, frozen=True):
    """Rendered code: its HTML, and whether the language was known to the highlighter."""

    html: str
    known: bool


Highlighter = Callable[[str, str], CodeBlock]


def language_of(info: str) -> str:
    """Return the language that a fence's info string names.

    `python`, `{.python}`, `python{1,3}`, `rust,linenos` alike.
    """
    word = info.strip().split(maxsplit=1)[0] if info.strip() else ""
    return word.strip("{}").lstrip(".").split("{")[0].split(",")[0].split(":")[0].lower()


def make_highlighter() -> Highlighter:
    """Return the function (code, info string) -> CodeBlock.

    Lexers are made once and kept inside it, Pygments imported on first use.
    """

    @lru_cache(maxsize=64)
    def lexer(language: str) -> "Lexer | None":
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound

        try:
            return get_lexer_by_name(language, stripnl=False, ensurenl=True)
        except ClassNotFound:
            return None

    @lru_cache(maxsize=1)
    def colour() -> Callable[[str, "Lexer"], str]:
        from pygments import highlight as run
        from pygments.formatters.html import HtmlFormatter

        formatter: HtmlFormatter[str] = HtmlFormatter(nowrap=True)
        return lambda code, lexer: run(code, lexer, formatter)

    def highlight(code: str, info: str) -> CodeBlock:
        language = language_of(info)
        found = None if language in PLAIN or len(code) > MAX_HIGHLIGHTED else lexer(language)
        if found is None:
            known = language in PLAIN or lexer(language) is not None
            return CodeBlock(_frame(escape(code, quote=False), language), known)
        return CodeBlock(_frame(colour()(code, found), language), known=True)

    return highlight


def _frame(html: str, language: str) -> str:
    """Return the block around highlighted code: a head that names the language, then the scrolling code."""
    name = escape(language)
    head = f'<div class="code-head"><span class="code-lang">{name}</span></div>' if language else ""
    return f'<div class="highlight" data-lang="{name}">{head}<pre tabindex="0"><code>{html}</code></pre></div>\n'
