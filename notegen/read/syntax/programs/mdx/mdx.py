"""What MDX adds to Markdown and means nothing here: imports, exports, comments, tags of components. All leave nothing.

`import X from 'y'` and `export const x = …` up to the next blank line, where a block begins with it; `{/* … */}`;
lines that hold one tag of a component alone, `<Tabs>`, `</TabItem>`: what is between them is Markdown, as in MDX. The
label of a `<TabItem label="Python">` is its title. Components are told from HTML by the capital letter of their names.

Source: MDX docs, "What is MDX?"; Docusaurus docs, "Tabs".
"""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.lines import push_paragraph
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.text.patterns import lazy_regex

_IMPORT = lazy_regex(r"import[ \t]++(?P<names>[\w$*{}, \t]*+)(?:'[^'\n]*+'|\"[^\"\n]*+\")[ \t]*+;?[ \t]*+")
_EXPORT = lazy_regex(r"export[ \t]+(?:default|const|let|function|class)\b")
_TAG = lazy_regex(
    r"</?(?P<name>[A-Z][A-Za-z0-9.]*+)(?P<attributes>[ \t][^<>\n]*+)?>[ \t]*+|<[A-Z][A-Za-z0-9.]*+/>[ \t]*+"
)
_LABEL = lazy_regex(r"(?:^|\s)(?:label|title)=(?:\"([^\"]+)\"|'([^']+)')")
_HTML = frozenset(  # in any case
    {
        *(
            "address",
            "article",
            "aside",
            "audio",
            "blockquote",
            "body",
            "button",
            "canvas",
            "caption",
            "center",
            "code",
        ),
        *("details", "dialog", "div", "figure", "footer", "form", "header", "iframe", "image", "img", "input", "label"),
        *(
            "legend",
            "link",
            "main",
            "mark",
            "math",
            "menu",
            "nav",
            "object",
            "option",
            "param",
            "picture",
            "pre",
            "script",
        ),
        *("section", "select", "small", "source", "span", "strong", "style", "sub", "summary", "sup", "table", "tbody"),
        *(
            "textarea",
            "tfoot",
            "thead",
            "time",
            "title",
            "track",
            "video",
            "br",
            "hr",
            "td",
            "tr",
            "th",
            "ul",
            "ol",
            "li",
        ),
    }
)
_OPEN, _CLOSE = "{/*", "*/}"


def mdx_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Drop a statement of JavaScript, or a comment that begins a line and ends one."""
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    if not state.src.startswith((_OPEN, "import", "export"), start) or state.is_code_block(start_line):
        return False
    if state.src[start] == "{":
        last = _end_of_comment(state, start, start_line, end_line)
    elif silent:  # only at the beginning of a block
        return False
    elif (names := _IMPORT.fullmatch(state.src, start, end)) is not None:
        last = start_line + 1 if not names["names"] or names["names"].rstrip().endswith(" from") else -1
    else:
        last = -1 if _EXPORT.match(state.src, start, end) is None else start_line
        while start_line <= last < end_line and not state.isEmpty(last):
            last += 1
    if last < 0:
        return False
    if not silent:
        state.line = last
    return True


def _end_of_comment(state: StateBlock, start: int, line: int, end_line: int) -> int:
    """Return the line behind a comment that has its lines for itself; -1 where there is none."""
    if start > once(state.env, _last_close, state.src):
        return -1
    for last in range(line, end_line):
        if last > line and state.sCount[last] < state.blkIndent and not state.isEmpty(last):
            return -1
        close = state.src.find(_CLOSE, start if last == line else state.bMarks[last], state.eMarks[last])
        if close >= 0:
            return -1 if state.src[close + len(_CLOSE) : state.eMarks[last]].strip() else last + 1
    return -1


def _last_close(text: str) -> int:
    """Return where the last comment ends, or -1. Computed once: many open ones take linear time."""
    return text.rfind(_CLOSE)


def component_tag(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Drop a line that is a tag of a component."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    tag = _TAG.fullmatch(state.src, start, state.eMarks[start_line])
    if tag is None or state.is_code_block(start_line):
        return False
    name = tag["name"] or tag[0].strip("<>/ \t")
    if name.isupper() or name.lower() in _HTML:
        return False
    if not silent:
        label = _LABEL.search(tag["attributes"] or "") if name == "TabItem" else None
        if label is not None:
            push_paragraph(state, label[1] or label[2], [start_line, start_line + 1], **{"class": "container-title"})
        state.line = start_line + 1
    return True


def mdx_comment(state: StateInline, silent: bool) -> bool:
    """Drop a comment inside a paragraph; read a string that keeps signs from MDX, `{'{'}` or `{' '}`."""
    string = _STRING.match(state.src, state.pos, state.posMax)
    if string is not None:
        if not silent:
            state.append_pending(string[2])
        state.pos = string.end()
        return True
    if not state.src.startswith(_OPEN, state.pos):
        return False
    close = state.src.find(_CLOSE, state.pos, state.posMax)
    if close < 0:
        return False
    state.pos = close + len(_CLOSE)
    return True


_STRING = lazy_regex(r"""\{(['"`])([^\w'"`\n]{1,20})\1\}""")
MDX_LINES = Rule("block", "mdx_lines", mdx_lines, starts="{ie", before="fence", interrupts=BLOCKS)
COMPONENT_TAGS = Rule("block", "component_tags", component_tag, starts="<", before="html_block", interrupts=BLOCKS)
MDX_COMMENT = Rule("inline", "mdx_comment", mdx_comment, starts="{", before="emphasis")
