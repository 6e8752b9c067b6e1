"""The extensions that site.yaml names: modules of the site, or entry points of installed packages. Found, not run."""

from notegen.extensions.load import GROUP
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, take
from notegen.model.digest import digest
from notegen.model.source import ExtensionFile, SiteLocation
from notegen.scan.files import read_text
from notegen.system.disk import Disk

FOLDER = "extensions"


def extensions(location: SiteLocation, config: Config, disk: Disk) -> Result[tuple[ExtensionFile, ...]]:
    """Return what `extensions` names, in its order. Diagnostics: extension-missing, and those of files."""
    diagnostics: list[Diagnostic] = []
    files: list[ExtensionFile] = []
    for name in config.extensions:
        path = f"{FOLDER}/{name}.py"
        place = location.root / path
        if place.is_file() and place.resolve().is_relative_to(location.root.resolve()):
            if file := take(read_text(str(place), path, disk), diagnostics):
                files.append(ExtensionFile(name, path, file.text, file.digest))
        elif installed := _installed(name):
            files.append(installed)
        else:
            diagnostics.append(_missing(name, path, location))
    return Result(tuple(files), tuple(diagnostics))


def _installed(name: str) -> ExtensionFile | None:
    """Return the entry point of an installed package; its digest is of the package's version and files."""
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP, name=name):
        parts = entry.dist
        files = sorted((str(file), str(file.hash)) for file in (parts.files if parts and parts.files else ()))
        mark = digest(parts.name if parts else "", parts.version if parts else "", files)
        return ExtensionFile(name, f"{entry.module.replace('.', '/')}.py", "", mark, entry.value)
    return None


def _missing(name: str, path: str, location: SiteLocation) -> Diagnostic:
    lines = location.config_text.split("\n")
    line = next((number for number, text in enumerate(lines, start=1) if name in text), 0)
    message, hint = f"there is no extension {name!r}", f"make {path}, or install the package that has it"
    return diagnose("extension-missing", message, path=location.config_path, line=line, hint=hint)
