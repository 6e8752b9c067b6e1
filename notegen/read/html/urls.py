"""Local addresses inside raw HTML (`<img src>`, `<a href>`) become holes too; every other byte of the tag stays.

A local `<img>` becomes a hole as a whole, so that it gets the size of its file; ids become holes, because a note that
is embedded in another shows none.
"""

import re
from html import escape, unescape

from markdown_it.token import Token

from notegen.read.html.context import Mode, RenderContext
from notegen.text.addresses import addresses_in, is_external, is_unreachable
from notegen.text.patterns import lazy_regex

# A comment (to the end when it is not closed, as browsers read it) or a tag with its attributes. Alternatives start
# with different characters, so matching is linear.
_TAG = lazy_regex(r"""<(?:!--(?:[\s\S]*?-->|[\s\S]*)|([A-Za-z][A-Za-z0-9-]*+)((?:[^<>"']|"[^"]*"|'[^']*')*)>)""")
_ATTRIBUTE = lazy_regex(r"""(?<!\s)(\s*+)([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'=<>`]++))?""")
_WORDS = lazy_regex(r"(\s+)")
_DESCRIPTOR = lazy_regex(r"[\d.]+[wxh],?")
_LINKING = frozenset({"a", "area", "img", "video", "audio", "source", "track", "embed", "iframe", "object"})
_ADDRESSES = frozenset({"src", "href", "poster"})
_STYLE_ADDRESS = lazy_regex(r"""\burl\((["']?)([^"'()\s#][^"'()\s]*)\1\)""")
_NAMED = frozenset({"id", "name"})
_NAMING = lazy_regex(r"=|url\(|<script", re.IGNORECASE)


def rewrite_addresses(token: Token, context: RenderContext) -> str:
    """Return the raw HTML of `token` with marks in place of its local addresses and its ids.

    Files that it names otherwise, in styles, scripts and attributes, are noted in the context.
    """
    html = token.content
    if "=" in html:
        html = _TAG.sub(lambda match: _tag(match, token, context), html)
    if context.mode is Mode.PAGE and _NAMING.search(html):
        context.files += addresses_in(html, ".html")
    return html


def _tag(match: re.Match[str], token: Token, context: RenderContext) -> str:
    name = (match[1] or "").lower()
    if not name or "=" not in match[2]:
        return match[0]
    if name == "img":
        return _image(match, token, context)
    return f"<{match[1]}{_ATTRIBUTE.sub(lambda attribute: _attribute(attribute, name, token, context), match[2])}>"


def _value(attribute: re.Match[str]) -> str:
    return unescape((attribute[3] or "").strip("\"'"))


def _attribute(attribute: re.Match[str], tag: str, token: Token, context: RenderContext) -> str:
    """Return one attribute, an address or id in it as a mark."""
    key, value = attribute[2].lower(), _value(attribute)
    shown = value
    if key == "id" and value and context.mode is Mode.PAGE:
        return f' id="{context.id(value)}"'
    if (tag in _LINKING and key in _ADDRESSES) or (tag, key) == ("object", "data"):
        shown = context.url(value, "link" if tag in {"a", "area"} else "image", token)
    elif tag in _LINKING and key == "srcset":
        shown = _srcset(value, token, context)
    elif key == "style" and "url(" in value:
        shown = _STYLE_ADDRESS.sub(lambda url: f"url({url[1]}{context.url(url[2], 'image', token)}{url[1]})", value)
    if shown == value:
        return attribute[0]
    head = " href" if key == "href" else f"{attribute[1]}{attribute[2]}"  # as a hole for a whole attribute has it
    return f'{head}="{escape(shown)}"'


def _srcset(value: str, token: Token, context: RenderContext) -> str:
    """Return a list of addresses with their widths, each local address as a mark."""
    words = _WORDS.split(value)
    for index, word in enumerate(words):
        bare = word.rstrip(",")
        if bare and not word.isspace() and not _DESCRIPTOR.fullmatch(word):
            words[index] = context.url(bare, "image", token) + word[len(bare) :]
    return "".join(words)


def _image(match: re.Match[str], token: Token, context: RenderContext) -> str:
    """Return an `<img>`: a mark for the whole of it when its file is local."""
    written = match[2]
    attributes = {item[2].lower(): item for item in reversed(list(_ATTRIBUTE.finditer(written)))}
    source = _value(attributes["src"]) if "src" in attributes else ""
    is_local = "src" in attributes and (not is_external(source) or is_unreachable(source))
    if not is_local or "srcset" in attributes or context.mode is not Mode.PAGE:
        return f"<{match[1]}{_ATTRIBUTE.sub(lambda item: _attribute(item, 'img', token, context), written)}>"
    start, end = attributes["src"].span(3)
    extra = "" if "loading" in attributes else f' loading="{context.loading()}"'
    extra += "" if "decoding" in attributes else ' decoding="async"'
    name = attributes.get("id")  # it leaves the bytes that are kept: an embed shows none
    head, tail = _without(written[:start], name, 0), _without(written[end:], name, end)
    attrs = {key: _value(item) for key, item in attributes.items() if key not in {"src", "alt"}}
    alt = _value(attributes["alt"]) if "alt" in attributes else ""
    return context.image(source, token, alt, attrs, (f'<{match[1]}{head}"', f"{extra}{tail}>"))


def _without(text: str, attribute: re.Match[str] | None, shift: int) -> str:
    """Return `text`, which begins at `shift` of the tag, without an attribute, if that is in it."""
    if attribute is None or not shift <= attribute.start() < shift + len(text):
        return text
    return text[: attribute.start() - shift] + text[attribute.end() - shift :]


def ids_in(html: str) -> list[str]:
    """Return the ids (and old-style names) that raw HTML defines, so that links to them can be checked."""
    tags = (match[2] or "" for match in _TAG.finditer(html) if match[1])
    return [
        _value(attribute) for tag in tags for attribute in _ATTRIBUTE.finditer(tag) if attribute[2].lower() in _NAMED
    ]
