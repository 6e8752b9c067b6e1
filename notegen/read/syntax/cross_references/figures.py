"""Figures: an image that stands alone with a caption; light and dark variants get a class.

`![alt](a.png "Caption with $x$")` alone in its paragraph (perhaps inside a link) becomes the block tokens
`figure_open`, `inline` (the image), `figcaption_open`, `inline` (the title as Markdown, just as written),
`figcaption_close`, `figure_close`. The words in brackets are the caption of an image without a title that has a label
of figures, `![Caption](a.png){#fig-x}`, or stands in a container of figures; several images with captions in a
paragraph are figures in a row (`layout_open`), each with its own. Two images whose addresses end in `#light` and
`#dark` (Material's `#only-light`, GitHub's `#gh-light-mode-only`) get the classes `only-light` and `only-dark` and lose
these fragments; as a pair in one paragraph they share a figure. A shortcode with a caption inside a paragraph gives a
figure below it.

Source: Pandoc User's Guide, "implicit_figures"; Quarto docs, "Figures"; Material for MkDocs, "Images", the section
"Light and dark mode".
"""

import re

from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from notegen.read.source_map import column_of
from notegen.read.syntax.cross_references.label_prefixes import float_of
from notegen.read.syntax.cross_references.latex import take_labels
from notegen.read.syntax.cross_references.layout import LAYOUT, layout_tokens
from notegen.read.syntax.rule import AFTER_INLINE, Rule
from notegen.read.token_data import ANCHOR, CONTENT_START, ContentStart, TokenField
from notegen.text.patterns import lazy_regex

_SCHEME = lazy_regex(r"(?P<src>.*[^#])#(?:only-|gh-)?(?P<scheme>light|dark)(?:-mode-only)?")
_TITLE = lazy_regex(r"""(?<!\\)(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)')[ \t\n]*+\)""", re.DOTALL)
_MARKS = ("![", "{%", "{{<", r"\includegraphics")  # shortcodes and LaTeX make images, too
_NOTED = frozenset({"paragraph_close", "float_open", "float_close"})  # and "inline", with images
_AROUND = frozenset({"link_open", "link_close", "softbreak"})
_PAIR = 2
_LATEX_LABEL = r"\label{"

CAPTIONED: TokenField[bool] = TokenField("captioned", default=False)  # of images: with a title, always a figure


def _figures(state: StateCore) -> None:
    if not any(mark in state.src for mark in _MARKS):
        return
    maker = _Figures(state)
    for index, token in enumerate(state.tokens):
        maker.tokens.append(token)
        kind = token.type
        if kind in _NOTED or (kind == "inline" and "image" in [child.type for child in token.children or ()]):
            maker.add(index, token)
    state.tokens = maker.tokens


class _Figures:
    """Walks once over all tokens and makes figures of paragraphs."""

    def __init__(self, state: StateCore) -> None:
        self._state = state
        self._lines: list[str] = []
        self.tokens: list[Token] = []
        self._below: list[Token] = []  # figures that wait for the end of their paragraph
        self._floats: list[bool] = []  # of the open containers of figures, whether they say how many stand in a row

    def add(self, index: int, token: Token) -> None:
        """Take the next token of a kind in _NOTED, or a text with images, which stands at the end of `tokens`."""
        if token.type == "paragraph_close":
            if self._below:
                self.tokens += self._below
                self._below = []
        elif token.type == "float_open":
            self._floats.append(bool(LAYOUT.of(token)))
        elif token.type == "float_close":
            self._floats.pop()
        if token.type != "inline":
            return
        images = [child for child in token.children or () if child.type == "image"]
        for image in images:
            _set_scheme(image)
        if self._state.tokens[index - 1].type == "paragraph_open":
            self._lines = self._lines or self._state.src.split("\n")
            self._paragraph(self._state.tokens[index - 1], token, self._state.tokens[index + 1], images)

    def _paragraph(self, opened: Token, inline: Token, closed: Token, images: list[Token]) -> None:
        """Make figures of the images in a paragraph."""
        alone = _are_alone(inline.children or [])
        captioned = [self._is_captioned(image, opened) for image in images]
        if alone and len(images) > 1 and (all(captioned) or _have_titles(images)):
            for image, is_one in zip(images, captioned, strict=True):
                if is_one:
                    _take_caption(image)
            self._row(opened, inline, closed, images)
            return
        if alone and captioned == [True]:
            _take_caption(images[0])
        if alone and _is_figure(images):
            _open_figure(opened, closed, images[0])
            self.tokens += self._caption(inline, str(images[0].attrs.pop("title", "")), _titles(inline.content))
            for image in images[1:]:
                image.attrs.pop("title", None)
            return
        _set_row(opened, inline.children or [], images)
        self._below = self._taken_out(inline)
        if self._below and all(_is_space(child) for child in inline.children or ()):
            inline.children = []
            opened.hidden = closed.hidden = True

    def _is_captioned(self, image: Token, paragraph: Token) -> bool:
        """Return whether the words in the brackets of an image are a caption."""
        label = str(image.attrs.get("id") or paragraph.attrs.get("id") or "")
        return bool(
            float_of(label)
            or _LATEX_LABEL in image.content
            or (self._floats and (image.content or image.attrs.get("title")))
        )

    def _row(self, opened: Token, inline: Token, closed: Token, images: list[Token]) -> None:
        """Make a row of figures of a paragraph of images, some of which have captions."""
        titles = _titles(inline.content)
        figures: list[Token] = []
        for image, shown in zip(images, _with_links(inline.children or []), strict=True):
            figures += self._figure(inline, image, titles, shown)
        in_grid = bool(self._floats) and self._floats[-1]
        before, behind = layout_tokens(len(images), opened.level)
        self.tokens[-1:] = figures if in_grid else [before, *figures, behind]
        opened.hidden = closed.hidden = True

    def _taken_out(self, inline: Token) -> list[Token]:
        """Return the figures that shortcodes put into a paragraph, and take their images out of it."""
        figures: list[Token] = []
        kept: list[Token] = []
        titles: dict[str, tuple[str, int]] | None = None
        for child in inline.children or []:
            if not (child.type == "image" and CAPTIONED.of(child) and child.attrs.get("title")):
                kept.append(child)
                continue
            titles = _titles(inline.content) if titles is None else titles
            figures += self._figure(inline, child, titles)
        inline.children = kept
        return figures

    def _figure(
        self, inline: Token, image: Token, titles: dict[str, tuple[str, int]], shown: list[Token] | None = None
    ) -> list[Token]:
        """Return a figure of one image of a paragraph; `shown`: the image and the link around it."""
        opened, closed = Token("figure_open", "figure", 1), Token("figure_close", "figure", -1)
        holder = inline.copy(children=shown or [image])
        opened.level = closed.level = inline.level - 1
        opened.block = closed.block = True
        opened.map = inline.map
        _take_id(opened, image)
        return [opened, holder, *self._caption(inline, str(image.attrs.pop("title", "")), titles), closed]

    def _caption(self, parent: Token, title: str, titles: dict[str, tuple[str, int]]) -> list[Token]:
        if not title:
            return []
        lines = self._lines
        written, offset = titles.get(title) or (title, parent.content.find(title))
        line = parent.content.count("\n", 0, max(0, offset)) + (parent.map[0] if parent.map else 0)
        opened = Token("figcaption_open", "figcaption", 1, block=True, level=parent.level)
        inline = Token("inline", "", 0, block=True, level=parent.level + 1, content=written, children=[])
        inline.map = [line, line + 1 + written.count("\n")]
        if "\n" not in written and offset >= 0 and line < len(lines):
            start = parent.content.rfind("\n", 0, offset) + 1
            column = column_of(lines[line], parent.content[start:].partition("\n")[0])
            CONTENT_START.set(inline, ContentStart(column + offset - start))
        md = self._state.md
        md.inline.parse(written, md, self._state.env, inline.children if inline.children is not None else [])
        return [opened, inline, Token("figcaption_close", "figcaption", -1, block=True, level=parent.level)]


def _set_scheme(image: Token) -> None:
    address = _SCHEME.fullmatch(str(image.attrs.get("src", "")))
    if address is not None:
        image.attrs["src"] = address["src"]
        image.attrJoin("class", f"only-{address['scheme']}")


def _are_alone(children: list[Token]) -> bool:
    """Return whether a paragraph holds nothing but images, perhaps as links."""
    if any(child.type not in _AROUND and child.type != "image" and child.content.strip() for child in children):
        return False
    return not any(child.nesting and child.type not in _AROUND for child in children)


def _have_titles(images: list[Token]) -> bool:
    """Return whether several images of Markdown have captions, and are not the light and the dark one of a figure."""
    if any(CAPTIONED.of(image) or "only-" in str(image.attrs.get("class", "")) for image in images):
        return False
    return any(image.attrs.get("title") for image in images)


def _with_links(children: list[Token]) -> list[list[Token]]:
    """Return each image of a paragraph that is nothing but images, with the link around it."""
    parts: list[list[Token]] = []
    link: Token | None = None
    for child in children:
        if child.type == "image":
            parts.append([child] if link is None else [link, child, Token("link_close", "a", -1)])
        elif child.type in {"link_open", "link_close"}:
            link = child if child.nesting > 0 else None
    return parts


def _is_figure(images: list[Token]) -> bool:
    """Return whether the images of a paragraph are one with a caption, or a light one with a caption and a dark one."""
    if "title" not in images[0].attrs or len(images) > _PAIR:
        return False
    if not images[0].attrs["title"] and not _LABELLED.of(images[0]):
        return False
    schemes = {word for image in images for word in str(image.attrs.get("class", "")).split() if "only-" in word}
    return len(images) == 1 or schemes == {"only-light", "only-dark"}


_LABELLED: TokenField[bool] = TokenField("labelled_image", default=False)  # of images: a figure even without caption


def _take_caption(image: Token) -> None:
    """Let the words in the brackets of an image without a title be its caption."""
    image.attrs.setdefault("title", image.content)
    image.children = take_labels(image.children or [])[0]
    _LABELLED.set(image, True)


def _set_row(paragraph: Token, children: list[Token], images: list[Token]) -> None:
    """Give a paragraph that is nothing but pictures, one beside the other, its class; variants of one are none."""
    bare = len(images) > 1 and all(child.type == "image" or _is_space(child) for child in children)
    if bare and not any("only-" in str(image.attrs.get("class", "")) for image in images):
        paragraph.attrJoin("class", "gallery")


def _open_figure(opened: Token, closed: Token, image: Token) -> None:
    """Turn the paragraph around the image into a figure."""
    opened.type, opened.tag, opened.hidden = "figure_open", "figure", False
    closed.type, closed.tag, closed.hidden = "figure_close", "figure", False
    _take_id(opened, image)


def _take_id(figure: Token, image: Token) -> None:
    """Give a figure the id of its image, unless its paragraph has one."""
    if "id" in image.attrs and "id" not in figure.attrs:
        figure.attrs["id"] = image.attrs.pop("id")
        ANCHOR.set(figure, str(figure.attrs["id"]))
        ANCHOR.set(image, "")


def _is_space(child: Token) -> bool:
    return child.type in {"softbreak", "hardbreak"} or (child.type == "text" and not child.content.strip())


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
