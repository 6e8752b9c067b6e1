"""The notation of a note: what its symbols mean, the table where `[[NOTATION]]` stands, marks in formulas."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from markdown_it.token import Token

from notegen.math.plain_text.text import readable
from notegen.math.render import render_formulas
from notegen.math.symbols import Symbol, SymbolMarker, presentation
from notegen.math.types import Snippet
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.read.services import NoteDraft, ReaderServices
from notegen.read.token_data import PLACE, WIKI_TARGET, Place
from notegen.text.notation import meaning_in
from notegen.text.patterns import lazy_regex

_FORMULA = lazy_regex(r"\$([^$\s](?:[^$]*[^$\s])?)\$")  # in a meaning
_TABLE = "NOTATION"
_HEADS = {"zh": ("符号", "含义"), "en": ("Symbol", "Meaning")}


class Notation(msgspec.Struct, frozen=True):
    """What symbols mean in one note: LaTeX -> meaning in its language. `marker`: None where no formula can have any."""

    meanings: Mapping[str, str] = {}
    language: str = ""
    marker: SymbolMarker | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_used(self) -> bool:
        """Whether a formula has one of the symbols; known when all are rendered."""
        return self.marker is not None and self.marker.has_marked


def notation_of(draft: NoteDraft, services: ReaderServices) -> Notation:
    """Return the notation of the site and the note, which goes before. Diagnostic: math-notation."""
    of_note = draft.front_matter.meta.notation
    of_site = services.settings.notation.items()
    table = {**of_note, **{symbol: value for symbol, value in of_site if symbol not in of_note}}
    if not table:
        return Notation()
    language = draft.front_matter.meta.lang or services.settings.language
    meanings = {symbol: meaning_in(value, language) for symbol, value in table.items()}
    if services.settings.math.output != "mathml":
        return Notation(meanings, language)
    snippets = [Snippet(symbol, display=False) for symbol in meanings]
    rendering = render_formulas(snippets, draft.macros, katex=services.fragments)
    symbols: dict[str, Symbol] = {}
    diagnostics: list[Diagnostic] = []
    for (latex, meaning), formula in zip(meanings.items(), rendering.formulas, strict=True):
        mathml = presentation(formula.html) if formula.engine in {"math-core", "katex"} else ""
        if mathml:
            words = _FORMULA.sub(lambda match: readable(match[1], draft.macros), meaning)
            symbols[latex] = Symbol(mathml, readable(latex, draft.macros), words)
        else:
            diagnostics.append(_unreadable(latex, draft, in_note=latex in of_note))
    shown = {latex: meaning for latex, meaning in meanings.items() if latex in symbols}
    return Notation(shown, language, SymbolMarker(symbols) if symbols else None, tuple(diagnostics))


def _unreadable(latex: str, draft: NoteDraft, *, in_note: bool) -> Diagnostic:
    message = f"the symbol {latex or repr(latex)} of notation is no formula that can be rendered"
    at = draft.source.text.find(latex) if in_note else -1
    line = draft.source.text.count("\n", 0, at) + 1 if at >= 0 else 0
    return diagnose("math-notation", message, path=draft.source.path, line=line, cause=message)


def with_tables(tokens: list[Token], notation: Notation) -> list[Token]:
    """Return the tokens with a table of the notation for each paragraph that is `[[NOTATION]]`; before formulas."""
    if not notation.meanings or not any(_is_mark(token) for token in tokens):
        return tokens
    result: list[Token] = []
    index = 0
    while index < len(tokens):
        if index + 2 < len(tokens) and tokens[index].type == "paragraph_open" and _is_mark(tokens[index + 1]):
            result += _table(tokens[index], notation)
            index += 3
        else:
            result.append(tokens[index])
            index += 1
    return result


def _is_mark(token: Token) -> bool:
    """Return whether a token is the text of a paragraph that is `[[NOTATION]]` alone."""
    children = token.children or ()
    if token.type != "inline" or len(children) != 2 or children[0].type != "wikilink_open":  # noqa: PLR2004 - open, close
        return False
    link = WIKI_TARGET.of(children[0])
    return link.target == _TABLE and not link.fragment


def _table(paragraph: Token, notation: Notation) -> Iterator[Token]:
    """Yield the tokens of the table, in the place of a paragraph."""
    line = paragraph.map[0] if paragraph.map else 0
    level = paragraph.level
    heads = _HEADS["zh" if notation.language.lower().startswith("zh") else "en"]
    yield _tag("table", 1, level, line)
    yield _tag("thead", 1, level + 1, line)
    yield from _row("th", [[_text(head)] for head in heads], level + 2, line)
    yield _tag("thead", -1, level + 1, line)
    yield _tag("tbody", 1, level + 1, line)
    for latex, meaning in notation.meanings.items():
        words = [
            _symbol(part, line) if number % 2 else _text(part) for number, part in enumerate(_FORMULA.split(meaning))
        ]
        yield from _row("td", [[_symbol(latex, line)], words], level + 2, line)
    yield _tag("tbody", -1, level + 1, line)
    yield _tag("table", -1, level, line)


def _row(cell: str, contents: Sequence[Sequence[Token]], level: int, line: int) -> Iterator[Token]:
    yield _tag("tr", 1, level, line)
    for content in contents:
        yield _tag(cell, 1, level + 1, line)
        text = "".join(token.content for token in content)
        inline = Token("inline", "", 0, content=text, children=[*content], block=True, level=level + 2)
        inline.map = [line, line + 1]
        yield inline
        yield _tag(cell, -1, level + 1, line)
    yield _tag("tr", -1, level, line)


def _tag(name: str, nesting: int, level: int, line: int) -> Token:
    opened = nesting > 0
    token = Token(f"{name}_{'open' if opened else 'close'}", name, 1 if opened else -1, block=True, level=level)
    token.map = [line, line + 1] if opened else None
    return token


def _symbol(latex: str, line: int) -> Token:
    token = Token("math_inline", "", 0, content=latex, markup="$")
    PLACE.set(token, Place(line, 0))
    return token


def _text(text: str) -> Token:
    return Token("text", "", 0, content=text)
