"""Tags of GitBook that hold blocks: boxes, titles of code, captions, and what only lays blocks out.

`{% hint style="info" %}` is a callout, `{% code title="a.py" lineNumbers="true" %}` says of the fence in it what that
could say itself; `{% embed url="…" %}` and `{% file %}` may have a caption and an end. Of `content-ref`, `stepper`,
`step`, `columns` and `column` what they hold is shown. Hexo's `{% code lang:python %}` holds the code itself. Tabs are
in tabs.py, addresses in media/videos.py.

Source: GitBook's documentation, "Blocks": Hint, Code block, Page link, Stepper, Columns; Hexo docs, "Tag Plugins", the
section "Code Block".
"""

from markdown_it.rules_block import StateBlock

from notegen.read.syntax.callouts.heads import HEAD, Head
from notegen.read.syntax.callouts.kinds import WORDS, find_word
from notegen.read.syntax.lines import block_quote, holds_fence, push_paragraph, read_lines
from notegen.read.syntax.shortcodes.parse import Tag

INSIDE = ("content-ref", "stepper", "step", "columns", "column")
CAPTIONED = ("embed", "file")


def push_hint(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push `{% hint style="warning" %}`: info, success, warning or danger."""
    style = tag.words()[1].get("style", "info").lower()
    with block_quote(state, "{%", [line, close + 1]) as opened:
        HEAD.set(opened, Head(find_word(style if style in WORDS else "info"), "", "", "", 0))
        read_lines(state, line + 1, close)


def push_code(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push the code inside, with the title and the numbers that the tag asks for; without a fence it is Hexo's tag."""
    first = len(state.tokens)
    if not holds_fence(state, line + 1, close):
        token = state.push("fence", "code", 0)
        token.content = state.getLines(line + 1, close, max(0, state.sCount[line]), keepLastLF=True)
        language = next((word for word in tag.words()[0] if word.startswith("lang:")), "")
        token.info, token.markup, token.map = language.removeprefix("lang:"), "{%", [line, close + 1]
        return
    read_lines(state, line + 1, close)
    named = tag.words()[1]
    title = f' title="{named["title"]}"' if named.get("title") else ""
    numbers = " linenos" if named.get("linenumbers") == "true" else ""
    for token in state.tokens[first:]:
        if token.type == "fence":
            token.info = f"{token.info.strip() or 'text'}{title}{numbers}"


def push_captioned(state: StateBlock, tag: Tag, line: int, close: int) -> None:
    """Push the tag as a paragraph, in which the inline rule reads it, and its caption below."""
    del tag
    push_paragraph(state, state.getLines(line, line + 1, 0, keepLastLF=False).strip(), [line, line + 1])
    read_lines(state, line + 1, close)
