"""Diagrams in a note: fences of Mermaid, Graphviz and TikZ in all dialects, `<div class="mermaid">`, tags of themes.

Each becomes a figure, `figure_open`, `diagram` with SOURCE, its caption, `figure_close`, which cross references number
like any other. Tags of Hexo and Hugo and `:::mermaid` push fences (see `push_diagram`). What draws them is asked when
the whole note is known, see document/diagrams.py. A fence with the class `code`, or `eval: false`, stays code.

Source: Mermaid docs, "Usage"; GitHub docs, "Creating diagrams"; Quarto docs, "Diagrams"; Obsidian TikZJax; options.py.
"""

from collections.abc import Iterator
from html import unescape

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.diagrams.kinds import ENGINES, KINDS
from notegen.read.code.highlight import language_of
from notegen.read.syntax.attributes.code_captions import CAPTION
from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.syntax.diagrams.options import DiagramOptions, read_diagram_options
from notegen.read.syntax.rule import BEFORE_INLINE, Rule
from notegen.read.token_data import DIAGRAM, LABEL, DiagramSource
from notegen.text.patterns import lazy_regex

_BOX = lazy_regex(
    r"\s*<(?P<tag>div|pre)\b[^<>]*\sclass\s?=\s?(?P<quote>[\"'])(?:[^\"'<>]*\s)?mermaid(?:\s[^\"'<>]*)?(?P=quote)[^<>]*>"
)
# Of Sphinx: what it holds is the body of the graph.
_GRAPH = lazy_regex(r"\{(digraph|graph)\}[ \t]*(\w*)")
_SCRIPT = lazy_regex(r"\s*<(?P<tag>script)\b[^<>]*\stype\s?=\s?(?P<quote>[\"'])text/tikz(?P=quote)[^<>]*>")


_TYPES = frozenset({"fence", "html_block"})


def _diagrams(state: StateCore) -> None:
    if not any(_language(token) for token in state.tokens if token.type in _TYPES):
        return
    tokens: list[Token] = []
    for token in state.tokens:
        language = _language(token)
        tokens += (_figure(token, language) if language else None) or [token]
    state.tokens = [token for token in tokens if not token.hidden or token.type != "fence"]


def _language(token: Token) -> str:
    """Return the language of a fence that is a diagram, or of raw HTML that holds one; else ""."""
    if token.type == "fence":
        name = language_of(token.info) if token.info else ""
        return name if name in KINDS else "dot" if _GRAPH.match(token.info) else ""
    if token.type != "html_block":
        return ""
    language = "mermaid" if "mermaid" in token.content else "tikz" if "text/tikz" in token.content else ""
    return language if language and _inside(token.content) else ""


def _inside(html: str) -> tuple[int, int] | None:
    """Return where the source begins and ends in `<div class="mermaid">…</div>`, if that is all of a block."""
    opened = _BOX.match(html) or _SCRIPT.match(html)
    end = html.rstrip()
    if opened is None or not end.endswith(f"</{opened['tag']}>"):
        return None
    close = len(end) - len(opened["tag"]) - 3
    # Another box inside is the page's own markup, not a diagram's.
    return (opened.end(), close) if f"<{opened['tag']}" not in html[opened.end() : close] else None


def _figure(token: Token, language: str) -> list[Token] | None:
    """Return the tokens of a diagram; None where it stays what it is, code."""
    line = (token.map or [0, 0])[0]
    options = DiagramOptions()
    if token.type == "fence":
        graph = _GRAPH.match(token.info)
        options, source, skipped = read_diagram_options("" if graph else token.info.strip(), token.content)
        source = f"{graph[1]} {graph[2]} {{{source}}}" if graph and source.strip() else source
        # The first line of a diagram may stand in its tag: `{% mermaid graph TD %}`; `\begin{tikzpicture}` is its own.
        at_first = token.map is not None and token.content.count("\n") > token.map[1] - line - 2
        line += skipped + (0 if at_first and token.markup in {"{%", "\\"} else 1)
    else:
        start, end = _inside(token.content) or (0, 0)
        text = token.content[start:end]
        line += token.content.count("\n", 0, start) + _blank_lines(text)
        source = _dedented((unescape(text) if language == "mermaid" else text).strip("\n"))
    if not options.shown:
        token.hidden = True
        return None
    if options.engine in ENGINES and KINDS[language] == "graphviz":
        language = options.engine
    if not options.drawn:
        token.info, token.content = language, source
        return None
    return list(_tokens(token, DiagramSource(language, source, line, options.alt), options)) if source.strip() else None


def _blank_lines(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _dedented(text: str) -> str:
    from textwrap import dedent

    return dedent(text).strip() + "\n"


def _tokens(token: Token, diagram: DiagramSource, options: DiagramOptions) -> Iterator[Token]:
    """Yield the figure of a diagram. `token`: what it was written as, which may have a label and caption already."""
    level, lines = token.level, token.map
    opened = Token("figure_open", "figure", 1, {"class": "diagram"}, map=lines, level=level, block=True)
    label = str(token.attrs.get("id", "")) or options.label
    apply_attributes(opened, AttributeList(label, options.classes))
    if options.named or LABEL.of(token):
        LABEL.set(opened, label)
    yield opened
    drawn = Token("diagram", "", 0, map=lines, level=level + 1, block=True)
    DIAGRAM.set(drawn, diagram)
    yield drawn
    caption = CAPTION.of(token) or options.caption
    if caption:
        yield Token("figcaption_open", "figcaption", 1, map=lines, level=level + 1, block=True)
        yield Token("inline", "", 0, content=caption, children=[], map=lines, level=level + 2, block=True)
        yield Token("figcaption_close", "figcaption", -1, level=level + 1, block=True)
    yield Token("figure_close", "figure", -1, level=level, block=True)


def push_diagram(state: StateBlock, language: str, first: int, close: int, markup: str) -> None:
    """Push a fence with the lines from `first` up to `close`, which the line before and `close` itself enclose."""
    token = state.push("fence", "code", 0)
    token.info, token.markup, token.map = language, markup, [first - 1, close + 1]
    token.content = state.getLines(first, close, max(0, state.sCount[first - 1]), keepLastLF=True)


DIAGRAMS = Rule("core", "diagrams", _diagrams, before=BEFORE_INLINE)
