"""`notegen build`: the pipeline run once, with the cache, the processes and the progress bar that the flags ask for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from notegen.app.context import open_context, state_folder
from notegen.app.profile import Profile
from notegen.app.progress import Bar
from notegen.app.site_location import OpenedSite
from notegen.build import BuildResult, EmitOptions, build
from notegen.cache.context import NoCache
from notegen.emit.emit import LostError
from notegen.system.disk import Disk


def build_site(
    site: OpenedSite, now: datetime, given: Mapping[str, Any], disk: Disk, profile: Profile | None = None
) -> BuildResult:
    """Build a site and write it, as `build` does. `given`: the flags quiet, keep_going, force and those of a context.

    Diagnostics: state-elsewhere, and those of all stages.
    """
    profile = profile or Profile()
    state, problems = state_folder(site, given["cache_dir"])
    options = EmitOptions(state, keep_going=given["keep_going"], force=given["force"])
    bar = Bar(enabled=not given["quiet"])
    with open_context(state, given, bar.advance, profile) as context, bar:
        try:
            result = build(site, now, options, context, disk)
        except LostError:  # bytes that were left in the cache have gone from it since: once more without it
            result = build(site, now, options, msgspec.structs.replace(context, cache=NoCache()), disk)
    return msgspec.structs.replace(result, diagnostics=(*problems, *result.diagnostics))
