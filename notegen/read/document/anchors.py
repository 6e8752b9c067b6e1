"""What of a note can be linked to: its headings, and every other id."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from notegen.model.note import Heading
from notegen.read.document.headings import heading_pairs
from notegen.read.html.renderer import footnote_number
from notegen.read.html.urls import ids_in
from notegen.read.places import Places
from notegen.read.services import Workshop, render_label


def headings_of(tokens: Sequence[Token], places: Places, shop: Workshop) -> tuple[Heading, ...]:
    """Return the headings for contents lists: formulas rendered once more, without ids or links."""
    result = []
    for _, opened, inline, closed in heading_pairs(tokens):
        html = render_label(inline.children or (), places, shop).strip()
        line = places.of(opened)[0]
        result.append(Heading(int(opened.tag[1]), closed.meta["id"], html, closed.meta["text"], line))
    return tuple(result)


def anchors_of(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the ids that links may name: headings, footnotes, blocks, raw HTML."""
    for token in tokens:
        if token.type == "heading_close" and "id" in token.meta:
            yield token.meta["id"]
        elif token.meta.get("anchor"):
            yield token.meta["anchor"]
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
