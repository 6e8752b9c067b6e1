"""The formulas of one note: found in the tokens, rendered together, their mistakes placed in the file."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from markdown_it.token import Token

from notegen.math.ids import without_ids
from notegen.math.placeholders import OPEN
from notegen.math.render import render_formulas
from notegen.math.symbols import SymbolMarker
from notegen.math.types import Problem, Rendered, Snippet
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.note import Formula, Reference
from notegen.read.document.anchors import block_labels_of
from notegen.read.document.references import Labels, set_references
from notegen.read.services import NoteDraft, ReaderServices
from notegen.read.source_map import SourceMap
from notegen.read.token_data import (
    FORMULA,
    LABEL,
    MISSING,
    PLACE,
    READABLE,
    RENDERED,
    WRITTEN,
    Place,
    RenderedFormula,
)
from notegen.text.patterns import lazy_regex

_MATH = frozenset({"math_inline", "math_block"})
_PLACED = _MATH | {"cross_ref"}
_IDS = lazy_regex(r' id="([^"]*)"')


class Formulas(msgspec.Struct, frozen=True):
    """What reading learns from a note's formulas: the values for the Note, HTML, ids, what is wrong.

    `unknown`: references inside formulas to labels that the note does not have.
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
        elif token.type == "inline" and token.children:
            for child in token.children:
                if child.type in types:
                    yield child


def set_formulas(
    tokens: Sequence[Token],
    draft: NoteDraft,
    services: ReaderServices,
    marker: SymbolMarker | None = None,
    *,
    in_text: bool = True,
) -> Formulas:
    r"""Render every formula among `tokens`: set RENDERED and empty READABLEs of formulas.

    `marker` marks the symbols of the note's notation; `in_text`: whether references may lead to other notes.

    Diagnostics: those of notegen.math, each at its character, but for label-unknown: see `unknown`.
    """
    math, path = services.settings.math, draft.source.path
    math_tokens = list(tokens_of(tokens, _MATH))
    rendering = render_formulas(
        [Snippet(token.content, FORMULA.of(token).display, LABEL.of(token)) for token in math_tokens],
        draft.macros,
        numbering=math.numbering,
        output=math.output,
        katex=services.fragments,
        packages=math.packages,
        others=block_labels_of(tokens),
        elsewhere=in_text,
    )
    formulas: list[Formula] = []
    diagnostics = [diagnose(item.code, item.message, path=path, hint=item.hint) for item in rendering.problems]
    anchors: list[str] = []
    unknown: list[Reference] = []
    for token, rendered in zip(math_tokens, rendering.formulas, strict=True):
        place = draft.source_map.of(token)
        marked = rendered.html if marker is None else marker.mark(rendered.html)
        _fill_token(token, marked, rendered, draft.macros)
        if " id=" in rendered.html:
            anchors.extend(_IDS.findall(rendered.html))
        formulas.append(_formula(token, rendered, place))
        missing, problems = _problems(token, rendered, place, draft)
        diagnostics += problems
        if missing:
            MISSING.set(token, missing)
            unknown += missing
    html = tuple(rendered.html for rendered in rendering.formulas)
    return Formulas(tuple(formulas), html, rendering.labels, tuple(anchors), tuple(unknown), tuple(diagnostics))


def set_line_formulas(
    tokens: Sequence[Token], draft: NoteDraft, services: ReaderServices, *, in_text: bool = False
) -> Formulas:
    """Render the formulas of a front matter value, their places found by their text in the file.

    Other tokens have no place in the file: those in the value go. `in_text`: whether references may lead to what the
    value alone does not have.
    """
    some = False
    for token in (
        child for block in tokens for child in (block.children or () if block.type == "inline" else (block,))
    ):
        token.map = None
        has_place = token.type in _PLACED
        some = some or has_place
        PLACE.set(token, _find(draft.source.text, token.content) if has_place else None)
    if not some:
        return Formulas()
    draft = msgspec.structs.replace(draft, source_map=SourceMap((), 0))
    formulas = set_formulas(tokens, draft, services, in_text=in_text)
    unknown = set_references(tokens, Labels(formulas.labels, {}), draft.source_map, in_text=in_text)
    return msgspec.structs.replace(formulas, unknown=(*formulas.unknown, *unknown))


def _find(source: str, text: str) -> Place:
    """Return where `text` first stands in the file; its beginning when it does not."""
    at = max(source.find(text), 0)
    return Place(source.count("\n", 0, at), at - source.rfind("\n", 0, at) - 1)


def _as_written(token: Token, offset: int) -> tuple[str, int]:
    """Return a formula as it stands in the file, and where in it the character at `offset` of its LaTeX does."""
    written = WRITTEN.of(token)
    return (
        (token.content, offset) if written is None else (written.latex, offset + bisect_right(written.dropped, offset))
    )


def _fill_token(token: Token, html: str, rendered: Rendered, macros: Mapping[str, str]) -> None:
    RENDERED.set(token, RenderedFormula(html, without_ids(html), macros, rendered.numbers))
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


def _problems(
    token: Token, rendered: Rendered, place: tuple[int, int], draft: NoteDraft
) -> tuple[tuple[Reference, ...], list[Diagnostic]]:
    """Return what is wrong with a formula: its references to labels that the note does not have, and all else."""
    missing: list[Reference] = []
    diagnostics: list[Diagnostic] = []
    for item in rendered.problems:
        line, column = draft.source_map.inside(place, *_as_written(token, item.offset))
        if item.label:
            missing.append(Reference(item.label, line, column, item.length, is_hole=OPEN in rendered.html))
        else:
            diagnostics.append(_diagnostic(item, draft.source.path, line, column))
    return tuple(missing), diagnostics


def _diagnostic(item: Problem, path: str, line: int, column: int) -> Diagnostic:
    length = max(1, item.length)
    return diagnose(item.code, item.message, path=path, line=line, column=column, length=length, hint=item.hint)
