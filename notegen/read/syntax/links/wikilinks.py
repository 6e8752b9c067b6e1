"""Obsidian's links: `[[target#fragment|text]]` and the image embed `![[picture.png|300]]`.

Source: Obsidian Help, "Internal links" and "Embed files". Tokens, all with a SPAN: `wikilink_open` with WIKI_TARGET;
the inline tokens of the text, if there is one; `wikilink_close`. An image embed is an `image` token with `src`, perhaps
`width` and `height`. Any other embed is a `note_embed` token with WIKI_TARGET, its text in `content` (see embeds.py).
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.links.embeds import EMBED
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import SPAN, WIKI_TARGET, Span, WikiTarget

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
    opening = _TARGET.match(state.src, start, state.posMax)
    if opening is None:
        return False
    target, fragment = opening[1].strip(), (opening[2] or "").strip()
    end = opening.end() - 2 if opening[3] == "]]" else _end_of_text(state, opening.end())
    if end < 0 or not (target or fragment) or _is_markdown_link(state.src, end + 2):
        return False
    if not silent:
        text = (opening.end(), end) if opening[3] == "|" and state.src[opening.end() : end].strip() else None
        _push(state, WikiTarget(target, fragment, text is not None), Span(start, end + 2 - start), text)
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
    """Return whether `[[1]]` is the text of a Markdown link: `[[1]](https://…)`."""
    return src.startswith("(", end) or (src.startswith("[", end) and not src.startswith("[[", end))


def _push(state: StateInline, target: WikiTarget, span: Span, text: tuple[int, int] | None) -> None:
    token = state.push("wikilink_open", "a", 1)
    token.markup = "[["
    WIKI_TARGET.set(token, target)
    SPAN.set(token, span)
    if text is not None:
        read_label(state, text)
    state.push("wikilink_close", "a", -1).markup = "]]"


def embed(state: StateInline, silent: bool) -> bool:
    """Read an embed at `![[`: an image, a note or another file; anything else is text as it stands."""
    start = state.pos
    if not state.src.startswith("![[", start):
        return False
    image = _IMAGE.match(state.src, start, state.posMax)
    match = image or _EMBED.match(state.src, start, state.posMax)
    if match is None or not (match[1] + (match[2] or "")).strip() or (state.linkLevel and not image):
        if not silent:
            state.append_pending("![[")
        state.pos = start + 3
        return True
    if not silent and image:
        _push_image(state, image[1].strip(), image[2] or "", Span(start, image.end() - start))
    elif not silent:
        token = state.push(EMBED, "", 0)
        token.content = (match[3] or "").strip()
        WIKI_TARGET.set(token, WikiTarget(match[1].strip(), (match[2] or "").strip(), bool(token.content)))
        SPAN.set(token, Span(start, match.end() - start))
    state.pos = match.end()
    return True


def _push_image(state: StateInline, source: str, options: str, span: Span) -> None:
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
    SPAN.set(token, span)


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
