"""The diagrams of one note: drawn, or shown as their source with what is wrong with them at its line.

Each is kept among the note's fragments, so that it is drawn once for its page, its excerpt, feeds and embeds, and again
only when it changes. Formulas in labels are typeset with the note's macros.
"""

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import msgspec
from markdown_it.token import Token

from notegen.math.plain_text.text import readable
from notegen.math.render import render_formulas
from notegen.math.types import Snippet
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest
from notegen.read.plain_text import block_text
from notegen.read.services import NoteDraft, ReaderServices
from notegen.read.syntax.cross_references.label_prefixes import numbered_words
from notegen.read.token_data import DIAGRAM, DRAWN, DiagramSource

if TYPE_CHECKING:
    from notegen.diagrams.draw import Diagram

MOST = 200  # diagrams of one note that are drawn
_KEPT_MISTAKES = frozenset({"diagram-syntax", "diagram-file"})  # others may be gone next time


class Diagrams(msgspec.Struct, frozen=True):
    """What reading learns from a note's diagrams: the HTML of formulas in them, what is wrong."""

    html: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _Drawn(msgspec.Struct, frozen=True):
    """What is kept of a diagram: its SVG, title and words; or code, message, line and hint of what is wrong."""

    svg: str = ""
    title: str = ""
    words: str = ""
    code: str = ""
    message: str = ""
    line: int = 0
    hint: str = ""


def with_diagrams(tokens: list[Token], draft: NoteDraft, services: ReaderServices) -> tuple[list[Token], Diagrams]:
    """Return tokens whose diagrams are DRAWN; one that cannot be becomes a fence with its source.

    Diagnostics: diagram-missing, diagram-syntax, diagram-file, diagram-large, and those of formulas.
    """
    if not any(token.type == "diagram" for token in tokens):
        return tokens, Diagrams()
    kept = dict(draft.source.drawings)
    html: list[str] = []
    diagnostics: list[Diagnostic] = []
    result: list[Token] = []
    failed = count = 0
    for index, token in enumerate(tokens):
        if token.type == "diagram":
            count += 1
            after = tokens[index + 1 : index + 3]
            diagnostics += (
                _set_drawing(token, after, kept, html, draft, services) if count <= MOST else [_too_many(token, draft)]
            )
            if not DRAWN.of(token):
                result += _as_code(result, token, has_figure=_is_more(tokens, index))
                failed += not _is_more(tokens, index)
                continue
        elif failed and token.type == "figure_close" and tokens[index - 1].type == "diagram":
            failed -= 1
            continue
        result.append(token)
    return result, Diagrams(tuple(html), tuple(diagnostics))


def _is_more(tokens: Sequence[Token], index: int) -> bool:
    """Return whether the figure of a diagram has a caption or a label, and so stays one around the source."""
    return tokens[index + 1].type != "figure_close" or "id" in tokens[index - 1].attrs


def _as_code(result: list[Token], token: Token, *, has_figure: bool) -> list[Token]:
    """Return the source of a diagram as a fence; the figure that was opened becomes one of code, or goes."""
    diagram = DIAGRAM.of(token)
    figure = result[-1]
    if has_figure:
        figure.attrs["class"] = str(figure.attrs["class"]).replace("diagram", "listing", 1)
    else:
        result.pop()
    level = token.level if has_figure else figure.level
    fence = Token("fence", "code", 0, info=diagram.language, content=diagram.source, markup="```", level=level)
    fence.map, fence.block = token.map, True
    return [fence]


def _set_drawing(
    token: Token,
    after: Sequence[Token],
    kept: dict[str, str],
    html: list[str],
    draft: NoteDraft,
    services: ReaderServices,
) -> list[Diagnostic]:
    """Draw a diagram, its formulas added to `html`; return what is wrong. `after`: the tokens that follow it."""
    from notegen.diagrams.draw import Diagram, prepare

    diagram = DIAGRAM.of(token)
    prepared = prepare(Diagram(diagram.language, diagram.source), lambda latex: readable(latex, draft.macros), kept)
    drawn = _remembered(prepared.diagram, prepared.key, kept, services)
    if drawn.code:
        return [_mistake(drawn, diagram, draft)]
    svg = drawn.svg
    plain = [readable(latex, draft.macros) for latex in prepared.formulas]
    name = diagram.alt or drawn.title or drawn.words or _caption(after) or _figure(draft, services)
    diagnostics: list[Diagnostic] = []
    if prepared.formulas:
        rendering = render_formulas(
            [Snippet(latex, display=True) for latex in prepared.formulas],
            draft.macros,
            output=services.settings.math.output,
            katex=services.fragments,
            packages=services.settings.math.packages,
        )
        for number, formula in enumerate(rendering.formulas):
            html.append(formula.html)
            svg = svg.replace(f"\x02{number}\x03", formula.html)
            svg = svg.replace(f"\x04{number}\x03", escape(plain[number], quote=False))
            name = name.replace(f"\x04{number}\x03", plain[number])
            diagnostics += [
                diagnose(item.code, item.message, path=draft.source.path, line=_line(diagram, 1, draft), hint=item.hint)
                for item in formula.problems
            ]
    DRAWN.set(token, _named(svg, name))
    return diagnostics


def _caption(after: Sequence[Token]) -> str:
    """Return the text of the caption that follows a diagram, "" for none."""
    return block_text(after) if after[0].type == "figcaption_open" else ""


def _figure(draft: NoteDraft, services: ReaderServices) -> str:
    """Return what a drawing without any words is called in the note's language."""
    languages = (draft.front_matter.meta.lang or "", services.settings.language)
    return numbered_words("figure", "", languages).strip()


def _named(svg: str, name: str) -> str:
    from notegen.diagrams.svg.write import named

    return named(svg, name)


def _remembered(diagram: "Diagram", key: tuple[str, ...], kept: dict[str, str], services: ReaderServices) -> _Drawn:
    """Return what comes of a prepared diagram, from the note's fragments if it is among them."""
    from notegen.diagrams.draw import draw
    from notegen.diagrams.drawing import Mistake

    name = digest("diagram", *key)
    stored = services.fragments.get(name)
    if stored is not None:
        return msgspec.json.decode(stored, type=_Drawn)
    result = draw(diagram, kept)
    if isinstance(result, Mistake):
        drawn = _Drawn(code=result.code, message=result.message, line=result.line, hint=result.hint)
    else:
        drawn = _Drawn(result.svg, result.title, result.words)
    if not drawn.code or drawn.code in _KEPT_MISTAKES:
        services.fragments.put(name, msgspec.json.encode(drawn).decode())
    return drawn


def _line(diagram: DiagramSource, line: int, draft: NoteDraft) -> int:
    return diagram.line + max(1, line) + draft.source_map.shift


def _mistake(drawn: _Drawn, diagram: DiagramSource, draft: NoteDraft) -> Diagnostic:
    lines = diagram.source.split("\n")
    written = lines[drawn.line - 1] if 0 < drawn.line <= len(lines) else ""
    body = draft.source_map.line(diagram.line + drawn.line - 1) if written.strip() else ""
    column = body.find(written.strip()) + 1 if written.strip() else 0
    return diagnose(
        drawn.code,
        drawn.message,
        path=draft.source.path,
        line=_line(diagram, drawn.line, draft),
        column=column,
        length=max(1, len(written.strip())),
        hint=drawn.hint,
        cause="TikZ" if drawn.code == "diagram-missing" and diagram.language == "tikz" else "",
    )


def _too_many(token: Token, draft: NoteDraft) -> Diagnostic:
    message = f"a note shows at most {MOST} diagrams; the source of all others is shown"
    return diagnose("diagram-large", message, path=draft.source.path, line=_line(DIAGRAM.of(token), 1, draft))
