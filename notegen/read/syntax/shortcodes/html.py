"""Shortcodes inside raw HTML: addresses become plain, pictures (`{% include figure.html %}`) figures, others stay."""

import re
from html import escape

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.syntax.shortcodes.links import address_of, is_empty_prefix
from notegen.read.syntax.shortcodes.media.images import described_picture
from notegen.read.syntax.shortcodes.media.included import included_image, included_player
from notegen.read.syntax.shortcodes.parse import Tag, read_tag
from notegen.read.token_data import SPAN, Span
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\}")
_OPEN = lazy_regex(r"<[A-Za-z][\w-]*+(?:[^<>{}]|\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\})*+>")


def _html(state: StateCore) -> None:
    if "{{" not in state.src and "{%" not in state.src:
        return
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            if part.type in {"html_block", "html_inline"} and "{" in part.content:
                _replace(state, part)


def _replace(state: StateCore, part: Token) -> None:
    part.content = _without_tags(state, part.content)


def _without_tags(state: StateCore | StateInline, html: str) -> str:
    """Return raw HTML in which tags are the addresses and figures that they stand for; others stay."""

    def plain(match: re.Match[str]) -> str:
        tag = read_tag(match.string, match.start())
        if tag is None:
            return match[0]
        if match.string[match.start() - 1 : match.start()] in {'"', "'"} and is_empty_prefix(tag, match.string):
            return ""
        address, image = address_of(tag), included_image(tag) or _gallery(tag) or described_picture(tag)
        written = escape(address) if address is not None else included_player(tag) or match[0]
        return _figure(state, image) if image else written

    return _TAG.sub(plain, html)


def _quoted_tags(state: StateInline, silent: bool) -> bool:
    """Read an HTML tag whose attributes hold tags with quotes of their own: `<a href="{{< ref "a.md" >}}">`."""
    html = _OPEN.match(state.src, state.pos, state.posMax)
    if html is None or "{" not in html[0]:
        return False
    plain = _without_tags(state, html[0])
    if "{" in plain:
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = plain
        SPAN.set(token, Span(state.pos, len(html[0])))
    state.pos = html.end()
    return True


def _gallery(tag: Tag) -> dict[str, str] | None:
    """Return the image, and the gallery that it leads to, of Butterfly's `{% galleryGroup name words link image %}`."""
    words, _ = tag.words()
    if tag.name != "galleryGroup" or len(words) != 4:  # noqa: PLR2004 - each has a meaning
        return None
    name, text, link, source = words
    return {"src": source, "alt": name, "title": f"{name} {text}", "link": link, "class": "", "width": "", "height": ""}


def _figure(state: StateCore | StateInline, image: dict[str, str]) -> str:
    if not state.md.validateLink(image["src"]):
        return ""
    extra = "".join(f' {key}="{escape(image[key])}"' for key in ("class", "width", "height") if image[key])
    picture = f'<img src="{escape(image["src"])}" alt="{escape(image["alt"])}"{extra} loading="lazy">'
    link = image.get("link", "")
    if link and state.md.validateLink(link):
        picture = f'<a href="{escape(link)}">{picture}</a>'
    if "title" not in image:
        return picture
    caption = f"<figcaption>{escape(image['title'])}</figcaption>" if image["title"] else ""
    return f"<figure>{picture}{caption}</figure>"


HTML_WITH_SHORTCODES = Rule("inline", "html_with_shortcodes", _quoted_tags, starts="<", before="html_inline")
SHORTCODES_IN_HTML = Rule("core", "shortcodes_in_html", _html, before=AFTER_INLINE)
