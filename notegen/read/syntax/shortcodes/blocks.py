"""Paired shortcodes that hold blocks: notes and admonitions become callouts, comments go, raw text is Markdown.

`{% note info %}…{% endnote %}` of Hexo's themes, also on one line; `{{< admonition tip "Title" >}}`, `notice`,
`callout`, `alert`, `hint`, `details` and `expand` of Hugo's; `columns` and `steps` (themes/hugo_book.py);
`{{< pseudocode >}}`, an algorithm; `{{< mermaid >}}`, `{{< dot >}}`, diagrams; `{{< gallery >}}`, pictures in rows;
`{{< rawhtml >}}`, which lets HTML through. The former are pushed as block quotes
with a HEAD, of which the callouts rule makes callouts. Hexo's `{% blockquote author, source url title %}`,
`{% pullquote %}`, `{% centerquote %}` and `{% cq %}` are block quotes; one with an author or a source ends with
`<footer><strong>author</strong> <cite>…</cite>`, the others have the class `pullquote` or
`centerquote`. Films are in media/videos.py, tabs in tabs.py.

Source: Hexo docs, "Tag Plugins", with the sections "Block Quote" and "Pull Quote"; the documentation of the themes
NexT (`note`), Hugo Book (`hint`) and LoveIt (`admonition`).
"""

from html import escape

from markdown_it.rules_block import StateBlock

from notegen.diagrams.kinds import TAGS as DIAGRAMS
from notegen.read.syntax.algorithms.rules import push_algorithms
from notegen.read.syntax.callouts.heads import HEAD, Head
from notegen.read.syntax.callouts.kinds import WORDS, find_word
from notegen.read.syntax.diagrams.rules import push_diagram
from notegen.read.syntax.lines import block_quote, cut_lines, holds_fence, push_paragraph, read_lines
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.shortcodes.hugo import AS_IT_IS
from notegen.read.syntax.shortcodes.media.videos import push_video
from notegen.read.syntax.shortcodes.parse import Tag, closing_line, raw_blocks, read_tag, tag_on_line
from notegen.read.syntax.shortcodes.tabs import HEXO_TABS, HUGO_TABS, push_hexo_tabs, push_hugo_tabs
from notegen.read.syntax.shortcodes.themes.arguments import Part, options_and_words, without_options
from notegen.read.syntax.shortcodes.themes.boxes import BOXES, GALLERIES, push_callout, with_gallery
from notegen.read.syntax.shortcodes.themes.cards import FRAMES
from notegen.read.syntax.shortcodes.themes.hugo_book import PAIRS as BOOK_PAIRS
from notegen.read.syntax.shortcodes.themes.hugo_book import push_parts
from notegen.text.patterns import lazy_regex

_QUOTES = frozenset({"blockquote", "quote", "pullquote", "centerquote", "cq"})
_URL = lazy_regex(r"(?<!\S)(?P<url>https?://\S+)(?:\s+(?P<title>.+))?")
_STYLES = frozenset({"no-icon", "icon", "simple", "modern", "flat", "disabled", "default", "primary", "secondary"})
_COLOURS = frozenset({"blue", "pink", "red", "purple", "orange", "green"})
_CALLOUTS = frozenset({"admonition", "notice", "callout", "alert", "hint", "details", "expand"})
_NOTES = frozenset({"note", "noteblock", "box", "ablock", "tip"})
_QUOTED = _QUOTES | _NOTES
_HEXO_PAIRS = frozenset(BOXES) | _QUOTED | HEXO_TABS
_HUGO_PAIRS = _CALLOUTS | HUGO_TABS | BOOK_PAIRS | DIAGRAMS | {"highlight", "pseudocode", "gallery"}
# Tags that are blocks where they stand alone on a line, besides the films of other sites.
_CARDS = frozenset(FRAMES)
_PARAGRAPHS = frozenset({"checkbox", "radio", "cb", "gist", "ghcard"})


def hexo_blocks(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read notes and quotes, `{% comment %}`, and a `{% raw %}` around code fences, each on lines of their own.

    Notes and quotes on one line, too.
    """
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{%", start):
        return False
    tag = tag_on_line(state, start_line)
    if tag is None:
        return _on_one_line(state, start_line, silent)
    if tag.name not in _HEXO_PAIRS | {"comment", "raw"}:
        return _alone(state, tag, start_line, silent)
    close = closing_line(state, start_line, end_line)
    if close < 0 and tag.name == "note":
        return _note_on_line(state, tag, start_line, silent)
    if close < 0 or (tag.name == "raw" and not holds_fence(state, start_line + 1, close)):
        return False
    if not silent:
        _push_pair(state, tag, start_line, close)
        state.line = close + 1
    return True


def is_paired(tag: Tag) -> bool:
    """Return whether a tag is one of those that hold blocks, or the end of one, so that it is read where both are."""
    if tag.opening == "{%":
        return tag.name.removeprefix("end") in _HEXO_PAIRS | {"tab"}
    return tag.name.removeprefix("/") in _HUGO_PAIRS | {"tab"}


def _push_pair(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push what stands between a tag and its end; nothing of a comment."""
    if tag.name in BOXES:
        BOXES[tag.name](state, tag, line, close)
    elif tag.name in _QUOTED:
        inside = (line + 1, state.bMarks[line + 1]), (close - 1, state.eMarks[close - 1])
        _box(state, tag, [line, close + 1], *inside)
    elif tag.name in HEXO_TABS:
        push_hexo_tabs(state, tag, line, close)
    elif tag.name == "raw":
        raw_blocks(state, line + 1, close)


def _on_one_line(state: StateBlock, line: int, silent: bool) -> bool:
    """Read `{% note info %} words {% endnote %}`."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if state.is_code_block(line):
        return False
    tag, last = read_tag(state.src, start, end), state.src.rfind("{%", start, end)
    if tag is None or tag.name not in _QUOTED | GALLERIES or last < tag.end:
        return False
    closing = read_tag(state.src, last, end)
    if closing is None or closing.name != f"end{tag.name}" or state.src[closing.end : end].strip():
        return False
    if not silent:
        _box(state, tag, [line, line + 1], (line, tag.end), (line, last))
        state.line = line + 1
    return True


def _note_on_line(state: StateBlock, tag: Tag, line: int, silent: bool) -> bool:
    """Read the note of Volantis, `{% note quote, words %}`, or Stellar, `{% note title words color:red %}`."""
    options, words = options_and_words(tag)
    if not options or not words.text:
        return False
    if not silent:
        kind = next((option for option in options if option in WORDS), "note")
        title, text = "", words.text
        if "," not in tag.arguments and " " in text:
            title, _, text = text.partition(" ")
        with block_quote(state, "{%", [line, line + 1]) as opened:
            HEAD.set(opened, Head(find_word(kind), "", "", title, 0))
            push_paragraph(state, text, [line, line + 1])
        state.line = line + 1
    return True


def _alone(state: StateBlock, tag: Tag, line: int, silent: bool) -> bool:
    """Read a tag without an end, alone on its line, as a paragraph; the inline rule reads it there."""
    if tag.name in _CARDS | _PARAGRAPHS and tag.arguments:
        if not silent:
            attributes = {"class": "video"} if tag.name in _CARDS else {}
            push_paragraph(state, state.getLines(line, line + 1, 0, False).strip(), [line, line + 1], **attributes)
            state.line = line + 1
        return True
    if silent or not push_video(state, tag, line):
        return False
    state.line = line + 1
    return True


def hugo_blocks(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read the admonitions of Hugo's themes and `{{< highlight python >}}`, each on lines of their own."""
    tag = tag_on_line(state, start_line)
    if tag is None:
        return _callout_on_line(state, start_line, silent)
    if not tag.opening.startswith("{{"):
        return False
    if tag.name not in _HUGO_PAIRS | AS_IT_IS:
        return _alone(state, tag, start_line, silent)
    close = closing_line(state, start_line, end_line)
    if close < 0:
        return False
    if not silent:
        _push_hugo(state, tag, start_line, close)
        state.line = close + 1
    return True


def _push_hugo(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push what stands between a tag of Hugo's and its end."""
    if tag.name == "highlight":
        _highlight(state, tag, line, close)
    elif tag.name in HUGO_TABS:
        push_hugo_tabs(state, tag, line, close)
    elif tag.name in BOOK_PAIRS:
        push_parts(state, line, close)
    elif tag.name in DIAGRAMS:
        push_diagram(state, tag.name, line + 1, close, tag.opening)
    elif tag.name in AS_IT_IS:
        read_lines(state, line + 1, close)
    elif tag.name == "gallery":
        with_gallery(state, line, close + 1, lambda: read_lines(state, line + 1, close))
    elif tag.name == "pseudocode":
        push_algorithms(state, line + 1, close)
    else:
        push_callout(state, _hugo_head(tag), line, close)


def _callout_on_line(state: StateBlock, line: int, silent: bool) -> bool:
    """Read `{{% notice tip %}} words {{% /notice %}}`, alone on its line."""
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith("{{", start) or state.is_code_block(line):
        return False
    tag, last = read_tag(state.src, start, end), state.src.rfind("{{", start, end)
    closing = read_tag(state.src, last, end) if tag is not None and last >= tag.end else None
    if tag is None or tag.name not in _CALLOUTS or closing is None or closing.name != f"/{tag.name}":
        return False
    if state.src[closing.end : end].strip():
        return False
    if not silent:
        with block_quote(state, tag.opening, [line, line + 1]) as opened:
            HEAD.set(opened, _hugo_head(tag))
            _read_cut(state, (line, tag.end), (line, last))
        state.line = line + 1
    return True


def _box(state: StateBlock, tag: Tag, lines: list[int], first: tuple[int, int], last: tuple[int, int]) -> None:
    """Push a note or a quote of Hexo's, which holds the text from one (line, position) up to another."""
    if tag.name in GALLERIES:
        with_gallery(state, lines[0], lines[1], lambda: _read_cut(state, first, last))
        return
    with block_quote(state, "{%", lines) as opened:
        if tag.name in _NOTES:
            HEAD.set(opened, _hexo_head(tag))
        opened.attrs.update(_quote_attributes(tag))
        _read_cut(state, first, last)
        _push_source(state, tag)


def _read_cut(state: StateBlock, first: tuple[int, int], last: tuple[int, int]) -> None:
    """Read the blocks from one (line, position) up to another."""
    if first[0] <= last[0]:
        with cut_lines(state, first, last):
            state.md.block.tokenize(state, first[0], last[0] + 1)


def _quote_attributes(tag: Tag) -> dict[str, str]:
    """Return the attributes of the block quote that a tag opens."""
    if tag.name in {"centerquote", "cq"}:
        return {"class": "centerquote"}
    if tag.name == "pullquote":
        return {"class": " ".join(["pullquote", *tag.words()[0]])}
    return {}


def _push_source(state: StateBlock, tag: Tag) -> None:
    """Push the last line of a quote: who said it and where, as Hexo reads the words of its tag."""
    if tag.name not in {"blockquote", "quote"} or not tag.arguments:
        return
    source = _URL.search(tag.arguments)
    if source is None:
        author, _, title = (part.strip() for part in tag.arguments.partition(","))
        where = escape(title)
    else:
        author, url = tag.arguments[: source.start()].strip(), source["url"]
        author, _, title = (part.strip() for part in author.partition(",")) if not source["title"] else (author, "", "")
        words = escape(source["title"] or title or url.partition("//")[2].rstrip("/"))
        url = state.md.normalizeLink(url)
        where = f'<a href="{escape(url)}">{words}</a>' if state.md.validateLink(url) else words
    parts = [f"<strong>{escape(author)}</strong>"] if author else []
    parts += [f"<cite>{where}</cite>"] if where else []
    token = state.push("html_block", "", 0)
    token.content = f"<footer>{' '.join(parts)}</footer>\n".replace("$", "&#36;").replace("\\", "&#92;")


def _hexo_head(tag: Tag) -> Head:
    """Return what `{% note class no-icon Title words %}` says, without Stellar's options `x:y`.

    The title in `{% noteblock style, Title words %}` of Volantis stands behind a comma.
    """
    if tag.name == "noteblock":
        styles, title = options_and_words(tag)
        return Head(find_word(next((style for style in styles if style in WORDS), "note")), "", "", title.text, 0)
    words = without_options(Part(tag.arguments, tag.start)).words.text.replace('"', "").replace("'", "").split()
    kind = "note"
    while words and (words[0] in WORDS or words[0] in _STYLES | _COLOURS or words[0].startswith("fa")):
        word = words.pop(0)
        kind = word if word in WORDS else kind
    return Head(find_word(kind), "", "", " ".join(words), 0)


def _hugo_head(tag: Tag) -> Head:
    """Return what a Hugo admonition says: type and title by name or by position, folded where `open` is given."""
    words, named = tag.words()
    kind = named.get("type", named.get("color", "")).lower()
    if not kind and words and words[0].lower() in WORDS:
        kind = words.pop(0).lower()
    title = named.get("title") or next((word for word in words if word not in {"true", "false", "open"}), "")
    state = named.get("open", next((word for word in words if word in {"true", "false", "open"}), ""))
    folded = {"true": "+", "open": "+", "false": "-"}.get(state, "-" if tag.name in {"details", "expand"} else "")
    return Head(find_word(kind if kind in WORDS else "note"), folded, "", title, 0)


def _highlight(state: StateBlock, tag: Tag, start_line: int, close: int) -> None:
    words, named = tag.words()
    options = " ".join([*words[1:], *(f'{key}="{value}"' for key, value in named.items())])
    token = state.push("fence", "code", 0)
    token.info = f"{words[0] if words else 'text'} {{{options}}}" if options else (words[0] if words else "")
    token.content = state.getLines(start_line + 1, close, max(0, state.sCount[start_line]), keepLastLF=True)
    token.markup, token.map = tag.opening, [start_line, close + 1]


HEXO_BLOCKS = Rule("block", "hexo_blocks", hexo_blocks, starts="{", before="fence", interrupts=BLOCKS)
HUGO_BLOCKS = Rule("block", "hugo_blocks", hugo_blocks, starts="{", before="fence", interrupts=BLOCKS)
