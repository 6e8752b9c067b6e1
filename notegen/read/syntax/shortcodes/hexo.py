"""Tags of Hexo and Jekyll in the text: `{% post_link %}`, `{% asset_link %}`, `{% raw %}`, and the table of all.

Tokens: `wikilink_open` and `wikilink_close` (a post is found by its file's name; without words of the author's the link
shows its title). Pictures and films are in media/, formulas in formulas.py, what Hexo's themes have in themes/.
Shortcodes in addresses are read in links.py, those that hold blocks in blocks.py, all unknown ones stay text (see
parse.py).

Source: Hexo docs, "Tag Plugins".
"""

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.shortcodes.formulas import FORMULA_TAGS, formula
from notegen.read.syntax.shortcodes.media.images import IMAGES
from notegen.read.syntax.shortcodes.media.videos import VIDEOS
from notegen.read.syntax.shortcodes.parse import Tag, comment, raw, tag_rule
from notegen.read.syntax.shortcodes.themes.boxes import GALLERIES, gallery_in_text
from notegen.read.syntax.shortcodes.themes.cards import CARDS
from notegen.read.syntax.shortcodes.themes.words import WORDS
from notegen.read.token_data import SPAN, WIKI_TARGET, Span, WikiTarget


def post_link(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% post_link slug [words] %}`, and `{% post_path slug %}` in a text (in Hexo the bare address)."""
    words, _ = tag.words()
    if not words:
        return False
    if not silent:
        push_note_link(state, tag, words[0], " ".join(word for word in words[1:] if word not in {"true", "false"}))
    return True


def push_note_link(state: StateInline, tag: Tag, path: str, text: str = "") -> None:
    """Push a link to a note that a tag names by path or name, perhaps with a fragment. Without words: its title."""
    token = state.push("wikilink_open", "a", 1)
    token.markup = tag.opening
    target, _, fragment = path.partition("#")
    WIKI_TARGET.set(token, WikiTarget(target, fragment, bool(text), titled=not text))
    SPAN.set(token, Span(state.pos, tag.end - state.pos))
    if text:
        state.push("text", "", 0).content = text
    state.push("wikilink_close", "a", -1).markup = tag.opening


def asset_link(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% asset_link file [words] %}`, and `{% asset_path file %}` in a text (in Hexo the bare address)."""
    words, _ = tag.words()
    if not words or not state.md.validateLink(words[0]):
        return False
    if not silent:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(words[0])}
        SPAN.set(token, Span(state.pos, tag.end - state.pos))
        state.push("text", "", 0).content = " ".join(words[1:]) or words[0]
        state.push("link_close", "a", -1)
    return True


_KNOWN = {
    "post_link": post_link,
    "post_path": post_link,
    "asset_link": asset_link,
    "asset_path": asset_link,
    "raw": raw,
    "comment": comment,
    **IMAGES,
    **WORDS,
    **CARDS,
    **dict.fromkeys(GALLERIES, gallery_in_text),
    **dict.fromkeys(FORMULA_TAGS, formula),
    **VIDEOS,
}
HEXO_TAGS = tag_rule("hexo_tags", ("{%",), _KNOWN)
