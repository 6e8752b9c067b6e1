"""The formulas of one note: found in the tokens, rendered together, their mistakes placed in the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from markdown_it.token import Token

from notegen.math.ids import anchor_id, without_ids
from notegen.math.render import render_formulas
from notegen.math.types import KatexCache, Problem, Rendered, Snippet
from notegen.model.codes import diagnose
from notegen.model.config import MathConfig
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Formula, Reference
from notegen.read.source_map import SourceMap
from notegen.read.token_data import FORMULA, READABLE, REFERENCE, RENDERED, EquationReference, RenderedFormula

_MATH = frozenset({"math_inline", "math_block"})
_IDS = re.compile(r' id="([^"]*)"')


class Formulas(msgspec.Struct, frozen=True):
    """What reading learns from a note's formulas: the values for the Note, HTML, ids, what is wrong.

    `unknown`: references, inside formulas and out, to labels that the formulas do not define.
    """

    formulas: tuple[Formula, ...] = ()
    html: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    anchors: tuple[str, ...] = ()
    unknown: tuple[Reference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def tokens_of(tokens: Iterable[Token], types: frozenset[str]) -> Iterator[Token]:
    """Yield tokens of these types in document order, block and inline, image texts left out."""
    for token in tokens:
        if token.type in types:
            yield token
        elif token.children and token.type == "inline":
            yield from (child for child in token.children if child.type in types)


def set_formulas(
    tokens: Sequence[Token],
    macros: Mapping[str, str],
    settings: MathConfig,
    places: SourceMap,
    path: str,
    katex: KatexCache | None = None,
) -> Formulas:
    r"""Render every formula among `tokens`: set RENDERED and empty READABLEs of formulas, REFERENCE of `\eqref`.

    `katex` remembers what KaTeX rendered. Diagnostics: those of notegen.math, each
    at its character, but for math-unknown-reference: see `unknown`.
    """
    found = list(tokens_of(tokens, _MATH))
    snippets = [Snippet(token.content, FORMULA.of(token).display) for token in found]
    rendering = render_formulas(snippets, macros, numbering=settings.numbering, output=settings.output, katex=katex)
    formulas: list[Formula] = []
    diagnostics = [diagnose(item.code, item.message, path=path, hint=item.hint) for item in rendering.problems]
    anchors: list[str] = []
    unknown: list[Reference] = []
    for token, rendered in zip(found, rendering.formulas, strict=True):
        place = places.of(token)
        _fill_token(token, rendered, macros)
        if " id=" in rendered.html:
            anchors.extend(_IDS.findall(rendered.html))
        formulas.append(_formula(token, rendered, place))
        for item in rendered.problems:
            line, column = places.inside(place, token.content, item.offset)
            if item.label:
                unknown.append(Reference(item.label, line, column, item.length))
            else:
                diagnostics.append(_diagnosed(item, path, line, column))
    unknown.extend(_set_references(tokens, rendering.labels, places))
    html = tuple(rendered.html for rendered in rendering.formulas)
    return Formulas(tuple(formulas), html, rendering.labels, tuple(anchors), tuple(unknown), tuple(diagnostics))


def _fill_token(token: Token, rendered: Rendered, macros: Mapping[str, str]) -> None:
    RENDERED.set(token, RenderedFormula(rendered.html, without_ids(rendered.html), macros))
    if rendered.engine == "macros":
        READABLE.set(token, "")


def _formula(token: Token, rendered: Rendered, place: tuple[int, int]) -> Formula:
    return Formula(
        display=FORMULA.of(token).display,
        latex=token.content,
        line=place[0],
        column=place[1],
        engine=rendered.engine,
        number=", ".join(rendered.numbers),
        label=", ".join(rendered.labels),
    )


def _diagnosed(item: Problem, path: str, line: int, column: int) -> Diagnostic:
    length = max(1, item.length)
    return diagnose(item.code, item.message, path=path, line=line, column=column, length=length, hint=item.hint)


def _set_references(tokens: Sequence[Token], labels: Mapping[str, str], places: SourceMap) -> Iterator[Reference]:
    r"""Give each `\eqref` or `\ref` in prose its number and anchor; yield those to no label."""
    for token in tokens_of(tokens, frozenset({"math_ref"})):
        number = labels.get(token.content)
        command = REFERENCE.of(token).command
        text = f"{number or '??'}" if command == "ref" else f"({number or '??'})"
        anchor = "" if number is None else anchor_id(token.content)
        REFERENCE.set(token, EquationReference(command, text, anchor))
        if number is not None:
            continue
        line, column = places.of(token)
        yield Reference(token.content, line, column, len(token.content))
