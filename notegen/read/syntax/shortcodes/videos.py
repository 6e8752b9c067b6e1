"""Films of other sites, `{% youtube id %}` and `{{< vimeo id >}}`, as links: pages ask no other host for anything.

Alone on its line a tag is `<p class="video"><a href="…">`. Report: video-link, at the tag.

Source: Hexo docs, "Tag Plugins", the sections "YouTube" and "Vimeo"; Hugo docs, "YouTube shortcode", "Vimeo shortcode".
"""

from collections.abc import Callable

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from notegen.read.syntax.lines import push_paragraph
from notegen.read.syntax.report import report_inline
from notegen.read.syntax.shortcodes.parse import Tag
from notegen.read.token_data import SPAN, Span
from notegen.text.patterns import lazy_regex

_ID = lazy_regex(r"[\w-]{1,100}")
_ADDRESSES = {
    "youtube": ("YouTube", "https://www.youtube.com/watch?v={}"),
    "vimeo": ("Vimeo", "https://vimeo.com/{}"),
    "bilibili": ("bilibili", "https://www.bilibili.com/video/{}/"),
}
_PLAYLIST = "https://www.youtube.com/playlist?list={}"
InlineTag = Callable[[StateInline, Tag, bool], bool]


def push_video(state: StateBlock, tag: Tag, line: int) -> bool:
    """Push the paragraph of a tag alone on its line; the inline rule makes the link in it."""
    if tag.name not in _ADDRESSES or not _id(tag):
        return False
    push_paragraph(state, state.getLines(line, line + 1, 0, False).strip(), [line, line + 1], **{"class": "video"})
    return True


def video(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read a tag: the film's name or number, for a list of YouTube's also `'playlist'`, for vimeo and Hugo `id=`."""
    name = _id(tag)
    if not name or state.linkLevel:
        return False
    if not silent:
        site, address = _ADDRESSES[tag.name]
        if tag.name == "youtube" and "playlist" in tag.words()[0][1:]:
            address = _PLAYLIST
        if tag.name == "bilibili" and name.isdigit():
            name = f"av{name}"
        link = state.push("link_open", "a", 1)
        link.attrs = {"href": address.format(name)}
        SPAN.set(link, Span(state.pos, tag.end - state.pos))
        state.push("text", "", 0).content = f"{site}: {tag.words()[1].get('title') or name}"
        state.push("link_close", "a", -1)
        message = f"the video is shown as a link to {site}: pages ask no other host for anything"
        report_inline(state, "video-link", message, tag.end)
    return True


def _id(tag: Tag) -> str:
    words, named = tag.words()
    name = named.get("id") or named.get("bvid") or next(iter(words), "")
    return name if _ID.fullmatch(name) else ""


VIDEOS: dict[str, InlineTag] = dict.fromkeys(_ADDRESSES, video)
