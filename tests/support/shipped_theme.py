"""The files of the shipped theme, read once in a process of tests: a thousand small sites have the same ones."""

from pathlib import Path

from notegen.model.diagnostic import Result
from notegen.model.source import ThemeLayer
from notegen.scan.files import path_below
from notegen.scan.themes import read_layer
from notegen.system.disk import Disk
from tests.support.paths import ROOT

_SHIPPED = ROOT / "themes"


class ShippedTheme:
    """Reads the folders of themes as `scan/themes.py` does; the shipped ones once, from a disk that has no faults."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, str], Result[ThemeLayer]] = {}

    def read_layer(self, name: str, folder: Path, root: Path, disk: Disk, within: Path | None) -> Result[ThemeLayer]:
        """Return a layer of a theme."""
        if type(disk) is not Disk or folder.parent != _SHIPPED:
            return read_layer(name, folder, root, disk, within)
        key = (folder, path_below(root, folder))
        if key not in self._known:
            self._known[key] = read_layer(name, folder, root, disk, within)
        return self._known[key]
