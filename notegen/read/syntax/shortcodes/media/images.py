"""Pictures that tags describe: `{% asset_img %}` of Hexo, `{% image %}` of its themes, Jekyll's `{% include figure %}`.

Source: Hexo docs, "Tag Plugins"; Jekyll docs, "Includes"; the documentation of the themes Volantis, Stellar ("image")
and Butterfly ("inlineImg").
"""

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from notegen.read.syntax.cross_references.figures import CAPTIONED
from notegen.read.syntax.latex_text.commands import push_footnote
from notegen.read.syntax.shortcodes.media.included import included_image, included_note
from notegen.read.syntax.shortcodes.parse import InlineTag, Tag
from notegen.read.syntax.shortcodes.themes.arguments import parts_of, without_options
from notegen.read.token_data import SPAN, Span
from notegen.text.media_files import PICTURE_NAMES
from notegen.text.patterns import lazy_regex

_IMAGE = lazy_regex(rf"\.(?:{PICTURE_NAMES})$", re.IGNORECASE)
# What sites call their own shortcodes of Hugo for pictures: the forms differ, src= does not.
PICTURE_TAGS = ("img", "image", "fig", "pic", "picture", "photo")
_SIZE = lazy_regex(r"\d{1,5}")
_OPTION = lazy_regex(r"(?<!\S)(width|height|alt)[=:](\S+)")
_PIXELS = lazy_regex(r"(\d{1,5})(?:px)?")


def is_picture(source: str) -> bool:
    """Return whether an address is one of a picture by its ending."""
    return _IMAGE.search(source.partition("?")[0]) is not None


def described_picture(tag: Tag) -> dict[str, str] | None:
    """Return the image that `{{< figure src="a.png" >}}` of Hugo shows, or a site's own `{{< img src="a.png" >}}`.

    Without a caption it has no title: then it may stand in a paragraph.
    """
    words, named = tag.words()
    source = named.get("src") or next(iter(words), "")
    if tag.name not in {"figure", *PICTURE_TAGS} or not is_picture(source):
        return None
    image = {"src": source} | {key: named.get(key, "") for key in ("alt", "class", "width", "height", "link")}
    caption = named.get("caption") or named.get("title")
    return image | ({"title": caption} if caption else {})


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


def _asset_image(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% asset_img [class names] file [width] [height] [title] [alt] %}`."""
    words, _ = tag.words()
    at = next((index for index, word in enumerate(words) if is_picture(word)), -1)
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


def _include(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% include figure.html path="a.png" caption="…" %}` of academic Jekyll themes; a note in the margin."""
    words = included_note(tag)
    if words:
        if not silent:
            push_footnote(state, words)
        return True
    image = included_image(tag)
    if image is None or not state.md.validateLink(image["src"]):
        return False
    if not silent:
        attributes = {key: value for key, value in image.items() if key not in {"src", "alt"}}
        push_image(state, tag, image["src"], image["alt"], attributes, block=True)
    return True


def _theme_image(state: StateInline, tag: Tag, silent: bool) -> bool:
    """Read `{% image a.png, width=400px, alt=words %}` or `{% image a.png words width:400px %}`: alt is a caption.

    `{% inlineImg a.png 40px %}` and `{% inlineimage a.png, height=40px %}` are part of the text.
    """
    first, *others = parts_of(tag)
    pairs = [part.text.partition("=") for part in others]
    options = dict(_OPTION.findall(tag.arguments)) | {key.strip(): value.strip(" \"'") for key, _, value in pairs}
    source, _, behind = without_options(first).words.text.partition(" ")
    if not source or not state.md.validateLink(source):
        return False
    inline = tag.name != "image"
    sizes = {key: size[1] for key in ("width", "height") if (size := _PIXELS.fullmatch(options.get(key, "")))}
    if inline and (size := _PIXELS.fullmatch(behind.strip())):
        sizes["height"] = size[1]
    words = "" if inline else options.get("alt") or behind.strip()
    if not silent:
        push_image(state, tag, source, words, {**sizes, "title": words})
    return True


IMAGES: dict[str, InlineTag] = {
    **dict.fromkeys(("asset_img", "img"), _asset_image),
    **dict.fromkeys(("image", "inlineImg", "inlineimage"), _theme_image),
    "include": _include,
}
