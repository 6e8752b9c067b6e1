"""Titles: a line of front matter in which formulas and code spans are read, and every other character is itself."""

from collections.abc import Iterable, Mapping

from markdown_it.token import Token

from notegen.math.types import KatexCache
from notegen.model.config import MathConfig
from notegen.read.formulas import Formulas, set_formulas, tokens_of
from notegen.read.source_map import SourceMap
from notegen.read.token_data import PLACE, Place


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
        PLACE.set(token, _find(source, token.content))
    return set_formulas(tokens, macros, settings, SourceMap((), 0), path, katex)


def _find(source: str, text: str) -> Place:
    """Return where `text` first stands in the file; its beginning when it does not."""
    at = max(source.find(text), 0)
    return Place(source.count("\n", 0, at), at - source.rfind("\n", 0, at) - 1)


def plain_inline(tokens: Iterable[Token]) -> list[Token]:
    """Return the inline tokens of a parsed line."""
    return [child for token in tokens for child in token.children or ()]
