"""Films of other sites, `{% youtube id %}` and `{{< vimeo id >}}`, as links: pages ask no other host for anything.

Alone on its line a tag is `<p class="video"><a href="…" data-embed="…">`, a card: the theme's script puts the player
there when it is clicked. `{{< video address >}}` of Quarto, `{% pdf file %}` and the like are an image of that address,
which shows as what it is (see html/media.py). `{% embed url="…" %}` of GitBook is a film, or a link as
`{% file src="…" %}` is.

Source: Hexo docs, "Tag Plugins", the sections "YouTube" and "Vimeo"; Hugo docs, "YouTube shortcode", "Vimeo shortcode";
Quarto docs, "Videos"; GitBook's documentation, "Embedded URLs", "Files".
"""

from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.lines import push_paragraph
from notegen.read.syntax.shortcodes.media.video_sites import SITES, film, film_at
from notegen.read.syntax.shortcodes.parse import Tag
from notegen.read.syntax.shortcodes.themes.cards import push_link
from notegen.read.token_data import SPAN, Span
from notegen.text.patterns import lazy_regex

_ID = lazy_regex(r"[\w-]{1,100}")
InlineTag = Callable[[StateInline, Tag, bool], bool]


def push_video(state: StateBlock, tag: Tag, line: int) -> bool:
    """Push the paragraph of a tag alone on its line; the inline rule makes the link in it."""
    if tag.name not in SITES or not _id(tag):
        return False
    push_paragraph(state, state.getLines(line, line + 1, 0, False).strip(), [line, line + 1], **{"class": "video"})
    return True


def video(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a tag: the film's name or number, for a list of YouTube's also `'playlist'`, for vimeo and Hugo `id=`."""
    name = _id(tag)
    if not name or state.linkLevel:
        return False
    if not silent:
        listed = tag.name == "youtube" and "playlist" in tag.words()[0][1:]
        page = film(tag.name, f"list={name}" if listed else name)
        link = state.push("link_open", "a", 1)
        link.attrs = {"href": page.page, "data-embed": page.player}
        SPAN.set(link, Span(state.pos, tag.end - state.pos))
        title = tag.words()[1].get("title", "")
        site = page.words.partition(":")[0]
        state.push("text", "", 0).content = f"{site}: {title}" if title else page.words
        state.push("link_close", "a", -1)
    return True


def _id(tag: Tag) -> str:
    words, named = tag.words()
    name = named.get("id") or named.get("bvid") or next(iter(words), "")
    return name if _ID.fullmatch(name) else ""


def file(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a tag that names a file, or the page of a film: as an image of it."""
    words, named = tag.words()
    source = named.get("src") or named.get("url") or named.get("file") or next(iter(words), "")
    if not source or not state.md.validateLink(source):
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": state.md.normalizeLink(source), "alt": ""}
        token.attrs |= {key: named[key] for key in ("width", "height") if named.get(key, "").isdecimal()}
        token.content = named.get("title") or named.get("caption", "")
        token.children = [Token("text", "", 0, content=token.content)] if token.content else []
        SPAN.set(token, Span(state.pos, tag.end - state.pos))
    return True


def address(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% embed url="…" %}` and `{% file src="…" %}`, which may have a caption behind them, as links or films."""
    named = tag.words()[1]
    where = named.get("url") or named.get("src") or ""
    if where and film_at(where) is not None:
        return file(state, tag, silent)
    if not where or state.linkLevel or not state.md.validateLink(where):
        return False
    if not silent:
        push_link(state, tag, where, named.get("caption") or where.rpartition("/")[2] if "src" in named else where)
    return True


VIDEOS: dict[str, InlineTag] = {
    **dict.fromkeys(SITES, video),
    **dict.fromkeys(("video", "audio", "pdf"), file),
    **dict.fromkeys(("embed", "file"), address),
}
