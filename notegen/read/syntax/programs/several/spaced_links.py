"""Links and images of files with spaces in their names, `![](my pic.png)`, which CommonMark takes for text; sizes.

Only names that end like a file's are read so; a title may follow. Tokens are those of Markdown's own links and images,
with a SPAN. Report: link-space, with what is certain to work.

Source of what is a destination otherwise: CommonMark specification, "Links".
"""

import re

from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token

from notegen.read.syntax.attributes.list import AttributeList, apply_attributes
from notegen.read.syntax.links.wikilinks import read_label
from notegen.read.syntax.places import with_span
from notegen.read.syntax.report import report_inline
from notegen.read.syntax.rule import Rule
from notegen.text.media_files import PICTURE_NAMES
from notegen.text.patterns import lazy_regex

_DESTINATION = lazy_regex(
    r"\([ \t]*+(?P<path>(?![A-Za-z][A-Za-z0-9+.-]+:|[<\"'])(?:[^()<>\"\n\\]|\([^()<>\"\n\\]{0,200}\)){1,300}?"
    rf"\.(?:{PICTURE_NAMES}|md|markdown|pdf|ipynb|zip|py|csv|txt|html?)(?:#[^()<>\"\n\\]{{0,200}})?)"
    r"(?:[ \t]+\"(?P<title>[^\"\n]{0,500})\")?[ \t]*\)",
    re.IGNORECASE,
)
_LONGEST = 2000  # characters of a label
_SIZE = lazy_regex(r"\|[ \t]{0,3}(\d{1,5})(?:x(\d{1,5}))?\Z")
_ONLY_SIZE = lazy_regex(r"(\d{1,5})x(\d{1,5})|([1-9]\d{2,3})")  # shorter numbers number figures: `![1](…)`
_LONGEST_SIZE = 16  # characters of a size
_SIZED = lazy_regex(
    r"\([ \t]{0,3}(?P<path>[^\s()<>]{1,500})(?:[ \t]{1,3}\"(?P<title>[^\"\n]{0,300})\")?"
    r"[ \t]{1,3}=(?P<width>\d{1,5}%?)?x(?P<height>\d{1,5}%?)?[ \t]{0,3}\)"
)


def link_or_spaced(state: StateInline, silent: bool) -> bool:
    """Read a link of Markdown's, or else one whose address holds a space."""
    return link(state, silent) or _spaced(state, silent, "[")


def image_or_spaced(state: StateInline, silent: bool) -> bool:
    """Read an image of Markdown's, or else one whose address holds a space."""
    if image(state, silent):
        if not silent and "|" in state.tokens[-1].content:
            _take_size(state.tokens[-1])
        elif not silent and state.tokens[-1].content[:1].isdigit():
            _take_only_size(state.tokens[-1])
        return True
    return _sized(state, silent) or _spaced(state, silent, "![")


def _take_size(picture: Token) -> None:
    """Read Obsidian's `![words|100x145](a.png)`: the size that the words end with."""
    size = _SIZE.search(picture.content, max(0, len(picture.content) - _LONGEST_SIZE))
    last = picture.children[-1] if picture.children else None
    if size is None or last is None or last.type != "text" or not last.content.endswith(size[0]):
        return
    picture.content = picture.content[: size.start()].rstrip()
    last.content = last.content[: len(last.content) - len(size[0])].rstrip()
    picture.attrs |= {key: value for key, value in zip(("width", "height"), size.groups(), strict=True) if value}


def _take_only_size(picture: Token) -> None:
    """Read Obsidian's `![250](a.png)` and `![100x145](a.png)`; words that the file's name repeats are words."""
    size = _ONLY_SIZE.fullmatch(picture.content)
    if size is None or picture.content in str(picture.attrs.get("src", "")).rpartition("/")[2]:
        return
    sizes = {"width": size[1] or size[3], "height": size[2]}
    picture.content, picture.children = "", []
    picture.attrs |= {key: value for key, value in sizes.items() if value}


def _sized(state: StateInline, silent: bool) -> bool:
    """Read HackMD's `![words](a.png =120x80)`, of which one number may be missing, and each be a share: `=50%x`."""
    start = state.pos
    if not state.src.startswith("![", start) or state.src.find(" =", start, start + _LONGEST) < 0:
        return False
    label_end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    sized = _SIZED.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    if sized is None or not (sized["width"] or sized["height"]):
        return False
    address = state.md.normalizeLink(sized["path"])
    if not state.md.validateLink(address):
        return False
    if not silent:
        attrs: dict[str, str | int | float] = {"title": sized["title"]} if sized["title"] else {}
        _image(state, state.src[start + 2 : label_end], {"src": address, "alt": "", **attrs})
        sizes = {key: sized[key] for key in ("width", "height") if sized[key]}
        apply_attributes(state.tokens[-1], AttributeList(values=sizes))
    state.pos = sized.end()
    return True


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
