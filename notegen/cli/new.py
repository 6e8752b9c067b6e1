"""`notegen new`: a note is written, its path printed, the editor opened where that is asked for."""

import os
import shlex
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import click

from notegen.app.site_location import Flags, open_site
from notegen.cli.exit_codes import FAILED, OK, USAGE
from notegen.cli.options import clock
from notegen.dialects.find import find_dialect
from notegen.dialects.sources import is_of_project
from notegen.init.site_folder import reader
from notegen.model.config import Config
from notegen.new.note import Draft, new_note
from notegen.new.template import find_template
from notegen.scan.config.editors import EDITORS
from notegen.scan.language import with_language
from notegen.system.disk import Disk


def new_command(title: str, options: dict[str, Any]) -> int:
    """Write the note. Return the exit code: USAGE where the file is there or the template is not."""
    folder = options["folder"]
    if folder is not None and {"..", "~"} & set(PurePosixPath(folder).parts) | (
        {"/"} if Path(folder).is_absolute() else set()
    ):
        raise click.BadParameter("must be a folder below the content folder", param_hint="--in")
    disk = Disk()
    site = open_site(Flags(options["source"]), disk)
    root, config = site.location.root, site.config
    template = find_template(options["template"], reader(root, disk))
    if template is None and options["template"] is not None:
        raise click.BadParameter(f"there is no template {options['template']}", param_hint="--from")
    now = clock(options).astimezone(_zone(config))
    draft = Draft(title, now, options["categories"], options["tags"], options["slug"], options["draft"])
    note = new_note(draft, template, find_dialect(config.dialect), folder)
    path = (_content(root, config) / note.path).absolute()
    if path.exists():
        click.echo(f"{_shown(path)} is there already; choose another title, or --slug", err=True)
        return USAGE
    try:
        disk.write(path, note.text.encode())
    except OSError as error:
        click.echo(f"{_shown(path)} cannot be written: {error.strerror or error}", err=True)
        return FAILED
    click.echo(_shown(path))
    return _edit(path, config.serve.editor) if options["edit"] else OK


def _zone(config: Config) -> ZoneInfo | None:
    """Return the site's time zone; None, the machine's, where site.yaml names neither a zone nor a language."""
    return ZoneInfo(with_language(config, ()).timezone) if config.timezone or config.language else None


def _content(root: Path, config: Config) -> Path:
    """Return the folder of notes; a site that has no note yet gets the usual one."""
    notes = (path for path in root.glob("*.md") if not is_of_project(path.name))
    is_empty = config.content_dir == "." and not config.dialect and not any(notes)
    return root / (Config().content_dir if is_empty else config.content_dir)


def _shown(path: Path) -> str:
    """Return a path as it is typed from here."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _edit(path: Path, editor: str) -> int:
    """Open the file with $VISUAL or $EDITOR, else with the editor that `serve` opens files in."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if command:
        return subprocess.call([*shlex.split(command), str(path)])  # noqa: S603 (the author's own editor)
    pattern = EDITORS.get(editor, editor)
    return click.launch(pattern.format(file=path.as_posix(), line=1, column=1))
