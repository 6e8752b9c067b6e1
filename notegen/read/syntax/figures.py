"""Figures: an image that stands alone with a title gets a caption; light and dark variants get a class.

`![alt](a.png "Caption with $x$")` alone in its paragraph (perhaps inside a link) becomes the block tokens
`figure_open`, `inline` (the image), `figcaption_open`, `inline` (the title as Markdown, just as written),
`figcaption_close`, `figure_close`. Two images whose addresses end in `#light` and `#dark` (Material's `#only-light`,
GitHub's `#gh-light-mode-only`) get the classes `only-light` and `only-dark` and lose these fragments; as a pair in one
paragraph they share a figure. A shortcode with a caption inside a paragraph gives a figure below it.

Source: Pandoc User's Guide, "implicit_figures"; Material for MkDocs, "Images", the section "Light and dark mode".
"""

import re

from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import column_of
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import CONTENT_START, ContentStart, TokenField
from notegen.text.patterns import lazy_regex

_SCHEME = lazy_regex(r"(?P<src>.*[^#])#(?:only-|gh-)?(?P<scheme>light|dark)(?:-mode-only)?")
_TITLE = lazy_regex(r"""(?<!\\)(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)')[ \t\n]*+\)""", re.DOTALL)
_MARKS = ("![", "{%", "{{<")  # shortcodes make images, too
_AROUND = frozenset({"link_open", "link_close", "softbreak"})
_PAIR = 2

CAPTIONED: TokenField[bool] = TokenField("captioned", default=False)  # of images: with a title, always a figure


def _figures(state: StateCore) -> None:
    if not any(mark in state.src for mark in _MARKS):
        return
    lines: list[str] = []
    tokens: list[Token] = []
    below: list[Token] = []  # figures that wait for the end of their paragraph
    for index, token in enumerate(state.tokens):
        tokens.append(token)
        if token.type != "inline" or not token.children:
            if token.type == "paragraph_close":
                tokens += below
                below = []
            continue
        images = [child for child in token.children if child.type == "image"]
        for image in images:
            _set_scheme(image)
        if not images or state.tokens[index - 1].type != "paragraph_open":
            continue
        lines = lines or state.src.split("\n")
        _set_row(state.tokens[index - 1], token.children, images)
        if not _is_figure(token.children, images):
            below = _taken_out(state, token, lines)
            if below and all(_is_space(child) for child in token.children):
                token.children = []
                state.tokens[index - 1].hidden = state.tokens[index + 1].hidden = True
        else:
            _open_figure(state.tokens[index - 1], state.tokens[index + 1])
            tokens += _caption(state, token, str(images[0].attrs.pop("title")), lines, _titles(token.content))
            for image in images[1:]:
                image.attrs.pop("title", None)
    state.tokens = tokens


def _set_scheme(image: Token) -> None:
    address = _SCHEME.fullmatch(str(image.attrs.get("src", "")))
    if address is not None:
        image.attrs["src"] = address["src"]
        image.attrJoin("class", f"only-{address['scheme']}")


def _is_figure(children: list[Token], images: list[Token]) -> bool:
    """Return whether a paragraph is an image with a title, or a light one with a title and a dark one."""
    if not images[0].attrs.get("title") or len(images) > _PAIR:
        return False
    if any(child.type not in _AROUND and child.type != "image" and child.content.strip() for child in children):
        return False
    if any(child.nesting and child.type not in _AROUND for child in children):
        return False
    schemes = {word for image in images for word in str(image.attrs.get("class", "")).split() if "only-" in word}
    return len(images) == 1 or schemes == {"only-light", "only-dark"}


def _set_row(paragraph: Token, children: list[Token], images: list[Token]) -> None:
    """Give a paragraph that is nothing but pictures, one beside the other, its class; variants of one are none."""
    bare = len(images) > 1 and all(child.type == "image" or _is_space(child) for child in children)
    if bare and not any("only-" in str(image.attrs.get("class", "")) for image in images):
        paragraph.attrJoin("class", "gallery")


def _open_figure(opened: Token, closed: Token) -> None:
    """Turn the paragraph around the image into a figure."""
    opened.type, opened.tag, opened.hidden = "figure_open", "figure", False
    closed.type, closed.tag, closed.hidden = "figure_close", "figure", False


def _is_space(child: Token) -> bool:
    return child.type in {"softbreak", "hardbreak"} or (child.type == "text" and not child.content.strip())


def _taken_out(state: StateCore, inline: Token, lines: list[str]) -> list[Token]:
    """Return the figures that shortcodes put into a paragraph, and take their images out of it."""
    figures: list[Token] = []
    kept: list[Token] = []
    titles: dict[str, tuple[str, int]] | None = None
    for child in inline.children or []:
        if not (child.type == "image" and CAPTIONED.of(child) and child.attrs.get("title")):
            kept.append(child)
            continue
        opened, closed = Token("figure_open", "figure", 1), Token("figure_close", "figure", -1)
        holder = inline.copy(children=[child], content="", meta={})
        titles = _titles(inline.content) if titles is None else titles
        caption = _caption(state, inline, str(child.attrs.pop("title")), lines, titles)
        opened.level = closed.level = inline.level - 1
        opened.block = closed.block = True
        figures += [opened, holder, *caption, closed]
    inline.children = kept
    return figures


def _caption(
    state: StateCore, parent: Token, title: str, lines: list[str], titles: dict[str, tuple[str, int]]
) -> list[Token]:
    written, offset = titles.get(title) or (title, parent.content.find(title))
    line = parent.content.count("\n", 0, max(0, offset)) + (parent.map[0] if parent.map else 0)
    opened = Token("figcaption_open", "figcaption", 1, block=True, level=parent.level)
    inline = Token("inline", "", 0, block=True, level=parent.level + 1, content=written, children=[])
    inline.map = [line, line + 1 + written.count("\n")]
    if "\n" not in written and offset >= 0 and line < len(lines):
        start = parent.content.rfind("\n", 0, offset) + 1
        column = column_of(lines[line], parent.content[start:].partition("\n")[0])
        CONTENT_START.set(inline, ContentStart(column + offset - start))
    state.md.inline.parse(written, state.md, state.env, inline.children if inline.children is not None else [])
    return [opened, inline, Token("figcaption_close", "figcaption", -1, block=True, level=parent.level)]


def _titles(content: str) -> dict[str, tuple[str, int]]:
    r"""Return each title as read -> as it stands in the source and where, since `\{` must still be LaTeX in a formula.

    A tag has it as read; that of a reference definition is not in the content.
    """
    titles: dict[str, tuple[str, int]] = {}
    for match in _TITLE.finditer(content):
        group = 1 if match[1] is not None else 2
        titles[unescapeAll(match[group])] = (match[group], match.start(group))
    return titles


FIGURES = Rule("core", "figures", _figures, before=AFTER_INLINE)
