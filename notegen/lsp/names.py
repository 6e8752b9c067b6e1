"""How notes are named in links, and which one a name means while its link is still being written."""

import posixpath
from urllib.parse import unquote

from notegen.lsp.analysis import Analysis
from notegen.model.note import Note
from notegen.text.paths import is_index, strip_suffix


def link_name(path: str, home: str, analysis: Analysis, *, address: bool) -> str:
    """Return what names the note at `path` in a link of the note at `home`: a relative address, or the shortest name.

    `[[name]]` is the file's name where it is the only one, else the path below the content folder.
    """
    content = analysis.content_path(path)
    if address:
        relative = posixpath.relpath(content, posixpath.dirname(analysis.content_path(home)) or ".")
        return relative.replace("%", "%25").replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    bare = strip_suffix(content)
    if is_index(posixpath.basename(bare)) and posixpath.dirname(bare):
        bare = posixpath.dirname(bare)
    name = posixpath.basename(bare)
    return name if analysis.name_counts[name.casefold()] == 1 else bare


def find_note(name: str, home: str, analysis: Analysis) -> Note | None:
    """Return the note that a link of the note at `home` names: by path, file name, title or alias; "" is `home`."""
    if not name:
        return analysis.by_path.get(home)
    written = strip_suffix(unquote(name).strip().removeprefix("/")).casefold()
    here = posixpath.dirname(analysis.content_path(home))
    beside = posixpath.normpath(posixpath.join(here, written)).casefold()
    ranked: list[tuple[int, str]] = []
    for note in analysis.notes:
        bare = strip_suffix(analysis.content_path(note.path)).casefold()
        folder = posixpath.dirname(bare) if is_index(posixpath.basename(bare)) else bare
        names = (beside, written)
        if bare in names or folder in names:
            ranked.append((0, note.path))
        elif posixpath.basename(folder) == written:
            ranked.append((1, note.path))
        elif written in {note.title.casefold(), *(alias.casefold() for alias in note.meta.aliases)}:
            ranked.append((2, note.path))
    return analysis.by_path[min(ranked)[1]] if ranked else None
