"""What git knows of files: when each was changed last, and by whom, from one `git log`; what one was at a time.

The repository may be anyone's: nothing that its configuration names is run, and no other host is asked.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import msgspec

from notegen.model.source import FileHistory

_TIMEOUT = 60  # seconds
_SAFELY = (
    *("-c", "core.fsmonitor=false", "-c", "protocol.allow=never", "-c", "log.showSignature=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8", "-c", "log.follow=false", "-c", "core.quotePath=false", "--no-pager"),
)
_LOG = (
    "log",
    "-z",
    "--format=%x01%aI%x02%aN%x02%aE",
    "--name-status",
    "-M",
    "--no-ext-diff",
    "--no-textconv",
    "--relative",
)
_COMMIT, _FIELD = b"\x01", b"\x02"


class Histories(msgspec.Struct, frozen=True):
    """The history of files by path below the folder asked for; else why there is none: "shallow", or what git said."""

    files: dict[str, FileHistory] = {}
    problem: str = ""


def histories(root: Path, folder: str) -> Histories:
    """Return the history of the files in `folder` below `root`. A clone without its past has none."""
    state = _git(root, "rev-parse", "--is-shallow-repository", "HEAD")
    if isinstance(state, str):
        return Histories(problem=state)
    shallow, _, head = state.partition(b"\n")
    if shallow == b"true":
        return Histories(problem="shallow")
    return _histories(root, folder, head)


def text_at(root: Path, path: str, time: datetime) -> str:
    """Return the text that was committed of a file below `root` at a time; empty where git does not know it."""
    commit = _git(root, "--literal-pathspecs", "rev-list", "-1", f"--before={time.isoformat()}", "HEAD", "--", path)
    if isinstance(commit, str) or not commit.strip():
        return ""
    text = _git(root, "show", "--no-ext-diff", "--no-textconv", f"{commit.decode().strip()}:./{path}")
    return "" if isinstance(text, str) else text.decode("utf-8", "replace")


@lru_cache(maxsize=2)
def _histories(root: Path, folder: str, _head: bytes) -> Histories:
    """Return the history up to a commit; a server asks for that of the same commit again and again."""
    log = _git(root, *_LOG, "--", folder or ".")
    return Histories(problem=log) if isinstance(log, str) else Histories(read_log(log))


def _git(root: Path, *arguments: str) -> bytes | str:
    """Return what git prints, or why it did not."""
    import shutil
    import subprocess

    program = shutil.which("git")
    if program is None:
        return "git is not installed"
    variables = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 (no shell)
            [program, *_SAFELY, *arguments], cwd=root, env=variables, capture_output=True, check=False, timeout=_TIMEOUT
        )
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    stderr = done.stderr.decode("utf-8", "replace").strip()
    return done.stdout if not done.returncode else (stderr.splitlines() or [f"git ended with {done.returncode}"])[0]


def read_log(log: bytes) -> dict[str, FileHistory]:
    """Return the history of files from a `git log`, newest first, as `_LOG` asks for it.

    A file that was renamed keeps its past; renaming alone changes nothing. People are in the order in which they came,
    each once, by e-mail address. Names need not be UTF-8: they are what os.fsdecode makes of them.
    """
    now: dict[bytes, bytes] = {}  # name at a time -> name today; b"" before there was such a file
    dates: dict[bytes, str] = {}
    people: dict[bytes, dict[str, str]] = {}
    for date, name, email, status, before, path in _changes(log):
        today = now.get(path, path)
        if status.startswith(b"R"):
            now[path], now[before] = b"", today
        elif status == b"A":
            now[path] = b""
        if not today or status in {b"D", b"R100"}:
            continue
        dates.setdefault(today, date)
        known = people.setdefault(today, {})
        known.pop(email, None)
        known[email] = name
    return {
        os.fsdecode(path): FileHistory(date, tuple(dict.fromkeys(reversed(people[path].values()))))
        for path, date in dates.items()
    }


def _changes(log: bytes) -> Iterator[tuple[str, str, str, bytes, bytes, bytes]]:
    """Yield each change: date, name and e-mail address of its author, its status, the name before, the name."""
    tokens = iter(log.split(b"\0"))
    date = name = email = ""
    for token in tokens:
        bare = token.lstrip(b"\n")
        if bare.startswith(_COMMIT):
            date, name, email = (part.decode("utf-8", "replace") for part in (*bare[1:].split(_FIELD), b"", b"")[:3])
        elif bare:
            before = next(tokens, b"")
            path = next(tokens, b"") if bare[:1] in {b"R", b"C"} else before
            yield date, name, email.casefold(), bare, before, path
