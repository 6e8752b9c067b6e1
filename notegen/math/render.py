"""All formulas of a note to MathML: math-core first, KaTeX for what it rejects, the source where both do."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

import msgspec
from math_core import LatexToMathML

from notegen.math import math_core as core
from notegen.math.browser_output import source_html
from notegen.math.diagnostics import Answer, explain, imbalance
from notegen.math.katex.client import TOO_DEEP, UNDEFINED
from notegen.math.katex.client import to_mathml as katex_to_mathml
from notegen.math.katex.process import KatexProcess, katex_process
from notegen.math.latex.macro_table import read_macros
from notegen.math.latex.macros import Macro
from notegen.math.latex.nesting import KATEX_LIMIT, POLYFILL_LIMIT, too_deep
from notegen.math.latex.rewrite import NO_LIMITS
from notegen.math.latex.row_spacing import fill_gaps
from notegen.math.latex.tokens import Token, spell, tokenize
from notegen.math.math_core import Failure
from notegen.math.mathml.alignments import with_parted_rows
from notegen.math.mathml.line_breaks import with_line_breaks
from notegen.math.numbering.rows import Row
from notegen.math.placeholders import Tag, fill_marks, reference_html, tag_html, with_ids
from notegen.math.polyfill.fill import fill_polyfills
from notegen.math.polyfill.rules import polyfill
from notegen.math.prepare import Planned, plan, replan, unused_word
from notegen.math.references import Labels, collect_labels, row_number
from notegen.math.types import KatexCache, Problem, Rendered, Rendering, Snippet
from notegen.model.note import BlockLabel


class _Tools(msgspec.Struct, frozen=True):
    """What rendering one formula needs of its note."""

    engine: LatexToMathML
    process: KatexProcess
    cache: KatexCache | None
    labels: Labels
    macros: frozenset[str]
    undefined: set[str] = set()  # commands that KaTeX did not know in earlier formulas: it need not be asked again


def render_formulas(
    snippets: Sequence[Snippet],
    macros: Mapping[str, str],
    *,
    numbering: str = "labelled",
    output: str = "mathml",
    katex: KatexCache | None = None,
    packages: Sequence[str] = (),
    others: Mapping[str, BlockLabel] | None = None,
    elsewhere: bool = False,
) -> Rendering:
    r"""Render every formula of one note, in document order.

    `macros` are those of site.yaml and front matter: names without backslashes, bodies with `#1` to `#9`. Definitions
    in formulas hold from there on. `packages`: those of LaTeX that redefine commands, "physics".
    `others`: what else has labels, such as figures; `elsewhere`: whether other notes may have labels, too.
    `numbering` "all" numbers plain displays too; `output` "source" gives `\(…\)` and
    `\[…\]` for a renderer in the browser, see source.py. Time is linear in the formulas. Problems have the codes
    `math-undefined-command`, `math-syntax`, `math-macro`, `math-too-long`, `label-duplicate`,
    `label-unknown`.
    """
    table, faults = read_macros(macros)
    planned = _plan_all(snippets, table, number_all=numbering == "all", physics="physics" in packages)
    labels = collect_labels(planned, others or {}, elsewhere=elsewhere)
    pairs = list(zip(snippets, planned, strict=True))
    if output == "source":
        formulas = [_source(snippet, item, labels, index) for index, (snippet, item) in enumerate(pairs)]
    else:
        names = frozenset(name[1:] for name in table if name[0] == "\\")
        tools = _Tools(core.engine(), katex_process(), katex, labels, names)
        formulas = [_render(snippet, item, tools, index) for index, (snippet, item) in enumerate(pairs)]
    return Rendering(tuple(formulas), labels.numbers, tuple(faults))


def _plan_all(
    snippets: Sequence[Snippet], macros: dict[str, Macro], *, number_all: bool, physics: bool
) -> list[Planned]:
    """Plan every formula; `macros` grows by the definitions met."""
    planned = []
    counter = 0
    for snippet in snippets:
        item, state = plan(snippet, macros, counter, number_all=number_all, physics=physics)
        planned.append(item)
        counter = state.counter
        macros.update(state.defined)
    return planned


def _source(snippet: Snippet, planned: Planned, labels: Labels, index: int) -> Rendered:
    """Leave a formula to the browser; only what needs no engine is checked."""
    problems = (*labels.problems.get(index, ()), *_unknown_references(planned, labels))
    problem = planned.problem or (imbalance(tokenize(snippet.latex)) if planned.tokens is None else None)
    problems = problems if problem is None else (*problems, problem)
    engine = "macros" if planned.definitions else "source"
    return _rendered(source_html(snippet, planned, labels, index), engine, planned, problems)


def _rendered(html: str, engine: str, planned: Planned, problems: tuple[Problem, ...]) -> Rendered:
    numbers = tuple(row_number(row) for row in planned.rows)
    names = tuple(label for row in planned.rows for label, _ in row.labels)
    names += tuple(label for _, label, _ in planned.parents) + tuple(label for label, _ in planned.anchors)
    return Rendered(html, engine, numbers, names, problems)


def _render(snippet: Snippet, planned: Planned, tools: _Tools, index: int) -> Rendered:
    if planned.tokens is None and planned.problem is None:
        plain = _plain(planned.latex, planned.display)
        if plain is not None:  # nearly all formulas end here
            return plain
        planned, _ = replan(snippet, {}, 0, number_all=False)
    if planned.definitions:
        return _rendered("", "macros", planned, ())
    problems = (*tools.labels.problems.get(index, ()), *_unknown_references(planned, tools.labels))
    converted = planned.problem or _convert(planned, tools)
    owned = tools.labels.ids.get(index, ((),))
    if isinstance(converted, Problem):
        html = _error(snippet.latex, converted, [name for ids in owned for name in ids])
        return _rendered(html, "", planned, (*problems, converted))
    inside, engine = converted
    tags = [_tag(row, ids, tools) for row, ids in zip(planned.rows, owned, strict=False)]
    references = [reference_html(reference, tools.labels) for reference in planned.references]
    inside = fill_gaps(inside, planned.marker)
    inside = fill_marks(inside, planned.marker, tags, references)
    return _rendered(_math(snippet.latex, inside, planned.display, owned[-1]), engine, planned, problems)


@lru_cache(maxsize=8192)  # notes repeat their symbols
def _plain(latex: str, display: bool) -> Rendered | None:
    """Render a formula that math-core can be given as the author wrote it; None when it is rejected."""
    inside = core.to_mathml(core.engine(), latex, display=display)
    return Rendered(_math(latex, inside, display), "math-core") if isinstance(inside, str) else None


def _tag(row: Row, ids: tuple[str, ...], tools: _Tools) -> Tag:
    r"""Return the tag of a row; a `\tag` may hold anything that `\\text` may."""

    def convert(latex: str) -> str | None:
        planned = Planned(latex, display=False, tokens=tokenize(latex), marker=unused_word(latex))
        converted = _convert(planned, tools)
        return None if isinstance(converted, Problem) else converted[0]

    text = row.counted if row.tag is None else spell(row.tag)
    return Tag(tag_html(text, starred=row.starred, convert=convert), ids)


def _unknown_references(planned: Planned, labels: Labels) -> list[Problem]:
    return [
        Problem(
            "label-unknown",
            f"nothing in this note has the label {label}",
            place.start,
            place.end - place.start,
            label=label,
        )
        for label, place in ((item.label, item.token) for item in planned.references)
        if label not in labels.numbers and labels.other(label) is None
    ]


def _convert(planned: Planned, tools: _Tools) -> tuple[str, str] | Problem:
    """Ask math-core, then math-core with polyfills, then KaTeX; return MathML and the engine's name."""
    latex = planned.latex.replace("}" + NO_LIMITS, "}" + " " * len(NO_LIMITS))  # math-core sets them beside anyway
    by_core = core.to_mathml(tools.engine, latex, display=planned.display)
    if isinstance(by_core, str) and not planned.wrong:
        return by_core, "math-core"
    tokens = planned.tokens or []
    polyfilled = tokens if too_deep(tokens, POLYFILL_LIMIT) else polyfill(tokens, planned.marker)
    by_polyfill = _ask_polyfilled(polyfilled, planned, tools)
    if isinstance(by_polyfill, str):
        return by_polyfill, "math-core"
    by_katex = _ask_katex(planned, tools)
    if isinstance(by_katex, str):
        return by_katex, "katex"
    if isinstance(by_core, str):
        return by_core, "math-core"
    return explain(Answer(by_polyfill, polyfilled), Answer(by_katex, tokens), tools.macros)


def _ask_polyfilled(tokens: list[Token], planned: Planned, tools: _Tools) -> str | Failure:
    if too_deep(tokens):
        return core.UNSUPPORTED
    mathml = core.to_mathml(tools.engine, spell(tokens), display=planned.display)
    if isinstance(mathml, Failure):
        return mathml
    filled = fill_polyfills(mathml, planned.marker)
    return core.UNSUPPORTED if filled is None else filled


def _ask_katex(planned: Planned, tools: _Tools) -> str | Failure:
    tokens = planned.tokens or []
    if too_deep(tokens, KATEX_LIMIT):
        return TOO_DEEP
    for index, token in enumerate(tokens):
        if token.text in tools.undefined:
            return Failure(f"{UNDEFINED}{token.text}", len(spell(tokens[:index])))
    answer = katex_to_mathml(planned.latex, display=planned.display, process=tools.process, cache=tools.cache)
    if isinstance(answer, Failure) and answer.message.startswith(UNDEFINED):
        tools.undefined.add(answer.message.removeprefix(UNDEFINED))
    return answer


def _math(latex: str, inside: str, display: bool, ids: Sequence[str] = ()) -> str:
    first = f' id="{ids[0]}"' if ids else ""
    block = ' display="block"' if display else ""
    parted = with_line_breaks(inside, display=display)
    if parted is None and display:
        inside = with_parted_rows(inside)
    lines, inside = (' class="lines"', parted) if parted is not None else ("", inside)
    source = escape(latex, quote=False)
    annotation = f'<annotation encoding="application/x-tex">{source}</annotation>'
    return f"<math{block}{lines}{first}><semantics>{with_ids(inside, ids[1:])}{annotation}</semantics></math>"


def _error(latex: str, problem: Problem, ids: Sequence[str]) -> str:
    first = f' id="{ids[0]}"' if ids else ""
    return f'<code class="math-error" title="{escape(problem.message)}"{first}>{escape(latex, quote=False)}</code>'
