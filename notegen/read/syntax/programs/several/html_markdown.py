"""kramdown's `<div markdown="1">…</div>`: the inside of a raw HTML element is Markdown. Also Material's `markdown`.

The tags become `html_block` tokens without the attribute, what is between them is read as blocks; as text of one
paragraph with `markdown="span"` and in elements that hold text only (`<p>`, `<summary>`, headings). `markdown="0"` only
goes away. Inside a raw block such elements are found at the beginnings of lines, and so are Liquid's `{% highlight %}`
and `{% bibliography %}`, which Jekyll reads before HTML. An element that is not closed stays raw HTML, as it does
without this rule.

With `markdown: {in_html: true}` (Pandoc, Quarto) every element of blocks is read so, where it or what follows it up to
a blank line has any sign of Markdown; there lines count from the element's own indentation.

Source: kramdown syntax, "HTML Blocks"; Python-Markdown docs, "Markdown in HTML"; Pandoc User's Guide,
"markdown_in_html_blocks".
"""

import re
from bisect import bisect_left
from collections.abc import Set as AbstractSet

from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_core import StateCore

from notegen.read.syntax.citations.list_place import REFERENCES_LINE, references_line
from notegen.read.syntax.lines import cut_lines, leaves, line_of, outside_fences, push_paragraph, read_lines
from notegen.read.syntax.parse_state import once, parse_state
from notegen.read.syntax.raw_html.ends import markdown_below
from notegen.read.syntax.rule import AFTER_INLINE, BEFORE_BLOCKS, BLOCKS, BlockRule, Rule
from notegen.read.syntax.shortcodes.liquid import liquid_code
from notegen.text.html import VOID
from notegen.text.patterns import lazy_regex

_VALUE = r"""(?:\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))?"""
_MARKED = lazy_regex(rf"<([A-Za-z][\w-]*)(?=\s)[^<>]{{0,1000}}?\smarkdown{_VALUE}(?=[\s/>])[^<>]{{0,1000}}+>")
_OPEN = lazy_regex(r"<([A-Za-z][\w-]*)(?=[\s>])[^<>]{0,1000}+>()")  # the groups of _MARKED
_SIGN = lazy_regex(
    r"[*_`]\w|\w[*_`]|\]\(|\[-?@|@[a-z]{2,3}-|\{\{<|:::|^[ \t]*+(?:#{1,6}[ \t]|[-*+][ \t]|\d{1,3}\.[ \t]|`{3}|~{3})",
    re.MULTILINE,
)
_BLANK = lazy_regex(r"\n[ \t>]*+(?=\n)")
_SPACES = lazy_regex(r"[ \t]*+")
_ATTRIBUTE = lazy_regex(rf"(<[A-Za-z][\w-]*(?=\s)[^<>]{{0,1000}}?)(?<!\s)\s++markdown{_VALUE}(?=[\s/>])")
_CODE = lazy_regex(r"^[ \t]*\{%-?\s*(?:highlight|codeblock|bibliography)\b", re.MULTILINE)
_ONE_LINE = lazy_regex(r"<([A-Za-z][\w-]*)(?=[\s>])[^<>]*>.*</\1[ \t]*>[ \t]*", re.IGNORECASE)
_VERBATIM = lazy_regex(r"<(?:[!?]|(?:script|style|pre|textarea)\b)", re.IGNORECASE)
_BLOCKS = frozenset(block_names)
_NO_HOLDERS = VOID | {"iframe", "title"}
_TEXT_ONLY = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "summary", "figcaption", "legend"})
_CELLS = frozenset({"td", "li"})  # blocks on several lines, text on one
_Element = tuple[re.Match[str], int, int, int]  # its tag; where the end tag begins and ends; the line of that


def find_marked_html_rule(everywhere: bool) -> Rule:
    """Return the rule that says once for the whole text whether there is anything to do; `everywhere`: as Pandoc."""

    def find(state: StateCore) -> None:
        text = state.src
        if not state.md.options.get("html") or "<" not in text:
            return
        parsing = parse_state(state.env)
        parsing.all_html = everywhere
        if everywhere or ("markdown" in text and _MARKED.search(text)) or ("{%" in text and _CODE.search(text)):
            parsing.marked_html = 0

    return Rule("core", "find_marked_html", find, before=BEFORE_BLOCKS)


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
    is_marked = _MARKED.match(state.src, start, state.eMarks[start_line]) or _element_at(state, start_line, end_line)
    stop = -1 if is_marked else markdown_below(state, start_line, end_line)
    line = raw = start_line
    begins = is_read = False
    while line < end_line and line != stop and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        element = _element_at(state, line, end_line)
        rule = _liquid(state, line, end_line) if element is None else None
        if element is None and rule is None:
            line += 1
            continue
        is_read = True
        _raw(state, raw, line)
        begins = begins or (element is not None and line == start_line)
        if element is not None:
            line = _push_with_rest(state, line, element, end_line)
        elif rule is not None:
            rule(state, line, end_line, False)
            line = state.line
        raw = line
        if begins and (element is None or line != element[3]):
            break
    if not is_read:
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
    if element is None or element[1].lower() not in _BLOCKS or _element_at(state, line, line + 1):
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
    tag = _tag(state, line)
    if tag is None or tag[1].lower() not in _BLOCKS or (tag[2] or "").strip("\"'") == "0":
        return None
    parsing = parse_state(state.env)
    close = once(state.env, _all_pairs if parsing.all_html else _pairs, state.src).get(start)
    close_line = line_of(state, close[0], line, end_line) if close else -1
    if close is None or close_line < 0 or leaves(state, line, close_line):
        return None
    if parsing.all_html and not parsing.marked_html and not _MARKED.match(tag[0]):
        signs = once(state.env, _signs, state.src)
        sign = bisect_left(signs, tag.end())
        blanks = once(state.env, _blanks, state.src)  # what follows up to a blank line would be raw HTML, too
        blank = bisect_left(blanks, close[1])
        if sign == len(signs) or (blank < len(blanks) and signs[sign] > blanks[blank]):
            return None
    return (tag, *close, close_line)


def _tag(state: StateBlock, line: int) -> re.Match[str] | None:
    """Return the tag at the beginning of a line whose element is Markdown, if it is closed."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    tag = _MARKED.match(state.src, start, end)
    return _OPEN.match(state.src, start, end) if tag is None and parse_state(state.env).all_html else tag


def _signs(text: str) -> list[int]:
    """Return where anything stands that may be Markdown."""
    return [match.start() for match in _SIGN.finditer(text)]


def _blanks(text: str) -> list[int]:
    """Return where blank lines begin."""
    return [match.start() for match in _BLANK.finditer(text)]


def _pairs(text: str) -> dict[int, tuple[int, int]]:
    """Return where the end tag of each element stands, of those kinds that are marked anywhere."""
    return _pairs_of({tag[1].lower() for tag in _MARKED.finditer(text)} & _BLOCKS, text)


def _all_pairs(text: str) -> dict[int, tuple[int, int]]:
    """Return where the end tag of each element stands that may hold blocks or text."""
    return _pairs_of(_BLOCKS - _NO_HOLDERS, text)


def _pairs_of(kinds: AbstractSet[str], text: str) -> dict[int, tuple[int, int]]:
    names = sorted(kinds)
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


def _push_with_rest(state: StateBlock, line: int, element: _Element, end_line: int) -> int:
    """Push an element, and text that Pandoc reads behind it; return the line to go on with, the last for another."""
    line = _push(state, line, element)
    if line == element[3] and _element_at(state, line, end_line) is None:
        read_lines(state, line, line + 1)
        line += 1
    return line


def _push(state: StateBlock, line: int, element: _Element) -> int:
    """Push a marked element; return the line behind it."""
    tag, close, _, close_line = element
    name, value = tag[1].lower(), (tag[2] or "").strip("\"'")
    if value == "span" or name in _TEXT_ONLY or (name in _CELLS and close_line == line):
        return _text(state, line, element)
    parsing = parse_state(state.env)
    first, start, head = line, tag.end(), tag[0]
    tail = state.src[start : state.eMarks[line]]
    is_raw = tail.lstrip().startswith("<") and not parsing.all_html and not _MARKED.match(tail.lstrip())
    if first < close_line and (not tail.strip() or is_raw):
        first, head = line + 1, head + tail  # `<details markdown="1"><summary>x</summary>`
        start = state.bMarks[first] + state.tShift[first]
    _html(state, head + "\n", line, first + 1 if first == line else first)
    state.level += 1  # so that nesting has a limit
    parsing.marked_html = (parsing.marked_html or 0) + 1
    outer = state.blkIndent
    state.blkIndent = _indent(state, line, close, close_line) if parsing.all_html else outer
    with cut_lines(state, (first, start), (close_line, close)):
        state.md.block.tokenize(state, first, close_line + 1)
    state.blkIndent = outer
    parsing.marked_html -= 1
    state.level -= 1
    return _close(state, element)


def _indent(state: StateBlock, line: int, close: int, close_line: int) -> int:
    """Return how far all lines of an element are indented that stand between its tags, the first of them on a line."""
    starts_with_end = state.bMarks[close_line] + state.tShift[close_line] >= close
    inside = range(line + 1, close_line + (not starts_with_end))
    least = min((state.sCount[line] for line in inside if not state.isEmpty(line)), default=state.blkIndent)
    return max(least, state.blkIndent)


def _close(state: StateBlock, element: _Element) -> int:
    """Push the end tag of an element; return the line to go on with, the same where Pandoc reads its rest."""
    _, close, end, line = element
    spaces = _SPACES.match(state.src, end, state.eMarks[line])
    start = spaces.end() if spaces else end
    if start == state.eMarks[line] or not parse_state(state.env).all_html:
        _html(state, state.src[close : state.eMarks[line]] + "\n", line, line + 1)
        return line + 1
    _html(state, state.src[close:end] + "\n", line, line + 1)
    state.bMarks[line], state.tShift[line], state.sCount[line] = end, start - end, state.blkIndent
    return line


def _text(state: StateBlock, line: int, element: _Element) -> int:
    """Push an element that holds text; return the line behind it."""
    tag, close, _, close_line = element
    _html(state, tag[0], line, line + 1)
    with cut_lines(state, (line, tag.end()), (close_line, close)):
        content = state.getLines(line, close_line + 1, state.blkIndent, keepLastLF=False)
    lead = content[: len(content) - len(content.lstrip())].count("\n")
    for token in push_paragraph(state, content.strip(), [line + lead, close_line + 1]):
        token.hidden = True
    return _close(state, element)


HTML_MARKDOWN = Rule("block", "html_markdown", html_markdown, starts="<", before="fence", interrupts=BLOCKS)
CLEAN_HTML = Rule("core", "clean_html", clean_html, before=AFTER_INLINE)
