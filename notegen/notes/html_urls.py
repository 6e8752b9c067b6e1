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
_TAG = re.compile(r"""<(?:!--(?:[\s\S]*?-->|[\s\S]*)|([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>)""")
_ATTRIBUTE = re.compile(r"""(?<![^\s"'])([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
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
    return unescape((found[2] or "").strip("\"'"))


def _attribute(found: re.Match[str], tag: str, token: Token, context: Context) -> str:
    """Return one attribute, an address or id in it as a mark."""
    key, value = found[1].lower(), _value(found)
    place = value
    if key == "id":
        # What is not the note's own page has no ids; one that no link can name stays as it is.
        place = context.id(value) if context.mode is Mode.PAGE and value else value
        return found[0] if place == value else f"\x08{key}=\"{place}\""
    if tag in _LINKING and key in _ADDRESSES:
        place = context.url(value, "link" if tag in {"a", "area"} else "image", token)
    elif tag in _LINKING and key == "srcset":
        place = _srcset(value, token, context)
    return found[0] if place == value else f'{found[1]}="{escape(place)}"'


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
    return match[0]


def ids_in(html: str) -> list[str]:
    """Return the ids (and old-style names) that raw HTML defines, so that links to them can be checked."""
    tags = (match[2] or "" for match in _TAG.finditer(html) if match[1])
    return [_value(found) for tag in tags for found in _ATTRIBUTE.finditer(tag) if found[1].lower() in _NAMED]
