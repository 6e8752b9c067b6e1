"""A site as the command line names it: where it is, its configuration with the flags applied, and one scan of it."""

import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from notegen.app.notebook_places import cell_texts
from notegen.app.programmed_pages import programmed_pages
from notegen.dialects.find import find_dialect
from notegen.emit.emit import check_output
from notegen.model.codes import diagnose
from notegen.model.config import Config
from notegen.model.diagnostic import Diagnostic, Result, Severity, has_errors, take
from notegen.model.source import Installed, SiteLocation, Tree
from notegen.routes.urls import with_slash
from notegen.scan.config.load import find_config, load_config
from notegen.scan.files import decode_text, path_below
from notegen.scan.scan import scan, scan_note
from notegen.system.disk import Disk

USAGE_CODES = frozenset({"config-syntax", "config-unknown-key", "config-value", "theme-missing", "output-conflict"})


class Flags(msgspec.Struct, frozen=True):
    """What the command line says about a site, and what is installed. None leaves the setting of site.yaml."""

    source: Path = Path()
    config: Path | None = None
    output: Path | None = None
    base_url: str | None = None
    drafts: bool | None = None
    future: bool | None = None
    expired: bool | None = None
    installed: Installed = Installed()


class OpenedSite(msgspec.Struct, frozen=True):
    """A site whose configuration is read: where it is, the configuration, and what is wrong with both."""

    location: SiteLocation
    config: Config
    diagnostics: tuple[Diagnostic, ...]

    @property
    def unusable(self) -> bool:
        """True when nothing can be built: the configuration or the output folder is wrong."""
        return has_errors(self.diagnostics)


def unusable(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether the configuration, the theme or the output folder is wrong: no site can be made then."""
    return any(item.code in USAGE_CODES and item.severity is Severity.ERROR for item in diagnostics)


def open_site(flags: Flags, disk: Disk) -> OpenedSite:
    """Read the configuration. Diagnostics: config-*, dialect-recognised, output-conflict, file-*."""
    root = flags.source.resolve()
    path, text, diagnostics = _config_text(root, flags, disk)
    config, reported = load_config(text, path) if path else _default_config(root, disk)
    config = _with_flags(config, flags)
    if not (root / config.content_dir).is_dir() and "content_dir" not in text:
        config = msgspec.structs.replace(config, content_dir=_content_dir(root, config))
    diagnostics += _content_problem(root, config, path, text)
    diagnostics += programmed_pages(root, find_dialect(config.dialect))
    output = (flags.output.resolve() if flags.output else root / config.output_dir).absolute()
    location = SiteLocation(root, path, text, output, flags.installed)
    sources = [root / name for name in (config.content_dir, config.static_dir, config.themes_dir)]
    read = [folder for folder in sources if folder.is_dir() and folder != root]
    diagnostics += [*reported, *check_output(output, [*read, root])]
    return OpenedSite(location, config, tuple(diagnostics))


def _default_config(root: Path, disk: Disk) -> Result[Config]:
    from notegen.app.default_config import default_config  # all programs: not in every build

    return default_config(root, disk)


def _content_dir(root: Path, config: Config) -> str:
    """Return the folder of notes where site.yaml names none and the usual one is not there."""
    dialect = find_dialect(config.dialect)
    folders = dialect.content if dialect is not None else ()
    return next((folder for folder in folders if folder and (root / folder).is_dir()), ".")


def _content_problem(root: Path, config: Config, path: str, text: str) -> list[Diagnostic]:
    """Return an error when site.yaml names a content folder that is not there: a slip there must not empty the site."""
    if (root / config.content_dir).is_dir():
        return []
    lines = text.split("\n")
    line = next((number for number, item in enumerate(lines, start=1) if item.startswith("content_dir")), 0)
    message = f"content_dir: there is no folder {config.content_dir!r}"
    column = max(lines[line - 1].find(config.content_dir), 0) + 1 if line else 0
    length = len(config.content_dir)
    return [diagnose("config-value", message, path=path, line=line, column=column, length=length)]


def _config_text(root: Path, flags: Flags, disk: Disk) -> tuple[str, str, list[Diagnostic]]:
    """Return the configuration's path below the root ("" if there is none), its text, and diagnostics."""
    if flags.config is not None:
        location = flags.config.resolve()
        path = location.relative_to(root).as_posix() if location.is_relative_to(root) else location.as_posix()
    else:
        names = [entry.name for entry in root.iterdir()] if root.is_dir() else []
        path = find_config(names) or ""
        location = root / path
    if not path:
        return "", "", []
    diagnostics: list[Diagnostic] = []
    try:
        text = take(decode_text(disk.read(location), path), diagnostics)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        return path, "", [diagnose("config-value", message, path=path)]
    return path, text or "", diagnostics


def _with_flags(config: Config, flags: Flags) -> Config:
    """Return the configuration with the flags that were given."""
    values: dict[str, Any] = {
        name: value
        for name in ("drafts", "future", "expired", "base_url")
        if (value := getattr(flags, name)) is not None
    }
    if "base_url" in values:
        values["base_url"] = with_slash(values["base_url"])
    return msgspec.structs.replace(config, **values)


def scan_site(site: OpenedSite, disk: Disk) -> Result[Tree]:
    """Scan the site once."""
    return scan(site.location, site.config, disk, site.diagnostics)


def scan_one(site: OpenedSite, file: Path, disk: Disk) -> Result[Tree]:
    """Scan the site and return its Tree with one note alone, as a build sees it; of a file that is no note, that.

    Diagnostics: those of the settings and of the file.
    """
    tree, _ = scan_site(site, disk)
    path = path_below(site.location.root, file)
    notes = tuple(note for note in tree.notes if note.path == path)
    if not notes:
        return scan_note(site.location, site.config, file, disk, site.diagnostics)
    return Result(msgspec.structs.replace(tree, notes=notes), site.diagnostics)


def source_lines(site: OpenedSite, tree: Tree | None) -> "dict[str, Sequence[str]]":
    """Return the lines of every text file that a diagnostic may point to, split when asked for."""
    texts = {site.location.config_path: site.location.config_text}
    for file in tree.notes if tree else ():
        if file.notebook is None:
            texts[file.path] = file.text
        else:
            texts |= cell_texts(file.path, file.text, file.notebook)
    for layer in tree.layers if tree else ():
        for source in (
            *layer.templates.values(),
            *layer.labels.values(),
            *([layer.settings] if layer.settings else ()),
        ):
            texts[source.path] = source.text
    return _Lines(texts)


class _Lines(dict[str, Sequence[str]]):
    """Lines by path, made when first asked for."""

    def __init__(self, texts: dict[str, str]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, path: str) -> Sequence[str]:
        lines = self[path] = self._texts[path].split("\n") if path in self._texts else ()
        return lines


def moment(text: str | None) -> datetime:
    """Return the build's clock: `--now`, else SOURCE_DATE_EPOCH, else the present.

    Raises ValueError for another text.
    """
    if text:
        value = datetime.fromisoformat(text)
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
