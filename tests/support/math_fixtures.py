"""Reads the formula fixtures, and what a parsed note holds: its formulas, and the text visible beside them.

A case is a title line `number level title [option]`, then between lines of one full stop each: the Markdown, and what
is expected. `inline: …`, `display: …` and `either: …` are all formulas in order, `none` means that there is none,
`text: …` must be visible outside of formulas. A line `| …` continues the line before.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from notegen.model.config import Config, MathConfig, read_settings
from notegen.read.parser import make_parser
from notegen.read.token_data import FORMULA
from tests.support.paths import FIXTURES

FOLDER = FIXTURES / "math"
_VISIBLE = frozenset({"text", "code_inline", "fence", "code_block", "html_block", "html_inline"})

Formula = tuple[str, str]  # "inline" or "display", LaTeX


class Case(NamedTuple):
    """One fixture: `options` are settings of `MathConfig` that are switched on."""

    title: str
    options: tuple[str, ...]
    source: str
    formulas: tuple[Formula, ...]
    texts: tuple[str, ...]


def load_cases() -> Iterator[Case]:
    """Yield all cases of the fixture folder."""
    for path in sorted(FOLDER.glob("*.md")):
        parts = path.read_text(encoding="utf-8").split("\n.\n")
        for title, source, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            yield _case(title.strip(), source, expected)


def _case(title: str, source: str, expected: str) -> Case:
    name, _, option = title.removesuffix("]").partition(" [")
    entries = [entry.partition(": ") for entry in expected.replace("\n| ", "\r").split("\n") if entry != "none"]
    pairs = [(kind, value.replace("\r", "\n").strip()) for kind, _, value in entries]
    formulas = tuple(pair for pair in pairs if pair[0] != "text")
    return Case(
        name, (option,) if option else (), source, formulas, tuple(text for kind, text in pairs if kind == "text")
    )


def parser(*options: str) -> MarkdownIt:
    """Return a parser with these settings of `MathConfig` switched on."""
    return make_parser(read_settings(Config(math=msgspec.convert(dict.fromkeys(options, True), MathConfig))))


def formulas(tokens: Sequence[Token]) -> list[Formula]:
    """Return the formulas in the order of the note."""
    found = [token for token in walk(tokens) if token.type in {"math_inline", "math_block"}]
    return [("display" if FORMULA.of(token).display else "inline", token.content) for token in found]


def visible_text(tokens: Sequence[Token]) -> str:
    """Return what a reader sees beside formulas; blocks are lines."""
    parts: list[str] = []
    for token in walk(tokens):
        if token.type in _VISIBLE:
            parts.append(token.content)
        elif token.block or token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return "".join(parts)


def walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield all tokens, children after their parent."""
    for token in tokens:
        yield token
        yield from walk(token.children or ())


def types(tokens: Iterable[Token]) -> list[str]:
    """Return the types of all tokens."""
    return [token.type for token in walk(tokens)]
