"""Runs a program that ends when we do, or when those who started us are gone: then our standard input closes. A script.

`python guard.py NICENESS PROGRAM ARGUMENT…` leaves with the program's exit code. With a niceness above 0 others come
first on the processors, where the system knows of that.
"""

import os
import subprocess
import sys
import threading


def main() -> None:
    """Run the program that the command line names."""
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    try:
        program = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)  # noqa: S603 (see pagefind.py)
    except OSError as error:
        sys.exit(error.strerror)
    threading.Thread(target=_end, args=(program,), daemon=True).start()
    sys.exit(program.wait())


def _end(program: "subprocess.Popen[bytes]") -> None:
    """End the program when standard input ends, or has a byte. Without a buffer, whose lock would outlive us."""
    os.read(0, 1)
    program.kill()


if __name__ == "__main__":
    main()
