"""One build from the disk to the disk: scan, build, emit, with the context that the flags ask for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from notegen.app.context import open_context, state_folder
from notegen.app.profile import Profile
from notegen.app.progress import Bar
from notegen.app.site_location import USAGE_CODES, Session, look
from notegen.build import build
from notegen.cache.context import BuildContext, NoCache
from notegen.emit.emit import Emitted, LostError, emit, has_site
from notegen.model.diagnostic import Diagnostic, Severity
from notegen.model.output import Build
from notegen.model.source import Tree
from notegen.system.disk import Disk


class Made(msgspec.Struct, frozen=True):
    """What a build of a site came to: what it read, what it made, all diagnostics, whether the site was written.

    `kept`: where it was not, whether there is one of an earlier build.
    """

    tree: Tree
    build: Build
    diagnostics: tuple[Diagnostic, ...]
    written: bool
    kept: bool
    profile: Profile


def make_site(session: Session, now: datetime, given: Mapping[str, Any], disk: Disk) -> Made:
    """Build the site and write it, unless there are errors.

    `given` holds the flags quiet, keep_going, force, no_cache, cache_dir, explain and jobs. Diagnostics: those of all
    stages, of the emit, and state-elsewhere.
    """
    profile = Profile()
    output = session.place.output
    state, told = state_folder(session, given["cache_dir"])
    with profile.stage("scan"):
        tree = look(session, disk)
    bar = Bar(enabled=not given["quiet"])
    with open_context(state, given, bar.advance, profile) as context:
        with bar:
            built = build(tree, context, now)
        found = (*told, *built.diagnostics)
        written = not built.failed or (given["keep_going"] and not unusable(found))
        if written:
            with profile.stage("emit"):
                write = partial(emit, output=output, state=state, disk=disk, force=given["force"])
                emitted = _written(built, write, context, lambda context: build(tree, context, now))
            found, written = (*found, *emitted.diagnostics), not emitted.refused
            profile.counted("emit", len(built.files), emitted.unchanged)
    return Made(tree, built, found, written, not written and has_site(output, state, disk), profile)


def _written(
    built: Build, write: Callable[..., Emitted], context: BuildContext, again: Callable[[BuildContext], Build]
) -> Emitted:
    """Write a build. What it left in the cache may be gone by then: then it is made again, without the cache."""
    try:
        return write(built.files, load=context.cache.get_many, delete=not built.failed)
    except LostError:
        built = again(msgspec.structs.replace(context, cache=NoCache()))
        return write(built.files, delete=not built.failed)


def unusable(found: tuple[Diagnostic, ...]) -> bool:
    """Return whether the configuration, the theme or the output folder is wrong: no site can be made then."""
    return any(item.code in USAGE_CODES and item.severity is Severity.ERROR for item in found)
