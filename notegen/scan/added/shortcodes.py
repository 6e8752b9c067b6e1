"""The templates of shortcodes that a site and its theme have: files in shortcodes/, called as the shortcode is."""

from collections.abc import Iterable

from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result, take
from notegen.model.source import SiteLocation, SourceFile, ThemeLayer
from notegen.scan.files import list_files, read_text
from notegen.system.disk import Disk

FOLDER = "shortcodes"
# Tags that say how a text is read, so that nothing can be made of what they hold.
RESERVED = frozenset({"raw", "comment", "highlight", "codeblock", "math", "endraw", "endcomment"})


def shortcodes(location: SiteLocation, layers: Iterable[ThemeLayer], disk: Disk) -> Result[dict[str, SourceFile]]:
    """Return the templates by file name, `paper.html`: those of the site win over those of its theme's `layers`.

    Diagnostics: shortcode-name, and those of files.
    """
    diagnostics: list[Diagnostic] = []
    files: dict[str, SourceFile] = {}
    for layer in reversed([*layers]):
        files |= layer.shortcodes
    folder = location.root / FOLDER
    for entry in take(list_files(folder, FOLDER, disk, within=location.root), diagnostics):
        path = f"{FOLDER}/{entry.path}"
        if entry.path.endswith(".html") and (file := take(read_text(entry.location, path, disk), diagnostics)):
            files[entry.path] = file
    reserved = [name for name in files if name.removesuffix(".html") in RESERVED]
    diagnostics += [_reserved(files[name]) for name in reserved]
    return Result({name: files[name] for name in sorted(files) if name not in reserved}, tuple(diagnostics))


def _reserved(file: SourceFile) -> Diagnostic:
    name = file.path.rpartition("/")[2].removesuffix(".html")
    message = f"{name} says how a text is read; no template answers it"
    return diagnose("shortcode-name", message, path=file.path, hint="rename the file")
