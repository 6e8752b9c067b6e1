"""`notegen`, also as `python -m notegen`: a process of its own, from the command line to its end."""

import atexit
import os
import sys

from notegen.cli import commands


def main() -> None:
    """Run the command and leave with its exit code, without freeing what was made: that takes 20 ms for 1,000 notes."""
    codes: list[int] = []

    def leave() -> None:
        """End the process at once, unless what it has printed cannot be written: then Python says so."""
        try:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        except (AttributeError, OSError, ValueError):
            return
        if codes:
            os._exit(codes[0])

    atexit.register(leave)  # before all others, so that it is called after them
    try:
        commands.main()
    except SystemExit as ended:
        codes += [ended.code] if isinstance(ended.code, int) else []
        raise


if __name__ == "__main__":
    main()
