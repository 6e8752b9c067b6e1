"""The processes that a program under test has started."""

import contextlib
from pathlib import Path

SEES_PROCESSES = Path("/proc/self/environ").exists()


def with_environment(variable: str) -> list[str]:
    """Return the command lines of the processes that have this in their environment: a build, and what it started."""
    commands = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has ended, or is another user's
            if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                commands.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace"))
    return commands
