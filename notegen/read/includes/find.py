"""Which files of the site a note includes: named in its lines, and in those of the files themselves.

Only files that the scan has found are any: nothing outside of the site is read, whatever a path says.
"""

import posixpath
from collections.abc import Mapping, Sequence

import msgspec

from notegen.model.digest import digest
from notegen.model.source import Asset, IncludedFile, SourceFile, Tree
from notegen.notebooks.pictures import asset_bytes
from notegen.read.front_matter.split import split_front_matter
from notegen.read.includes.directives import directives, may_include
from notegen.system.disk import Disk

MAX_SIZE = 1_000_000  # bytes of a file that is included
MAX_FILES = 200  # that one note includes, its files' own ones too


def with_included(tree: Tree, including: Sequence[bool] | None = None) -> tuple[SourceFile, ...]:
    """Return the notes of a tree, each with the files that it includes, on which its digest depends too.

    `including`: of each note whether it may include any, where that is known already.
    """
    including = [may_include(note.text) for note in tree.notes] if including is None else including
    if not any(including):
        return tree.notes
    files = _files(tree)
    texts: dict[str, tuple[str, str] | None] = {}
    return tuple(
        _with_files(note, tree, files, texts) if may else note for note, may in zip(tree.notes, including, strict=True)
    )


def _files(tree: Tree) -> dict[str, SourceFile | Asset]:
    assets = {asset.path: asset for asset in (*tree.static.values(), *tree.assets.values())}
    return {**assets, **{note.path: note for note in (*tree.parts, *tree.notes)}}


def _with_files(
    note: SourceFile,
    tree: Tree,
    files: Mapping[str, SourceFile | Asset],
    texts: dict[str, tuple[str, str] | None],
) -> SourceFile:
    included: dict[tuple[str, str], IncludedFile] = {}
    waiting = [(note.path, note.text)]
    while waiting and len(included) < MAX_FILES:
        origin, text = waiting.pop()
        body = split_front_matter(text).body
        for directive in directives(body.split("\n")) if may_include(body) else ():
            key = (origin, directive.path)
            if key in included or len(included) >= MAX_FILES:
                continue
            path = _resolved(directive.path, (origin, note.path), tree, files)
            if path not in texts:
                texts[path] = _text(files.get(path))
            content = texts[path]
            included[key] = IncludedFile(*key, path if content else "", *(content or ("", "")))
            if content and not directive.code:
                waiting.append((path, content[0]))
    if not included:
        return note
    values = tuple(included.values())
    return msgspec.structs.replace(note, included=values, digest=digest(note.digest, values))


def _resolved(written: str, origins: tuple[str, ...], tree: Tree, files: Mapping[str, SourceFile | Asset]) -> str:
    """Return the path of the file that is meant, below the site's root; "" where there is none."""
    content = tree.config.content_dir
    if written.startswith(("@/", "/", "~/")):
        places = [posixpath.join(folder, written.lstrip("@~/")) for folder in (content, tree.config.static_dir, "")]
    else:
        beside = [posixpath.join(posixpath.dirname(origin), written) for origin in origins]
        places = [*beside, posixpath.join(content, written), written]
    return next((path for path in map(posixpath.normpath, places) if path in files), "")


def _text(file: SourceFile | Asset | None) -> tuple[str, str] | None:
    """Return text and digest of a file; None where it cannot be read as text."""
    if isinstance(file, SourceFile):
        return file.text, file.digest
    if file is None or file.size > MAX_SIZE:
        return None
    try:
        data = asset_bytes(file, Disk())
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError):
        return None
    return None if "\0" in text else (text, file.digest)
