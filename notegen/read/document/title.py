"""Titles: a line of front matter in which formulas and code spans are read, and every other character is itself."""

from collections.abc import Iterable, Mapping

from markdown_it.token import Token

from notegen.math.types import KatexCache
from notegen.model.config import MathConfig
from notegen.read.formulas import Formulas, set_formulas, tokens_of
from notegen.read.places import Places


def set_line_formulas(
    tokens: list[Token],
    macros: Mapping[str, str],
    settings: MathConfig,
    source: str,
    path: str,
    katex: KatexCache | None = None,
) -> Formulas:
    """Render the formulas of a front matter value, their places found by their text in the file."""
    for token in tokens_of(tokens, frozenset({"math_inline", "math_block"})):
        token.meta |= dict(zip(("line", "column"), _find(source, token.content), strict=True))
    return set_formulas(tokens, macros, settings, Places((), 0), path, katex)


def _find(source: str, text: str) -> tuple[int, int]:
    """Return the 0-based line and column where `text` first stands in the file; (0, 0) when it does not."""
    at = max(source.find(text), 0)
    return source.count("\n", 0, at), at - source.rfind("\n", 0, at) - 1


def plain_inline(tokens: Iterable[Token]) -> list[Token]:
    """Return the inline tokens of a parsed line."""
    return [child for token in tokens for child in token.children or ()]
