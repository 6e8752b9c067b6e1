"""What this machine has that a site may use: the program that makes search indexes, a font for social cards."""

from notegen.model.source import Installed
from notegen.system.disk import Disk
from notegen.system.pagefind import indexer
from notegen.system.system_fonts import find_font


def this_machine() -> Installed:
    """Return what is installed here."""
    return Installed(indexer, lambda: find_font(Disk()))
