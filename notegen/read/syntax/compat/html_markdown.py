"""kramdown's `<div markdown="1">…</div>`: the inside of a raw HTML element is Markdown. Also Material's `markdown`.

The tags become `html_block` tokens without the attribute, what is between them is read as blocks; as text of one
paragraph with `markdown="span"` and in elements that hold text only (`<p>`, `<summary>`, headings). `markdown="0"` only
goes away. Inside a raw block such elements are found at the beginnings of lines, and so are Liquid's `{% highlight %}`
and `{% bibliography %}`, which Jekyll reads before HTML. An element that is not closed stays raw HTML, as it does
without this rule.

Source: kramdown syntax, "HTML Blocks"; Python-Markdown docs, "Markdown in HTML".
"""

import re

from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore

from notegen.read.syntax.citations.list_place import REFERENCES_LINE, references_line
from notegen.read.syntax.lines import cut_lines, leaves, line_of, outside_fences, push_paragraph
from notegen.read.syntax.parse_state import once, parse_state
from notegen.read.syntax.raw_html.ends import markdown_below
from notegen.read.syntax.rule import AFTER_INLINE, BEFORE_BLOCKS, BLOCKS, BlockRule, Rule
from notegen.read.syntax.shortcodes.liquid import liquid_code
from notegen.text.patterns import lazy_regex

_VALUE = r"""(?:\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?"""
_MARKED = lazy_regex(rf"<([A-Za-z][\w-]*)(?=\s)[^<>]{{0,1000}}?\smarkdown{_VALUE}(?=[\s/>])[^<>]{{0,1000}}+>")
_ATTRIBUTE = lazy_regex(rf"(<[A-Za-z][\w-]*(?=\s)[^<>]{{0,1000}}?)(?<!\s)\s++markdown{_VALUE}(?=[\s/>])")
_CODE = lazy_regex(r"^[ \t]*\{%-?\s*(?:highlight|codeblock|bibliography)\b", re.MULTILINE)
_ONE_LINE = lazy_regex(r"<([A-Za-z][\w-]*)(?=[\s>])[^<>]*>.*</\1[ \t]*>[ \t]*", re.IGNORECASE)
_VERBATIM = lazy_regex(r"<(?:[!?]|(?:script|style|pre|textarea)\b)", re.IGNORECASE)
_BLOCKS = frozenset(block_names)
_TEXT_ONLY = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "summary", "figcaption", "legend"})
_CELLS = frozenset({"td", "li"})  # blocks on several lines, text on one
_Element = tuple[re.Match[str], int, int, int]  # its tag; where the end tag begins and ends; the line of that


def find_marked_html(state: StateCore) -> None:
    """Say once for the whole text whether there is anything to do; a core rule."""
    text = state.src
    if not state.md.options.get("html") or "<" not in text:
        return
    if ("markdown" in text and _MARKED.search(text)) or ("{%" in text and _CODE.search(text)):
        parse_state(state.env).marked_html = 0


def clean_html(state: StateCore) -> None:
    """Take the attribute out of the tags; a core rule."""
    if parse_state(state.env).marked_html is None:
        return
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            if part.type in {"html_block", "html_inline"} and "markdown" in part.content:
                part.content = _ATTRIBUTE.sub(r"\1", part.content)


def html_markdown(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a marked element; or raw HTML up to a blank line, in pieces: such elements, tags for code, all between."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    depth = parse_state(state.env).marked_html
    if silent or depth is None or state.is_code_block(start_line):
        return False
    if depth and _one_line(state, start_line):
        return True
    if _VERBATIM.match(state.src, start) or not (
        _element_at(state, start_line, end_line) or html_block(state, start_line, end_line, True)
    ):
        return False
    marked = _MARKED.match(state.src, start, state.eMarks[start_line])
    stop = -1 if marked else markdown_below(state, start_line, end_line)
    line = raw = start_line
    while line < end_line and line != stop and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        element = _element_at(state, line, end_line)
        if element is not None:
            _raw(state, raw, line)
            begins = line == start_line
            raw = line = _push(state, line, element)
            if begins:
                break
        elif (rule := _liquid(state, line, end_line)) is not None:
            _raw(state, raw, line)
            rule(state, line, end_line, False)
            raw = line = state.line
        else:
            line += 1
    if raw == start_line:
        return False
    _raw(state, raw, line)
    state.line = line
    return True


def _liquid(state: StateBlock, line: int, end_line: int) -> BlockRule | None:
    """Return the rule that reads a tag of Liquid that begins on a line of raw HTML."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("{%", start):
        return None
    has_list = REFERENCES_LINE.name in state.md.get_active_rules()["block"]  # of sites with a bibliography
    rules = (liquid_code, references_line) if has_list else (liquid_code,)
    return next((rule for rule in rules if rule(state, line, end_line, True)), None)


def _one_line(state: StateBlock, line: int) -> bool:
    """Read `<summary>…</summary>` inside a marked element: what follows on the next line is Markdown, not its rest."""
    element = _ONE_LINE.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    if element is None or element[1].lower() not in _BLOCKS or _MARKED.match(element[0]):
        return False
    _raw(state, line, line + 1)
    state.line = line + 1
    return True


def _raw(state: StateBlock, first: int, end: int) -> None:
    if first < end:
        _html(state, state.getLines(first, end, state.blkIndent, keepLastLF=True), first, end)


def _html(state: StateBlock, html: str, first: int, end: int) -> None:
    token = state.push("html_block", "", 0)
    token.content, token.map = html, [first, end]


def _element_at(state: StateBlock, line: int, end_line: int) -> _Element | None:
    """Return the marked element that begins on a line and is closed in the same container."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("<", start):
        return None
    tag = _MARKED.match(state.src, start, state.eMarks[line])
    if tag is None or tag[1].lower() not in _BLOCKS or (tag[2] or "").strip("\"'") == "0":
        return None
    close = once(state.env, _pairs, state.src).get(start)
    close_line = line_of(state, close[0], line, end_line) if close else -1
    if close is None or close_line < 0 or leaves(state, line, close_line):
        return None
    return (tag, *close, close_line)


def _pairs(text: str) -> dict[int, tuple[int, int]]:
    """Return where the end tag of each element stands, of those kinds that are marked anywhere."""
    names = sorted({tag[1].lower() for tag in _MARKED.finditer(text)} & _BLOCKS)
    tags = re.compile(rf"<(/?)({'|'.join(names)})(?=[\s/>])[^<>]{{0,2000}}>", re.IGNORECASE)
    pairs: dict[int, tuple[int, int]] = {}
    opened: dict[str, list[int]] = {}
    for tag in outside_fences(tags, text):
        stack = opened.setdefault(tag[2].lower(), [])
        if not tag[1]:
            stack.append(tag.start())
        elif stack:
            pairs[stack.pop()] = tag.span()
    return pairs


def _push(state: StateBlock, line: int, element: _Element) -> int:
    """Push a marked element; return the line behind it."""
    tag, close, _, close_line = element
    name, value = tag[1].lower(), (tag[2] or "").strip("\"'")
    if value == "span" or name in _TEXT_ONLY or (name in _CELLS and close_line == line):
        _text(state, line, element)
        return close_line + 1
    first, start, head = line, tag.end(), tag[0]
    tail = state.src[start : state.eMarks[line]]
    if first < close_line and (
        not tail.strip() or (tail.lstrip().startswith("<") and not _MARKED.match(tail.lstrip()))
    ):
        first, head = line + 1, head + tail  # `<details markdown="1"><summary>x</summary>`
        start = state.bMarks[first] + state.tShift[first]
    _html(state, head + "\n", line, first + 1 if first == line else first)
    state.level += 1  # so that nesting has a limit
    parsing = parse_state(state.env)
    parsing.marked_html = (parsing.marked_html or 0) + 1
    with cut_lines(state, (first, start), (close_line, close)):
        state.md.block.tokenize(state, first, close_line + 1)
    parsing.marked_html -= 1
    state.level -= 1
    _html(state, state.src[close : state.eMarks[close_line]] + "\n", close_line, close_line + 1)
    return close_line + 1


def _text(state: StateBlock, line: int, element: _Element) -> None:
    """Push an element that holds text."""
    tag, close, _, close_line = element
    _html(state, tag[0], line, line + 1)
    with cut_lines(state, (line, tag.end()), (close_line, close)):
        content = state.getLines(line, close_line + 1, state.blkIndent, keepLastLF=False)
    lead = content[: len(content) - len(content.lstrip())].count("\n")
    for token in push_paragraph(state, content.strip(), [line + lead, close_line + 1]):
        token.hidden = True
    _html(state, state.src[close : state.eMarks[close_line]] + "\n", close_line, close_line + 1)


FIND_MARKED_HTML = Rule("core", "find_marked_html", find_marked_html, before=BEFORE_BLOCKS)
HTML_MARKDOWN = Rule("block", "html_markdown", html_markdown, starts="<", before="fence", interrupts=BLOCKS)
CLEAN_HTML = Rule("core", "clean_html", clean_html, before=AFTER_INLINE)
