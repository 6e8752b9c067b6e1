"""Parts of a body that embeds show: a section under a heading, a block with an id. Cut at boundaries, not in HTML."""

from collections.abc import Mapping

import msgspec

from notegen.model.body import Pieces, SectionBoundary


class Section(msgspec.Struct, frozen=True):
    """The pieces from `start` up to `end`; `tag` is the element of a block, "" for a section under a heading."""

    start: int
    end: int
    tag: str = ""


def sections_of(pieces: Pieces) -> Mapping[str, Section]:
    """Return the parts of a body, given in pieces, by id; of equal ids the first counts.

    A section ends at the next heading of its level or above; a boundary of level 1 without an id (footnotes) ends all.
    """
    sections: dict[str, Section] = {}
    headings: list[tuple[SectionBoundary, int]] = []  # sections that are open, their levels growing
    blocks: dict[str, int] = {}
    for index, piece in enumerate(pieces):
        if not isinstance(piece, SectionBoundary):
            continue
        if piece.level:
            while headings and headings[-1][0].level >= piece.level:
                opened, start = headings.pop()
                sections.setdefault(opened.id, Section(start, index))
            headings.extend([(piece, index)] if piece.id else [])
        elif not piece.end:
            blocks[piece.id] = index
        elif piece.id in blocks:
            sections.setdefault(piece.id, Section(blocks.pop(piece.id), index, piece.tag))
    for opened, start in headings:
        sections.setdefault(opened.id, Section(start, len(pieces)))
    return sections
