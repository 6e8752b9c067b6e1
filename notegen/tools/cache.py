"""The cache: results by the digest of everything that went into them, in one SQLite file. Deleting it is always safe.

Only the parent process touches it. Whatever is wrong with the file or a row is a miss, never an error: a row carries a
checksum of its value, and a file that SQLite refuses is put aside and begun anew.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from notegen.model.digest import digest_bytes

KEEP = 30  # builds an entry may go unused
REFRESH = 10  # builds after which a used entry is marked as used again, so that most builds write nothing
_BATCH = 500  # keys a query asks for
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    key TEXT PRIMARY KEY, used INTEGER NOT NULL, checksum TEXT NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS build (number INTEGER NOT NULL);
"""


class Cache(Protocol):
    """A store of bytes by key."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values that are there."""

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep the values."""


class NoCache:
    """A cache that keeps nothing."""

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return nothing."""
        del keys
        return {}

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep nothing."""


class SqliteCache:
    """A cache in a file. Use it in one `with`: entries unused for KEEP builds go when it closes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = _open(path)
        self._number = self._next_build()

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values whose rows are whole; what was used is remembered."""
        found: dict[str, bytes] = {}
        stale: list[str] = []
        for batch in _batches(keys):
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, used, checksum, value FROM entry WHERE key IN ({marks})"  # noqa: S608 (marks only)
            for key, used, checksum, value in self._rows(query, batch):
                if isinstance(value, bytes) and digest_bytes(value) == checksum:
                    found[key] = value
                    if self._number - used >= REFRESH:
                        stale.append(key)
        self._write("UPDATE entry SET used = ? WHERE key = ?", [(self._number, key) for key in stale])
        return found

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep the values, in place of older ones under their keys."""
        rows = [(key, self._number, digest_bytes(value), value) for key, value in values.items()]
        self._write("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Drop what no build has used for long, and close the file."""
        self._write("DELETE FROM entry WHERE used < ?", [(self._number - KEEP - REFRESH,)])
        if self._connection is not None:
            try:
                self._connection.close()
            except sqlite3.Error:
                self._connection = None

    def size(self) -> int:
        """Return the file's size in bytes."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def _next_build(self) -> int:
        rows = self._rows("SELECT number FROM build", ())
        number = next((row[0] for row in rows if isinstance(row[0], int)), 0) + 1
        self._write("DELETE FROM build", [()])
        self._write("INSERT INTO build VALUES (?)", [(number,)])
        return number

    def _rows(self, query: str, parameters: Iterable[str]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, tuple(parameters)).fetchall()
        except sqlite3.Error:
            self._give_up()
            return []

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if self._connection is None or not rows:
            return
        try:
            with self._connection:
                self._connection.executemany(statement, rows)
        except sqlite3.Error:
            self._give_up()

    def _give_up(self) -> None:
        """Go on without a cache; the broken file is removed, so that the next build starts a new one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        _remove(self._path)


def _open(path: Path) -> sqlite3.Connection | None:
    """Return a connection to the cache, made anew when its file is broken; None when there can be no file."""
    for _ in range(2):
        connection = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=2)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(_SCHEMA)
        except (sqlite3.Error, OSError):
            if connection is not None:
                connection.close()
            _remove(path)
        else:
            return connection
    return None


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        try:
            name.unlink(missing_ok=True)
        except OSError:
            return


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for key in keys:
        batch.append(key)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
