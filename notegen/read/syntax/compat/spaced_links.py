"""Links and images of files with spaces in their names: `![](my pic.png)`, which CommonMark takes for text.

Only names that end like a file's are read so; a title may follow. Tokens are those of Markdown's own links and images,
with a SPAN. Report: link-space, with what is certain to work.

Source of what is a destination otherwise: CommonMark specification, "Links".
"""

import re

from markdown_it.rules_inline import StateInline, image, link

from notegen.read.syntax.links.wikilinks import read_label
from notegen.read.syntax.places import with_span
from notegen.read.syntax.report import report_inline
from notegen.read.syntax.rule import Rule
from notegen.text.patterns import lazy_regex

_DESTINATION = lazy_regex(
    r"\([ \t]*+(?P<path>(?![A-Za-z][A-Za-z0-9+.-]+:|[<\"'])(?:[^()<>\"\n\\]|\([^()<>\"\n\\]{0,200}\)){1,300}?"
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|md|markdown|pdf|ipynb|zip|py|csv|txt|html?)(?:#[^()<>\"\n\\]{0,200})?)"
    r"(?:[ \t]+\"(?P<title>[^\"\n]{0,500})\")?[ \t]*\)",
    re.IGNORECASE,
)
_LONGEST = 2000  # characters of a label


def link_or_spaced(state: StateInline, silent: bool) -> bool:
    """Read a link of Markdown's, or else one whose address holds a space."""
    return link(state, silent) or _spaced(state, silent, "[")


def image_or_spaced(state: StateInline, silent: bool) -> bool:
    """Read an image of Markdown's, or else one whose address holds a space."""
    return image(state, silent) or _spaced(state, silent, "![")


def _spaced(state: StateInline, silent: bool, opening: str) -> bool:
    """Read a link or an image whose address holds a space."""
    start, picture = state.pos, opening == "!["
    if not state.src.startswith(opening, start) or (state.linkLevel and not picture):
        return False
    label = start + 1 + picture
    if state.src.find("](", label, min(state.posMax, label + _LONGEST)) < 0:
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + picture, not picture)
    destination = _DESTINATION.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    if destination is None or " " not in destination["path"]:
        return False
    address = state.md.normalizeLink(destination["path"])
    if not state.md.validateLink(address):
        return False
    if not silent:
        left, right = destination.span("path")
        better = f"{state.src[start:left]}<{destination['path']}>{state.src[right : destination.end()]}"
        message = (
            f"the address {destination['path']!r} holds a space: elsewhere, as on GitHub, this is no link but text"
        )
        report_inline(state, "link-space", message, destination.end(), hint=f"write {better}")
        attrs: dict[str, str | int | float] = {"title": destination["title"]} if destination["title"] else {}
        if picture:
            _image(state, state.src[label:label_end], {"src": address, "alt": "", **attrs})
        else:
            _link(state, (label, label_end), {"href": address, **attrs})
    state.pos = destination.end()
    return True


def _image(state: StateInline, alt: str, attrs: dict[str, str | int | float]) -> None:
    token = state.push("image", "img", 0)
    token.attrs, token.content, token.children = attrs, alt, []
    state.md.inline.parse(alt, state.md, state.env, token.children)


def _link(state: StateInline, text: tuple[int, int], attrs: dict[str, str | int | float]) -> None:
    token = state.push("link_open", "a", 1)
    token.attrs = attrs
    read_label(state, text)
    state.push("link_close", "a", -1)


# In the places of markdown-it's own rules.
LINK = Rule("inline", "link", with_span(link_or_spaced), starts="[")
IMAGE = Rule("inline", "image", with_span(image_or_spaced), starts="!")
