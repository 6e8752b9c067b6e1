"""Which notes refer to a note, and with which sentence."""

from collections.abc import Iterable, Mapping

from notegen.model.note import EmbedHole, Note, UrlHole, WikiHole
from notegen.model.site import Backlink, Link
from notegen.site.resolve import Resolver


def backlinks(
    notes: Iterable[tuple[str, Note]], links: Mapping[str, Link], resolver: Resolver
) -> dict[str, tuple[Backlink, ...]]:
    """Return the notes that link to or embed each note, by inner path, in the order of `notes` (inner path, note).

    Of several links from one note the first with a sentence counts. `links`: how each note is named.
    """
    found: dict[str, dict[str, str]] = {}
    for inner, note in notes:
        for piece in note.body:
            if not isinstance(piece, (UrlHole, WikiHole, EmbedHole)) or piece.target.startswith("#"):
                continue
            target = resolver.resolve(inner, piece).note
            if target and target != inner:
                sentences = found.setdefault(target, {})
                sentences[inner] = sentences.get(inner) or (note.contexts[piece.context] if piece.context >= 0 else "")
    return {
        target: tuple(Backlink(links[inner], html) for inner, html in sentences.items())
        for target, sentences in found.items()
    }
