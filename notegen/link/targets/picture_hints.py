"""What a picture that is missing may be: one of its name, whatever its suffix, or of a like name in the folder meant.

A like name in another folder, `figure_2.png`, is that of another note's picture.
"""

import posixpath
from collections import defaultdict

from notegen.link.targets.find import spellings
from notegen.link.targets.index import Index, fold
from notegen.model.strings import ContentPath
from notegen.system.images import SUFFIXES
from notegen.text.suggestions import Suggestions

_ALIKE = 0.7  # 1 is equal
_SHOWN = (*SUFFIXES, ".pdf", ".mp4", ".webm", ".mov", ".mp3", ".tif", ".tiff")  # that pictures are often written as


class PictureHints:
    """Finds what was meant among the files of a site; what it needs is made when it is first asked."""

    def __init__(self, index: Index) -> None:
        self._assets = index.assets
        self._by_stem: dict[str, str] = {}
        self._names: dict[str, dict[str, str]] = {}  # of each folder: name -> path
        self._near: dict[str, Suggestions] = {}

    def hint(self, source: ContentPath, path: str) -> str:
        """Return `did you mean …?` for the address `path` of the note `source` (content path), or ""."""
        if not self._names:
            self._fill()
        named, _, name = spellings(path)[-1].rstrip("/").rpartition("/")
        same = self._by_stem.get(_stem(name))
        if same:
            return f"did you mean {same}?"
        beside = posixpath.normpath(posixpath.join(source.rpartition("/")[0], named)).removeprefix(".")
        hints = (self._in_folder(folder, name) for folder in dict.fromkeys((beside, named.strip("/"))))
        return next(filter(None, hints), "")

    def _fill(self) -> None:
        names: dict[str, dict[str, str]] = defaultdict(dict)
        for path, asset in self._assets.items():
            if not asset.format and not path.lower().endswith(_SHOWN):
                continue  # a notebook or a table is no picture
            folder, _, name = path.rpartition("/")
            names[folder][fold(name)] = path
            self._by_stem.setdefault(_stem(name), path)
        self._names = dict(names)

    def _in_folder(self, folder: str, name: str) -> str:
        if folder not in self._near:
            self._near[folder] = Suggestions(self._names.get(folder, {}))
        return self._near[folder].hint(fold(name), _ALIKE)


def _stem(name: str) -> str:
    return fold(posixpath.splitext(name)[0])
