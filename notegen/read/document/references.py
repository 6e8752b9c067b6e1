r"""References by labels resolved in their note: `\eqref{eq:x}`, `@fig-x`, `{numref}`x``, `[[#^thm-x]]`, `[](#fig-x)`.

What nothing in the note has stays a reference that linking looks up in all notes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise
from urllib.parse import unquote

import msgspec
from markdown_it.token import Token

from notegen.math.ids import anchor_id
from notegen.model.note import BlockLabel, Reference
from notegen.read.document.anchors import Render, block_labels_of
from notegen.read.source_map import SourceMap
from notegen.read.syntax.cross_references.push import NAME
from notegen.read.token_data import LABELLED, REFERENCE, WIKI_TARGET, CrossReference, WikiTarget

_LINKS = frozenset({"wikilink_open", "link_open"})
_TITLES = frozenset({"callout_title_open", "heading_open"})
_NAMED = frozenset({"callout_open", "heading_open"})


class Labels(msgspec.Struct, frozen=True):
    """The labels of a note: those of equations with their numbers, all others with what they name."""

    equations: Mapping[str, str]
    blocks: Mapping[str, BlockLabel]

    def find(self, label: str) -> BlockLabel | None:
        """Return what has a label."""
        number = self.equations.get(label)
        return self.blocks.get(label) if number is None else BlockLabel(anchor_id(label), f"({number})", number)


def resolve_references(
    tokens: Sequence[Token], equations: Mapping[str, str], source_map: SourceMap, render: Render
) -> tuple[dict[str, BlockLabel], tuple[Reference, ...]]:
    """Set the REFERENCE of all references that the note itself can answer.

    Formulas must be rendered; `equations`: label -> number, `render`: see block_labels_of. Return the labels of all but
    equations, and the references that the note cannot answer, see set_references.
    """
    labels = block_labels_of(tokens)
    unknown: dict[Reference, None] = {}
    if labels:  # names may hold references
        titles = [after for before, after in pairwise(tokens) if before.type in _TITLES]
        unknown |= dict.fromkeys(set_references(titles, Labels(equations, labels), source_map))
    if any(map(_may_be_named, [token for token in tokens if token.type in _NAMED])):
        labels = block_labels_of(tokens, render)
    unknown |= dict.fromkeys(set_references(tokens, Labels(equations, labels), source_map))
    return labels, tuple(unknown)


def _may_be_named(token: Token) -> bool:
    """Return whether the title of a block may be what its label names: of a callout, of a section without a number."""
    return token.type == "callout_open" or LABELLED.of(token) is not None


def set_references(
    tokens: Iterable[Token], labels: Labels, source_map: SourceMap, *, in_text: bool = True
) -> Iterator[Reference]:
    r"""Set the REFERENCE of all references that the note itself can answer; yield those of LaTeX that it cannot.

    Links without words to what has a label become references. `in_text`: whether others may become links to other
    notes; in a title they do not.
    """
    some = bool(labels.equations or labels.blocks)
    for block in tokens:
        if block.type != "inline" or not block.children:
            continue
        if some and not _LINKS.isdisjoint([child.type for child in block.children]):
            block.children = list(_with_links(block.children, labels))
        for token in block.children:
            if token.type == "cross_ref":
                yield from _set(token, labels, source_map, in_text=in_text)


def _set(token: Token, labels: Labels, source_map: SourceMap, *, in_text: bool) -> Iterator[Reference]:
    target = labels.find(token.content)
    if target is not None:
        form = WIKI_TARGET.of(token).form
        text = form.replace("%k", target.text).replace("%s", target.number) if form and target.number else target.text
        html = target.shown(form)
        REFERENCE.set(token, CrossReference(text, html, target.anchor))
        WIKI_TARGET.set(token, WikiTarget())
        return
    if token.markup.startswith("\\"):
        line, column = source_map.of(token)
        yield Reference(token.content, line, column, len(token.content), is_hole=in_text)
    if not in_text:
        shown = WIKI_TARGET.of(token).label
        REFERENCE.set(token, CrossReference(shown, escape(shown, quote=False)))
        WIKI_TARGET.set(token, WikiTarget())


def _with_links(children: Sequence[Token], labels: Labels) -> Iterator[Token]:
    """Yield inline tokens, links without words to a label of the note as references."""
    skip = False
    for index, token in enumerate(children):
        if skip:
            skip = False
            continue
        label = _named(token) if token.nesting > 0 and children[index + 1].nesting < 0 else ""
        if label and labels.find(label):
            reference = token.copy(type="cross_ref", tag="", nesting=0, content=label, attrs={})
            WIKI_TARGET.set(reference, WikiTarget("", label, form=NAME))
            yield reference
            skip = True
        else:
            yield token


def _named(token: Token) -> str:
    """Return the label that a link to the note itself names; "" for any other token."""
    if token.type == "wikilink_open" and not WIKI_TARGET.of(token).target:
        return WIKI_TARGET.of(token).fragment.removeprefix("^")
    href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
    return unquote(href[1:]).removeprefix("^") if href.startswith("#") else ""
