"""Readers of notes, made once in a process of tests: the parser of a thousand small sites has the same settings."""

from notegen.model.config import ReadSettings
from notegen.model.digest import digest
from notegen.model.source import ExtensionFile
from notegen.read.read import Reader, make_reader
from notegen.read.shortcodes.templates import NO_SHORTCODES, ShortcodeFiles
from notegen.system.plain import use_fast_paths


class KnownReaders:
    """Makes readers as `read/read.py` does, one for all notes and builds with the same settings."""

    def __init__(self) -> None:
        self._known: dict[tuple[bool, str], Reader] = {}

    def make_reader(
        self,
        settings: ReadSettings,
        shortcodes: ShortcodeFiles = NO_SHORTCODES,
        extensions: tuple[ExtensionFile, ...] = (),
    ) -> Reader:
        """Return the reader; a new one where code or data of the site have a part in it."""
        if shortcodes != NO_SHORTCODES or extensions:
            return make_reader(settings, shortcodes, extensions)
        key = (use_fast_paths(), digest(settings))
        if key not in self._known:
            self._known[key] = make_reader(settings)
        return self._known[key]
