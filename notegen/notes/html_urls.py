"""Local addresses inside raw HTML (`<img src>`, `<a href>`) become holes too; every other byte of the tag stays."""

import re
from html import escape, unescape

from markdown_it.token import Token

from notegen.notes.context import Context

# A comment (to the end when it is not closed, as browsers read it) or a tag with its attributes. Alternatives start
# with different
# characters, so matching is linear.
_TAG = re.compile(r"""<(?:!--(?:[\s\S]*?-->|[\s\S]*)|([A-Za-z][A-Za-z0-9-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>)""")
_ADDRESS = re.compile(r"""(\s)(src|href|poster)(\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
_LINKING = frozenset({"a", "area", "img", "video", "audio", "source", "track", "embed", "iframe", "object"})
_IDS = re.compile(r"""\s(?:id|name)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)


def rewrite_addresses(token: Token, context: Context) -> str:
    """Return the raw HTML of `token` with marks in place of its local addresses."""
    html = token.content
    if "=" not in html:
        return html

    def in_tag(match: re.Match[str]) -> str:
        name = (match[1] or "").lower()
        if name not in _LINKING:
            return match[0]
        return f"<{match[1]}{_ADDRESS.sub(lambda found: in_attribute(found, name), match[2])}>"

    def in_attribute(found: re.Match[str], name: str) -> str:
        target = unescape(found[4].strip("\"'"))
        kind = "link" if name in {"a", "area"} else "image"
        place = context.url(target, kind, token)
        return found[0] if place == target else f'{found[1]}{found[2]}="{escape(place)}"'

    return _TAG.sub(in_tag, html)


def ids_in(html: str) -> list[str]:
    """Return the ids (and old-style names) that raw HTML defines, so that links to them can be checked."""
    tags = (match[2] or "" for match in _TAG.finditer(html) if match[1])
    return [unescape(found.strip("\"'")) for tag in tags for found in _IDS.findall(tag)]
