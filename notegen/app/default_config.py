"""The configuration of a folder without site.yaml: what `notegen init` would write, where it knows the program."""

from pathlib import Path

from notegen.dialects.dialect import Dialect
from notegen.dialects.recognise import MARKERS, by_texts, recognise
from notegen.init.settings import site_settings
from notegen.init.site_folder import list_folder, reader
from notegen.init.site_yaml import site_yaml
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Result
from notegen.scan.config.load import UNNAMED, load_config
from notegen.system.disk import Disk


def default_config(root: Path, disk: Disk) -> Result[Config]:
    """Return the configuration of a folder without site.yaml, and its diagnostics.

    Where it comes from a known program, these are the settings that `notegen init` would write. Diagnostics:
    config-missing, dialect-recognised, dialect-config.
    """
    dialects = _recognised(root)
    listing, read = list_folder(root, disk), reader(root, disk)
    marker = _marker(root, dialects[0]) if dialects else ""
    if not dialects and (shown := by_texts(listing.paths, read)) is not None:
        dialects, marker = (shown[0],), shown[1]
    if not dialects:
        return Result(UNNAMED, (diagnose("config-missing", "no site.yaml: defaults are used", hint=_below(root)),))
    site = site_settings(listing, dialects[0], read, None)
    also = f" (the files of {' and '.join(dialect.name for dialect in dialects[1:])} are here too)" * bool(dialects[1:])
    message = f"no site.yaml: built as a site of {dialects[0].name}, by {marker}{also}"
    hint = "`notegen init` writes its settings to site.yaml"
    return Result(
        load_config(site_yaml(site.settings, ""), "").value,
        (
            diagnose("dialect-recognised", message, hint=hint),
            *site.problems,
        ),
    )


def _present(folder: Path) -> list[str]:
    """Return the markers of programs that a folder has."""
    return [marker for marker in MARKERS if (folder / marker).exists()]


def _marker(root: Path, dialect: Dialect) -> str:
    """Return the file or folder that shows a program best: its configuration, another file, a folder."""
    present = [marker for marker in _present(root) if any(marker in markers for markers in dialect.markers)]
    return min(present, key=lambda path: (path not in dialect.config_files, path.endswith("/"), len(path), path))


def _recognised(folder: Path) -> tuple[Dialect, ...]:
    return recognise(_present(folder))


def _below(root: Path) -> str:
    """Return a hint where there is no site.yaml: that a folder below is the site of a program, if one is."""
    folders = (
        sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
        if root.is_dir()
        else ()
    )
    for folder in folders:
        if dialects := _recognised(folder):
            return f"{folder.name}/ is a site of {dialects[0].name}: `notegen build -s {folder.name}`, or init there"
    return "`notegen init` writes one"
