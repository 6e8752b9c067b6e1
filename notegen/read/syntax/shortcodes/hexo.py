"""Tags of Hexo and Jekyll: `{% asset_img %}`, `{% post_link %}`, `{% note %}`, `{% raw %}`, `{% include figure %}`.

Tokens: `image` (with its SPAN), `wikilink_open` and `wikilink_close` (a post is found by its file's name; without words
of the author's the link shows its title). Shortcodes in addresses are read in links.py, those that hold blocks in
blocks.py, all unknown ones stay text (see parse.py).

Source: Hexo docs, "Tag Plugins"; Jekyll docs, "Includes".
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.cross_references.figures import CAPTIONED
from notegen.read.syntax.shortcodes.formulas import FORMULA_TAGS, formula
from notegen.read.syntax.shortcodes.html import included_image
from notegen.read.syntax.shortcodes.parse import Tag, comment, raw, tag_rule
from notegen.read.syntax.shortcodes.videos import VIDEOS
from notegen.read.token_data import SPAN, WIKI_TARGET, Span, WikiTarget
from notegen.text.patterns import lazy_regex

_IMAGE = lazy_regex(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_SIZE = lazy_regex(r"\d{1,5}")


def push_image(
    state: StateInline, tag: Tag, source: str, alt: str, attributes: dict[str, str], *, block: bool = False
) -> None:
    """Push an image that a tag describes, without empty attributes. With `block` a caption always makes it a figure."""
    token = state.push("image", "img", 0)
    token.attrs = {"src": state.md.normalizeLink(source), "alt": ""}
    token.attrs.update({key: value for key, value in attributes.items() if value})
    token.content = alt
    token.children = [Token("text", "", 0, content=alt)] if alt else []
    SPAN.set(token, Span(state.pos, tag.end - state.pos))
    CAPTIONED.set(token, block)


def asset_image(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% asset_img [class names] file [width] [height] [title] [alt] %}`."""
    words, _ = tag.words()
    at = next((index for index, word in enumerate(words) if _IMAGE.search(word.partition("?")[0])), -1)
    if at < 0 or not state.md.validateLink(words[at]):
        return False
    sizes: list[str] = []
    remaining = words[at + 1 :]
    while remaining and len(sizes) < 2 and _SIZE.fullmatch(remaining[0]):  # noqa: PLR2004 - width and height
        sizes.append(remaining.pop(0))
    width, height = [*sizes, "", ""][:2]
    title, alt = _title_and_alt(tag.arguments, remaining)
    if not silent:
        attributes = {"class": " ".join(words[:at]), "title": title, "width": width, "height": height}
        push_image(state, tag, words[at], alt or title, attributes)
    return True


def _title_and_alt(written: str, words: list[str]) -> tuple[str, str]:
    """Return title and alternative text: quoted each, or both in one pair of quotes; bare words are all title."""
    if not written.endswith(("'", '"')):
        return " ".join(words), ""
    quoted = re.findall(r"'([^']*)'", words[0]) if len(words) == 1 else []
    title, alt = [*(quoted or words), "", ""][:2]
    return title, alt


def include(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% include figure.html path="a.png" caption="…" %}` of academic Jekyll themes."""
    image = included_image(tag)
    if image is None or not state.md.validateLink(image["src"]):
        return False
    if not silent:
        attributes = {key: value for key, value in image.items() if key not in {"src", "alt"}}
        push_image(state, tag, image["src"], image["alt"], attributes, block=True)
    return True


def post_link(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% post_link slug [words] %}`, and `{% post_path slug %}` in a text (in Hexo the bare address)."""
    words, _ = tag.words()
    if not words:
        return False
    if not silent:
        push_note_link(state, tag, words[0], " ".join(word for word in words[1:] if word not in {"true", "false"}))
    return True


def push_note_link(state: StateInline, tag: Tag, path: str, text: str = "") -> None:
    """Push a link to a note that a tag names by path or name, perhaps with a fragment. Without words: its title."""
    token = state.push("wikilink_open", "a", 1)
    token.markup = tag.opening
    target, _, fragment = path.partition("#")
    WIKI_TARGET.set(token, WikiTarget(target, fragment, bool(text), titled=not text))
    SPAN.set(token, Span(state.pos, tag.end - state.pos))
    if text:
        state.push("text", "", 0).content = text
    state.push("wikilink_close", "a", -1).markup = tag.opening


def asset_link(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% asset_link file [words] %}`, and `{% asset_path file %}` in a text (in Hexo the bare address)."""
    words, _ = tag.words()
    if not words or not state.md.validateLink(words[0]):
        return False
    if not silent:
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": state.md.normalizeLink(words[0])}
        SPAN.set(token, Span(state.pos, tag.end - state.pos))
        state.push("text", "", 0).content = " ".join(words[1:]) or words[0]
        state.push("link_close", "a", -1)
    return True


def label(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% label primary@words %}` and `{% span red, words %}` of Hexo's themes: words with a class."""
    name, sign, words = tag.arguments.partition("@" if tag.name == "label" else ",")
    if not sign or not words.strip():
        return False
    if not silent:
        opened = state.push("span_open", "span", 1)
        opened.attrs = {"class": " ".join([tag.name, *re.findall(r"[A-Za-z][\w-]{0,40}", name)])}
        state.push("text", "", 0).content = words.strip()
        state.push("span_close", "span", -1)
    return True


def button(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% btn address, words, icon %}` of Hexo's themes: a link."""
    parts = [part.strip().strip("\"'") for part in tag.arguments.split(",")]
    if len(parts) < 2 or not parts[0] or not state.md.validateLink(parts[0]) or state.linkLevel:  # noqa: PLR2004 - address and words
        return False
    if not silent:
        link = state.push("link_open", "a", 1)
        link.attrs = {"href": state.md.normalizeLink(parts[0]), "class": "btn"}
        SPAN.set(link, Span(state.pos, tag.end - state.pos))
        state.push("text", "", 0).content = parts[1] or parts[0]
        state.push("link_close", "a", -1)
    return True


_KNOWN = {
    "asset_img": asset_image,
    "img": asset_image,
    "include": include,
    "post_link": post_link,
    "post_path": post_link,
    "asset_link": asset_link,
    "asset_path": asset_link,
    "label": label,
    "span": label,
    "btn": button,
    "button": button,
    "raw": raw,
    "comment": comment,
    **dict.fromkeys(FORMULA_TAGS, formula),
    **VIDEOS,
}
HEXO_TAGS = tag_rule("hexo_tags", ("{%",), _KNOWN)
