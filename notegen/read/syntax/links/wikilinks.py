"""Obsidian's links: `[[target#fragment|text]]` and the image embed `![[picture.png|300]]`.

Tokens: `wikilink_open` with `meta` target, fragment, `offset` (of the first bracket in the content of the parent inline
token) and `has_text`; the inline tokens of the text, if there is one; `wikilink_close`. An image embed is an `image`
token with `src`, perhaps `width` and `height`, and `meta["offset"]`. Any other embed is a `note_embed` token with
`meta` target, fragment and `offset`, its text in `content` (see note_embeds).
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.links.embeds import EMBED
from notegen.read.syntax.rule import Rule

_TARGET = re.compile(r"\[\[([^\[\]{}|#\n]*)(?:#([^\[\]{}|\n]*))?(\||\]\])")
_IMAGE = re.compile(r"!\[\[([^\[\]{}|#\n]+\.(?:png|jpe?g|gif|svg|webp|avif|bmp))(?:\|([^\[\]\n]*))?\]\]", re.IGNORECASE)
_EMBED = re.compile(r"!\[\[([^\[\]{}|#\n]*)(?:#([^\[\]{}|\n]*))?(?:\|([^\[\]\n]{0,1000}))?\]\]")
_SIZE = re.compile(r"(\d{1,5})(?:x(\d{1,5}))?")
_MAX_TEXT = 1000  # characters of a link's text; keeps many unclosed links linear


def wikilink(state: StateInline, silent: bool) -> bool:
    """Read a link at `[[`."""
    start = state.pos
    if not state.src.startswith("[[", start) or state.linkLevel:
        return False
    found = _TARGET.match(state.src, start, state.posMax)
    if found is None:
        return False
    target, fragment = found[1].strip(), (found[2] or "").strip()
    end = found.end() - 2 if found[3] == "]]" else _end_of_text(state, found.end())
    if end < 0 or not (target or fragment) or _is_markdown_link(state.src, end + 2):
        return False
    if not silent:
        text = (found.end(), end) if found[3] == "|" and state.src[found.end() : end].strip() else None
        meta = {"target": target, "fragment": fragment, "offset": start, "length": end + 2 - start}
        _push(state, {**meta, "has_text": text is not None}, text)
    state.pos = end + 2
    return True


def _end_of_text(state: StateInline, start: int) -> int:
    """Return where `]]` closes the text that starts at `start`, passing over formulas and code; -1 if nowhere."""
    limit = min(state.posMax, start + _MAX_TEXT)
    if state.src.find("]]", start, limit) < 0:
        return -1
    saved, state.pos = state.pos, start
    end = -1
    while state.pos < limit and state.src[state.pos] != "\n" and not state.src.startswith("[[", state.pos):
        if state.src.startswith("]]", state.pos):
            end = state.pos
            break
        state.md.inline.skipToken(state)
    state.pos = saved
    return end


def _is_markdown_link(src: str, end: int) -> bool:
    """Tell whether `[[1]]` is the text of a Markdown link: `[[1]](https://…)`."""
    return src.startswith("(", end) or (src.startswith("[", end) and not src.startswith("[[", end))


def _push(state: StateInline, meta: dict[str, str | int | bool], text: tuple[int, int] | None) -> None:
    token = state.push("wikilink_open", "a", 1)
    token.markup = "[["
    token.meta = meta
    if text is not None:
        read_label(state, text)
    state.push("wikilink_close", "a", -1).markup = "]]"


def embed(state: StateInline, silent: bool) -> bool:
    """Read an embed at `![[`: an image, a note or another file; anything else is text as it stands."""
    start = state.pos
    if not state.src.startswith("![[", start):
        return False
    image = _IMAGE.match(state.src, start, state.posMax)
    found = image or _EMBED.match(state.src, start, state.posMax)
    if found is None or not (found[1] + (found[2] or "")).strip() or (state.linkLevel and not image):
        if not silent:
            state.append_pending("![[")
        state.pos = start + 3
        return True
    if not silent and image:
        _push_image(state, image[1].strip(), image[2] or "", (start, image.end()))
    elif not silent:
        token = state.push(EMBED, "", 0)
        token.content = (found[3] or "").strip()
        token.meta = {"target": found[1].strip(), "fragment": (found[2] or "").strip()}
        token.meta |= {"offset": start, "length": found.end() - start}
    state.pos = found.end()
    return True


def _push_image(state: StateInline, source: str, options: str, place: tuple[int, int]) -> None:
    words, _, last = options.rpartition("|")
    size = _SIZE.fullmatch(last.strip())
    text = words.strip() if size else options.strip()
    token = state.push("image", "img", 0)
    token.attrs = {"src": state.md.normalizeLink(source), "alt": ""}
    if size:
        token.attrs["width"] = size[1]
        if size[2]:
            token.attrs["height"] = size[2]
    token.content = text
    token.children = [Token("text", "", 0, content=text)] if text else []
    token.meta = {"offset": place[0], "length": place[1] - place[0]}


def read_label(state: StateInline, span: tuple[int, int]) -> None:
    """Read the text from one position up to another as the words of a link, which hold no links of their own."""
    end = state.posMax
    state.pos, state.posMax = span
    state.linkLevel += 1
    state.md.inline.tokenize(state)
    state.linkLevel -= 1
    state.posMax = end


# Before Markdown's own links and images.
WIKILINK_EMBED = Rule("inline", "wikilink_embed", embed, starts="!", before="link")
WIKILINK = Rule("inline", "wikilink", wikilink, starts="[", before="link")
