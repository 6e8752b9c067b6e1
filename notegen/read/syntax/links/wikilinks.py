"""Obsidian's links: `[[target#fragment|text]]` and the image embed `![[picture.png|300]]`.

Source: Obsidian Help, "Internal links" and "Embed files". Tokens, all with a SPAN: `wikilink_open` with WIKI_TARGET;
the inline tokens of the text, if there is one; `wikilink_close`. An image embed is an `image` token with `src`, perhaps
`width` and `height`; what follows its `#` is for style sheets and stays in `src`. Any other embed is a `note_embed`
token with WIKI_TARGET, its text in `content` (see embeds.py).
"""

import re

from markdown_it.rules_inline import StateInline

from notegen.read.syntax.links.embeds import EMBED, fill_image
from notegen.read.syntax.rule import Rule
from notegen.read.token_data import SPAN, WIKI_TARGET, Span, WikiTarget
from notegen.text.media_files import PICTURE_NAMES
from notegen.text.patterns import lazy_regex

_TARGET = lazy_regex(r"!?\[\[([^\[\]{}|#\n]*)")
_IMAGE = lazy_regex(
    rf"!\[\[([^\[\]{{}}|#\n]+\.(?:{PICTURE_NAMES}|excalidraw(?:\.md)?)"
    r"(?:#[^\[\]|\n]{0,200})?)(?:\|([^\[\]\n]*))?\]\]",
    re.IGNORECASE,
)
_FRAGMENT_ENDS = frozenset("[]|\n")  # and at a formula's beginning, where it goes on behind the formula
_MAX_TEXT = 1000  # characters of a link's text; keeps many unclosed links linear


def wikilink(state: StateInline, silent: bool) -> bool:
    """Read a link at `[[`."""
    start = state.pos
    if not state.src.startswith("[[", start) or state.linkLevel:
        return False
    opening = _opening(state, start)
    if opening is None:
        return False
    target, fragment, behind = opening
    closed = state.src.startswith("]]", behind)
    if not closed and state.src[behind] != "|":
        return False
    end = behind if closed else _end_of_text(state, behind + 1)
    if end < 0 or not (target or fragment) or _is_markdown_link(state.src, end + 2) or _is_footnote(state, target):
        return False
    if not silent:
        text = (behind + 1, end) if not closed and state.src[behind + 1 : end].strip() else None
        _push(state, WikiTarget(target, fragment, text is not None), Span(start, end + 2 - start), text)
    state.pos = end + 2
    return True


def _is_footnote(state: StateInline, target: str) -> bool:
    """Return whether `[[^1]]` is the mark of a footnote in brackets: one of that name is defined."""
    return target.startswith("^") and f":{target[1:]}" in state.env.get("footnotes", {}).get("refs", {})


def _opening(state: StateInline, start: int) -> tuple[str, str, int] | None:
    """Return target and fragment of the link or embed at a position, and where they end; None when they end nowhere.

    A formula in the fragment, `[[note#On $p(x|y)$]]`, is skipped whole.
    """
    opening = _TARGET.match(state.src, start, state.posMax)
    if opening is None:
        return None
    behind = opening.end()
    if state.src.startswith("#", behind):
        behind = _end_of_fragment(state, behind + 1)
    fragment = state.src[opening.end() + 1 : behind].strip()
    return (opening[1].strip(), fragment, behind) if behind < state.posMax else None


def _end_of_fragment(state: StateInline, start: int) -> int:
    """Return the position of the first character from `start` on that is no part of a fragment."""
    saved, state.pos = state.pos, start
    limit = min(state.posMax, start + _MAX_TEXT)
    while state.pos < limit and state.src[state.pos] not in _FRAGMENT_ENDS:
        if state.src[state.pos] == "$" or state.src.startswith("\\(", state.pos):
            state.md.inline.skipToken(state)
        else:
            state.pos += 1
    end, state.pos = state.pos, saved
    return end


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
    opening = None if image else _opening(state, start)
    target, fragment, behind = opening or ("", "", start)
    close = image.end() - 2 if image else _end_of_embed(state, behind) if target or fragment else -1
    if close < 0 or (state.linkLevel and not image):
        if not silent:
            state.append_pending("![[")
        state.pos = start + 3
        return True
    if not silent and image:
        _push_image(state, image[1].strip(), image[2] or "", Span(start, image.end() - start))
    elif not silent:
        token = state.push(EMBED, "", 0)
        token.content = state.src[behind + 1 : close].strip()
        WIKI_TARGET.set(token, WikiTarget(target, fragment, bool(token.content)))
        SPAN.set(token, Span(start, close + 2 - start))
    state.pos = close + 2
    return True


def _end_of_embed(state: StateInline, behind: int) -> int:
    """Return where `]]` closes an embed, whose target and fragment end at `behind`; -1 if nowhere."""
    close = state.src.find("]]", behind, min(state.posMax, behind + _MAX_TEXT))
    text = state.src[behind:close]
    return close if close >= 0 and text[:1] in {"", "|"} and not any(char in text for char in "[]\n") else -1


def _push_image(state: StateInline, source: str, options: str, span: Span) -> None:
    token = state.push("image", "img", 0)
    fill_image(token, state.md.normalizeLink(source), options)
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
