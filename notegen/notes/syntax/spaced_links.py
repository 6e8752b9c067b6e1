"""Links and images of files with spaces in their names: `![](my pic.png)`, which CommonMark takes for text.

Only names that end like a file's are read so; a title may follow. Tokens are those of Markdown's own links and images,
with meta `offset` and `length`. Problem (see tag_problems): link-space, with what is certain to work.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, image, link

from notegen.notes.syntax.labels import read_label
from notegen.notes.syntax.tag_problems import tell, telling

_DESTINATION = re.compile(
    r"\([ \t]*+(?P<path>(?![A-Za-z][A-Za-z0-9+.-]+:|[<\"'])(?:[^()<>\"\n\\]|\([^()<>\"\n\\]{0,200}\)){1,300}?"
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|md|markdown|pdf|ipynb|zip|py|csv|txt|html?)(?:#[^()<>\"\n\\]{0,200})?)"
    r"(?:[ \t]+\"(?P<title>[^\"\n]{0,500})\")?[ \t]*\)",
    re.IGNORECASE,
)
_LONGEST = 2000  # characters of a label


def spaced_link_rules(md: MarkdownIt) -> None:
    """Let Markdown's rules for links and images read these where they find none of theirs."""
    telling(md)
    md.inline.ruler.at("link", lambda state, silent: link(state, silent) or _spaced(state, silent, "["))
    md.inline.ruler.at("image", lambda state, silent: image(state, silent) or _spaced(state, silent, "!["))


def _spaced(state: StateInline, silent: bool, opening: str) -> bool:
    """Read a link or an image whose address holds a space."""
    start, picture = state.pos, opening == "!["
    if not state.src.startswith(opening, start) or (state.linkLevel and not picture):
        return False
    label = start + 1 + picture
    if state.src.find("](", label, min(state.posMax, label + _LONGEST)) < 0:
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + picture, not picture)
    found = _DESTINATION.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    if found is None or " " not in found["path"]:
        return False
    address = state.md.normalizeLink(found["path"])
    if not state.md.validateLink(address):
        return False
    if not silent:
        left, right = found.span("path")
        better = f"{state.src[start:left]}<{found['path']}>{state.src[right : found.end()]}"
        message = f"the address {found['path']!r} holds a space: elsewhere, as on GitHub, this is no link but text"
        tell(state, "link-space", message, found.end(), hint=f"write {better}")
        attrs: dict[str, str | int | float] = {"title": found["title"]} if found["title"] else {}
        meta = {"offset": start, "length": found.end() - start}
        if picture:
            _image(state, state.src[label:label_end], {"src": address, "alt": "", **attrs}, meta)
        else:
            _link(state, (label, label_end), {"href": address, **attrs}, meta)
    state.pos = found.end()
    return True


def _image(state: StateInline, alt: str, attrs: dict[str, str | int | float], meta: dict[str, int]) -> None:
    token = state.push("image", "img", 0)
    token.attrs, token.meta, token.content, token.children = attrs, meta, alt, []
    state.md.inline.parse(alt, state.md, state.env, token.children)


def _link(state: StateInline, text: tuple[int, int], attrs: dict[str, str | int | float], meta: dict[str, int]) -> None:
    token = state.push("link_open", "a", 1)
    token.attrs, token.meta = attrs, meta
    read_label(state, text)
    state.push("link_close", "a", -1)
