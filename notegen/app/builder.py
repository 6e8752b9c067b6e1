"""One build from the disk to the disk: scan, build, emit, with the tools that the flags ask for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from notegen.app.emit import emit
from notegen.app.profile import Profile
from notegen.app.progress import Bar
from notegen.app.session import USAGE_CODES, Session, look
from notegen.app.toolbox import state_folder, toolbox
from notegen.build import build
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.output import Build
from notegen.model.source import Tree
from notegen.tools.disk import Disk


class Made(msgspec.Struct, frozen=True):
    """What a build of a site came to: what it read, what it made, all diagnostics, and whether the site was written."""

    tree: Tree
    build: Build
    diagnostics: tuple[Diagnostic, ...]
    written: bool
    profile: Profile


def make_site(session: Session, now: datetime, given: Mapping[str, Any], disk: Disk) -> Made:
    """Build the site and write it, unless there are errors.

    `given` holds the flags quiet, keep_going, no_cache, cache_dir, explain and jobs. Diagnostics: those of all stages,
    of the emit, and state-elsewhere.
    """
    profile = Profile()
    state, told = state_folder(session, given["cache_dir"])
    with profile.stage("scan"):
        tree = look(session, disk)
    with Bar(enabled=not given["quiet"]) as bar, toolbox(state, given, bar.advance, profile) as tools:
        built = build(tree, tools, now)
    found = (*told, *built.diagnostics)
    written = not built.failed or (given["keep_going"] and not unusable(found))
    if written:
        with profile.stage("emit"):
            emitted = emit(built.files, session.place.output, state, disk, delete=not built.failed)
        found = (*found, *emitted.diagnostics)
        profile.counted("emit", len(built.files), emitted.unchanged)
    return Made(tree, built, found, written, profile)


def unusable(found: tuple[Diagnostic, ...]) -> bool:
    """Return whether the configuration, the theme or the output folder is wrong: no site can be made then."""
    return any(item.code in USAGE_CODES and item.severity is Severity.ERROR for item in found)
