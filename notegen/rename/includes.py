"""A note gets another path: lines that include it follow, and so do those by which it includes other files."""

import posixpath
from collections.abc import Iterator, Sequence

from notegen.model.source import IncludedFile, SourceFile
from notegen.read.front_matter.split import split_front_matter
from notegen.read.includes.directives import directives
from notegen.rename.edits import Edit

_FROM_ROOT = ("@/", "/", "~/")  # what paths begin with that are not beside the file


def include_edits(sources: Sequence[SourceFile], old: str, new: str) -> Iterator[Edit]:
    """Yield the edits of lines that include files, for a note that moves from `old` to `new`, below the site's root.

    `sources`: all notes, each with what it includes.
    """
    for source in sources:
        for file in source.included:
            text = _text(source, file.origin)
            target = _written(file, old, new)
            if target is not None and target != file.written:
                yield from _edits(file, text, target)


def _text(source: SourceFile, path: str) -> str:
    """Return the text of a note, or of a file that it includes."""
    if path == source.path:
        return source.text
    return next((file.text for file in source.included if file.path == path), "")


def _written(file: IncludedFile, old: str, new: str) -> str | None:
    """Return what is to name an included file; None where it stays."""
    is_beside = posixpath.normpath(posixpath.join(posixpath.dirname(file.origin), file.written)) == file.path
    if is_beside and not file.written.startswith(_FROM_ROOT):
        origin, path = (new if path == old else path for path in (file.origin, file.path))
        target = posixpath.relpath(path, posixpath.dirname(origin) or ".")
        keeps = posixpath.normpath(file.written) == target
        return (
            file.written if keeps else f"./{target}" if file.written.startswith("./") and target[0] != "." else target
        )
    if file.path != old:
        return None
    bare = file.written.lstrip("@~/")
    folder = old.removesuffix(bare)  # the one that the path begins in
    return file.written.removesuffix(bare) + new.removeprefix(folder) if new.startswith(folder) else None


def _edits(file: IncludedFile, text: str, target: str) -> Iterator[Edit]:
    """Yield the edits of the lines that name an included file."""
    body = split_front_matter(text).body
    lines = body.split("\n")
    for directive in directives(lines):
        if directive.path == file.written:
            start = len(text) - len(body) + sum(len(line) + 1 for line in lines[: directive.first])
            at = text.find(file.written, start)
            if at >= 0:
                yield Edit(file.origin, at, at + len(file.written), target)
