"""Mermaid's diagrams in a process of its own: sources in, SVG out, one JSON text a line. A script that mermaid.py runs.

It ends when its input does, so with whoever started it, and when a diagram takes too long: what draws cannot be
interrupted otherwise.
"""

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

DEADLINE = 20.0  # seconds for one diagram, and for the start: only what would never end takes so long
_FENCE = "---"


def draw(source: str, settings: str, render: Callable[[str], str]) -> dict[str, object]:
    """Return {"svg": …}, or {"error": message, "line": its line in the source from 1}."""
    lines = source.rstrip().split("\n")
    try:
        return {"svg": render(_configured(lines, settings))}
    except ValueError as error:
        message = str(error)
    return {"error": message, "line": _line(lines, message, settings, render)}


def _configured(lines: list[str], settings: str) -> str:
    """Return a source with our settings behind its front matter, where those of the author stand before or behind."""
    head = _front_matter(lines)
    return "\n".join((*lines[:head], f"%%{{init: {settings}}}%%", *lines[head:]))


def _front_matter(lines: list[str]) -> int:
    """Return how many lines the front matter has."""
    if not lines or lines[0].strip() != _FENCE:
        return 0
    return next((number + 1 for number, line in enumerate(lines) if number and line.strip() == _FENCE), 0)


def _line(lines: list[str], message: str, settings: str, render: Callable[[str], str]) -> int:
    """Return the line of a mistake: the first lines up to it have the same one, those before it do not."""
    low, high = _front_matter(lines), len(lines)
    while low + 1 < high:
        middle = (low + high) // 2
        if _message(lines[:middle], settings, render) == message:
            high = middle
        else:
            low = middle
    return high


def _message(lines: list[str], settings: str, render: Callable[[str], str]) -> str:
    try:
        render(_configured(lines, settings))
    except ValueError as error:
        return str(error)
    return ""


def serve(deadline: float) -> None:
    """Answer requests from standard input until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers, Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # whatever a library prints is no answer
        import mmdr

        while line := sys.stdin.readline():
            faulthandler.dump_traceback_later(deadline, exit=True, file=nowhere)
            request = json.loads(line)
            result = draw(request["source"], request["settings"], lambda text: mmdr.render(text).svg())
            faulthandler.cancel_dump_traceback_later()
            answers.write(json.dumps(result) + "\n")
            answers.flush()


if __name__ == "__main__":
    serve(float(sys.argv[1]) if len(sys.argv) > 1 else DEADLINE)
