"""Formulas in tags: `{{< katex >}}x^2{{< /katex >}}` of Hugo's themes, `{% math %}…{% endmath %}` of Hexo's plugins.

A formula in the text is a `math_inline` token, a display where the tag says `display`; one whose tags stand on lines of
their own is a `math_block`. Where the inside has delimiters of its own the tags are dropped. `{{< katex >}}` without
an end only loads KaTeX, in the themes Blowfish and Congo: nothing is shown. `{% math x^2 %}` and `{% math_block %}` are
those of hexo-math's first versions.

Source: the documentation of the themes Hugo Book ("KaTeX"), Blowfish and Congo ("Shortcodes"); hexo-math's README.
"""

from bisect import bisect_left
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.lines import read_lines
from notegen.read.syntax.math.prose import clean_latex
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.shortcodes.parse import Tag, closing_line, read_words, tag_on_line
from notegen.read.token_data import FORMULA, PLACE, SPAN, FormulaSource, Place, Span
from notegen.text.patterns import lazy_regex

FORMULA_TAGS = frozenset({"math", "math_block", "katex", "mathjax"})
_END = lazy_regex(r"\{\{[<%]\s?/\s?(\w{4,10})\s?[>%]\}\}|\{%-?\s?end(\w{4,10})\s?-?%\}")
_DELIMITERS = ("$", "\\(", "\\[", "\\\\(", "\\\\[")
_DISPLAY = lazy_regex(r"display(?:Mode)?\b(?![\"']?\s?[=:]\s?[\"']?false)")


class _End(NamedTuple):
    """The end tag of a formula: where it stands, the name that it ends behind `{{` or `{%`."""

    start: int
    end: int
    name: str


def formula(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a formula among words."""
    if _is_empty(state.src, tag):
        return True
    ends = once(state.env, _ends, state.src)
    at = bisect_left(ends, tag.end, key=lambda end: end.start)
    if at == len(ends) or ends[at].name != tag.opening[:2] + tag.name or ends[at].end > state.posMax:
        if tag.name == "math" and tag.opening == "{%" and tag.arguments:
            return _push_formula(state, tag, tag.arguments, tag.start, silent=silent)
        return tag.name in {"katex", "mathjax"} and tag.opening != "{%"
    end = ends[at]
    inside = state.src[tag.end : end.start]
    if not inside.strip():
        return False
    if not silent and inside.lstrip().startswith(_DELIMITERS):
        read_words(state, tag.end, end.start)
    else:
        display = tag.name == "math_block" or _DISPLAY.search(tag.arguments) is not None
        _push_formula(state, tag, inside, tag.end, silent=silent, display=display)
    state.pos = end.end
    return True


def _is_empty(text: str, tag: Tag) -> bool:
    """Return whether a tag has no inside, `{{< katex />}}`: it loads KaTeX, in Hugo Book."""
    return text.endswith(("/>}}", "/%}}"), 0, tag.end)


def _push_formula(
    state: StateInline, tag: Tag, written: str, start: int, *, silent: bool, display: bool = False
) -> bool:
    if not silent:
        latex = clean_latex(written, decode_entities=False)
        token = state.push("math_inline", "", 0)
        token.content, token.markup = latex.text, tag.opening
        FORMULA.set(token, FormulaSource(display=display))
        SPAN.set(token, Span(start + latex.skipped))
    return True


def _ends(text: str) -> list[_End]:
    return [_End(match.start(), match.end(), match[0][:2] + (match[1] or match[2])) for match in _END.finditer(text)]


def formula_blocks(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a formula whose tags stand on lines of their own."""
    tag = tag_on_line(state, start_line)
    if tag is None or tag.name not in FORMULA_TAGS or _is_empty(state.src, tag):
        return False
    close = closing_line(state, start_line, end_line)
    if close < 0:
        return False
    if not silent:
        _push_block(state, start_line, close)
        state.line = close + 1
    return True


def _push_block(state: StateBlock, line: int, close: int) -> None:
    content = state.getLines(line + 1, close, max(0, state.sCount[line]), keepLastLF=True)
    if content.lstrip().startswith(_DELIMITERS) or not content.strip():
        read_lines(state, line + 1, close)
        return
    first = next(index for index in range(line + 1, close) if not state.isEmpty(index))
    start = state.bMarks[first] + state.tShift[first]
    token = state.push("math_block", "", 0)
    token.map = [line, close + 1]
    token.content, token.markup = clean_latex(content, decode_entities=False).text, "{%"
    FORMULA.set(token, FormulaSource(display=True))
    PLACE.set(token, Place(first, start - state.src.rfind("\n", 0, start) - 1))


FORMULA_BLOCKS = Rule("block", "formula_blocks", formula_blocks, starts="{", before="fence", interrupts=BLOCKS)
