"""Tags of Hugo: `{{< figure >}}`, `{{< highlight >}}`, `{{< ref >}}` in addresses, and the admonitions of its themes.

A figure is an `image` token; its caption is the image's title, which the rule FIGURES shows where the image stands
alone. Shortcodes in addresses are read in links.py, those that hold blocks in blocks.py; all unknown ones, and
expressions such as `{{ site.title }}`, stay text (see parse.py).

Source: Hugo docs, "Shortcodes": figure, highlight, ref, relref.
"""

from typing import Any

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.lines import push_paragraph
from notegen.read.syntax.parse_state import parse_state
from notegen.read.syntax.rule import BLOCKS, Rule
from notegen.read.syntax.shortcodes.formulas import FORMULA_TAGS, formula
from notegen.read.syntax.shortcodes.hexo import push_note_link
from notegen.read.syntax.shortcodes.media.images import PICTURE_TAGS, is_picture, push_image
from notegen.read.syntax.shortcodes.media.videos import VIDEOS
from notegen.read.syntax.shortcodes.parse import Tag, tag_rule
from notegen.read.syntax.shortcodes.themes.cards import page
from notegen.read.syntax.shortcodes.themes.hugo_book import button
from notegen.read.token_data import SPAN, Span

# Tags that authors write to let HTML and formulas through: what they hold is read as usual.
AS_IT_IS = frozenset({"rawhtml", "raw-html", "raw_html", "rawHTML", "unsafe"})
_MOST_LINES = 30  # of a tag that is written over several lines


def hugo_lines(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Keep a tag over several lines in one paragraph: its last line, `>}}`, is no block quote."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("{{<", start) or state.is_code_block(start_line):
        return False
    if state.src.find(">}}", start, state.eMarks[start_line]) >= 0:
        return False
    last = min(end_line, start_line + _MOST_LINES)
    for line in range(start_line + 1, last):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        if state.src.find(">}}", state.bMarks[line], state.eMarks[line]) >= 0:
            break
    else:
        return False
    if not silent:
        state.line = line + 1
        content = state.getLines(start_line, line + 1, state.blkIndent, keepLastLF=False).strip()
        push_paragraph(state, content, [start_line, line + 1])
    return True


def figure(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< figure src= alt= title= caption= attr= link= width= height= class= >}}`."""
    words, named = tag.words()
    source = named.get("src") or next(iter(words), "")
    if not source or not state.md.validateLink(source):
        return False
    if silent:
        return True
    link = named.get("link", "")
    linked = bool(link) and state.md.validateLink(link)
    if linked:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(link)}
        SPAN.set(token, Span(state.pos, tag.end - state.pos))
    title, caption = named.get("title", ""), named.get("caption", "")
    attributes = {key: named.get(key, "") for key in ("id", "class", "width", "height")}
    attributes["title"] = f"**{title}** {caption}" if title and caption else title or caption
    push_image(state, tag, source, named.get("alt", ""), attributes, block=not linked)
    if linked:
        state.push("link_close", "a", -1)
    return True


def picture(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< img src="a.png" >}}` of sites' own templates, where it names a picture."""
    words, named = tag.words()
    source = named.get("src") or next(iter(words), "")
    return is_picture(source) and figure(state, tag, silent)


def reference(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< ref "a.md" >}}` in a text (in Hugo the bare address): a link that shows the title of what it names."""
    words, named = tag.words()
    path = named.get("path") or next(iter(words), "")
    if path and not silent:
        push_note_link(state, tag, path)
    return bool(path)


def key(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< kbd Ctrl-C >}}` of Quarto, also with keys of systems: `mac=Command-C win=Ctrl-C`."""
    words, named = tag.words()
    text = " ".join(words) or " / ".join(dict.fromkeys(named.values()))
    if not text:
        return False
    if not silent:
        state.push("kbd_open", "kbd", 1)
        state.push("text", "", 0).content = text
        state.push("kbd_close", "kbd", -1)
    return True


def meta(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< meta title >}}` of Quarto: what the front matter says; `a.b` is a key in another."""
    value: Any = parse_state(state.env).fields
    for name in tag.arguments.strip("\"' ").split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if not isinstance(value, str | int | float):
        return False
    if not silent:
        state.push("text", "", 0).content = str(value)
    return True


def nothing(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{{< pagebreak >}}` and `{{< fa star >}}` of Quarto, `{{< toc >}}` of Hugo's themes: nothing is shown.

    Also `{{< rawhtml >}}` in a line, around what passes through anyway.
    """
    del state, tag, silent
    return True


HUGO_LINES = Rule("block", "hugo_lines", hugo_lines, starts="{", before="fence", interrupts=BLOCKS)
HUGO_TAGS = tag_rule(
    "hugo_tags",
    ("{{<", "{{%", "{{"),
    {
        "figure": figure,
        **dict.fromkeys(PICTURE_TAGS, picture),
        "ref": reference,
        "relref": reference,
        "gist": page,
        "button": button,
        "pagebreak": nothing,
        "toc": nothing,
        "kbd": key,
        "meta": meta,
        "fa": nothing,
        **dict.fromkeys([*AS_IT_IS, *(f"/{name}" for name in AS_IT_IS)], nothing),
    }
    | dict.fromkeys(FORMULA_TAGS, formula)
    | VIDEOS,
)
