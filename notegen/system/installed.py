"""What this machine has that a site may use: what makes search indexes and finds words, a font for social cards."""

from notegen.model.source import Installed
from notegen.system.disk import Disk
from notegen.system.engine import versions
from notegen.system.pagefind import indexer
from notegen.system.system_fonts import find_font


def this_machine() -> Installed:
    """Return what is installed here."""
    return Installed(indexer, lambda: find_font(Disk()), segmenter)


def segmenter() -> str:
    """Return the segmenter's name and version; "" when it is not installed."""
    version = versions().get("rjieba", "")
    return f"rjieba {version}" if version else ""
