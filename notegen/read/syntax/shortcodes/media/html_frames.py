"""Frames of other sites in raw HTML, `<iframe src="https://…">`: cards that load when a reader clicks, as films do.

A frame asks its host for a page as soon as it is seen, so that host learns who reads what. Frames of the site's own
files stay. So it is with `<embed>` and `<object>`; comments, scripts and text areas are left alone. Report: html-frame,
for the first one of a note.

Source: HTML Standard, "The iframe element"; "Other embedded content".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape, unescape

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import locate
from notegen.read.syntax.report import report
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.syntax.shortcodes.media.html_tags import ATTRIBUTE, REMOTE, TAG
from notegen.read.syntax.shortcodes.media.video_sites import film_at
from notegen.read.token_data import PLACE
from notegen.text.patterns import lazy_regex

_ANY = lazy_regex(r"<(?:iframe|embed|object)\b", re.IGNORECASE)
_FRAMES = frozenset({"iframe", "embed", "object"})
_SIZE = lazy_regex(r"(\d{1,5})(?:px)?")
_WORTHLESS = lazy_regex(r"(?:youtube|vimeo|bilibili)?[ -]*(?:video )?(?:player|iframe|video)?", re.IGNORECASE)


def has_frames(html: str) -> bool:
    """Return whether there may be frames in a text; cheap."""
    return _ANY.search(html) is not None


def frames_as_cards(html: str, shown: Callable[[str], str] = str) -> str:
    """Return HTML with a card, a link, in the place of each frame of another site.

    `shown`: what stands for a card where that is not its HTML.
    """
    parts: list[str] = []
    at = 0
    unclosed = {"embed"}
    for tag in TAG.finditer(html):
        card = _card(tag) if tag.start() >= at else ""
        if card:
            parts += [html[at : tag.start()], shown(card)]
            at = _end(html, tag, unclosed)
    return "".join((*parts, html[at:])) if parts else html


def _end(html: str, tag: re.Match[str], unclosed: set[str]) -> int:
    """Return where a frame ends: what stands between its tags is for browsers without frames.

    `unclosed`: names of those for which there is no end tag from here on.
    """
    name = tag["name"].lower()
    closing = None if name in unclosed else re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, tag.end())
    if closing is None:
        unclosed.add(name)
        return tag.end()
    return closing.end()


def _card(tag: re.Match[str]) -> str:
    """Return the link that stands for a frame; "" for one of a file of this site, and for what is no frame."""
    name = (tag["name"] or "").lower()
    if name not in _FRAMES:
        return ""
    values = {item["name"].lower(): unescape(item[2] or item[3] or item[4] or "") for item in _values(tag)}
    source = values.get("data" if name == "object" else "src", "").strip()
    if not REMOTE.match(source):
        return ""
    film = film_at(source)
    page, player = (film.page, film.player or source) if film else (source, source)
    title = values.get("title", "").strip()
    address = film.words if film else source.partition("//")[2].partition("?")[0].rstrip("/")
    words = address if _WORTHLESS.fullmatch(title) else title
    sizes = ((key, _SIZE.fullmatch(values.get(key, "").strip())) for key in ("width", "height"))
    size = "".join(f' data-{key}="{match[1]}"' for key, match in sizes if match)
    return f'<a class="film" href="{escape(page)}" data-embed="{escape(player)}"{size}>{escape(words)}</a>'


def _values(tag: re.Match[str]) -> Iterator[re.Match[str]]:
    return ATTRIBUTE.finditer(tag["attributes"])


def _replace(state: StateCore) -> None:
    if not has_frames(state.src):
        return
    places: list[tuple[int, int]] = []
    lines = state.src.split("\n")
    for block in state.tokens:
        if block.type == "html_block" and (html := frames_as_cards(block.content)) != block.content:
            frame = _ANY.search(block.content)
            places.append(locate(lines, block, frame.start() if frame else 0))
            block.content = html
        elif block.children and any(child.type == "html_inline" for child in block.children):
            block.children = _with_cards(block.children, places)
    if places:
        message = "a frame of another site is a card: it is loaded when a reader clicks"
        hint = "nobody is sent there unasked; a film may be written as a picture, ![words](address)"
        report(state.env, "html-frame", message, places[0], hint=hint, cause="html-frame")


def _with_cards(children: Sequence[Token], places: list[tuple[int, int]]) -> list[Token]:
    """Return the tokens of a text with cards for frames, without what stands between the tags of these.

    The places of the frames are added to `places`.
    """
    kept: list[Token] = []
    ends = {child.content.lower().rstrip("> ") for child in children if child.type == "html_inline"}
    waiting = ""
    for child in children:
        is_html = child.type == "html_inline"
        if waiting:
            waiting = "" if is_html and child.content.lower().startswith(waiting) else waiting
            continue
        if is_html and (html := frames_as_cards(child.content)) != child.content:
            place = PLACE.of(child)
            places.append((place.line + 1, place.column + 1) if place else (1, 0))
            opened = _ANY.search(child.content)
            end = f"</{opened[0][1:].lower()}" if opened else ""
            waiting = end if end in ends else ""
            child.content = html
        kept.append(child)
    return kept


# Behind the rule that finds the places of tags.
FRAMES = Rule("core", "frames", _replace, before=AFTER_INLINE)
