r"""Environments for text on lines of their own, and headings: `\begin{itemize}`, `\begin{theorem}`, `\section{x}`.

Lists, quotes, tables, figures, pictures of TikZ, minipages, listings, abstracts and theorems become what Markdown has
for them; what stands in them is Markdown. Others, and what is not closed, stay as they are written (see read/foreign/).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import msgspec
from markdown_it.rules_block import StateBlock

from notegen.read.syntax.attributes.code_captions import CAPTION
from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.syntax.callouts.heads import HEAD, Head
from notegen.read.syntax.callouts.kinds import WORDS, find_word
from notegen.read.syntax.cross_references.layout import LAYOUT
from notegen.read.syntax.diagrams.rules import push_diagram
from notegen.read.syntax.latex_text.groups import group_end
from notegen.read.syntax.latex_text.lists import LISTS, items_of, push_list
from notegen.read.syntax.latex_text.pictures import Picture, as_markdown, columns_of, named, take_pictures, width_of
from notegen.read.syntax.latex_text.tables import push_table, read_table
from notegen.read.syntax.lines import block_quote, leaves, line_of, outside_fences, push_paragraph, read_lines
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.token_data import LABEL
from notegen.text.patterns import lazy_regex

_EDGE = lazy_regex(r"^[ \t>]*(?P<mark>\\(?P<edge>begin|end)\{(?P<name>[A-Za-z]{1,20}\*?)\})", re.MULTILINE)
_OPTIONS = lazy_regex(
    r"[ \t]*(?:\[(?P<option>[^\[\]\n]{0,300})\])?(?P<more>(?:\{[^\n]{0,300}\})?)[ \t]*(?P<tail>\S[^\n]*)?"
)
_MINIPAGE = lazy_regex(r"\\begin\{minipage\}(?:\[[^\[\]\n]{0,20}\]){0,3}(?P<more>\{[^{}\n]{1,60}\})[ \t]*(?:%[^\n]*)?$")
# What may stand between two minipages of a row.
_SPACE = lazy_regex(r"(?:[ \t]|\\(?:hfill|hfil|quad|qquad|[,;:!~ ])|\\hspace\*?\{[^{}\n]{1,30}\}|%[^\n]*+)++")
_PAIR = 2
_LABEL = lazy_regex(r"[ \t]*\\label\{([^{}\\$\n]{1,200})\}[ \t]*")
_LANGUAGE = lazy_regex(r"language\s{0,3}=\s{0,3}\{?(?:\[[^\]]{0,20}\])?([A-Za-z+#]{1,20})")
_HEADING = lazy_regex(r"\\((?:sub){0,2}section|paragraph)\*?(?=\{)")
_LEVELS = {"section": "h2", "subsection": "h3", "subsubsection": "h4", "paragraph": "h5"}
_QUOTES = frozenset({"quote", "quotation", "verse"})
_PLAIN = frozenset({"center", "flushleft", "flushright", "small"})
_LISTINGS = frozenset({"verbatim", "Verbatim", "lstlisting", "minted"})
_TABULARS = frozenset({"tabular", "tabularx", "tabular*", "longtable", "booktabs"})
_TIKZ = r"\begin{tikzpicture}"
_FLOATS = frozenset({"table", "table*", "figure", "figure*"})


class _Environment(msgspec.Struct, frozen=True):
    """One environment: the lines of its edges, what stands behind its name, where others in the text begin and end."""

    name: str
    first: int
    last: int
    option: str
    more: str
    tail: str
    pairs: Mapping[int, int]


def environment(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""Read `\begin{name}` at the beginning of a line, up to an `\end{name}` that begins one."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(r"\begin{", start) or state.is_code_block(start_line):
        return False
    name = state.src[start + 7 : state.src.find("}", start)][:20]
    push = _PUSHERS.get(name) or (_theorem if _is_theorem(name) else None)
    pairs = once(state.env, _pairs, state.src) if push is not None else {}
    last = line_of(state, pairs.get(start, -1), start_line, end_line)
    if push is None or last <= start_line or leaves(state, start_line, last):
        return False
    options = _OPTIONS.match(state.src, start + len(name) + 8, state.eMarks[start_line])
    if options is None:
        return False
    parts = (options["option"] or "", options["more"] or "", options["tail"] or "")
    item = _Environment(name, start_line, last, *parts, pairs)
    with _dedented(state, start_line + 1, last):
        if not push(state, item, silent):
            return False
    if not silent:
        state.line = max(state.line, last + 1)  # a minipage has read those beside it
    return True


def _pairs(text: str) -> dict[int, int]:
    r"""Return where each `\begin` that begins a line stands -> where its `\end` does."""
    pairs: dict[int, int] = {}
    opened: list[tuple[str, int]] = []
    for edge in outside_fences(_EDGE, text):
        if edge["edge"] == "begin":
            opened.append((edge["name"], edge.start("mark")))
        elif opened and opened[-1][0] == edge["name"]:
            pairs[opened.pop()[1]] = edge.start("mark")
    return pairs


@contextmanager
def _dedented(state: StateBlock, first: int, end: int) -> Iterator[None]:
    """Let the lines of a body begin where the least indented one does."""
    saved = state.sCount[first:end]
    filled = [state.sCount[line] for line in range(first, end) if not state.isEmpty(line)]
    less = max(0, min(filled, default=0) - state.blkIndent)
    state.sCount[first:end] = [max(0, columns - less) for columns in saved]
    try:
        yield
    finally:
        state.sCount[first:end] = saved


def _is_theorem(name: str) -> bool:
    word = WORDS.get(name.removesuffix("*"))
    return word is not None and word.kind.theorem and not name.startswith("algorithm")


def _body(state: StateBlock, item: _Environment) -> str:
    return state.getLines(item.first + 1, item.last, state.blkIndent, keepLastLF=True)


def _list(state: StateBlock, item: _Environment, silent: bool) -> bool:
    items = items_of(state, item.first + 1, item.last, item.pairs)
    if not items or item.tail:
        return False
    if not silent:
        push_list(state, item.name, items, (item.first, item.last))
    return True


def _quote(state: StateBlock, item: _Environment, silent: bool) -> bool:
    if not item.tail and not silent:
        with block_quote(state, ">", [item.first, item.last + 1]):
            read_lines(state, item.first + 1, item.last)
    return not item.tail


def _plain(state: StateBlock, item: _Environment, silent: bool) -> bool:
    if not item.tail and not silent:
        opened = state.push("container_open", "div", 1)
        opened.map, opened.attrs = [item.first, item.last + 1], {"class": item.name}
        read_lines(state, item.first + 1, item.last)
        state.push("container_close", "div", -1)
    return not item.tail


def _minipage(state: StateBlock, item: _Environment, silent: bool) -> bool:
    """A minipage; with those beside it, it stands in a row where there is room."""
    row = [item, *_beside(state, item)] if not (item.tail or silent) else []
    if len(row) < _PAIR:
        return _plain(state, item, silent)
    opened = state.push("layout_open", "div", 1)
    opened.map = [item.first, row[-1].last + 1]
    widths = " ".join(f"minmax(0,{width_of(one.more) or 1 / len(row):g}fr)" for one in row)
    opened.attrs = {"class": "layout minipages", "style": f"--widths:{widths}"}
    for one in row:
        with _dedented(state, one.first + 1, one.last):
            _plain(state, one, silent)
    state.push("layout_close", "div", -1)
    state.line = row[-1].last + 1
    return True


def _beside(state: StateBlock, item: _Environment) -> Iterator[_Environment]:
    """Yield the minipages that follow another one without an empty line, as long as they have room in its row."""
    room = 1.05 - (width_of(item.more) or 1)
    line = item.last + 1
    while line < state.lineMax:
        start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if start < end and _SPACE.fullmatch(state.src, start, end):
            line += 1
            continue
        options = _MINIPAGE.match(state.src, start, end)
        last = line_of(state, item.pairs.get(start, -1), line, state.lineMax)
        if options is None or last <= line or leaves(state, line, last) or width_of(options["more"]) > room:
            return
        yield _Environment(item.name, line, last, "", options["more"], "", item.pairs)
        room -= width_of(options["more"]) or 1
        line = last + 1


def _abstract(state: StateBlock, item: _Environment, silent: bool) -> bool:
    if not item.tail and not silent:
        _callout(state, Head(find_word("abstract"), "", "", "", 0), item.first + 1, item)
    return not item.tail


def _theorem(state: StateBlock, item: _Environment, silent: bool) -> bool:
    """A theorem: its name in brackets, its label behind them or on the next line."""
    label = _LABEL.fullmatch(item.tail) if item.tail else None
    if item.tail and label is None:
        return False
    first = item.first + 1
    if label is None and first < item.last:
        label = _LABEL.fullmatch(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
        first += label is not None
    if not silent:
        word = find_word(item.name.removesuffix("*"))
        _callout(state, Head(word, "", label[1].strip() if label else "", item.option, 0), first, item)
    return True


def _callout(state: StateBlock, head: Head, first: int, item: _Environment) -> None:
    with block_quote(state, "\\", [item.first, item.last + 1]) as opened:
        HEAD.set(opened, head)
        read_lines(state, first, item.last)


def _listing(state: StateBlock, item: _Environment, silent: bool) -> bool:
    if not silent:
        language = _LANGUAGE.search(item.option)
        token = state.push("fence", "code", 0)
        token.info = item.more.strip("{}") if item.name == "minted" else language[1].lower() if language else ""
        token.content, token.markup, token.map = _body(state, item), "```", [item.first, item.last + 1]
    return True


def _picture(state: StateBlock, item: _Environment, silent: bool) -> bool:
    """A picture of TikZ, which is drawn."""
    if not silent:
        push_diagram(state, "tikz", item.first, item.last + 1, "\\")
        state.tokens[-1].map = [item.first, item.last + 1]
    return True


def _tabular(state: StateBlock, item: _Environment, silent: bool) -> bool:
    if item.tail or not item.more:
        return False
    if not silent:
        columns = item.more[1:-1].rpartition("{")[2] if item.name in {"tabularx", "tabular*"} else item.more[1:-1]
        table = read_table(columns, _body(state, item))
        push_table(state, table, (item.first, item.last), item.first + 1, "", "")
    return True


def _float(state: StateBlock, item: _Environment, silent: bool) -> bool:
    """A float of pictures or one tabular, with its caption and label."""
    body = _body(state, item)
    if r"\begin{tabular" in body or _TIKZ in body:
        caption, label, _ = named(body)
        return (_picture_float if _TIKZ in body else _tabular_float)(state, item, (caption, label), silent)
    pictures, body = take_pictures(body)
    caption, label, _ = named(body)
    if not pictures:
        return False
    lines = [item.first, item.last + 1]
    if not silent and len(pictures) == 1:
        inner = pictures[0]
        only = msgspec.structs.replace(inner, caption=caption or inner.caption, label=label or inner.label)
        push_paragraph(state, as_markdown(only), lines)
    elif not silent:
        _push_pictures(state, pictures, (caption, label), lines)
    return True


def _push_pictures(state: StateBlock, pictures: list[Picture], words: tuple[str, str], lines: list[int]) -> None:
    """Push a figure whose parts stand in rows."""
    caption, label = words
    opened = state.push("float_open", "figure", 1)
    opened.map = lines
    if label:
        apply_attributes(opened, AttributeList(label))
        LABEL.set(opened, label)
    LAYOUT.set(opened, columns_of(pictures))
    for picture in pictures:
        push_paragraph(state, as_markdown(picture, sized=False), lines)
    if caption:
        push_paragraph(state, " ".join(caption.split()), lines)
    state.push("float_close", "figure", -1)


def _picture_float(state: StateBlock, item: _Environment, words: tuple[str, str], silent: bool) -> bool:
    for line, last, start in _inner(state, item):
        if state.src.startswith(_TIKZ, start):
            if not silent:
                _picture(state, msgspec.structs.replace(item, first=line, last=last), silent)
                fence = state.tokens[-1]
                CAPTION.set(fence, " ".join(words[0].split()))
                apply_attributes(fence, AttributeList(words[1]))
                LABEL.set(fence, words[1])
            return True
    return False


def _inner(state: StateBlock, item: _Environment) -> Iterator[tuple[int, int, int]]:
    """Yield the environments at the beginnings of another one's lines: first and last line, place in the text."""
    for line in range(item.first + 1, item.last):
        start = state.bMarks[line] + state.tShift[line]
        last = line_of(state, item.pairs.get(start, -1), line, item.last)
        if last > line:
            yield line, last, start


def _tabular_float(state: StateBlock, item: _Environment, named: tuple[str, str], silent: bool) -> bool:
    for line, last, start in _inner(state, item):
        name = state.src[start + 7 : state.src.find("}", start)][:20]
        if name in _TABULARS:
            options = _OPTIONS.match(state.src, start + len(name) + 8, state.eMarks[line])
            if options is None or not options["more"] or options["tail"]:
                return False
            if not silent:
                table = read_table(
                    options["more"][1:-1], state.getLines(line + 1, last, state.blkIndent, keepLastLF=True)
                )
                push_table(state, table, (item.first, item.last), line + 1, *named)
            return True
    return False


def heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    r"""Read `\section{x}` on a line of its own, with a label behind it."""
    del end_line
    start, end = state.bMarks[start_line] + state.tShift[start_line], state.eMarks[start_line]
    command = _HEADING.match(state.src, start, end) if not state.is_code_block(start_line) else None
    close = group_end(state.src, command.end(), end) if command else -1
    if command is None or close < 0:
        return False
    label = state.src[close + 1 : end].strip()
    if label and not _LABEL.fullmatch(label):
        return False
    if not silent:
        tag = _LEVELS[command[1]]
        opened = state.push("heading_open", tag, 1)
        opened.map, opened.markup = [start_line, start_line + 1], "#" * int(tag[1])
        inline = state.push("inline", "", 0)
        inline.content = f"{state.src[command.end() + 1 : close].strip()} {label}".rstrip()
        inline.children, inline.map = [], [start_line, start_line + 1]
        state.push("heading_close", tag, -1).markup = opened.markup
        state.line = start_line + 1
    return True


_PUSHERS: dict[str, Callable[[StateBlock, _Environment, bool], bool]] = {
    "minipage": _minipage,
    **dict.fromkeys(LISTS, _list),
    **dict.fromkeys(_QUOTES, _quote),
    **dict.fromkeys(_PLAIN, _plain),
    **dict.fromkeys(_LISTINGS, _listing),
    **dict.fromkeys(_TABULARS, _tabular),
    **dict.fromkeys(_FLOATS, _float),
    "tikzpicture": _picture,
    "abstract": _abstract,
}
TEXT_ENVIRONMENTS = Rule("block", "latex_environment", environment, starts="\\", before="table", interrupts=BLOCKS)
TEXT_HEADINGS = Rule("block", "latex_heading", heading, starts="\\", before="table", interrupts=BLOCKS)
