"""What of a note can be linked to: its headings, its labelled theorems, and every other id."""

from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from notegen.model.note import Heading, TheoremLabel
from notegen.read.document.headings import heading_pairs
from notegen.read.html.urls import ids_in
from notegen.read.services import NoteDraft, ReaderServices, render_label
from notegen.read.token_data import ANCHOR, CALLOUT, HEADING, HeadingLink, footnote_number


def headings_of(tokens: Sequence[Token], draft: NoteDraft, services: ReaderServices) -> tuple[Heading, ...]:
    """Return the headings for contents lists: formulas rendered once more, without ids or links."""
    result = []
    for _, opened, inline, closed in heading_pairs(tokens):
        html = render_label(inline.children or (), draft, services).strip()
        line = draft.source_map.of(opened)[0]
        link = HEADING.of(closed) or HeadingLink("", "")
        result.append(Heading(int(opened.tag[1]), link.id, html, link.text, line))
    return tuple(result)


def anchors_of(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the ids that links may name: headings, footnotes, blocks, raw HTML."""
    for token in tokens:
        heading = HEADING.of(token) if token.type == "heading_close" else None
        if heading is not None:
            yield heading.id
        elif token.meta and (anchor := ANCHOR.of(token)):  # few tokens have any field
            yield anchor
        elif token.type == "html_block":
            yield from ids_in(token.content)
        elif token.type == "footnote_open":
            yield f"fn{footnote_number(token)[0]}"
        for child in token.children or ():
            if child.type == "html_inline":
                yield from ids_in(child.content)
            elif child.type == "footnote_ref":
                yield f"fnref{footnote_number(child)[1]}"
            elif "id" in child.attrs:
                yield str(child.attrs["id"])


def theorem_labels_of(tokens: Iterable[Token]) -> dict[str, TheoremLabel]:
    """Return the labelled callouts of a note by label, for `[[#thm:bayes]]`; the first of equal labels counts."""
    labels: dict[str, TheoremLabel] = {}
    for token in tokens:
        callout = CALLOUT.of(token) if token.type == "callout_open" else None
        if callout is not None and callout.label and ANCHOR.of(token):
            labels.setdefault(callout.label, TheoremLabel(ANCHOR.of(token), callout.text))
    return labels
