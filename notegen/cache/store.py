"""The cache: results by the digest of everything that went into them, in one SQLite file. Deleting it is always safe.

Only the parent process touches it. Whatever is wrong with the file or a row is a miss, never an error: a row carries a
checksum of its key and value, a file that SQLite calls damaged is begun anew, and one that cannot be written is only
read. The file may come from somebody else (a folder that was copied, the cache of a build server): values are data, and
it has no view or trigger that SQLite would run, no journal that has it delete other files, no link to one.
"""

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

KEEP = 30  # builds an entry may go unused
REFRESH = 10  # builds after which a used entry is marked as used again, so that most builds write nothing
_BATCH = 512  # keys a query asks for at most; always a power of two, so that SQLite keeps what few texts mean
_PATIENCE = 1.0  # seconds to wait for another build that is writing
_PAGE = 16_384  # bytes: most values are a few thousand, and SQLite's 4,096 would write each in pieces
_WORN = 0.3  # the part of the file that may be empty
# Contents stand apart, so that marking an entry as used does not write its content again.
_TABLES = {
    "entry": "CREATE TABLE entry (key TEXT PRIMARY KEY, used INTEGER NOT NULL, content INTEGER NOT NULL) WITHOUT ROWID",
    "content": "CREATE TABLE content (id INTEGER PRIMARY KEY, checksum INTEGER NOT NULL, value BLOB NOT NULL)",
    "build": "CREATE TABLE build (number INTEGER NOT NULL)",
}
# The end of a journal that names another one, which SQLite deletes once it has used this: https://sqlite.org/fileformat2
_OTHER_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_FILES = ("", "-journal", "-wal", "-shm")  # what the names of SQLite's files for one database end in
# A damaged file may give numbers of any size, and error messages that are no text.
_ERRORS = (sqlite3.Error, OverflowError, UnicodeDecodeError)
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA})


class SqliteCache:
    """A cache in a file. `close` it: entries unused for KEEP builds go then (REFRESH later at most)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = _open(path)
        self._number = self._next_build()

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return the keys that are there, and remember that they were asked for. A value may still be damaged."""
        requested = set(keys)
        present: set[str] = set()
        stale: list[str] = []
        for batch in _batches(requested):
            query = f"SELECT key, used FROM entry WHERE key IN ({_marks(batch)})"  # noqa: S608 (marks only)
            for key, used in self._rows(query, batch):
                present.add(key)
                stale.extend([key] if self._is_stale(used) else [])
        self._refresh(stale)
        return present & requested  # a damaged file may answer with another key

    def get_many(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values whose rows are whole, and remember that they were used."""
        values: dict[str, bytes] = {}
        stale: list[str] = []
        for batch in _batches(keys):
            query = (
                "SELECT key, used, checksum, value FROM entry JOIN content ON id = content "  # noqa: S608 (marks only)
                f"WHERE key IN ({_marks(batch)})"
            )
            for key, used, checksum, value in self._rows(query, batch):
                if _is_whole(key, checksum, value):
                    values[key] = value
                    stale.extend([key] if self._is_stale(used) else [])
        self._refresh(stale)
        return values

    def _is_stale(self, used: object) -> bool:
        return used not in range(self._number - REFRESH + 1, self._number + 1)

    def _refresh(self, keys: Sequence[str]) -> None:
        """Mark entries as used by this build."""
        self._write(("UPDATE entry SET used = ? WHERE key = ?", [(self._number, key) for key in keys]))

    def put_many(self, values: Mapping[str, bytes]) -> None:
        """Keep the values, in place of older ones under their keys."""
        first = self._number_of("SELECT max(id) FROM content") + 1
        self._write(
            ("DELETE FROM content WHERE id = (SELECT content FROM entry WHERE key = ?)", [(key,) for key in values]),
            (
                "INSERT INTO content VALUES (?, ?, ?)",
                [(number, _checksum(key, value), value) for number, (key, value) in enumerate(values.items(), first)],
            ),
            (
                "INSERT OR REPLACE INTO entry VALUES (?, ?, ?)",
                [(key, self._number, number) for number, key in enumerate(values, first)],
            ),
        )

    def skip_aging(self) -> None:
        """Let this build not count among those that did not use an entry: it needed to look at none."""
        self._number -= 1
        self._write(("UPDATE build SET number = ?", [(self._number,)]))

    def close(self) -> None:
        """Drop what no build has used for long, and close the file."""
        last = (self._number - KEEP - REFRESH,)
        if self._rows("SELECT 1 FROM entry WHERE used < ? LIMIT 1", last):
            self._write(
                ("DELETE FROM content WHERE id IN (SELECT content FROM entry WHERE used < ?)", [last]),
                ("DELETE FROM entry WHERE used < ?", [last]),
            )
        self._shrink()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def size(self) -> int:
        """Return the file's size in bytes."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    def _shrink(self) -> None:
        """Give the file's empty pages back when they are many."""
        free, pages = (self._number_of(f"PRAGMA {name}") for name in ("freelist_count", "page_count"))
        if free > _WORN * pages:
            self._rows("VACUUM", ())

    def _next_build(self) -> int:
        number = self._number_of("SELECT max(number) FROM build") + 1
        self._write(("DELETE FROM build", [()]), ("INSERT INTO build VALUES (?)", [(number,)]))
        return number

    def _number_of(self, query: str) -> int:
        """Return the one number a query finds; 0 where there is none, or a damaged one."""
        value = next((row[0] for row in self._rows(query, ())), 0)
        return value if isinstance(value, int) and 0 <= value < 1 << 60 else 0

    def _rows(self, query: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, parameters).fetchall()
        except _ERRORS as error:
            self._failed(error)
            return []

    def _write(self, *statements: tuple[str, Sequence[tuple[object, ...]]]) -> None:
        """Run each statement for its rows, all in one transaction."""
        if self._connection is None or not any(rows for _, rows in statements):
            return
        try:
            with self._connection:
                self._connection.execute("BEGIN IMMEDIATE")
                for statement, rows in statements:
                    self._connection.executemany(statement, rows)
        except _ERRORS as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        """Go on without the part of the cache that failed; a damaged file is removed, so that the next one is new."""
        if self._connection is not None and _is_damage(error):
            self._connection.close()
            self._connection = None
            _remove(self._path)


def _is_damage(error: Exception) -> bool:
    """Return whether an error means a damaged file, rather than one that is locked, read-only or on a full disk."""
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _DAMAGED


def _is_whole(key: object, checksum: object, value: object) -> bool:
    """Return whether a row holds what was put there; in a damaged file its columns may be of any type."""
    return isinstance(key, str) and isinstance(value, bytes) and _checksum(key, value) == checksum


def _checksum(key: str, value: bytes) -> int:
    """Return the CRC-32 of both: it guards against accidents, and finds every single one."""
    return zlib.crc32(value, zlib.crc32(key.encode()))


def _open(path: Path) -> sqlite3.Connection | None:
    """Return a connection to the cache, made anew when its file is damaged; None when there can be no file."""
    for _ in range(2):
        connection = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if _leads_elsewhere(path):
                _remove(path)
            if _leads_elsewhere(path):  # still: the folder cannot be written
                return None
            connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA synchronous = OFF")
            _make_tables(connection)
        except (*_ERRORS, OSError) as error:
            if connection is not None:
                connection.close()
            if isinstance(error, OSError) or not _is_damage(error):
                return None
            _remove(path)
        else:
            return connection
    return None


def _leads_elsewhere(path: Path) -> bool:
    """Return whether SQLite would open, or delete, another file for this one."""
    if any(_beside(path, ending).is_symlink() for ending in _FILES):
        return True
    try:
        with _beside(path, "-journal").open("rb") as file:
            file.seek(-len(_OTHER_JOURNAL), os.SEEK_END)
            return file.read() == _OTHER_JOURNAL
    except OSError:  # there is none, or it is shorter
        return False


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables that are missing.

    Raises sqlite3.DatabaseError where there is anything else: other columns, a view, a trigger.
    """
    for text in _TABLES.values():
        connection.execute(text.replace("TABLE", "TABLE IF NOT EXISTS", 1))
    if dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")) != _TABLES:
        raise sqlite3.DatabaseError("not a cache of this version")


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _remove(path: Path) -> None:
    for ending in _FILES:
        try:
            _beside(path, ending).unlink(missing_ok=True)
        except OSError:
            return


def _marks(batch: Sequence[str | None]) -> str:
    return ",".join("?" * len(batch))


def _batches(keys: Iterable[str]) -> Iterator[list[str | None]]:
    """Yield the keys in parts whose lengths are powers of two, filled up with NULL, which is equal to no key."""
    waiting = iter(keys)
    while batch := list[str | None](islice(waiting, _BATCH)):
        yield batch + [None] * ((1 << (len(batch) - 1).bit_length()) - len(batch))
