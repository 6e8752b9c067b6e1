"""What is wrong with a note besides its formulas and front matter: told by syntax rules, or seen in the tokens."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.read.code.highlight import language_of
from notegen.read.places import Places
from notegen.read.services import Workshop
from notegen.read.syntax.math.report import PROBLEMS
from notegen.read.syntax.report import PROBLEMS as TAG_PROBLEMS


def scanner_problems(env: dict[str, Any], places: Places, path: str) -> Iterator[Diagnostic]:
    """Yield what the scanner of formulas, and the readers of other tools' tags, noticed."""
    for item in (*env.get(PROBLEMS, ()), *env.get(TAG_PROBLEMS, ())):
        line = item.line + places.shift
        yield diagnose(
            item.code, item.message, path=path, line=line, column=item.column, length=item.length, hint=item.hint
        )


def languages(tokens: Iterable[Token], places: Places, path: str) -> Iterator[Diagnostic]:
    """Yield a note for each code fence whose language Pygments does not know."""
    for token in tokens:
        message = f"no highlighting for the language {language_of(token.info)!r}"
        yield diagnose("code-unknown-language", message, path=path, line=places.of(token)[0])


def depth(tokens: Sequence[Token], places: Places, shop: Workshop, path: str) -> Iterator[Diagnostic]:
    """Yield an error where blocks are nested so deeply that the parser gave up on their content."""
    limit = shop.parser.options["maxNesting"]
    for token in tokens:
        if token.level >= limit - 1:
            hint = "a run of > or list marks is usually a paste gone wrong"
            message = f"blocks nested more than {limit} deep are not shown"
            yield diagnose("note-too-deep", message, path=path, line=places.of(token)[0], hint=hint)
            return
