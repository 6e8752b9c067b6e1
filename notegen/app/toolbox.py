"""The tools of one run of the command line: the cache as the flags say, the processors of this machine."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from notegen.app.session import Session
from notegen.tools.cache import SqliteCache
from notegen.tools.engine import engine_digest
from notegen.tools.pool import worker_count
from notegen.tools.tools import Progress, Tools


@contextlib.contextmanager
def toolbox(session: Session, given: Mapping[str, Any], progress: Progress) -> Iterator[Tools]:
    """Give the tools for a build; `given` holds the flags no_cache, cache_dir, explain and jobs."""
    workers = given["jobs"] or worker_count()
    explain = _print_reason if given["explain"] else None
    if given["no_cache"]:
        yield Tools(engine=engine_digest(), workers=workers, progress=progress, explain=explain)
        return
    cache = SqliteCache(cache_path(session, given["cache_dir"]))
    try:
        yield Tools(cache, engine_digest(), workers, progress, explain)
    finally:
        cache.close()


def cache_path(session: Session, folder: Path | None) -> Path:
    """Return the place of the cache's file."""
    return (folder or session.place.root / ".notegen") / "cache.sqlite"


def _print_reason(kind: str, name: str, reason: str) -> None:
    click.echo(f"{kind} {name} because: {reason}", err=True)
