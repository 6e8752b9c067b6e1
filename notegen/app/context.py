"""The context of one run: the cache as the flags say, the processors of this machine, its stages."""

import contextlib
import gc
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from notegen.app.profile import Profile
from notegen.app.progress import Bar
from notegen.app.site_location import OpenedSite
from notegen.cache.context import BuildContext, NoCache, Progress
from notegen.cache.store import SqliteCache
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic
from notegen.model.digest import digest
from notegen.system.engine import engine_digest
from notegen.system.pool import worker_count


@contextlib.contextmanager
def open_context(state: Path, given: Mapping[str, Any], progress: Progress, profile: Profile) -> Iterator[BuildContext]:
    """Give the context for a build; `given` holds the flags no_cache, cache_dir, explain and jobs.

    What a build makes lives until its end: looking for garbage in it is put off until then.
    """
    workers = given["jobs"] or worker_count()
    explain = _print_reason if given["explain"] else None
    preview = bool(given.get("preview"))
    cache = None if given["no_cache"] else SqliteCache(cache_path(state, given["cache_dir"]))
    gc.disable()
    try:
        yield BuildContext(
            cache=cache or NoCache(),
            engine=engine_digest(),
            workers=workers,
            progress=progress,
            explain=explain,
            stage=profile.stage,
            preview=preview,
            counted=profile.counted,
        )
    finally:
        gc.enable()
        if cache is not None:
            with profile.stage("cache"):
                cache.close()
            profile.cache_size = cache.size()


@contextlib.contextmanager
def reading_context(site: OpenedSite, given: Mapping[str, Any]) -> Iterator[BuildContext]:
    """Give the context for a command that reads the site and makes no page; `given`: no_cache, cache_dir, jobs, quiet.

    It does not count among the builds after which what none of them used leaves the cache.
    """
    state, _ = state_folder(site, given["cache_dir"])
    bar = Bar(enabled=not given["quiet"])
    with open_context(state, {**given, "explain": False}, bar.advance, Profile()) as context, bar:
        context.cache.rest()
        yield context


def cache_path(state: Path, folder: Path | None) -> Path:
    """Return the place of the cache's file."""
    return (folder or state) / "cache.sqlite"


def state_folder(site: OpenedSite, cache_dir: Path | None) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Return the folder that keeps what notegen remembers of a site between builds: cache, manifest, lock, images.

    That is .notegen in the site's folder; where it cannot be written, `cache_dir` or else a folder of this user among
    the system's temporary files: a new one if another user can write there, for the cache holds compiled templates.
    Diagnostic: state-elsewhere.
    """
    own = site.location.root / ".notegen"
    if _writable(own):
        return own, ()
    user = os.getuid() if hasattr(os, "getuid") else 0
    name = f"notegen-{user}-{digest(str(site.location.root))[:12]}"
    other = cache_dir or _private(Path(tempfile.gettempdir()) / name) or Path(tempfile.mkdtemp(prefix=f"{name}-"))
    message = f"{own} cannot be written: what is remembered between builds is kept in {other}"
    return other, (diagnose("state-elsewhere", message, hint="name a folder with --cache-dir"),)


def _writable(folder: Path) -> bool:
    """Return whether files can be made in a folder, which is made if it can be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _private(folder: Path) -> Path | None:
    """Return a folder, which is made if it is not there; None where others can write in it."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    is_mine = not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)
    return folder if is_mine and stat.S_ISDIR(found.st_mode) else None


def _print_reason(kind: str, name: str, reason: str) -> None:
    click.echo(f"{kind} {name} because: {reason}", err=True)
