"""A site built, or left as it is: scan → the files of the last build if nothing has changed, else build.py's → emit.

A build without changes is the most frequent one: it imports nothing of the stages between scan and emit.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from notegen.app.site_location import OpenedSite, unusable
from notegen.cache.context import BuildContext
from notegen.cache.whole_build import find_build, keep_build
from notegen.emit.emit import emit, has_site
from notegen.emit.public_list import keep_public_list
from notegen.model.diagnostic import Diagnostic
from notegen.model.output import Build
from notegen.model.source import Tree
from notegen.scan.scan import scan
from notegen.system.disk import Disk


class EmitOptions(msgspec.Struct, frozen=True):
    """How a site is written: the folder of the manifest; whether in spite of errors; whether over foreign files."""

    state: Path
    keep_going: bool = False
    force: bool = False


class BuildResult(msgspec.Struct, frozen=True):
    """What a build came to: what it read, what it made, all diagnostics, whether the site was written.

    `kept`: where it was not, whether there is one of an earlier build. `before`: the source of each output path that
    was public before; None where nothing is known of that.
    """

    tree: Tree
    build: Build
    diagnostics: tuple[Diagnostic, ...]
    written: bool
    kept: bool
    before: Mapping[str, str] | None = None


def build(site: OpenedSite, now: datetime, options: EmitOptions, context: BuildContext, disk: Disk) -> BuildResult:
    """Build a site and write it, unless there are errors. Diagnostics: those of all stages.

    Raises LostError where the cache has lost what it had a moment ago.
    """
    with context.stage("scan"):
        scanned = scan(site.location, site.config, disk, site.diagnostics)
    built = find_build(scanned, now, context)
    if built is None:
        from notegen.build import make_files

        built = make_files(scanned, now, context)
        keep_build(built, scanned, now, context)
    diagnostics, written = built.diagnostics, False
    if not built.failed or (options.keep_going and not unusable(diagnostics)):
        with context.stage("emit"):
            emitted, problems = emit(
                built.files,
                site.location.output,
                options.state,
                disk,
                load=context.cache.get_many,
                delete=not built.failed,
                force=options.force,
            )
        context.counted("emit", len(built.files), emitted.unchanged)
        diagnostics, written = (*diagnostics, *problems), not emitted.refused
    kept = not written and has_site(site.location.output, options.state, disk)
    if not written or any(item.code == "output-write" for item in diagnostics):
        return BuildResult(scanned.value, built, diagnostics, written, kept)
    before, problems = keep_public_list(built.public, site.location.output, options.state, disk)
    return BuildResult(scanned.value, built, (*diagnostics, *problems), written, kept, before)
