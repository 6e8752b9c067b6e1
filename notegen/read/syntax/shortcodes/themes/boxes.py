"""Paired tags of Hexo's themes that hold blocks: timelines, pictures in rows, folds, buttons, columns, diagrams.

`{% timeline Title %}` with `<!-- timeline 2024 -->` or `<!-- node 2024 -->`, of Volantis with `{% timenode 2024 %}` …
`{% endtimenode %}`, is a definition list. `{% gallery %}`, `{% grouppicture 3-2 %}` (`gp`), Fluid's `{% gi 3 %}` are a
box of pictures. `{% folding open, Title %}`, `{% hideToggle Title %}`, `{% fold @Title %}` and each part of
`{% folders %}` below a `<!-- folder Title -->` is a folded callout; so are `{% details Title %}`
of al-folio and `{% spoiler Title %}` of Hexo's plugin hexo-sliding-spoiler.
`{% grid %}` with `<!-- cell -->` has columns, `{% btns %}` holds buttons, `{% mermaid %}`, `{% graphviz %}` and
`{% tikz %}` are diagrams; `{% poem %}` and `{% flink %}`: see lists.py, GitBook's tags gitbook.py.

Source: the documentation of the themes NexT, Butterfly, Fluid, Volantis and Stellar; al-folio, _plugins/details.rb.
"""

from bisect import bisect_left
from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.diagrams.kinds import TAGS as DIAGRAMS
from notegen.read.syntax.callouts.heads import HEAD, Head
from notegen.read.syntax.callouts.kinds import find_word
from notegen.read.syntax.cross_references.layout import layout_tokens
from notegen.read.syntax.lines import block_quote, push_paragraph, read_lines
from notegen.read.syntax.parse_state import once
from notegen.read.syntax.shortcodes.parse import Tag, closing_line, read_words, tag_on_line
from notegen.read.syntax.shortcodes.themes.arguments import Part, options_and_words, parts_of, without_options
from notegen.read.syntax.shortcodes.themes.gitbook import CAPTIONED, push_captioned, push_code, push_hint
from notegen.read.syntax.shortcodes.themes.gitbook import INSIDE as GITBOOK_INSIDE
from notegen.read.syntax.shortcodes.themes.lists import push_links, push_poem
from notegen.read.syntax.shortcodes.themes.sections import Section, marked_sections
from notegen.text.patterns import lazy_regex

_END = lazy_regex(r"\{%-?\s?end(gallery|galleries|grouppicture|gp|gi)\s?-?%\}")
PairedTag = Callable[[StateBlock, Tag, int, int], None]  # of the lines of the tag and of its end


def push_callout(state: StateBlock, head: Head, start_line: int, close: int) -> None:
    """Push a callout whose body are the lines between `start_line` and `close`."""
    with block_quote(state, "{%", [start_line, close + 1]) as opened:
        HEAD.set(opened, head)
        read_lines(state, start_line + 1, close)


def _push_fold(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push a fold: `folding cyan open, Title`, `folding Title open:true`, `hideToggle Title,bg`, `fold info @Title`."""
    if tag.name == "folding":
        options, words = options_and_words(tag)
        title, state_of = words.text, "+" if "open" in options else "-"
    else:
        title, state_of = parts_of(tag)[0].text.rpartition("@")[2].strip().strip("\"'"), "-"
    push_callout(state, Head(find_word("note"), state_of, "", title, 0), line, close)


def _push_details(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    push_callout(state, Head(find_word("note"), "-", "", tag.arguments.strip("\"' "), 0), line, close)


def _push_folders(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push a fold for each part."""
    del tag
    folders = marked_sections(state, line, close, "folder")
    read_lines(state, line + 1, folders[0].line if folders else close)
    for folder in folders:
        push_callout(state, Head(find_word("note"), "-", "", folder.title, 0), folder.line, folder.end)


def _push_timeline(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push the title, what stands before the first event, and the list of events."""
    title = without_options(parts_of(tag)[0]).words.text
    events = marked_sections(state, line, close, "timeline", "node") or _nodes(state, line, close)
    if title:
        push_paragraph(state, title, [line, line + 1], **{"class": "container-title"})
    read_lines(state, line + 1, events[0].line if events else close)
    if not events:
        return
    opened = state.push("dl_open", "dl", 1)
    opened.attrs, opened.map = {"class": "timeline"}, [line, close + 1]
    for event in events:
        _push_event(state, event)
    state.push("dl_close", "dl", -1)


def _push_event(state: StateBlock, event: Section) -> None:
    state.push("dt_open", "dt", 1).map = [event.line, event.line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.children, inline.map = event.title or "…", [], [event.line, event.line + 1]
    state.push("dt_close", "dt", -1)
    state.push("dd_open", "dd", 1).map = [event.line, event.end]
    parent, state.parentType = state.parentType, "blockquote"
    read_lines(state, event.first, event.end)
    state.parentType = parent
    state.push("dd_close", "dd", -1)


def _nodes(state: StateBlock, line: int, close: int) -> list[Section]:
    """Return the events of Volantis, `{% timenode Time %}` … `{% endtimenode %}`."""
    nodes: list[Section] = []
    at = line + 1
    while at < close:
        tag = tag_on_line(state, at) if state.src.startswith("{%", state.bMarks[at] + state.tShift[at]) else None
        end = closing_line(state, at, close) if tag is not None and tag.name == "timenode" else -1
        if tag is not None and end >= 0:
            nodes.append(Section(tag.arguments.rstrip(" ,"), at, at + 1, end))
            at = end
        at += 1
    return nodes


def _push_gallery(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push a box of pictures, each in a paragraph of its own or several in one."""
    del tag
    with_gallery(state, line, close + 1, lambda: read_lines(state, line + 1, close))


def with_gallery(state: StateBlock, line: int, end: int, push: Callable[[], None]) -> None:
    """Push a box of pictures around what `push` pushes, which stands on these lines."""
    opened = state.push("container_open", "div", 1)
    opened.attrs, opened.map = {"class": "gallery"}, [line, end]
    push()
    state.push("container_close", "div", -1)


def gallery_in_text(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read pictures that stand in a paragraph with their tags: what makes rows of pictures sees them."""
    ends = once(state.env, _ends, state.src)
    at = bisect_left(ends, tag.end, key=lambda end: end[0])
    if at == len(ends) or ends[at][2] != tag.name or ends[at][1] > state.posMax:
        return False
    if not silent:
        read_words(state, tag.end, ends[at][0])
    state.pos = ends[at][1]
    return True


def _ends(text: str) -> list[tuple[int, int, str]]:
    """Return where the end tags of galleries begin and end, and their names."""
    return [(*end.span(), end[1]) for end in _END.finditer(text)]


def _push_grid(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push parts side by side."""
    del tag
    cells = marked_sections(state, line, close, "cell")
    read_lines(state, line + 1, cells[0].line if cells else close)
    if not cells:
        return
    before, _ = layout_tokens(len(cells), state.level)
    opened = state.push(before.type, before.tag, 1)
    opened.attrs, opened.map = before.attrs, [line, close + 1]
    for cell in cells:
        state.push("container_open", "div", 1).map = [cell.line, cell.end]
        read_lines(state, cell.first, cell.end)
        state.push("container_close", "div", -1)
    state.push("layout_close", "div", -1)


def _push_inside(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push what stands inside, without a box."""
    del tag
    read_lines(state, line + 1, close)


def _push_diagram(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push a fence; what NexT's tag is given, `graph TD`, is the first line of the diagram."""
    token = state.push("fence", "code", 0)
    content = state.getLines(line + 1, close, max(0, state.sCount[line]), keepLastLF=True)
    first = Part(tag.arguments, tag.start).text if tag.name == "mermaid" else ""
    token.info, token.markup, token.map = tag.name, "{%", [line, close + 1]
    token.content = f"{first}\n{content}" if first else content


GALLERIES = frozenset({"gallery", "galleries", "grouppicture", "gp", "gi"})
BOXES: dict[str, PairedTag] = {
    **dict.fromkeys(("fold", "folding", "hideToggle", "hideBlock"), _push_fold),
    **dict.fromkeys(GALLERIES, _push_gallery),
    **dict.fromkeys(("details", "spoiler"), _push_details),
    "folders": _push_folders,
    "timeline": _push_timeline,
    "grid": _push_grid,
    **dict.fromkeys(("btns", *GITBOOK_INSIDE), _push_inside),
    **dict.fromkeys(CAPTIONED, push_captioned),
    "hint": push_hint,
    "code": push_code,
    **dict.fromkeys(DIAGRAMS, _push_diagram),
    "poem": push_poem,
    "flink": push_links,
}
