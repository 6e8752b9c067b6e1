"""The context of one run: the cache as the flags say, the processors of this machine, its stages."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from notegen.app.profile import Profile
from notegen.app.progress import Bar
from notegen.app.site_location import OpenedSite
from notegen.cache.context import BuildContext, NoCache, Progress
from notegen.cache.known_engine import known_engine_digest
from notegen.cache.store import SqliteCache
from notegen.model.codes import diagnose
from notegen.model.diagnostic import Diagnostic, Result
from notegen.model.digest import digest
from notegen.system.pool import worker_count


class RunOptions(msgspec.Struct, frozen=True):
    """What the command line says of a run: what is printed, and how the site is read and made."""

    quiet: bool = False  # print errors only
    verbose: bool = False  # print notices too
    no_cache: bool = False
    cache_dir: Path | None = None
    jobs: int | None = None  # processes; None: all processors
    explain: bool = False  # say why each note and page was made anew
    preview: bool = False  # see BuildContext


@contextlib.contextmanager
def open_context(
    state: Path, options: RunOptions, profile: Profile, progress: Progress = lambda _stage, _done, _total: None
) -> Iterator[BuildContext]:
    """Give the context for a build. `state`: the folder of the cache, see `state_folder`."""
    workers = options.jobs or worker_count()
    explain = _print_reason if options.explain else None
    cache = None if options.no_cache else SqliteCache(cache_path(state, options.cache_dir))
    try:
        yield BuildContext(
            cache=cache or NoCache(),
            engine=known_engine_digest(),
            workers=workers,
            progress=progress,
            explain=explain,
            stage=profile.stage,
            preview=options.preview,
            counted=profile.counted,
        )
    finally:
        if cache is not None:
            with profile.stage("cache"):
                cache.close()
            profile.cache_size = cache.size()


@contextlib.contextmanager
def reading_context(site: OpenedSite, options: RunOptions) -> Iterator[BuildContext]:
    """Give the context for a command that reads the site and makes no page.

    It does not count among the builds after which what none of them used leaves the cache.
    """
    state, _ = state_folder(site, options.cache_dir)
    bar = Bar(enabled=not options.quiet)
    with open_context(state, options, Profile(), bar.advance) as context, bar:
        context.cache.skip_aging()
        yield context


def cache_path(state: Path, folder: Path | None) -> Path:
    """Return the place of the cache's file: in `folder` (of --cache-dir), in `state` where that is another user's."""
    return (folder if folder and is_trusted(folder, state) else state) / "cache.sqlite"


def state_folder(site: OpenedSite, cache_dir: Path | None) -> Result[Path]:
    """Return the folder that keeps what notegen remembers of a site between builds: cache, manifest, lock, images.

    That is .notegen in the site's folder; where it cannot be written, belongs to another user, or is a symbolic link,
    `cache_dir` or else a folder of this user among the system's temporary files: a new one if another user can write
    there. Such a user could put words on our pages and have files of the output folder deleted, and a link that came
    with the notes would have us write and tidy up somewhere else. For the same reason symbolic links in the folder are
    removed: it holds none of ours. Diagnostics: state-elsewhere, state-foreign.
    """
    root = site.location.root
    usual = root / ".notegen"
    foreign = [folder for folder in (usual, cache_dir) if folder and not is_trusted(folder, root)]
    if usual.is_symlink() and usual not in foreign:
        foreign.insert(0, usual)
    usable = usual not in foreign and _writable(usual)
    state = usual if usable else (cache_dir if cache_dir and cache_dir not in foreign else _temporary(root))
    diagnostics = [_foreign(folder, state) for folder in foreign]
    if not usable and usual not in foreign:
        message = f"{usual} cannot be written: what is remembered between builds is kept in {state}"
        diagnostics.append(diagnose("state-elsewhere", message, hint="name a folder with --cache-dir"))
    if state != cache_dir:
        _remove_links(state)
    return Result(state, tuple(diagnostics))


def is_trusted(folder: Path, beside: Path) -> bool:
    """Return whether what a folder holds may be believed: nobody put it there who could not change `beside` as well.

    It is this user's, or the administrator's, or belongs to the owner of `beside` (the site's folder), who could write
    notes and templates just as well: so root may build in a user's folder, as in a container. So must be a symbolic
    link to it. A folder that is missing will be ours.
    """
    if not hasattr(os, "geteuid"):
        return True
    try:
        owners = {folder.lstat().st_uid, folder.stat().st_uid}
    except OSError:  # missing, or for no use to us
        return True
    return owners <= {0, os.geteuid(), beside.stat().st_uid}


def _foreign(folder: Path, state: Path) -> Diagnostic:
    is_link = folder.is_symlink()
    fault = "is a symbolic link" if is_link else "belongs to another user"
    message = f"{folder} {fault} and is not used: what is remembered between builds is kept in {state}"
    hint = "remove it, or name a folder with --cache-dir" if is_link else "delete it, or make it yours with chown"
    return diagnose("state-foreign", message, hint=hint)


def _writable(folder: Path) -> bool:
    """Return whether files can be made in a folder, which is made if it can be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _temporary(root: Path) -> Path:
    """Return a folder of this user among the system's temporary files, the same for each build of the site."""
    import tempfile

    user = os.geteuid() if hasattr(os, "geteuid") else 0
    name = f"notegen-{user}-{digest(str(root))[:12]}"
    return _private(Path(tempfile.gettempdir()) / name) or Path(tempfile.mkdtemp(prefix=f"{name}-"))


def _private(folder: Path) -> Path | None:
    """Return a folder, which is made if it is not there; None where others can write in it."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    facts = folder.lstat()
    is_mine = not hasattr(os, "geteuid") or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o022)
    return folder if is_mine and stat.S_ISDIR(facts.st_mode) else None


def _remove_links(folder: Path) -> None:
    """Delete the symbolic links in a folder, if it is there; what they lead to stays."""
    try:
        with os.scandir(folder) as entries:
            links = [Path(entry.path) for entry in entries if entry.is_symlink()]
    except OSError:
        return
    for link in links:
        link.unlink(missing_ok=True)


def _print_reason(kind: str, name: str, reason: str) -> None:
    click.echo(f"{kind} {name} because: {reason}", err=True)
