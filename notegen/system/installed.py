"""What this machine has that a site may use: for search, words and graphs; a font for social cards."""

from pathlib import Path

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


def graph_program() -> str:
    """Return what `dot` of Graphviz there is, as a part of cache keys: where it is and its size; "" for none."""
    import shutil  # takes 3 ms, which a build of what is there already need not spend

    program = shutil.which("dot")
    return f"{program} {Path(program).stat().st_size}" if program else ""
