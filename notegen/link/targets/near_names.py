"""What a file or note that is missing may be: one of a like name and of its own kind, never another note's picture."""

import posixpath
from collections import defaultdict
from collections.abc import Iterator

from notegen.link.targets.find import spellings
from notegen.link.targets.index import Index, fold
from notegen.model.strings import ContentPath
from notegen.text.media_files import PICTURES, kind_of_file
from notegen.text.paths import is_index, is_note, strip_suffix
from notegen.text.suggestions import Suggestions

_ALIKE = 0.7  # 1 is equal
_PICTURES = frozenset((*PICTURES, ".tif", ".tiff", ".eps"))
_PAGES = (".html", ".htm")
_NOTE, _PICTURE = "note", "picture"


class NearNames:
    """Finds what was meant among the files and notes of a site; what it needs is made when it is first asked.

    Pictures, films, sounds, documents and, by their endings, all other files are a kind each; so are notes. A picture
    in the folder of another note is that note's: it is no hint, however like its name is.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._names: dict[
            str, dict[str, dict[str, str]]
        ] = {}  # kind -> folder, "" for all but pictures -> name -> path
        self._by_stem: dict[str, list[str]] = {}  # of pictures
        self._owned: frozenset[str] = frozenset()
        self._near: dict[tuple[str, str], Suggestions] = {}

    def hint(self, source: ContentPath, path: str, *, image: bool) -> str:
        """Return `did you mean …?` for the address `path` of the note `source` (content path), or "".

        `image`: it is to be shown; an address without an ending names a picture then, else a note.
        """
        if not self._names:
            self._fill()
        named, _, name = spellings(path)[-1].rstrip("/").rpartition("/")
        kind = self._kind(name) or (_PICTURE if image else _NOTE)
        if kind != _PICTURE:
            return self._like(kind, "", fold(name), 0.6)
        same = next(iter(self._same_stem(source, name)), "")
        if same:
            return f"did you mean {same}?"
        beside = posixpath.normpath(posixpath.join(source.rpartition("/")[0], named)).removeprefix(".")
        folders = dict.fromkeys((beside, named.strip("/")))
        hints = (
            self._like(_PICTURE, folder, fold(name), _ALIKE)
            for folder in folders
            if not self._is_others(folder, source)
        )
        return next(filter(None, hints), "")

    def _kind(self, name: str) -> str:
        """Return the kind of a file by its name; "" where this has no ending, as in `[[name]]`, or an unknown one."""
        suffix = posixpath.splitext(name)[1].lower()
        if is_note(name) or suffix in _PAGES:
            return _NOTE
        if suffix in _PICTURES:
            return _PICTURE
        return kind_of_file(name) or (suffix if suffix in self._names or _is_ending(suffix) else "")

    def _fill(self) -> None:
        names: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for path in self._index.assets:
            folder, _, name = path.rpartition("/")
            kind = self._kind(name) or _PICTURE * bool(self._index.assets[path].format)
            names[kind][folder if kind == _PICTURE else ""][fold(name)] = path
            if kind == _PICTURE:
                self._by_stem.setdefault(_stem(name), []).append(path)
        names[_NOTE][""] = {path.rpartition("/")[2]: path for path in self._index.notes}
        self._names = {kind: dict(folders) for kind, folders in names.items()}
        self._owned = frozenset(folder for note in self._index.notes for folder in _own_folders(note))

    def _same_stem(self, source: ContentPath, name: str) -> Iterator[str]:
        """Yield the pictures that have a name but for its ending, none of another note's."""
        for path in self._by_stem.get(_stem(name), ()):
            if not self._is_others(path.rpartition("/")[0], source):
                yield path

    def _is_others(self, folder: str, source: ContentPath) -> bool:
        """Return whether a folder, or one that it lies in, is another note's own."""
        mine = {source.rpartition("/")[0], *_own_folders(source)}
        while folder and folder not in mine:
            if folder in self._owned:
                return True
            folder = folder.rpartition("/")[0]
        return False

    def _like(self, kind: str, folder: str, name: str, cutoff: float) -> str:
        if (kind, folder) not in self._near:
            self._near[kind, folder] = Suggestions(self._names.get(kind, {}).get(folder, {}))
        return self._near[kind, folder].hint(name, cutoff)


def _own_folders(note: ContentPath) -> Iterator[str]:
    """Yield the folders that hold one note's files alone: its bundle's, `post/` and `post.assets/` beside it."""
    folder, _, name = note.rpartition("/")
    stem = strip_suffix(note)
    if is_index(name):
        yield folder
    yield from (stem, f"{stem}.assets")


def _is_ending(suffix: str) -> bool:
    """Return whether this is the ending of a file, not of a name such as `v1.5 notes`."""
    return 1 < len(suffix) <= len(".excalidraw") and suffix[1:].isalnum() and suffix[1].isalpha() and suffix.isascii()


def _stem(name: str) -> str:
    return fold(posixpath.splitext(name)[0])
