"""The files of the shipped theme, read once in a process of tests: a thousand small sites have the same ones."""

from collections.abc import Callable
from typing import Any, TypeVar

from notegen.model.diagnostic import Result
from notegen.model.source import Asset, SourceFile
from notegen.scan import files
from notegen.system.disk import Disk, DiskEntry
from tests.support.paths import ROOT

T = TypeVar("T")
_SHIPPED = str(ROOT / "themes") + "/"


class ShippedTheme:
    """Reads files of themes as `scan/files.py` does; those of the shipped ones once, from a disk that has no faults."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def read_text(self, location: str, path: str, disk: Disk) -> Result[SourceFile | None]:
        """Return a text file."""
        return self._once(location, path, disk, lambda: files.read_text(location, path, disk))

    def read_asset(self, entry: DiskEntry, path: str, disk: Disk) -> Result[Asset | None]:
        """Return a file that is only copied."""
        return self._once(entry.location, path, disk, lambda: files.read_asset(entry, path, disk))

    def _once(self, location: str, path: str, disk: Disk, read: Callable[[], T]) -> T:
        if type(disk) is not Disk or not location.startswith(_SHIPPED):
            return read()
        if (location, path) not in self._known:
            self._known[location, path] = read()
        known: T = self._known[location, path]
        return known
