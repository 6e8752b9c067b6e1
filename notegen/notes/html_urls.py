"""Local addresses inside raw HTML (`<img src>`, `<a href>`) become holes too; every other byte of the tag stays.

A local `<img>` becomes a hole as a whole, so that it gets the size of its file; ids become holes, because a note that
is embedded in another shows none.
"""

import re
from html import escape, unescape

from markdown_it.token import Token

from notegen.notes.context import Context, Mode, is_external

# A comment (to the end when it is not closed, as browsers read it) or a tag with its attributes. Alternatives start
# with different characters, so matching is linear.
_TAG = re.compile(r"""<(?:!--(?:[\s\S]*?-->|[\s\S]*)|([A-Za-z][A-Za-z0-9-]*+)((?:[^<>"']|"[^"]*"|'[^']*')*)>)""")
_ATTRIBUTE = re.compile(r"""(?<!\s)(\s*+)([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'=<>`]++))?""")
_WORDS = re.compile(r"(\s+)")
_DESCRIPTOR = re.compile(r"[\d.]+[wxh],?")
_LINKING = frozenset({"a", "area", "img", "video", "audio", "source", "track", "embed", "iframe", "object"})
_ADDRESSES = frozenset({"src", "href", "poster"})
_NAMED = frozenset({"id", "name"})


def rewrite_addresses(token: Token, context: Context) -> str:
    """Return the raw HTML of `token` with marks in place of its local addresses and its ids."""
    html = token.content
    if "=" not in html:
        return html
    return _TAG.sub(lambda match: _tag(match, token, context), html)


def _tag(match: re.Match[str], token: Token, context: Context) -> str:
    name = (match[1] or "").lower()
    if not name or "=" not in match[2]:
        return match[0]
    if name == "img":
        return _image(match, token, context)
    return f"<{match[1]}{_ATTRIBUTE.sub(lambda found: _attribute(found, name, token, context), match[2])}>"


def _value(found: re.Match[str]) -> str:
    return unescape((found[3] or "").strip("\"'"))


def _attribute(found: re.Match[str], tag: str, token: Token, context: Context) -> str:
    """Return one attribute, an address or id in it as a mark."""
    key, value = found[2].lower(), _value(found)
    place = value
    if key == "id" and value and context.mode is Mode.PAGE:
        return f' id="{context.id(value)}"'
    if tag in _LINKING and key in _ADDRESSES:
        place = context.url(value, "link" if tag in {"a", "area"} else "image", token)
    elif tag in _LINKING and key == "srcset":
        place = _srcset(value, token, context)
    return found[0] if place == value else f'{found[1]}{found[2]}="{escape(place)}"'


def _srcset(value: str, token: Token, context: Context) -> str:
    """Return a list of addresses with their widths, each local address as a mark."""
    words = _WORDS.split(value)
    for index, word in enumerate(words):
        bare = word.rstrip(",")
        if bare and not word.isspace() and not _DESCRIPTOR.fullmatch(word):
            words[index] = context.url(bare, "image", token) + word[len(bare) :]
    return "".join(words)


def _image(match: re.Match[str], token: Token, context: Context) -> str:
    """Return an `<img>`: a mark for the whole of it when its file is local."""
    written = match[2]
    found = {item[2].lower(): item for item in reversed(list(_ATTRIBUTE.finditer(written)))}
    source = _value(found["src"]) if "src" in found else ""
    if not source or is_external(source) or "srcset" in found or context.mode is not Mode.PAGE:
        return f"<{match[1]}{_ATTRIBUTE.sub(lambda item: _attribute(item, 'img', token, context), written)}>"
    start, end = found["src"].span(3)
    extra = "" if "loading" in found else f' loading="{context.loading()}"'
    extra += "" if "decoding" in found else ' decoding="async"'
    name = found.get("id")  # it leaves the bytes that are kept: an embed shows none
    head, tail = _without(written[:start], name, 0), _without(written[end:], name, end)
    attrs = {key: _value(item) for key, item in found.items() if key not in {"src", "alt"}}
    alt = _value(found["alt"]) if "alt" in found else ""
    return context.image(source, token, alt, attrs, (f'<{match[1]}{head}"', f"{extra}{tail}>"))


def _without(text: str, attribute: re.Match[str] | None, shift: int) -> str:
    """Return `text`, which begins at `shift` of the tag, without an attribute, if that is in it."""
    if attribute is None or not shift <= attribute.start() < shift + len(text):
        return text
    return text[: attribute.start() - shift] + text[attribute.end() - shift :]


def ids_in(html: str) -> list[str]:
    """Return the ids (and old-style names) that raw HTML defines, so that links to them can be checked."""
    tags = (match[2] or "" for match in _TAG.finditer(html) if match[1])
    return [_value(found) for tag in tags for found in _ATTRIBUTE.finditer(tag) if found[2].lower() in _NAMED]
