"""Putting numbers, ids and references into MathML, in the place of the marks that numbering left there."""

import re
from collections.abc import Callable, Sequence
from html import escape

import msgspec

from notegen.math.numbering.rows import Reference
from notegen.math.references import Labels
from notegen.text.patterns import lazy_regex

OPEN = ' href="#?'  # of a link to a label that another note may have
_EMPTY_TAG = lazy_regex(r'<mtd style="([^"]*)" class="math-tag"></mtd>')


class Tag(msgspec.Struct, frozen=True):
    """The number of a row as MathML, and the ids of the row's labels."""

    html: str
    ids: tuple[str, ...]


def fill_marks(html: str, marker: str, tags: Sequence[Tag], references: Sequence[str]) -> str:
    """Return `html` with the k-th tag cell showing `tags[k]` and the k-th reference mark replaced by `references[k]`.

    math-core's cells hold marks, KaTeX's are empty and stand in the order of the rows.
    """
    if tags:
        marked = re.compile(rf'<mtd style="([^"]*)"><mtext>{marker}t(\d+){marker}</mtext></mtd>')
        html = marked.sub(lambda match: _cell(match[1], tags[int(match[2])]), html)
        in_order = iter(tags)
        html = _EMPTY_TAG.sub(lambda match: _cell(match[1], next(in_order, Tag("", ()))), html)
    if references:
        mark = re.compile(rf"{marker}r(\d+){marker}")
        html = mark.sub(lambda match: references[int(match[1])], html)
    return html


def _cell(style: str, tag: Tag) -> str:
    first = f' id="{tag.ids[0]}"' if tag.ids else ""
    return f'<mtd class="math-tag" style="{style}"{first}>{with_ids(tag.html, tag.ids[1:])}</mtd>'


def with_ids(html: str, ids: Sequence[str], tag: str = "mrow") -> str:
    """Return `html` inside one element for each id."""
    for name in ids:
        html = f'<{tag} id="{name}">{html}</{tag}>'
    return html


def tag_html(text: str, *, starred: bool, convert: Callable[[str], str | None]) -> str:
    r"""Return the MathML of a tag: `text` is a number or the LaTeX of a `\tag`; `convert` renders LaTeX."""
    shown = text if starred else f"({text})"
    if re.search(r"[\\${}^_#~&]", shown):
        converted = convert(rf"\text{{{shown}}}")
        if converted is not None:
            return converted
    return f"<mtext>{escape(shown)}</mtext>"


def reference_html(reference: Reference, labels: Labels) -> str:
    r"""Return the link that stands for a reference, or question marks, to be put inside an `<mtext>`.

    Where another note may have the label, the link names it: `<a href="#?\eqref:label">`.
    """
    shown, other = escape(labels.shown(reference)), labels.other(reference.label)
    anchor = labels.anchors.get(reference.label) if other is None else escape(other.anchor)
    if anchor is None and labels.open:
        return f'<a href="#?{escape(reference.command)}:{escape(reference.label)}">{shown}</a>'
    return shown if anchor is None else f'<a href="#{anchor}">{shown}</a>'
