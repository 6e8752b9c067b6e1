"""Shortcodes inside raw HTML: addresses become plain, `{% include figure.html %}` a figure, others stay.

`{% include audio.liquid path= %}` and `{% include video.liquid path= %}` of al-folio become players, of another site's
page a card.
"""

import re
from html import escape
from urllib.parse import urlsplit

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.syntax.shortcodes.links import address_of, is_empty_prefix
from notegen.read.syntax.shortcodes.media.frames import frames_as_cards
from notegen.read.syntax.shortcodes.parse import Tag, read_tag
from notegen.read.token_data import SPAN, Span
from notegen.text.addresses import is_external
from notegen.text.patterns import lazy_regex

_TAG = lazy_regex(r"\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\}")
_OPEN = lazy_regex(r"<[A-Za-z][\w-]*+(?:[^<>{}]|\{\{[^{}\n]{0,1000}\}\}|\{%[^{}\n]{0,1000}%\})*+>")
_PLAYERS = {f"{name}.{suffix}": name for name in ("audio", "video") for suffix in ("liquid", "html")}
_MEDIA = (".mp4", ".webm", ".mov", ".ogv", ".mp3", ".ogg", ".oga", ".wav", ".m4a", ".flac", ".aac", ".opus")
_INCLUDES = frozenset(
    {"figure.html", "figure.liquid", "figure", "image.html", "img.html", "maincolumn_img.html", "marginfigure.html"}
)


def included_image(tag: Tag) -> dict[str, str] | None:
    """Return the image (src, alt, title, class, width, height) that `{% include figure.html path="a.png" %}` shows."""
    words, named = tag.words()
    source = named.get("path") or named.get("src") or named.get("image_path") or named.get("url") or ""
    if tag.name != "include" or not words or words[0].rpartition("/")[2] not in _INCLUDES or not source:
        return None
    local = source if source.startswith("/") or ":" in source else "/" + source
    image = {key: named.get(key, "") for key in ("alt", "class", "width", "height")}
    caption = named.get("caption") or named.get("description") or named.get("title", "")
    return {"src": local, "title": caption, **image}


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
        address, image = address_of(tag), included_image(tag) or _gallery(tag)
        written = escape(address) if address is not None else _player(tag) or match[0]
        return _figure(state, image) if image else written

    return _TAG.sub(plain, html)


def _player(tag: Tag) -> str:
    """Return the player of `{% include video.liquid path="a.mp4" %}`; "" for another tag."""
    words, named = tag.words()
    element = _PLAYERS.get(words[0]) if tag.name == "include" and words else None
    source = named.get("path") or named.get("url") or ""
    if element is None or not source:
        return ""
    if is_external(source) and not urlsplit(source).path.lower().endswith(_MEDIA):
        return frames_as_cards(f'<iframe src="{escape(source)}"></iframe>')
    if is_external(source):  # asked for when it is played
        return f'<{element} controls="" preload="none" src="{escape(source)}"></{element}>'
    return f'<{element} controls="" src="{escape("/" + source.lstrip("/"))}"></{element}>'


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
    caption = f"<figcaption>{escape(image['title'])}</figcaption>" if image["title"] else ""
    return f"<figure>{picture}{caption}</figure>"


HTML_WITH_SHORTCODES = Rule("inline", "html_with_shortcodes", _quoted_tags, starts="<", before="html_inline")
SHORTCODES_IN_HTML = Rule("core", "shortcodes_in_html", _html, before=AFTER_INLINE)
